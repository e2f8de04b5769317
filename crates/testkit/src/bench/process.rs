//! The server as a process: started, waited for, asked what it costs.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running server; ends with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it took from the start to the first answer.
    pub ready_after: Duration,
}

/// The program and its data folder.
#[derive(Debug, Clone, Copy)]
pub struct Program<'a> {
    /// The binary.
    pub binary: &'a Path,
    /// The data folder.
    pub data: &'a Path,
}

impl Program<'_> {
    /// Starts the server and waits until it is ready.
    ///
    /// # Panics
    ///
    /// When it does not become ready.
    pub fn serve(self) -> Server {
        self.serve_with(&[])
    }

    /// The same under another policy.
    ///
    /// # Panics
    ///
    /// When it does not become ready.
    pub fn serve_under(self, policy: &Path) -> Server {
        self.serve_with(&[("REDRESS_POLICY", policy)])
    }

    /// Runs a verb of the program and answers what it printed.
    ///
    /// # Panics
    ///
    /// When it fails.
    pub fn run(self, arguments: &[&str]) -> String {
        let mut command = Command::new(self.binary);
        command.args(arguments).arg("--data").arg(self.data);
        let output = command.output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn serve_with(self, variables: &[(&str, &Path)]) -> Server {
        let began = Instant::now();
        let mut child = Command::new(self.binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(self.data)
            .env("REDRESS_LIMITS_PUBLIC_PER_MINUTE", "0")
            .env("REDRESS_LOG_LEVEL", "error")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let line = lines.next().expect("it says where it listens").expect("its output is text");
        let address = line.rsplit("http://").next().unwrap_or_default().trim().parse();
        let address = address.expect("the first line ends in the address");
        while TcpStream::connect(address).is_err() {
            std::thread::yield_now();
        }
        let ready = super::client::Client::new(address).get("/readyz", None);
        assert_eq!(ready.status, 200, "the server is ready once it listens");
        Server { child, address, ready_after: began.elapsed() }
    }
}

impl Server {
    /// Processor time used so far, in seconds.
    ///
    /// # Panics
    ///
    /// When the process has ended.
    pub fn cpu_seconds(&self) -> f64 {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(path).expect("the process runs");
        let rest = stat.rsplit(')').next().unwrap_or_default();
        let fields: Vec<f64> =
            rest.split_whitespace().filter_map(|field| field.parse().ok()).collect();
        // After the name: state is no number, so utime and stime are the 11th and 12th numbers.
        let ticks = fields.get(10).unwrap_or(&0.0) + fields.get(11).unwrap_or(&0.0);
        ticks / 100.0
    }

    /// Resident memory in megabytes.
    ///
    /// # Panics
    ///
    /// When the process has ended.
    pub fn megabytes(&self) -> f64 {
        self.memory("VmRSS:")
    }

    /// The most memory it was resident with at any time, in megabytes.
    ///
    /// # Panics
    ///
    /// When the process has ended.
    pub fn megabytes_most(&self) -> f64 {
        self.memory("VmHWM:")
    }

    fn memory(&self, name: &str) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("the process runs");
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        let kilobytes: f64 =
            line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN);
        kilobytes / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

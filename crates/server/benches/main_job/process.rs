//! The server as a process: started, waited for, asked what it costs.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// How long it took from the start to the first answer.
    pub(crate) ready_after: Duration,
}

impl Server {
    /// Starts the server on a data folder and waits until it answers.
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// The same under another policy.
    pub(crate) fn start_under(data: &Path, policy: &Path) -> Self {
        Self::start_with(data, &[("REDRESS_POLICY", policy)])
    }

    fn start_with(data: &Path, variables: &[(&str, &Path)]) -> Self {
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
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
        Self { child, address, ready_after: began.elapsed() }
    }

    /// Processor time used so far, in seconds.
    pub(crate) fn cpu_seconds(&self) -> f64 {
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
    pub(crate) fn megabytes(&self) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("the process runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
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

/// Runs a verb of the program and answers what it printed.
pub(crate) fn redress(arguments: &[&str], data: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_redress"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

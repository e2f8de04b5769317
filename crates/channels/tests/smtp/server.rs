//! Starts the scripted SMTP server beside this file and reads what arrived. Must not outlive a test.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

/// A running server; dropping it ends the process.
pub(crate) struct Server {
    process: Child,
    said: BufReader<ChildStdout>,
    pub(crate) port: u16,
    authority_pem: String,
}

impl Server {
    /// Starts a server that speaks `plain`, `starttls` or `tls`.
    pub(crate) fn start(protection: &str) -> Self {
        let venv = std::env::var_os("REDRESS_TEST_VENV").expect(
            "REDRESS_TEST_VENV is not set: run `cargo xtask test`, which sets up the Python packages \
             of tests/smtp/requirements.txt and passes their place on",
        );
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/server.py");
        let mut process = Command::new(Path::new(&venv).join("bin/python"))
            .arg(script)
            .arg(protection)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python of REDRESS_TEST_VENV starts");
        let said = BufReader::new(process.stdout.take().expect("is piped"));
        let mut server = Self { process, said, port: 0, authority_pem: String::new() };
        let ready = server.line();
        let port = ready.trim().strip_prefix("READY ").expect("the server is ready");
        server.port = port.parse().expect("is a port");
        let authority = server.json();
        authority["pem"].as_str().expect("is a text").clone_into(&mut server.authority_pem);
        server
    }

    /// The certificate authority of this server, in PEM.
    pub(crate) fn authority_pem(&self) -> Vec<u8> {
        self.authority_pem.clone().into_bytes()
    }

    /// The next letter whose content arrived; waits for it.
    pub(crate) fn letter(&mut self) -> Letter {
        Letter(self.json())
    }

    fn json(&mut self) -> Value {
        serde_json::from_str(&self.line()).expect("is JSON")
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("the server can be read");
        assert!(!line.is_empty(), "the server ended; its errors are above");
        line
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// A letter as the server's mail library read it.
#[derive(Debug)]
pub(crate) struct Letter(pub(crate) Value);

impl Letter {
    /// A header, decoded and unfolded; empty if there is none or more than one.
    pub(crate) fn header(&self, wanted: &str) -> &str {
        let headers = self.0["headers"].as_array().expect("is a list");
        let mut found = headers.iter().filter(|header| header[0] == wanted);
        match (found.next(), found.next()) {
            (Some(header), None) => header[1].as_str().expect("is a text"),
            _ => "",
        }
    }
}

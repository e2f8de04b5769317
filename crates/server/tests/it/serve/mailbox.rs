//! The scripted mail server of the channel tests as a mailbox. Must not hold expectations.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::Value;

use super::house::House;
use super::wait::DEADLINE;

/// The scripted mail server of the channel tests; dropping it ends the process.
pub(crate) struct MailServer {
    process: Child,
    port: String,
    letters: Receiver<Value>,
}

impl MailServer {
    /// Starts it.
    pub(crate) fn start() -> Self {
        let venv = std::env::var_os("REDRESS_TEST_VENV").expect(
            "REDRESS_TEST_VENV is not set: run `cargo xtask test`, which sets up the Python \
             packages of the tests and passes their place on",
        );
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../channels/tests/smtp/server.py");
        let mut process = Command::new(Path::new(&venv).join("bin/python"))
            .arg(script)
            .arg("plain")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python of REDRESS_TEST_VENV starts");
        let said = BufReader::new(process.stdout.take().expect("is piped"));
        let mut lines = said.lines().map(|line| line.expect("the server can be read"));
        let ready = lines.next().expect("the server is ready");
        let port = ready.strip_prefix("READY ").map(str::to_owned);
        let (send, letters) = channel();
        let read = move || {
            let told = lines.map(|line| serde_json::from_str(&line).expect("is JSON"));
            told.filter(|told: &Value| told["kind"] == "letter" && !is_reminder(told))
                .try_for_each(|told| send.send(told))
        };
        drop(thread::spawn(read));
        Self { process, port: port.expect("is a port"), letters }
    }

    /// A house whose letters go to this server.
    pub(crate) fn house(&self) -> House {
        House::open_with(&self.variables())
    }

    /// The variables of a house whose letters go to this server.
    pub(crate) fn variables(&self) -> Vec<(&str, &str)> {
        vec![
            ("REDRESS_MAIL_SMTP_HOST", "127.0.0.1"),
            ("REDRESS_MAIL_SMTP_PORT", &self.port),
            ("REDRESS_MAIL_TLS", "none"),
            ("REDRESS_MAIL_FROM", "cskh@alphatech.example"),
        ]
    }

    /// The next letter; waits for it.
    pub(crate) fn letter(&self) -> Value {
        self.letters.recv_timeout(DEADLINE).expect("a letter arrives")
    }

    /// Letters until one arrives that `last` picks; that one is the last.
    pub(crate) fn letters_until(&self, last: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut found = Vec::new();
        while !found.last().is_some_and(&last) {
            found.push(self.letter());
        }
        found
    }

    /// Those of them to an address.
    pub(crate) fn letters_to(&self, address: &str, last: impl Fn(&Value) -> bool) -> Vec<Value> {
        let is_to = |to: &Value| to.as_str().is_some_and(|to| to.eq_ignore_ascii_case(address));
        let mut found = self.letters_until(last);
        found.retain(|letter| letter["to"].as_array().expect("a list").iter().any(is_to));
        found
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The yearly reminder to load holidays comes by the machine's date, beside what a test is about.
fn is_reminder(letter: &Value) -> bool {
    letter["headers"].to_string().contains("Cần nạp lịch nghỉ lễ")
}

//! `redress serve`: starts, answers, shares its folder with other verbs, stops in order.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::kit::{copy_of_alphatech, run_in, spoil};

/// A serving process, ended when this goes.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
            .env_clear()
            .current_dir(folder)
            .args(["serve", "--listen", "127.0.0.1:0", "--data", "data"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("the output is a pipe");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let address = line.trim().rsplit_once("http://").expect("an address").1.to_owned();
        Self { child, address }
    }

    /// One request; the status of its answer.
    fn status(&self, request: &str) -> u16 {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status")
    }

    /// Asks the process to stop; its exit code.
    fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().expect("kill runs");
        assert!(sent.success());
        self.child.wait().expect("ended").code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Ended already in the ordinary case.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn it_answers_while_other_verbs_use_its_folder_and_stops_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let serving = Serving::start(folder.path());
    let get = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert_eq!(serving.status(get), 200);
    let body = r#"{"text":"Thang máy rung.","complainant":{"phone":"0912345678"}}"#;
    let post = format!(
        "POST /api/v1/complaints HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(serving.status(&post), 201);
    let add = "user add --name Ha --email ha@x.vn --role care --data data";
    let ran = run_in(folder.path(), &[], &add.split(' ').collect::<Vec<_>>(), "");
    assert_eq!(ran.code, 0, "{ran:?}");
    let listed = run_in(folder.path(), &[], &["complaint", "list", "--data", "data"], "");
    assert_eq!(listed.out.lines().count(), 1, "{listed:?}");
    assert_eq!(serving.stop(), Some(0));
    let verified = run_in(folder.path(), &[], &["log", "verify", "--data", "data"], "");
    assert_eq!(verified.code, 0, "{verified:?}");
}

#[test]
fn a_policy_changed_without_a_new_version_exits_1_with_the_cure() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(Serving::start(folder.path()).stop(), Some(0));
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "prefix = \"KN\"", "prefix = \"KX\"");
    let policy = pack.path().display().to_string();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", "data", "--policy", &policy];
    let ran = run_in(folder.path(), &[], &serve, "");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("raise `version`"), "{}", ran.err);
}

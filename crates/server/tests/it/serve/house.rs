//! An installation with its people, served by the built binary. Must not hold expectations.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::http::{Answer, Client};
use super::wait::until;
use crate::kit::{Ran, run_in};

/// The people of the test installation: e-mail and the flags `user add` gets.
pub(crate) const PEOPLE: &[(&str, &str)] = &[
    (DIRECTOR, "--role director"),
    (CARE, "--role care"),
    (A, "--role department --department technical"),
    (HEAD, "--role department --department technical --authority technical"),
    (B, "--role department --department technical"),
    (OTHER, "--role department --department care"),
    (AUDITOR, "--role auditor"),
    (ADMIN, "--role admin"),
];
pub(crate) const DIRECTOR: &str = "dung@alphatech.example";
pub(crate) const CARE: &str = "lan@alphatech.example";
pub(crate) const A: &str = "tung@alphatech.example";
pub(crate) const HEAD: &str = "huy@alphatech.example";
pub(crate) const B: &str = "minh@alphatech.example";
pub(crate) const OTHER: &str = "mai@alphatech.example";
pub(crate) const AUDITOR: &str = "kiem@alphatech.example";
pub(crate) const ADMIN: &str = "quan@alphatech.example";

/// A data folder with everybody in it, as bytes, and the bearer token of each.
#[derive(Debug)]
struct Furnished {
    files: Vec<(String, Vec<u8>)>,
    tokens: Vec<(&'static str, String)>,
}

/// Made once: every test gets a copy.
fn furnished() -> &'static Furnished {
    static FURNISHED: OnceLock<Furnished> = OnceLock::new();
    FURNISHED.get_or_init(|| furnish(&[]))
}

fn furnish(variables: &[(&str, &str)]) -> Furnished {
    let folder = tempfile::tempdir().expect("a folder");
    let mut tokens = Vec::new();
    for (email, flags) in PEOPLE {
        let add = format!("user add --name Người-{email} --email {email} {flags} --json");
        verb_under(variables, folder.path(), &add).json();
        let create = format!("token create --user {email} --json");
        let token = verb_under(variables, folder.path(), &create).json();
        tokens.push((*email, token["token"].as_str().expect("a token").to_owned()));
    }
    let data = folder.path().join("redress-data");
    let files = fs::read_dir(data).expect("listed").map(|entry| {
        let entry = entry.expect("listed");
        let name = entry.file_name().into_string().expect("plain names");
        (name, fs::read(entry.path()).expect("readable"))
    });
    Furnished { files: files.collect(), tokens }
}

/// Runs a verb in a folder and checks that it did its work.
#[track_caller]
pub(crate) fn verb(folder: &Path, line: &str) -> Ran {
    verb_under(&[], folder, line)
}

/// The same with variables of the environment.
#[track_caller]
pub(crate) fn verb_under(variables: &[(&str, &str)], folder: &Path, line: &str) -> Ran {
    let ran = run_in(folder, variables, &line.split_whitespace().collect::<Vec<_>>(), "");
    assert_eq!(ran.code, 0, "{line}: {ran:?}");
    ran
}

/// A served installation.
#[derive(Debug)]
pub(crate) struct House {
    pub(crate) client: Client,
    tokens: Vec<(&'static str, String)>,
    folder: TempDir,
    variables: Vec<(String, String)>,
    process: Process,
}

/// A serving process; dropping it kills it.
#[derive(Debug)]
pub(crate) struct Process {
    child: Mutex<Child>,
    /// Held open: a server whose output nobody reads would fail to speak.
    _said: BufReader<ChildStdout>,
}

impl Process {
    fn signal(&self, signal: &str) {
        let id = self.child.lock().expect("nobody panics holding it").id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill runs").success());
    }

    /// How it ended; `None` while it runs.
    fn ended(&self) -> Option<ExitStatus> {
        let mut child = self.child.lock().expect("nobody panics holding it");
        child.try_wait().expect("it is ours")
    }

    fn kill(&self) {
        let mut child = self.child.lock().expect("nobody panics holding it");
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let child = self.child.get_mut().expect("nobody panics holding it");
        child.kill().ok();
        child.wait().ok();
    }
}

impl House {
    /// A house with everybody in it.
    pub(crate) fn open() -> Self {
        Self::open_with(&[])
    }

    /// A house with these variables of the environment.
    pub(crate) fn open_with(variables: &[(&str, &str)]) -> Self {
        Self::furnished(furnished(), variables)
    }

    /// A house whose people, too, have their accounts under these variables: under another clock
    /// nothing may be older than its beginning.
    pub(crate) fn open_all_under(variables: &[(&str, &str)]) -> Self {
        Self::furnished(&furnish(variables), variables)
    }

    /// A house on a data folder that is made ready before anybody moves in; answers variables of the
    /// environment.
    pub(crate) fn open_on(ready: impl FnOnce(&Path) -> Vec<(String, String)>) -> Self {
        Self::built(furnished(), ready)
    }

    fn furnished(furnished: &Furnished, variables: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self::built(furnished, |_| variables.iter().map(owned).collect())
    }

    fn built(furnished: &Furnished, ready: impl FnOnce(&Path) -> Vec<(String, String)>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("redress-data");
        fs::create_dir(&data).expect("made");
        let variables = ready(&data);
        for (name, bytes) in &furnished.files {
            fs::write(data.join(name), bytes).expect("written");
        }
        let mut all = vec![("REDRESS_LIMITS_PUBLIC_PER_MINUTE".to_owned(), "0".to_owned())];
        all.extend(variables);
        let (process, client) = start(folder.path(), &all);
        Self { client, tokens: furnished.tokens.clone(), folder, variables: all, process }
    }

    /// Kills the server as a power cut would, and starts it again on the same folder.
    pub(crate) fn restart(&mut self) {
        self.restart_with("REDRESS_LOG_LEVEL", "info");
    }

    /// The same with one more variable.
    pub(crate) fn restart_with(&mut self, name: &str, value: &str) {
        self.kill();
        self.variables.push((name.to_owned(), value.to_owned()));
        (self.process, self.client) = start(self.folder.path(), &self.variables);
    }

    /// The server ends, its data folder goes, and it starts again on what `restore` puts there.
    pub(crate) fn replaced(&mut self, restore: impl FnOnce(&Path)) {
        self.kill();
        fs::remove_dir_all(self.path().join("redress-data")).expect("gone");
        restore(self.path());
        (self.process, self.client) = start(self.folder.path(), &self.variables);
    }

    /// A second server on the same folder.
    pub(crate) fn beside(&self) -> (Process, Client) {
        start(self.folder.path(), &self.variables)
    }

    /// Kills the server without any warning.
    pub(crate) fn kill(&self) {
        self.process.kill();
    }

    /// Asks the server to end, as a service manager does.
    pub(crate) fn terminate(&self) {
        self.process.signal("-TERM");
    }

    /// The exit code of the server, which ends by itself; waits for that.
    pub(crate) fn ended(&self) -> Option<i32> {
        until("the end of the server", || self.process.ended()).code()
    }

    /// Whether the server still runs.
    pub(crate) fn runs(&self) -> bool {
        self.process.ended().is_none()
    }

    /// The variables it was started under.
    pub(crate) fn variables(&self) -> Vec<(&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Starts it again without any of these variables.
    pub(crate) fn restart_without(&mut self, prefixes: &[&str]) {
        self.variables.retain(|(name, _)| !prefixes.iter().any(|prefix| name.starts_with(prefix)));
        self.restart();
    }

    /// The number of the serving process.
    pub(crate) fn process(&self) -> u32 {
        self.process.child.lock().expect("nobody panics holding it").id()
    }

    /// The folder it stands in.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What the server wrote to its log.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path().join("server.log")).expect("readable")
    }

    /// The bearer token of a person.
    pub(crate) fn token(&self, email: &str) -> &str {
        let known = self.tokens.iter().find(|(known, _)| *known == email);
        &known.expect("the person has an account").1
    }

    /// Somebody runs a command on a complaint.
    pub(crate) fn run(&self, who: &str, reference: &str, command: &str, body: &Value) -> Answer {
        let token = if who.contains('@') { self.token(who) } else { who };
        let path = format!("/api/v1/complaints/{reference}/{command}");
        self.client.post(&path).token(token).json(body).send()
    }

    /// The complaint as somebody sees it.
    #[track_caller]
    pub(crate) fn show(&self, who: &str, reference: &str) -> Value {
        let token = if who.contains('@') { self.token(who) } else { who };
        let path = format!("/api/v1/complaints/{reference}");
        self.client.get(&path).token(token).send().is(200).json()
    }

    /// Somebody of the public complains.
    #[track_caller]
    pub(crate) fn complain(&self, body: &Value) -> Case {
        let receipt = self.client.post("/api/v1/complaints").json(body).send().is(201).json();
        Case::of(&receipt)
    }
}

fn start(folder: &Path, variables: &[(String, String)]) -> (Process, Client) {
    let log = File::options().create(true).append(true).open(folder.join("server.log"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
        .env_clear()
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .current_dir(folder)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log.expect("a log"))
        .spawn()
        .expect("the binary starts");
    let mut said = BufReader::new(child.stdout.take().expect("is piped"));
    let mut line = String::new();
    said.read_line(&mut line).expect("the server speaks");
    assert!(line.contains(" at "), "{line}{:?}", fs::read_to_string(folder.join("server.log")));
    let (_, origin) = line.trim().split_once(" at ").expect("the line names the address");
    let client = Client::new(origin);
    (Process { child: Mutex::new(child), _said: said }, client)
}

/// A complaint as its sender knows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Case {
    pub(crate) reference: String,
    pub(crate) tracking: String,
}

impl Case {
    /// The case a receipt is for.
    pub(crate) fn of(receipt: &Value) -> Self {
        let text = |name: &str| receipt[name].as_str().expect("is a text").to_owned();
        let url = text("tracking_url");
        let tracking = url.rsplit('/').next().expect("a token").to_owned();
        Self { reference: text("reference"), tracking }
    }
}

/// A service complaint by telephone number.
pub(crate) fn noise() -> Value {
    json!({
        "language": "vi", "about": "service", "category": "LEVELLING",
        "text": "Thang số 2 dừng lệch tầng khoảng bốn phân, người già vấp liên tục.",
        "remedy_sought": "Sửa dứt điểm", "asset": "LIFT-0042",
        "complainant": {"as": "person", "name": "Nguyễn Thị Hà", "phone": "0912 345 678"},
        "reply_by": "phone", "consent": {"notice": "2026-01-01", "processing": true},
    })
}

/// The same with other fields laid over it.
pub(crate) fn with(mut body: Value, more: Value) -> Value {
    let more: Map<String, Value> = serde_json::from_value(more).expect("bodies are objects");
    body.as_object_mut().expect("bodies are objects").extend(more);
    body
}

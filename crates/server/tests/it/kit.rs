//! Runs the built binary, and makes folders for it. Must not hold expectations.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the binary left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output as one JSON value.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("standard output is one JSON value")
    }

    /// The kind in the error object on standard error.
    pub(crate) fn error_kind(&self) -> String {
        let error: Value =
            serde_json::from_str(&self.err).expect("standard error is one JSON value");
        error["error"]["kind"].as_str().expect("an error has a kind").to_owned()
    }
}

/// The binary, in a folder of its own, with no variable of ours set.
fn binary(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.env_clear().current_dir(folder);
    command
}

/// Runs the binary in `folder` with variables and something to read.
pub(crate) fn run_in<A: AsRef<OsStr>>(
    folder: &Path,
    variables: &[(&str, &str)],
    arguments: &[A],
    input: &str,
) -> Ran {
    let mut child = binary(folder)
        .envs(variables.iter().copied())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("the input is a pipe");
    let input = input.to_owned();
    // Written beside reading, or both sides would wait once the pipes are full. A binary that does
    // not read leaves a broken pipe, which is no failure.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the input is written");
    Ran {
        code: output.status.code().expect("the binary ends by itself"),
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

/// Runs the binary in an empty folder.
pub(crate) fn run<A: AsRef<OsStr>>(arguments: &[A]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    run_in(folder.path(), &[], arguments, "")
}

/// Runs the binary on words parted by spaces.
pub(crate) fn run_line(line: &str) -> Ran {
    run(&line.split_whitespace().collect::<Vec<_>>())
}

/// The shipped pack.
pub(crate) fn alphatech() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/alphatech");
    root.canonicalize().expect("the shipped pack is there")
}

/// A copy of the shipped pack, to be spoilt.
pub(crate) fn copy_of_alphatech() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&alphatech(), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("listed") {
        let entry = entry.expect("listed");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("known").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("copied");
        }
    }
}

/// Replaces a text that must be there in a file of a copied pack.
pub(crate) fn spoil(pack: &Path, file: &str, old: &str, new: &str) {
    let path = pack.join(file);
    let text = std::fs::read_to_string(&path).expect("readable");
    assert!(text.contains(old), "{file} has {old}");
    std::fs::write(&path, text.replacen(old, new, 1)).expect("written");
}

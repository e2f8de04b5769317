//! Whether an installation is whole on its disk, seen from beside the server. Must not ask the server.

use std::fs;
use std::path::Path;
use std::process::Command;

use rusqlite::{Connection, OpenFlags};

use crate::kit::run_in;
use crate::serve::house::verb;

/// The database is sound by the engine's word and by `doctor`'s, and every file that a row names has
/// the bytes it is named after.
pub(super) fn database_and_files_are_whole(folder: &Path, told: &str) {
    let path = folder.join("redress-data/redress.sqlite");
    let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let database = database.expect("the database opens");
    let said: String =
        database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it is checked");
    assert_eq!(said, "ok", "{told}");
    let mut named = database.prepare("SELECT digest, bytes FROM file").expect("a statement");
    let named = named.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("it is read");
    let named: Vec<(String, i64)> = named.collect::<Result<_, _>>().expect("it is read");
    let files = folder.join("redress-data/files");
    for (digest, bytes) in &named {
        let file = fs::metadata(files.join(&digest[..2]).join(digest));
        let length = file.map(|file| i64::try_from(file.len()).expect("it is small"));
        assert_eq!(length.as_ref().ok(), Some(bytes), "{told}: {digest}: {length:?}");
    }
    digests_are_right(&files, &named, told);
    let doctor = run_in(folder, &[], &["doctor", "--json"], "").json();
    let mut checks = doctor["checks"].as_array().expect("a list").iter();
    let checked = checks.find(|check| check["check"] == "database").expect("it is looked at");
    assert_eq!(checked["status"], "ok", "{told}: {checked}");
}

fn digests_are_right(files: &Path, named: &[(String, i64)], told: &str) {
    if named.is_empty() {
        return;
    }
    let paths = named.iter().map(|(digest, _)| files.join(&digest[..2]).join(digest));
    let summed = Command::new("sha256sum").args(paths).output().expect("sha256sum runs");
    let said = String::from_utf8(summed.stdout).expect("plain text");
    assert_eq!(said.lines().count(), named.len(), "{told}");
    for line in said.lines() {
        let (digest, path) = line.split_once("  ").expect("a digest and a path");
        assert!(path.ends_with(digest), "{told}: {line}");
    }
}

/// The log recomputes to its head, and the rows to what they are; nobody serves the folder.
pub(super) fn log_and_rows_are_whole(folder: &Path, told: &str) {
    assert_eq!(verb(folder, "log verify --json").json()["valid"], true, "{told}");
    assert_eq!(verb(folder, "rebuild --json").json()["equal"], true, "{told}");
}

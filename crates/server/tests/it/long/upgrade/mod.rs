//! A folder of the first version is upgraded by a program that is killed again and again in the middle:
//! the upgrade runs to its end at last, what was there before is kept beside, and nothing is lost; and a
//! program never touches the file of a later one. Must not test a single migration: that is the store's.

mod earlier;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Instant;

use redress_testkit::Chance;
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use super::is_long;
use crate::kit::run_in;
use crate::serve::house::{noise, verb};
use crate::serve::http::Client;
use crate::serve::wait::until;

/// Complaints, and how often the program is killed, in the long run and in the short one.
const LONG: (u64, u32) = (100_000, 24);
const SHORT: (u64, u32) = (300, 6);
const SEED: u64 = 2_111;
/// What the file is kept as, by the name of the first migration to come.
const KEPT: &str = "redress.sqlite.before-0002_calendars";
/// Tables in which a start changes rows that were there: who works, and where the log ends.
const MOVING: [&str; 4] = ["head", "lease", "counter", "outbox"];

/// A folder, and the one it is made from each time.
struct Upgrade {
    folder: tempfile::TempDir,
    before: tempfile::TempDir,
}

impl Upgrade {
    fn new(complaints: u64) -> Self {
        let before = tempfile::tempdir().expect("a folder");
        earlier::furnish(before.path(), complaints);
        let upgrade = Self { folder: tempfile::tempdir().expect("a folder"), before };
        upgrade.begin_again();
        upgrade
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("redress-data")
    }

    /// Everything is as the first version left it.
    fn begin_again(&self) {
        if self.data().exists() {
            fs::remove_dir_all(self.data()).expect("removed");
        }
        fs::create_dir(self.data()).expect("made");
        for entry in fs::read_dir(self.before.path()).expect("listed") {
            let entry = entry.expect("listed");
            fs::copy(entry.path(), self.data().join(entry.file_name())).expect("copied");
        }
    }

    fn start(&self, jobs: Jobs) -> Child {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log"));
        let no_jobs = (jobs == Jobs::Rest).then_some("--no-jobs");
        Command::new(env!("CARGO_BIN_EXE_redress"))
            .env_clear()
            .current_dir(self.folder.path())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(no_jobs)
            .stdout(Stdio::piped())
            .stderr(log.expect("a log"))
            .spawn()
            .expect("the binary starts")
    }

    /// Starts it and waits until it serves; answers the line that says where.
    fn serves(&self, jobs: Jobs) -> (Child, String) {
        let mut child = self.start(jobs);
        let mut line = String::new();
        let said = child.stdout.as_mut().expect("is piped");
        BufReader::new(said).read_line(&mut line).expect("it speaks");
        let log = fs::read_to_string(self.folder.path().join("log"));
        assert!(line.contains(" at "), "{line}{log:?}");
        (child, line)
    }

    /// Where a program that was killed had come to.
    fn phase(&self) -> Phase {
        let kept = self.data().join(KEPT).exists();
        let file = open(&self.data().join("redress.sqlite"));
        let count = "SELECT count(*) FROM migration";
        match file.query_row(count, [], |row| row.get::<_, u32>(0)).expect("it opens") {
            1 if self.data().join("redress.sqlite.before.part").exists() => Phase::Copying,
            1 if kept => Phase::Migrating,
            1 => Phase::Before,
            _ => {
                assert!(kept, "it was upgraded, and nothing is kept");
                Phase::After
            }
        }
    }
}

/// Whether the jobs run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Jobs {
    Run,
    Rest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Before,
    Copying,
    Migrating,
    After,
}

fn open(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("it opens")
}

fn end(mut child: Child) {
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
}

/// Rows of `one` that `other` has not, in the tables and columns of the first version.
fn missing(one: &Path, other: &Path, but: &[&str]) -> Vec<(String, i64)> {
    let file = open(one);
    file.execute_batch(&format!("ATTACH '{}' AS other", other.display())).expect("opened");
    let tables = earlier::tables(&file, "main").into_iter();
    let tables = tables.filter(|(table, _)| !but.contains(&table.as_str()));
    let count = |(table, columns): (String, Vec<String>)| {
        let columns = columns.join(", ");
        let sql = format!(
            "SELECT count(*) FROM (SELECT {columns} FROM main.{table} \
             EXCEPT SELECT {columns} FROM other.{table})"
        );
        let count = file.query_row(&sql, [], |row| row.get(0)).expect("asked");
        (table, count)
    };
    tables.map(count).filter(|(_, count)| *count > 0).collect()
}

/// What `doctor` says of the database, without touching it.
fn doctor(upgrade: &Upgrade) -> (i32, String) {
    let ran = run_in(upgrade.folder.path(), &[], &["doctor", "--json"], "");
    let checks = ran.json()["checks"].clone();
    let mut checks = checks.as_array().expect("a list").iter();
    let found = checks.find(|check| check["check"] == "database").expect("it is looked at");
    (ran.code, found["says"].as_str().expect("words").to_owned())
}

/// What is kept is what was there, and every row that was there is there still.
fn nothing_is_lost(upgrade: &Upgrade) {
    let (before, kept) = (upgrade.before.path().join("redress.sqlite"), upgrade.data().join(KEPT));
    assert_eq!(missing(&before, &kept, &[]), [], "kept as it was");
    assert_eq!(missing(&kept, &before, &[]), [], "kept as it was");
    let now = upgrade.data().join("redress.sqlite");
    // The index of words is the engine's own, and is asked below.
    let but = [&MOVING[..], &["search_data", "search_idx", "search_docsize"]].concat();
    assert_eq!(missing(&before, &now, &but), [], "every row is there still");
    let names = fs::read_dir(upgrade.data()).expect("listed");
    let names = names.map(|entry| entry.expect("listed").file_name().into_string().expect("plain"));
    let kept: Vec<String> = names.filter(|name| name.contains(".before")).collect();
    assert_eq!(kept, [KEPT], "nothing half is left");
}

/// The jobs count what the first version did not; waits as long as ever less is left.
fn everything_is_counted(upgrade: &Upgrade) {
    let (child, _) = upgrade.serves(Jobs::Run);
    let file = open(&upgrade.data().join("redress.sqlite"));
    let left = || {
        let left = file.query_row("SELECT count(*) FROM promise_to_count", [], |row| row.get(0));
        left.expect("asked")
    };
    let mut before: u32 = left();
    while before > 0 {
        before = until("promises to be counted", || Some(left()).filter(|now| *now < before));
    }
    end(child);
}

#[test]
fn an_upgrade_killed_again_and_again_runs_to_its_end_and_loses_nothing() {
    let (complaints, kills) = if is_long() { LONG } else { SHORT };
    let upgrade = Upgrade::new(complaints);
    let begun = Instant::now();
    end(upgrade.serves(Jobs::Rest).0);
    let whole = begun.elapsed();
    upgrade.begin_again();
    let (mut chance, mut phases) = (Chance::new(SEED), vec![]);
    let (_silent, woken) = channel::<()>();
    for _ in 0..kills {
        let part = u32::try_from(chance.below(1_000)).expect("below a thousand");
        let child = upgrade.start(Jobs::Rest);
        // Nobody sends: this only lets some of the upgrade pass.
        woken.recv_timeout(whole * part / 1_000).expect_err("nobody sends");
        end(child);
        let phase = upgrade.phase();
        phases.push(phase);
        if phase == Phase::After {
            nothing_is_lost(&upgrade);
            upgrade.begin_again();
        }
    }
    let (code, says) = doctor(&upgrade);
    assert_eq!(code, 0, "{says}");
    assert!(
        says.starts_with("an earlier version wrote it; to come: 0002_calendars, 0003"),
        "{says}"
    );
    assert_ne!(upgrade.phase(), Phase::After, "looking at it changes nothing");
    let count = |wanted: Phase| phases.iter().filter(|phase| **phase == wanted).count();
    let [before, copying, migrating, after] =
        [Phase::Before, Phase::Copying, Phase::Migrating, Phase::After].map(count);
    println!(
        "{complaints} complaints upgraded in {whole:.1?}; of {kills} kills {before} came before, \
         {copying} while it copied, {migrating} while it migrated, {after} after"
    );
    if is_long() {
        assert!(copying > 0 && migrating > 0, "the kills met nothing: {phases:?}");
    }
    let (child, line) = upgrade.serves(Jobs::Rest);
    let client = Client::new(line.trim().split_once(" at ").expect("an address").1);
    client.post("/api/v1/complaints").json(&noise()).send().is(201);
    end(child);
    nothing_is_lost(&upgrade);
    everything_is_counted(&upgrade);
    let log = verb(upgrade.folder.path(), "log verify --json").json();
    assert_eq!(log["valid"], json!(true), "{log}");
    let rebuilt = verb(upgrade.folder.path(), "rebuild --json").json();
    assert_eq!(rebuilt["equal"], json!(true), "{rebuilt}");
}

#[test]
fn the_file_of_a_later_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let add = "user add --name Dũng --email d@x.vn --role director";
    verb(folder.path(), add);
    let path = folder.path().join("redress-data/redress.sqlite");
    let later = "INSERT INTO migration VALUES ('9999_later', 0)";
    open(&path).execute(later, []).expect("written");
    let before = fs::read(&path).expect("readable");
    for line in ["serve --listen 127.0.0.1:0", "log verify", "rebuild", "complaint list", add] {
        let ran = run_in(folder.path(), &[], &line.split(' ').collect::<Vec<_>>(), "");
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{line}: {ran:?}");
        for words in ["a newer version of Redress", "`9999_later`", "install that version again"] {
            assert!(ran.err.contains(words), "{line}: {ran:?}");
        }
    }
    let ran = run_in(folder.path(), &[], &["doctor", "--json"], "");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("a newer version of Redress"), "{ran:?}");
    assert_eq!(fs::read(&path).expect("readable"), before, "not a byte of it changed");
}

//! Backups beside a working server, and life after a restore. Must not test what a backup is made of.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use redress_app::{hex, sha256};
use serde_json::{Value, json};

use super::house::{A, B, CARE, Case, DIRECTOR, House, noise, verb, with};
use super::life::{Life, finding};
use super::uploads::{PIXEL, upload};
use super::wait::until;
use crate::kit::{Ran, run_in};

fn tries(folder: &Path, line: &str) -> Ran {
    run_in(folder, &[], &line.split_whitespace().collect::<Vec<_>>(), "")
}

/// Submits until told to stop; counts what was answered.
fn submit(house: &House, stop: &AtomicBool, count: &AtomicUsize) {
    while !stop.load(Ordering::Relaxed) {
        house.client.post("/api/v1/complaints").json(&noise()).send().is(201);
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// A backup while others submit; what it says it holds.
fn backup_under_load(house: &House) -> Value {
    let (stop, count) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| submit(house, &stop, &count));
        }
        until("answers", || (count.load(Ordering::Relaxed) >= 20).then_some(()));
        let made = verb(house.path(), "backup copy.tar --json").json();
        let before = count.load(Ordering::Relaxed);
        until("more answers", || (count.load(Ordering::Relaxed) > before).then_some(()));
        stop.store(true, Ordering::Relaxed);
        made
    })
}

/// A complaint with a picture whose first round is answered.
pub(crate) fn answered_with_picture(house: &House) -> Case {
    let picture = upload(house, "khe cửa.png", PIXEL);
    let life = Life::begin_with(house, &with(noise(), json!({"attachments": [picture["id"]]})));
    life.answered();
    life.case
}

#[test]
fn a_backup_under_load_restored_onto_an_empty_folder_goes_on_living() {
    let mut house = House::open();
    let case = answered_with_picture(&house);
    let made = backup_under_load(&house);
    assert_eq!((&made["verified"], &made["files"]), (&json!(true), &json!(1)));
    assert!(made["events"].as_u64().expect("a number") > 60, "{made}");
    let late = house.complain(&noise()).reference;
    house.replaced(|folder| {
        let restored = verb(folder, "restore copy.tar --data redress-data --json").json();
        assert_eq!(restored["events"], made["events"]);
    });
    house.client.get(&format!("/api/v1/complaints/{late}")).token(house.token(CARE)).send().is(404);
    let seen = house.show(&case.tracking, &case.reference);
    assert_eq!(seen["state"], "answered", "the link of the complainant still opens");
    let file = seen["files"][0]["sha256"].as_str().expect("a digest");
    let path = house.path().join("redress-data/files").join(&file[..2]).join(file);
    assert_eq!(fs::read(path).expect("it is there"), PIXEL);
    on_to_the_end(&house, case);
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], true);
}

/// The second round of a complaint that was answered, until it is closed.
pub(crate) fn on_to_the_end(house: &House, case: Case) {
    let life = Life { house, case };
    life.step(life.me(), "disagreement", &json!({"text": "Hôm nay vẫn lệch."}), "received");
    life.step(DIRECTOR, "handover", &json!({"to": "technical"}), "handed-over");
    life.step(B, "acceptance", &json!({"accept": true, "verifier": B}), "verifying");
    life.step(B, "findings", &finding(), "verifying");
    let proposal = life.proposed_by(B);
    let approval = json!({"proposal": proposal, "approve": true});
    life.step(DIRECTOR, "approval", &approval, "responding");
    life.told_by(B, &proposal);
    life.step(life.me(), "agreement", &json!({}), "answered");
    life.tried(A, "notes", &json!({"text": "Đã xong"})).is(200);
    life.tried(CARE, "closure", &json!({"as": "agreed"})).is(200);
}

#[test]
fn a_damaged_backup_restores_nothing_and_says_what_is_wrong() {
    let house = House::open();
    let picture = upload(&house, "khe.png", PIXEL);
    house.complain(&with(noise(), json!({"attachments": [picture["id"]]})));
    verb(house.path(), "backup whole.tar");
    let whole = fs::read(house.path().join("whole.tar")).expect("it is there");
    let spoilt = |name: &str, bytes: &[u8]| {
        fs::write(house.path().join(name), bytes).expect("written");
        let ran = tries(house.path(), &format!("restore {name} --data other --json"));
        assert_eq!((ran.code, ran.error_kind().as_str()), (1, "backup"), "{name}: {ran:?}");
        assert!(!house.path().join("other").exists(), "{name}");
        ran.err
    };
    for at in [600, whole.len() / 2, whole.len() - 2_000] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        spoilt(&format!("bit-{at}.tar"), &bytes);
    }
    let half = spoilt("half.tar", &whole[..whole.len() / 2]);
    assert!(half.contains("damaged"), "{half}");
    assert!(spoilt("text.tar", b"Thang keu to").contains("not a backup of Redress"));
    assert!(spoilt("empty.tar", b"").contains("not a backup of Redress"));
    let leftovers = fs::read_dir(house.path()).expect("listed").filter(|entry| {
        let name = entry.as_ref().expect("listed").file_name();
        name.to_string_lossy().contains("restoring") || name.to_string_lossy().contains("part")
    });
    assert_eq!(leftovers.count(), 0);
}

#[test]
fn a_backup_replaces_no_file_and_a_restore_no_installation() {
    let house = House::open();
    house.complain(&noise());
    verb(house.path(), "backup copy.tar");
    for (line, kind, words) in [
        ("backup copy.tar --json", "backup", "exists"),
        ("backup redress-data/copy.tar --json", "backup", "outside"),
        ("restore copy.tar --data redress-data --json", "backup", "is not empty"),
    ] {
        let ran = tries(house.path(), line);
        assert_eq!((ran.code, ran.error_kind().as_str()), (1, kind), "{line}: {ran:?}");
        assert!(ran.err.contains(words), "{line}: {ran:?}");
    }
    for line in ["restore nowhere.tar --data other --json", "backup no/such/copy.tar --json"] {
        let ran = tries(house.path(), line);
        assert_eq!((ran.code, ran.error_kind().as_str()), (3, "backup"), "{line}: {ran:?}");
    }
    let empty = house.path().join("empty");
    fs::create_dir(&empty).expect("made");
    // As one that belongs to the server's account, or that a disk is mounted on: nothing is put beside
    // it, and it stays what it is.
    let before = fs::metadata(&empty).expect("it is there").ino();
    verb(house.path(), "restore copy.tar --data empty");
    assert!(empty.join("redress.sqlite").is_file());
    assert_eq!(fs::metadata(&empty).expect("it is there").ino(), before);
}

#[test]
fn a_restore_that_was_killed_is_served_to_nobody_and_can_be_done_again() {
    let house = House::open();
    house.complain(&noise());
    verb(house.path(), "backup copy.tar");
    let other = house.path().join("other");
    fs::create_dir_all(other.join("files/ab")).expect("made");
    for name in ["import-unfinished", "redress.sqlite", "installation.key"] {
        fs::write(other.join(name), "half").expect("written");
    }
    let ran = tries(house.path(), "log verify --data other --json");
    assert_eq!((ran.code, ran.error_kind().as_str()), (1, "import-unfinished"), "{ran:?}");
    verb(house.path(), "restore copy.tar --data other");
    assert_eq!(verb(house.path(), "log verify --data other --json").json()["valid"], true);
    assert!(!other.join("import-unfinished").exists());
}

#[test]
fn backups_by_the_clock_are_taken_and_their_age_is_stated() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let target = elsewhere.path().join("backups");
    let folder = target.to_str().expect("a text").to_owned();
    let house = House::open_with(&[("REDRESS_BACKUP_FOLDER", &folder)]);
    let ready = || house.client.get("/readyz").send().is(200).text();
    let age = until("a backup", || {
        let said = ready();
        said.strip_prefix("ready\nbackup ")?.trim().parse::<u64>().ok()
    });
    assert!(age < 60, "{age}");
    let names: Vec<_> = fs::read_dir(&target).expect("listed").collect();
    assert_eq!(names.len(), 1);
    let made = names[0].as_ref().expect("listed").path();
    let line = format!("restore {} --data other", made.display());
    verb(house.path(), &line);
}

#[test]
fn backups_into_the_data_folder_are_refused_at_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let variables = [("REDRESS_BACKUP_FOLDER", "redress-data/backups")];
    let ran = run_in(folder.path(), &variables, &["serve", "--listen", "127.0.0.1:0"], "");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("backup.folder: a backup inside the data folder"), "{ran:?}");
}

#[test]
fn a_rotten_attachment_is_named_by_backup_restore_and_export_and_told_by_doctor() {
    let house = House::open();
    let picture = upload(&house, "khe.png", PIXEL);
    house.complain(&with(noise(), json!({"attachments": [picture["id"]]})));
    let digest = hex(&sha256(PIXEL));
    let path = house.path().join("redress-data/files").join(&digest[..2]).join(&digest);
    fs::write(path, &PIXEL[1..]).expect("the disk forgets a byte");
    let made = verb(house.path(), "backup copy.tar --json").json();
    let others = [
        "restore copy.tar --data other --json",
        "export lines --secrets --json",
        "import lines --data third --json",
    ];
    for said in others.map(|line| verb(house.path(), line).json()).iter().chain([&made]) {
        assert_eq!((&said["files"], &said["rotten"]), (&json!(1), &json!([digest])), "{said}");
    }
    let text = verb(house.path(), "restore copy.tar --data fourth").out;
    assert!(text.contains("1 files are in it that are rotten") && text.contains(&digest), "{text}");
    let stamp: String = made["made_at"].as_str().expect("an instant").chars().take(19).collect();
    let name = format!("backups/redress-{}Z.tar", stamp.replace(['-', ':'], ""));
    fs::create_dir(house.path().join("backups")).expect("made");
    fs::rename(house.path().join("copy.tar"), house.path().join(name)).expect("renamed");
    let variables = [("REDRESS_BACKUP_FOLDER", "backups")];
    let told = run_in(house.path(), &variables, &["doctor", "--json"], "");
    let checks = told.json()["checks"].clone();
    let mut checks = checks.as_array().expect("a list").iter();
    let found = checks.find(|check| check["check"] == "backup").expect("it is looked at");
    assert_eq!((told.code, &found["status"]), (1, &json!("fail")), "{found}");
    assert!(found["says"].as_str().is_some_and(|says| says.contains("1 were rotten")), "{found}");
}

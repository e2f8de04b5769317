//! A backup that finds no room, or a disk that fails under it: nothing there has the name of a backup and
//! is none, the age of the last one is told, and the next is whole. Must not test what a backup is made of.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{EIO, ENOSPC, FOR_EVER, Failing};
use super::is_long;
use super::room::Room;
use crate::kit::run_in;
use crate::serve::backup::answered_with_picture;
use crate::serve::house::{CARE, House, noise, verb, verb_under};
use crate::serve::wait::until;

/// No backup of a small house makes so many calls of one kind.
const CALLS_MAX: u32 = 5_000;
/// How much room a full disk is given at once.
const STEP: u64 = 16 << 10;
/// With so much room the backup of a small house is taken.
const ROOM_MAX: u64 = 8 << 20;
/// A backup taken when nobody had heard of this house.
const OLD: &str = "redress-20200101T000000Z.tar";
const DAY: u64 = 24 * 60 * 60;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("listed");
    let names = entries.map(|entry| entry.expect("listed").file_name().into_string());
    let mut names: Vec<_> = names.map(|name| name.expect("plain names")).collect();
    names.sort_unstable();
    names
}

/// Restores a backup beside the house; answers how many events it has.
fn restored(house: &House, backup: &Path) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let line = format!("restore {} --data {} --json", backup.display(), data.display());
    let restored = verb(house.path(), &line).json();
    restored["events"].as_u64().expect("a number")
}

/// Whether a backup failed whose calls from the nth on fail.
fn fails_from(house: &House, call: &'static str, n: u32, error: i32) -> bool {
    let told = format!("{call} {n}");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let disk = Failing::new(call, (n, FOR_EVER), error);
    disk.fail();
    let variables = disk.variables(elsewhere.path());
    let variables: Vec<_> = variables.iter().map(|(name, value)| (&**name, &**value)).collect();
    let file = elsewhere.path().join("spare.tar");
    let line = format!("backup {} --json", file.display());
    let ran = run_in(house.path(), &variables, &line.split(' ').collect::<Vec<_>>(), "");
    if ran.code == 0 {
        assert!(disk.failed_on().is_none(), "{told}: whole on a disk that failed");
        return false;
    }
    assert_eq!((ran.code, ran.error_kind().as_str()), (3, "backup"), "{told}: {ran:?}");
    assert_eq!(names(elsewhere.path()), Vec::<String>::new(), "{told}");
    true
}

#[test]
fn whatever_call_fails_under_a_backup_nothing_of_it_is_left() {
    let house = House::open();
    answered_with_picture(&house);
    let some: [(_, &[u32], _); 4] = [
        ("write", &[1, 40, 150], ENOSPC),
        ("flush", &[1, 2], EIO),
        ("open", &[1, 2], EIO),
        ("name", &[1], EIO),
    ];
    for (call, some, error) in some {
        let numbers: Vec<u32> = if is_long() { (1..CALLS_MAX).collect() } else { some.to_vec() };
        let failed = numbers.iter().take_while(|n| fails_from(&house, call, **n, error)).count();
        assert!(is_long() || failed == numbers.len(), "{call}: a backup has fewer calls");
        assert!(!is_long() || failed < numbers.len(), "{call}: {failed} are not all of its calls");
        println!("{call}: a backup failed at each of {failed}, and left nothing");
    }
    house.complain(&noise());
    let made = verb(house.path(), "backup whole.tar --json").json();
    assert_eq!(made["events"], restored(&house, &house.path().join("whole.tar")));
}

#[test]
fn a_backup_without_enough_room_says_that_the_disk_is_full() {
    let house = House::open();
    answered_with_picture(&house);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let folder = elsewhere.path().join("backups");
    fs::create_dir(&folder).expect("made");
    let room = Room::new();
    let variables = room.under(&folder);
    let variables: Vec<_> = variables.iter().map(|(name, value)| (&**name, &**value)).collect();
    room.fill();
    let bare = names(&folder);
    let line = format!("backup {} --json", folder.join("spare.tar").display());
    let mut given_back = 0;
    loop {
        let ran = run_in(house.path(), &variables, &line.split(' ').collect::<Vec<_>>(), "");
        if ran.code == 0 {
            break;
        }
        let told = format!("{given_back} bytes: {ran:?}");
        assert_eq!((ran.code, ran.error_kind().as_str()), (3, "backup"), "{told}");
        assert!(["full", "No space"].iter().any(|words| ran.err.contains(words)), "{told}");
        assert_eq!(names(&folder), bare, "{told}");
        room.give_back(STEP);
        given_back += STEP;
        assert!(given_back < ROOM_MAX, "{told}");
    }
    println!("a backup was taken once {given_back} bytes were given back");
    assert!(restored(&house, &folder.join("spare.tar")) > 0);
}

/// Names of backups, and of what is left of one; the rest of the disk is not ours.
fn backups(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.starts_with("redress-")).collect()
}

/// The age of the last backup by `/readyz`, in seconds.
fn age(house: &House) -> u64 {
    let said = house.client.get("/readyz").send().is(200).text();
    let age = said.lines().find_map(|line| line.strip_prefix("backup "));
    age.and_then(|age| age.parse().ok()).expect("there is a backup")
}

fn doctor_says(house: &House) -> String {
    let doctor = run_in(house.path(), &house.variables(), &["doctor", "--json"], "").json();
    let mut checks = doctor["checks"].as_array().expect("a list").iter();
    let backup = checks.find(|check| check["check"] == "backup").expect("it is looked at");
    backup["status"].as_str().expect("a word").to_owned()
}

#[test]
fn backups_by_the_clock_that_find_no_room_keep_the_last_and_tell_its_age_until_there_is_room() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let folder: PathBuf = elsewhere.path().join("backups");
    fs::create_dir(&folder).expect("made");
    let target = Room::new();
    let mut house = House::open_on(|_| target.under(&folder));
    answered_with_picture(&house);
    let old = folder.join(OLD);
    let held = verb(house.path(), &format!("backup {} --json", old.display())).json();
    house.complain(&noise());

    target.fill();
    house.restart_with("REDRESS_BACKUP_FOLDER", folder.to_str().expect("a text"));
    until("a backup that fails", || {
        house.log().contains("a backup could not be taken; it is tried again").then_some(())
    });
    assert!(age(&house) > 365 * DAY, "{}", age(&house));
    assert_eq!(doctor_says(&house), "fail");
    assert_eq!(backups(&folder), [OLD], "the last is kept, and nothing is left of the next");
    assert_eq!(restored(&house, &old), held["events"]);
    house.complain(&noise());

    target.clear();
    house.restart();
    until("a backup that finds room", || (age(&house) < DAY).then_some(()));
    assert_eq!(doctor_says(&house), "ok");
    let [first, second] = &backups(&folder)[..] else { panic!("{:?}", backups(&folder)) };
    assert_eq!(first, OLD);
    assert!(restored(&house, &folder.join(second)) > held["events"].as_u64().expect("a number"));
}

#[test]
fn an_installation_without_room_is_backed_up_to_another_disk() {
    let disk = Room::new();
    let house = House::open_on(|data| disk.under(data));
    let case = answered_with_picture(&house);
    disk.fill();
    let full = (0..20_000).map(|_| house.client.post("/api/v1/complaints").json(&noise()).send());
    let refused = full.map(|answer| answer.status).find(|status| *status != 201);
    assert_eq!(refused, Some(507));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let file = elsewhere.path().join("spare.tar");
    let line = format!("backup {} --json", file.display());
    let made = verb_under(&house.variables(), house.path(), &line).json();
    assert_eq!(made["verified"], true);
    assert_eq!(made["events"], restored(&house, &file));
    house.show(CARE, &case.reference);
}

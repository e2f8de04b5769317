//! Backups of an installation that has lost a file, or loses one meanwhile. Must not test the archive's
//! form.

use std::fs;
use std::path::PathBuf;

use jiff::SignedDuration;
use redress_app::{BackupError, Rotten, Schedule, hex, restore, sha256};
use serde_json::json;

use crate::kit::{House, noise, with};

/// Where bytes with this content lie.
fn stored(house: &House, bytes: &[u8]) -> PathBuf {
    let digest = hex(&sha256(bytes));
    house.folder().join("files").join(&digest[..2]).join(digest)
}

#[tokio::test]
async fn an_attachment_that_is_missing_is_said_and_stops_no_backup_but_keeps_the_older_ones() {
    let house = House::open("2026-11-23 08:17").await;
    for bytes in [&b"one"[..], b"two"] {
        let made = house.app.upload("front", "a.txt", bytes).await.expect("there is room");
        house.complain(&with(noise(), &json!({"attachments": [made.id]}))).await;
    }
    let elsewhere = tempfile::tempdir().expect("there is room");
    let every = SignedDuration::from_hours(24);
    let schedule = Schedule { folder: elsewhere.path().to_owned(), every, keep: 1 };
    let take = async || {
        house.clock.pass(every);
        let taken = house.app.scheduled_backup(&schedule).await.expect("it is taken");
        let manifest = taken.expect("it is due");
        (manifest.files, manifest.missing, fs::read_dir(elsewhere.path()).expect("listed").count())
    };
    assert_eq!(take().await, (2, 0, 1));
    let away = elsewhere.path().with_extension("away");
    fs::rename(stored(&house, b"one"), &away).expect("a scanner of the machine takes it");
    assert_eq!(take().await, (1, 1, 2), "only the older one has it");
    assert_eq!(take().await, (1, 1, 3));
    fs::rename(&away, stored(&house, b"one")).expect("it is put back");
    assert_eq!(take().await, (2, 0, 1));
}

#[tokio::test]
async fn a_file_that_is_swept_while_others_are_copied_stops_no_backup() {
    let house = House::open("2026-11-23 08:17").await;
    let made = house.app.upload("front", "a.txt", b"used").await.expect("there is room");
    house.complain(&with(noise(), &json!({"attachments": [made.id]}))).await;
    // Nine files that nobody names, and whichever comes last is swept: ten were stated.
    let unused: Vec<PathBuf> = (0..9).map(|n| stored(&house, format!("{n}").as_bytes())).collect();
    for (n, path) in unused.iter().enumerate() {
        fs::write(path, format!("{n}")).expect("written");
    }
    let last = unused.iter().max().expect("there are some");
    let copy = house.folder().with_extension("tar");
    let manifest = house.app.backup(&copy, |done| {
        if done == "1 of 10 files" {
            fs::remove_file(last).expect("it is there");
        }
    });
    let manifest = manifest.await.expect("it is taken, and read back");
    assert_eq!((manifest.files, manifest.missing), (9, 0));
    let back = house.folder().with_extension("back");
    let restored = redress_app::restore(&copy, &back, &house.world(), |_| ()).await;
    assert_eq!(restored.expect("it is whole"), manifest);
    for left in [copy, back] {
        fs::remove_file(&left).or_else(|_| fs::remove_dir_all(&left)).expect("it goes");
    }
}

/// The attachment that was sent as these bytes, of which others are there.
fn rotten(sent: &[u8], found: &[u8]) -> Rotten {
    Rotten { sha256: hex(&sha256(sent)), found: hex(&sha256(found)) }
}

#[tokio::test]
async fn an_attachment_that_is_rotten_is_named_by_the_backup_and_by_what_is_restored_from_it() {
    let house = House::open("2026-11-23 08:17").await;
    for bytes in [&b"one"[..], b"two", b"three"] {
        let made = house.app.upload("front", "a.txt", bytes).await.expect("there is room");
        house.complain(&with(noise(), &json!({"attachments": [made.id]}))).await;
    }
    let elsewhere = tempfile::tempdir().expect("there is room");
    let every = SignedDuration::from_hours(24);
    let folder = elsewhere.path().join("backups");
    let schedule = Schedule { folder: folder.clone(), every, keep: 1 };
    let take = async || {
        house.clock.pass(every);
        let taken = house.app.scheduled_backup(&schedule).await.expect("it is taken");
        (taken.expect("it is due"), fs::read_dir(&folder).expect("listed").count())
    };
    assert_eq!(take().await.0.rotten, 0);
    fs::write(stored(&house, b"one"), b"onf").expect("the disk forgets a bit");
    fs::write(stored(&house, b"two"), b"").expect("and all of another");
    let (taken, kept) = take().await;
    assert_eq!((taken.files, taken.missing, taken.rotten, kept), (3, 0, 2, 2), "the older is kept");
    let mut expected = [rotten(b"one", b"onf"), rotten(b"two", b"")];
    expected.sort_by(|a, b| a.sha256.cmp(&b.sha256));
    assert_eq!(taken.rotten_files, expected);
    let newest = schedule.newest_manifest(house.clock.now()).expect("it is read");
    assert_eq!(newest.map(|manifest| manifest.rotten), Some(2), "its beginning says how many");
    let mut names: Vec<_> =
        fs::read_dir(&folder).expect("listed").map(|entry| entry.expect("listed").path()).collect();
    names.sort_unstable();
    let (copy, back) = (&names[1], elsewhere.path().join("back"));
    let restored = restore(copy, &back, &house.world(), |_| ()).await.expect("it is whole");
    assert_eq!(restored, taken, "what is restored says the same");

    // One more bit that goes in the backup itself is no rot that was stated.
    let mut bytes = fs::read(copy).expect("read");
    let at = bytes.windows(5).position(|part| part == b"three").expect("it is in it");
    bytes[at] ^= 1;
    fs::write(copy, &bytes).expect("written");
    let damaged = restore(copy, &elsewhere.path().join("other"), &house.world(), |_| ()).await;
    assert!(matches!(damaged, Err(BackupError::Damaged { .. })), "{damaged:?}");
    fs::write(stored(&house, b"one"), b"one").expect("it is put back");
    fs::write(stored(&house, b"two"), b"two").expect("it is put back");
    let (taken, kept) = take().await;
    assert_eq!((taken.rotten, taken.rotten_files.len(), kept), (0, 0, 1));
}

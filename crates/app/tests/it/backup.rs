//! Backups of an installation that has lost a file, or loses one meanwhile. Must not test the archive's
//! form.

use std::fs;
use std::path::PathBuf;

use jiff::SignedDuration;
use redress_app::{Schedule, hex, sha256};
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

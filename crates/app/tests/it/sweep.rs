//! What nobody used is swept away, and what a complaint names stays.

use std::{path::PathBuf, time::Duration};

use jiff::SignedDuration;
use redress_app::{AppError, Secrets, hex, sha256};
use serde_json::json;

use crate::kit::{House, noise, with};

fn stored(house: &House, bytes: &[u8]) -> PathBuf {
    let digest = hex(&sha256(bytes));
    house.folder().join("files").join(&digest[..2]).join(digest)
}

/// Hours pass, and the jobs look at the clock in each.
async fn hours(house: &House, count: u32) {
    for _ in 0..count {
        house.clock.pass(SignedDuration::from_hours(1));
        house.settle().await;
    }
}

#[tokio::test]
async fn unused_uploads_go_after_their_day_and_used_ones_never() {
    let house = House::open("2026-11-23 08:17").await;
    let used = house.app.upload("front", "a.txt", b"used").await.expect("it is taken");
    let unused = house.app.upload("front", "b.txt", b"unused").await.expect("it is taken");
    let twice = house.app.upload("front", "c.txt", b"used").await.expect("it is taken");
    house.complain(&with(noise(), &json!({"attachments": [used.id]}))).await;
    let left = stored(&house, b"used").with_extension("0123");
    std::fs::write(&left, b"half").expect("what a crash left");
    hours(&house, 24).await;
    assert!(stored(&house, b"unused").exists(), "its day is not over");
    hours(&house, 26).await;
    assert!(!stored(&house, b"unused").exists());
    assert!(!left.exists(), "what a crash left goes too");
    assert!(stored(&house, b"used").exists(), "a complaint names these bytes");
    for id in [unused.id, twice.id] {
        let body = with(noise(), &json!({"attachments": [id]}));
        let refused = house.try_complain(&body, None).await;
        assert!(matches!(refused, Err(AppError::Fields(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn an_upload_that_never_ends_goes_with_its_process_and_not_before() {
    let house = House::open("2026-11-23 08:17").await;
    let other = house.beside().await;
    let incoming = house.folder().join("files").join("incoming");
    let parts = || {
        let folders = std::fs::read_dir(&incoming).expect("it is there");
        let files = folders.flat_map(|folder| {
            std::fs::read_dir(folder.expect("readable").path()).expect("a folder")
        });
        files.filter(|file| !file.as_ref().expect("readable").path().ends_with(".lock")).count()
    };
    let mut living = house.app.begin_upload("front").await.expect("it begins");
    living.write(&vec![1; 300_000]).await.expect("there is room");
    // A process that is killed runs nothing of its own any more.
    let mut dying = other.app.begin_upload("front").await.expect("it begins");
    dying.write(&vec![2; 300_000]).await.expect("there is room");
    hours(&house, 1).await;
    assert_eq!(parts(), 2, "both processes live");
    let left = incoming.join("a-process-that-was-killed");
    std::fs::create_dir(&left).expect("made");
    std::fs::write(left.join("0123#1"), b"half").expect("written");
    hours(&house, 1).await;
    assert!(!left.exists());
    assert_eq!(parts(), 2, "both processes live");
    living.finish("a.bin").await.expect("it is taken");
    assert_eq!(parts(), 1, "a whole file lies on its shelf");
}

#[tokio::test]
async fn what_a_killed_export_left_goes_and_what_one_is_writing_stays() {
    let house = House::open("2026-11-23 08:17").await;
    house.complain(&noise()).await;
    let left = house.folder().join("export-0123456789abcdef.database-part");
    std::fs::create_dir(&left).expect("made");
    std::fs::write(left.join("copy.sqlite"), b"everything").expect("written");
    let held = std::fs::File::create(left.join(".lock")).expect("made");
    held.lock().expect("nobody else holds it");
    hours(&house, 1).await;
    assert!(left.exists(), "whoever exports holds it");
    drop(held);
    hours(&house, 1).await;
    assert!(!left.exists(), "nobody does any more");
    house.app.export_to(&mut Vec::new(), Secrets::LeftOut, |_| {}).await.expect("it is written");
}

#[tokio::test]
async fn whoever_hangs_up_in_the_last_moment_leaves_nothing_half_stored() {
    let house = House::open("2026-11-23 08:17").await;
    let mut upload = house.app.begin_upload("front").await.expect("it begins");
    upload.write(b"whole").await.expect("there is room");
    let heard = tokio::time::timeout(Duration::ZERO, upload.finish("a.txt")).await;
    assert!(heard.is_err(), "nobody waits for the end");
    let stored = async {
        while house.app.condition().await.expect("it answers").file_bytes == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), stored).await.expect("it comes to its end");
    assert!(self::stored(&house, b"whole").exists(), "as an upload that can be used or swept");
}

#[tokio::test]
async fn uploads_that_never_end_are_no_more_than_an_hour_may_have() {
    let house = House::open("2026-11-23 08:17").await;
    let begin = async |who: &str| house.app.begin_upload(who).await;
    house.app.upload("front", "a.txt", b"whole").await.expect("it is taken");
    let mut under_way = Vec::new();
    for _ in 1..60 {
        under_way.push(begin("front").await.expect("sixty fit into an hour"));
    }
    let refused = begin("front").await;
    assert!(matches!(refused, Err(AppError::TooManyFiles { .. })), "{refused:?}");
    begin("back").await.expect("somebody else may");
    drop(under_way.pop());
    let mut one = begin("front").await.expect("there is a place again");
    one.write(b"one").await.expect("there is room");
    one.finish("b.txt").await.expect("it is taken");
    for mut upload in under_way {
        upload.write(b"more").await.expect("there is room");
        upload.finish("c.txt").await.expect("each that began is taken");
    }
    let refused = begin("front").await;
    assert!(matches!(refused, Err(AppError::TooManyFiles { .. })), "{refused:?}");
}

#[tokio::test]
async fn what_nobody_uses_gives_its_room_back() {
    let house = House::open("2026-11-23 08:17").await;
    let bytes = |fill: u8| vec![fill; 1 << 20];
    for (name, fill) in [("a.bin", 1), ("b.bin", 1), ("c.bin", 2)] {
        house.app.upload("front", name, &bytes(fill)).await.expect("it is taken");
    }
    let stored = || async { house.app.condition().await.expect("it answers").file_bytes };
    assert_eq!(stored().await, 2 << 20, "each content counts once");
    hours(&house, 50).await;
    assert_eq!(stored().await, 0);
}

#[tokio::test]
async fn the_same_bytes_uploaded_again_while_the_first_are_swept_are_there() {
    let house = House::open("2026-11-23 08:17").await;
    house.app.upload("front", "a.txt", b"same").await.expect("it is taken");
    hours(&house, 25).await;
    for _ in 0..26 {
        let again = async { house.app.upload("back", "b.txt", b"same").await };
        let (again, ()) = tokio::join!(again, hours(&house, 1));
        let id = again.expect("it is taken").id;
        assert!(stored(&house, b"same").exists(), "{id} names these bytes");
    }
}

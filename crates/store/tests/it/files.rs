//! Stored bytes: each content once, with a check, a bound on what may be there, and an end.

use jiff::Timestamp;
use redress_store::{
    Commit, FileRow, FileState, Row, Store, UploadFate, UploadRoom, UploadRow, UploadUse, Write,
    Written,
};

use crate::kit::{Kit, after};

/// The `id`th upload of `owner`, of content `digest`.
fn upload(id: u8, owner: &str, digest: &str, bytes: u64) -> UploadRow {
    UploadRow {
        id_hash: vec![id],
        owner: owner.to_owned(),
        digest: digest.to_owned(),
        name: "ảnh.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes,
        created_at: after(i64::from(id)),
        used_by: String::new(),
    }
}

fn room(count_max: u64, owner_bytes_max: u64, total_bytes_max: u64) -> UploadRoom {
    let since = Timestamp::UNIX_EPOCH;
    UploadRoom {
        now: after(1_000),
        counted_since: since,
        count_max,
        added_since: since,
        owner_bytes_max,
        total_bytes_max,
    }
}

async fn put(store: &Store, row: UploadRow, room: UploadRoom) -> UploadFate {
    store.put_upload(row, FileState::Waiting, room).await.unwrap()
}

#[tokio::test]
async fn the_same_bytes_count_once_and_each_bound_is_kept() {
    let kit = Kit::new();
    let store = kit.open();
    let room = room(3, 25, 30);
    let rows = [
        (upload(1, "a", "d1", 10), UploadFate::Kept),
        // The same bytes again: they are the owner's, but take no more room in all.
        (upload(2, "a", "d1", 10), UploadFate::Kept),
        (upload(3, "a", "d2", 6), UploadFate::TooMuch),
        (upload(4, "a", "d2", 5), UploadFate::Kept),
        (upload(5, "a", "d1", 1), UploadFate::TooMany),
        (upload(6, "b", "d3", 16), UploadFate::Full),
        (upload(7, "b", "d3", 15), UploadFate::Kept),
        (upload(8, "b", "d1", 10), UploadFate::Kept),
        (upload(9, "c", "d4", 1), UploadFate::Full),
    ];
    for (row, wanted) in rows {
        let which = format!("{row:?}");
        assert_eq!(put(&store, row, room).await, wanted, "{which}");
    }
    assert_eq!(store.file_bytes().await.unwrap(), 30);
    assert_eq!(store.upload_fate("a", room).await.unwrap(), UploadFate::TooMany);
    assert_eq!(store.upload_fate("c", room).await.unwrap(), UploadFate::Full);
    let later = UploadRoom { counted_since: after(9), added_since: after(9), ..room };
    let wider = UploadRoom { total_bytes_max: 31, ..later };
    assert_eq!(store.upload_fate("a", wider).await.unwrap(), UploadFate::Kept);
    // The clock was wrong when they came, and went back: they keep nobody from sending for long.
    let before = UploadRoom { now: after(0), total_bytes_max: 31, ..room };
    assert_eq!(store.upload_fate("a", before).await.unwrap(), UploadFate::Kept);
}

#[tokio::test]
async fn bytes_are_forgotten_with_the_last_upload_that_names_them() {
    let kit = Kit::new();
    let store = kit.open();
    let room = room(10, 100, 100);
    for (id, digest) in [(1, "d1"), (2, "d1"), (3, "d2")] {
        put(&store, upload(id, "a", digest, 10), room).await;
    }
    let used = UploadUse { id_hash: vec![1], used_by: "c1".to_owned() };
    let commit = Commit { rows: vec![Row::UploadUsed(used)], ..Commit::new(kit.id()) };
    store.commit(commit).await.unwrap();
    let forget = |digest: &str| store.write(Write::ForgetFile { digest: digest.to_owned() });
    assert_eq!(forget("d2").await.unwrap(), Written::Changed(0), "an upload names it");
    store.write(Write::Purge { now: after(0), uploads_before: after(100) }).await.unwrap();
    assert_eq!(forget("d1").await.unwrap(), Written::Changed(0), "a complaint names it");
    assert_eq!(forget("d2").await.unwrap(), Written::Changed(1));
    assert_eq!(forget("d2").await.unwrap(), Written::Changed(0));
    assert_eq!(store.file_bytes().await.unwrap(), 10);
    assert_eq!(store.file("d2").await.unwrap(), None);
}

#[tokio::test]
async fn what_waits_for_its_check_is_held_until_it_went_well() {
    let kit = Kit::new();
    let store = kit.open();
    let room = room(10, 100, 100);
    for (id, digest) in [(1, "d1"), (2, "d2")] {
        put(&store, upload(id, "a", digest, 10), room).await;
        let used = UploadUse { id_hash: vec![id], used_by: "c1".to_owned() };
        let commit = Commit { rows: vec![Row::UploadUsed(used)], ..Commit::new(kit.id()) };
        store.commit(commit).await.unwrap();
    }
    let due = |at: i64| store.files_due(after(at), 10);
    let names = |files: Vec<FileRow>| files.into_iter().map(|file| file.digest).collect::<Vec<_>>();
    assert_eq!(names(due(2).await.unwrap()), ["d1", "d2"]);
    let (digest, finding) = ("d1".to_owned(), "connection refused".to_owned());
    store.write(Write::RetryFile { digest, finding, due_at: after(60) }).await.unwrap();
    assert_eq!(names(due(2).await.unwrap()), ["d2"]);
    let put_off = |latest: i64| store.files_put_off(after(latest), 10);
    assert_eq!(names(put_off(59).await.unwrap()), ["d1"], "the clock went back since");
    assert_eq!(put_off(60).await.unwrap(), []);
    let oldest = store.oldest_waiting_file().await.unwrap().expect("two wait");
    assert_eq!((oldest.digest.as_str(), oldest.attempts), ("d1", 1));
    for (digest, state, finding) in [
        ("d1", FileState::Passed, ""),
        ("d2", FileState::Refused, "Test.EICAR"),
        // A slower look, with older signatures, finds nothing.
        ("d2", FileState::Passed, ""),
    ] {
        let (digest, finding) = (digest.to_owned(), finding.to_owned());
        store.write(Write::FileChecked { digest, state, finding }).await.unwrap();
    }
    assert_eq!(due(1_000_000).await.unwrap(), []);
    assert_eq!(put_off(0).await.unwrap(), [], "what is judged waits for nothing");
    assert_eq!(store.oldest_waiting_file().await.unwrap(), None);
    let held = store.held_files("c1", 10).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!((held[0].state, held[0].finding.as_str()), (FileState::Refused, "Test.EICAR"));
}

//! A full disk, and a log changed behind the program's back.

use redress_store::{CommitError, SessionRow, Store, StoreError, Write};
use rusqlite::Connection;

use crate::kit::{Kit, after, event, stream, with_words};

fn fat_session(number: u32) -> Write {
    Write::PutSession(SessionRow {
        token_hash: number.to_be_bytes().to_vec(),
        account: "a".repeat(20_000),
        form_secret: Vec::new(),
        created_at: after(0),
        expires_at: after(60),
    })
}

#[tokio::test]
async fn a_full_disk_stops_commits_and_lets_them_go_on_once_there_is_room() {
    let kit = Kit::new();
    let mut options = kit.options();
    options.pages_max = Some(400);
    let store = Store::open(&kit.path(), options).unwrap();
    store.commit(kit.commit("c1", 0)).await.unwrap();
    let mut number = 0;
    let full = loop {
        number += 1;
        if let Err(error) = store.write(fat_session(number)).await {
            break error;
        }
    };
    assert!(matches!(full, StoreError::DiskFull { .. }), "{full:?}");
    let mut fat = kit.commit("c1", 1);
    fat.events[0] = with_words(event(&stream("c1"), "note.added"), &"x".repeat(200_000));
    assert!(matches!(store.commit(fat.clone()).await, Err(CommitError::DiskFull)));
    assert_eq!(store.stream(&stream("c1")).await.unwrap().len(), 1);
    assert!(!store.is_broken() && store.is_full());

    store.write(Write::Purge { now: after(60), uploads_before: after(60) }).await.unwrap();
    assert_eq!(store.commit(fat).await.unwrap().positions, 2..3);
    assert!(!store.is_full());
    assert_eq!(store.verify_log(|_| {}).await.unwrap().fault, None);
}

/// Changes a log of five events by one statement; answers the fault that is found.
async fn tamper(sql: &str) -> (u64, &'static str) {
    let kit = Kit::new();
    let store = kit.open();
    for version in 0..5 {
        let mut commit = kit.commit("c1", version);
        let number = format!(r#"{{"number":{version}}}"#);
        commit.events[0] = with_words(commit.events[0].clone(), &number);
        commit.events[0].facts = number;
        store.commit(commit).await.unwrap();
    }
    Connection::open(kit.path()).unwrap().execute_batch(sql).unwrap();
    let fault = store.verify_log(|_| {}).await.unwrap().fault.expect("it was changed");
    (fault.index, fault.what)
}

#[tokio::test]
async fn a_log_changed_by_hand_names_the_first_wrong_leaf() {
    for (sql, index, what) in [
        (
            "UPDATE event SET facts = '{\"number\":9}' WHERE pos = 3",
            2,
            "the event is not the one its leaf commits to",
        ),
        (
            "UPDATE event SET actor = '{\"kind\":\"user\"}' WHERE pos = 4",
            3,
            "the event is not the one its leaf commits to",
        ),
        (
            "UPDATE event SET at = at - 60000000 WHERE pos = 2",
            1,
            "the event is not the one its leaf commits to",
        ),
        (
            "UPDATE event SET kind = 'complaint.closed' WHERE pos = 1",
            0,
            "the event is not the one its leaf commits to",
        ),
        ("UPDATE event SET words = 'x' WHERE pos = 2", 1, "the words are not those committed to"),
        (
            "UPDATE event SET recorded_at = recorded_at - 31536000000000, \
                leaf = replace(leaf, '\"2026-', '\"2025-') WHERE pos = 4",
            3,
            "it is recorded before its predecessor",
        ),
        ("UPDATE event SET recorded_at = 1 WHERE pos = 4", 3, "the leaf tells another time"),
        (
            "UPDATE event SET recorded_at = recorded_at + 1 WHERE pos = 1",
            0,
            "the leaf tells another time",
        ),
        ("DELETE FROM event WHERE pos = 2", 1, "a position is missing"),
        ("DELETE FROM event WHERE pos = 5", 4, "the last events are missing"),
        (
            "UPDATE event SET leaf = replace(leaf, '.', ',') WHERE pos = 1",
            0,
            "the leaf is malformed",
        ),
        (
            "UPDATE event SET leaf = replace(leaf, '\"event\"', '\"key\"') WHERE pos = 2",
            1,
            "the leaf is of another kind",
        ),
        ("UPDATE event SET salt = 'text' WHERE pos = 3", 2, "the event cannot be read"),
        ("UPDATE event SET version = 9 WHERE pos = 5", 4, "a version of its stream is missing"),
        (
            "UPDATE head SET frontier = CAST(substr(frontier, 1, 71) || x'00' AS BLOB)",
            5,
            "the tree is not that of the head",
        ),
    ] {
        assert_eq!(tamper(sql).await, (index, what), "{sql}");
    }
}

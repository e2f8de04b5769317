//! Several handles on one file, as several processes have it, and ends without closing.

use redress_store::{CommitError, StoreError};

use crate::kit::{Kit, after, stream, together};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_handles_on_one_file_interleave_without_forking() {
    let kit = Kit::new();
    let stores = [kit.open(), kit.open()];
    let tasks = (0..200_usize).map(|number| {
        let store = stores[number % 2].clone();
        let commit = kit.commit(&format!("c{number}"), 0);
        async move { store.commit(commit).await.unwrap() }
    });
    together(tasks).await;
    for store in &stores {
        let report = store.verify_log(|_| {}).await.unwrap();
        assert_eq!((report.size, report.fault), (200, None));
        assert_eq!(store.head().await.unwrap().pos, 200);
    }
}

#[test]
fn many_processes_may_make_the_same_file_at_once() {
    for _ in 0..3 {
        let kit = Kit::new();
        std::thread::scope(|scope| {
            let opened: Vec<_> = (0..8).map(|_| scope.spawn(|| kit.open())).collect();
            for store in opened {
                store.join().unwrap();
            }
        });
    }
}

#[tokio::test]
async fn a_foreign_commit_is_seen_at_once_by_version_and_time() {
    let kit = Kit::new();
    let (ours, theirs) = (kit.open(), kit.open());
    kit.set_clock(500);
    ours.commit(kit.commit("c1", 0)).await.unwrap();
    kit.set_clock(0);
    let refused = theirs.commit(kit.commit("c1", 0)).await;
    assert!(matches!(refused, Err(CommitError::Conflict { actual: 1, .. })));
    let done = theirs.commit(kit.commit("c1", 1)).await.unwrap();
    assert_eq!((done.positions, done.recorded_at), (2..3, after(500)));
}

#[tokio::test]
async fn what_was_answered_is_there_after_an_end_without_closing() {
    let kit = Kit::new();
    for round in 0..5 {
        let store = kit.open();
        store.commit(kit.commit("c1", round)).await.unwrap();
        // Leaked, so that nothing is closed or written back, as after `kill -9`.
        std::mem::forget(store);
    }
    let store = kit.open();
    assert_eq!(store.stream(&stream("c1")).await.unwrap().len(), 5);
    assert_eq!(store.verify_log(|_| {}).await.unwrap().fault, None);
}

#[tokio::test]
async fn closing_finishes_what_was_handed_over() {
    let kit = Kit::new();
    let store = kit.open();
    let other = store.clone();
    let commit = kit.commit("c1", 0);
    let (done, closed) = tokio::join!(async move { other.commit(commit).await }, store.close());
    closed.unwrap();
    assert_eq!(done.unwrap().positions, 1..2);
    assert_eq!(kit.open().head().await.unwrap().pos, 1);
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused() {
    let kit = Kit::new();
    kit.open().close().await.unwrap();
    // Only another version of the program could write this; so the file is changed by hand.
    let file = rusqlite::Connection::open(kit.path()).unwrap();
    file.execute("INSERT INTO migration VALUES ('9999_later', 0)", []).unwrap();
    drop(file);
    let refused = redress_store::Store::open(&kit.path(), kit.options());
    assert!(matches!(refused, Err(StoreError::Newer { migration }) if migration == "9999_later"));
}

/// The file of the first version, empty but for its schema.
fn first_version(path: &std::path::Path) -> rusqlite::Connection {
    let texts = [
        include_str!("../../migrations/0001_start.sql"),
        include_str!("../../migrations/0001_start.sqlite.sql"),
    ];
    let sql = texts
        .join("\n")
        .replace("{{BYTES}}", "BLOB")
        .replace("{{POS}}", "INTEGER PRIMARY KEY")
        .replace("{{KEY}}", "TEXT")
        .replace("{{CLUSTERED}}", " WITHOUT ROWID");
    let file = rusqlite::Connection::open(path).unwrap();
    file.execute_batch(&sql).unwrap();
    file.execute_batch(
        "CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL); \
         INSERT INTO migration VALUES ('0001_start', 0); \
         INSERT INTO counter VALUES ('reference-2026', 42);",
    )
    .unwrap();
    file
}

#[tokio::test]
async fn the_file_of_an_earlier_version_is_kept_as_it_was_before_it_is_changed() {
    let kit = Kit::new();
    drop(first_version(&kit.path()));
    let store = kit.open();
    assert_eq!(store.take_block("reference-2026", 1).await.unwrap(), 42..43);
    store.close().await.unwrap();
    let mut kept = kit.path().into_os_string();
    kept.push(".before-0002_calendars");
    let old = rusqlite::Connection::open(kept).unwrap();
    let names: i64 = old.query_row("SELECT COUNT(*) FROM migration", [], |row| row.get(0)).unwrap();
    let next: i64 = old.query_row("SELECT next FROM counter", [], |row| row.get(0)).unwrap();
    assert_eq!((names, next), (1, 42), "nothing of the upgrade is in it");
    // Started again, nothing is left to do and nothing more is kept.
    kit.open().close().await.unwrap();
    let folder = std::fs::read_dir(kit.path().parent().unwrap()).unwrap();
    let beside = folder
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains(".before-"));
    assert_eq!(beside.count(), 1);
}

#[tokio::test]
async fn programs_of_a_new_version_that_start_at_once_keep_the_file_as_it_was() {
    const PROGRAMS: usize = 6;
    for _ in 0..3 {
        let kit = Kit::new();
        drop(first_version(&kit.path()));
        std::thread::scope(|scope| {
            for _ in 0..PROGRAMS {
                scope.spawn(|| kit.open());
            }
        });
        let mut kept = kit.path().into_os_string();
        kept.push(".before-0002_calendars");
        let old = rusqlite::Connection::open(kept).unwrap();
        let count = "SELECT COUNT(*) FROM migration";
        let names: i64 = old.query_row(count, [], |row| row.get(0)).unwrap();
        assert_eq!(names, 1, "nothing of the upgrade is in it");
    }
}

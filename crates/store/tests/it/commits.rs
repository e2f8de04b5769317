//! Commits: versions, positions, time, the log.

use redress_store::{Commit, CommitError, Expect, Row, StoreError};

use crate::kit::{Kit, after, complaint, event, stream, together, with_words};

#[tokio::test]
async fn a_commit_is_numbered_recorded_and_read_back() {
    let kit = Kit::new();
    let store = kit.open();
    let mut commit = kit.commit("c1", 0);
    let words = r#"{"text":"Cửa kẹt"}"#;
    commit.events.push(with_words(event(&stream("c1"), "message.received"), words));
    let done = store.commit(commit).await.unwrap();
    assert_eq!((done.positions, done.recorded_at), (1..3, after(0)));
    assert_eq!(done.versions, [(stream("c1"), 2)]);

    let events = store.stream(&stream("c1")).await.unwrap();
    let seen: Vec<_> = events.iter().map(|e| (e.pos, e.version, e.words.as_deref())).collect();
    assert_eq!(seen, [(1, 1, None), (2, 2, Some(words))]);
    assert_eq!(events[0].at, after(-60));
    assert_eq!(store.events_of(&stream("c1"), 1, 10).await.unwrap(), events[1..]);
    assert_eq!(store.events_after(1, 10).await.unwrap(), events[1..]);
    assert!(store.stream(&stream("c2")).await.unwrap().is_empty());
}

#[tokio::test]
async fn of_twenty_commits_on_one_version_exactly_one_happens() {
    let kit = Kit::new();
    let store = kit.open();
    let tasks = (0..20).map(|_| {
        let (store, commit) = (store.clone(), kit.commit("c1", 0));
        async move { store.commit(commit).await }
    });
    let mut done = 0;
    for outcome in together(tasks).await {
        match outcome {
            Ok(_) => done += 1,
            Err(CommitError::Conflict { stream: on, expected, actual }) => {
                assert_eq!((on, expected, actual), (stream("c1"), 0, 1));
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(store.head().await.unwrap().pos, 1);
}

#[tokio::test]
async fn a_conflict_keeps_nothing_of_its_commit() {
    let kit = Kit::new();
    let store = kit.open();
    store.commit(kit.commit("c1", 0)).await.unwrap();
    let mut late = kit.commit("c1", 0);
    late.events.push(event(&stream("c2"), "note.added"));
    late.rows.push(Row::Complaint(Box::new(complaint("c2", 10))));
    let id = late.id;
    assert!(matches!(store.commit(late).await, Err(CommitError::Conflict { .. })));
    assert!(store.stream(&stream("c2")).await.unwrap().is_empty());
    assert!(store.complaint("c2").await.unwrap().is_none());
    assert!(store.commit_of(id).await.unwrap().is_none());
}

#[tokio::test]
async fn many_commits_at_once_leave_no_gap_and_one_tree() {
    let kit = Kit::new();
    let store = kit.open();
    let tasks = (0..600).map(|number| {
        let (store, commit) = (store.clone(), kit.commit(&format!("c{number}"), 0));
        async move { store.commit(commit).await.unwrap() }
    });
    let done = together(tasks).await;
    let mut positions: Vec<_> = done.iter().map(|done| done.positions.start).collect();
    positions.sort_unstable();
    assert_eq!(positions, (1..=600).collect::<Vec<_>>());
    let report = store.verify_log(|_| {}).await.unwrap();
    assert_eq!((report.size, report.fault), (600, None));
    assert_eq!(report.root, store.head().await.unwrap().frontier.root());
}

#[tokio::test]
async fn the_log_never_goes_back_in_time() {
    let kit = Kit::new();
    let store = kit.open();
    kit.set_clock(100);
    assert_eq!(store.commit(kit.commit("c1", 0)).await.unwrap().recorded_at, after(100));
    kit.set_clock(-7_200);
    assert_eq!(store.commit(kit.commit("c1", 1)).await.unwrap().recorded_at, after(100));
    kit.set_clock(101);
    assert_eq!(store.commit(kit.commit("c1", 2)).await.unwrap().recorded_at, after(101));
}

#[tokio::test]
async fn a_commit_sent_twice_happens_once_and_answers_the_same() {
    let kit = Kit::new();
    let store = kit.open();
    let mut commit = kit.commit("c1", 0);
    commit.events.push(event(&stream("c2"), "note.added"));
    let first = store.commit(commit.clone()).await.unwrap();
    kit.set_clock(50);
    assert_eq!(store.commit(commit.clone()).await.unwrap(), first);
    assert_eq!(store.commit_of(commit.id).await.unwrap(), Some(first));
    assert_eq!(store.head().await.unwrap().pos, 2);
}

#[tokio::test]
async fn a_row_that_is_refused_fails_its_commit_alone() {
    let kit = Kit::new();
    let store = kit.open();
    let tasks = (0..40).map(|number| {
        let id = format!("c{number}");
        let mut commit = kit.commit(&id, 0);
        let mut row = complaint(&id, number);
        if number % 10 == 3 {
            row.reference = "KN-26-c0".to_owned(); // Taken by the first.
        }
        commit.rows.push(Row::Complaint(Box::new(row)));
        let store = store.clone();
        async move { store.commit(commit).await }
    });
    let mut refused = 0;
    for outcome in together(tasks).await {
        match outcome {
            Ok(_) => {}
            Err(CommitError::Failed { source: StoreError::Constraint { .. } }) => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(refused, 4);
    let report = store.verify_log(|_| {}).await.unwrap();
    assert_eq!((report.size, report.fault), (36, None));
    assert!(!store.is_broken());
}

#[tokio::test]
async fn what_can_never_be_stored_is_refused_before_it_is_tried() {
    let kit = Kit::new();
    let store = kit.open();
    let spoil: [fn(&mut Commit); 3] = [
        |commit| commit.events[0].facts = "[]".to_owned(),
        |commit| commit.events[0].facts = " {}".to_owned(),
        |commit| commit.events[0].words = Some("{}".to_owned()),
    ];
    for spoil in spoil {
        let mut commit = kit.commit("c1", 0);
        spoil(&mut commit);
        let refused = store.commit(commit).await;
        assert!(
            matches!(refused, Err(CommitError::Failed { source: StoreError::BadCommit { .. } })),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn expecting_without_appending_is_enough_to_conflict() {
    let kit = Kit::new();
    let store = kit.open();
    store.commit(kit.commit("c1", 0)).await.unwrap();
    let mut commit = kit.commit("c2", 0);
    commit.expect.push(Expect { stream: stream("c1"), version: 4 });
    let refused = store.commit(commit).await;
    assert!(matches!(refused, Err(CommitError::Conflict { expected: 4, actual: 1, .. })));
}

#[tokio::test]
async fn commits_handed_over_one_after_the_other_are_carried_out_in_this_order() {
    let kit = Kit::new();
    let store = kit.open();
    let mut on_their_way = Vec::new();
    for version in 0..600 {
        on_their_way.push(store.hand_over(kit.commit("c1", version)).await.unwrap());
    }
    for (before, commit) in on_their_way.into_iter().enumerate() {
        let done = commit.outcome().await.unwrap();
        assert_eq!(done.positions.start, before as u64 + 1);
    }
    assert!(store.verify_log(|_| {}).await.unwrap().fault.is_none());
}

#[tokio::test]
async fn what_a_reading_held_is_written_back_and_its_room_given_back_without_a_commit() {
    let kit = Kit::new();
    let store = kit.open();
    store.commit(kit.commit("c1", 0)).await.unwrap();
    let reader = rusqlite::Connection::open(kit.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM event").unwrap();
    let words = "x".repeat(1_000_000);
    for version in 1..40 {
        let mut commit = kit.commit("c1", version);
        commit.events[0] = with_words(commit.events[0].clone(), &words);
        store.commit(commit).await.unwrap();
    }
    store.touch().await.unwrap();
    let bytes = || store.changes().unwrap().unwrap().0;
    assert!(bytes() > 35_000_000, "{} bytes are held", bytes());
    drop(reader);
    store.touch().await.unwrap();
    assert_eq!(bytes(), 0, "nobody has to say anything more");
    let file = kit.path().metadata().unwrap().len();
    assert!(file > 35_000_000, "{file} bytes were written back");
    assert_eq!(store.stream(&stream("c1")).await.unwrap().len(), 40);
}

#[tokio::test]
async fn the_log_of_changes_is_written_back_and_begins_anew() {
    let kit = Kit::new();
    let store = kit.open();
    let words = "x".repeat(1_000_000);
    for version in 0..40 {
        let mut commit = kit.commit("c1", version);
        commit.events[0] = with_words(commit.events[0].clone(), &words);
        store.commit(commit).await.unwrap();
    }
    // The file beside the database: nothing else shows how long the log is.
    let log = kit.path().with_extension("db-wal").metadata().unwrap().len();
    assert!(log < 20_000_000, "{log} bytes of 40 MB written");
    let file = kit.path().metadata().unwrap().len();
    assert!(file > 20_000_000, "{file} bytes were written back of 40 MB");
    assert_eq!(store.stream(&stream("c1")).await.unwrap().len(), 40);
}

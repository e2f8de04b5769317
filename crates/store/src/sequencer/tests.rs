//! Test only: the sequencer over an engine that fails where it is told to.
//! Must not reach the disk of the machine beyond a folder of its own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use super::{CommitAnswer, Job, Sequencer};
use crate::commit::{Commit, NewEvent};
use crate::engine::{Engine, Query};
use crate::error::{CommitError, StoreError};
use crate::ids::{CommitId, StreamId};
use crate::sqlite::Writer;
use crate::value::{Line, Statement};

/// What fails next, once, and how often a COMMIT was tried.
#[derive(Default)]
struct Script {
    at_begin: Option<StoreError>,
    at_commit: Option<StoreError>,
    at_write_back: Option<StoreError>,
    is_left: bool,
    fault_at_begin: bool,
    commits: usize,
}

struct Faulty {
    writer: Writer,
    script: Arc<Mutex<Script>>,
}

impl Query for Faulty {
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Line>, StoreError> {
        self.writer.query(statement)
    }
}

impl Engine for Faulty {
    fn execute(&mut self, statement: &Statement<'_>) -> Result<u64, StoreError> {
        self.writer.execute(statement)
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        let failure = {
            let mut script = self.script.lock().unwrap();
            assert!(!script.fault_at_begin, "a fault of our own");
            script.at_begin.take()
        };
        failure.map_or(Ok(()), Err)?;
        self.writer.begin()
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let mut script = self.script.lock().unwrap();
        script.commits += 1;
        script.at_commit.take().map_or(Ok(()), Err)?;
        self.writer.commit()
    }

    fn rollback(&mut self) {
        self.writer.rollback();
    }

    fn write_back(&mut self) -> Result<(), StoreError> {
        let failure = self.script.lock().unwrap().at_write_back.take();
        failure.map_or(Ok(()), Err)?;
        self.writer.write_back()
    }

    fn renew_search(&mut self, is_first: bool) -> Result<bool, StoreError> {
        self.writer.renew_search(is_first)
    }

    fn empty_log(&mut self) -> Result<bool, StoreError> {
        self.writer.empty_log()
    }

    fn look(&self) -> Result<(), StoreError> {
        self.writer.look()
    }

    fn leave(&mut self) {
        self.script.lock().unwrap().is_left = true;
        self.writer.leave();
    }
}

/// A sequencer that is fed by hand.
struct Bench {
    _folder: tempfile::TempDir,
    sequencer: Sequencer,
    jobs: mpsc::Sender<Job>,
    broken: watch::Receiver<bool>,
    script: Arc<Mutex<Script>>,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("redress.db");
        let wait = Duration::from_secs(1);
        let writer = Writer::open(&path, wait, None, Timestamp::UNIX_EPOCH).unwrap();
        let script = Arc::new(Mutex::new(Script::default()));
        let (jobs, waiting) = mpsc::channel(600);
        let (broken_sender, broken) = watch::channel(false);
        let sequencer = Sequencer {
            engine: Box::new(Faulty { writer, script: Arc::clone(&script) }),
            clock: Arc::new(|| Timestamp::UNIX_EPOCH),
            jobs: waiting,
            broken: broken_sender,
            full: watch::channel(false).0,
            head: watch::channel(0).0,
        };
        Self { _folder: folder, sequencer, jobs, broken, script }
    }

    /// Hands over `count` commits on streams of their own, numbered from `from`.
    fn send(&self, from: u8, count: usize) -> Vec<oneshot::Receiver<CommitAnswer>> {
        let numbers = (0..count).map(|at| u128::from(from) * 1_000 + at as u128);
        numbers
            .map(|number| {
                let (sender, answer) = oneshot::channel();
                let job = Job::Commit(Box::new(commit(number)), sender);
                assert!(self.jobs.try_send(job).is_ok(), "the queue has room");
                answer
            })
            .collect()
    }

    /// Works off what was handed over; answers how many transactions were tried.
    fn run(self) -> (watch::Receiver<bool>, usize) {
        let Self { _folder: folder, sequencer, jobs, broken, script } = self;
        drop(jobs);
        sequencer.run();
        drop(folder);
        let commits = script.lock().unwrap().commits;
        (broken, commits)
    }
}

fn commit(number: u128) -> Commit {
    let mut commit = Commit::new(CommitId(number.to_be_bytes()));
    commit.events.push(NewEvent {
        stream: StreamId::parse(&format!("complaint/{number}")).unwrap(),
        kind: "note.added",
        schema: 1,
        at: Timestamp::UNIX_EPOCH,
        actor: "{}".to_owned(),
        facts: "{}".to_owned(),
        words: None,
        salt: [1; 32],
        words_salt: None,
    });
    commit
}

fn answer(receiver: oneshot::Receiver<CommitAnswer>) -> CommitAnswer {
    receiver.blocking_recv().unwrap()
}

#[test]
fn waiting_commits_share_a_transaction_up_to_the_limit() {
    let bench = Bench::new();
    let answers = bench.send(0, 300);
    let (broken, transactions) = bench.run();
    let positions = answers.into_iter().map(|one| answer(one).unwrap().positions.start);
    assert_eq!(positions.collect::<Vec<_>>(), (1..=300).collect::<Vec<_>>());
    assert_eq!((transactions, *broken.borrow()), (2, false));
}

#[test]
fn a_failed_flush_stops_the_store() {
    let bench = Bench::new();
    bench.script.lock().unwrap().at_commit =
        Some(StoreError::Io { source: "the disk is gone".into() });
    let first = bench.send(0, 256);
    let later = bench.send(1, 2);
    let (broken, transactions) = bench.run();
    for one in first {
        assert!(matches!(answer(one), Err(CommitError::Failed { .. })));
    }
    for one in later {
        assert!(matches!(answer(one), Err(CommitError::Closed)));
    }
    assert_eq!((transactions, *broken.borrow()), (1, true));
}

#[test]
fn a_disk_that_fails_at_writing_back_stops_the_store_once_everybody_was_answered() {
    let bench = Bench::new();
    let script = Arc::clone(&bench.script);
    script.lock().unwrap().at_write_back =
        Some(StoreError::Io { source: "the disk is gone".into() });
    let first = bench.send(0, 256);
    let later = bench.send(1, 1);
    let (broken, transactions) = bench.run();
    assert!(first.into_iter().all(|one| answer(one).is_ok()));
    assert!(later.into_iter().all(|one| matches!(answer(one), Err(CommitError::Closed))));
    assert_eq!((transactions, *broken.borrow(), script.lock().unwrap().is_left), (1, true, true));
}

#[test]
fn writing_back_waits_for_room() {
    let bench = Bench::new();
    let script = Arc::clone(&bench.script);
    script.lock().unwrap().at_write_back = Some(StoreError::DiskFull { source: "no room".into() });
    let answers = bench.send(0, 300);
    let (broken, _) = bench.run();
    assert!(answers.into_iter().all(|one| answer(one).is_ok()));
    assert!(!*broken.borrow() && !script.lock().unwrap().is_left);
}

#[test]
fn a_disk_that_is_full_at_commit_fails_the_batch_and_no_more() {
    let bench = Bench::new();
    bench.script.lock().unwrap().at_commit =
        Some(StoreError::DiskFull { source: "no room".into() });
    let first = bench.send(0, 256);
    let later = bench.send(1, 1);
    let (broken, _) = bench.run();
    for one in first {
        assert!(matches!(answer(one), Err(CommitError::DiskFull)));
    }
    for one in later {
        assert_eq!(answer(one).unwrap().positions, 1..2);
    }
    assert!(!*broken.borrow());
}

#[test]
fn a_lock_that_is_never_given_fails_the_batch_and_no_more() {
    let bench = Bench::new();
    bench.script.lock().unwrap().at_begin = Some(StoreError::Busy { source: "locked".into() });
    let first = bench.send(0, 256);
    let later = bench.send(1, 1);
    let (broken, _) = bench.run();
    for one in first {
        assert!(matches!(answer(one), Err(CommitError::Failed { .. })));
    }
    assert!(later.into_iter().all(|one| answer(one).is_ok()));
    assert!(!*broken.borrow());
}

#[test]
fn a_fault_of_our_own_marks_the_store_as_broken_and_leaves_the_outcome_unknown() {
    let bench = Bench::new();
    bench.script.lock().unwrap().fault_at_begin = true;
    let answers = bench.send(0, 1);
    let broken = bench.broken.clone();
    let ended = std::thread::spawn(move || bench.run()).join();
    assert!(ended.is_err() && *broken.borrow());
    assert!(answers.into_iter().all(|one| one.blocking_recv().is_err()));
}

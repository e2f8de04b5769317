//! Test only: a store in a folder of its own with a clock that is set by hand, and builders.
//! Must not depend on the wall clock or on chance.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use redress_store::{
    Claim, ClaimKind, Commit, CommitId, ComplaintRow, Expect, NewEvent, Options, Store, StreamId,
    StreamKind,
};
use tokio::task::JoinSet;

/// Monday morning in Hà Nội, in seconds.
const START: i64 = 1_795_485_600;

pub(crate) struct Kit {
    folder: tempfile::TempDir,
    now: Arc<AtomicI64>,
    made: AtomicU64,
}

impl Kit {
    pub(crate) fn new() -> Self {
        let now = Arc::new(AtomicI64::new(START));
        Self { folder: tempfile::tempdir().unwrap(), now, made: AtomicU64::new(0) }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("redress.db")
    }

    pub(crate) fn options(&self) -> Options {
        let now = Arc::clone(&self.now);
        Options::new(Arc::new(move || at(now.load(Ordering::Relaxed))))
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.path(), self.options()).unwrap()
    }

    /// Sets the clock to `seconds` after the start; negative goes back.
    pub(crate) fn set_clock(&self, seconds: i64) {
        self.now.store(START + seconds, Ordering::Relaxed);
    }

    pub(crate) fn id(&self) -> CommitId {
        let number = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        CommitId(u128::from(number).to_be_bytes())
    }

    /// A commit of one event on a complaint's stream that must be at `version`.
    pub(crate) fn commit(&self, complaint: &str, version: u64) -> Commit {
        let stream = stream(complaint);
        let mut commit = Commit::new(self.id());
        commit.expect.push(Expect { stream: stream.clone(), version });
        commit.events.push(event(&stream, "note.added"));
        commit
    }
}

/// Runs everything at once; answers in the order of the ends.
pub(crate) async fn together<T: Send + 'static>(
    tasks: impl IntoIterator<Item: Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    tasks.into_iter().collect::<JoinSet<T>>().join_all().await
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

/// The instant `seconds` after the start.
pub(crate) fn after(seconds: i64) -> Timestamp {
    at(START + seconds)
}

pub(crate) fn stream(complaint: &str) -> StreamId {
    StreamId::new(StreamKind::Complaint, complaint).unwrap()
}

pub(crate) fn event(stream: &StreamId, kind: &'static str) -> NewEvent {
    NewEvent {
        stream: stream.clone(),
        kind,
        schema: 1,
        at: at(START - 60),
        actor: r#"{"kind":"system"}"#.to_owned(),
        facts: format!(r#"{{"case":"{}"}}"#, stream.id()),
        words: None,
        salt: [7; 32],
        words_salt: None,
    }
}

pub(crate) fn with_words(mut event: NewEvent, words: &str) -> NewEvent {
    event.words = Some(words.to_owned());
    event.words_salt = Some([9; 32]);
    event
}

pub(crate) fn claim(key: &str, owner: &str, fingerprint: &str) -> Claim {
    Claim {
        kind: ClaimKind::IdempotencyKey,
        key: key.as_bytes().to_vec(),
        owner: owner.to_owned(),
        fingerprint: fingerprint.as_bytes().to_vec(),
        answer: Some(format!("answer of {owner}")),
        expires_at: None,
    }
}

/// An open complaint in the technical department, due `due` seconds after the start.
pub(crate) fn complaint(id: &str, due: i64) -> ComplaintRow {
    ComplaintRow {
        id: id.to_owned(),
        reference: format!("KN-26-{id}"),
        tracking_hash: format!("hash of {id}").into_bytes(),
        state: "verifying".to_owned(),
        round: 1,
        kind: "complaint".to_owned(),
        about: "service".to_owned(),
        category: "LEVELLING".to_owned(),
        severity: "high".to_owned(),
        safety: false,
        gravity: 2,
        channel: "web".to_owned(),
        language: "vi".to_owned(),
        title: "Thang máy dừng lệch tầng".to_owned(),
        received_at: after(0),
        department: "technical".to_owned(),
        departments: vec!["technical".to_owned()],
        holder: String::new(),
        next_promise: "resolution".to_owned(),
        next_round: 1,
        next_due: Some(after(due)),
        next_soon_at: Some(after(due - 100)),
        next_state: "running".to_owned(),
        unread: true,
        open: true,
        director: false,
        next_timer_at: Some(after(due - 100)),
        person: "p1".to_owned(),
        policy: "digest".to_owned(),
        version: 1,
    }
}

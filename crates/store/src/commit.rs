//! A commit as a value: everything that becomes durable together, or not at all.
//! Must not hold a connection or SQL.

use std::ops::Range;

use jiff::Timestamp;

use crate::error::{NEVER, micros, micros_or_never};
use crate::ids::{ClaimKind, CommitId, StreamId};
use crate::rows::Row;

/// Most events of one commit.
pub const EVENTS_MAX: usize = 1_000;

/// Everything that becomes durable together.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The caller's name for it; the same id is carried out once.
    pub id: CommitId,
    /// Versions the streams must have. Streams of events not named here are appended blindly.
    pub expect: Vec<Expect>,
    /// Things only one commit may ever have.
    pub claims: Vec<Claim>,
    /// What happened, in order.
    pub events: Vec<NewEvent>,
    /// Read rows as they stand after the events.
    pub rows: Vec<Row>,
    /// Work that follows.
    pub outbox: Vec<NewOutbox>,
}

impl Commit {
    /// A commit of this name with nothing in it yet.
    pub const fn new(id: CommitId) -> Self {
        Self {
            id,
            expect: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
            rows: Vec::new(),
            outbox: Vec::new(),
        }
    }
}

/// The version a stream must have: the number of its events, 0 for a stream that must be new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// The stream.
    pub stream: StreamId,
    /// Its version before this commit.
    pub version: u64,
}

/// Something that only one commit may have, by `(kind, key)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub kind: ClaimKind,
    /// A hash of the thing claimed (never the thing itself where it is a secret).
    pub key: Vec<u8>,
    /// Who gets it: usually a complaint's id or reference.
    pub owner: String,
    /// A hash of what was asked, to tell a repetition from a misuse of the key.
    pub fingerprint: Vec<u8>,
    /// The answer to replay to a repetition.
    pub answer: Option<String>,
    /// When the claim lapses and the key is free again; never if missing.
    pub expires_at: Option<Timestamp>,
}

/// An event to be appended. Version, position and `recorded_at` are given by the sequencer.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its name, noun and past participle: `complaint.opened`.
    pub kind: &'static str,
    /// The version of its stored form.
    pub schema: u32,
    /// When it happened, as claimed; `recorded_at` stands beside it.
    pub at: Timestamp,
    /// Who did it: exact JSON text.
    pub actor: String,
    /// What is kept for ever: the exact text of a JSON object.
    pub facts: String,
    /// What is personal and erasable: exact JSON text.
    pub words: Option<String>,
    /// 32 fresh random bytes.
    pub salt: [u8; 32],
    /// 32 fresh random bytes, if and only if there are `words`.
    pub words_salt: Option<[u8; 32]>,
}

/// Work to be done after the commit, at least once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutbox {
    /// Time-ordered unique id.
    pub id: String,
    /// Not before this instant.
    pub due_at: Timestamp,
    /// When it was done, for work that belongs to a past; nothing while it waits.
    pub done_at: Option<Timestamp>,
    /// Which job.
    pub kind: String,
    /// The complaint it is about, or empty.
    pub complaint: String,
    /// What the job needs: JSON text.
    pub payload: String,
    /// Before which other work it is done.
    pub order: Order,
}

/// The order of work: the most serious first, then what fell due first, then what came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// How serious, 0 the most.
    pub gravity: i64,
    /// When what it is about is or was due, in microseconds; the far future for what never is.
    pub urgent_at: i64,
    /// When what it is about was received, in microseconds.
    pub received_at: i64,
}

impl Order {
    /// After everything that has a seriousness.
    pub const LAST: Self = Self { gravity: 5, urgent_at: NEVER, received_at: NEVER };

    /// Of something of this seriousness.
    pub fn new(gravity: i64, due: Option<Timestamp>, received_at: Timestamp) -> Self {
        Self { gravity, urgent_at: micros_or_never(due), received_at: micros(received_at) }
    }
}

/// What became of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Positions of its events in the log; the first event of a store has position 1. Empty (but
    /// well placed) for a commit without events.
    pub positions: Range<u64>,
    /// When it was recorded: never earlier than anything recorded before, whole milliseconds.
    pub recorded_at: Timestamp,
    /// The version of each stream it appended to, in order of first appearance.
    pub versions: Vec<(StreamId, u64)>,
}

impl Committed {
    /// The version `stream` has after this commit, if the commit appended to it.
    pub fn version_of(&self, stream: &StreamId) -> Option<u64> {
        self.versions.iter().find(|(known, _)| known == stream).map(|(_, version)| *version)
    }
}

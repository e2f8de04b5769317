//! What can go wrong in storage, one variant per cause.
//! Must not hold words for people: the display text is for logs.

use jiff::Timestamp;

use crate::ids::{ClaimKind, StreamId};

/// A failure of the store: disk, database, or a row that is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk or the quota is full; what was stored before stands, reading goes on.
    #[error("the disk is full")]
    DiskFull {
        /// The engine's own words.
        #[source]
        source: Cause,
    },
    /// Another process held the lock longer than the busy timeout.
    #[error("the database stayed locked by another process")]
    Busy {
        /// The engine's own words.
        #[source]
        source: Cause,
    },
    /// Reading, writing or flushing failed.
    #[error("the database file could not be read or written")]
    Io {
        /// The engine's own words.
        #[source]
        source: Cause,
    },
    /// A unique key or a check of the schema said no.
    #[error("the database refused a row: {detail}")]
    Constraint {
        /// Table and column, as the engine names them.
        detail: String,
        /// The engine's own words.
        #[source]
        source: Cause,
    },
    /// Any other answer of the engine.
    #[error("the database failed")]
    Engine {
        /// The engine's own words.
        #[source]
        source: Cause,
    },
    /// A stored value is not of the kind its column has.
    #[error("a stored value cannot be read: {what}")]
    Corrupt {
        /// Which value, and what was expected.
        what: String,
    },
    /// A name that may not be stored.
    #[error("`{name}` is not a name the store accepts")]
    BadName {
        /// The name, shortened to 200 characters.
        name: String,
    },
    /// A commit that can never be stored; nothing was tried.
    #[error("the commit cannot be stored: {what}")]
    BadCommit {
        /// What is wrong with it.
        what: String,
    },
    /// The file was written by a newer version of the program.
    #[error(
        "a newer version of Redress wrote the database: it holds migration `{migration}`, which this \
         version does not know; install that version again, or restore what was kept before the \
         upgrade"
    )]
    Newer {
        /// The first unknown migration.
        migration: String,
    },
    /// The store was closed, or stopped itself after a failed flush.
    #[error("the store is closed")]
    Closed,
}

/// The engine's error, whatever engine it is.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a commit did not happen (or is not known to have happened).
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A stream is not at the version the caller decided on. Load it again and decide again.
    #[error("stream {stream} is at version {actual}, not {expected}")]
    Conflict {
        /// The stream that moved.
        stream: StreamId,
        /// The version the caller expected.
        expected: u64,
        /// The version found.
        actual: u64,
    },
    /// Somebody holds a claim of this commit already.
    #[error("a claim of kind {} is taken by {owner}", kind.as_str())]
    ClaimTaken {
        /// What was claimed.
        kind: ClaimKind,
        /// Who holds it.
        owner: String,
        /// The answer kept with it, for replay.
        answer: Option<String>,
        /// Whether the holder asked the very same thing.
        same_fingerprint: bool,
    },
    /// The disk is full. Nothing of this commit was kept; the store goes on.
    #[error("the disk is full")]
    DiskFull,
    /// The outcome is not known. Ask [`crate::Store::commit_of`] with the commit's id.
    #[error("the outcome of the commit is not known")]
    Unknown,
    /// The commit failed. If [`crate::Store::is_broken`] is true a flush failed: the process must
    /// end and whether the commit is durable shows after a restart; otherwise nothing was kept.
    #[error("the commit failed")]
    Failed {
        /// Why.
        #[source]
        source: StoreError,
    },
    /// The store is closed; nothing was tried.
    #[error("the store is closed")]
    Closed,
}

/// The far-future value that stands for "never" in sort keys.
pub(crate) const NEVER: i64 = i64::MAX;

/// An instant as stored: microseconds since 1970 UTC.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// An instant that may be missing, as stored: missing is [`NEVER`].
pub(crate) fn micros_or_never(at: Option<Timestamp>) -> i64 {
    at.map_or(NEVER, micros)
}

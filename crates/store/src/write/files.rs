//! Stored bytes by their digest: what an upload adds to them, how their check went, when they go.
//! Must not touch the bytes: whoever writes or drops them has done so, or is about to.

use jiff::Timestamp;

use super::access::UploadRow;
use super::{UploadFate, Written};
use crate::engine::{Engine, Query};
use crate::error::StoreError;
use crate::value::{Line, Statement, statements, stmt};

/// How the check of stored bytes went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// Nobody looked at them yet: they are not shown.
    Waiting,
    /// They may be shown.
    Passed,
    /// Something was found in them: they are never shown.
    Refused,
}

impl FileState {
    /// The word stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Passed => "passed",
            Self::Refused => "refused",
        }
    }

    /// The state a stored word stands for.
    pub fn of(word: &str) -> Option<Self> {
        let all = [Self::Waiting, Self::Passed, Self::Refused];
        all.into_iter().find(|state| state.as_str() == word)
    }

    fn read(word: &str) -> Result<Self, StoreError> {
        Self::of(word).ok_or_else(|| StoreError::Corrupt { what: format!("a file is `{word}`") })
    }
}

/// Stored bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// SHA-256 of the bytes, lower-case hex.
    pub digest: String,
    /// How many there are.
    pub bytes: u64,
    /// How their check went.
    pub state: FileState,
    /// What was found in them, or why they could not be checked; empty otherwise.
    pub finding: String,
    /// How often a check was tried in vain.
    pub attempts: u64,
    /// When the next check is due, if one is.
    pub next_try_at: Option<Timestamp>,
    /// When they were stored.
    pub stored_at: Timestamp,
}

/// How much may be uploaded. No limit is [`UploadRoom::NO_LIMIT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadRoom {
    /// Uploads after this do not count: a clock that was wrong made them.
    pub now: Timestamp,
    /// Uploads of one owner are counted from here on.
    pub counted_since: Timestamp,
    /// So many of them.
    pub count_max: u64,
    /// Bytes of one owner are added up from here on.
    pub added_since: Timestamp,
    /// So many of them.
    pub owner_bytes_max: u64,
    /// Bytes in all, each content once.
    pub total_bytes_max: u64,
}

impl UploadRoom {
    /// No limit.
    pub const NO_LIMIT: u64 = i64::MAX as u64;
}

statements! {
    OWNER_COUNT = "SELECT COUNT(*) FROM upload WHERE owner = $1 AND created_at > $2 \
        AND created_at <= $3";
    OWNER_BYTES = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM upload \
        WHERE owner = $1 AND created_at > $2 AND created_at <= $3";
    TOTAL = "SELECT bytes FROM file_total WHERE id = 1";
    FILE_BY_DIGEST = "SELECT digest, bytes, state, finding, attempts, next_try_at, stored_at \
        FROM file WHERE digest = $1";
    PUT_FILE = "INSERT INTO file (digest, bytes, state, finding, attempts, next_try_at, \
        stored_at) VALUES ($1, $2, $3, '', 0, $4, $5)";
    ADD_TOTAL = "UPDATE file_total SET bytes = bytes + $1 WHERE id = 1";
    FILE_CHECKED = "UPDATE file SET state = $2, finding = $3, next_try_at = $4 WHERE digest = $1 \
        AND state <> 'refused'";
    FILE_RETRY = "UPDATE file SET finding = $2, next_try_at = $3, attempts = attempts + 1 \
        WHERE digest = $1 AND state = 'waiting'";
    FORGET_FILE = "DELETE FROM file WHERE digest = $1 \
        AND NOT EXISTS (SELECT 1 FROM upload WHERE digest = $1) RETURNING bytes";
    TAKE_TOTAL = "UPDATE file_total SET bytes = bytes - $1 WHERE id = 1";
}

/// What becomes of `bytes` more of `owner`.
pub(crate) fn fate(
    query: &mut (impl Query + ?Sized),
    owner: &str,
    bytes: u64,
    room: &UploadRoom,
) -> Result<UploadFate, StoreError> {
    if number(query, &stmt!(OWNER_COUNT; owner, room.counted_since, room.now))? >= room.count_max {
        return Ok(UploadFate::TooMany);
    }
    let sent = number(query, &stmt!(OWNER_BYTES; owner, room.added_since, room.now))?;
    if sent.saturating_add(bytes) > room.owner_bytes_max {
        return Ok(UploadFate::TooMuch);
    }
    Ok(UploadFate::Kept)
}

/// Whether `bytes` more fit into what there may be in all.
pub(crate) fn fits(
    query: &mut (impl Query + ?Sized),
    bytes: u64,
    room: &UploadRoom,
) -> Result<bool, StoreError> {
    let total = number(query, &stmt!(TOTAL;))?;
    Ok(total.saturating_add(bytes) <= room.total_bytes_max)
}

fn number(query: &mut (impl Query + ?Sized), statement: &Statement<'_>) -> Result<u64, StoreError> {
    query.query(statement)?.first_mut().map_or(Ok(0), Line::count)
}

/// Stores an upload, and its bytes where nobody uploaded the same before.
pub(super) fn put_upload(
    engine: &mut dyn Engine,
    row: &UploadRow,
    state: FileState,
    room: &UploadRoom,
) -> Result<Written, StoreError> {
    let fate = fate(engine, &row.owner, row.bytes, room)?;
    if fate != UploadFate::Kept {
        return Ok(Written::Upload(fate));
    }
    if engine.query(&stmt!(FILE_BY_DIGEST; &row.digest))?.is_empty() {
        if !fits(engine, row.bytes, room)? {
            return Ok(Written::Upload(UploadFate::Full));
        }
        let due = (state == FileState::Waiting).then_some(row.created_at);
        engine.execute(
            &stmt!(PUT_FILE; &row.digest, row.bytes, state.as_str(), due, row.created_at),
        )?;
        engine.execute(&stmt!(ADD_TOTAL; row.bytes))?;
    }
    engine.execute(&row.put())?;
    Ok(Written::Upload(UploadFate::Kept))
}

pub(super) fn checked<'a>(digest: &'a str, state: FileState, finding: &'a str) -> Statement<'a> {
    stmt!(FILE_CHECKED; digest, state.as_str(), finding, None::<Timestamp>)
}

pub(super) fn retry<'a>(digest: &'a str, finding: &'a str, due_at: Timestamp) -> Statement<'a> {
    stmt!(FILE_RETRY; digest, finding, due_at)
}

/// Forgets bytes that no upload names.
pub(super) fn forget(engine: &mut dyn Engine, digest: &str) -> Result<Written, StoreError> {
    let mut gone = engine.query(&stmt!(FORGET_FILE; digest))?;
    if let Some(line) = gone.first_mut() {
        let bytes = line.count()?;
        engine.execute(&stmt!(TAKE_TOTAL; bytes))?;
    }
    Ok(Written::Changed(gone.len() as u64))
}

pub(crate) fn read_file(line: &mut Line) -> Result<FileRow, StoreError> {
    Ok(FileRow {
        digest: line.text()?,
        bytes: line.count()?,
        state: FileState::read(&line.text()?)?,
        finding: line.text()?,
        attempts: line.count()?,
        next_try_at: line.maybe_instant()?,
        stored_at: line.instant()?,
    })
}

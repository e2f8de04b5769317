//! Events and the log: a stream, a page, the head, a commit by its id.
//! Must not decode facts or words: they are texts here.

use jiff::Timestamp;
use redress_proof::Commitment;

use super::{PAGE_MAX, all, page};
use crate::commit::Committed;
use crate::engine::Query;
use crate::error::StoreError;
use crate::ids::{CommitId, StreamId, StreamKind};
use crate::kept::Kept;
use crate::sequencer::{Head, find_commit, read_head};
use crate::store::Store;
use crate::value::{Line, question, statements};

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position in the log, from 1; the leaf's index is one less.
    pub pos: u64,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its number in the stream, from 1.
    pub version: u64,
    /// Its name: `complaint.opened`.
    pub kind: String,
    /// The version of its stored form.
    pub schema: u32,
    /// When it happened, as claimed.
    pub at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who did it: exact JSON text.
    pub actor: String,
    /// What is kept for ever: exact JSON text.
    pub facts: String,
    /// What is personal: exact JSON text; missing if there never was any or it was erased.
    pub words: Option<String>,
    /// The salt of the payload, 32 bytes.
    pub salt: Vec<u8>,
    /// The salt of the words, 32 bytes, while they are there.
    pub words_salt: Option<Vec<u8>>,
    /// Base64 of the commitment to the words; stays when they are erased.
    pub words_commitment: Option<String>,
    /// The exact text of the leaf.
    pub leaf: String,
}

impl StoredEvent {
    /// The exact text that its leaf commits to.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] when the commitment to its words is malformed.
    pub fn payload(&self) -> Result<String, StoreError> {
        let words = self.words_commitment.as_deref().map(Commitment::parse);
        if words == Some(None) {
            let what = "the commitment to the words is malformed".to_owned();
            return Err(StoreError::Corrupt { what });
        }
        Ok(Kept::of(self).payload(words.flatten().as_ref()))
    }

    /// Whether it had words that were erased.
    pub fn is_erased(&self) -> bool {
        self.words.is_none() && self.words_commitment.is_some()
    }
}

statements! {
    EVENTS_OF = "SELECT pos, stream, version, kind, schema_version, at, recorded_at, actor, \
        facts, words, salt, words_salt, words_commitment, leaf FROM event \
        WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3";
    EVENTS_AFTER = "SELECT pos, stream, version, kind, schema_version, at, recorded_at, actor, \
        facts, words, salt, words_salt, words_commitment, leaf FROM event \
        WHERE pos > $1 ORDER BY pos LIMIT $2";
    EVENTS_BY_STREAM = "SELECT pos, stream, version, kind, schema_version, at, recorded_at, actor, \
        facts, words, salt, words_salt, words_commitment, leaf FROM event \
        WHERE (stream, version) > ($1, $2) AND stream < $3 ORDER BY stream, version LIMIT $4";
}

pub(super) fn read_event(line: &mut Line) -> Result<StoredEvent, StoreError> {
    Ok(StoredEvent {
        pos: line.count()?,
        stream: StreamId::parse(&line.text()?)?,
        version: line.count()?,
        kind: line.text()?,
        schema: u32::try_from(line.count()?)
            .map_err(|_| StoreError::Corrupt { what: "the schema number of an event".into() })?,
        at: line.instant()?,
        recorded_at: line.instant()?,
        actor: line.text()?,
        facts: line.text()?,
        words: line.maybe_text()?,
        salt: line.bytes()?,
        words_salt: line.maybe_bytes()?,
        words_commitment: line.maybe_text()?,
        leaf: line.text()?,
    })
}

/// Every event of a stream, oldest first, page by page.
pub(super) fn read_stream(
    query: &mut impl Query,
    stream: &StreamId,
) -> Result<Vec<StoredEvent>, StoreError> {
    let mut events: Vec<StoredEvent> = Vec::new();
    loop {
        let version = events.last().map_or(0, |event| event.version);
        let statement = question!(EVENTS_OF; stream.as_str(), version, page(PAGE_MAX));
        let more = all(query, &statement, read_event)?;
        let last = more.len() < PAGE_MAX as usize;
        events.extend(more);
        if last {
            return Ok(events);
        }
    }
}

impl Store {
    /// Events of a stream after `version` (0 for all), oldest first, at most `limit` and 1,000.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn events_of(
        &self,
        stream: &StreamId,
        version: u64,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let statement = question!(EVENTS_OF; stream.as_str(), version, page(limit));
        self.read(move |reader| all(reader, &statement, read_event)).await
    }

    /// Every event of a stream, oldest first, however many pages that takes.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn stream(&self, stream: &StreamId) -> Result<Vec<StoredEvent>, StoreError> {
        let stream = stream.clone();
        self.read(move |reader| read_stream(reader, &stream)).await
    }

    /// Events of all streams after position `pos` (0 for all), in order, at most `limit` and 1,000.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn events_after(&self, pos: u64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let statement = question!(EVENTS_AFTER; pos, page(limit));
        self.read(move |reader| all(reader, &statement, read_event)).await
    }

    /// Events of all streams of a kind, stream by stream, after the one given (none at first), at
    /// most `limit` and 1,000: each stream can be folded and forgotten.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn events_by_stream(
        &self,
        kind: StreamKind,
        after: Option<&StoredEvent>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        // A slash parts kind and id; `0` is the character after it.
        let (first, end) = (format!("{}/", kind.as_str()), format!("{}0", kind.as_str()));
        let (stream, version) =
            after.map_or((first.as_str(), 0), |event| (event.stream.as_str(), event.version));
        let statement = question!(EVENTS_BY_STREAM; stream, version, &end, page(limit));
        self.read(move |reader| all(reader, &statement, read_event)).await
    }

    /// The end of the log, foreign commits included.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn head(&self) -> Result<Head, StoreError> {
        self.read(read_head).await
    }

    /// What became of a commit; nothing if it never happened.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn commit_of(&self, id: CommitId) -> Result<Option<Committed>, StoreError> {
        self.read(move |reader| find_commit(reader, id)).await
    }
}

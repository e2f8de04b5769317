//! The log recomputed from its first event: every leaf, every commitment, the tree.
//! Must not trust anything that is stored beside what it checks.

use std::collections::HashMap;

use jiff::Timestamp;
use redress_proof::{Commitment, Frontier, Hash, Leaf, leaf_hash};

use super::{PAGE_MAX, StoredEvent};
use crate::error::StoreError;
use crate::kept::Kept;
use crate::sequencer::Head;
use crate::store::Store;

/// What recomputing the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogReport {
    /// Number of leaves read.
    pub size: u64,
    /// The root recomputed over all of them.
    pub root: Hash,
    /// The first thing that is wrong, if any.
    pub fault: Option<LogFault>,
}

/// The first thing that is wrong in a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("leaf {index}: {what}")]
pub struct LogFault {
    /// Index of the leaf, from 0; the number of leaves if the fault lies in the head.
    pub index: u64,
    /// What is wrong with it.
    pub what: &'static str,
}

/// A verification between two events: every leaf, every commitment, the tree so far.
#[derive(Debug)]
pub struct LogCheck {
    frontier: Frontier,
    recorded_at: Timestamp,
    versions: HashMap<String, u64>,
}

impl Default for LogCheck {
    fn default() -> Self {
        Self {
            frontier: Frontier::new(),
            recorded_at: Timestamp::UNIX_EPOCH,
            versions: HashMap::new(),
        }
    }
}

impl LogCheck {
    /// How many events it has seen.
    pub const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root over them.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The end of a log of these events, under a policy of this digest.
    pub fn into_head(self, policy: String) -> Head {
        let Self { frontier, recorded_at, .. } = self;
        Head { pos: frontier.size(), recorded_at, frontier, policy }
    }

    /// Checks the next event.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn event(&mut self, event: &StoredEvent) -> Result<(), &'static str> {
        ensure(event.pos == self.frontier.size() + 1, "a position is missing")?;
        let version = self.versions.entry(event.stream.as_str().to_owned()).or_default();
        *version += 1;
        ensure(event.version == *version, "a version of its stream is missing")?;
        ensure(event.recorded_at >= self.recorded_at, "it is recorded before its predecessor")?;
        self.recorded_at = event.recorded_at;
        let leaf = Leaf::parse(&event.leaf).map_err(|_| "the leaf is malformed")?;
        ensure(leaf.recorded_at == event.recorded_at, "the leaf tells another time")?;
        let words = words_commitment(event)?;
        let salt = salt(&event.salt)?;
        let whole = event.facts.starts_with('{') && event.facts.ends_with('}');
        ensure(whole && event.facts.len() >= 2, "the facts are not a JSON object")?;
        let kept = Kept {
            stream: event.stream.as_str(),
            version: event.version,
            kind: &event.kind,
            schema: event.schema,
            at: event.at,
            actor: &event.actor,
            facts: &event.facts,
        };
        let made = Commitment::new(&salt, kept.payload(words.as_ref()).as_bytes());
        ensure(made == leaf.commitment, "the event is not the one its leaf commits to")?;
        self.frontier.append(leaf_hash(event.leaf.as_bytes()));
        Ok(())
    }
}

fn ensure(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

fn salt(bytes: &[u8]) -> Result<[u8; 32], &'static str> {
    bytes.try_into().map_err(|_| "a salt has not 32 bytes")
}

/// The commitment to the words, checked against the words if they are still there.
fn words_commitment(event: &StoredEvent) -> Result<Option<Commitment>, &'static str> {
    let stored = event.words_commitment.as_deref().map(Commitment::parse);
    let stored = match stored {
        Some(None) => return Err("the commitment to the words is malformed"),
        Some(Some(commitment)) => Some(commitment),
        None => None,
    };
    match (&event.words, &event.words_salt) {
        (None, None) => Ok(stored),
        (Some(words), Some(bytes)) => {
            let made = Commitment::new(&salt(bytes)?, words.as_bytes());
            ensure(stored == Some(made), "the words are not those committed to")?;
            Ok(stored)
        }
        (Some(_), None) | (None, Some(_)) => Err("words and their salt do not go together"),
    }
}

impl Store {
    /// Recomputes the whole log and names the first fault. `progress` hears the position now and
    /// then.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the log cannot be read; a log that is wrong is an answer, not an error.
    pub async fn verify_log(
        &self,
        mut progress: impl FnMut(u64) + Send,
    ) -> Result<LogReport, StoreError> {
        let head = self.head().await?;
        let mut check = LogCheck::default();
        let (mut fault, mut limit) = (None, PAGE_MAX);
        while check.frontier.size() < head.pos && fault.is_none() {
            let events = match self.events_after(check.frontier.size(), limit).await {
                Ok(events) => events,
                // One by one from here, so that the event that cannot be read is named.
                Err(StoreError::Corrupt { .. } | StoreError::BadName { .. }) if limit > 1 => {
                    limit = 1;
                    continue;
                }
                Err(StoreError::Corrupt { .. } | StoreError::BadName { .. }) => {
                    fault = Some("the event cannot be read");
                    break;
                }
                Err(error) => return Err(error),
            };
            if events.is_empty() {
                fault = Some("the last events are missing");
            }
            // Events committed since the head was read are left to the next verification.
            let known = events.iter().take_while(|event| event.pos <= head.pos);
            fault = fault.or(known.map(|event| check.event(event)).find_map(Result::err));
            progress(check.frontier.size());
        }
        if fault.is_none() && check.frontier != head.frontier {
            fault = Some("the tree is not that of the head");
        }
        let (size, root) = (check.frontier.size(), check.frontier.root());
        Ok(LogReport { size, root, fault: fault.map(|what| LogFault { index: size, what }) })
    }
}

//! The log recomputed from its first event: every leaf, every commitment, the tree.
//! Must not trust anything that is stored beside what it checks.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use redress_core::complaint::Event;
use redress_proof::{
    Commitment, Hash, LeafKind, Node, Row, TILE_BYTES_MAX, TILE_HEIGHT, TILE_WIDTH, Tile,
};

use super::{PAGE_MAX, StoredEvent};
use crate::error::StoreError;
use crate::kept::{Kept, leaf_kind};
use crate::sequencer::Head;
use crate::store::Store;
use crate::tiles;

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
#[derive(Debug, Default)]
pub struct LogCheck {
    log: redress_proof::LogCheck,
    recorded_at: Timestamp,
    versions: HashMap<String, u64>,
}

impl LogCheck {
    /// How many events it has seen.
    pub const fn size(&self) -> u64 {
        self.log.frontier().size()
    }

    /// The root over them.
    pub fn root(&self) -> Hash {
        self.log.frontier().root()
    }

    /// The end of a log of these events, under a policy of this digest.
    pub fn into_head(self, policy: String) -> Head {
        let frontier = self.log.frontier().clone();
        Head { pos: frontier.size(), recorded_at: self.recorded_at, frontier, policy }
    }

    /// Checks the next event.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn event(&mut self, event: &StoredEvent) -> Result<(), &'static str> {
        self.event_with(event, |_, _| ())
    }

    /// The same, and tells the hashes of the subtrees that it completes.
    fn event_with(
        &mut self,
        event: &StoredEvent,
        completed: impl FnMut(Node, &Hash),
    ) -> Result<(), &'static str> {
        ensure(event.pos == self.size() + 1, "a position is missing")?;
        self.count(event)?;
        let stored = event.words_commitment.as_deref().map(Commitment::parse);
        ensure(stored != Some(None), "the commitment to the words is malformed")?;
        let whole = event.facts.starts_with('{') && event.facts.ends_with('}');
        ensure(whole && event.facts.len() >= 2, "the facts are not a JSON object")?;
        let row = Row {
            index: event.pos - 1,
            recorded_at: event.recorded_at,
            leaf: &event.leaf,
            salt: &event.salt,
            payload: &Kept::of(event).payload(stored.flatten().as_ref()),
            words: event.words.as_deref(),
            words_salt: event.words_salt.as_deref(),
            erased: &erased_by(event)?,
        };
        let checked = row.check().map_err(|fault| fault.what.as_str())?;
        ensure(checked.kind() == leaf_kind(&event.kind), "the leaf is of another kind")?;
        self.log.append_with(checked, completed).map_err(|fault| fault.what.as_str())?;
        self.recorded_at = event.recorded_at;
        Ok(())
    }

    /// What is wrong once all events were seen: words that are gone though no erasure names them.
    fn unnamed(&self) -> Option<LogFault> {
        let fault = self.log.clone().finish().err()?;
        Some(LogFault { index: fault.index, what: fault.what.as_str() })
    }

    /// Counts the versions of its stream.
    fn count(&mut self, event: &StoredEvent) -> Result<(), &'static str> {
        let version = match self.versions.get_mut(event.stream.as_str()) {
            Some(version) => version,
            None => self.versions.entry(event.stream.as_str().to_owned()).or_default(),
        };
        *version += 1;
        ensure(event.version == *version, "a version of its stream is missing")
    }
}

/// The indices of the leaves whose words this event says were erased.
fn erased_by(event: &StoredEvent) -> Result<Vec<RangeInclusive<u64>>, &'static str> {
    if leaf_kind(&event.kind) != LeafKind::Erasure {
        return Ok(Vec::new());
    }
    match Event::decode(&event.kind, event.schema, &event.facts, None) {
        Ok(Event::LogErased(erased)) => {
            Ok(erased.indices.iter().map(|(first, last)| *first..=*last).collect())
        }
        Ok(_) | Err(_) => Err("the erasure does not name its leaves"),
    }
}

fn ensure(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// The tiles that a verification has seen become full, and the one of each level that grows.
#[derive(Debug, Default)]
struct TilesSeen {
    growing: Vec<Vec<u8>>,
    full: Vec<(Tile, Vec<u8>, Hash)>,
}

impl TilesSeen {
    fn completed(&mut self, node: Node, hash: &Hash) {
        let level = node.level / TILE_HEIGHT;
        if !node.level.is_multiple_of(TILE_HEIGHT) {
            return;
        }
        // The hash over a full tile is completed right after its last one.
        if let Some((.., root)) = self.full.last_mut().filter(|(tile, ..)| tile.level + 1 == level)
        {
            *root = *hash;
        }
        let at = level as usize;
        self.growing.resize_with(self.growing.len().max(at + 1), Vec::new);
        self.growing[at].extend(hash);
        if self.growing[at].len() == TILE_BYTES_MAX {
            let tile = Tile { level, index: node.index >> TILE_HEIGHT, width: TILE_WIDTH };
            self.full.push((tile, std::mem::take(&mut self.growing[at]), [0; 32]));
        }
    }
}

/// The leaf from which on a stored tile is not the one its leaves make; nothing if it is.
fn differs(tile: Tile, made: &[u8], root: &Hash, stored: Option<(Hash, Vec<u8>)>) -> Option<u64> {
    let leaves = 1_u64 << (tile.level * TILE_HEIGHT);
    let first = tile.index << TILE_HEIGHT;
    let Some((stored_root, stored)) = stored else { return Some(first * leaves) };
    let wrong = made.chunks(32).zip(stored.chunks(32)).position(|(made, stored)| made != stored);
    match wrong {
        Some(at) => Some((first + at as u64) * leaves),
        None if stored.len() == made.len() && stored_root == *root => None,
        None => Some(first * leaves),
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
        let (mut check, mut tiles) = (LogCheck::default(), TilesSeen::default());
        let mut limit = PAGE_MAX;
        while check.size() < head.pos {
            let events = match self.events_after(check.size(), limit).await {
                Ok(events) => events,
                // One by one from here, so that the event that cannot be read is named.
                Err(StoreError::Corrupt { .. } | StoreError::BadName { .. }) if limit > 1 => {
                    limit = 1;
                    continue;
                }
                Err(StoreError::Corrupt { .. } | StoreError::BadName { .. }) => {
                    return Ok(check.report(Some("the event cannot be read")));
                }
                Err(error) => return Err(error),
            };
            if events.is_empty() {
                return Ok(check.report(Some("the last events are missing")));
            }
            // Events committed since the head was read are left to the next verification.
            for event in events.iter().take_while(|event| event.pos <= head.pos) {
                let seen = |node: Node, hash: &Hash| tiles.completed(node, hash);
                if let Err(what) = check.event_with(event, seen) {
                    return Ok(check.report(Some(what)));
                }
            }
            if let Some(index) = self.wrong_tile(&mut tiles).await? {
                let fault = LogFault { index, what: "a stored hash is not that of its leaves" };
                return Ok(LogReport { fault: Some(fault), ..check.report(None) });
            }
            progress(check.size());
        }
        if *check.log.frontier() != head.frontier {
            return Ok(check.report(Some("the tree is not that of the head")));
        }
        Ok(LogReport { fault: check.unnamed(), ..check.report(None) })
    }

    /// Compares the tiles that were seen to become full with those stored; answers the first leaf
    /// under a wrong hash.
    async fn wrong_tile(&self, seen: &mut TilesSeen) -> Result<Option<u64>, StoreError> {
        let full = std::mem::take(&mut seen.full);
        if full.is_empty() {
            return Ok(None);
        }
        self.read(move |reader| {
            let mut wrong = None;
            for (tile, made, root) in full {
                let at = differs(tile, &made, &root, tiles::stored(reader, tile)?);
                wrong = wrong.into_iter().chain(at).min();
            }
            Ok(wrong)
        })
        .await
    }
}

impl LogCheck {
    fn report(&self, fault: Option<&'static str>) -> LogReport {
        let (size, root) = (self.size(), self.root());
        LogReport { size, root, fault: fault.map(|what| LogFault { index: size, what }) }
    }
}

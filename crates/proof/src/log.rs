//! A whole log recomputed: every leaf from what it stands for, and the tree over them.
//! Must not trust anything that is stored beside what it checks, and must not read it by itself.

use std::ops::RangeInclusive;

use jiff::Timestamp;

use crate::commitment::{Commitment, SALT_BYTES, words_commitment};
use crate::leaf::{Leaf, LeafKind};
use crate::tree::{Frontier, Hash, Node, Tree, leaf_hash};

/// A leaf as it is stored, with all that it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its place in the log, from 0.
    pub index: u64,
    /// When it was recorded, as it stands beside the leaf.
    pub recorded_at: Timestamp,
    /// The exact text of the leaf.
    pub leaf: &'a str,
    /// The salt of the payload.
    pub salt: &'a [u8],
    /// The exact text that the leaf commits to, made anew from what is stored.
    pub payload: &'a str,
    /// The words, unless there are none or they were erased.
    pub words: Option<&'a str>,
    /// Their salt, which goes with them.
    pub words_salt: Option<&'a [u8]>,
    /// The indices whose words the payload of an erasure says were erased; else nothing.
    pub erased: &'a [RangeInclusive<u64>],
}

/// A row that is sound by itself; where it stands is checked by [`LogCheck::append`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRow {
    index: u64,
    kind: LeafKind,
    recorded_at: Timestamp,
    hash: Hash,
    closed: bool,
    erased: Vec<RangeInclusive<u64>>,
}

impl CheckedRow {
    /// What its leaf says it is.
    pub const fn kind(&self) -> LeafKind {
        self.kind
    }
}

/// The first thing that is wrong in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("leaf {index}: {what}")]
pub struct LogFault {
    /// Index of the leaf, from 0.
    pub index: u64,
    /// What is wrong with it.
    pub what: RowFault,
}

/// What is wrong with a leaf of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{}", self.as_str())]
pub enum RowFault {
    /// The row with this index is not there; a later one is.
    Missing,
    /// A row with a smaller index stands in its place.
    OutOfOrder,
    /// The text is not exactly a leaf.
    Leaf,
    /// The time beside the leaf is not that in it.
    Time,
    /// Its time lies before that of the leaf before it.
    Backwards,
    /// A salt has not 32 bytes.
    Salt,
    /// The payload is not the one committed to: something of the event was changed.
    Payload,
    /// Words without their salt, or a salt without words.
    Halves,
    /// The words are not those committed to.
    Words,
    /// The payload commits to no words, yet there are some.
    NoWords,
    /// The words are gone, and no erasure says so.
    Gone,
    /// Names erased leaves without being an erasure, or leaves that come after it.
    Erased,
}

impl RowFault {
    /// The fault in words, for whoever checks a log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "it is missing",
            Self::OutOfOrder => "an earlier leaf stands in its place",
            Self::Leaf => "the leaf is malformed",
            Self::Time => "the leaf tells another time",
            Self::Backwards => "it is recorded before its predecessor",
            Self::Salt => "a salt has not 32 bytes",
            Self::Payload => "the event is not the one its leaf commits to",
            Self::Halves => "words and their salt do not go together",
            Self::Words => "the words are not those committed to",
            Self::NoWords => "the event has no words, yet some are stored",
            Self::Gone => "its words are gone, and no erasure names it",
            Self::Erased => "it names leaves as erased that it cannot have erased",
        }
    }
}

impl Row<'_> {
    /// Checks all of a row that can be checked without its neighbours, which is nearly all the work:
    /// rows may be checked on many threads, and then appended in order.
    ///
    /// # Errors
    ///
    /// [`LogFault`] with the index of this row.
    pub fn check(&self) -> Result<CheckedRow, LogFault> {
        self.faults().map_err(|what| LogFault { index: self.index, what })
    }

    fn faults(&self) -> Result<CheckedRow, RowFault> {
        let leaf = Leaf::parse(self.leaf).map_err(|_| RowFault::Leaf)?;
        ensure(leaf.recorded_at == self.recorded_at, RowFault::Time)?;
        let made = Commitment::new(salt(self.salt)?, self.payload.as_bytes());
        ensure(made == leaf.commitment, RowFault::Payload)?;
        let closed = self.words_closed()?;
        let own = |range: &RangeInclusive<u64>| *range.end() < self.index;
        let may_erase = leaf.kind == LeafKind::Erasure && self.erased.iter().all(own);
        ensure(self.erased.is_empty() || may_erase, RowFault::Erased)?;
        Ok(CheckedRow {
            index: self.index,
            kind: leaf.kind,
            recorded_at: self.recorded_at,
            hash: leaf_hash(self.leaf.as_bytes()),
            closed,
            erased: self.erased.to_vec(),
        })
    }

    /// Whether the row has words that are not there.
    fn words_closed(&self) -> Result<bool, RowFault> {
        let committed = words_commitment(self.payload);
        match (committed, self.words, self.words_salt) {
            (committed, None, None) => Ok(committed.is_some()),
            (_, Some(_), None) | (_, None, Some(_)) => Err(RowFault::Halves),
            (None, Some(_), Some(_)) => Err(RowFault::NoWords),
            (Some(committed), Some(words), Some(bytes)) => {
                let made = Commitment::new(salt(bytes)?, words.as_bytes());
                ensure(made == committed, RowFault::Words).map(|()| false)
            }
        }
    }
}

fn ensure(holds: bool, fault: RowFault) -> Result<(), RowFault> {
    if holds { Ok(()) } else { Err(fault) }
}

fn salt(bytes: &[u8]) -> Result<&[u8; SALT_BYTES], RowFault> {
    bytes.try_into().map_err(|_| RowFault::Salt)
}

/// A verification of a log between two leaves.
#[derive(Debug, Clone)]
pub struct LogCheck {
    frontier: Frontier,
    recorded_at: Timestamp,
    /// Leaves whose words are gone, and leaves that erasures name; both as they came.
    closed: Vec<RangeInclusive<u64>>,
    erased: Vec<RangeInclusive<u64>>,
}

impl Default for LogCheck {
    fn default() -> Self {
        Self {
            frontier: Frontier::new(),
            recorded_at: Timestamp::MIN,
            closed: Vec::new(),
            erased: Vec::new(),
        }
    }
}

impl LogCheck {
    /// The tree so far.
    pub const fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Takes the next row.
    ///
    /// # Errors
    ///
    /// [`LogFault`] when it does not follow its predecessor.
    pub fn append(&mut self, row: CheckedRow) -> Result<(), LogFault> {
        self.append_with(row, |_, _| ())
    }

    /// Takes the next row, and tells `completed` the hashes of the subtrees that it completes, as
    /// [`Frontier::append_with`] does: to compare stored tiles with.
    ///
    /// # Errors
    ///
    /// As [`LogCheck::append`].
    pub fn append_with(
        &mut self,
        row: CheckedRow,
        completed: impl FnMut(Node, &Hash),
    ) -> Result<(), LogFault> {
        let index = self.frontier.size();
        let fault = match row.index.cmp(&index) {
            std::cmp::Ordering::Greater => Some(RowFault::Missing),
            std::cmp::Ordering::Less => Some(RowFault::OutOfOrder),
            std::cmp::Ordering::Equal if row.recorded_at < self.recorded_at => {
                Some(RowFault::Backwards)
            }
            std::cmp::Ordering::Equal => None,
        };
        if let Some(what) = fault {
            return Err(LogFault { index, what });
        }
        self.recorded_at = row.recorded_at;
        if row.closed {
            match self.closed.last_mut() {
                Some(last) if *last.end() + 1 == index => *last = *last.start()..=index,
                _ => self.closed.push(index..=index),
            }
        }
        self.erased.extend(row.erased);
        self.frontier.append_with(row.hash, completed);
        Ok(())
    }

    /// The tree, when all rows were taken. Memory grows with the number of gaps between leaves whose
    /// words are gone, not with the log.
    ///
    /// # Errors
    ///
    /// [`LogFault`] with the first leaf whose words are gone though no erasure names it.
    pub fn finish(mut self) -> Result<Tree, LogFault> {
        self.erased.sort_unstable_by_key(|range| *range.start());
        let mut erased = self.erased.into_iter().peekable();
        // All below it are named by an erasure, from some leaf on that lies before what is asked.
        let mut named_below = 0;
        for gap in self.closed {
            let mut index = *gap.start();
            while index <= *gap.end() {
                while let Some(range) = erased.next_if(|range| *range.start() <= index) {
                    named_below = named_below.max(range.end().saturating_add(1));
                }
                if named_below <= index {
                    return Err(LogFault { index, what: RowFault::Gone });
                }
                index = named_below;
            }
        }
        Ok(self.frontier.tree())
    }
}

/// Checks a whole log on one thread and answers its tree, to be compared with what is stored as its
/// head and what was signed.
///
/// ```
/// use redress_proof::{Leaf, Row, RowFault, check_log};
/// let (salt, recorded_at) = ([7; 32], "2026-11-22T08:44:00Z".parse().unwrap());
/// let leaf = Leaf::event(recorded_at, &salt, r#"{"round":1}"#).text();
/// let row = |payload| Row {
///     index: 0, recorded_at, leaf: &leaf, salt: &salt, payload,
///     words: None, words_salt: None, erased: &[],
/// };
/// assert_eq!(check_log([row(r#"{"round":1}"#)]).unwrap().size, 1);
/// let fault = check_log([row(r#"{"round":2}"#)]).unwrap_err();
/// assert_eq!((fault.index, fault.what), (0, RowFault::Payload));
/// ```
///
/// # Errors
///
/// [`LogFault`]: the first row that is wrong. A leaf whose words are gone can only be told at the
/// end, when no erasure has named it.
pub fn check_log<'a>(rows: impl IntoIterator<Item = Row<'a>>) -> Result<Tree, LogFault> {
    let mut check = LogCheck::default();
    for row in rows {
        check.append(row.check()?)?;
    }
    check.finish()
}

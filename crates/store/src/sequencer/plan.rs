//! What a commit writes: pure, from the head, the versions and the commit.
//! Must not touch a database, so that an engine may send the statements as it likes.

use std::collections::HashMap;

use jiff::{Timestamp, TimestampRound, Unit};
use redress_proof::{Commitment, Frontier, Leaf, leaf_hash};

use crate::claims;
use crate::commit::{Commit, Committed, EVENTS_MAX, NewEvent, NewOutbox};
use crate::error::StoreError;
use crate::ids::StreamId;
use crate::kept::{Kept, leaf_kind};
use crate::rows::{Place, Row};
use crate::value::{Statement, Val, statements, stmt};

statements! {
    PUT_EVENT = "INSERT INTO event (pos, stream, version, kind, schema_version, at, recorded_at, \
        actor, facts, words, salt, words_salt, words_commitment, leaf) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    PUT_COMMIT = "INSERT INTO commit_log (id, first_pos, end_pos, recorded_at) \
        VALUES ($1, $2, $3, $4)";
    PUT_OUTBOX = "INSERT INTO outbox (id, due_at, lease_owner, lease_until, attempts, kind, \
        complaint, payload, done, done_at, gravity, urgent_at, received_at) \
        VALUES ($1, $2, '', 0, 0, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// The end of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Position of the last event, 0 in an empty store.
    pub pos: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The right edge of the Merkle tree over all leaves.
    pub frontier: Frontier,
    /// Digest of the policy pack put in force last, or empty.
    pub policy: String,
}

impl Head {
    pub(crate) const fn empty() -> Self {
        Self {
            pos: 0,
            recorded_at: Timestamp::UNIX_EPOCH,
            frontier: Frontier::new(),
            policy: String::new(),
        }
    }
}

/// Refuses what can never be stored, before it is queued.
///
/// # Errors
///
/// [`StoreError::BadCommit`].
pub(crate) fn check(commit: &Commit) -> Result<(), StoreError> {
    let bad = |what: String| Err(StoreError::BadCommit { what });
    if commit.events.len() > EVENTS_MAX {
        return bad(format!("{} events are more than {EVENTS_MAX}", commit.events.len()));
    }
    for event in &commit.events {
        let object =
            event.facts.len() >= 2 && event.facts.starts_with('{') && event.facts.ends_with('}');
        if !object {
            return bad(format!("the facts of {} are not a JSON object", event.kind));
        }
        if event.words.is_some() != event.words_salt.is_some() {
            return bad(format!("words and their salt go together in {}", event.kind));
        }
    }
    Ok(())
}

/// Cuts an instant to the millisecond, the precision of a leaf.
pub(crate) fn whole_milliseconds(at: Timestamp) -> Timestamp {
    let cut = TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor);
    at.round(cut).unwrap_or(at)
}

/// What a commit becomes.
pub(crate) struct Planned<'c> {
    /// Its place in the log.
    pub(crate) committed: Committed,
    /// What to write.
    pub(crate) statements: Vec<Statement<'c>>,
    /// What to write of the search index, after everything else of the transaction: where it stands
    /// between other statements it is written out at each of them.
    pub(crate) words: Vec<Statement<'c>>,
}

/// Appends the commit to `head` and `versions`; answers what it becomes and what to write.
/// `versions` knows every stream of the commit's events.
pub(crate) fn plan<'c>(
    head: &mut Head,
    versions: &mut HashMap<StreamId, u64>,
    commit: &'c Commit,
) -> Planned<'c> {
    let first = head.pos + 1;
    let mut list = Vec::with_capacity(4 + commit.events.len() + 4 * commit.rows.len());
    let mut words = Vec::new();
    let mut moved: Vec<(StreamId, u64)> = Vec::new();
    let mut streams = Streams::default();
    for event in &commit.events {
        let version = versions.get_mut(&event.stream).expect("every stream was looked up");
        *version += 1;
        head.pos += 1;
        list.push(put_event(head, event, *version));
        streams.moved(event.stream.as_str(), *version, head.pos);
        match moved.iter_mut().find(|(known, _)| *known == event.stream) {
            Some((_, known)) => *known = *version,
            None => moved.push((event.stream.clone(), *version)),
        }
    }
    list.extend(commit.claims.iter().map(claims::put));
    for row in &commit.rows {
        if let Row::Pack(pack) = row {
            head.policy.clone_from(&pack.digest);
        }
        let list = if matches!(row, Row::Search(_)) { &mut words } else { &mut list };
        list.extend(row.statements(streams.place(row)));
    }
    list.extend(commit.outbox.iter().map(put_outbox));
    let positions = first..head.pos + 1;
    list.push(stmt!(PUT_COMMIT; commit.id.0.as_slice(), positions.start, positions.end,
        head.recorded_at));
    let committed = Committed { positions, recorded_at: head.recorded_at, versions: moved };
    Planned { committed, statements: list, words }
}

/// The streams a commit moves: where each ends now, and whether it began.
#[derive(Default)]
struct Streams<'c>(HashMap<&'c str, Place>);

impl<'c> Streams<'c> {
    fn moved(&mut self, stream: &'c str, version: u64, pos: u64) {
        let place = self.0.entry(stream).or_insert(Place { pos, is_new: version == 1 });
        place.pos = pos;
    }

    /// Where a row stands. A commit has one row of each kind of a stream; a second one of a stream
    /// that is new would be refused by the keys of the tables.
    fn place(&self, row: &Row) -> Place {
        let Some((kind, id)) = row.stream() else { return Place::KEPT };
        let key = format!("{}/{id}", kind.as_str());
        self.0.get(key.as_str()).copied().unwrap_or(Place::KEPT)
    }
}

fn put_event<'c>(head: &mut Head, event: &'c NewEvent, version: u64) -> Statement<'c> {
    let words = event.words.as_ref().zip(event.words_salt.as_ref());
    let words_commitment = words.map(|(text, salt)| Commitment::new(salt, text.as_bytes()));
    let kept = Kept {
        stream: event.stream.as_str(),
        version,
        kind: event.kind,
        schema: event.schema,
        at: event.at,
        actor: &event.actor,
        facts: &event.facts,
    };
    let payload = kept.payload(words_commitment.as_ref());
    let kind = leaf_kind(event.kind);
    let leaf = Leaf::new(kind, head.recorded_at, &event.salt, &payload).text();
    head.frontier.append(leaf_hash(leaf.as_bytes()));
    stmt!(PUT_EVENT; head.pos, event.stream.as_str(), version, event.kind,
        i64::from(event.schema), event.at, head.recorded_at, &event.actor, &event.facts,
        event.words.as_ref(), event.salt.as_slice(),
        event.words_salt.as_ref().map_or(Val::Null, |salt| Val::from(salt.as_slice())),
        words_commitment.map_or(Val::Null, |made| made.to_string().into()), leaf)
}

fn put_outbox(item: &NewOutbox) -> Statement<'_> {
    stmt!(PUT_OUTBOX; &item.id, item.due_at, &item.kind, &item.complaint, &item.payload,
        item.done_at.is_some(), item.done_at, item.order.gravity, item.order.urgent_at,
        item.order.received_at)
}

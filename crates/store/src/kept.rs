//! What a leaf commits to: the event whole, not its facts alone, so that a changed actor, time,
//! name or place in its stream is seen as well as a changed fact.
//! Must not parse what it commits to; texts are taken as they stand.

use jiff::Timestamp;
use redress_proof::{Commitment, LeafKind, payload};

use crate::reads::StoredEvent;

/// What kind of leaf an event is: most are just events.
pub(crate) fn leaf_kind(event: &str) -> LeafKind {
    match event {
        "log.erased" => LeafKind::Erasure,
        "log.key_added" | "log.key_retired" => LeafKind::Key,
        "log.restarted" => LeafKind::Restart,
        _ => LeafKind::Event,
    }
}

/// An event as its leaf commits to it.
pub(crate) struct Kept<'a> {
    /// The stream.
    pub(crate) stream: &'a str,
    /// Its number in the stream.
    pub(crate) version: u64,
    /// Its name.
    pub(crate) kind: &'a str,
    /// The version of its stored form.
    pub(crate) schema: u32,
    /// When it happened, as claimed.
    pub(crate) at: Timestamp,
    /// Who did it: exact JSON text.
    pub(crate) actor: &'a str,
    /// What is kept of it: exact JSON text.
    pub(crate) facts: &'a str,
}

impl<'a> Kept<'a> {
    /// An event as it is stored.
    pub(crate) fn of(event: &'a StoredEvent) -> Self {
        Self {
            stream: event.stream.as_str(),
            version: event.version,
            kind: &event.kind,
            schema: event.schema,
            at: event.at,
            actor: &event.actor,
            facts: &event.facts,
        }
    }

    /// The exact payload:
    /// `{"event":…,"schema":…,"stream":…,"version":…,"at":…,"actor":{…},"facts":{…}[,"words":…]}`
    /// without white space; `at` is RFC 3339 in UTC with microseconds.
    ///
    /// Names and streams hold no character that JSON would escape: the store refuses others.
    pub(crate) fn payload(&self, words: Option<&Commitment>) -> String {
        let Self { stream, version, kind, schema, at, actor, facts } = self;
        let whole = format!(
            "{{\"event\":\"{kind}\",\"schema\":{schema},\"stream\":\"{stream}\",\
             \"version\":{version},\"at\":\"{at:.6}\",\"actor\":{actor},\"facts\":{facts}}}"
        );
        payload(&whole, words)
    }
}

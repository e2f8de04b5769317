//! A complaint with everything that happened to it, as one value: lived or decided elsewhere, and
//! not stored yet. Must not judge it.

use jiff::Timestamp;

use super::{
    Event,
    event::{ComplaintOpened, NoticeReceived, PersonRecorded},
    people::Actor,
};

/// One event of a past, as it was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// What happened.
    pub event: Event,
    /// By whom.
    pub actor: Actor,
    /// When it was decided.
    pub now: Timestamp,
}

/// A complaint with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// How it arrived.
    pub notice: NoticeReceived,
    /// Who complains.
    pub person: PersonRecorded,
    /// How it was opened.
    pub opened: ComplaintOpened,
    /// Who entered it.
    pub by: Actor,
    /// Everything after the opening, in order.
    pub events: Vec<PastEvent>,
}

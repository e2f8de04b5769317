//! Attempts to reach the complainant, and what was asked for or is held already.

use jiff::Timestamp;

use super::super::vocabulary::{FailureCode, Purpose};
use crate::{
    id::{AttemptId, ProposalId, RequestId},
    kinds::ChannelKind,
};

/// One attempt to reach the complainant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// By which channel.
    pub channel: ChannelKind,
    /// What for.
    pub purpose: Purpose,
    /// The proposal it carries.
    pub proposal: Option<ProposalId>,
    /// In which round.
    pub round: u8,
    /// Calls to the provider so far.
    pub calls: u32,
    /// What became of it.
    pub fate: AttemptFate,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptFate {
    /// Waits for its channel.
    Queued,
    /// The provider took it, or a person told it, at this instant.
    Reached(Timestamp),
    /// It did not get through.
    Failed(FailureCode),
}

/// A request for evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRequest {
    /// Its id.
    pub id: RequestId,
    /// The attempt that carries it.
    pub attempt: AttemptId,
    /// When it was made.
    pub asked_at: Timestamp,
    /// Until when an answer is awaited.
    pub answer_by: Option<Timestamp>,
    /// Whether it was answered, and at which version.
    pub answered: Option<u64>,
    /// What was asked for, folded; empty once erased.
    pub asks: Vec<String>,
}

/// A mandate of a representative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Whether a person checked it and it holds.
    pub verified: bool,
}

/// Something the file already holds, with the version of the event that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// The lift or other thing.
    Asset,
    /// When it happened.
    HappenedAt,
    /// Where it happened.
    Place,
    /// What the person asks for.
    RemedySought,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// Pictures or other files.
    Photos,
    /// A mandate.
    Mandate,
}

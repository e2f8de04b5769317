//! Rounds and the proposals made in them.

use jiff::Timestamp;

use super::super::{event::RouteSet, vocabulary::Outcome};
use crate::id::{AccountId, AttemptId, FindingId, ProposalId};

/// Everything of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its number, from 1.
    pub number: u8,
    /// From when it counts.
    pub from: Timestamp,
    /// Suggested route.
    pub route: RouteSet,
    /// Whether it begins at the Director's gate.
    pub at_gate: bool,
    /// When the Director saw it.
    pub seen_at: Option<Timestamp>,
    /// Who verifies.
    pub verifier: Option<AccountId>,
    /// Who is to decide, once assigned or acted.
    pub decider: Option<AccountId>,
    /// Everybody who verified, found, proposed or approved in this round.
    pub took_part: Vec<AccountId>,
    /// Findings.
    pub findings: Vec<FindingId>,
    /// When the result reached the complainant.
    pub answered_at: Option<Timestamp>,
    /// The attempt that carried the result.
    pub answered_by: Option<AttemptId>,
    /// What the result said.
    pub result: Option<Verdict>,
    /// Until when the complainant may disagree; known once answered.
    pub objection_until: Option<Timestamp>,
    /// Whether the complainant agreed.
    pub agreed: bool,
    /// When the complainant disagreed.
    pub disagreed_at: Option<Timestamp>,
    /// Rating of result and handling.
    pub rated: Option<(u8, u8)>,
    /// Parts for which independence was waived.
    pub waived: Vec<AccountId>,
}

/// What a proposal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A decision.
    Decision(Outcome),
    /// A refusal on this ground.
    Refusal(String),
}

impl Verdict {
    /// The outcome in one word; `refused` for a refusal.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Decision(outcome) => outcome.as_str(),
            Self::Refusal(_) => "refused",
        }
    }
}

/// A proposed decision or refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// Its round.
    pub round: u8,
    /// What it says.
    pub verdict: Verdict,
    /// Who proposed it.
    pub by: Option<AccountId>,
    /// Remedies: owner and due instant.
    pub remedies: Vec<(AccountId, Timestamp, String)>,
    /// What became of it.
    pub fate: ProposalFate,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalFate {
    /// Waits for another person.
    Pending,
    /// Approved by this person.
    Approved(Option<AccountId>),
    /// Given back.
    Returned,
    /// Frozen with its round.
    Frozen,
}

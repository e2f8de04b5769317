//! The folded complaint: what its events say together. Never stored, free to change.
//! Must not judge; [`evolve`](fn@super::evolve) fills it and [`decide`](fn@super::decide) reads it.

mod round;
mod stage;
mod terms;
mod words;

use jiff::Timestamp;

use super::{
    file::FileFact,
    vocabulary::{ClosedAs, HoldGround},
};
use crate::{
    id::{AccountId, AttemptId, PersonId},
    kinds::{About, As, ChannelKind, DepartmentId, Kind, Lang, Relation, Severity},
    reference::Reference,
};

pub use round::{Proposal, ProposalFate, Round, Verdict};
pub use stage::Stage;
pub use terms::{MoveMade, PauseMade, Promise, Undertaking};
pub use words::{Attempt, AttemptFate, EvidenceRequest, Held, Mandate};

/// One complaint, folded from its events.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own beside the stage")]
pub struct Complaint {
    /// How many events it has.
    pub version: u64,
    /// Its reference.
    pub reference: Reference,
    /// Who complains.
    pub person: PersonId,
    /// In which capacity.
    pub capacity: As,
    /// How the person stands to the thing.
    pub relation: Option<Relation>,
    /// Complaint or feedback.
    pub kind: Kind,
    /// What it is about.
    pub about: About,
    /// Category of the pack.
    pub category: Option<String>,
    /// How serious.
    pub severity: Severity,
    /// People are, or may be, in danger.
    pub safety: bool,
    /// Whether a person confirmed or took back the danger.
    pub safety_confirmed: bool,
    /// The lift or other thing.
    pub asset: Option<String>,
    /// How it came.
    pub channel: ChannelKind,
    /// The way back the person wished for.
    pub reply_by: Option<ChannelKind>,
    /// Ways by which the person can be reached.
    pub ways: Vec<ChannelKind>,
    /// Language of the person.
    pub language: Lang,
    /// Earliest moment an official channel had it.
    pub received_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// `alphatech@1`.
    pub policy: String,
    /// Digest of that pack.
    pub pack: String,
    /// Where it stands.
    pub stage: Stage,
    /// The rounds so far; the last one runs.
    pub rounds: Vec<Round>,
    /// The unit that verifies, once handed over.
    pub department: Option<DepartmentId>,
    /// Units that help.
    pub joined_units: Vec<DepartmentId>,
    /// Promises of all rounds, in the order they were set.
    pub promises: Vec<Promise>,
    /// Undertakings.
    pub undertakings: Vec<Undertaking>,
    /// Proposals of all rounds.
    pub proposals: Vec<Proposal>,
    /// Attempts to reach the complainant.
    pub attempts: Vec<Attempt>,
    /// Requests for evidence.
    pub requests: Vec<EvidenceRequest>,
    /// Mandate, if one was handed in.
    pub mandate: Option<Mandate>,
    /// Notices after the first and before our answer.
    pub contacted_again: u32,
    /// What the file already holds, each with the version of its event.
    pub held: Vec<(Held, u64)>,
    /// All files.
    pub files: Vec<FileFact>,
    /// Whether the complainant took it back.
    pub withdrawn: bool,
    /// The complaint it was joined to.
    pub joined_into: Option<Reference>,
    /// Whether words of the complainant wait to be read.
    pub unread: bool,
    /// As what it was closed.
    pub closed_as: Option<ClosedAs>,
    /// The first 120 characters of what the person says; `None` once erased.
    pub title: Option<String>,
    /// Whether a late objection waits for the Director.
    pub late_objection: bool,
    /// Why its words must stay, while they must.
    pub hold: Option<HoldGround>,
    /// Whether its words were erased: nobody can be reached any more.
    pub erased: bool,
    /// Whether the Director reopened it after its answer: silence does not close it again.
    pub waits_for_person: bool,
}

impl Complaint {
    /// The round that runs.
    ///
    /// # Panics
    ///
    /// Never: a complaint has a round from its first event on.
    pub fn round(&self) -> &Round {
        self.rounds.last().expect("a complaint has a round from its first event on")
    }

    /// The proposal that waits or was approved in the running round.
    pub fn current_proposal(&self) -> Option<&Proposal> {
        self.proposals.iter().rev().find(|proposal| {
            proposal.round == self.round().number
                && matches!(proposal.fate, ProposalFate::Pending | ProposalFate::Approved(_))
        })
    }

    /// The promises of the running round that still wait to be kept, standing still or not.
    pub fn waiting_promises(&self) -> impl Iterator<Item = &Promise> {
        let round = self.round().number;
        self.promises.iter().filter(move |p| p.waits() && p.set.round == round)
    }

    /// The promises of the running round whose time runs. What an earlier round left unkept stays
    /// on record, but nobody can keep it any more.
    pub fn running_promises(&self) -> impl Iterator<Item = &Promise> {
        self.waiting_promises().filter(|promise| promise.is_running())
    }

    /// The promise that falls due next among those still running.
    pub fn next_promise(&self) -> Option<&Promise> {
        self.running_promises().min_by_key(|p| p.set.due)
    }

    /// Undertakings that still run.
    pub fn running_undertakings(&self) -> impl Iterator<Item = &Undertaking> {
        self.undertakings.iter().filter(|undertaking| undertaking.ended.is_none())
    }

    /// Whether the complainant may know of it: a remedy of a decision comes to them with the answer
    /// of its round, not before.
    pub fn is_announced(&self, undertaking: &Undertaking) -> bool {
        let Some(id) = undertaking.proposal else { return true };
        let mut approved = self
            .proposals
            .iter()
            .filter(|known| known.id == id && matches!(known.fate, ProposalFate::Approved(_)));
        approved.any(|known| {
            let mut rounds = self.rounds.iter();
            rounds.any(|round| round.number == known.round && round.answered_at.is_some())
        })
    }

    /// When this attempt reached the complainant, if it did.
    pub fn reached_at(&self, attempt: AttemptId) -> Option<Timestamp> {
        let attempt = self.attempts.iter().find(|known| known.id == attempt)?;
        match attempt.fate {
            AttemptFate::Reached(at) => Some(at),
            AttemptFate::Queued | AttemptFate::Failed(_) => None,
        }
    }

    /// Whether this account took part in a round before the running one.
    pub fn took_part_before(&self, account: AccountId) -> bool {
        let running = self.round().number;
        self.rounds
            .iter()
            .filter(|round| round.number < running)
            .any(|round| round.took_part.contains(&account))
    }

    /// Whether a person's reply reached the complainant in the running round.
    pub fn replied_in_round(&self) -> bool {
        let running = self.round().number;
        self.attempts.iter().any(|attempt| {
            attempt.round == running
                && !attempt.purpose.is_automatic()
                && matches!(attempt.fate, AttemptFate::Reached(_))
        })
    }
}

//! The folded complaint: what its events say together. Never stored, free to change.
//! Must not judge; [`super::evolve`] fills it and [`super::decide`] reads it.

use jiff::Timestamp;

use super::{
    event::{PromiseSet, RouteSet},
    file::FileFact,
    vocabulary::{ClosedAs, FailureCode, Outcome, Purpose, UndertakingKind, UndertakingOutcome},
};
use crate::{
    id::{AccountId, AttemptId, FindingId, PersonId, ProposalId, RequestId, UndertakingId},
    kinds::{About, As, ChannelKind, DepartmentId, Kind, Lang, Relation, Severity},
    reference::Reference,
};

/// Where a complaint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Waits at the Director's gate.
    Received,
    /// Waits for the unit to take it.
    HandedOver,
    /// Is verified.
    Verifying,
    /// A proposal waits for approval.
    Deciding,
    /// An approved result waits to be sent or told.
    Responding,
    /// The result reached the complainant.
    Answered,
    /// Closed; undertakings still run.
    Closed,
    /// Sealed and archived.
    Archived,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::HandedOver,
        Self::Verifying,
        Self::Deciding,
        Self::Responding,
        Self::Answered,
        Self::Closed,
        Self::Archived,
    ];

    /// The one spelling in API, database and pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::HandedOver => "handed-over",
            Self::Verifying => "verifying",
            Self::Deciding => "deciding",
            Self::Responding => "responding",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }

    /// Whether people still work on it.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Archived)
    }

    /// Which of the five steps of the policy this is, from 1.
    pub const fn step(self) -> u8 {
        match self {
            Self::Received => 1,
            Self::HandedOver | Self::Verifying => 2,
            Self::Deciding => 3,
            Self::Responding | Self::Answered => 4,
            Self::Closed | Self::Archived => 5,
        }
    }
}

/// A promise and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// As it was set.
    pub set: PromiseSet,
    /// How many steps of its ladder went out.
    pub warned: usize,
    /// When it was kept; `None` while it runs.
    pub kept_at: Option<Timestamp>,
    /// Whether running out was recorded.
    pub missed: bool,
}

impl Promise {
    /// Whether it still waits to be kept.
    pub const fn is_running(&self) -> bool {
        self.kept_at.is_none()
    }

    /// `running`, `late`, `kept` or `missed` (kept too late) at `now`.
    pub fn word(&self, now: Timestamp) -> &'static str {
        match self.kept_at {
            Some(at) if at < self.set.due => "kept",
            Some(_) => "missed",
            None if now >= self.set.due => "late",
            None if now >= self.soon_at() => "soon",
            None => "running",
        }
    }

    /// From when a quarter of the time or less is left.
    pub fn soon_at(&self) -> Timestamp {
        let whole = self.set.due.as_microsecond() - self.set.from.as_microsecond();
        let at = self.set.due.as_microsecond() - whole / 4;
        Timestamp::from_microsecond(at).unwrap_or(self.set.due)
    }
}

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

/// An undertaking and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undertaking {
    /// Its id.
    pub id: UndertakingId,
    /// What kind.
    pub kind: UndertakingKind,
    /// Who carries it out.
    pub owner: AccountId,
    /// Until when.
    pub due: Timestamp,
    /// How it ended; `None` while it runs.
    pub ended: Option<UndertakingOutcome>,
    /// When it was kept.
    pub kept_at: Option<Timestamp>,
    /// What was undertaken; `None` once erased.
    pub what: Option<String>,
}

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

/// One complaint, folded from its events.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// The promises of the running round that still wait to be kept. What an earlier round left
    /// unkept stays on record, but nobody can keep it any more.
    pub fn running_promises(&self) -> impl Iterator<Item = &Promise> {
        let round = self.round().number;
        self.promises.iter().filter(move |p| p.is_running() && p.set.round == round)
    }

    /// The promise that falls due next among those still running.
    pub fn next_promise(&self) -> Option<&Promise> {
        self.running_promises().min_by_key(|p| p.set.due)
    }

    /// Undertakings that still run.
    pub fn running_undertakings(&self) -> impl Iterator<Item = &Undertaking> {
        self.undertakings.iter().filter(|undertaking| undertaking.ended.is_none())
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
                && attempt.purpose != Purpose::Acknowledgement
                && matches!(attempt.fate, AttemptFate::Reached(_))
        })
    }
}

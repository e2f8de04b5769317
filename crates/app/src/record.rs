//! From decided events to a commit: stored form, salts, actor, outbox.
//! Must not decide anything.

use jiff::Timestamp;
use redress_core::{
    complaint::{Effect, Event, people::Actor},
    id::ComplaintId,
};
use redress_store::{
    Commit, CommitId, ComplaintRow, NewEvent, NewOutbox, Order, StreamId, StreamKind,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{AppError, world::World};

/// The role of who acts for the Director.
pub(crate) const DEPUTY: &str = "deputy";

/// Who did something, as events carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorFact {
    /// `user`, `complainant` or `system`.
    pub kind: String,
    /// Account id, person id, or the part of the program.
    pub who: String,
    /// `care`, `department`, `director`, …, `complainant`, `policy`; `deputy` for who acts for the
    /// Director by a delegation.
    pub role: String,
    /// The account of the Director for whom a deputy acts.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<String>,
}

impl ActorFact {
    /// The stored form of an actor; `person` names the complainant.
    pub fn of(actor: &Actor, person: &str) -> Self {
        let acts_for = match actor {
            Actor::Staff(member) => member.stands_in_for.map(|director| director.to_string()),
            Actor::Complainant | Actor::System(_) => None,
        };
        let (kind, who, role) = match actor {
            Actor::Staff(member) if acts_for.is_some() => ("user", member.id.to_string(), DEPUTY),
            Actor::Staff(member) => ("user", member.id.to_string(), member.role.as_str()),
            Actor::Complainant => ("complainant", person.to_owned(), "complainant"),
            Actor::System(part) => ("system", (*part).to_owned(), "policy"),
        };
        Self { kind: kind.to_owned(), who, role: role.to_owned(), acts_for }
    }

    /// The exact JSON text.
    pub fn to_json(&self) -> String {
        let mut actor = json!({"kind": self.kind, "who": self.who, "role": self.role});
        if let Some(director) = &self.acts_for {
            actor["for"] = json!(director);
        }
        actor.to_string()
    }
}

/// A new commit with a time-ordered name.
pub(crate) fn new_commit(world: &World) -> Commit {
    let id = ComplaintId::new(world.now(), &world.chance());
    Commit::new(CommitId(*id.as_bytes()))
}

/// The stream of one thing.
///
/// # Errors
///
/// Never for ids of ours; the store checks the name.
pub(crate) fn stream(kind: StreamKind, id: impl std::fmt::Display) -> Result<StreamId, AppError> {
    Ok(StreamId::new(kind, id)?)
}

/// The stored form of an event.
pub(crate) fn new_event(
    world: &World,
    stream: &StreamId,
    event: &Event,
    actor: &str,
    now: Timestamp,
) -> NewEvent {
    let encoded = event.encode();
    NewEvent {
        stream: stream.clone(),
        kind: encoded.name,
        schema: encoded.schema,
        at: event.happened_at(now),
        actor: actor.to_owned(),
        facts: encoded.facts,
        words_salt: encoded.words.is_some().then(|| world.bytes()),
        words: encoded.words,
        salt: world.bytes(),
    }
}

/// What a job of the outbox needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub(crate) enum Job {
    /// Tell whoever the policy informs.
    Inform,
    /// Warn the person on duty at once.
    Page,
    /// Tell a unit.
    TellUnit {
        /// The unit.
        unit: String,
    },
    /// Hand words to a provider.
    Deliver {
        /// The attempt.
        attempt: String,
    },
    /// Warn that a promise runs out.
    Warn {
        /// The promise.
        promise: String,
        /// Its round.
        round: u8,
        /// The step of its ladder; 0 for work of an older program, which did not say.
        #[serde(default)]
        step: u8,
        /// Whom.
        to: Vec<String>,
    },
    /// Tell whoever holds the complaint that dates moved.
    TellMoved,
    /// Tell both sides of an undertaking.
    TellUndertaking {
        /// Which.
        undertaking: String,
        /// Its sequence when this came up; `None` for work of an older program, which did not say.
        #[serde(default)]
        sequence: Option<usize>,
        /// Whether only the complainant is told.
        #[serde(default)]
        complainant_only: bool,
    },
    /// Remind of an undertaking.
    Remind {
        /// Which.
        undertaking: String,
        /// Which step.
        step: u8,
    },
    /// Confirm receipt by one fixed mail.
    Acknowledge,
    /// Remind of next year's holidays.
    Holidays,
    /// Leave nothing of deleted words in the files of the engine.
    Scrub,
    /// Tell colleagues of a notice nobody could interpret.
    NoticeWaits {
        /// Which.
        notice: String,
    },
}

impl From<Effect> for Job {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Inform => Self::Inform,
            Effect::Page => Self::Page,
            Effect::TellUnit(unit) => Self::TellUnit { unit: unit.to_string() },
            Effect::Deliver(attempt) => Self::Deliver { attempt: attempt.to_string() },
            Effect::Warn { promise, round, step, to } => Self::Warn { promise, round, step, to },
            Effect::TellMoved => Self::TellMoved,
            Effect::TellUndertaking { undertaking, sequence, complainant_only } => {
                let (undertaking, sequence) = (undertaking.to_string(), Some(sequence));
                Self::TellUndertaking { undertaking, sequence, complainant_only }
            }
            Effect::Remind { undertaking, step } => {
                Self::Remind { undertaking: undertaking.to_string(), step }
            }
            Effect::Acknowledge => Self::Acknowledge,
        }
    }
}

impl Job {
    /// The word stored beside the payload.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Inform => "inform",
            Self::Page => "page",
            Self::TellUnit { .. } => "tell-unit",
            Self::Deliver { .. } => "deliver",
            Self::Warn { .. } => "warn",
            Self::TellMoved => "tell-moved",
            Self::TellUndertaking { .. } => "tell-undertaking",
            Self::Remind { .. } => "remind",
            Self::Acknowledge => "acknowledge",
            Self::Holidays => "holidays",
            Self::Scrub => "scrub",
            Self::NoticeWaits { .. } => "notice-waits",
        }
    }

    /// By how many ranks of gravity a piece of work waits behind what cannot: whoever must act hears
    /// first, whoever is only kept informed after them.
    const fn patience(&self) -> i64 {
        match self {
            Self::Inform
            | Self::Page
            | Self::TellUnit { .. }
            | Self::Deliver { .. }
            | Self::Warn { .. }
            | Self::NoticeWaits { .. } => 0,
            Self::TellMoved
            | Self::TellUndertaking { .. }
            | Self::Remind { .. }
            | Self::Acknowledge
            | Self::Scrub
            | Self::Holidays => 5,
        }
    }

    /// The work as the store keeps it.
    pub(crate) fn to_outbox(
        &self,
        world: &World,
        complaint: &ComplaintRow,
        now: Timestamp,
    ) -> NewOutbox {
        NewOutbox {
            id: ComplaintId::new(now, &world.chance()).to_string(),
            due_at: now,
            done_at: None,
            kind: self.kind().to_owned(),
            complaint: complaint.id.clone(),
            payload: json!(self).to_string(),
            order: Order::new(
                complaint.gravity + self.patience(),
                complaint.next_due,
                complaint.received_at,
            ),
        }
    }
}

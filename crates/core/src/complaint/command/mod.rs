//! Commands: what somebody wants to happen, parsed. Their fields are declared in [`super::registry`].
//! Must not judge; [`decide`](fn@super::decide) does.

mod gate;
mod result;

use super::vocabulary::FailureCode;
use crate::id::AttemptId;

pub use gate::*;
pub use result::*;

/// Everything that can be asked of one complaint.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// The Director saw it.
    Sighting,
    /// Put it in order.
    Classify(Classify),
    /// Hand it over to a unit.
    HandOver(HandOver),
    /// The unit takes it.
    Accept(Accept),
    /// The unit gives it back.
    Return(Reason),
    /// Put other people on it.
    Assign(Assign),
    /// Hand in a mandate.
    RecordMandate(RecordMandate),
    /// Say whether the mandate holds.
    VerifyMandate(VerifyMandate),
    /// Leave a note for colleagues.
    Note(Note),
    /// The complainant writes on the tracking page.
    Write(Write),
    /// Staff enter words that came by another channel.
    Enter(Enter),
    /// Send words by a channel that sends by itself.
    Send(Send),
    /// Record words told, or sent by hand.
    TellWords(TellWords),
    /// Ask for evidence.
    AskEvidence(AskEvidence),
    /// Record a finding.
    Find(Find),
    /// Undertake something.
    Undertake(Undertake),
    /// Say how an undertaking went.
    Settle(Settle),
    /// Give an undertaking another date.
    Move(Move),
    /// Let a promise stand still.
    Pause(Pause),
    /// Let a paused promise go on.
    Resume(Resume),
    /// Propose a decision.
    Decide(Decide),
    /// Propose a refusal.
    Refuse(Refuse),
    /// Approve a proposal.
    Approve(Approve),
    /// Give a proposal back.
    GiveBack(GiveBack),
    /// Send the result by a channel that sends by itself.
    Respond(Respond),
    /// Record that the result was told, or sent by hand.
    Tell(Tell),
    /// Say that an attempt did not get through after all.
    Fail(Fail),
    /// The complainant agrees.
    Agree(Words),
    /// The complainant disagrees.
    Disagree(Disagree),
    /// The complainant takes it back.
    Withdraw(OptionalReason),
    /// The complainant rates a round.
    Rate(Rate),
    /// Close it.
    Close(Close),
    /// Reopen it.
    Reopen(Reopen),
    /// Join it to another on the same matter.
    Join(Join),
    /// Undo the joining.
    Unjoin(Reason),
    /// Take words of an event out.
    Redact(Redact),
    /// Let nothing of it be erased.
    Hold(Hold),
    /// Let it be erased again.
    LiftHold(Reason),
    /// Time went on: warnings, lapses, what the policy does by itself. Never from outside.
    Tick,
    /// The calendar changed: promises are counted again. Never from outside.
    Recount,
    /// The provider answered. Never from outside.
    Delivered(Delivered),
}

/// Upload ids, at most as many as the policy allows.
pub type Files = Vec<String>;

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $type:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        pub struct $name {
            $($(#[$fdoc])* #[serde(default)] pub $field: $type,)*
        }
    )+};
}

use bodies;

/// A proposal, undertaking or attempt a command names; the registry makes sure that it does.
pub type Named<Id> = Option<Id>;

/// What a provider said about an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivered {
    /// Which attempt.
    pub attempt: AttemptId,
    /// What it said.
    pub outcome: DeliveryOutcome,
}

/// What became of one call to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The call is about to be made.
    Attempted,
    /// It was taken.
    Accepted {
        /// The provider's own name of it.
        provider_id: Option<String>,
    },
    /// It will never be taken, or came back later.
    Failed {
        /// Why.
        code: FailureCode,
        /// What the provider said.
        detail: Option<String>,
    },
}

//! Commands: what somebody wants to happen, parsed. Their fields are declared in [`super::registry`].
//! Must not judge; [`super::decide`] does.

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use super::vocabulary::{ClosedAs, FindingSide, Outcome, UndertakingKind};
use crate::{
    id::{AttemptId, ProposalId, UndertakingId},
    kinds::{About, ChannelKind, DepartmentId, Kind, Severity},
};

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
    /// Time went on: warnings, lapses, what the policy does by itself. Never from outside.
    Tick,
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

/// A proposal, undertaking or attempt a command names; the registry makes sure that it does.
pub type Named<Id> = Option<Id>;

bodies! {
    /// Body of `classification`.
    Classify {
        /// Complaint or feedback.
        kind: Option<Kind>,
        /// What it is about.
        about: Option<About>,
        /// Category of the pack.
        category: Option<String>,
        /// How serious.
        severity: Option<Severity>,
        /// People are in danger.
        safety: Option<bool>,
        /// Why.
        reason: Option<String>,
    }
    /// Body of `handover`.
    HandOver {
        /// To which unit; the route's when absent.
        to: Option<DepartmentId>,
        /// Units that help.
        join: Option<Vec<DepartmentId>>,
        /// A word on the way.
        note: Option<String>,
    }
    /// Body of `acceptance` with `accept: true`.
    Accept {
        /// Who verifies, by e-mail; whoever accepts when absent.
        verifier: Option<String>,
    }
    /// A body with a reason.
    Reason {
        /// Why.
        reason: String,
    }
    /// A body with a reason that may be absent.
    OptionalReason {
        /// Why.
        reason: Option<String>,
    }
    /// Body of `assignment`.
    Assign {
        /// Who verifies, by e-mail.
        verifier: Option<String>,
        /// Who is to decide, by e-mail.
        decider: Option<String>,
        /// Why.
        reason: Option<String>,
    }
    /// Body of `mandate` with a document.
    RecordMandate {
        /// Upload id of the document.
        document: String,
        /// What it covers: `receive`, `decide`.
        scope: Vec<String>,
        /// Until when.
        until: Option<Date>,
        /// Whether it was checked on the spot; staff only.
        verified: Option<bool>,
    }
    /// Body of `mandate` without a document.
    VerifyMandate {
        /// Whether it holds.
        verified: bool,
    }
    /// Body of `notes`.
    Note {
        /// The note.
        text: String,
        /// Upload ids.
        files: Files,
        /// Who should read it, by e-mail.
        mentions: Vec<String>,
    }
    /// Body of `messages` from the complainant.
    Write {
        /// The words.
        text: Option<String>,
        /// Upload ids.
        files: Files,
    }
    /// Body of `messages` with `direction: in`.
    Enter {
        /// How they came.
        channel: Option<ChannelKind>,
        /// When they came; now when absent.
        received_at: Option<Timestamp>,
        /// The words.
        text: Option<String>,
        /// Upload ids.
        files: Files,
    }
    /// Body of `messages` with `direction: out`.
    Send {
        /// By which channel; the planned one when absent.
        channel: Option<ChannelKind>,
        /// The words.
        text: String,
        /// Upload ids.
        files: Files,
        /// Why not the planned channel.
        because: Option<String>,
    }
    /// How words were told or sent by hand.
    ByHand {
        /// When; now when absent.
        at: Option<Timestamp>,
        /// With whom.
        with: Option<String>,
        /// Upload ids of proofs.
        proof: Files,
    }
    /// Body of `messages` with `by_hand`.
    TellWords {
        /// By which channel; the planned one when absent.
        channel: Option<ChannelKind>,
        /// What was said.
        text: String,
        /// How.
        by_hand: Option<ByHand>,
        /// Why not the planned channel.
        because: Option<String>,
    }
    /// Body of `evidence-request`.
    AskEvidence {
        /// What is asked for.
        asks: Vec<String>,
        /// Until when an answer is awaited.
        answer_by: Option<Timestamp>,
        /// By which channel; the planned one when absent.
        channel: Option<ChannelKind>,
        /// The words.
        text: String,
        /// How it was told, where it was by hand.
        by_hand: Option<ByHand>,
        /// Why not the planned channel.
        because: Option<String>,
    }
    /// Body of `findings`.
    Find {
        /// What was checked.
        check: String,
        /// Whose side it shows.
        side: Option<FindingSide>,
        /// What was found.
        text: String,
        /// When; now when absent.
        at: Option<Timestamp>,
        /// Upload ids.
        files: Files,
    }
    /// Body of `undertakings` that makes one.
    Undertake {
        /// What kind.
        kind: Option<UndertakingKind>,
        /// What.
        what: String,
        /// Who carries it out, by e-mail; whoever undertakes when absent.
        owner: Option<String>,
        /// Until when.
        due: Option<Timestamp>,
    }
    /// Body of `undertakings` with `kept`, `broken` or `cancelled`.
    Settle {
        /// Which.
        id: Named<UndertakingId>,
        /// How it went.
        outcome: Option<super::vocabulary::UndertakingOutcome>,
        /// When; now when absent.
        at: Option<Timestamp>,
        /// Upload ids of proofs.
        proof: Files,
        /// Why.
        reason: Option<String>,
    }
    /// Body of `undertakings` with `moved`.
    Move {
        /// Which.
        id: Named<UndertakingId>,
        /// Until when now.
        due: Option<Timestamp>,
        /// Why.
        reason: String,
    }
    /// A remedy of a decision.
    Remedy {
        /// What will be done.
        what: String,
        /// By whom, by e-mail.
        owner: String,
        /// Until when.
        due: Option<Timestamp>,
    }
    /// Body of `decision`.
    Decide {
        /// What it says.
        outcome: Option<Outcome>,
        /// Why.
        reasons: String,
        /// What will be done.
        remedies: Vec<Remedy>,
    }
    /// Body of `refusal`.
    Refuse {
        /// Ground of the pack.
        ground: String,
        /// Why.
        reasons: String,
        /// What was checked.
        checked: String,
        /// Who can help instead.
        who_can_help: Option<String>,
    }
    /// Body of `approval` with `approve: true`.
    Approve {
        /// Which proposal.
        proposal: Named<ProposalId>,
    }
    /// Body of `approval` with `approve: false`.
    GiveBack {
        /// Which proposal.
        proposal: Named<ProposalId>,
        /// Why.
        reason: String,
    }
    /// Body of `response` that sends.
    Respond {
        /// Which proposal it carries.
        proposal: Named<ProposalId>,
        /// By which channel; the planned one when absent.
        channel: Option<ChannelKind>,
        /// The words.
        text: String,
        /// Upload ids.
        files: Files,
        /// Why not the planned channel.
        because: Option<String>,
    }
    /// How the result was told.
    Told {
        /// By which channel; `visit` for in person.
        by: Option<ChannelKind>,
        /// When; now when absent.
        at: Option<Timestamp>,
        /// To whom.
        to: String,
        /// What was said.
        words: String,
        /// Upload ids of proofs.
        proof: Files,
    }
    /// Body of `response` with `told`.
    Tell {
        /// Which proposal it carries.
        proposal: Named<ProposalId>,
        /// How.
        told: Option<Told>,
        /// Why not the planned channel.
        because: Option<String>,
    }
    /// Body of `response` with `failed`.
    Fail {
        /// Which attempt.
        attempt: Named<AttemptId>,
        /// What happened.
        failed: String,
    }
    /// Words that may be absent.
    Words {
        /// The words.
        text: Option<String>,
    }
    /// Body of `disagreement`.
    Disagree {
        /// What the person says.
        text: String,
        /// Upload ids.
        files: Files,
        /// How it came; staff only.
        channel: Option<ChannelKind>,
        /// When it came; staff only.
        received_at: Option<Timestamp>,
    }
    /// Body of `rating`.
    Rate {
        /// Which round.
        round: u8,
        /// The result, 1 to 5.
        result: u8,
        /// The handling, 1 to 5.
        handling: u8,
        /// A word on the way.
        text: Option<String>,
    }
    /// Body of `closure`.
    Close {
        /// As what.
        r#as: Option<ClosedAs>,
        /// Why.
        reason: Option<String>,
    }
    /// Body of `reopening`.
    Reopen {
        /// Why.
        reason: String,
        /// A new round; the same round when absent.
        round: Option<u8>,
    }
    /// Body of `joining`.
    Join {
        /// Reference of the one that goes on.
        into: String,
        /// Why.
        reason: String,
    }
    /// Body of `redaction`.
    Redact {
        /// Position of the event.
        event: u64,
        /// Which of its words.
        fields: Vec<String>,
        /// Legal ground.
        ground: String,
    }
}

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
        code: super::vocabulary::FailureCode,
        /// What the provider said.
        detail: Option<String>,
    },
}

//! Bodies of the commands from the first finding to the end.

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    super::vocabulary::{
        ClosedAs, FindingSide, HoldGround, Outcome, PauseCategory, UndertakingKind,
        UndertakingOutcome,
    },
    Files, Named, bodies,
};
use crate::{
    id::{AttemptId, ProposalId, UndertakingId},
    kinds::ChannelKind,
};

bodies! {
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
        outcome: Option<UndertakingOutcome>,
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
    /// Body of `pause`.
    Pause {
        /// Which promise of the running round.
        promise: String,
        /// For what.
        category: Option<PauseCategory>,
        /// Why.
        reason: String,
        /// From when; now when absent.
        at: Option<Timestamp>,
    }
    /// Body of `resumption`.
    Resume {
        /// Which promise of the running round.
        promise: String,
        /// From when; now when absent.
        at: Option<Timestamp>,
        /// Why.
        reason: Option<String>,
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
    /// Body of `hold` that places one.
    Hold {
        /// Legal ground.
        ground: Option<HoldGround>,
        /// Why.
        reason: String,
    }
}

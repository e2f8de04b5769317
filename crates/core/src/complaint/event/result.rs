//! Proposals, their approval, and the result on its way.
//! Must stay a table: facts, and words beside them.

use jiff::Timestamp;

use super::{
    super::{
        codec::payloads,
        file::FileFact,
        vocabulary::{FailureCode, Outcome},
    },
    RemedySet,
};
use crate::{
    id::{AttemptId, ProposalId},
    kinds::ChannelKind,
};

payloads! {
    /// A decision was proposed.
    DecisionProposed = "decision.proposed" v 1 {
        /// Which proposal.
        proposal: ProposalId,
        /// In which round.
        round: u8,
        /// What it says.
        outcome: Outcome,
        /// What will be done.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remedies: Vec<RemedySet>,
    } + DecisionWords {
        /// Why.
        reasons: String,
        /// What will be done, in the order of the remedies.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remedies: Vec<String>,
    }
    /// A refusal was proposed.
    RefusalProposed = "refusal.proposed" v 1 {
        /// Which proposal.
        proposal: ProposalId,
        /// In which round.
        round: u8,
        /// Ground of the pack.
        ground: String,
    } + RefusalWords {
        /// Why.
        reasons: String,
        /// What was checked.
        checked: String,
        /// Who can help instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who_can_help: Option<String>,
    }
    /// A proposal was approved.
    ProposalApproved = "proposal.approved" v 1 {
        /// Which proposal.
        proposal: ProposalId,
    }
    /// A proposal was given back.
    ProposalReturned = "proposal.returned" v 1 {
        /// Which proposal.
        proposal: ProposalId,
    } + ProposalReturnedWords {
        /// Why.
        reason: String,
    }
    /// The provider took the result.
    ResponseSent = "response.sent" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// Which proposal it carries.
        proposal: ProposalId,
        /// By which channel.
        channel: ChannelKind,
        /// Until when the complainant may disagree.
        objection_until: Timestamp,
        /// The provider's own name of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider_id: Option<String>,
    }
    /// A person told the result themselves.
    ResponseTold = "response.told" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// Which proposal it carries.
        proposal: ProposalId,
        /// By which channel.
        channel: ChannelKind,
        /// Until when the complainant may disagree.
        objection_until: Timestamp,
        /// When.
        told_at: Timestamp,
        /// Proof.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proof: Vec<FileFact>,
    } + ResponseToldWords {
        /// To whom.
        to: String,
        /// What was said.
        text: String,
        /// Names of the proofs, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
        /// Why this channel and not the planned one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<String>,
    }
    /// The result did not get through, at once or later.
    ResponseFailed = "response.failed" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// Why.
        code: FailureCode,
    } + ResponseFailedWords {
        /// What the provider or a person said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<String>,
    }
}

//! Words both ways, notes, requests for evidence.
//! Must stay a table: facts, and words beside them.

use jiff::Timestamp;

use super::super::{
    codec::payloads,
    file::FileFact,
    vocabulary::{FailureCode, Purpose},
};
use crate::{
    id::{AccountId, AttemptId, ProposalId, RequestId},
    kinds::ChannelKind,
};

payloads! {
    /// Words came from the complainant.
    MessageReceived = "message.received" v 1 {
        /// How.
        channel: ChannelKind,
        /// When an official channel had them.
        received_at: Timestamp,
        /// Files that came with them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileFact>,
    } + MessageWords {
        /// The words.
        text: String,
        /// Names of the files, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
        /// Why this channel and not the planned one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<String>,
    }
    /// Words to the complainant wait for their channel.
    MessageQueued = "message.queued" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// By which channel.
        channel: ChannelKind,
        /// What the words are for.
        purpose: Purpose,
        /// The proposal that a result carries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<ProposalId>,
        /// Files that go with them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileFact>,
    } + QueuedWords {
        /// The words.
        text: String,
        /// Names of the files, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
        /// Why this channel and not the planned one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<String>,
    }
    /// The provider is about to be called.
    MessageAttempted = "message.attempted" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// How many calls so far, this one included.
        call: u32,
    }
    /// The provider took a message.
    MessageSent = "message.sent" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// The provider's own name of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider_id: Option<String>,
    }
    /// A person told the words themselves: by telephone, in person, by hand on any channel.
    MessageTold = "message.told" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// By which channel.
        channel: ChannelKind,
        /// What the words were for.
        purpose: Purpose,
        /// When.
        told_at: Timestamp,
        /// Proof.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proof: Vec<FileFact>,
    } + ToldWords {
        /// What was said.
        text: String,
        /// To whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<String>,
        /// Names of the proofs, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
        /// Why this channel and not the planned one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<String>,
    }
    /// A message did not get through.
    MessageFailed = "message.failed" v 1 {
        /// Which attempt.
        attempt: AttemptId,
        /// Why.
        code: FailureCode,
    } + FailedWords {
        /// What the provider said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<String>,
    }
    /// A note for colleagues; the complainant never sees it.
    NoteAdded = "note.added" v 1 {
        /// Who should read it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<AccountId>,
        /// Files.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileFact>,
    } + NoteWords {
        /// The note.
        text: String,
        /// Names of the files, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
    }
    /// The complainant was asked for evidence.
    EvidenceRequested = "evidence.requested" v 1 {
        /// Which request.
        request: RequestId,
        /// The attempt that carries it.
        attempt: AttemptId,
        /// Until when an answer is awaited.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_by: Option<Timestamp>,
    } + RequestedWords {
        /// What is asked for.
        asks: Vec<String>,
    }
    /// The complainant answered a request for evidence.
    EvidenceAdded = "evidence.added" v 1 {
        /// Which request.
        request: RequestId,
    }
}

//! The shapes of one complaint in the API. Must stay shapes: [`super::detail`] fills them.

use serde::Serialize;

use super::{FileView, Item, MessageView, Viewer};
use crate::HeldFiles;

/// One complaint.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct Detail {
    #[serde(flatten)]
    pub item: Item,
    pub complainant: ComplainantView,
    pub text: Option<String>,
    pub remedy_sought: Option<String>,
    pub place: Option<String>,
    pub needs: Option<String>,
    pub happened_at: Option<String>,
    pub asset: Option<String>,
    pub reply_by: Option<String>,
    pub planned_channel: Option<String>,
    pub promises: Vec<PromiseView>,
    pub rounds: Vec<RoundView>,
    pub undertakings: Vec<UndertakingView>,
    pub messages: Vec<MessageView>,
    pub files: Vec<FileView>,
    pub proposals: Vec<ProposalView>,
    pub attempts: Vec<AttemptView>,
    pub requests: Vec<RequestView>,
    pub findings: Vec<FindingView>,
    pub tasks: Vec<TaskView>,
    pub contacted_again: u32,
    /// Open complaints of the same contact, which this one may belong to; staff only (A19).
    pub suggests: Vec<String>,
    pub policy: String,
    /// Its files that are not shown, by digest.
    #[serde(skip)]
    pub held: HeldFiles,
}

impl Detail {
    /// Says of each file how its check stands.
    pub(super) fn hold(&mut self, held: HeldFiles, viewer: Viewer) {
        let messages = self.messages.iter_mut().flat_map(|message| &mut message.files);
        let findings = self.findings.iter_mut().flat_map(|finding| &mut finding.files);
        for file in self.files.iter_mut().chain(messages).chain(findings) {
            file.hold(&held, viewer);
        }
        self.held = held;
    }
}

/// Who complains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct ComplainantView {
    /// Id of the record of the person; staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    pub r#as: String,
    pub name: Option<String>,
    pub organisation: Option<String>,
    pub represents: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub mandate_verified: Option<bool>,
}

/// One promise with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct PromiseView {
    pub promise: String,
    pub round: u8,
    pub within: String,
    pub from: String,
    pub due: String,
    pub due_on: String,
    pub state: String,
    pub kept_at: Option<String>,
    /// Seconds by which it was or is missed.
    pub late_by: Option<i64>,
    /// The same in the promise's own unit, `2wd`, as amounts are written in a policy.
    pub late_in: Option<String>,
    /// When it ended without being kept.
    pub ended_at: Option<String>,
    /// Since when it stands still.
    pub paused_since: Option<String>,
    pub pauses: Vec<PauseView>,
    pub steps_url: String,
    /// Each time the date moved with the calendar, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<DateMovedView>,
}

/// A date that moved with the calendar (A18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct DateMovedView {
    pub due_was: String,
    pub due: String,
    pub calendar: String,
    /// The decrees or edicts that changed the days between.
    pub sources: Vec<String>,
}

/// A stretch in which a promise stood still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct PauseView {
    pub category: String,
    pub from: String,
    pub until: Option<String>,
}

/// One round.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the fields are those of the published interface"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct RoundView {
    pub round: u8,
    pub verifier: Option<String>,
    pub decider: Option<String>,
    pub outcome: Option<String>,
    pub ground: Option<String>,
    pub reasons: Option<String>,
    pub who_can_help: Option<String>,
    pub answered_at: Option<String>,
    pub objection_until: Option<String>,
    pub agreed: bool,
    pub disagreed: bool,
    pub rated: Option<(u8, u8)>,
    pub frozen: bool,
    pub independence_waived: bool,
}

/// One undertaking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct UndertakingView {
    pub id: String,
    pub kind: String,
    pub what: Option<String>,
    pub owner: Option<String>,
    pub due: String,
    pub state: String,
    pub kept_at: Option<String>,
    pub made_at: String,
    /// Seconds by which it was or is late.
    pub late_by: Option<i64>,
    /// Its former dates, in order.
    pub moves: Vec<MoveView>,
}

/// A date an undertaking had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct MoveView {
    pub due_was: String,
    pub at: String,
    pub reason: Option<String>,
}

/// One proposal; staff only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct ProposalView {
    pub id: String,
    pub round: u8,
    pub outcome: String,
    pub ground: Option<String>,
    pub reasons: Option<String>,
    pub by: Option<String>,
    pub state: String,
}

/// One attempt to reach the complainant; staff only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct AttemptView {
    pub id: String,
    pub channel: String,
    pub purpose: String,
    pub state: String,
    pub calls: u32,
}

/// One request for evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct RequestView {
    pub id: String,
    pub asked_at: String,
    pub answer_by: Option<String>,
    pub answered: bool,
}

/// One finding; staff only, and of an earlier round only once the running one has its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct FindingView {
    pub id: String,
    pub round: u8,
    pub check: String,
    pub side: String,
    pub at: String,
    pub text: Option<String>,
    pub by: Option<String>,
    pub files: Vec<FileView>,
}

/// Something a person must see to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskView {
    /// `result-not-delivered`, `message-not-delivered`, `late-objection`, `confirm-danger`, `withdrawn`, `mandate`.
    pub task: String,
    /// The attempt it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
}

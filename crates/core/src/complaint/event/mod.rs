//! What can happen to a complaint, and to the notices, people and accounts around it.
//! Must not decide anything. Facts hold ids, codes and instants; names, contacts and free text are words.

mod close;
mod erasure;
mod gate;
mod house;
mod notice;
mod result;
mod rounds;
mod terms;
mod words;

use jiff::{Timestamp, civil::Date};

use super::codec::events;
use crate::{id::AccountId, kinds::DepartmentId};

pub use close::*;
pub use erasure::*;
pub use gate::*;
pub use house::*;
pub use notice::*;
pub use result::*;
pub use rounds::*;
pub use terms::*;
pub use words::*;

pub use super::vocabulary::{
    ClosedAs, ErasureGround, FailureCode, FindingSide, HoldGround, Outcome, PauseCategory, Purpose,
    UndertakingKind, WaivedRole,
};

/// Events of other streams than that of a complaint, as a pattern: a complaint is as it was.
macro_rules! elsewhere {
    () => {
        Event::NoticeReceived(_)
            | Event::NoticeInterpreted(_)
            | Event::PersonRecorded(_)
            | Event::PersonErased(_)
            | Event::LogErased(_)
            | Event::PolicyPutInForce(_)
            | Event::CalendarChanged(_)
            | Event::LogKeyAdded(_)
            | Event::LogKeyRetired(_)
            | Event::LogRestarted(_)
            | Event::LogRestartConfirmed(_)
            | Event::ClockJumped(_)
            | Event::AccountChanged(_)
            | Event::DelegationMade(_)
            | Event::DutySet(_)
    };
}

pub(crate) use elsewhere;

/// A promise as it was set: rule, arithmetic and warnings, never recomputed silently.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PromiseSet {
    /// Id of the promise in the pack, `resolution`.
    pub promise: String,
    /// Its round, from 1.
    pub round: u8,
    /// The amount of the pack, `7wd`.
    pub within: String,
    /// Receipt, from which it counts.
    pub from: Timestamp,
    /// The first instant that is too late.
    pub due: Timestamp,
    /// The last good local day.
    pub due_on: Date,
    /// The calendar it was counted by, `vn@2026-11-20`.
    pub calendar: String,
    /// When warnings go out, ascending.
    pub warn_at: Vec<Timestamp>,
}

/// Which unit the policy's route names.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RouteSet {
    /// The unit that verifies.
    pub to: DepartmentId,
    /// Units that help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<DepartmentId>,
    /// When the route hands over by itself; `None` waits for a person for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_itself_at: Option<Timestamp>,
}

/// A remedy of a decision: what stays of it for ever.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RemedySet {
    /// Who carries it out.
    pub owner: AccountId,
    /// Until when.
    pub due: Timestamp,
}

events! {
    NoticeReceived,
    NoticeInterpreted,
    PersonRecorded,
    ComplaintOpened,
    ContactedAgain,
    Classified,
    DangerConfirmed,
    MandateRecorded,
    MandateVerified,
    DirectorSaw,
    HandedOver,
    HandoverAccepted,
    HandoverReturned,
    Assigned,
    MessageReceived,
    MessageQueued,
    MessageAttempted,
    MessageSent,
    MessageTold,
    MessageFailed,
    NoteAdded,
    EvidenceRequested,
    EvidenceAdded,
    FindingRecorded,
    PromiseWarned,
    PromiseKept,
    PromiseMissed,
    PromiseRevived,
    PromiseMoved,
    PromisePaused,
    PromiseResumed,
    UndertakingMade,
    UndertakingMoved,
    UndertakingReminded,
    UndertakingKept,
    UndertakingBroken,
    UndertakingCancelled,
    DecisionProposed,
    RefusalProposed,
    ProposalApproved,
    ProposalReturned,
    ResponseSent,
    ResponseTold,
    ResponseFailed,
    Agreed,
    Disagreed,
    RoundOpened,
    IndependenceWaived,
    Withdrawn,
    Rated,
    Closed,
    Archived,
    Reopened,
    Joined,
    Unjoined,
    Redacted,
    HoldPlaced,
    HoldLifted,
    ComplaintErased,
    PersonErased,
    LogErased,
    PolicyPutInForce,
    CalendarChanged,
    LogKeyAdded,
    LogKeyRetired,
    LogRestarted,
    LogRestartConfirmed,
    ClockJumped,
    AccountChanged,
    DelegationMade,
    DutySet,
}

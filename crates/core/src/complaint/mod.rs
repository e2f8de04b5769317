//! One complaint: commands, events, state, and the three pure functions `decide`, `evolve`, `react`.
//! Must not know databases, HTTP or vendors.

pub mod codec;
pub mod command;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod file;
pub mod late;
pub mod moves;
pub mod past;
pub mod pause;
pub mod people;
pub mod promise;
pub mod react;
pub mod refusal;
pub mod registry;
pub mod simulate;
pub mod state;
pub mod vocabulary;
pub mod ways;

use jiff::Timestamp;

use crate::policy::{InformRole, Policy};

pub use command::Command;
pub use decide::{Circumstances, decide};
pub use event::Event;
pub use evolve::{Happened, evolve};
pub use react::{Effect, react};
pub use refusal::{Refusal, RefusalCode};
pub use state::{Complaint, Stage};

/// Whom the policy informs of every complaint, as events spell it.
pub const fn informs(policy: &Policy) -> &'static str {
    match policy.handover.inform {
        InformRole::Director => "director",
        InformRole::Receiving => "receiving",
    }
}

impl Event {
    /// When it happened: what the event itself states, else `now`.
    #[expect(clippy::wildcard_enum_match_arm, reason = "all others happen when they are decided")]
    pub const fn happened_at(&self, now: Timestamp) -> Timestamp {
        match self {
            Self::NoticeReceived(e) => e.received_at,
            Self::ComplaintOpened(e) => e.received_at,
            Self::MessageReceived(e) => e.received_at,
            Self::Disagreed(e) => e.received_at,
            Self::MessageTold(e) => e.told_at,
            Self::ResponseTold(e) => e.told_at,
            Self::FindingRecorded(e) => e.at,
            Self::UndertakingKept(e) => e.at,
            Self::PromiseKept(e) => e.kept_at,
            Self::PromisePaused(e) => e.at,
            Self::PromiseResumed(e) => e.at,
            _ => now,
        }
    }
}

//! Promises and undertakings, and what became of them.

use jiff::Timestamp;

use super::super::{
    event::PromiseSet,
    vocabulary::{UndertakingKind, UndertakingOutcome},
};
use crate::id::{AccountId, UndertakingId};

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

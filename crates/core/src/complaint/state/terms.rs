//! Promises and undertakings, and what became of them.

use jiff::{SignedDuration, Timestamp};

use super::super::{
    event::PromiseSet,
    vocabulary::{PauseCategory, UndertakingKind, UndertakingOutcome},
};
use crate::id::{AccountId, ProposalId, UndertakingId};

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
    /// When it stood still, in order; the last may still run.
    pub pauses: Vec<PauseMade>,
    /// When its complaint or its round ended without keeping it; nobody can keep it any more.
    pub ended_at: Option<Timestamp>,
}

/// A stretch in which a promise stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PauseMade {
    /// For what.
    pub category: PauseCategory,
    /// From when.
    pub from: Timestamp,
    /// Until when; `None` while it stands still.
    pub until: Option<Timestamp>,
}

impl Promise {
    /// Whether it still waits to be kept, standing still or not.
    pub const fn waits(&self) -> bool {
        self.kept_at.is_none() && self.ended_at.is_none()
    }

    /// The pause that stands, if one does.
    pub fn paused(&self) -> Option<&PauseMade> {
        self.pauses.last().filter(|pause| pause.until.is_none() && self.waits())
    }

    /// Whether its time runs.
    pub fn is_running(&self) -> bool {
        self.waits() && self.paused().is_none()
    }

    /// The instant by which it is judged: when it was kept or ended, else `now`.
    pub fn judged_at(&self, now: Timestamp) -> Timestamp {
        self.kept_at.or(self.ended_at).unwrap_or(now)
    }

    /// `running`, `soon`, `late`, `paused`, `kept`, `missed` (kept too late, or ended after its
    /// time) or `ended` (ended before its time was over) at `now`.
    pub fn word(&self, now: Timestamp) -> &'static str {
        let over = self.judged_at(now) >= self.set.due;
        match (self.kept_at, self.ended_at) {
            (Some(_), _) if !over => "kept",
            (None, Some(_)) if !over => "ended",
            (Some(_), _) | (None, Some(_)) => "missed",
            (None, None) if self.paused().is_some() => "paused",
            (None, None) if over => "late",
            (None, None) if now >= self.soon_at() => "soon",
            (None, None) => "running",
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
    /// The decision it is a remedy of.
    pub proposal: Option<ProposalId>,
    /// How it ended; `None` while it runs.
    pub ended: Option<UndertakingOutcome>,
    /// When it was kept.
    pub kept_at: Option<Timestamp>,
    /// What was undertaken; `None` once erased.
    pub what: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last made, moved or ended.
    pub changed_at: Timestamp,
    /// Its former dates, in order.
    pub moves: Vec<MoveMade>,
    /// The highest step of reminding for its present date: 0 none, 1 before, 2 overdue.
    pub reminded: u8,
}

/// A date an undertaking had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveMade {
    /// The former date.
    pub due_was: Timestamp,
    /// When it was moved.
    pub at: Timestamp,
    /// Why; `None` once erased.
    pub reason: Option<String>,
}

impl Undertaking {
    /// How often what its calendar entry says changed (RFC 5545, 3.8.7.4): moves, and cancelling.
    pub fn sequence(&self) -> usize {
        self.moves.len() + usize::from(self.ended == Some(UndertakingOutcome::Cancelled))
    }

    /// `running`, `late`, or how it ended, at `now`.
    pub fn word(&self, now: Timestamp) -> &'static str {
        match self.ended {
            Some(ended) => ended.as_str(),
            None if now >= self.due => "late",
            None => "running",
        }
    }

    /// By how much it is or was late, judged when it ended, else `now`; `None` in time.
    pub fn late_by(&self, now: Timestamp) -> Option<SignedDuration> {
        let judged = match self.ended {
            Some(UndertakingOutcome::Cancelled | UndertakingOutcome::Moved) => return None,
            Some(UndertakingOutcome::Kept) => self.kept_at.unwrap_or(self.changed_at),
            Some(UndertakingOutcome::Broken) => self.changed_at,
            None => now,
        };
        (judged >= self.due).then(|| judged.duration_since(self.due))
    }
}

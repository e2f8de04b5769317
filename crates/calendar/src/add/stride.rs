//! One day of a walk, borrowed from the calendar. Must not allocate.

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::calendar::Glance;
use crate::day::{DayKind, DayName};
use crate::step::{Step, Why};

/// A step that borrows its name, so that a walk nobody keeps allocates nothing per day.
#[derive(Clone, Copy)]
pub(super) struct Stride<'c> {
    pub(super) on: Date,
    pub(super) counts: bool,
    pub(super) day: Option<u32>,
    pub(super) why: Reason<'c>,
    pub(super) time: SignedDuration,
}

#[derive(Clone, Copy)]
pub(super) enum Reason<'c> {
    DayOfReceipt,
    CalendarDay,
    RolledOver,
    Elapsed,
    WorkingTime,
    Paused,
    Day(Glance<'c>),
}

impl Stride<'_> {
    pub(super) fn to_step(self) -> Step {
        let why = match self.why {
            Reason::DayOfReceipt => Why::DayOfReceipt,
            Reason::CalendarDay => Why::CalendarDay,
            Reason::RolledOver => Why::RolledOver,
            Reason::Elapsed => Why::Elapsed,
            Reason::WorkingTime => Why::WorkingTime,
            Reason::Paused => Why::Paused,
            Reason::Day(glance) => why_of(glance),
        };
        Step { on: self.on, counts: self.counts, day: self.day, why, time: self.time }
    }
}

fn why_of(glance: Glance<'_>) -> Why {
    let name = || glance.name.cloned().unwrap_or_else(DayName::unnamed);
    match glance.kind {
        DayKind::Work => Why::WorkingDay,
        DayKind::MakeUp => Why::MakeUpDay,
        DayKind::WeeklyRest => Why::WeeklyRest,
        DayKind::Holiday => Why::Holiday(name()),
        DayKind::InLieu => Why::InLieu(name()),
        DayKind::SwapOff => Why::SwappedOff(name()),
    }
}

impl<'c> Stride<'c> {
    /// A day that does not count.
    pub(super) fn idle(on: Date, why: Reason<'c>) -> Self {
        Self { on, counts: false, day: None, why, time: SignedDuration::ZERO }
    }

    /// The `day`th day that counts.
    pub(super) fn counted(on: Date, day: u32, why: Reason<'c>) -> Self {
        Self { on, counts: true, day: Some(day), why, time: SignedDuration::ZERO }
    }

    /// A day on which time is spent.
    pub(super) fn timed(on: Date, counts: bool, why: Reason<'c>, time: SignedDuration) -> Self {
        Self { on, counts, day: None, why, time }
    }
}

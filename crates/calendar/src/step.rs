//! The outcome of adding an amount: the end of a term and the reason for every day. Must not compute.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::day::DayName;

/// When a term ends, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The first instant that is too late. For day counts 00:00 after `due_on`.
    pub at: Timestamp,
    /// The local date of the last good day (day counts), or of `at` (time).
    pub due_on: Date,
    /// Every day from the day of receipt to the end, in the order walked; `at` and `due_on` are
    /// read off them.
    pub steps: Vec<Step>,
}

/// One day on the way to the end of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The local date.
    pub on: Date,
    /// Whether the day counts towards the term.
    pub counts: bool,
    /// Its number among the days that count, from 1 (day counts only).
    pub day: Option<u32>,
    /// Why it counts or does not.
    pub why: Why,
    /// How much of the amount is spent on this day (time only, else zero; negative going back).
    /// The steps of one term sum to its amount.
    pub time: SignedDuration,
}

/// Why a day counts or does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The day of the event itself is day zero (Civil Code 91/2015/QH13 art 147(2)).
    DayOfReceipt,
    /// Every day counts.
    CalendarDay,
    /// An ordinary working day.
    WorkingDay,
    /// A rest day that is worked.
    MakeUpDay,
    /// The week has no hours on this day.
    WeeklyRest,
    /// A public holiday.
    Holiday(DayName),
    /// Off in lieu of a holiday.
    InLieu(DayName),
    /// Off by a swap or by an empty shift.
    SwappedOff(DayName),
    /// The last day is a rest day, so the term goes on to the next working day (art 148(5)).
    RolledOver,
    /// Time runs day and night.
    Elapsed,
    /// Time runs within the working hours of this day; with a zero [`Step::time`] none was left.
    WorkingTime,
    /// The term stood still; for day counts at the end of this day.
    Paused,
}

impl Why {
    /// The reason's code, such as `weekly-rest`; the name of a holiday is apart.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::DayOfReceipt => "day-of-receipt",
            Self::CalendarDay => "calendar-day",
            Self::WorkingDay => "working-day",
            Self::MakeUpDay => "make-up-day",
            Self::WeeklyRest => "weekly-rest",
            Self::Holiday(_) => "holiday",
            Self::InLieu(_) => "in-lieu",
            Self::SwappedOff(_) => "swapped-off",
            Self::RolledOver => "rolled-over",
            Self::Elapsed => "elapsed",
            Self::WorkingTime => "working-time",
            Self::Paused => "paused",
        }
    }

    /// The holiday's name, if the reason is one and the data names it.
    pub fn name(&self) -> Option<&DayName> {
        match self {
            Self::Holiday(name) | Self::InLieu(name) | Self::SwappedOff(name) => {
                Some(name).filter(|name| !name.is_unnamed())
            }
            _ => None,
        }
    }
}

//! What a calendar says about one day. Must not compute anything: see `calendar` for the lookup.

use std::sync::Arc;

use jiff::civil::{Date, Time};

/// The name of a holiday as the data words it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DayName {
    /// Vietnamese; empty if the data gives no name at all (see [`DayName::is_unnamed`]).
    pub vi: Arc<str>,
    /// English; empty if the data gives no name at all.
    pub en: Arc<str>,
    /// Lao, where the data has it.
    pub lo: Option<Arc<str>>,
}

impl DayName {
    /// A name in Vietnamese and English.
    pub fn new(vi: &str, en: &str) -> Self {
        Self { vi: vi.into(), en: en.into(), lo: None }
    }

    /// The same with its Lao name.
    #[must_use]
    pub fn with_lo(mut self, lo: &str) -> Self {
        self.lo = Some(lo.into());
        self
    }

    /// Stands for a day off whose data has no name: word it as a plain day off.
    pub fn unnamed() -> Self {
        Self::new("", "")
    }

    /// Whether the data gives this day no name.
    pub fn is_unnamed(&self) -> bool {
        self.vi.is_empty()
    }
}

/// What sort of day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// An ordinary working day of the week.
    Work,
    /// A day on which the week has no hours.
    WeeklyRest,
    /// A public holiday (also one that falls on a weekly rest day).
    Holiday,
    /// A day off in lieu of a holiday on a rest day (Labour Code 45/2019/QH14 art 111(3)).
    InLieu,
    /// A weekday off that is swapped against another day, or an empty dated shift.
    SwapOff,
    /// A rest day or holiday that is worked.
    MakeUp,
}

impl DayKind {
    /// The code used in files and answers, such as `weekly-rest`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::WeeklyRest => "weekly-rest",
            Self::Holiday => "holiday",
            Self::InLieu => "in-lieu",
            Self::SwapOff => "swap-off",
            Self::MakeUp => "make-up",
        }
    }
}

/// One day of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The local date.
    pub date: Date,
    /// Whether any hour of it is worked.
    pub working: bool,
    /// Working hours in order, half-open; an end of [`crate::DAY_END`] means 24:00
    /// (print times with [`crate::clock`]).
    pub hours: Vec<(Time, Time)>,
    /// What sort of day it is.
    pub kind: DayKind,
    /// The name the data gives it.
    pub name: Option<DayName>,
    /// Where the data has it from.
    pub source: Option<Arc<str>>,
    /// Whether the day is off by an estimate that a notice still has to confirm.
    pub estimated: bool,
}

//! The calendar itself: identity, coverage and the lookup of a day. Must not hold arithmetic
//! (`add`, `measure`) nor read files (`holidays`, `builder`).

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::builder::CalendarBuilder;
use crate::day::{Day, DayKind, DayName};
use crate::error::CalendarError;
use crate::hours::{Hours, Week};

/// The name of a calendar and the date of its data: `vn@2026-11-20`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CalendarId {
    /// The name that rules and complaints keep.
    pub name: String,
    /// The date its data was stated; [`Date::ZERO`] for a calendar without dated data.
    pub as_of: Date,
}

impl fmt::Display for CalendarId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.as_of == Date::ZERO {
            f.write_str(&self.name)
        } else {
            write!(f, "{}@{}", self.name, self.as_of)
        }
    }
}

/// Which days and hours are worked, in one time zone, within a stated coverage.
/// Cheap to clone; never changes once built.
#[derive(Clone, Debug)]
pub struct Calendar(Arc<Table>);

/// What a calendar holds: the week, and a sorted list of the dates that differ from it.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) id: CalendarId,
    pub(crate) zone: TimeZone,
    pub(crate) week: Week,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) covers: (Date, Date),
}

/// One date that differs from the week.
#[derive(Debug)]
pub(crate) struct Exception {
    pub(crate) date: Date,
    pub(crate) kind: DayKind,
    pub(crate) hours: Hours,
    /// Always there for a day off, perhaps unnamed.
    pub(crate) name: Option<DayName>,
    pub(crate) source: Option<Arc<str>>,
    pub(crate) estimated: bool,
}

/// A day as the table has it, borrowed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glance<'c> {
    pub(crate) kind: DayKind,
    pub(crate) hours: &'c Hours,
    pub(crate) name: Option<&'c DayName>,
    pub(crate) source: Option<&'c Arc<str>>,
    pub(crate) estimated: bool,
}

impl Calendar {
    /// How many days one computation follows at most: 200 years.
    pub const DAYS_WALKED_MAX: u32 = 73_050;

    /// Starts a calendar of this name.
    pub fn builder(name: &str) -> CalendarBuilder {
        CalendarBuilder::new(name)
    }

    pub(crate) fn from_table(table: Table) -> Self {
        debug_assert!(table.exceptions.is_sorted_by(|a, b| a.date < b.date), "sorted, no twins");
        Self(Arc::new(table))
    }

    /// Name and date of the data.
    pub fn id(&self) -> &CalendarId {
        &self.0.id
    }

    /// The zone whose clock the days follow.
    pub fn zone(&self) -> &TimeZone {
        &self.0.zone
    }

    /// The ordinary week.
    pub fn week(&self) -> &Week {
        &self.0.week
    }

    /// First and last day the calendar knows.
    pub fn covers(&self) -> (Date, Date) {
        self.0.covers
    }

    /// What the calendar says about a day.
    ///
    /// # Errors
    /// [`CalendarError::BeyondCoverage`]: an unknown day is never a working day.
    pub fn day(&self, date: Date) -> Result<Day, CalendarError> {
        let glance = self.days_from(date).look()?;
        Ok(day(date, glance))
    }

    /// Every day from `from` to `to`, both included; none if `to` is earlier.
    ///
    /// # Errors
    /// [`CalendarError::BeyondCoverage`], and [`CalendarError::TooLong`] for more than
    /// [`Calendar::DAYS_WALKED_MAX`] days.
    pub fn days(&self, from: Date, to: Date) -> Result<Vec<Day>, CalendarError> {
        let mut days = Vec::new();
        let mut cursor = self.days_from(from);
        while cursor.date <= to {
            days.push(day(cursor.date, cursor.look()?));
            if cursor.date == to {
                break;
            }
            cursor.forward()?;
        }
        Ok(days)
    }

    /// A cursor on a date, found by binary search; moving it looks at one neighbour only.
    pub(crate) fn days_from(&self, date: Date) -> Days<'_> {
        let next = self.0.exceptions.partition_point(|exception| exception.date < date);
        Days { table: &self.0, date, next, left: Self::DAYS_WALKED_MAX }
    }
}

fn day(date: Date, glance: Glance<'_>) -> Day {
    Day {
        date,
        working: !glance.hours.is_rest(),
        hours: glance.hours.iter().collect(),
        kind: glance.kind,
        name: glance.name.filter(|name| !name.is_unnamed()).cloned(),
        source: glance.source.cloned(),
        estimated: glance.estimated,
    }
}

/// A cursor over the days of a calendar, with a bound on how far it goes.
pub(crate) struct Days<'c> {
    table: &'c Table,
    pub(crate) date: Date,
    /// Index of the first exception not before `date`.
    next: usize,
    left: u32,
}

impl<'c> Days<'c> {
    /// The day under the cursor.
    pub(crate) fn look(&self) -> Result<Glance<'c>, CalendarError> {
        let (covered_from, covered_until) = self.table.covers;
        if self.date < covered_from || covered_until < self.date {
            return Err(CalendarError::BeyondCoverage {
                calendar: self.table.id.clone(),
                covered_from,
                covered_until,
                wanted: self.date,
            });
        }
        match self.table.exceptions.get(self.next) {
            Some(exception) if exception.date == self.date => Ok(Glance {
                kind: exception.kind,
                hours: &exception.hours,
                name: exception.name.as_ref(),
                source: exception.source.as_ref(),
                estimated: exception.estimated,
            }),
            _ => {
                let hours = self.table.week.hours(self.date.weekday());
                let kind = if hours.is_rest() { DayKind::WeeklyRest } else { DayKind::Work };
                Ok(Glance { kind, hours, name: None, source: None, estimated: false })
            }
        }
    }

    pub(crate) fn forward(&mut self) -> Result<(), CalendarError> {
        self.spend()?;
        self.date = self.date.tomorrow().map_err(|_| CalendarError::OutOfTime)?;
        if self.table.exceptions.get(self.next).is_some_and(|next| next.date < self.date) {
            self.next += 1;
        }
        Ok(())
    }

    pub(crate) fn back(&mut self) -> Result<(), CalendarError> {
        self.spend()?;
        self.date = self.date.yesterday().map_err(|_| CalendarError::OutOfTime)?;
        let before = self.next.checked_sub(1);
        if let Some(before) = before
            && self.table.exceptions[before].date >= self.date
        {
            self.next = before;
        }
        Ok(())
    }

    /// One day on in the direction of counting.
    pub(crate) fn step(&mut self, forward: bool) -> Result<(), CalendarError> {
        if forward { self.forward() } else { self.back() }
    }

    fn spend(&mut self) -> Result<(), CalendarError> {
        let days_max = Calendar::DAYS_WALKED_MAX;
        self.left = self.left.checked_sub(1).ok_or(CalendarError::TooLong { days_max })?;
        Ok(())
    }
}

//! Adding an amount to an instant, day by day. There is one algorithm: a walk that gives a reason
//! for every day, and the end that is read off that walk. Must not answer without the walk.

mod pause;
mod stride;
mod walk;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

pub use self::pause::Pause;

use self::pause::Pauses;
use self::stride::Stride;
use crate::amount::Amount;
use crate::calendar::Calendar;
use crate::error::CalendarError;
use crate::step::Due;

/// What the end of a term is read off: the running total of its strides.
struct Trail {
    /// The last day that counted, at first the day of receipt.
    last_counted: Date,
    /// The time spent on the last day.
    spent_last: SignedDuration,
}

impl Trail {
    fn from(receipt: Date) -> Self {
        Self { last_counted: receipt, spent_last: SignedDuration::ZERO }
    }

    fn note(&mut self, stride: &Stride<'_>) {
        if stride.counts {
            self.last_counted = stride.on;
        }
        self.spent_last = stride.time;
    }
}

impl Calendar {
    /// Adds an amount to an instant, with the reason for every day.
    ///
    /// The day of receipt is day zero of a day count; negative amounts go back, and their `due_on`
    /// is the day arrived at. `0d` and `0wd` end with the day of receipt. Zero elapsed time leaves
    /// the instant, zero working time moves it to the next working instant. Working time that ends
    /// with an interval ends there (12:00), not where the next begins. With `roll`, a last day that
    /// is a rest day moves on to the next working day in the direction of counting.
    ///
    /// Only days that decide something are looked up: elapsed time and unrolled calendar days need
    /// no coverage.
    ///
    /// # Errors
    /// [`CalendarError::BeyondCoverage`], [`CalendarError::TooLong`], [`CalendarError::OutOfTime`].
    pub fn add(&self, from: Timestamp, amount: Amount) -> Result<Due, CalendarError> {
        self.add_paused(from, amount, &[])
    }

    /// The same walk with stretches in which the term stands still; what they take is given back
    /// in the unit of the amount.
    ///
    /// Elapsed time stands still by the clock, working time within working hours. In a day count a
    /// day does not count if its end falls into a pause: as many days are given back as midnights
    /// passed, and a pause within one day gives nothing back. Where the day of receipt was paused,
    /// the day of going on stands in for it as day zero. A pause after the end changes nothing.
    /// Amounts that go back do not pause.
    ///
    /// # Errors
    /// As [`Calendar::add`].
    ///
    /// # Panics
    /// If the pauses are not in order or overlap, or if the amount goes back and there are any.
    pub fn add_paused(
        &self,
        from: Timestamp,
        amount: Amount,
        pauses: &[Pause],
    ) -> Result<Due, CalendarError> {
        assert!(pauses.is_empty() || amount.is_positive(), "what goes back does not pause");
        let mut steps = Vec::with_capacity(steps_expected(amount));
        let keep = |stride: Stride<'_>| steps.push(stride.to_step());
        let (at, due_on) = self.walk(from, amount, pauses, keep)?;
        Ok(Due { at, due_on, steps })
    }

    /// The same walk when nobody asks why: [`Due::at`] alone, without keeping the steps.
    ///
    /// # Errors
    /// As [`Calendar::add`].
    pub fn due_at(&self, from: Timestamp, amount: Amount) -> Result<Timestamp, CalendarError> {
        self.walk(from, amount, &[], |_| ()).map(|(at, _)| at)
    }

    fn walk<'c>(
        &'c self,
        from: Timestamp,
        amount: Amount,
        pauses: &[Pause],
        mut keep: impl FnMut(Stride<'c>),
    ) -> Result<(Timestamp, Date), CalendarError> {
        follow_at_most(amount)?;
        let pauses = Pauses::new(self, pauses);
        let receipt = self.local_date(from);
        let mut trail = Trail::from(receipt);
        let mut note = |stride: Stride<'c>| {
            trail.note(&stride);
            keep(stride);
        };
        match amount {
            Amount::Elapsed(time) => {
                let at = self.walk_elapsed(from, time, pauses, &mut note)?;
                Ok((at, self.local_date(at)))
            }
            Amount::WorkingTime(time) => {
                let last_day = self.walk_working_time(from, time, pauses, &mut note)?;
                let at = last_day.instant_after(trail.spent_last, !time.is_negative());
                let at = at.expect("the last day holds the time that was spent on it");
                Ok((at, self.local_date(at)))
            }
            Amount::CalendarDays { days, roll } => {
                self.walk_calendar_days(receipt, (days, roll), pauses, &mut note)?;
                Ok((self.end_of(trail.last_counted)?, trail.last_counted))
            }
            Amount::WorkingDays(days) => {
                self.walk_working_days(receipt, days, pauses, &mut note)?;
                Ok((self.end_of(trail.last_counted)?, trail.last_counted))
            }
        }
    }
}

/// Refuses amounts that no walk could reach the end of, before any of it is walked.
fn follow_at_most(amount: Amount) -> Result<(), CalendarError> {
    let days_max = Calendar::DAYS_WALKED_MAX;
    let days = match amount {
        Amount::Elapsed(time) | Amount::WorkingTime(time) => time.as_hours().unsigned_abs() / 24,
        Amount::CalendarDays { days, .. } | Amount::WorkingDays(days) => days.unsigned_abs().into(),
    };
    if days > days_max.into() { Err(CalendarError::TooLong { days_max }) } else { Ok(()) }
}

/// How many steps to reserve: enough for most terms, never absurd.
fn steps_expected(amount: Amount) -> usize {
    let days = match amount {
        Amount::Elapsed(time) => time.as_hours().unsigned_abs() / 24 + 2,
        Amount::WorkingTime(time) => time.as_hours().unsigned_abs() / 4 + 4,
        Amount::CalendarDays { days, .. } => u64::from(days.unsigned_abs()) + 4,
        Amount::WorkingDays(days) => u64::from(days.unsigned_abs()) * 3 / 2 + 8,
    };
    usize::try_from(days.min(400)).expect("at most 400")
}

#[cfg(test)]
mod tests;

//! How much working time lies between two instants. Must not explain: see `add` for that.

use jiff::{SignedDuration, Timestamp};

use crate::calendar::Calendar;
use crate::error::CalendarError;
use crate::span::Stretches;

/// The working time between two instants; negative for a reversed span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measured {
    /// Working seconds; a fraction of a second is dropped.
    pub working_seconds: i64,
    /// Working days as [`crate::Amount::WorkingDays`] counts them: the local day of the first
    /// instant is day zero, the figure is the number of the second one's day.
    pub working_days: i64,
}

impl Calendar {
    /// Measures from the first to the second instant.
    ///
    /// # Errors
    /// [`CalendarError::BeyondCoverage`] if a day between them is not covered,
    /// [`CalendarError::TooLong`], [`CalendarError::OutOfTime`].
    pub fn measure(&self, from: Timestamp, to: Timestamp) -> Result<Measured, CalendarError> {
        let working = if from <= to {
            self.working_time(from, to)?.as_secs()
        } else {
            -self.working_time(to, from)?.as_secs()
        };
        Ok(Measured { working_seconds: working, working_days: self.working_days(from, to)? })
    }

    /// `from` itself within working hours, else the instant they begin next; the end of an interval
    /// (12:00) is outside.
    ///
    /// # Errors
    /// As [`Calendar::add`].
    pub fn next_working_instant(&self, from: Timestamp) -> Result<Timestamp, CalendarError> {
        self.due_at(from, crate::Amount::WorkingTime(SignedDuration::ZERO))
    }

    fn working_time(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<SignedDuration, CalendarError> {
        let mut total = SignedDuration::ZERO;
        let mut days = self.days_from(self.date_holding(from)?);
        let mut stretches = Stretches::default();
        while self.first_instant(days.date)? < to {
            stretches.load(self, days.date, days.look()?.hours)?;
            stretches.keep_from(from);
            stretches.keep_until(to);
            total += stretches.total();
            days.forward()?;
        }
        Ok(total)
    }

    fn working_days(&self, from: Timestamp, to: Timestamp) -> Result<i64, CalendarError> {
        let (first, last) = (self.local_date(from), self.local_date(to));
        let (forward, sign) = if first <= last { (true, 1) } else { (false, -1) };
        let mut days = self.days_from(first);
        let mut count = 0;
        while days.date != last {
            days.step(forward)?;
            if !days.look()?.hours.is_rest() {
                count += sign;
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests;

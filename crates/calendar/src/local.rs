//! Between instants and the calendar's local clock, through daylight saving. Must not know which
//! days are worked.

use jiff::civil::{Date, DateTime};
use jiff::tz::AmbiguousOffset;
use jiff::{Span, Timestamp};

use crate::calendar::Calendar;
use crate::error::CalendarError;

/// Why a local time is not one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockChange {
    /// The clocks skip it; it was read as the same distance after midnight in elapsed time.
    Skipped,
    /// The clocks show it twice; it was read as the first.
    Twice,
}

impl ClockChange {
    /// The code: `skipped` or `twice`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Twice => "twice",
        }
    }
}

impl Calendar {
    /// The local date at an instant.
    pub fn local_date(&self, at: Timestamp) -> Date {
        self.zone().to_datetime(at).date()
    }

    /// Reads a local time of the calendar's zone, and says if a clock change made it doubtful.
    ///
    /// # Errors
    /// [`CalendarError::OutOfTime`] at the very ends of the years −9999 to 9999.
    pub fn read_local(
        &self,
        local: DateTime,
    ) -> Result<(Timestamp, Option<ClockChange>), CalendarError> {
        let reading = self.zone().to_ambiguous_timestamp(local);
        let change = match reading.offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { .. } => Some(ClockChange::Skipped),
            AmbiguousOffset::Fold { .. } => Some(ClockChange::Twice),
        };
        let at = reading.compatible().map_err(|_| CalendarError::OutOfTime)?;
        Ok((at, change))
    }

    /// The first instant of a local date: midnight, or the end of a gap that swallows midnight.
    pub(crate) fn first_instant(&self, date: Date) -> Result<Timestamp, CalendarError> {
        let (at, change) = self.read_local(date.to_datetime(jiff::civil::Time::midnight()))?;
        if change != Some(ClockChange::Skipped) {
            return Ok(at);
        }
        let after = at.checked_add(Span::new().seconds(1)).map_err(|_| CalendarError::OutOfTime)?;
        Ok(self.zone().preceding(after).next().map_or(at, |transition| transition.timestamp()))
    }

    /// The first instant after a local date.
    pub(crate) fn end_of(&self, date: Date) -> Result<Timestamp, CalendarError> {
        self.first_instant(date.tomorrow().map_err(|_| CalendarError::OutOfTime)?)
    }

    /// The date whose stretch from first instant to first instant holds `at`. Differs from the
    /// local date only where a clock is put back over midnight.
    pub(crate) fn date_holding(&self, at: Timestamp) -> Result<Date, CalendarError> {
        let date = self.local_date(at);
        if self.end_of(date)? <= at {
            return date.tomorrow().map_err(|_| CalendarError::OutOfTime);
        }
        Ok(date)
    }
}

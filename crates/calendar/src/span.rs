//! The working hours of one local day as stretches of real time. Must not walk over days.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::calendar::Calendar;
use crate::error::CalendarError;
use crate::hours::{DAY_SECONDS, Hours, time};

/// Working stretches of a day in order, without overlap; the buffer is reused from day to day.
#[derive(Debug, Default)]
pub(crate) struct Stretches(Vec<(Timestamp, Timestamp)>);

impl Stretches {
    /// Loads a day. A clock change never makes an hour count twice, and nothing of the day falls
    /// outside the day.
    pub(crate) fn load(
        &mut self,
        calendar: &Calendar,
        date: Date,
        hours: &Hours,
    ) -> Result<(), CalendarError> {
        self.0.clear();
        if hours.is_rest() {
            return Ok(());
        }
        let (first, end) = (calendar.first_instant(date)?, calendar.end_of(date)?);
        let read = |seconds: u32| match seconds {
            0 => Ok(first),
            DAY_SECONDS.. => Ok(end),
            _ => calendar.read_local(date.to_datetime(time(seconds))).map(|(at, _)| at),
        };
        for interval in hours.intervals() {
            let (from, until) = (read(interval.from)?, read(interval.until)?.min(end));
            if from < until {
                self.0.push((from, until));
            }
        }
        self.untangle();
        Ok(())
    }

    /// Intervals that a skipped hour pushed over one another become one stretch.
    fn untangle(&mut self) {
        if self.0.is_sorted_by(|a, b| a.1 <= b.0) {
            return;
        }
        self.0.sort_unstable();
        self.0.dedup_by(|later, kept| {
            let overlaps = later.0 <= kept.1;
            if overlaps {
                kept.1 = kept.1.max(later.1);
            }
            overlaps
        });
    }

    /// Forgets what lies before an instant.
    pub(crate) fn keep_from(&mut self, at: Timestamp) {
        for stretch in &mut self.0 {
            stretch.0 = stretch.0.max(at);
        }
        self.0.retain(|(from, until)| from < until);
    }

    /// Forgets what lies at or after an instant.
    pub(crate) fn keep_until(&mut self, at: Timestamp) {
        for stretch in &mut self.0 {
            stretch.1 = stretch.1.min(at);
        }
        self.0.retain(|(from, until)| from < until);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All working time of the day that is kept.
    pub(crate) fn total(&self) -> SignedDuration {
        self.0.iter().map(|(from, until)| until.duration_since(*from)).sum()
    }

    /// The instant at which `spent` of the kept time is over, from the front or from the back;
    /// nothing if there is less.
    pub(crate) fn instant_after(&self, spent: SignedDuration, forward: bool) -> Option<Timestamp> {
        let mut left = spent.abs();
        let count = self.0.len();
        for index in 0..count {
            let (from, until) = self.0[if forward { index } else { count - 1 - index }];
            let length = until.duration_since(from);
            if left <= length {
                return Some(if forward { from + left } else { until - left });
            }
            left -= length;
        }
        None
    }
}

//! The four walks, one per unit: each gives a stride with its reason for every day it passes. Must
//! not decide when the term ends: that is read off the strides.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::pause::{Pause, Pauses};
use super::stride::{Reason, Stride};
use crate::calendar::Calendar;
use crate::error::CalendarError;
use crate::span::Stretches;

impl Calendar {
    pub(super) fn walk_calendar_days<'c>(
        &'c self,
        receipt: Date,
        (days, roll): (i32, bool),
        pauses: Pauses<'_>,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<(), CalendarError> {
        let (forward, last) = (days >= 0, days.unsigned_abs());
        let mut cursor = self.days_from(receipt);
        note(Stride::idle(receipt, Reason::DayOfReceipt));
        let (mut day, mut stands_in) = (0, pauses.hold(receipt));
        while day < last {
            cursor.step(forward)?;
            if skips(pauses, cursor.date, &mut stands_in) {
                note(Stride::idle(cursor.date, Reason::Paused));
                continue;
            }
            day += 1;
            if roll && day == last && cursor.look()?.hours.is_rest() {
                note(Stride::idle(cursor.date, Reason::RolledOver));
            } else {
                note(Stride::counted(cursor.date, day, Reason::CalendarDay));
            }
        }
        let mut resting = roll && cursor.look()?.hours.is_rest();
        while resting {
            cursor.step(forward)?;
            let glance = cursor.look()?;
            let paused = pauses.hold(cursor.date);
            resting = paused || glance.hours.is_rest();
            note(match (paused, resting) {
                (true, _) => Stride::idle(cursor.date, Reason::Paused),
                (false, true) => Stride::idle(cursor.date, Reason::Day(glance)),
                (false, false) => Stride::counted(cursor.date, last, Reason::Day(glance)),
            });
        }
        Ok(())
    }

    pub(super) fn walk_working_days<'c>(
        &'c self,
        receipt: Date,
        days: i32,
        pauses: Pauses<'_>,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<(), CalendarError> {
        let (forward, last) = (days >= 0, days.unsigned_abs());
        let mut cursor = self.days_from(receipt);
        note(Stride::idle(receipt, Reason::DayOfReceipt));
        let (mut day, mut stands_in) = (0, pauses.hold(receipt));
        while day < last {
            cursor.step(forward)?;
            let glance = cursor.look()?;
            if skips(pauses, cursor.date, &mut stands_in) {
                note(Stride::idle(cursor.date, Reason::Paused));
            } else if glance.hours.is_rest() {
                note(Stride::idle(cursor.date, Reason::Day(glance)));
            } else {
                day += 1;
                note(Stride::counted(cursor.date, day, Reason::Day(glance)));
            }
        }
        Ok(())
    }

    /// Returns the instant at which the time is spent.
    pub(super) fn walk_elapsed<'c>(
        &'c self,
        from: Timestamp,
        time: SignedDuration,
        pauses: Pauses<'_>,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<Timestamp, CalendarError> {
        let forward = !time.is_negative();
        let mut left = time;
        for (mut at, pause) in pauses.between(from) {
            let mut cursor = self.days_from(self.date_holding(at)?);
            while pause.is_none_or(|pause| at < pause.from) {
                let midnight = if forward {
                    self.end_of(cursor.date)?
                } else {
                    self.first_instant(cursor.date)?
                };
                let edge = pause.map_or(midnight, |pause| midnight.min(pause.from));
                let available = edge.duration_since(at);
                let reached = left.abs() <= available.abs();
                let spent = if reached { left } else { available };
                let counts = reached || !spent.is_zero();
                note(Stride::timed(cursor.date, counts, Reason::Elapsed, spent));
                if reached {
                    return at.checked_add(spent).map_err(|_| CalendarError::OutOfTime);
                }
                left -= spent;
                at = edge;
                if at == midnight {
                    cursor.step(forward)?;
                }
            }
            self.walk_pause(pause, note)?;
        }
        Err(CalendarError::OutOfTime)
    }

    /// Returns the working time of the last day, on the right side of `from`.
    pub(super) fn walk_working_time<'c>(
        &'c self,
        from: Timestamp,
        time: SignedDuration,
        pauses: Pauses<'_>,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<Stretches, CalendarError> {
        let forward = !time.is_negative();
        let (mut stretches, mut left) = (Stretches::default(), time);
        for (start, pause) in pauses.between(from) {
            let mut cursor = self.days_from(self.date_holding(start)?);
            let runs = |date| match pause {
                Some(pause) => self.first_instant(date).map(|first| first < pause.from),
                None => Ok(true),
            };
            while runs(cursor.date)? {
                let glance = cursor.look()?;
                stretches.load(self, cursor.date, glance.hours)?;
                if forward {
                    stretches.keep_from(start);
                } else {
                    stretches.keep_until(start);
                }
                if let Some(pause) = pause {
                    stretches.keep_until(pause.from);
                }
                let available = if forward { stretches.total() } else { -stretches.total() };
                let reached = !stretches.is_empty() && left.abs() <= available.abs();
                let spent = if reached { left } else { available };
                let rests = glance.hours.is_rest();
                let why = if rests { Reason::Day(glance) } else { Reason::WorkingTime };
                note(Stride::timed(cursor.date, !stretches.is_empty(), why, spent));
                if reached {
                    return Ok(stretches);
                }
                left -= spent;
                cursor.step(forward)?;
            }
            self.walk_pause(pause, note)?;
        }
        Err(CalendarError::OutOfTime)
    }

    /// One row for every day a pause touches.
    fn walk_pause<'c>(
        &'c self,
        pause: Option<Pause>,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<(), CalendarError> {
        let Some(pause) = pause else { return Ok(()) };
        let last = self.local_date(pause.until);
        let mut cursor = self.days_from(self.local_date(pause.from));
        note(Stride::idle(cursor.date, Reason::Paused));
        while cursor.date < last {
            cursor.step(true)?;
            note(Stride::idle(cursor.date, Reason::Paused));
        }
        Ok(())
    }
}

/// Whether a pause takes this day out of a day count. Where the day of receipt itself was paused,
/// the first day that runs again stands in for it, and is not counted either.
fn skips(pauses: Pauses<'_>, day: Date, stands_in: &mut bool) -> bool {
    pauses.hold(day) || std::mem::take(stands_in)
}

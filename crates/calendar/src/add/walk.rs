//! The four walks, one per unit: each gives a stride with its reason for every day it passes. Must
//! not decide when the term ends: that is read off the strides.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::stride::{Reason, Stride};
use crate::calendar::Calendar;
use crate::error::CalendarError;
use crate::span::Stretches;

impl Calendar {
    pub(super) fn walk_calendar_days<'c>(
        &'c self,
        receipt: Date,
        days: i32,
        roll: bool,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<(), CalendarError> {
        let (forward, last) = (days >= 0, days.unsigned_abs());
        let mut cursor = self.days_from(receipt);
        note(Stride::idle(receipt, Reason::DayOfReceipt));
        for day in 1..=last {
            cursor.step(forward)?;
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
            resting = glance.hours.is_rest();
            note(if resting {
                Stride::idle(cursor.date, Reason::Day(glance))
            } else {
                Stride::counted(cursor.date, last, Reason::Day(glance))
            });
        }
        Ok(())
    }

    pub(super) fn walk_working_days<'c>(
        &'c self,
        receipt: Date,
        days: i32,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<(), CalendarError> {
        let (forward, last) = (days >= 0, days.unsigned_abs());
        let mut cursor = self.days_from(receipt);
        note(Stride::idle(receipt, Reason::DayOfReceipt));
        let mut day = 0;
        while day < last {
            cursor.step(forward)?;
            let glance = cursor.look()?;
            if glance.hours.is_rest() {
                note(Stride::idle(cursor.date, Reason::Day(glance)));
            } else {
                day += 1;
                note(Stride::counted(cursor.date, day, Reason::Day(glance)));
            }
        }
        Ok(())
    }

    pub(super) fn walk_elapsed<'c>(
        &'c self,
        from: Timestamp,
        time: SignedDuration,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<(), CalendarError> {
        let forward = !time.is_negative();
        let mut cursor = self.days_from(self.date_holding(from)?);
        let (mut at, mut left) = (from, time);
        loop {
            let edge =
                if forward { self.end_of(cursor.date)? } else { self.first_instant(cursor.date)? };
            let available = edge.duration_since(at);
            let reached = left.abs() <= available.abs();
            let spent = if reached { left } else { available };
            let counts = reached || !spent.is_zero();
            note(Stride::timed(cursor.date, counts, Reason::Elapsed, spent));
            if reached {
                return Ok(());
            }
            left -= spent;
            at = edge;
            cursor.step(forward)?;
        }
    }

    /// Returns the working time of the last day, on the right side of `from`.
    pub(super) fn walk_working_time<'c>(
        &'c self,
        from: Timestamp,
        time: SignedDuration,
        note: &mut impl FnMut(Stride<'c>),
    ) -> Result<Stretches, CalendarError> {
        let forward = !time.is_negative();
        let mut cursor = self.days_from(self.date_holding(from)?);
        let (mut stretches, mut left) = (Stretches::default(), time);
        loop {
            let glance = cursor.look()?;
            stretches.load(self, cursor.date, glance.hours)?;
            if forward {
                stretches.keep_from(from);
            } else {
                stretches.keep_until(from);
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
    }
}

//! Rows of calendars: their days as they were put in force, and the promises they can move.
//! Must not count a day: the caller does.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::value::{Line, Statement, statements, stmt};

/// The days of a calendar as they were put in force. Not rebuilt from events (they hold a digest).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// Its name, which complaints keep.
    pub name: String,
    /// The date of the data, `YYYY-MM-DD`; the newest is in force.
    pub as_of: String,
    /// SHA-256 of `bytes` in hexadecimal.
    pub sha256: String,
    /// The holidays, CSV.
    pub bytes: Vec<u8>,
    /// When they were put in force.
    pub put_in_force_at: Timestamp,
}

/// One running promise that a changed calendar can move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningPromise {
    /// The name of its calendar.
    pub calendar: String,
    /// The first instant that is too late.
    pub due: Timestamp,
    /// The complaint's id.
    pub complaint: String,
    /// Which promise.
    pub promise: String,
    /// Of which round.
    pub round: i64,
    /// The complaint's reference, as printed.
    pub reference: String,
    /// From when it counts.
    pub from_at: Timestamp,
    /// The amount it was set with, `7wd`.
    pub within: String,
    /// When it stood still, as the caller writes it; empty if never.
    pub paused: String,
    /// Digest of the pack the complaint runs under.
    pub policy: String,
}

/// Every running promise of one complaint that a changed calendar can move; none once it closed.
/// They replace those before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningRow {
    /// The complaint's id.
    pub complaint: String,
    /// Its promises.
    pub promises: Vec<RunningPromise>,
}

statements! {
    PUT_CALENDAR = "INSERT INTO calendar (name, as_of, sha256, bytes, put_in_force_at) \
        VALUES ($1, $2, $3, $4, $5)";
    CLEAR_RUNNING = "DELETE FROM running_promise WHERE complaint = $1";
    COUNTED = "DELETE FROM promise_to_count WHERE complaint = $1";
    ADD_RUNNING = "INSERT INTO running_promise (calendar, due, complaint, promise, round, \
        reference, from_at, within, paused, policy) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

impl CalendarRow {
    pub(crate) fn statement(&self) -> Statement<'_> {
        stmt!(PUT_CALENDAR; &self.name, &self.as_of, &self.sha256, &self.bytes,
            self.put_in_force_at)
    }
}

impl RunningRow {
    pub(crate) fn statements(&self, is_new: bool) -> Vec<Statement<'_>> {
        let clear = || vec![stmt!(CLEAR_RUNNING; &self.complaint), self.counted()];
        let mut list = if is_new { Vec::new() } else { clear() };
        list.extend(self.promises.iter().map(|promise| {
            stmt!(ADD_RUNNING; &promise.calendar, promise.due, &self.complaint, &promise.promise,
                promise.round, &promise.reference, promise.from_at, &promise.within,
                &promise.paused, &promise.policy)
        }));
        list
    }

    /// Takes the complaint off the list of those still to be counted.
    pub(crate) fn counted(&self) -> Statement<'_> {
        stmt!(COUNTED; &self.complaint)
    }
}

/// Reads `name, as_of, sha256, bytes, put_in_force_at`.
pub(crate) fn read_calendar(line: &mut Line) -> Result<CalendarRow, StoreError> {
    Ok(CalendarRow {
        name: line.text()?,
        as_of: line.text()?,
        sha256: line.text()?,
        bytes: line.bytes()?,
        put_in_force_at: line.instant()?,
    })
}

/// Reads `calendar, due, complaint, promise, round, reference, from_at, within, paused, policy`.
pub(crate) fn read_running(line: &mut Line) -> Result<RunningPromise, StoreError> {
    Ok(RunningPromise {
        calendar: line.text()?,
        due: line.instant()?,
        complaint: line.text()?,
        promise: line.text()?,
        round: line.int()?,
        reference: line.text()?,
        from_at: line.instant()?,
        within: line.text()?,
        paused: line.text()?,
        policy: line.text()?,
    })
}

//! Calendars put in force, and the running promises they can move.
//! Must not count a day.

use jiff::Timestamp;

use super::{all, first, page};
use crate::error::StoreError;
use crate::rows::{CalendarRow, RunningPromise, read_calendar, read_running};
use crate::store::Store;
use crate::value::{Line, question, statements};

statements! {
    CALENDAR_IN_FORCE = "SELECT name, as_of, sha256, bytes, put_in_force_at FROM calendar \
        WHERE name = $1 ORDER BY as_of DESC LIMIT 1";
    CALENDAR_OF = "SELECT name, as_of, sha256, bytes, put_in_force_at FROM calendar \
        WHERE name = $1 AND as_of = $2";
    CALENDAR_DATE = "SELECT as_of FROM calendar WHERE name = $1 ORDER BY as_of DESC LIMIT 1";
    RUNNING_AFTER = "SELECT calendar, due, complaint, promise, round, reference, from_at, within, \
        paused, policy FROM running_promise WHERE calendar = $1 AND (due, complaint, promise) > \
        ($2, $3, $4) ORDER BY due, complaint, promise LIMIT $5";
    TO_COUNT = "SELECT complaint FROM promise_to_count WHERE complaint > $1 ORDER BY complaint \
        LIMIT $2";
}

/// After which running promise a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningCursor {
    due: Timestamp,
    complaint: String,
    promise: String,
}

impl RunningCursor {
    /// Before every promise due after `now`.
    pub const fn due_after(now: Timestamp) -> Self {
        Self { due: now, complaint: String::new(), promise: String::new() }
    }

    /// After this promise.
    pub fn after(last: &RunningPromise) -> Self {
        Self { due: last.due, complaint: last.complaint.clone(), promise: last.promise.clone() }
    }
}

impl Store {
    /// The days of a calendar in force: those of the newest date.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn calendar_in_force(&self, name: &str) -> Result<Option<CalendarRow>, StoreError> {
        let statement = question!(CALENDAR_IN_FORCE; name);
        self.read(move |reader| first(reader, &statement, read_calendar)).await
    }

    /// The days of a calendar as they were of that date.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn calendar_of(
        &self,
        name: &str,
        as_of: &str,
    ) -> Result<Option<CalendarRow>, StoreError> {
        let statement = question!(CALENDAR_OF; name, as_of);
        self.read(move |reader| first(reader, &statement, read_calendar)).await
    }

    /// The date of the data in force, `YYYY-MM-DD`: cheap enough to ask each second.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn calendar_date(&self, name: &str) -> Result<Option<String>, StoreError> {
        let statement = question!(CALENDAR_DATE; name);
        self.read(move |reader| first(reader, &statement, Line::text)).await
    }

    /// A page of the running promises that the calendar can move, the most urgent first; at most
    /// `limit` and 1,000.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn running_promises(
        &self,
        calendar: &str,
        after: &RunningCursor,
        limit: u32,
    ) -> Result<Vec<RunningPromise>, StoreError> {
        let RunningCursor { due, complaint, promise } = after;
        let statement = question!(RUNNING_AFTER; calendar, *due, complaint, promise, page(limit));
        self.read(move |reader| all(reader, &statement, read_running)).await
    }

    /// Ids of complaints whose promises an earlier program did not keep apart; at most 1,000.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn promises_to_count(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        let statement = question!(TO_COUNT; "", page(limit));
        self.read(move |reader| all(reader, &statement, Line::text)).await
    }
}

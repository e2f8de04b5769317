//! The promise clock: one promise as clock time, what is left of it, and the days that were counted.
//! Must not compute a deadline: state, due and steps are given.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use redress_text::PromiseState;

use super::Words;

/// One promise as shown to both sides.
#[derive(Debug, Clone)]
pub struct Clock {
    /// What is promised, in words of the pack.
    pub what: String,
    /// How the promise stands.
    pub state: PromiseState,
    /// The receipt from which it runs.
    pub from: Timestamp,
    /// The first instant that is too late.
    pub due: Timestamp,
    /// When it was kept, in time or not.
    pub kept_at: Option<Timestamp>,
    /// The amount in words, `3 ngày`.
    pub within: String,
    /// Each day from receipt to the last one; one row for hours.
    pub steps: Vec<StepLine>,
    /// Each time the date moved with the calendar, in order.
    pub moved: Vec<MovedLine>,
}

/// A date that moved with the calendar: both dates and the decree.
#[derive(Debug, Clone)]
pub struct MovedLine {
    /// The first instant that was too late before.
    pub was: Timestamp,
    /// The first instant that was too late from then on.
    pub due: Timestamp,
    /// What changed the days.
    pub sources: Vec<String>,
}

/// One row of the arithmetic.
#[derive(Debug, Clone)]
pub struct StepLine {
    /// The day.
    pub on: Date,
    /// Which counted day it is; `None` when it is not counted.
    pub nth: Option<u32>,
    /// The reason, in words.
    pub why: String,
}

/// The icon that goes with the state of a promise: colour is never the only sign.
pub fn state_icon(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Running | PromiseState::Soon => "clock",
        PromiseState::Late | PromiseState::Missed => "warn",
        PromiseState::Kept => "check",
    }
}

impl StepLine {
    /// Whether the day is counted.
    pub fn counts(&self) -> bool {
        self.nth.is_some()
    }
}

impl Clock {
    /// The state as the stylesheet names it.
    pub fn state_name(&self) -> &'static str {
        self.state.as_str()
    }

    /// The icon that goes with the state.
    pub fn icon(&self) -> &'static str {
        state_icon(self.state)
    }

    /// The clock's own words: `còn 38 phút`, `Đúng hẹn, sau 48 phút`.
    pub fn words(&self, w: &Words) -> String {
        let until = |end: Timestamp, start: Timestamp| end.duration_since(start);
        match (self.state, self.kept_at) {
            (PromiseState::Kept, Some(at)) => {
                w.t1("clock-kept-after", "time", w.span(until(at, self.from)))
            }
            (PromiseState::Missed, Some(at)) => {
                w.t1("clock-missed-by", "time", w.span(until(at, self.due)))
            }
            (PromiseState::Kept | PromiseState::Missed, None) => w.promise_state(&self.state),
            (PromiseState::Late, _) => redress_text::over(w.lang, until(w.now, self.due)),
            (PromiseState::Running | PromiseState::Soon, _) => {
                redress_text::left(w.lang, until(self.due, w.now))
            }
        }
    }

    /// How much of the time is used, in hundredths from 0 to 100.
    pub fn used(&self, w: &Words) -> i64 {
        let whole = self.due.duration_since(self.from).max(SignedDuration::from_secs(1));
        let end = self.kept_at.unwrap_or(w.now);
        let used = end.duration_since(self.from).as_secs().max(0);
        (used.saturating_mul(100) / whole.as_secs().max(1)).min(100)
    }
}

//! The promise clock: one promise as clock time, what is left of it, and the days that were counted.
//! Must not compute a deadline: state, due and steps are given.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use redress_core::calendar::Amount;
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
    /// By how much it is or was late, in the promise's own unit; `None` where only the clock tells.
    pub late: Option<Amount>,
    /// Since when it stands still.
    pub paused_since: Option<Timestamp>,
    /// Each pause so far, in words.
    pub pauses: Vec<String>,
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
    /// Whether it counts.
    pub counts: bool,
    /// Which counted day it is; `None` when it is not counted, or hours are.
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
        PromiseState::Paused => "pause",
        PromiseState::Ended => "lock",
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
            (PromiseState::Missed, at) => {
                let by = self.late.map(|late| redress_text::late_time(w.lang, late));
                let by = by.or_else(|| Some(w.span(until(at?, self.due))));
                by.map_or_else(
                    || w.promise_state(&self.state),
                    |by| w.t1("clock-missed-by", "time", by),
                )
            }
            (PromiseState::Paused, _) => match self.paused_since {
                Some(since) => w.t1("clock-paused-since", "time", w.instant(&since)),
                None => w.promise_state(&self.state),
            },
            (PromiseState::Kept | PromiseState::Ended, _) => w.promise_state(&self.state),
            (PromiseState::Late, _) => match self.late {
                Some(late) => redress_text::over_by(w.lang, late),
                None => redress_text::over(w.lang, until(w.now, self.due)),
            },
            (PromiseState::Running | PromiseState::Soon, _) => {
                redress_text::left(w.lang, until(self.due, w.now))
            }
        }
    }

    /// Whether it stands still, so that nobody can say when it is due.
    pub fn is_paused(&self) -> bool {
        self.state == PromiseState::Paused
    }

    /// How much of the time is used, in hundredths from 0 to 100.
    pub fn used(&self, w: &Words) -> i64 {
        let whole = self.due.duration_since(self.from).max(SignedDuration::from_secs(1));
        let end = self.kept_at.or(self.paused_since).unwrap_or(w.now);
        let used = end.duration_since(self.from).as_secs().max(0);
        (used.saturating_mul(100) / whole.as_secs().max(1)).min(100)
    }
}

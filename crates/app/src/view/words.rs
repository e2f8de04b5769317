//! The arithmetic of promises, for showing.

use jiff::{SignedDuration, Timestamp, civil::Date};
use redress_core::{
    calendar::{Amount, CalendarError, Due, Step, Why},
    complaint::{Event, event::PromiseSet, late, pause, state::Promise},
    policy::Policy,
};

use crate::{Loaded, calendars::days_changed};

/// The day-by-day explanation of a promise: the calendar's own steps, counted again from its rule.
///
/// # Errors
///
/// [`CalendarError`] when the calendar ends first, which it did not when the promise was set.
///
/// Of a promise that stands still, the days until then: nobody knows the others before it goes on.
pub fn steps_of(promise: &Promise, policy: &Policy) -> Result<Due, CalendarError> {
    let mut due = pause::steps(promise, policy)?;
    if let Some(paused) = promise.paused() {
        let first = policy.calendar.local_date(promise.set.from);
        let on = policy.calendar.local_date(paused.from);
        due.steps.retain(|step| step.on < on || step.on == first);
        let (why, time) = (Why::Paused, SignedDuration::ZERO);
        due.steps.push(Step { on, counts: false, day: None, why, time });
    }
    Ok(due)
}

/// By how much a promise is or was late at `now`, in its own unit; `None` in time. Where the
/// calendar no longer knows the days since, by the clock.
pub fn late_in(promise: &Promise, policy: &Policy, now: Timestamp) -> Option<Amount> {
    late::late_in(promise, policy, now).unwrap_or_else(|error| {
        tracing::warn!(error = &error as &dyn std::error::Error, "lateness is told by the clock");
        let late = promise.judged_at(now).duration_since(promise.set.due);
        Some(Amount::Elapsed(SignedDuration::from_secs(late.as_secs())))
    })
}

/// A date that moved with the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMove {
    /// The first instant that was too late before.
    pub due_was: Timestamp,
    /// The first instant that was too late from then on.
    pub due: Timestamp,
    /// The calendar it was counted by from then on, `vn@2026-11-25`.
    pub calendar: String,
    /// The days that changed between receipt and the later of both dates, with the decree.
    pub because: Vec<(Date, String)>,
}

/// Every move of a promise, in order: both dates, and the decree behind them.
#[expect(clippy::wildcard_enum_match_arm, reason = "only some events set dates")]
pub fn moves_of(loaded: &Loaded, promise: &Promise) -> Vec<DateMove> {
    let mut before = None;
    let mut moves = Vec::new();
    for told in &loaded.history {
        let set = |all: &[PromiseSet]| {
            let own = |set: &&PromiseSet| {
                set.promise == promise.set.promise && set.round == promise.set.round
            };
            all.iter().find(own).map(|set| set.calendar.clone())
        };
        match &told.event {
            Event::ComplaintOpened(e) => before = set(&e.promises).or(before),
            Event::RoundOpened(e) => before = set(&e.promises).or(before),
            Event::PromiseMoved(e)
                if e.promise == promise.set.promise && e.round == promise.set.round =>
            {
                let was = loaded.policy_counting_by(before.as_deref().unwrap_or_default());
                let now = loaded.policy_counting_by(&e.calendar);
                let until = now.calendar.local_date(e.due.max(e.due_was));
                let span = now.calendar.local_date(promise.set.from)..=until;
                let days = days_changed(&was.calendar, &now.calendar).into_iter();
                let days = days.filter(|day| span.contains(&day.now.date));
                let source = |day: crate::DayChanged| {
                    let source = day.now.source.or(day.was.source).unwrap_or_default();
                    (day.now.date, source.to_string())
                };
                moves.push(DateMove {
                    due_was: e.due_was,
                    due: e.due,
                    calendar: e.calendar.clone(),
                    because: days.map(source).collect(),
                });
                before = Some(e.calendar.clone());
            }
            _ => {}
        }
    }
    moves
}

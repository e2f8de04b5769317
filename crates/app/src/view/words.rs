//! The arithmetic of promises, for showing.

use jiff::{SignedDuration, Timestamp};
use redress_core::{
    calendar::{Amount, CalendarError, Due, Step, Why},
    complaint::{late, pause, state::Promise},
    policy::Policy,
};

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

//! A promise that stands still and goes on: what is given back, and when it is due now (A20).
//! Must not judge whether it may; `decide` does. There is no second arithmetic: the calendar's
//! walk takes the pauses.

use jiff::Timestamp;
use redress_calendar::{Amount, CalendarError, Due, Pause};

use super::{
    event::PromiseResumed,
    promise::rule_of,
    state::{PauseMade, Promise},
};
use crate::policy::{Policy, PromiseRule};

/// The day-by-day arithmetic of a promise, with what it stood still so far: `due` is its end.
///
/// A pause that still stands gives nothing back yet; nobody knows how long it will last.
///
/// # Errors
///
/// [`CalendarError`] when the calendar ends first, which it did not when the promise was set.
pub fn steps(promise: &Promise, policy: &Policy) -> Result<Due, CalendarError> {
    match within(promise, policy) {
        Some(within) => count(promise, policy, within, &promise.pauses),
        None => Ok(Due { at: promise.set.due, due_on: promise.set.due_on, steps: vec![] }),
    }
}

/// The amount a promise was set with; where it cannot be read, that of the rule.
pub fn within(promise: &Promise, policy: &Policy) -> Option<Amount> {
    promise.set.within.parse().ok().or_else(|| rule_of(policy, promise).map(|rule| rule.within))
}

fn count(
    promise: &Promise,
    policy: &Policy,
    within: Amount,
    pauses: &[PauseMade],
) -> Result<Due, CalendarError> {
    let over = |pause: &PauseMade| Some(Pause { from: pause.from, until: pause.until? });
    let pauses: Vec<Pause> = pauses.iter().filter_map(over).collect();
    policy.calendar.add_paused(promise.set.from, within, &pauses)
}

/// The event by which a paused promise goes on at `at`, with its date by what was paused.
///
/// Warnings still to come move with the date; those that went out are not repeated.
///
/// # Errors
///
/// [`CalendarError`] when the calendar ends before the promise falls due.
pub fn resumed(
    promise: &Promise,
    policy: &Policy,
    at: Timestamp,
    safety: bool,
) -> Result<PromiseResumed, CalendarError> {
    let mut pauses = promise.pauses.clone();
    let at = match pauses.last_mut() {
        Some(pause) => {
            let at = at.max(pause.from);
            pause.until = Some(at);
            at
        }
        None => at,
    };
    let (due, due_on) = match within(promise, policy) {
        Some(within) => {
            let due = count(promise, policy, within, &pauses)?;
            (due.at, due.due_on)
        }
        None => (promise.set.due, promise.set.due_on),
    };
    let shift = due.duration_since(promise.set.due);
    let at_once = safety || rule_of(policy, promise).is_none_or(PromiseRule::warns_at_once);
    let mut warn_at = promise.set.warn_at.clone();
    for warning in warn_at.iter_mut().skip(promise.warned) {
        let moved = warning.saturating_add(shift).unwrap_or(due).min(due.max(*warning));
        *warning = if at_once { moved } else { policy.calendar.next_working_instant(moved)? };
    }
    Ok(PromiseResumed {
        promise: promise.set.promise.clone(),
        round: promise.set.round,
        at,
        due,
        due_on,
        warn_at,
        calendar: policy.calendar.id().to_string(),
        words: None,
    })
}

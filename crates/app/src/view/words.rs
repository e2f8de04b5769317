//! The arithmetic of promises, for showing.

use redress_core::{
    calendar::{CalendarError, Due},
    complaint::state::Promise,
    policy::Policy,
};

/// The day-by-day explanation of a promise: the calendar's own steps, counted again from its rule.
///
/// # Errors
///
/// [`CalendarError`] when the calendar ends first, which it did not when the promise was set.
pub fn steps_of(promise: &Promise, policy: &Policy) -> Result<Due, CalendarError> {
    let rule = redress_core::complaint::promise::rule_of(policy, promise).map(|rule| rule.within);
    let within = promise.set.within.parse().ok().or(rule);
    match within {
        Some(within) => policy.calendar.add(promise.set.from, within),
        None => Ok(Due { at: promise.set.due, due_on: promise.set.due_on, steps: vec![] }),
    }
}

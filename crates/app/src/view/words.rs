//! Instants of a complaint in words, for messages.

use jiff::Timestamp;
use redress_calendar::{CalendarError, Due};
use redress_core::{complaint::state::Promise, kinds::Lang, policy::Policy};

use crate::Loaded;

/// Until when the complainant may disagree if the result reached them now.
pub fn objection_words(loaded: &Loaded, now: Timestamp, lang: Lang) -> String {
    let policy = &loaded.pack.policy;
    let due = policy.calendar.add(now, policy.rounds.objection.within);
    due.map(|due| redress_text::due(lang, due.at, policy.calendar.zone(), now)).unwrap_or_default()
}

/// When the next promise falls due; empty when none runs.
pub fn next_due_words(loaded: &Loaded, now: Timestamp, lang: Lang) -> String {
    let zone = loaded.pack.policy.calendar.zone();
    loaded
        .complaint
        .next_promise()
        .map(|promise| redress_text::due(lang, promise.set.due, zone, now))
        .unwrap_or_default()
}

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

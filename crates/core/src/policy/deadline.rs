//! When a promise falls due, and which ways lead back. Pure.
//! Must not know whether a promise was kept.

use jiff::Timestamp;
use redress_calendar::{CalendarError, Due};

use super::model::{ChannelRule, Policy, WayBack};
use crate::kinds::ChannelKind;

/// Why no deadline can be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// The pack has no such promise in that round.
    #[error("the policy `{policy}` has no promise `{promise}` in round {round}; it has: {known}")]
    UnknownPromise {
        /// Name and version of the pack.
        policy: String,
        /// The promise asked for.
        promise: String,
        /// The round asked for.
        round: u8,
        /// The promises there are, each with its rounds.
        known: String,
    },
    /// The calendar cannot say.
    #[error("the calendar cannot say when `{promise}` falls due")]
    Calendar {
        /// The promise asked for.
        promise: String,
        /// Why.
        source: CalendarError,
    },
}

/// When the promise `promise` of `round` falls due for a request received at `received`.
///
/// # Errors
///
/// [`DeadlineError`] for a promise the pack does not make, or past the calendar's coverage.
pub fn deadline(
    policy: &Policy,
    promise: &str,
    round: u8,
    received: Timestamp,
) -> Result<Due, DeadlineError> {
    let rule = policy.promise(promise, round).ok_or_else(|| DeadlineError::UnknownPromise {
        policy: policy.name(),
        promise: promise.to_owned(),
        round,
        known: known(policy),
    })?;
    policy
        .calendar
        .add(received, rule.within)
        .map_err(|source| DeadlineError::Calendar { promise: promise.to_owned(), source })
}

fn known(policy: &Policy) -> String {
    let rows: Vec<String> =
        policy.promises.iter().map(|rule| format!("{} {:?}", rule.id, rule.rounds)).collect();
    rows.join(", ")
}

/// The ways back of a channel in order; `wish` is what the person asked for, each way once.
pub fn ways_back(rule: &ChannelRule, wish: Option<ChannelKind>) -> Vec<ChannelKind> {
    let mut ways = Vec::new();
    for way in &rule.answer {
        let kind = match way {
            WayBack::Wish => wish,
            WayBack::Channel(kind) => Some(*kind),
        };
        ways.extend(kind.filter(|kind| !ways.contains(kind)));
    }
    ways
}

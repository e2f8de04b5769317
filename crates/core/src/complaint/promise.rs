//! Promises from events: set with their arithmetic, kept by what the policy says keeps them.
//! There is no second algorithm: `due` is what the calendar's explained steps end in.

use jiff::{SignedDuration, Timestamp};
use redress_calendar::{Amount, CalendarError};

use super::{
    Complaint, Event,
    event::{PromiseKept, PromiseRevived, PromiseSet, RouteSet},
    state::{Attempt, AttemptFate, Promise},
    vocabulary::Purpose,
};
use crate::{
    kinds::About,
    policy::{AfterWait, KeptBy, Policy, PromiseRule},
};

/// The promises of `round`, counted from `from`.
///
/// A round beyond the pack's last keeps the promises of the last. Where people are in danger,
/// working time counts as elapsed time (A3).
///
/// # Errors
///
/// [`CalendarError::BeyondCoverage`] when the calendar ends before a promise falls due.
pub fn set(
    policy: &Policy,
    round: u8,
    from: Timestamp,
    safety: bool,
) -> Result<Vec<PromiseSet>, CalendarError> {
    let round_of_rules = round.min(policy.rounds.max.max(1));
    policy
        .promises
        .iter()
        .filter(|rule| rule.rounds.contains(&round_of_rules))
        .map(|rule| one(policy, rule, round, from, safety))
        .collect()
}

fn one(
    policy: &Policy,
    rule: &PromiseRule,
    round: u8,
    from: Timestamp,
    safety: bool,
) -> Result<PromiseSet, CalendarError> {
    let within = match (rule.within, safety) {
        (Amount::WorkingTime(time), true) => Amount::Elapsed(time),
        (amount, _) => amount,
    };
    let due = policy.calendar.add(from, within)?;
    Ok(PromiseSet {
        promise: rule.id.clone(),
        round,
        within: within.to_string(),
        from,
        due: due.at,
        due_on: due.due_on,
        calendar: policy.calendar.id().to_string(),
        warn_at: warnings(policy, rule, within, (from, due.at), safety)?,
    })
}

/// When the warnings of a promise go out that runs `from` one instant `until` another.
///
/// # Errors
///
/// [`CalendarError::BeyondCoverage`] when no working time follows a warning.
pub(super) fn warnings(
    policy: &Policy,
    rule: &PromiseRule,
    within: Amount,
    (from, until): (Timestamp, Timestamp),
    safety: bool,
) -> Result<Vec<Timestamp>, CalendarError> {
    let warning = |share: &u16| {
        if rule.warns_at_once() || safety {
            return Ok(share_of(from, until, *share));
        }
        match within {
            // Its own unit never falls at night.
            Amount::WorkingTime(time) => {
                let part = Amount::WorkingTime(part(time, *share));
                Ok(policy.calendar.add(from, part)?.at.min(until))
            }
            Amount::Elapsed(_) | Amount::CalendarDays { .. } | Amount::WorkingDays(_) => {
                waits(policy, (from, until), share_of(from, until, *share))
            }
        }
    };
    rule.warn.at_permille.iter().map(warning).collect()
}

/// When a warning goes out that waits for working time: before the promise is broken, if it was meant
/// to. Over a weekend or a holiday it comes at the end of the last working time before; where there
/// is none since the promise runs, at once.
fn waits(
    policy: &Policy,
    (from, until): (Timestamp, Timestamp),
    at: Timestamp,
) -> Result<Timestamp, CalendarError> {
    let next = policy.calendar.next_working_instant(at)?;
    if at >= until || next < until {
        return Ok(next);
    }
    let last = policy.calendar.add(until, Amount::WorkingTime(-SignedDuration::from_mins(1)))?.at;
    Ok(if last > from { last.min(at) } else { at })
}

/// The instant at which `permille` of the time from `from` to `due` has passed.
fn share_of(from: Timestamp, due: Timestamp, permille: u16) -> Timestamp {
    let (from, whole) = (from.as_microsecond(), due.as_microsecond() - from.as_microsecond());
    let passed = whole.saturating_mul(i64::from(permille)) / 1000;
    Timestamp::from_microsecond(from.saturating_add(passed)).unwrap_or(due)
}

fn part(time: SignedDuration, permille: u16) -> SignedDuration {
    let micros = time.as_micros().saturating_mul(i128::from(permille)) / 1000;
    i64::try_from(micros).map_or(time, SignedDuration::from_micros)
}

/// When step `nth` of a promise's ladder (from 1) goes out; `None` beyond its last.
///
/// As it was set; but where people are in danger no step waits for working time, also when that
/// became known only later.
pub fn warns_at(policy: &Policy, promise: &Promise, nth: usize, safety: bool) -> Option<Timestamp> {
    let place = nth.checked_sub(1)?;
    let set_at = promise.set.warn_at.get(place).copied()?;
    let rule = rule_of(policy, promise).filter(|_| safety);
    let share = rule.and_then(|rule| rule.warn.at_permille.get(place));
    Some(
        share.map_or(set_at, |share| {
            set_at.min(share_of(promise.set.from, promise.set.due, *share))
        }),
    )
}

/// The route of the policy for `about`, with the instant at which it hands over by itself.
///
/// # Errors
///
/// [`CalendarError::BeyondCoverage`] when the calendar ends within the wait.
pub fn route(
    policy: &Policy,
    about: About,
    safety: bool,
    now: Timestamp,
) -> Result<RouteSet, CalendarError> {
    let route = policy.route(about);
    let by_itself_at = match policy.handover.then {
        AfterWait::Stay => None,
        AfterWait::Route if safety && !policy.handover.safety_waits => Some(now),
        AfterWait::Route => Some(policy.calendar.add(now, policy.handover.wait)?.at),
    };
    Ok(RouteSet { to: route.to.clone(), join: route.join.clone(), by_itself_at })
}

/// What just reached the complainant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The automatic acknowledgement.
    Acknowledgement,
    /// Words of a person.
    Reply,
    /// The result, which also counts as a reply (A33).
    Result,
}

/// The promises of the complaint's running round that `reach` keeps at `at`.
pub fn kept(complaint: &Complaint, policy: &Policy, reach: Reach, at: Timestamp) -> Vec<Event> {
    let round = complaint.round().number;
    complaint
        .promises
        .iter()
        .filter(|promise| promise.set.round == round && promise.waits())
        .filter(|promise| keeps(rule_of(policy, promise), reach))
        .map(|promise| {
            let late = at >= promise.set.due;
            PromiseKept { promise: promise.set.promise.clone(), round, kept_at: at, late }.into()
        })
        .collect()
}

/// What becomes of the promises that `failed` kept, now that it did not arrive (A34): each runs
/// again with its old due date, or is kept by what reached the person next.
///
/// `complaint` already knows of the failure; `failed` is the attempt as it stood before.
pub fn after_failure(complaint: &Complaint, policy: &Policy, failed: &Attempt) -> Vec<Event> {
    let AttemptFate::Reached(was_kept_at) = failed.fate else { return vec![] };
    let round = failed.round;
    if round != complaint.round().number {
        return vec![];
    }
    let mut events = Vec::new();
    for promise in complaint.promises.iter().filter(|promise| promise.set.round == round) {
        let rule = rule_of(policy, promise);
        if promise.kept_at != Some(was_kept_at) || !keeps(rule, reach(failed.purpose)) {
            continue;
        }
        let others = complaint.attempts.iter().filter(|attempt| {
            attempt.round == round && attempt.id != failed.id && keeps(rule, reach(attempt.purpose))
        });
        let next = others.filter_map(|attempt| complaint.reached_at(attempt.id)).min();
        if next == Some(was_kept_at) {
            continue;
        }
        let id = &promise.set.promise;
        events.push(PromiseRevived { promise: id.clone(), round }.into());
        if let Some(at) = next {
            let late = at >= promise.set.due;
            events.push(PromiseKept { promise: id.clone(), round, kept_at: at, late }.into());
        }
    }
    events
}

pub(super) const fn reach(purpose: Purpose) -> Reach {
    match purpose {
        Purpose::Acknowledgement | Purpose::DateMoved => Reach::Acknowledgement,
        Purpose::Message | Purpose::EvidenceRequest => Reach::Reply,
        Purpose::Response => Reach::Result,
    }
}

/// The rule a promise was set by.
pub fn rule_of<'p>(policy: &'p Policy, promise: &Promise) -> Option<&'p PromiseRule> {
    let round = promise.set.round.min(policy.rounds.max.max(1));
    policy.promise(&promise.set.promise, round)
}

pub(super) fn keeps(rule: Option<&PromiseRule>, reach: Reach) -> bool {
    rule.is_some_and(|rule| match (rule.kept_by, reach) {
        (KeptBy::ResultSent, Reach::Result)
        | (KeptBy::PersonReply, Reach::Reply | Reach::Result)
        | (KeptBy::AnyReply, _) => true,
        (KeptBy::ResultSent | KeptBy::PersonReply, _) => false,
    })
}

//! What becomes of running promises when the days of a calendar change (A18): which dates move,
//! which are held. Must not touch what was kept, missed or ended, nor read a clock.

use std::cmp::Ordering;

use jiff::Timestamp;
use redress_calendar::{Amount, Calendar, CalendarError, Pause};

use super::{
    Complaint,
    event::PromiseMoved,
    promise::{rule_of, warnings},
    state::Promise,
};
use crate::policy::{Policy, PromiseRule};

/// A running promise, as far as counting it again needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The amount it was set with.
    pub within: Amount,
    /// From when it counts.
    pub from: Timestamp,
    /// The first instant that is too late, as it stands.
    pub due: Timestamp,
    /// When it stood still.
    pub pauses: Vec<Pause>,
}

impl Counted {
    /// When it falls due by a calendar, and on which day.
    fn by(&self, calendar: &Calendar) -> Result<Timestamp, CalendarError> {
        if self.pauses.is_empty() {
            return calendar.due_at(self.from, self.within);
        }
        Ok(calendar.add_paused(self.from, self.within, &self.pauses)?.at)
    }
}

/// Why a date stays though it would be another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldFor {
    /// It would be later, against the complainant, and the policy does not allow it.
    Later,
    /// It would be earlier than now: nobody could keep it.
    Passed,
}

/// What becomes of a running promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Its date is the same, or has passed already.
    Stays,
    /// It falls due at another instant.
    Moves(Timestamp),
    /// It would fall due then, and keeps the date that was told.
    Held(Timestamp, HeldFor),
}

/// What becomes of a promise by the calendar of `policy`, which is the changed one.
///
/// # Errors
///
/// [`CalendarError::BeyondCoverage`] when the changed calendar ends before the promise falls due.
pub fn fate(policy: &Policy, counted: &Counted, now: Timestamp) -> Result<Fate, CalendarError> {
    if counted.due <= now {
        return Ok(Fate::Stays);
    }
    let due = counted.by(&policy.calendar)?;
    Ok(match due.cmp(&counted.due) {
        Ordering::Equal => Fate::Stays,
        Ordering::Greater if policy.moves.later => Fate::Moves(due),
        Ordering::Greater => Fate::Held(due, HeldFor::Later),
        Ordering::Less if due <= now => Fate::Held(due, HeldFor::Passed),
        Ordering::Less => Fate::Moves(due),
    })
}

/// A promise as [`fate`] needs it; `None` for an amount that no calendar can move, and for one that
/// stands still: it is counted by the days in force when it goes on.
pub fn counted(promise: &Promise) -> Option<Counted> {
    let set = &promise.set;
    let within: Amount = set.within.parse().ok()?;
    let pauses: Option<Vec<Pause>> = promise
        .pauses
        .iter()
        .map(|pause| Some(Pause { from: pause.from, until: pause.until? }))
        .collect();
    let pauses = pauses?;
    let by_calendar = match within {
        Amount::Elapsed(_) | Amount::CalendarDays { roll: false, .. } => false,
        Amount::WorkingTime(_)
        | Amount::WorkingDays(_)
        | Amount::CalendarDays { roll: true, .. } => true,
    };
    by_calendar.then_some(Counted { within, from: set.from, due: set.due, pauses })
}

/// The running promises of an open complaint that a changed calendar can move.
pub fn movable(complaint: &Complaint) -> impl Iterator<Item = (&Promise, Counted)> {
    let open = complaint.stage.is_open();
    let running = complaint.running_promises().filter(move |promise| open && !promise.missed);
    running.filter_map(|promise| Some((promise, counted(promise)?)))
}

/// The moves of an open complaint's running promises by the calendar of `policy`.
///
/// # Errors
///
/// As [`fate`].
pub fn moves(
    complaint: &Complaint,
    policy: &Policy,
    now: Timestamp,
) -> Result<Vec<PromiseMoved>, CalendarError> {
    let mut moved = Vec::new();
    for (promise, counted) in movable(complaint) {
        if let Fate::Moves(due) = fate(policy, &counted, now)? {
            moved.push(to(complaint, policy, promise, &counted, due)?);
        }
    }
    Ok(moved)
}

/// The warnings still to come, as far from the new date as they were from the old one.
fn shifted(
    policy: &Policy,
    promise: &Promise,
    due: Timestamp,
) -> Result<Vec<Timestamp>, CalendarError> {
    let by = due.duration_since(promise.set.due);
    let at_once = rule_of(policy, promise).is_none_or(PromiseRule::warns_at_once);
    let warnings = promise.set.warn_at.iter().enumerate().map(|(n, warning)| {
        if n < promise.warned {
            return Ok(*warning);
        }
        let moved = warning.saturating_add(by).unwrap_or(due);
        if at_once { Ok(moved) } else { policy.calendar.next_working_instant(moved) }
    });
    warnings.collect()
}

fn to(
    complaint: &Complaint,
    policy: &Policy,
    promise: &Promise,
    counted: &Counted,
    due: Timestamp,
) -> Result<PromiseMoved, CalendarError> {
    let set = &promise.set;
    let warn_at = match rule_of(policy, promise) {
        // What it stood still shifted its warnings already: they go with the date.
        _ if !counted.pauses.is_empty() => shifted(policy, promise, due)?,
        Some(rule) => warnings(policy, rule, counted.within, (set.from, due), complaint.safety)?,
        None => set.warn_at.clone(),
    };
    Ok(PromiseMoved {
        promise: set.promise.clone(),
        round: set.round,
        due_was: set.due,
        due,
        due_on: policy.calendar.add_paused(set.from, counted.within, &counted.pauses)?.due_on,
        warn_at,
        calendar: policy.calendar.id().to_string(),
    })
}

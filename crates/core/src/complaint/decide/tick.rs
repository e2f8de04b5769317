//! Time went on: what the policy does by itself. Each step happens once, late or not, so that a
//! server that was down catches up without a storm.

use jiff::Timestamp;

use super::{
    super::{
        Complaint, Refusal, Stage,
        event::{HandedOver, HandoverWords, PromiseMissed, PromiseWarned},
        promise::rule_of,
        vocabulary::ClosedAs,
    },
    Draft, close, remind,
};
use crate::policy::{Policy, Silence, WarnTo};

pub(super) fn tick(d: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    remind::remind(d);
    if !d.complaint.stage.is_open() {
        return Ok(());
    }
    warn(d);
    hand_over(d);
    silence(d)
}

fn warn(d: &mut Draft<'_, '_>) {
    let now = d.at.now;
    let promises: Vec<_> = d.complaint.running_promises().cloned().collect();
    for promise in &promises {
        let due_steps = promise.set.warn_at.iter().filter(|at| **at <= now).count();
        if due_steps > promise.warned {
            let to =
                rule_of(d.at.policy, promise).map(|rule| &rule.warn.to[..]).unwrap_or_default();
            let mut reached: Vec<WarnTo> = to.iter().copied().take(due_steps).collect();
            if d.complaint.safety {
                reached.push(d.at.policy.safety.page);
            }
            reached.sort_unstable();
            reached.dedup();
            d.push(PromiseWarned {
                promise: promise.set.promise.clone(),
                round: promise.set.round,
                step: u8::try_from(due_steps).unwrap_or(u8::MAX),
                to: reached.into_iter().map(|to| word(to).to_owned()).collect(),
            });
        }
        if now >= promise.set.due && !promise.missed {
            d.push(PromiseMissed {
                promise: promise.set.promise.clone(),
                round: promise.set.round,
            });
        }
    }
}

const fn word(to: WarnTo) -> &'static str {
    match to {
        WarnTo::Duty => "duty",
        WarnTo::Holder => "holder",
        WarnTo::Head => "head",
        WarnTo::Director => "director",
    }
}

/// Nobody handed over within the wait: the route does, and says so (A12).
fn hand_over(d: &mut Draft<'_, '_>) {
    let route = d.complaint.round().route.clone();
    let waits = d.complaint.stage == Stage::Received;
    if waits && route.by_itself_at.is_some_and(|at| at <= d.at.now) {
        let words = Some(HandoverWords { note: None });
        d.push(HandedOver { to: route.to, join: route.join, automatic: true, words });
    }
}

/// The term to disagree passed in silence (A9).
fn silence(d: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    if silent_at(&d.complaint, d.at.policy).is_some_and(|at| at <= d.at.now) {
        let agreed = d.complaint.round().agreed;
        let closed_as = if agreed { ClosedAs::Agreed } else { ClosedAs::NoObjection };
        return close::close_as(d, closed_as, None);
    }
    Ok(())
}

fn silent_at(c: &Complaint, policy: &Policy) -> Option<Timestamp> {
    let silent = c.stage == Stage::Answered
        && c.round().disagreed_at.is_none()
        && !c.waits_for_person
        && policy.rounds.objection.silence == Silence::Close
        && (c.round().agreed || !c.safety || policy.safety.auto_close);
    c.round().objection_until.filter(|_| silent)
}

/// The next instant at which [`super::decide`] of a tick has something to do; `None` when nothing
/// will happen by itself.
pub fn next_timer_at(complaint: &Complaint, policy: &Policy) -> Option<Timestamp> {
    let reminder = remind::next_at(complaint);
    if !complaint.stage.is_open() {
        return reminder;
    }
    let warnings = complaint
        .running_promises()
        .filter_map(|promise| promise.set.warn_at.get(promise.warned).copied());
    let lapses = complaint
        .running_promises()
        .filter(|promise| !promise.missed)
        .map(|promise| promise.set.due);
    let gate = complaint.round().route.by_itself_at.filter(|_| complaint.stage == Stage::Received);
    warnings.chain(lapses).chain(gate).chain(silent_at(complaint, policy)).chain(reminder).min()
}

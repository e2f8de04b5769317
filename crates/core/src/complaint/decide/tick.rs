//! Time went on: what the policy does by itself. Each step happens once, late or not, so that a
//! server that was down catches up without a storm.

use jiff::Timestamp;

use super::{
    super::{
        Complaint, Refusal, Stage,
        event::{HandedOver, HandoverWords, PromiseMissed, PromiseWarned},
        promise,
        state::Promise,
        vocabulary::ClosedAs,
    },
    Draft, close, remind,
};
use crate::policy::{Policy, Silence};

pub(super) fn tick(d: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    remind::remind(d);
    if !d.complaint.stage.is_open() {
        return Ok(());
    }
    warn(d);
    hand_over(d);
    silence(d)
}

/// One event for each step whose time has come, however late: the ladder is climbed rung by rung.
fn warn(d: &mut Draft<'_, '_>) {
    let (now, policy, safety) = (d.at.now, d.at.policy, d.complaint.safety);
    let promises: Vec<_> = d.complaint.running_promises().cloned().collect();
    for promise in &promises {
        let (id, round) = (&promise.set.promise, promise.set.round);
        let steps = (promise.warned + 1..).map_while(|step| {
            let at = promise::warns_at(policy, promise, step, safety)?;
            (at <= now).then_some(step)
        });
        for step in steps {
            d.push(PromiseWarned {
                promise: id.clone(),
                round,
                step: u8::try_from(step).unwrap_or(u8::MAX),
                to: reached(policy, promise, step, safety),
            });
        }
        if now >= promise.set.due && !promise.missed {
            d.push(PromiseMissed { promise: id.clone(), round });
        }
    }
}

/// Whom a step reaches, as events spell it.
fn reached(policy: &Policy, promise: &Promise, step: usize, safety: bool) -> Vec<String> {
    let mut rungs =
        promise::rule_of(policy, promise).map(|rule| rule.rungs(step)).unwrap_or_default();
    if safety {
        rungs.push(policy.safety.page);
    }
    rungs.sort_unstable();
    rungs.dedup();
    rungs.into_iter().map(|rung| rung.as_str().to_owned()).collect()
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
    let safety = complaint.safety;
    let warnings = complaint
        .running_promises()
        .filter_map(|promise| promise::warns_at(policy, promise, promise.warned + 1, safety));
    let lapses = complaint
        .running_promises()
        .filter(|promise| !promise.missed)
        .map(|promise| promise.set.due);
    let gate = complaint.round().route.by_itself_at.filter(|_| complaint.stage == Stage::Received);
    warnings.chain(lapses).chain(gate).chain(silent_at(complaint, policy)).chain(reminder).min()
}

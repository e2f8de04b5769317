//! Pausing a promise and letting it go on, where the policy allows it (A20). People in danger do
//! not wait: their promises never stand still.

use jiff::Timestamp;

use super::{
    super::{
        Refusal, RefusalCode, Stage,
        command::{Pause, Resume},
        event::{PausedWords, PromisePaused, ResumedWords},
        pause,
        state::Promise,
        vocabulary::PauseCategory,
    },
    Draft, beyond_calendar, some,
};

pub(super) fn pause(d: &mut Draft<'_, '_>, body: &Pause) -> Result<(), Refusal> {
    let promise = named(d, &body.promise)?;
    let category = body.category.unwrap_or(PauseCategory::WaitingForComplainant);
    allowed(d, &promise, category)?;
    let at = d.stated(body.at)?;
    over(d, &promise)?;
    if promise.paused().is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyPaused, "pause"));
    }
    after_last(&promise, at)?;
    d.push(PromisePaused {
        promise: promise.set.promise.clone(),
        round: promise.set.round,
        category,
        at,
        words: Some(PausedWords { reason: body.reason.clone() }),
    });
    Ok(())
}

pub(super) fn resume(d: &mut Draft<'_, '_>, body: &Resume) -> Result<(), Refusal> {
    let promise = named(d, &body.promise)?;
    let at = d.stated(body.at)?;
    let Some(pause) = promise.paused().copied() else {
        over(d, &promise)?;
        return Err(Refusal::new(RefusalCode::NotPaused, "pause"));
    };
    if at < pause.from {
        return Err(Refusal::new(RefusalCode::BeforePause, "pause").with("since", pause.from));
    }
    go_on(d, &promise, at, some(body.reason.as_ref()))
}

/// The promise of the running round with this id.
fn named(d: &Draft<'_, '_>, id: &str) -> Result<Promise, Refusal> {
    let round = d.complaint.round().number;
    let known = d.complaint.promises.iter();
    let found = known.clone().find(|p| p.set.promise == id && p.set.round == round);
    found
        .cloned()
        .ok_or_else(|| Refusal::new(RefusalCode::UnknownPromise, "promises").with("promise", id))
}

fn allowed(d: &Draft<'_, '_>, promise: &Promise, category: PauseCategory) -> Result<(), Refusal> {
    let rule = &d.at.policy.pause;
    let no = |rule| Err(Refusal::new(RefusalCode::PauseForbidden, rule));
    if !rule.allowed {
        return no("pause.allowed");
    }
    if !rule.promises.contains(&promise.set.promise) {
        return no("pause.promises");
    }
    if !rule.categories.contains(&category) {
        return no("pause.categories");
    }
    if d.complaint.safety {
        return Err(Refusal::new(RefusalCode::SafetyNotPaused, "safety"));
    }
    Ok(())
}

/// Refuses for a promise that is kept, ended, or whose time is over: a miss is not undone by
/// looking back.
fn over(d: &Draft<'_, '_>, promise: &Promise) -> Result<(), Refusal> {
    let paused = promise.paused().is_some();
    let answered = d.complaint.stage == Stage::Answered;
    if !promise.waits() || answered || (!paused && d.at.now >= promise.set.due) {
        return Err(Refusal::new(RefusalCode::PromiseOver, "promises"));
    }
    Ok(())
}

/// A promise that went on already is not paused from before that.
fn after_last(promise: &Promise, at: Timestamp) -> Result<(), Refusal> {
    match promise.pauses.last().and_then(|pause| pause.until) {
        Some(since) if at < since => {
            Err(Refusal::new(RefusalCode::BeforeResumption, "pause").with("since", since))
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn go_on(
    d: &mut Draft<'_, '_>,
    promise: &Promise,
    at: Timestamp,
    reason: Option<String>,
) -> Result<(), Refusal> {
    let resumed = pause::resumed(promise, d.at.policy, at, d.complaint.safety);
    let mut resumed = resumed.map_err(|error| beyond_calendar(&error))?;
    resumed.words = Some(ResumedWords { reason });
    d.push(resumed);
    Ok(())
}

/// Danger became known: whatever stands still goes on now.
pub(super) fn end_for_danger(d: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    if !d.complaint.safety {
        return Ok(());
    }
    let paused: Vec<Promise> =
        d.complaint.waiting_promises().filter(|p| p.paused().is_some()).cloned().collect();
    for promise in &paused {
        go_on(d, promise, d.at.now, None)?;
    }
    Ok(())
}

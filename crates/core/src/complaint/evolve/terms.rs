//! Promises and undertakings: warned, kept, missed, moved, ended.

use jiff::Timestamp;

use super::super::{
    event::{
        PromiseKept, PromiseMissed, PromiseMoved, PromisePaused, PromiseResumed, PromiseRevived,
        PromiseWarned, UndertakingKept, UndertakingMade, UndertakingMoved, UndertakingReminded,
    },
    state::{Complaint, MoveMade, PauseMade, Promise, Undertaking},
    vocabulary::UndertakingOutcome,
};
use crate::id::UndertakingId;

pub(super) fn warned(c: &mut Complaint, e: &PromiseWarned) {
    if let Some(promise) = promise(c, &e.promise, e.round) {
        promise.warned = usize::from(e.step);
    }
}

pub(super) fn kept(c: &mut Complaint, e: &PromiseKept) {
    if let Some(promise) = promise(c, &e.promise, e.round) {
        promise.kept_at = Some(e.kept_at);
    }
}

/// Running again; of a complaint that is closed, ended without being kept.
pub(super) fn revived(c: &mut Complaint, e: &PromiseRevived, at: Timestamp) {
    let over = !c.stage.is_open();
    if let Some(promise) = promise(c, &e.promise, e.round) {
        promise.kept_at = None;
        promise.ended_at = over.then_some(at);
    }
}

pub(super) fn missed(c: &mut Complaint, e: &PromiseMissed) {
    if let Some(promise) = promise(c, &e.promise, e.round) {
        promise.missed = true;
    }
}

pub(super) fn promise_moved(c: &mut Complaint, e: &PromiseMoved) {
    c.unread = true;
    if let Some(promise) = promise(c, &e.promise, e.round) {
        promise.set.due = e.due;
        promise.set.due_on = e.due_on;
        promise.set.warn_at.clone_from(&e.warn_at);
        promise.set.calendar.clone_from(&e.calendar);
    }
}

pub(super) fn paused(c: &mut Complaint, e: &PromisePaused) {
    if let Some(promise) = promise(c, &e.promise, e.round) {
        promise.pauses.push(PauseMade { category: e.category, from: e.at, until: None });
    }
}

pub(super) fn resumed(c: &mut Complaint, e: &PromiseResumed) {
    if let Some(promise) = promise(c, &e.promise, e.round) {
        if let Some(pause) = promise.pauses.last_mut() {
            pause.until.get_or_insert(e.at);
        }
        promise.set.due = e.due;
        promise.set.due_on = e.due_on;
        promise.set.warn_at.clone_from(&e.warn_at);
        promise.set.calendar.clone_from(&e.calendar);
    }
}

/// What still waits is judged by this moment: nobody can keep it any more.
pub(super) fn end_promises(c: &mut Complaint, at: Timestamp) {
    for promise in c.promises.iter_mut().filter(|promise| promise.waits()) {
        promise.ended_at = Some(at);
    }
}

/// What the end of the complaint stopped in its last round goes on with its old date.
pub(super) fn revive_promises(c: &mut Complaint) {
    let round = c.round().number;
    for promise in c.promises.iter_mut().filter(|promise| promise.set.round == round) {
        promise.ended_at = None;
    }
}

pub(super) fn made(c: &mut Complaint, e: &UndertakingMade, at: Timestamp) {
    c.undertakings.push(Undertaking {
        id: e.undertaking,
        kind: e.kind,
        owner: e.owner,
        due: e.due,
        proposal: e.proposal,
        ended: None,
        kept_at: None,
        what: e.words.as_ref().map(|words| words.what.clone()),
        made_at: at,
        changed_at: at,
        moves: vec![],
        reminded: 0,
    });
}

pub(super) fn moved(c: &mut Complaint, e: &UndertakingMoved, at: Timestamp) {
    if let Some(undertaking) = undertaking(c, e.undertaking) {
        let reason = e.words.as_ref().map(|words| words.reason.clone());
        undertaking.moves.push(MoveMade { due_was: undertaking.due, at, reason });
        undertaking.due = e.due;
        undertaking.changed_at = at;
        undertaking.reminded = 0;
    }
}

/// A reminder of a date that was moved meanwhile says nothing of the present one.
pub(super) fn reminded(c: &mut Complaint, e: &UndertakingReminded) {
    if let Some(undertaking) = undertaking(c, e.undertaking).filter(|known| known.due == e.due) {
        undertaking.reminded = e.step;
    }
}

pub(super) fn undertaking_kept(c: &mut Complaint, e: &UndertakingKept, recorded_at: Timestamp) {
    if let Some(undertaking) = undertaking(c, e.undertaking) {
        undertaking.ended = Some(UndertakingOutcome::Kept);
        undertaking.changed_at = recorded_at;
        undertaking.kept_at = Some(e.at);
    }
    c.files.extend_from_slice(&e.proof);
}

pub(super) fn broken(c: &mut Complaint, id: UndertakingId, at: Timestamp) {
    end(c, id, UndertakingOutcome::Broken, at);
}

pub(super) fn cancelled(c: &mut Complaint, id: UndertakingId, at: Timestamp) {
    end(c, id, UndertakingOutcome::Cancelled, at);
}

fn end(c: &mut Complaint, id: UndertakingId, outcome: UndertakingOutcome, at: Timestamp) {
    if let Some(undertaking) = undertaking(c, id) {
        undertaking.changed_at = at;
        undertaking.ended = Some(outcome);
    }
}

fn promise<'c>(c: &'c mut Complaint, id: &str, round: u8) -> Option<&'c mut Promise> {
    c.promises.iter_mut().find(|p| p.set.promise == id && p.set.round == round)
}

fn undertaking(c: &mut Complaint, id: UndertakingId) -> Option<&mut Undertaking> {
    c.undertakings.iter_mut().find(|undertaking| undertaking.id == id)
}

//! Promises and undertakings: warned, kept, missed, moved, ended.

use jiff::Timestamp;

use super::super::{
    event::{
        PromiseMissed, PromiseMoved, PromiseWarned, UndertakingKept, UndertakingMade,
        UndertakingMoved,
    },
    state::{Complaint, Promise, Undertaking},
    vocabulary::UndertakingOutcome,
};
use crate::id::UndertakingId;

pub(super) fn warned(c: &mut Complaint, e: &PromiseWarned) {
    if let Some(promise) = promise(c, &e.promise, e.round) {
        promise.warned = usize::from(e.step);
    }
}

/// Kept at an instant, or, with `None`, running again.
pub(super) fn kept(c: &mut Complaint, id: &str, round: u8, at: Option<Timestamp>) {
    if let Some(promise) = promise(c, id, round) {
        promise.kept_at = at;
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

pub(super) fn made(c: &mut Complaint, e: &UndertakingMade) {
    c.undertakings.push(Undertaking {
        id: e.undertaking,
        kind: e.kind,
        owner: e.owner,
        due: e.due,
        ended: None,
        kept_at: None,
        what: e.words.as_ref().map(|words| words.what.clone()),
    });
}

pub(super) fn moved(c: &mut Complaint, e: &UndertakingMoved) {
    if let Some(undertaking) = undertaking(c, e.undertaking) {
        undertaking.due = e.due;
    }
}

pub(super) fn undertaking_kept(c: &mut Complaint, e: &UndertakingKept) {
    if let Some(undertaking) = undertaking(c, e.undertaking) {
        undertaking.ended = Some(UndertakingOutcome::Kept);
        undertaking.kept_at = Some(e.at);
    }
    c.files.extend_from_slice(&e.proof);
}

pub(super) fn broken(c: &mut Complaint, id: UndertakingId) {
    end(c, id, UndertakingOutcome::Broken);
}

pub(super) fn cancelled(c: &mut Complaint, id: UndertakingId) {
    end(c, id, UndertakingOutcome::Cancelled);
}

fn end(c: &mut Complaint, id: UndertakingId, outcome: UndertakingOutcome) {
    if let Some(undertaking) = undertaking(c, id) {
        undertaking.ended = Some(outcome);
    }
}

fn promise<'c>(c: &'c mut Complaint, id: &str, round: u8) -> Option<&'c mut Promise> {
    c.promises.iter_mut().find(|p| p.set.promise == id && p.set.round == round)
}

fn undertaking(c: &mut Complaint, id: UndertakingId) -> Option<&mut Undertaking> {
    c.undertakings.iter_mut().find(|undertaking| undertaking.id == id)
}

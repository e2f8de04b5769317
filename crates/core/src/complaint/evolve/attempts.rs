//! Words both ways: what came, attempts to reach the complainant, requests for evidence.

use jiff::Timestamp;

use super::{
    super::{
        event::{EvidenceRequested, MessageQueued, MessageTold},
        file::FileFact,
        state::{Attempt, AttemptFate, Complaint, EvidenceRequest},
        vocabulary::{FailureCode, Purpose},
    },
    held_files,
};
use crate::{
    id::{AttemptId, RequestId},
    kinds::ChannelKind,
    plain::fold,
};

pub(super) fn received(c: &mut Complaint, files: &[FileFact]) {
    c.unread = true;
    held_files(c, files);
}

pub(super) fn queued(c: &mut Complaint, e: &MessageQueued) {
    let attempt = add(c, e.attempt, e.channel, e.purpose, AttemptFate::Queued);
    attempt.proposal = e.proposal;
    c.files.extend_from_slice(&e.files);
    if !e.purpose.is_automatic() {
        c.unread = false;
    }
}

pub(super) fn attempted(c: &mut Complaint, id: AttemptId, calls: u32) {
    if let Some(attempt) = find(c, id) {
        attempt.calls = calls;
    }
}

pub(super) fn reached(c: &mut Complaint, id: AttemptId, at: Timestamp) {
    if let Some(attempt) = find(c, id) {
        attempt.fate = AttemptFate::Reached(at);
    }
}

pub(super) fn told(c: &mut Complaint, e: &MessageTold) {
    add(c, e.attempt, e.channel, e.purpose, AttemptFate::Reached(e.told_at));
    c.unread = false;
    c.files.extend_from_slice(&e.proof);
}

pub(super) fn failed(c: &mut Complaint, id: AttemptId, code: FailureCode) {
    if let Some(attempt) = find(c, id) {
        attempt.fate = AttemptFate::Failed(code);
    }
}

pub(super) fn evidence_requested(c: &mut Complaint, e: &EvidenceRequested, at: Timestamp) {
    let asks = e.words.as_ref().map(|words| words.asks.iter().map(|ask| fold(ask)).collect());
    c.requests.push(EvidenceRequest {
        id: e.request,
        attempt: e.attempt,
        asked_at: at,
        answer_by: e.answer_by,
        answered: None,
        asks: asks.unwrap_or_default(),
    });
}

pub(super) fn evidence_added(c: &mut Complaint, id: RequestId) {
    let version = c.version;
    if let Some(request) = c.requests.iter_mut().find(|request| request.id == id) {
        request.answered = Some(version);
    }
}

pub(super) fn find(c: &mut Complaint, id: AttemptId) -> Option<&mut Attempt> {
    c.attempts.iter_mut().find(|attempt| attempt.id == id)
}

/// Adds an attempt of the running round, or gives a known one its fate.
pub(super) fn add(
    c: &mut Complaint,
    id: AttemptId,
    channel: ChannelKind,
    purpose: Purpose,
    fate: AttemptFate,
) -> &mut Attempt {
    let round = c.round().number;
    let known = c.attempts.iter().position(|attempt| attempt.id == id);
    let place = known.unwrap_or(c.attempts.len());
    if known.is_none() {
        c.attempts.push(Attempt { id, channel, purpose, proposal: None, round, calls: 0, fate });
    }
    let attempt = c.attempts.get_mut(place).expect("it was there or was just added");
    attempt.fate = fate;
    attempt
}

//! The result: proposed, approved or given back, and whether it reached the complainant.

use jiff::Timestamp;

use super::{
    super::{
        event::{DecisionProposed, RefusalProposed, ResponseSent, ResponseTold},
        state::{AttemptFate, Complaint, Proposal, ProposalFate, Round, Stage, Verdict},
        vocabulary::{FailureCode, Purpose},
    },
    attempts, running, took_part,
};
use crate::id::{AccountId, AttemptId, ProposalId};

pub(super) fn decision_proposed(c: &mut Complaint, e: &DecisionProposed, by: Option<AccountId>) {
    let words = e.words.as_ref().map_or(&[][..], |words| &words.remedies);
    let remedies = e
        .remedies
        .iter()
        .enumerate()
        .map(|(n, set)| (set.owner, set.due, words.get(n).cloned().unwrap_or_default()))
        .collect();
    propose(c, (e.proposal, e.round), Verdict::Decision(e.outcome), by, remedies);
}

pub(super) fn refusal_proposed(c: &mut Complaint, e: &RefusalProposed, by: Option<AccountId>) {
    propose(c, (e.proposal, e.round), Verdict::Refusal(e.ground.clone()), by, vec![]);
}

fn propose(
    c: &mut Complaint,
    (id, round): (ProposalId, u8),
    verdict: Verdict,
    by: Option<AccountId>,
    remedies: Vec<(AccountId, Timestamp, String)>,
) {
    took_part(c, by);
    let (fate, approved_at) = (ProposalFate::Pending, None);
    c.proposals.push(Proposal { id, round, verdict, by, remedies, fate, approved_at });
    c.stage = Stage::Deciding;
}

pub(super) fn approved(c: &mut Complaint, id: ProposalId, by: Option<AccountId>, at: Timestamp) {
    set_fate(c, id, ProposalFate::Approved(by));
    if let Some(proposal) = c.proposals.iter_mut().find(|proposal| proposal.id == id) {
        proposal.approved_at = Some(at);
    }
    took_part(c, by);
    running(c).decider = by;
    c.stage = Stage::Responding;
}

pub(super) fn returned(c: &mut Complaint, id: ProposalId, by: Option<AccountId>) {
    set_fate(c, id, ProposalFate::Returned);
    took_part(c, by);
    c.stage = Stage::Verifying;
}

fn set_fate(c: &mut Complaint, id: ProposalId, fate: ProposalFate) {
    if let Some(proposal) = c.proposals.iter_mut().find(|proposal| proposal.id == id) {
        proposal.fate = fate;
    }
}

pub(super) fn sent(c: &mut Complaint, e: &ResponseSent, at: Timestamp) {
    attempts::reached(c, e.attempt, at);
    answered(c, e.attempt, e.proposal, at, e.objection_until);
}

pub(super) fn told(c: &mut Complaint, e: &ResponseTold) {
    let fate = AttemptFate::Reached(e.told_at);
    let attempt = attempts::add(c, e.attempt, e.channel, Purpose::Response, fate);
    attempt.proposal = Some(e.proposal);
    c.files.extend_from_slice(&e.proof);
    answered(c, e.attempt, e.proposal, e.told_at, e.objection_until);
}

/// The result of the attempt's own round arrived; a letter of round 1 answers no round 2, and
/// one that arrives after closing opens nothing again.
fn answered(
    c: &mut Complaint,
    attempt: AttemptId,
    proposal: ProposalId,
    at: Timestamp,
    objection_until: Timestamp,
) {
    let verdict = c.proposals.iter().find(|p| p.id == proposal).map(|p| p.verdict.clone());
    let number = round_of(c, attempt);
    if number == c.round().number {
        c.unread = false;
        c.waits_for_person = false;
        if c.stage == Stage::Responding {
            c.stage = Stage::Answered;
        }
    }
    let Some(round) = round(c, number) else { return };
    if round.answered_at.is_none() {
        round.answered_at = Some(at);
        round.answered_by = Some(attempt);
    }
    round.result = verdict;
    round.objection_until = Some(objection_until);
}

pub(super) fn failed(c: &mut Complaint, id: AttemptId, code: FailureCode) {
    attempts::failed(c, id, code);
    let number = round_of(c, id);
    if round(c, number).is_none_or(|round| round.answered_by != Some(id)) {
        return;
    }
    let other = c.attempts.iter().find_map(|a| match a.fate {
        AttemptFate::Reached(at) if a.round == number && a.purpose == Purpose::Response => {
            Some((a.id, at))
        }
        AttemptFate::Reached(_) | AttemptFate::Queued | AttemptFate::Failed(_) => None,
    });
    if other.is_none() && number == c.round().number && c.stage == Stage::Answered {
        c.stage = Stage::Responding;
    }
    let Some(round) = round(c, number) else { return };
    round.answered_by = other.map(|(id, _)| id);
    round.answered_at = other.map(|(_, at)| at);
    if other.is_none() {
        round.result = None;
        round.objection_until = None;
    }
}

fn round_of(c: &Complaint, id: AttemptId) -> u8 {
    let attempt = c.attempts.iter().find(|attempt| attempt.id == id);
    attempt.map_or(c.round().number, |attempt| attempt.round)
}

fn round(c: &mut Complaint, number: u8) -> Option<&mut Round> {
    c.rounds.iter_mut().find(|round| round.number == number)
}

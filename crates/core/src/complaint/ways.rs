//! Ways back: by which channels an answer may go, in the policy's order (S26, S27, A16).
//! Must not know how a channel sends.

use super::{
    Complaint,
    state::{AttemptFate, ProposalFate},
    vocabulary::Purpose,
};
use crate::{
    kinds::ChannelKind,
    policy::{Policy, WayBack},
};

/// The ways back to the complainant in the policy's order, each once; only those by which the
/// person can be reached. What the policy does not name but is known of the person comes last.
pub fn back(complaint: &Complaint, policy: &Policy) -> Vec<ChannelKind> {
    let mut ways: Vec<ChannelKind> = Vec::new();
    let named = policy.channel(complaint.channel).map_or(&[][..], |rule| &rule.answer);
    let wished = named.iter().filter_map(|way| match way {
        WayBack::Wish => complaint.reply_by,
        WayBack::Channel(kind) => Some(*kind),
    });
    for kind in wished.chain(complaint.ways.iter().copied()) {
        if complaint.ways.contains(&kind) && !ways.contains(&kind) {
            ways.push(kind);
        }
    }
    ways
}

/// The channel the policy plans for the next words: the first way back that has not failed in
/// this round. `None` when the person left no way, or every way failed.
pub fn planned(complaint: &Complaint, policy: &Policy) -> Option<ChannelKind> {
    back(complaint, policy).into_iter().find(|kind| !failed(complaint, *kind, None))
}

/// Whether an approved result was tried on every way back without reaching the person.
pub fn exhausted(complaint: &Complaint, policy: &Policy) -> bool {
    let approved = complaint
        .current_proposal()
        .is_some_and(|proposal| matches!(proposal.fate, ProposalFate::Approved(_)));
    let ways = back(complaint, policy);
    approved
        && complaint.round().answered_at.is_none()
        && ways.iter().all(|kind| failed(complaint, *kind, Some(Purpose::Response)))
}

fn failed(complaint: &Complaint, kind: ChannelKind, purpose: Option<Purpose>) -> bool {
    let round = complaint.round().number;
    let mut attempts = complaint
        .attempts
        .iter()
        .filter(|attempt| attempt.round == round && attempt.channel == kind)
        .filter(|attempt| purpose.is_none_or(|purpose| attempt.purpose == purpose));
    attempts.next_back().is_some_and(|last| matches!(last.fate, AttemptFate::Failed(_)))
}

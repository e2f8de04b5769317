//! What the complainant says to the result, the loop, and the end: closed, reopened, unjoined.

use jiff::Timestamp;

use super::{
    super::{
        event::{Disagreed, Rated, RoundOpened},
        state::{Complaint, ProposalFate, Stage},
        vocabulary::ClosedAs,
    },
    held_files, open, running, terms,
};

pub(super) fn disagreed(c: &mut Complaint, e: &Disagreed) {
    c.unread = true;
    c.late_objection = e.late;
    running(c).disagreed_at = Some(e.received_at);
    held_files(c, &e.files);
}

pub(super) fn opened(c: &mut Complaint, e: &RoundOpened, at: Timestamp) {
    terms::end_promises(c, at);
    for proposal in &mut c.proposals {
        if proposal.fate == ProposalFate::Pending {
            proposal.fate = ProposalFate::Frozen;
        }
    }
    c.rounds.push(open::round(e.round, e.from, &e.route, e.at_gate));
    c.promises.extend(e.promises.iter().map(open::promise));
    c.closed_as = None;
    c.late_objection = false;
    c.withdrawn = false;
    c.waits_for_person = false;
    if e.at_gate {
        c.stage = Stage::Received;
        c.department = None;
        c.joined_units.clear();
    } else {
        c.stage = Stage::HandedOver;
    }
}

pub(super) fn withdrawn(c: &mut Complaint) {
    c.withdrawn = true;
    c.unread = true;
}

pub(super) fn rated(c: &mut Complaint, e: &Rated) {
    if let Some(round) = c.rounds.iter_mut().find(|round| round.number == e.round) {
        round.rated = Some((e.result, e.handling));
    }
}

pub(super) fn closed(c: &mut Complaint, closed_as: ClosedAs, at: Timestamp) {
    terms::end_promises(c, at);
    c.stage = Stage::Closed;
    c.closed_as = Some(closed_as);
    c.late_objection = false;
    c.unread = false;
}

pub(super) fn archived(c: &mut Complaint) {
    c.stage = Stage::Archived;
}

/// A closed complaint goes on where its running round stood, and only a person closes it again.
pub(super) fn reopened(c: &mut Complaint, into_round: u8) {
    // An answer that arrived after the end is there: its promise ended late or not, and runs no more.
    if into_round == c.round().number && c.round().answered_at.is_none() {
        terms::revive_promises(c);
    }
    c.closed_as = None;
    c.withdrawn = false;
    c.late_objection = false;
    let round = c.round();
    let pending = c.current_proposal().map(|p| p.fate);
    c.stage = match (round.answered_at, pending, round.verifier, &c.department) {
        (Some(_), ..) => Stage::Answered,
        (None, Some(ProposalFate::Approved(_)), ..) => Stage::Responding,
        (None, Some(_), ..) => Stage::Deciding,
        (None, None, Some(_), _) => Stage::Verifying,
        (None, None, None, Some(_)) => Stage::HandedOver,
        (None, None, None, None) => Stage::Received,
    };
    c.waits_for_person = c.stage == Stage::Answered;
}

pub(super) fn unjoined(c: &mut Complaint) {
    c.joined_into = None;
    if c.closed_as.is_some() {
        let waits_for_person = c.waits_for_person;
        reopened(c, c.round().number);
        c.waits_for_person = waits_for_person;
    }
}

//! The gate, the units and their verification: order, hand-over, acceptance, people, findings.

use jiff::Timestamp;

use super::{
    super::{
        event::{Classified, FindingRecorded, HandedOver, MandateRecorded},
        state::{Complaint, Held, Mandate, Stage},
    },
    running, took_part,
};
use crate::id::AccountId;

pub(super) fn classified(c: &mut Complaint, e: &Classified) {
    c.kind = e.kind;
    c.about = e.about;
    c.category.clone_from(&e.category);
    c.severity = e.severity;
    c.safety = e.safety;
    running(c).route = e.route.clone();
}

pub(super) fn danger_confirmed(c: &mut Complaint, danger: bool) {
    c.safety = danger;
    c.safety_confirmed = true;
}

pub(super) fn mandate_recorded(c: &mut Complaint, e: &MandateRecorded) {
    c.mandate = Some(Mandate { verified: false });
    c.held.push((Held::Mandate, c.version));
    c.files.push(e.file.clone());
}

pub(super) fn mandate_verified(c: &mut Complaint, verified: bool) {
    c.mandate = Some(Mandate { verified });
}

pub(super) fn director_saw(c: &mut Complaint, at: Timestamp) {
    running(c).seen_at.get_or_insert(at);
    c.unread = false;
}

pub(super) fn handed_over(c: &mut Complaint, e: &HandedOver) {
    c.department = Some(e.to.clone());
    c.joined_units.clone_from(&e.join);
    c.stage = Stage::HandedOver;
    running(c).verifier = None;
}

pub(super) fn accepted(c: &mut Complaint, verifier: AccountId) {
    c.stage = Stage::Verifying;
    running(c).verifier = Some(verifier);
    took_part(c, Some(verifier));
}

/// Back at the Director's gate, where a person hands over anew: the route had its turn.
pub(super) fn returned(c: &mut Complaint) {
    c.stage = Stage::Received;
    c.department = None;
    c.joined_units.clear();
    let round = running(c);
    round.verifier = None;
    round.at_gate = true;
    round.route.by_itself_at = None;
}

pub(super) fn assigned(c: &mut Complaint, verifier: Option<AccountId>, decider: Option<AccountId>) {
    if verifier.is_some() {
        running(c).verifier = verifier;
        took_part(c, verifier);
    }
    if decider.is_some() {
        running(c).decider = decider;
    }
}

pub(super) fn found(c: &mut Complaint, e: &FindingRecorded, by: Option<AccountId>) {
    running(c).findings.push(e.finding);
    took_part(c, by);
    c.files.extend_from_slice(&e.files);
}

/// Nobody can be reached any more, and the file holds nothing of the person.
pub(super) fn erased(c: &mut Complaint) {
    c.erased = true;
    c.title = None;
    c.ways.clear();
    c.reply_by = None;
    c.held.clear();
    c.unread = false;
}

//! What may be erased, by whom, and what must stay.
//! Must not know what is stored; whoever holds the words takes them out.

use super::{
    super::{
        Complaint, Refusal, RefusalCode,
        command::{Hold, Reason},
        event::{HoldLifted, HoldLiftedWords, HoldPlaced, HoldWords},
        people::Actor,
        vocabulary::HoldGround,
    },
    Draft,
};
use crate::kinds::Role;

/// Whether this actor may have a person erased: the Director, who stands in for the Director, an
/// administrator, and whoever runs the installation. Not the program by itself, nor the person: a
/// request must be looked at, for a claim or an authority may need the words (art 4 of Law
/// 91/2025/QH15 gives the right to ask).
pub fn may_erase_persons(actor: &Actor) -> bool {
    match actor {
        Actor::Staff(member) => member.directs() || member.role == Role::Admin,
        Actor::System(part) => *part == OPERATOR,
        Actor::Complainant => false,
    }
}

/// The part of the program that acts for whoever opened the data folder.
const OPERATOR: &str = "operator";

/// Whether words of this complaint may go.
///
/// # Errors
///
/// [`RefusalCode::OnHold`] with the ground: a hold wins over erasure, redaction and the end of the
/// time for which a file is kept.
pub fn may_erase(complaint: &Complaint) -> Result<(), Refusal> {
    match complaint.hold {
        None => Ok(()),
        Some(ground) => Err(Refusal::new(RefusalCode::OnHold, "erasure.hold")
            .with("ground", ground)
            .with("reference", &complaint.reference)),
    }
}

pub(super) fn hold(d: &mut Draft<'_, '_>, body: &Hold) {
    let ground = body.ground.unwrap_or(HoldGround::Court);
    if d.complaint.hold != Some(ground) {
        d.push(HoldPlaced { ground, words: Some(HoldWords { reason: body.reason.clone() }) });
    }
}

pub(super) fn lift(d: &mut Draft<'_, '_>, body: &Reason) -> Result<(), Refusal> {
    if d.complaint.hold.is_none() {
        return Err(Refusal::new(RefusalCode::NotOnHold, "erasure.hold"));
    }
    d.push(HoldLifted { words: Some(HoldLiftedWords { reason: body.reason.clone() }) });
    Ok(())
}

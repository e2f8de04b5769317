//! What happens to a complaint, drawn by chance: who does what, and how long after the last.
//! Must not know how it ends: the rules and the end of the time say so.

use jiff::SignedDuration;
use redress_core::complaint::{
    Command, Stage,
    command::{Delivered, DeliveryOutcome},
    people::Actor,
    state::{AttemptFate, ProposalFate},
};
use serde_json::json;

use super::{Living, words};
use crate::{CUSTOMER, Chance, people};

/// Who enters what comes by telephone.
pub(super) const CLERK: &str = people::MAI;

/// Who of a unit verifies, by round; nobody twice.
const TECHNICAL: [&str; 3] = [people::TUNG, people::SON, people::DAT];
const CARE: [&str; 2] = [people::MAI, people::LAN];

/// Lets everything happen until the time ends or nobody goes on.
pub(super) fn tell(living: &mut Living<'_>, chance: &mut Chance) {
    if chance.once_in(25) {
        let body = json!({"reason": words::withdrawing(chance)});
        living.does(hours(chance, 60), CUSTOMER, "withdrawal", &body);
    }
    if !chance.once_in(8) {
        let call = json!({
            "direction": "out", "channel": "phone", "text": words::calling(chance),
            "because": "Người khiếu nại muốn vậy", "by_hand": {"with": "người khiếu nại"},
        });
        living.does(minutes(chance, 40), CLERK, "messages", &call);
    }
    for round in 0..2 {
        if !hand_over(living, chance, round) || !judge(living, chance) || !answer(living, chance) {
            return;
        }
        if !react(living, chance) {
            return;
        }
    }
}

/// The Director, or the route by itself, hands over; a person of the unit accepts.
fn hand_over(living: &mut Living<'_>, chance: &mut Chance, round: usize) -> bool {
    if stage(living) == Stage::Received && !chance.once_in(3) {
        living.does(minutes(chance, 55), people::DIRECTOR, "handover", &json!({}));
    } else if stage(living) == Stage::Received {
        living.wait_for(hours(chance, 3));
    }
    let who = verifier(living, round);
    if chance.once_in(4) {
        let note = json!({"text": words::note(chance)});
        living.does(minutes(chance, 90), people::LAN, "notes", &note);
    }
    living.does(hours(chance, 3), who, "acceptance", &json!({"accept": true, "verifier": who}))
}

/// Findings, a proposal of who verified, an approval of somebody else.
fn judge(living: &mut Living<'_>, chance: &mut Chance) -> bool {
    let who = holder(living);
    for _ in 0..=chance.below(2) {
        let found = json!({
            "check": chance.one(&["levelling", "doors", "noise", "records"]),
            "side": chance.one(&["measurement", "document", "company", "complainant"]),
            "text": words::finding(chance),
        });
        living.does(hours(chance, 12), who, "findings", &found);
    }
    let (name, body) = if chance.once_in(9) {
        ("refusal", words::refusal(chance))
    } else {
        ("decision", words::decision(who, living.now, chance))
    };
    if !living.does(hours(chance, 6), who, name, &body) {
        return false;
    }
    let Some(proposal) = proposal(living) else { return false };
    let head = if TECHNICAL.contains(&who) { people::HUY } else { people::DIRECTOR };
    let approval = json!({"proposal": proposal, "approve": true});
    living.does(hours(chance, 6), head, "approval", &approval)
}

/// The result reaches the person: by hand, or by mail with the provider's answer.
fn answer(living: &mut Living<'_>, chance: &mut Chance) -> bool {
    let Some(proposal) = proposal(living) else { return false };
    let who = holder(living);
    let text = words::answer(chance);
    let told = json!({
        "proposal": proposal, "because": "Người khiếu nại muốn vậy",
        "told": {"by": "phone", "to": "người khiếu nại", "words": text},
    });
    let sent = json!({
        "proposal": proposal, "channel": "email", "text": text, "because": "Người khiếu nại muốn vậy",
    });
    if chance.once_in(3) && living.does(hours(chance, 10), who, "response", &sent) {
        deliver(living);
    } else {
        living.does(hours(chance, 10), who, "response", &told);
    }
    stage(living) == Stage::Answered
}

/// The mail server takes what was queued last.
fn deliver(living: &mut Living<'_>) {
    let queued = living.complaint().attempts.iter().rev();
    let waiting = queued.filter(|attempt| !matches!(attempt.fate, AttemptFate::Failed(_)));
    let Some(attempt) = waiting.map(|attempt| attempt.id).next() else { return };
    for outcome in [
        DeliveryOutcome::Attempted,
        DeliveryOutcome::Accepted { provider_id: Some("queued as 4Z1".to_owned()) },
    ] {
        let command = Command::Delivered(Delivered { attempt, outcome });
        living.decided(&Actor::System("delivery"), &command);
    }
}

/// The person agrees, is silent, or disagrees; whether a second round begins.
fn react(living: &mut Living<'_>, chance: &mut Chance) -> bool {
    match chance.below(10) {
        0..=3 => {
            let agreed = json!({"text": words::thanks(chance)});
            if living.does(hours(chance, 70), CUSTOMER, "agreement", &agreed) {
                let rating = json!({
                    "round": living.complaint().round().number,
                    "result": 1 + chance.below(5), "handling": 1 + chance.below(5),
                });
                living.does(hours(chance, 5), CUSTOMER, "rating", &rating);
                living.does(hours(chance, 20), people::LAN, "closure", &json!({"as": "agreed"}));
                keep_words(living, chance);
            }
            false
        }
        4 | 5 => {
            let body = json!({"text": words::disagreeing(chance)});
            living.does(hours(chance, 200), CUSTOMER, "disagreement", &body)
        }
        _ => false,
    }
}

/// What was undertaken is done after all, and the file is sealed.
fn keep_words(living: &mut Living<'_>, chance: &mut Chance) {
    let running = living.complaint().running_undertakings().next();
    let Some(id) = running.map(|undertaking| undertaking.id.to_string()) else { return };
    let kept = json!({"id": id, "outcome": "kept", "reason": "Đã thay cáp"});
    let who = holder(living);
    living.does(hours(chance, 24 * 15), who, "undertakings", &kept);
}

fn stage(living: &Living<'_>) -> Stage {
    living.complaint().stage
}

/// Who may verify in this round: somebody of the unit who did not in the round before.
fn verifier(living: &Living<'_>, round: usize) -> &'static str {
    let technical =
        living.complaint().department.as_ref().is_some_and(|unit| unit.as_str() == "technical");
    let unit: &[&str] = if technical { &TECHNICAL } else { &CARE };
    unit.get(round % unit.len()).copied().unwrap_or(people::TUNG)
}

/// Who verifies now.
fn holder(living: &Living<'_>) -> &'static str {
    let holds = living.complaint().round().verifier;
    let email = living.lives.members.iter().find(|member| Some(member.id) == holds);
    let email = email.map_or("", |member| member.email.as_str());
    TECHNICAL.iter().chain(&CARE).find(|known| **known == email).copied().unwrap_or(people::TUNG)
}

/// The proposal that waits or was approved.
fn proposal(living: &Living<'_>) -> Option<String> {
    let mut made = living.complaint().proposals.iter().rev();
    let open = made.find(|proposal| {
        matches!(proposal.fate, ProposalFate::Pending | ProposalFate::Approved(_))
    });
    open.map(|proposal| proposal.id.to_string())
}

fn minutes(chance: &mut Chance, most: u64) -> SignedDuration {
    SignedDuration::from_secs(60 * i64::try_from(1 + chance.below(most)).unwrap_or(1))
}

fn hours(chance: &mut Chance, most: u64) -> SignedDuration {
    minutes(chance, 60 * most)
}

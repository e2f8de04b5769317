//! Random moves of everybody around a complaint: commands as the API takes them, providers'
//! answers, and time. Likely next steps come often, so that long lives are lived; the rest is chance.
//!
//! Must not know what is allowed: refused moves are part of the game.

mod bodies;

use jiff::{SignedDuration, Timestamp};
use redress_core::{
    complaint::{
        Complaint, Refusal, Stage,
        command::DeliveryOutcome,
        decide::next_timer_at,
        state::{AttemptFate, ProposalFate},
        vocabulary::FailureCode,
    },
    policy::Policy,
};
use serde_json::Value;

use crate::{CUSTOMER, Case, Chance, people};

/// One move.
#[derive(Debug, Clone, PartialEq)]
pub enum Move {
    /// Somebody asks for a command of the API.
    Ask {
        /// [`CUSTOMER`], or a member by e-mail.
        who: &'static str,
        /// Name of the command.
        name: &'static str,
        /// Its body.
        body: Value,
    },
    /// A provider answers about an attempt.
    Provider {
        /// `att_1`.
        attempt: String,
        /// What it says.
        outcome: DeliveryOutcome,
    },
    /// Time passes and the program does what is due.
    Wait(SignedDuration),
}

/// Everybody who may act, the complainant among them.
pub const ACTORS: &[&str] = &[
    CUSTOMER,
    people::DIRECTOR,
    people::LAN,
    people::MAI,
    people::HUY,
    people::TUNG,
    people::SON,
    people::DAT,
    people::KIEM,
    people::ADMIN,
];

/// The next move around `complaint` at `now`.
pub fn next(complaint: &Complaint, policy: &Policy, now: Timestamp, chance: &mut Chance) -> Move {
    match chance.below(10) {
        0 | 1 => wait(complaint, policy, now, chance),
        2 => provider(complaint, chance).unwrap_or_else(|| anything(complaint, now, chance)),
        3 | 4 => anything(complaint, now, chance),
        _ => likely(complaint, now, chance),
    }
}

/// Plays one move; a refusal changes nothing.
///
/// # Errors
///
/// The refusal.
pub fn play(case: &mut Case, next: &Move) -> Result<(), Refusal> {
    match next {
        Move::Ask { who, name, body } => case.run(who, name, body).map(|_| ()),
        Move::Provider { attempt, outcome } => {
            case.provider(attempt, outcome.clone());
            Ok(())
        }
        Move::Wait(time) => {
            case.after(*time).tick();
            Ok(())
        }
    }
}

/// A complaint from the public form or a staff entry, drawn by chance.
pub fn opening(chance: &mut Chance) -> Case {
    let (body, staff) = bodies::notice(chance);
    let minute = 10 + chance.below(50);
    let at =
        format!("2026-{}-1{} 0{}:{minute}", 10 + chance.below(3), chance.below(9), chance.below(9));
    if staff { Case::entered(&at, &body) } else { Case::received(&at, &body) }
}

fn wait(complaint: &Complaint, policy: &Policy, now: Timestamp, chance: &mut Chance) -> Move {
    let timer = next_timer_at(complaint, policy).filter(|_| chance.once_in(2));
    let until = timer.filter(|at| *at > now).map(|at| at.duration_since(now));
    let minutes = i64::try_from(chance.below(3_000)).unwrap_or(1);
    Move::Wait(until.unwrap_or_else(|| SignedDuration::from_mins(minutes)))
}

fn provider(complaint: &Complaint, chance: &mut Chance) -> Option<Move> {
    let waiting: Vec<_> = complaint
        .attempts
        .iter()
        .filter(|attempt| !matches!(attempt.fate, AttemptFate::Failed(_)))
        .map(|attempt| attempt.id.to_string())
        .collect();
    if waiting.is_empty() {
        return None;
    }
    let outcome = match chance.below(6) {
        0 => DeliveryOutcome::Attempted,
        1 => DeliveryOutcome::Failed { code: FailureCode::Refused, detail: None },
        _ => DeliveryOutcome::Accepted { provider_id: Some("queued as 4Z1".to_owned()) },
    };
    Some(Move::Provider { attempt: chance.one(&waiting).clone(), outcome })
}

fn anything(complaint: &Complaint, now: Timestamp, chance: &mut Chance) -> Move {
    let who = chance.one(ACTORS);
    let name = *chance.one(bodies::NAMES);
    ask(who, name, complaint, now, chance)
}

fn ask(
    who: &'static str,
    name: &'static str,
    complaint: &Complaint,
    now: Timestamp,
    chance: &mut Chance,
) -> Move {
    Move::Ask { who, name, body: bodies::body(name, who, complaint, now, chance) }
}

/// What usually comes next at this stage, by somebody of the house.
fn likely(complaint: &Complaint, now: Timestamp, chance: &mut Chance) -> Move {
    let technical = complaint.department.as_ref().is_some_and(|unit| unit.as_str() == "technical");
    let unit: &[&str] = if technical {
        &[people::HUY, people::TUNG, people::SON, people::DAT]
    } else {
        &[people::LAN, people::MAI]
    };
    let who = *chance.one(unit);
    let heads = [people::HUY, people::LAN, people::DIRECTOR];
    let (who, name) = match complaint.stage {
        Stage::Received => (people::DIRECTOR, "handover"),
        Stage::HandedOver => (who, "acceptance"),
        Stage::Verifying => {
            let found = !complaint.round().findings.is_empty();
            let names: &[&str] = if found {
                &["decision", "decision", "refusal"]
            } else {
                &["findings", "findings", "evidence-request"]
            };
            (who, *chance.one(names))
        }
        Stage::Deciding if chance.once_in(6) => (people::MAI, "classification"),
        Stage::Deciding => (*chance.one(&heads), "approval"),
        Stage::Responding => (who, "response"),
        Stage::Answered => match chance.below(5) {
            0 => (CUSTOMER, "agreement"),
            1 | 2 => (CUSTOMER, "disagreement"),
            3 => (CUSTOMER, "rating"),
            _ => (people::MAI, "closure"),
        },
        Stage::Closed => (people::TUNG, "undertakings"),
        Stage::Archived => (people::DIRECTOR, "reopening"),
    };
    ask(who, name, complaint, now, chance)
}

/// The proposal that waits or was approved, or one that does not exist.
fn proposal(complaint: &Complaint, chance: &mut Chance) -> String {
    let open = complaint.proposals.iter().rev().find(|proposal| {
        matches!(proposal.fate, ProposalFate::Pending | ProposalFate::Approved(_))
    });
    match open {
        Some(open) if !chance.once_in(8) => open.id.to_string(),
        Some(_) | None => format!("pro_{}", 1 + chance.below(3)),
    }
}

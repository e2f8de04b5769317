//! Reminding of undertakings: before they fall due, and once when they are overdue. Only a person
//! says that one was broken. Each step goes out once, also after an outage.

use jiff::{SignedDuration, Timestamp};

use super::{
    super::{Complaint, Stage, event::UndertakingReminded, state::Undertaking},
    Draft,
};

/// How long before it falls due an owner is reminded, at most.
const BEFORE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// The last share of its time in which the owner of a short one is reminded.
const BEFORE_SHARE: i32 = 4;
/// The step before it falls due.
const BEFORE: u8 = 1;
/// The step once it is overdue.
const OVERDUE: u8 = 2;

/// When the owner is reminded: a day before, for a short one in the last quarter of its time.
fn before(undertaking: &Undertaking) -> Timestamp {
    let since = undertaking.moves.last().map_or(undertaking.made_at, |moved| moved.at);
    let share = undertaking.due.duration_since(since) / BEFORE_SHARE;
    let ahead = share.min(BEFORE_MAX).max(SignedDuration::ZERO);
    undertaking.due.checked_sub(ahead).unwrap_or(undertaking.due)
}

/// The next step of an undertaking that runs, and when it goes out.
fn next(undertaking: &Undertaking) -> Option<(u8, Timestamp)> {
    match undertaking.reminded {
        0 => Some((BEFORE, before(undertaking))),
        BEFORE => Some((OVERDUE, undertaking.due)),
        _ => None,
    }
}

/// Undertakings run on after closing, until the last of them is settled (A31).
fn reminds(complaint: &Complaint) -> bool {
    complaint.stage != Stage::Archived
}

pub(super) fn remind(d: &mut Draft<'_, '_>) {
    if !reminds(&d.complaint) {
        return;
    }
    let now = d.at.now;
    let running: Vec<Undertaking> = d.complaint.running_undertakings().cloned().collect();
    for undertaking in running {
        let overdue = now >= undertaking.due;
        let due_step = if overdue { OVERDUE } else { BEFORE };
        let comes = next(&undertaking).is_some_and(|(_, at)| at <= now);
        if !comes {
            continue;
        }
        let to: &[&str] = if overdue { &["owner", "head"] } else { &["owner"] };
        d.push(UndertakingReminded {
            undertaking: undertaking.id,
            due: undertaking.due,
            step: due_step,
            to: to.iter().map(|whom| (*whom).to_owned()).collect(),
        });
    }
}

/// The next instant at which somebody is reminded.
pub(super) fn next_at(complaint: &Complaint) -> Option<Timestamp> {
    let running = complaint.running_undertakings().filter(|_| reminds(complaint));
    running.filter_map(|undertaking| next(undertaking).map(|(_, at)| at)).min()
}

//! What was undertaken, as both sides read it: how it stands, its former dates, its calendar entry.
//! Must not name who of the staff does it; the desk adds that.

use redress_core::complaint::{Complaint, state, vocabulary::UndertakingOutcome};

use crate::components::Words;
use crate::portal::view::Undertaking;

/// Undertakings the complainant was told of, those that run first; `path` is the page they stand on.
pub(super) fn undertakings(w: &Words, c: &Complaint, path: &str) -> Vec<Undertaking> {
    let known = c.undertakings.iter().filter(|one| c.is_announced(one));
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|one| (one.ended.is_some(), one.due));
    let line = |one: &&state::Undertaking| Undertaking {
        what: one.what.clone().unwrap_or_else(|| w.t("message-erased")),
        kind: w.t(&format!("undertaking-kind-{}", one.kind)),
        tag: tag(w, one),
        state: standing(w, one),
        due: one.due,
        moves: one.moves.iter().map(|moved| (moved.due_was, moved.reason.clone())).collect(),
        calendar: one.ended.is_none().then(|| format!("{path}/undertakings/{}.ics", one.id)),
    };
    known.iter().map(line).collect()
}

/// The tag and icon of an undertaking: colour is never the only sign.
pub(crate) fn tag(w: &Words, one: &state::Undertaking) -> (&'static str, &'static str) {
    match (one.ended, one.late_by(w.now)) {
        (Some(UndertakingOutcome::Cancelled | UndertakingOutcome::Moved), _) => ("line", "lock"),
        (Some(UndertakingOutcome::Broken), _) | (_, Some(_)) => ("late", "warn"),
        (Some(UndertakingOutcome::Kept), None) => ("ok", "check"),
        (None, None) => ("line", "clock"),
    }
}

/// How it stands, with its lateness.
pub(crate) fn standing(w: &Words, one: &state::Undertaking) -> String {
    let late = one.late_by(w.now).map(|late| w.span(late));
    match (one.ended, late) {
        (None, None) => w.t("undertaking-running"),
        (None, Some(late)) => w.t1("undertaking-late", "time", late),
        (Some(UndertakingOutcome::Kept), Some(late)) => w.t1("undertaking-kept-late", "time", late),
        (Some(ended), _) => w.t(&format!("undertaking-outcome-{ended}")),
    }
}

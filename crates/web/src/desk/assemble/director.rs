//! Cards of the Director's inbox.
//! Must not hand anything over.

use redress_app::{Loaded, view::Detail};

use super::departments;
use crate::components::{Clock, Words};
use crate::desk::{
    form::{Choice, Refused},
    view::{Card, Risk, Row, Task, TaskKind},
};
use crate::portal::assemble::{clock, files};

/// Most characters of the text on a card.
const TEXT_CHARS: usize = 280;

/// The card of a complaint that waits at the gate.
pub(crate) fn card(w: &Words, loaded: &Loaded, detail: &Detail, refused: Option<Refused>) -> Card {
    let c = &loaded.complaint;
    let route = &c.round().route;
    let suggested = route.to.to_string();
    let (suggestion, others): (Vec<Choice>, Vec<Choice>) =
        departments(&loaded.pack, w.lang).into_iter().partition(|unit| unit.value == suggested);
    let why = if c.safety {
        w.t("desk-why-danger")
    } else {
        w.t1("desk-why-route", "about", &w.about(&c.about))
    };
    let place = [detail.place.clone(), c.asset.clone()];
    Card {
        reference: c.reference.to_string(),
        version: c.version,
        title: c.title.clone(),
        text: rest(c.title.as_deref(), detail.text.as_deref().unwrap_or_default()),
        files: files(w, &format!("/desk/complaints/{}", c.reference), &detail.files),
        channel: c.channel,
        received_at: c.received_at,
        person: detail.complainant.name.clone(),
        phone: detail.complainant.phone.clone(),
        place: place.into_iter().flatten().collect::<Vec<_>>().join(", "),
        safety: c.safety,
        round: c.round().number,
        seen: c.round().seen_at.is_some(),
        clock: c.next_promise().map(|promise| clock(w, loaded, promise)),
        suggested: suggestion
            .into_iter()
            .next()
            .unwrap_or_else(|| Choice::new(suggested.clone(), suggested)),
        why,
        others,
        waits_until: route.by_itself_at.filter(|at| *at > w.now),
        refused,
    }
}

/// The text beyond its title, shortened; the title of a longer text is its beginning.
fn rest(title: Option<&str>, text: &str) -> String {
    if title.is_some_and(|title| title.trim() == text.trim()) {
        return String::new();
    }
    let short: String = text.chars().take(TEXT_CHARS).collect();
    if short.len() < text.len() { format!("{}…", short.trim_end()) } else { short }
}

/// Rows with a running promise as what is late or at risk.
pub(crate) fn risk(w: &Words, rows: Vec<Row>) -> Vec<Risk> {
    let risk = |row: Row| {
        let holder = row.holder.or(row.department).unwrap_or_else(|| w.t("desk-no-holder"));
        let clock: Clock = row.next?;
        Some(Risk { reference: row.reference, title: row.title, holder, clock })
    };
    rows.into_iter().filter_map(risk).collect()
}

/// Why a complaint beyond the gate waits for the Director.
pub(crate) fn task(w: &Words, loaded: &Loaded) -> Task {
    let c = &loaded.complaint;
    let reference = c.reference.to_string();
    if c.late_objection {
        let since = c.round().disagreed_at.unwrap_or(c.recorded_at);
        return Task { kind: TaskKind::LateObjection, reference, since, detail: String::new() };
    }
    let detail = w.t("desk-task-unseen");
    Task { kind: TaskKind::Other, reference, since: c.received_at, detail }
}

//! Cards of the Director's inbox.
//! Must not hand anything over.

use redress_app::{Loaded, view::Detail};
use redress_core::complaint::Event;

use super::{departments, title};
use crate::components::{Clock, Words};
use crate::desk::{
    form::{Choice, Refused},
    view::{Card, Danger, Risk, Row, Task, TaskKind},
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
        w.t1("desk-why-route", "about", w.about(&c.about))
    };
    let place = [detail.place.clone(), c.asset.clone()];
    Card {
        reference: c.reference.to_string(),
        version: c.version,
        disagreement: disagreement(loaded),
        title: c.title.as_deref().map(title::shown),
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

/// What the person disagrees with, where that opened the running round; shortened.
fn disagreement(loaded: &Loaded) -> Option<String> {
    if loaded.complaint.round().number < 2 {
        return None;
    }
    let said = loaded.history.iter().rev().find_map(|told| match &told.event {
        Event::Disagreed(e) => Some(e.words.as_ref()?.text.clone()),
        _ => None,
    });
    said.map(|text| shortened(&text))
}

/// A complaint that is dangerous and nobody at the head has seen, past the gate.
pub(crate) fn danger(loaded: &Loaded, detail: &Detail) -> Option<Danger> {
    let c = &loaded.complaint;
    let unseen = c.safety && c.stage.is_open() && c.round().seen_at.is_none();
    unseen.then(|| Danger {
        reference: c.reference.to_string(),
        version: c.version,
        text: detail.text.as_deref().map(shortened),
        phone: detail.complainant.phone.clone(),
        received_at: c.received_at,
    })
}

/// The beginning of a text.
fn shortened(text: &str) -> String {
    let text = text.trim();
    let short: String = text.chars().take(TEXT_CHARS).collect();
    let tail = if short.len() < text.len() { "…" } else { "" };
    format!("{}{tail}", short.trim_end())
}

/// The text where its title breaks off, shortened; empty when the title says it all.
fn rest(title: Option<&str>, text: &str) -> String {
    let title = title.unwrap_or_default().trim();
    let text = text.trim();
    if title == text {
        return String::new();
    }
    // A title may end within a word: that word is said again.
    let last_word = title.rfind(char::is_whitespace).unwrap_or_default();
    let begun = title.get(..last_word).unwrap_or_default();
    let (lead, rest) = match text.strip_prefix(begun) {
        Some(rest) if !begun.is_empty() => ("…", rest.trim_start()),
        _ => ("", text),
    };
    format!("{lead}{}", shortened(rest))
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

#[cfg(test)]
mod tests {
    use super::rest;

    #[test]
    fn a_card_goes_on_where_its_title_breaks_off() {
        let long = "Ồn ".repeat(200);
        for (title, text, shown) in [
            (Some("Thang kêu to"), "Thang kêu to", ""),
            (Some("Thang kêu to, cả đ"), "Thang kêu to, cả đêm.", "…đêm."),
            (Some("Thang kêu"), "Lời đã sửa", "Lời đã sửa"),
            (None, " Thang kêu ", "Thang kêu"),
            (None, "", ""),
        ] {
            assert_eq!(rest(title, text), shown, "{title:?}");
        }
        assert!(rest(None, &long).ends_with('…') && rest(None, &long).chars().count() < 300);
    }
}

//! Rows of the queue from read rows.
//! Must not load complaints: a page costs the same however many there are.

use redress_app::{ComplaintRow, Listed};
use redress_core::{kinds::Lang, policy::Pack};
use redress_text::{ComplaintState, PromiseState};

use super::{People, department, title};
use crate::components::{Clock, Words};
use crate::desk::view::Row;
use crate::portal::promise_name;

/// The rows of a page, in its order.
pub(crate) fn rows(w: &Words, pack: &Pack, people: &People, listed: &Listed) -> Vec<Row> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let rows = listed.rows.iter().enumerate().map(|(n, row)| Row {
        hit: listed.hits.get(n).cloned().flatten(),
        reference: row.reference.clone(),
        title: some(&row.title).as_deref().map(title::shown),
        person: None,
        asset: None,
        state: state(&row.state),
        round: u8::try_from(row.round).unwrap_or(u8::MAX),
        department: some(&row.department).map(|unit| department(pack, w.lang, &unit)),
        holder: people.get(&row.holder).map(|person| person.name.clone()),
        channel: row.channel.parse().unwrap_or(redress_core::kinds::ChannelKind::Web),
        language: row.language.parse().unwrap_or(Lang::Vi),
        safety: row.safety,
        unread: row.unread,
        next: next(w, pack, row),
    });
    rows.collect()
}

/// The promise that falls due next; one that stands still where none runs.
fn next(w: &Words, pack: &Pack, row: &ComplaintRow) -> Option<Clock> {
    let paused = row.next_state == PromiseState::Paused.as_str();
    let due = row.next_due.or(paused.then_some(w.now))?;
    // A promise is at risk from the last quarter of its time on.
    let quarter = row.next_soon_at.map(|soon| due.duration_since(soon));
    let from = quarter.and_then(|quarter| due.checked_sub(quarter * 4).ok());
    let round = u8::try_from(row.next_round).unwrap_or(u8::MAX);
    let is_soon = row.next_soon_at.is_some_and(|soon| w.now >= soon);
    Some(Clock {
        what: promise_name(pack, w.lang, &row.next_promise, round)
            .unwrap_or_else(|_| row.next_promise.clone()),
        state: match (paused, w.now >= due, is_soon) {
            (true, ..) => PromiseState::Paused,
            (false, true, _) => PromiseState::Late,
            (false, false, true) => PromiseState::Soon,
            (false, false, false) => PromiseState::Running,
        },
        from: from.unwrap_or(row.received_at),
        due,
        kept_at: None,
        late: None,
        paused_since: None,
        pauses: vec![],
        within: String::new(),
        moved: vec![],
        steps: vec![],
    })
}

/// The state of a read row; what a newer program wrote reads as received.
pub(crate) fn state(word: &str) -> ComplaintState {
    let known = ComplaintState::ALL.iter().copied().find(|state| state.as_str() == word);
    known.unwrap_or(ComplaintState::Received)
}

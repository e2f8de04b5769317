//! One complaint in a list.

use jiff::Timestamp;
use redress_store::ComplaintRow;
use serde::Serialize;

use crate::{App, AppError, Listed, accounts::emails, search::Hit};

/// One complaint in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct Item {
    pub reference: String,
    pub state: String,
    pub round: i64,
    pub kind: String,
    pub about: String,
    pub category: Option<String>,
    pub severity: String,
    pub safety: bool,
    pub channel: String,
    pub language: String,
    pub title: String,
    pub received_at: String,
    pub department: Option<String>,
    pub holder: Option<String>,
    pub next: Option<NextPromise>,
    pub unread: bool,
    pub version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hit: Option<Hit>,
}

/// The promise that falls due next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct NextPromise {
    pub promise: String,
    pub round: i64,
    /// `None` while it stands still: nobody knows before it goes on.
    pub due: Option<String>,
    pub state: String,
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The state of a promise due at `due`, soon from `soon_at` on, at `now`.
pub(crate) fn state_at(due: Timestamp, soon_at: Option<Timestamp>, now: Timestamp) -> &'static str {
    if now >= due {
        "late"
    } else if soon_at.is_some_and(|soon| now >= soon) {
        "soon"
    } else {
        "running"
    }
}

impl App {
    /// A page as the API lists it: each complaint, and why it was found where words were asked for.
    ///
    /// # Errors
    ///
    /// As [`App::items`].
    pub async fn listed(&self, listed: &Listed) -> Result<Vec<Item>, AppError> {
        let mut items = self.items(&listed.rows).await?;
        for (item, hit) in items.iter_mut().zip(&listed.hits) {
            item.hit.clone_from(hit);
        }
        Ok(items)
    }

    /// Rows as the API lists them.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the accounts cannot be read.
    pub async fn items(&self, rows: &[ComplaintRow]) -> Result<Vec<Item>, AppError> {
        let emails = emails(&self.accounts().await?);
        let zone = self.packs.current().policy.calendar.zone().clone();
        let now = self.world.now();
        let item = |row: &ComplaintRow| Item {
            reference: row.reference.clone(),
            state: row.state.clone(),
            round: row.round,
            kind: row.kind.clone(),
            about: row.about.clone(),
            category: some(&row.category),
            severity: row.severity.clone(),
            safety: row.safety,
            channel: row.channel.clone(),
            language: row.language.clone(),
            title: row.title.clone(),
            received_at: super::instant(row.received_at, &zone),
            department: some(&row.department),
            holder: emails.get(&row.holder).cloned(),
            next: (!row.next_state.is_empty()).then(|| NextPromise {
                promise: row.next_promise.clone(),
                round: row.next_round,
                due: row.next_due.map(|due| super::instant(due, &zone)),
                state: row
                    .next_due
                    .map_or(row.next_state.as_str(), |due| state_at(due, row.next_soon_at, now))
                    .to_owned(),
            }),
            unread: row.unread,
            version: row.version,
            hit: None,
        };
        Ok(rows.iter().map(item).collect())
    }
}

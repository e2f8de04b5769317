//! Events as the API shows them.

use redress_core::complaint::Event;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{App, AppError, Loaded, Told, accounts::emails};

/// One event.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct EventView {
    pub pos: u64,
    pub version: u64,
    #[serde(rename = "type")]
    pub kind: String,
    pub at: String,
    pub recorded_at: String,
    pub actor: ActorView,
    pub facts: Box<RawValue>,
    pub words: Option<Box<RawValue>>,
    pub erased: bool,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct ActorView {
    pub kind: String,
    pub who: String,
    pub role: String,
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<String>,
}

impl App {
    /// Events as the API shows them: facts and words are the exact stored texts.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the accounts cannot be read, [`AppError::Broken`] for spoilt texts.
    pub async fn event_views(&self, history: &[Told]) -> Result<Vec<EventView>, AppError> {
        let emails = emails(&self.accounts().await?);
        let zone = self.packs.current().policy.calendar.zone().clone();
        let raw = |text: &str| RawValue::from_string(text.to_owned()).map_err(AppError::broken);
        history
            .iter()
            .map(|told| {
                let email = |id: &String| emails.get(id).unwrap_or(id).clone();
                Ok(EventView {
                    pos: told.stored.pos,
                    version: told.stored.version,
                    kind: told.stored.kind.clone(),
                    at: super::instant(told.stored.at, &zone),
                    recorded_at: super::instant(told.stored.recorded_at, &zone),
                    actor: ActorView {
                        kind: told.actor.kind.clone(),
                        who: email(&told.actor.who),
                        role: told.actor.role.clone(),
                        acts_for: told.actor.acts_for.as_ref().map(email),
                    },
                    facts: raw(&told.stored.facts)?,
                    words: told.stored.words.as_deref().map(raw).transpose()?,
                    erased: told.stored.is_erased(),
                })
            })
            .collect()
    }
}

/// Whether the words of an event are kept from who verifies: findings and proposals of an earlier
/// round, until the running one has findings of its own (fresh eyes).
pub fn is_veiled(loaded: &Loaded, told: &Told) -> bool {
    let running = loaded.complaint.round();
    let earlier = |round: u8| running.findings.is_empty() && round < running.number;
    matches!(&told.event, Event::FindingRecorded(event) if earlier(event.round))
        || matches!(&told.event, Event::DecisionProposed(event) if earlier(event.round))
        || matches!(&told.event, Event::RefusalProposed(event) if earlier(event.round))
}

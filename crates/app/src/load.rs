//! Loading one complaint: its events, decoded, and folded into what they say together.

use std::sync::Arc;

use redress_core::{
    complaint::{Complaint, Event, Happened, evolve},
    id::{AccountId, ComplaintId},
    policy::{Pack, Policy},
};
use redress_store::{ComplaintRow, StoredEvent, StreamKind};

use crate::{App, AppError, record};

/// A stored event with what it says.
#[derive(Debug, Clone)]
pub struct Told {
    /// As it is stored.
    pub stored: StoredEvent,
    /// What it says.
    pub event: Event,
    /// Who did it.
    pub actor: record::ActorFact,
}

impl Told {
    /// Reads a stored event.
    ///
    /// # Errors
    ///
    /// [`AppError::Codec`] for events of a newer program, [`AppError::Broken`] for a spoilt actor.
    pub fn read(stored: StoredEvent) -> Result<Self, AppError> {
        let event =
            Event::decode(&stored.kind, stored.schema, &stored.facts, stored.words.as_deref())?;
        let actor = serde_json::from_str(&stored.actor).map_err(AppError::broken)?;
        Ok(Self { stored, event, actor })
    }

    /// Who did it and when, for folding.
    pub fn happened(&self) -> Happened {
        let by: Option<AccountId> =
            if self.actor.kind == "user" { self.actor.who.parse().ok() } else { None };
        Happened { by, at: self.stored.at, recorded_at: self.stored.recorded_at }
    }
}

/// One complaint with its whole history.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its id.
    pub id: ComplaintId,
    /// Its read row.
    pub row: ComplaintRow,
    /// What its events say together.
    pub complaint: Complaint,
    /// Its events in order.
    pub history: Vec<Told>,
    /// The pack it runs under, counting by the days in force.
    pub pack: Arc<Pack>,
    /// The same, counting by the days that its promises were counted by before.
    past: Vec<Arc<Pack>>,
}

impl Loaded {
    /// The policy with the days of the calendar `id`, `vn@2026-11-20`, as far as a promise of this
    /// complaint was counted by them; else with those in force.
    pub fn policy_counting_by(&self, id: &str) -> &Policy {
        let past = self.past.iter().find(|pack| pack.policy.calendar.id().to_string() == id);
        &past.unwrap_or(&self.pack).policy
    }
}

impl App {
    /// Loads the complaint with this reference as people type it.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when there is none.
    pub async fn load(&self, reference: &str) -> Result<Loaded, AppError> {
        let reference: redress_core::reference::Reference =
            reference.parse().map_err(|_| AppError::NotFound)?;
        let history = self.store.history_by_reference(&reference.to_string()).await?;
        self.read_loaded(history.ok_or(AppError::NotFound)?).await
    }

    /// Loads the complaint a tracking token opens.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when it opens none.
    pub async fn load_tracked(&self, token: &crate::secret::Secret) -> Result<Loaded, AppError> {
        let history = self.store.history_by_tracking(&token.hash()).await?;
        self.read_loaded(history.ok_or(AppError::NotFound)?).await
    }

    /// Loads the complaint with this id.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when there is none.
    pub async fn load_id(&self, id: &str) -> Result<Loaded, AppError> {
        let history = self.store.history(id).await?;
        self.read_loaded(history.ok_or(AppError::NotFound)?).await
    }

    /// Loads the history behind a read row.
    ///
    /// # Errors
    ///
    /// [`AppError::Broken`] when row and events do not belong together.
    pub async fn load_row(&self, row: ComplaintRow) -> Result<Loaded, AppError> {
        let stream = record::stream(StreamKind::Complaint, &row.id)?;
        let stored = self.store.stream(&stream).await?;
        self.read_loaded((row, stored)).await
    }

    /// Reads what is stored of a complaint.
    ///
    /// # Errors
    ///
    /// As [`App::load_row`].
    pub(crate) async fn read_loaded(
        &self,
        (row, stored): redress_store::History,
    ) -> Result<Loaded, AppError> {
        let history = read_history(stored)?;
        let complaint = fold(&history).ok_or_else(|| {
            AppError::broken(format!("complaint {} has no opening event", row.id))
        })?;
        let id = row.id.parse().map_err(AppError::broken)?;
        let pack = self.packs.by_digest(&self.store, &complaint.pack).await?;
        let past = self.past_packs(&pack, &history).await?;
        Ok(Loaded { id, row, complaint, history, pack, past })
    }

    /// The pack with each calendar that promises of this history were counted by and that is not
    /// in force any more.
    async fn past_packs(
        &self,
        pack: &Arc<Pack>,
        history: &[Told],
    ) -> Result<Vec<Arc<Pack>>, AppError> {
        let in_force = pack.policy.calendar.id().to_string();
        let mut ids: Vec<&str> = history.iter().flat_map(|told| calendars(&told.event)).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut past = Vec::new();
        for id in ids.into_iter().filter(|id| *id != in_force) {
            past.push(self.packs.counting_by(&self.store, pack, id).await?);
        }
        Ok(past)
    }
}

/// The calendars an event counts promises by.
#[expect(clippy::wildcard_enum_match_arm, reason = "only some events set dates")]
fn calendars(event: &Event) -> Vec<&str> {
    match event {
        Event::ComplaintOpened(e) => e.promises.iter().map(|set| &*set.calendar).collect(),
        Event::RoundOpened(e) => e.promises.iter().map(|set| &*set.calendar).collect(),
        Event::PromiseMoved(e) => vec![&e.calendar],
        _ => vec![],
    }
}

/// Reads the events of one complaint; of redacted ones, what stays of their words.
///
/// # Errors
///
/// As [`Told::read`].
pub(crate) fn read_history(stored: Vec<StoredEvent>) -> Result<Vec<Told>, AppError> {
    let mut history = stored.into_iter().map(Told::read).collect::<Result<Vec<_>, _>>()?;
    for n in 0..history.len() {
        let Some(Event::Redacted(redacted)) = history.get(n).map(|told| &told.event) else {
            continue;
        };
        let Some(words) = redacted.words.as_ref() else { continue };
        let (pos, remaining) = (redacted.event, words.remaining.clone());
        if let Some(told) = history.iter_mut().find(|told| told.stored.pos == pos) {
            told.stored.words = Some(remaining);
            told.event = Event::decode(
                &told.stored.kind,
                told.stored.schema,
                &told.stored.facts,
                told.stored.words.as_deref(),
            )?;
        }
    }
    Ok(history)
}

/// What a history says together.
pub(crate) fn fold(history: &[Told]) -> Option<Complaint> {
    history.iter().fold(None, |complaint, told| evolve(complaint, &told.event, &told.happened()))
}

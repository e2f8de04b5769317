//! Redaction: words leave the store, what stays of them travels in the redaction's own words.
//! Must not judge whether words may go; `core` does.

use redress_core::complaint::{
    Event,
    event::{Redacted, RedactedWords},
};
use redress_store::{Row, StreamKind};
use serde_json::Value;

use crate::{App, AppError, Loaded, Told, record};

impl App {
    /// Completes the redactions among decided events, and says which stored words go; answers the
    /// history without them, if any go.
    ///
    /// The notice that opened a complaint holds the same text, so it goes with it.
    pub(crate) async fn redact(
        &self,
        loaded: &Loaded,
        events: &mut [Event],
        rows: &mut Vec<Row>,
    ) -> Result<Option<Vec<Told>>, AppError> {
        let mut history = loaded.history.clone();
        let mut changed = false;
        for event in events {
            let Event::Redacted(redacted) = event else { continue };
            let target = history.iter_mut().find(|told| told.stored.pos == redacted.event);
            let Some(told) = target else { continue };
            let remaining = without(told.stored.words.as_deref(), redacted)?;
            told.stored.words = Some(remaining.clone());
            told.event = Event::decode(
                &told.stored.kind,
                told.stored.schema,
                &told.stored.facts,
                told.stored.words.as_deref(),
            )?;
            let opened = matches!(told.event, Event::ComplaintOpened(_));
            redacted.words = Some(RedactedWords { remaining });
            rows.push(Row::WordsErased { pos: redacted.event });
            rows.extend(earlier(loaded, redacted.event));
            if opened {
                rows.extend(self.notice_words(loaded).await?);
            }
            changed = true;
        }
        Ok(changed.then_some(history))
    }

    async fn notice_words(&self, loaded: &Loaded) -> Result<Option<Row>, AppError> {
        let opened = loaded.history.iter().find_map(|told| {
            let Event::ComplaintOpened(opened) = &told.event else { return None };
            Some(opened.notice)
        });
        let Some(notice) = opened else { return Ok(None) };
        let stream = record::stream(StreamKind::Notice, notice)?;
        let first = self.store.events_of(&stream, 0, 1).await?.into_iter().next();
        Ok(first.map(|stored| Row::WordsErased { pos: stored.pos }))
    }
}

/// An earlier redaction of the same event still holds what now goes.
fn earlier(loaded: &Loaded, target: u64) -> impl Iterator<Item = Row> + '_ {
    loaded.history.iter().filter_map(move |told| {
        let Event::Redacted(redacted) = &told.event else { return None };
        (redacted.event == target).then_some(Row::WordsErased { pos: told.stored.pos })
    })
}

/// The words without the redacted fields; the fields stay, emptied, so that history still reads.
fn without(words: Option<&str>, redacted: &Redacted) -> Result<String, AppError> {
    let mut words: Value = serde_json::from_str(words.unwrap_or("{}")).map_err(AppError::broken)?;
    if let Some(map) = words.as_object_mut() {
        for field in &redacted.fields {
            if let Some(value) = map.get_mut(field) {
                *value = if value.is_array() {
                    Value::Array(vec![])
                } else {
                    Value::String(String::new())
                };
            }
        }
    }
    Ok(words.to_string())
}

//! Values of the messages that go to colleagues.

use jiff::Timestamp;
use redress_core::{
    complaint::{
        Event,
        state::{AttemptFate, Promise},
        vocabulary::Purpose,
    },
    kinds::{ChannelKind, Lang},
};
use serde_json::{Value, json};

use super::{Values, common, say};
use crate::{App, AppError, Loaded, row};

impl App {
    /// Values of `director-notice`, `duty` and `warning`; each template names its own of them.
    pub(crate) async fn notice_values(
        &self,
        loaded: &Loaded,
        warned: Option<(&str, u8)>,
        lang: Lang,
    ) -> Result<Values, AppError> {
        let c = &loaded.complaint;
        let now = self.now();
        let zone = loaded.pack.policy.calendar.zone();
        let due = |at: Timestamp| redress_text::due(lang, at, zone, now);
        let person = self.person_of(c).await?;
        let (text, place) = opening(loaded);
        let promise_name = |id: &str| say(&loaded.pack, lang, &format!("promise.{id}"));
        let running = c.running_promises();
        let promises: Vec<Value> = running
            .map(|promise| json!({"name": promise_name(&promise.set.promise), "due": due(promise.set.due)}))
            .collect();
        let mut values = common(&loaded.pack, &c.reference.to_string());
        let handed_over_at = c.round().route.by_itself_at.filter(|_| c.department.is_none());
        let more = json!({
            "title": c.title.clone().unwrap_or_default(),
            "text": text,
            "place": place,
            "channel": channel(loaded, c.channel, lang),
            "about": redress_text::say(lang, c.about),
            "received_at": redress_text::instant(lang, c.round().from, zone, now),
            "safety": c.safety,
            "files": c.files.len(),
            "promises": promises,
            "handed_over_at": handed_over_at.map(due).unwrap_or_default(),
            "due": c.next_promise().map(|promise| due(promise.set.due)).unwrap_or_default(),
            "phone": person.phone.as_deref().map(redress_text::phone).unwrap_or_default(),
            "desk_url": format!("{}/desk/complaints/{}", self.public_url(), c.reference),
        });
        if let Value::Object(more) = more {
            values.extend(more);
        }
        let warned = warned.and_then(|(id, round)| {
            c.promises.iter().find(|p| p.set.promise == id && p.set.round == round)
        });
        if let Some(promise) = warned {
            values.insert("promise".to_owned(), json!(promise_name(&promise.set.promise)));
            values.insert("due".to_owned(), json!(due(promise.set.due)));
            values.insert("share".to_owned(), json!(share(promise, now)));
            values.insert("late".to_owned(), json!(now >= promise.set.due));
            values.insert("holder".to_owned(), json!(self.holder_name(loaded, lang).await?));
        }
        Ok(values)
    }

    /// Values of `date-moved-notice`.
    pub(crate) async fn moved_values(
        &self,
        loaded: &Loaded,
        lang: Lang,
    ) -> Result<Values, AppError> {
        let c = &loaded.complaint;
        let told = c.attempts.iter().rev().find(|attempt| attempt.purpose == Purpose::DateMoved);
        let told = told.is_some_and(|attempt| !matches!(attempt.fate, AttemptFate::Failed(_)));
        let mut values = common(&loaded.pack, &c.reference.to_string());
        let desk_url = format!("{}/desk/complaints/{}", self.public_url(), c.reference);
        let more = [
            ("moves", super::moved(loaded, lang, self.now())),
            ("holder", json!(self.holder_name(loaded, lang).await?)),
            ("told", json!(told)),
            ("desk_url", json!(desk_url)),
        ];
        values.extend(more.map(|(name, value)| (name.to_owned(), value)));
        Ok(values)
    }

    async fn holder_name(&self, loaded: &Loaded, lang: Lang) -> Result<String, AppError> {
        let verifier = loaded.complaint.round().verifier;
        let accounts = self.accounts().await?;
        let account =
            accounts.iter().find(|row| verifier.is_some_and(|id| id.to_string() == row.id));
        Ok(account.map_or_else(
            || {
                let unit = row::department(&loaded.complaint, &loaded.pack.policy);
                say(&loaded.pack, lang, &format!("department.{unit}"))
            },
            |row| row.name.clone(),
        ))
    }
}

fn channel(loaded: &Loaded, kind: ChannelKind, lang: Lang) -> String {
    say(&loaded.pack, lang, &format!("channel.{kind}"))
}

fn opening(loaded: &Loaded) -> (String, String) {
    let words = loaded.history.iter().find_map(|told| {
        let Event::ComplaintOpened(opened) = &told.event else { return None };
        opened.words.clone()
    });
    words.map(|words| (words.text, words.place.unwrap_or_default())).unwrap_or_default()
}

/// How much of the time is used, per cent, at most 100.
fn share(promise: &Promise, now: Timestamp) -> i64 {
    let whole = promise.set.due.as_microsecond() - promise.set.from.as_microsecond();
    let used = now.as_microsecond() - promise.set.from.as_microsecond();
    if whole <= 0 { 100 } else { (used.max(0) / (whole / 100).max(1)).min(100) }
}

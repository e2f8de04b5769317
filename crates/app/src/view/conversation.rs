//! The conversation: what was said both ways, with what became of it.

use jiff::{Timestamp, tz::TimeZone};
use redress_core::complaint::{Event, file::FileFact, state::AttemptFate, vocabulary::Purpose};
use serde::Serialize;

use crate::{Loaded, Told, pictures::is_shown};

/// A file in a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileView {
    /// Its name as given.
    pub name: String,
    /// Its media type as found in the bytes.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of the bytes as they came; names the file in links.
    pub sha256: String,
    /// Whether it is shown as a picture.
    pub picture: bool,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageView {
    /// `in` or `out`.
    pub direction: String,
    /// How it travelled.
    pub channel: String,
    /// `message`, `evidence-request`, `response`, `acknowledgement`, `complaint`, `disagreement`.
    pub purpose: String,
    /// When it was received, told, or put on its way.
    pub at: String,
    /// The same instant.
    #[serde(skip)]
    pub instant: Timestamp,
    /// What it says; `None` once erased.
    pub text: Option<String>,
    /// To whom it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Its files.
    pub files: Vec<FileView>,
    /// The attempt, for words of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// `queued`, `sent`, `told`, `failed`; `received` for words of the complainant.
    pub state: String,
    /// The round it belongs to.
    pub round: u8,
    /// Account id of whoever wrote it; staff only.
    #[serde(skip)]
    pub by: Option<String>,
}

/// Files with their names.
pub(crate) fn files(facts: &[FileFact], names: &[String]) -> Vec<FileView> {
    facts
        .iter()
        .enumerate()
        .map(|(n, fact)| FileView {
            name: names.get(n).cloned().unwrap_or_default(),
            media_type: fact.media_type.clone(),
            bytes: fact.bytes,
            sha256: fact.sha256.clone(),
            picture: is_shown(&fact.media_type),
        })
        .collect()
}

/// The conversation of a complaint, in order.
pub(crate) fn conversation(loaded: &Loaded, zone: &TimeZone) -> Vec<MessageView> {
    let mut round = 1;
    let mut messages = Vec::new();
    for told in &loaded.history {
        if let Event::RoundOpened(opened) = &told.event {
            round = opened.round;
        }
        messages.extend(one(loaded, told, round, zone));
    }
    messages
}

fn one(loaded: &Loaded, told: &Told, round: u8, zone: &TimeZone) -> Option<MessageView> {
    let view = |direction: &str,
                channel: &str,
                purpose: &str,
                at: Timestamp,
                text: Option<String>,
                files: Vec<FileView>| MessageView {
        direction: direction.to_owned(),
        channel: channel.to_owned(),
        purpose: purpose.to_owned(),
        at: super::instant(at, zone),
        instant: at,
        text,
        with: None,
        files,
        attempt: None,
        state: "received".to_owned(),
        round,
        by: (told.actor.kind == "user").then(|| told.actor.who.clone()),
    };
    match &told.event {
        Event::ComplaintOpened(e) => {
            let words = e.words.as_ref();
            let names = words.map(|w| w.file_names.clone()).unwrap_or_default();
            let text = words.map(|w| w.text.clone());
            Some(view(
                "in",
                e.channel.as_str(),
                "complaint",
                e.received_at,
                text,
                files(&e.files, &names),
            ))
        }
        Event::MessageReceived(e) => {
            let words = e.words.as_ref();
            let names = words.map(|w| w.file_names.clone()).unwrap_or_default();
            let text = words.map(|w| w.text.clone());
            Some(view(
                "in",
                e.channel.as_str(),
                "message",
                e.received_at,
                text,
                files(&e.files, &names),
            ))
        }
        Event::Disagreed(e) => {
            let words = e.words.as_ref();
            let names = words.map(|w| w.file_names.clone()).unwrap_or_default();
            let text = words.map(|w| w.text.clone());
            Some(view(
                "in",
                e.channel.as_str(),
                "disagreement",
                e.received_at,
                text,
                files(&e.files, &names),
            ))
        }
        Event::MessageQueued(e) if e.purpose != Purpose::Acknowledgement => {
            let words = e.words.as_ref();
            let names = words.map(|w| w.file_names.clone()).unwrap_or_default();
            let text = words.map(|w| w.text.clone());
            let mut message = view(
                "out",
                e.channel.as_str(),
                e.purpose.as_str(),
                told.stored.at,
                text,
                files(&e.files, &names),
            );
            message.attempt = Some(e.attempt.to_string());
            message.state = fate(loaded, e.attempt, "sent");
            Some(message)
        }
        Event::MessageTold(e) => {
            let words = e.words.as_ref();
            let names = words.map(|w| w.file_names.clone()).unwrap_or_default();
            let text = words.map(|w| w.text.clone());
            let mut message = view(
                "out",
                e.channel.as_str(),
                e.purpose.as_str(),
                e.told_at,
                text,
                files(&e.proof, &names),
            );
            message.attempt = Some(e.attempt.to_string());
            message.with = words.and_then(|w| w.with.clone());
            message.state = fate(loaded, e.attempt, "told");
            Some(message)
        }
        Event::ResponseTold(e) => {
            let words = e.words.as_ref();
            let names = words.map(|w| w.file_names.clone()).unwrap_or_default();
            let text = words.map(|w| w.text.clone());
            let mut message = view(
                "out",
                e.channel.as_str(),
                "response",
                e.told_at,
                text,
                files(&e.proof, &names),
            );
            message.attempt = Some(e.attempt.to_string());
            message.with = words.map(|w| w.to.clone());
            message.state = fate(loaded, e.attempt, "told");
            Some(message)
        }
        _ => None,
    }
}

fn fate(loaded: &Loaded, attempt: redress_core::id::AttemptId, reached: &str) -> String {
    let attempt = loaded.complaint.attempts.iter().find(|known| known.id == attempt);
    match attempt.map(|attempt| attempt.fate) {
        Some(AttemptFate::Reached(_)) => reached.to_owned(),
        Some(AttemptFate::Failed(_)) => "failed".to_owned(),
        Some(AttemptFate::Queued) | None => "queued".to_owned(),
    }
}

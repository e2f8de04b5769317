//! The conversation: what was said both ways, with what became of it.

use jiff::{Timestamp, tz::TimeZone};
use redress_core::complaint::{Event, file::FileFact, state::AttemptFate, vocabulary::Purpose};
use redress_core::{id::AttemptId, kinds::ChannelKind};
use serde::Serialize;

use super::Viewer;
use crate::{Held, HeldFiles, Loaded, Told, pictures::is_shown};

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
    /// Why it is not shown at all: `checking` or `refused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// What was found in it; staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
}

impl FileView {
    /// The same with how its check stands.
    pub fn hold(&mut self, held: &HeldFiles, viewer: Viewer) {
        if let Some((why, finding)) = held.get(&self.sha256) {
            self.held = Some(*why);
            self.picture = false;
            let told = viewer == Viewer::Staff && *why == Held::Refused;
            self.finding = told.then(|| finding.clone());
        }
    }
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
            held: None,
            finding: None,
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

/// One line of the conversation before it is dressed.
struct Line<'e> {
    direction: &'static str,
    channel: ChannelKind,
    purpose: &'static str,
    at: Timestamp,
    text: Option<String>,
    with: Option<String>,
    facts: &'e [FileFact],
    names: Vec<String>,
    attempt: Option<(AttemptId, &'static str)>,
}

fn one(loaded: &Loaded, told: &Told, round: u8, zone: &TimeZone) -> Option<MessageView> {
    let line = incoming(&told.event).or_else(|| outgoing(&told.event, told.stored.at))?;
    Some(MessageView {
        direction: line.direction.to_owned(),
        channel: line.channel.to_string(),
        purpose: line.purpose.to_owned(),
        at: super::instant(line.at, zone),
        instant: line.at,
        text: line.text,
        with: line.with,
        files: files(line.facts, &line.names),
        attempt: line.attempt.map(|(id, _)| id.to_string()),
        state: line
            .attempt
            .map_or_else(|| "received".to_owned(), |(id, reached)| fate(loaded, id, reached)),
        round,
        by: (told.actor.kind == "user").then(|| told.actor.who.clone()),
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only some events matter here")]
fn incoming(event: &Event) -> Option<Line<'_>> {
    let (channel, purpose, at, facts) = match event {
        Event::ComplaintOpened(e) => (e.channel, "complaint", e.received_at, &e.files),
        Event::MessageReceived(e) => (e.channel, "message", e.received_at, &e.files),
        Event::Disagreed(e) => (e.channel, "disagreement", e.received_at, &e.files),
        _ => return None,
    };
    let (text, names) = incoming_words(event).unzip();
    let names = names.unwrap_or_default();
    Some(Line {
        direction: "in",
        channel,
        purpose,
        at,
        text,
        with: None,
        facts,
        names,
        attempt: None,
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only some events matter here")]
fn incoming_words(event: &Event) -> Option<(String, Vec<String>)> {
    match event {
        Event::ComplaintOpened(e) => {
            e.words.as_ref().map(|w| (w.text.clone(), w.file_names.clone()))
        }
        Event::MessageReceived(e) => {
            e.words.as_ref().map(|w| (w.text.clone(), w.file_names.clone()))
        }
        Event::Disagreed(e) => e.words.as_ref().map(|w| (w.text.clone(), w.file_names.clone())),
        _ => None,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only some events matter here")]
fn outgoing(event: &Event, recorded: Timestamp) -> Option<Line<'_>> {
    let mut line = Line {
        direction: "out",
        channel: ChannelKind::Email,
        purpose: Purpose::Response.as_str(),
        at: recorded,
        text: None,
        with: None,
        facts: &[],
        names: vec![],
        attempt: None,
    };
    match event {
        Event::MessageQueued(e) if !e.purpose.is_automatic() => {
            (line.channel, line.purpose, line.facts) = (e.channel, e.purpose.as_str(), &e.files);
            line.attempt = Some((e.attempt, "sent"));
            if let Some(words) = &e.words {
                (line.text, line.names) = (Some(words.text.clone()), words.file_names.clone());
            }
        }
        Event::MessageTold(e) => {
            (line.channel, line.purpose, line.facts) = (e.channel, e.purpose.as_str(), &e.proof);
            (line.at, line.attempt) = (e.told_at, Some((e.attempt, "told")));
            if let Some(words) = &e.words {
                (line.text, line.names) = (Some(words.text.clone()), words.file_names.clone());
                line.with.clone_from(&words.with);
            }
        }
        Event::ResponseTold(e) => {
            (line.channel, line.facts, line.at) = (e.channel, &e.proof, e.told_at);
            line.attempt = Some((e.attempt, "told"));
            if let Some(words) = &e.words {
                (line.text, line.names) = (Some(words.text.clone()), words.file_names.clone());
                line.with = Some(words.to.clone());
            }
        }
        _ => return None,
    }
    Some(line)
}

fn fate(loaded: &Loaded, attempt: redress_core::id::AttemptId, reached: &str) -> String {
    let attempt = loaded.complaint.attempts.iter().find(|known| known.id == attempt);
    match attempt.map(|attempt| attempt.fate) {
        Some(AttemptFate::Reached(_)) => reached.to_owned(),
        Some(AttemptFate::Failed(_)) => "failed".to_owned(),
        Some(AttemptFate::Queued) | None => "queued".to_owned(),
    }
}

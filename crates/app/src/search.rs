//! The words by which a complaint is found, and why it was found.
//! Must not hold what judges before others have judged: findings and proposals of an earlier round
//! are kept from who verifies anew, so they are no way to find a complaint either.

use std::{borrow::Cow, collections::HashMap};

use redress_core::{
    complaint::{Complaint, Event, event::PersonWords},
    id::ComplaintId,
    search::{Excerpt, Query, excerpt, tokens, unit_token},
};
use redress_store::{Commit, CommitError, ComplaintRow, Expect, Row, SearchRow, StreamKind};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::{App, AppError, Loaded, Told, record};

/// The token of complaints that are neither closed nor archived.
pub(crate) const OPEN: &str = "state0open";
/// Complaints indexed at once.
const BATCH: u32 = 100;
/// Batches under way at once.
const LANES: usize = 3;

/// Why a complaint was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Where: `text`, `remedy`, `place`, `message`, `note`, `file`, `name`, `contact`, `asset`,
    /// `reference`.
    #[serde(rename = "in")]
    pub place: String,
    /// The words there, cut where they meet the question.
    pub parts: Vec<HitPart>,
}

/// Words that meet the question, or stand around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HitPart {
    /// The words.
    pub text: String,
    /// Whether they meet it.
    #[serde(rename = "match")]
    pub met: bool,
}

/// The row by which a complaint is found.
pub(crate) fn row<'e>(
    id: ComplaintId,
    row: &ComplaintRow,
    complaint: &'e Complaint,
    events: impl IntoIterator<Item = &'e Event>,
    person: &'e PersonWords,
) -> Row {
    let said = said(complaint, events, person);
    let mut words = tokens(said.iter().map(|(_, text)| text.as_ref()));
    for unit in &row.departments {
        words.push(' ');
        words.push_str(&unit_token(unit));
    }
    if row.open {
        words.push(' ');
        words.push_str(OPEN);
    }
    Row::Search(SearchRow { complaint: id.to_string(), words })
}

/// Whether the row by which a complaint is found is another after these events.
fn changes(before: &ComplaintRow, after: &ComplaintRow, events: &[Event]) -> bool {
    before.open != after.open
        || before.departments != after.departments
        || events
            .iter()
            .any(|event| !words(event).is_empty() || matches!(event, Event::Redacted(_)))
}

/// Everything by which a complaint is found, each with the word for where it stands; what the
/// person says first.
fn said<'s>(
    complaint: &'s Complaint,
    events: impl IntoIterator<Item = &'s Event>,
    person: &'s PersonWords,
) -> Vec<(&'static str, Cow<'s, str>)> {
    let mut said: Vec<(&'static str, Cow<'s, str>)> =
        events.into_iter().flat_map(words).map(|(at, text)| (at, Cow::Borrowed(text))).collect();
    let of_person = [
        ("name", &person.name),
        ("name", &person.organisation),
        ("name", &person.represents),
        ("contact", &person.phone),
        ("contact", &person.email),
        ("contact", &person.address),
        ("contact", &person.sender),
        ("asset", &complaint.asset),
    ];
    said.extend(of_person.into_iter().filter_map(|(at, text)| Some((at, text.as_deref()?.into()))));
    said.push(("reference", complaint.reference.to_string().into()));
    said
}

/// The words of an event by which its complaint is found.
#[expect(clippy::wildcard_enum_match_arm, reason = "most events say nothing to be found by")]
fn words(event: &Event) -> Vec<(&'static str, &str)> {
    let mut said: Vec<(&'static str, &str)> = Vec::new();
    let mut files: &[String] = &[];
    match event {
        Event::ComplaintOpened(event) => {
            let Some(words) = &event.words else { return said };
            said.push(("text", &words.text));
            said.extend(words.remedy_sought.as_deref().map(|text| ("remedy", text)));
            said.extend(words.place.as_deref().map(|text| ("place", text)));
            files = &words.file_names;
        }
        Event::MessageReceived(event) => {
            let Some(words) = &event.words else { return said };
            said.push(("message", &words.text));
            files = &words.file_names;
        }
        Event::MessageQueued(event) => {
            let Some(words) = &event.words else { return said };
            said.push(("message", &words.text));
            files = &words.file_names;
        }
        Event::MessageTold(event) => {
            let Some(words) = &event.words else { return said };
            said.push(("message", &words.text));
            files = &words.file_names;
        }
        Event::Disagreed(event) => {
            let Some(words) = &event.words else { return said };
            said.push(("message", &words.text));
            files = &words.file_names;
        }
        Event::NoteAdded(event) => {
            let Some(words) = &event.words else { return said };
            said.push(("note", &words.text));
            files = &words.file_names;
        }
        _ => {}
    }
    said.extend(files.iter().map(|name| ("file", name.as_str())));
    said
}

impl App {
    /// The row by which a complaint is found after these events, if they change it. `history` is
    /// what came before, without words that go now.
    pub(crate) async fn found_by(
        &self,
        loaded: &Loaded,
        (after, complaint): (&ComplaintRow, &Complaint),
        history: &[Told],
        events: &[Event],
    ) -> Result<Option<Row>, AppError> {
        if !changes(&loaded.row, after, events) {
            return Ok(None);
        }
        let person = self.person_of(complaint).await?;
        let all = history.iter().map(|told| &told.event).chain(events);
        Ok(Some(row(loaded.id, after, complaint, all, &person)))
    }

    /// Why each of these complaints was found.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub(crate) async fn hits(
        &self,
        rows: &[ComplaintRow],
        query: &Query,
    ) -> Result<Vec<Option<Hit>>, AppError> {
        let found = self.with_persons(rows.iter().map(|row| row.id.clone()).collect()).await?;
        let why = |(loaded, person): &(Loaded, PersonWords)| {
            let events = loaded.history.iter().map(|told| &told.event);
            (loaded.row.id.clone(), best(&said(&loaded.complaint, events, person), query))
        };
        let mut hits: HashMap<String, Option<Hit>> = found.iter().map(why).collect();
        Ok(rows.iter().map(|row| hits.remove(&row.id).flatten()).collect())
    }

    /// Complaints with their persons, all by two visits to the store.
    async fn with_persons(&self, ids: Vec<String>) -> Result<Vec<(Loaded, PersonWords)>, AppError> {
        let mut complaints = Vec::with_capacity(ids.len());
        for history in self.store.histories(ids).await? {
            complaints.push(self.read_loaded(history).await?);
        }
        let persons = self.persons_of(&complaints).await?;
        Ok(complaints.into_iter().zip(persons).collect())
    }

    /// Makes every complaint found by its words again, from its events. `progress` hears how many
    /// are done.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`], or [`AppError::Codec`] for events of a newer program.
    pub async fn reindex(&self, mut progress: impl FnMut(u64)) -> Result<u64, AppError> {
        let (mut done, mut after, mut running) = (0, String::new(), JoinSet::new());
        loop {
            let page = self.store.complaints_after(&after, BATCH).await?;
            if let Some(last) = page.last() {
                after.clone_from(&last.id);
                let (app, ids) = (self.clone(), page.into_iter().map(|row| row.id).collect());
                running.spawn(async move { app.reindex_some(ids).await });
                if running.len() < LANES {
                    continue;
                }
            }
            let Some(ended) = running.join_next().await else { return Ok(done) };
            done += ended.map_err(AppError::broken)??;
            progress(done);
        }
    }

    /// Indexes these complaints as they stand, also when one moves meanwhile; answers how many.
    async fn reindex_some(&self, ids: Vec<String>) -> Result<u64, AppError> {
        let found = self.with_persons(ids).await?;
        let mut commit = record::new_commit(&self.world);
        for (loaded, person) in &found {
            add_found(&mut commit, loaded, person)?;
        }
        match self.store.commit(commit).await {
            Ok(_) => {}
            Err(CommitError::Conflict { .. }) => {
                for (loaded, _) in &found {
                    self.reindex_one(loaded.row.id.clone()).await?;
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(found.len() as u64)
    }

    async fn reindex_one(&self, id: String) -> Result<(), AppError> {
        loop {
            let found = self.with_persons(vec![id.clone()]).await?;
            let mut commit = record::new_commit(&self.world);
            for (loaded, person) in &found {
                add_found(&mut commit, loaded, person)?;
            }
            match self.store.commit(commit).await {
                Ok(_) => return Ok(()),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Adds the row by which a complaint is found, if it does not move meanwhile.
fn add_found(commit: &mut Commit, loaded: &Loaded, person: &PersonWords) -> Result<(), AppError> {
    let stream = record::stream(StreamKind::Complaint, loaded.id)?;
    commit.expect.push(Expect { stream, version: loaded.row.version });
    let events = loaded.history.iter().map(|told| &told.event);
    commit.rows.push(row(loaded.id, &loaded.row, &loaded.complaint, events, person));
    Ok(())
}

/// The place that meets most of the question; of equals the first.
fn best(said: &[(&'static str, Cow<'_, str>)], query: &Query) -> Option<Hit> {
    let mut best: Option<(&str, Excerpt)> = None;
    for (at, text) in said {
        if let Some(shown) = excerpt(text, query)
            && best.as_ref().is_none_or(|(_, best)| shown.needles > best.needles)
        {
            best = Some((at, shown));
        }
    }
    best.map(|(at, shown)| Hit { place: at.to_owned(), parts: parts(&shown) })
}

fn parts(shown: &Excerpt) -> Vec<HitPart> {
    let mut parts = Vec::with_capacity(shown.marks.len() * 2 + 1);
    let mut from = 0;
    let mut push = |range: std::ops::Range<usize>, met: bool| {
        if let Some(text) = shown.text.get(range).filter(|text| !text.is_empty()) {
            parts.push(HitPart { text: text.to_owned(), met });
        }
    };
    for mark in &shown.marks {
        push(from..mark.start, false);
        push(mark.clone(), true);
        from = mark.end;
    }
    push(from..shown.text.len(), false);
    parts
}

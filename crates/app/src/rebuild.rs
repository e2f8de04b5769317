//! Rebuilding read rows from events, and comparing them with the live ones by name.

use std::collections::HashMap;

use redress_core::{complaint::Event, id::ComplaintId};
use redress_store::{DutyRow, Row, Store, StreamKind, Write};

use crate::{
    App, AppError, Told,
    load::{fold, read_history},
    record, row,
};

/// How many events are read at once.
const PAGE: u32 = 500;

/// What is folded so far.
#[derive(Default)]
struct Folded {
    complaints: HashMap<String, (Vec<u8>, u64)>,
    rows: Vec<(Row, u64)>,
    notices: HashMap<String, usize>,
    waiting: Vec<Waiting>,
    accounts: HashMap<String, jiff::Timestamp>,
    languages: HashMap<String, String>,
    persons: Vec<(redress_core::complaint::event::PersonRecorded, u64, u64)>,
}

/// A notice's row, which tells when its first reply is due for as long as it waits.
struct Waiting {
    place: usize,
    received_at: jiff::Timestamp,
    recorded_at: jiff::Timestamp,
}

impl App {
    /// Builds every read row from the events into `fresh`, an empty store.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`], or [`AppError::Codec`] for events of a newer program.
    pub async fn rebuild_into(&self, fresh: &Store) -> Result<(), AppError> {
        let mut folded = Folded::default();
        let mut after = 0;
        loop {
            let page = self.store.events_after(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.pos;
            for stored in page {
                fold_one(&mut folded, Told::read(stored)?);
            }
        }
        self.finish(&mut folded).await?;
        let mut rows = folded.rows;
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(PAGE as usize));
            fresh.write(Write::RebuildRows(rows)).await?;
            rows = rest;
        }
        Ok(())
    }

    async fn finish(&self, folded: &mut Folded) -> Result<(), AppError> {
        for (event, version, pos) in std::mem::take(&mut folded.persons) {
            let language =
                folded.languages.get(&event.person.to_string()).cloned().unwrap_or_default();
            folded.rows.push((Row::Person(row::person(&event, &language, version)), pos));
        }
        self.finish_waiting(folded).await?;
        for (id, (tracking, pos)) in std::mem::take(&mut folded.complaints) {
            let stream = record::stream(StreamKind::Complaint, &id)?;
            let history = read_history(self.store.stream(&stream).await?)?;
            let Some(complaint) = fold(&history) else { continue };
            let id: ComplaintId = id.parse().map_err(AppError::broken)?;
            let pack = self.packs.by_digest(&self.store, &complaint.pack).await?;
            let row = row::complaint(id, &complaint, &tracking, &pack.policy);
            folded.rows.push((Row::Complaint(Box::new(row)), pos));
            let running = row::running(id, &complaint, &pack.policy);
            folded.rows.push((Row::Running(running), pos));
        }
        Ok(())
    }

    /// Says when the first reply to a notice that waits is due: by the pack it was received under.
    async fn finish_waiting(&self, folded: &mut Folded) -> Result<(), AppError> {
        for waiting in std::mem::take(&mut folded.waiting) {
            let Some((Row::Notice(notice), _)) = folded.rows.get_mut(waiting.place) else {
                continue;
            };
            if notice.interpreted {
                continue;
            }
            let row = self.store.pack_in_force(waiting.recorded_at).await?;
            let pack = match row {
                Some(row) => self.packs.by_digest(&self.store, &row.digest).await?,
                None => self.pack(),
            };
            let first = pack.policy.promise("first-reply", 1).map(|rule| rule.within);
            let due =
                first.and_then(|within| pack.policy.calendar.add(waiting.received_at, within).ok());
            notice.next_due = due.map(|due| due.at);
        }
        Ok(())
    }

    /// Rebuilds into `fresh` and tells how the live rows differ, at most `limit` of them.
    ///
    /// # Errors
    ///
    /// As [`App::rebuild_into`].
    pub async fn rebuild(
        &self,
        fresh: &Store,
        limit: usize,
    ) -> Result<Vec<redress_store::Difference>, AppError> {
        self.rebuild_into(fresh).await?;
        Ok(self.store.compare_rows(fresh, limit).await?)
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only some events matter here")]
fn fold_one(folded: &mut Folded, told: Told) {
    let id = told.stored.stream.id().to_owned();
    let (version, pos) = (told.stored.version, told.stored.pos);
    if told.stored.stream.kind() == StreamKind::Complaint {
        if let Event::ComplaintOpened(opened) = &told.event {
            folded.languages.insert(opened.person.to_string(), opened.language.to_string());
            if let Some(place) = folded.notices.get(&opened.notice.to_string()).copied() {
                interpreted(&mut folded.rows, place, &id);
            }
        }
        let known = folded.complaints.entry(id).or_insert_with(|| (tracking_of(&told.event), pos));
        known.1 = pos;
        return;
    }
    match told.event {
        Event::NoticeReceived(event) => {
            folded.waiting.push(Waiting {
                place: folded.rows.len(),
                received_at: event.received_at,
                recorded_at: told.stored.recorded_at,
            });
            folded.notices.insert(event.notice.to_string(), folded.rows.len());
            folded.rows.push((Row::Notice(row::notice(&event, None, None, version)), pos));
        }
        Event::NoticeInterpreted(event) => {
            if let Some(place) = folded.notices.get(&id).copied() {
                interpreted(&mut folded.rows, place, &event.complaint.to_string());
                if let Some((Row::Notice(notice), last)) = folded.rows.get_mut(place) {
                    notice.version = version;
                    *last = pos;
                }
            }
        }
        Event::PersonRecorded(event) => folded.persons.push((event, version, pos)),
        Event::AccountChanged(event) => {
            let made = *folded.accounts.entry(id).or_insert(told.stored.at);
            folded.rows.push((Row::Account(row::account(&event, made, version)), pos));
        }
        Event::DutySet(event) => folded.rows.push((
            Row::Duty(DutyRow {
                id,
                account: event.account.to_string(),
                from_at: event.from,
                until_at: event.until,
                phone: event.words.map(|words| words.phone).unwrap_or_default(),
            }),
            pos,
        )),
        _ => {}
    }
}

fn interpreted(rows: &mut [(Row, u64)], place: usize, complaint: &str) {
    if let Some((Row::Notice(notice), _)) = rows.get_mut(place) {
        notice.interpreted = true;
        notice.next_try_at = None;
        notice.next_due = None;
        complaint.clone_into(&mut notice.complaint);
    }
}

/// The hash of the tracking token an opening event names.
fn tracking_of(event: &Event) -> Vec<u8> {
    let Event::ComplaintOpened(opened) = event else { return vec![] };
    let digits = opened.tracking.as_bytes().chunks_exact(2);
    digits
        .filter_map(|pair| std::str::from_utf8(pair).ok())
        .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}

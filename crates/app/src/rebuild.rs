//! Rebuilding read rows from events, and comparing them with the live ones by name. The log is read
//! stream by stream, one complaint in memory at a time. Must not change a live row.

use std::collections::HashMap;

use jiff::Timestamp;
use redress_core::{
    complaint::Event,
    id::{ComplaintId, NoticeId, PersonId},
    kinds::Lang,
};
use redress_store::{
    DelegationRow, DutyRow, PAGE_MAX, Row, Store, StoreError, StoredEvent, StreamKind, Write,
    Written,
};
use tokio::task::JoinSet;

use crate::{
    App, AppError, Told,
    load::{fold, read_history},
    row,
};

/// How many rows are written at once.
const BATCH: usize = 2_000;

/// Kinds whose rows are built from their streams alone, after those of complaints.
const AFTER_COMPLAINTS: [StreamKind; 5] = [
    StreamKind::Notice,
    StreamKind::Person,
    StreamKind::Account,
    StreamKind::Delegation,
    StreamKind::Duty,
];

/// What the streams after those of complaints must know of them: some bytes for each complaint,
/// so that a large log is never held in memory.
#[derive(Default)]
struct Opened {
    /// Which complaint a notice became.
    complaints: HashMap<NoticeId, ComplaintId>,
    /// The language of a person.
    languages: HashMap<PersonId, Lang>,
}

/// Rows on their way into the fresh store: while one batch is written the next is built.
struct Rows<'s> {
    fresh: &'s Store,
    waiting: Vec<(Row, u64)>,
    writing: JoinSet<Result<Written, StoreError>>,
}

impl Rows<'_> {
    async fn put(&mut self, rows: impl IntoIterator<Item = (Row, u64)>) -> Result<(), AppError> {
        self.waiting.extend(rows);
        if self.waiting.len() >= BATCH { self.write().await } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<(), AppError> {
        self.written().await?;
        let (fresh, rows) = (self.fresh.clone(), std::mem::take(&mut self.waiting));
        self.writing.spawn(async move { fresh.write(Write::RebuildRows(rows)).await });
        Ok(())
    }

    async fn written(&mut self) -> Result<(), AppError> {
        while let Some(written) = self.writing.join_next().await {
            written.map_err(AppError::broken)??;
        }
        Ok(())
    }
}

/// The streams of a kind, one after the other: while one page is folded the next is read.
struct Streams {
    store: Store,
    kind: StreamKind,
    page: std::vec::IntoIter<StoredEvent>,
    reading: JoinSet<Result<Vec<StoredEvent>, StoreError>>,
    /// The first event of the next stream.
    first: Option<StoredEvent>,
}

impl Streams {
    fn of(store: &Store, kind: StreamKind) -> Self {
        let (store, reading) = (store.clone(), JoinSet::new());
        let mut streams = Self { store, kind, page: vec![].into_iter(), reading, first: None };
        streams.read_after(None);
        streams
    }

    fn read_after(&mut self, last: Option<StoredEvent>) {
        let (store, kind) = (self.store.clone(), self.kind);
        self.reading
            .spawn(async move { store.events_by_stream(kind, last.as_ref(), PAGE_MAX).await });
    }

    async fn event(&mut self) -> Result<Option<StoredEvent>, AppError> {
        if self.page.len() == 0
            && let Some(page) = self.reading.join_next().await
        {
            let page = page.map_err(AppError::broken)??;
            if let Some(last) = page.last() {
                self.read_after(Some(last.clone()));
            }
            self.page = page.into_iter();
        }
        Ok(self.page.next())
    }

    /// The next stream, whole.
    async fn next(&mut self) -> Result<Option<Vec<StoredEvent>>, AppError> {
        let first = match self.first.take() {
            Some(first) => Some(first),
            None => self.event().await?,
        };
        let Some(first) = first else { return Ok(None) };
        let mut stream = vec![first];
        while let Some(event) = self.event().await? {
            if stream.first().is_some_and(|first| first.stream != event.stream) {
                self.first = Some(event);
                break;
            }
            stream.push(event);
        }
        Ok(Some(stream))
    }
}

impl App {
    /// Builds every read row from the events into `fresh`, an empty store.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`], or [`AppError::Codec`] for events of a newer program.
    pub async fn rebuild_into(&self, fresh: &Store) -> Result<(), AppError> {
        let mut rows = Rows { fresh, waiting: Vec::with_capacity(BATCH), writing: JoinSet::new() };
        let mut opened = Opened::default();
        let mut streams = Streams::of(&self.store, StreamKind::Complaint);
        while let Some(stream) = streams.next().await? {
            rows.put(self.rebuilt_complaint(stream, &mut opened).await?).await?;
        }
        for kind in AFTER_COMPLAINTS {
            let mut streams = Streams::of(&self.store, kind);
            while let Some(stream) = streams.next().await? {
                let stream: Vec<Told> =
                    stream.into_iter().map(Told::read).collect::<Result<_, _>>()?;
                rows.put(self.rebuilt_stream(kind, stream, &opened).await?).await?;
            }
        }
        rows.write().await?;
        rows.written().await
    }

    async fn rebuilt_complaint(
        &self,
        stream: Vec<StoredEvent>,
        opened: &mut Opened,
    ) -> Result<Vec<(Row, u64)>, AppError> {
        let history = read_history(stream)?;
        let (Some(first), Some(last)) = (history.first(), history.last()) else {
            return Ok(vec![]);
        };
        let id: ComplaintId = last.stored.stream.id().parse().map_err(AppError::broken)?;
        if let Event::ComplaintOpened(event) = &first.event {
            opened.complaints.insert(event.notice, id);
            opened.languages.insert(event.person, event.language);
        }
        let Some(complaint) = fold(&history) else { return Ok(vec![]) };
        let pack = self.packs.by_digest(&self.store, &complaint.pack).await?;
        let row = row::complaint(id, &complaint, &tracking_of(&first.event), &pack.policy);
        let running = row::running(id, &complaint, &pack.policy);
        let pos = last.stored.pos;
        Ok(vec![(Row::Complaint(Box::new(row)), pos), (Row::Running(running), pos)])
    }

    /// The rows of a stream that is no complaint's.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only some events make rows here")]
    async fn rebuilt_stream(
        &self,
        kind: StreamKind,
        stream: Vec<Told>,
        opened: &Opened,
    ) -> Result<Vec<(Row, u64)>, AppError> {
        if kind == StreamKind::Notice {
            return Ok(self.rebuilt_notice(stream, opened).await?.into_iter().collect());
        }
        let made = stream.first().map(|told| told.stored.at);
        let rows = stream.into_iter().filter_map(|told| {
            let (version, pos) = (told.stored.version, told.stored.pos);
            let id = told.stored.stream.id().to_owned();
            let row = match told.event {
                Event::PersonRecorded(event) => {
                    let language = opened.languages.get(&event.person);
                    let language = language.map_or("", |language| language.as_str());
                    Row::Person(row::person(&event, language, version))
                }
                Event::PersonErased(event) => {
                    let language = opened.languages.get(&event.person);
                    let language = language.map_or("", |language| language.as_str());
                    Row::Person(row::person_erased(event.person, language, version))
                }
                Event::AccountChanged(event) => Row::Account(row::account(&event, made?, version)),
                Event::DelegationMade(event) => Row::Delegation(DelegationRow {
                    id,
                    principal: event.principal.to_string(),
                    deputy: event.deputy.to_string(),
                    from_at: event.from,
                    until_at: event.until,
                }),
                Event::DutySet(event) => Row::Duty(DutyRow {
                    id,
                    account: event.account.to_string(),
                    from_at: event.from,
                    until_at: event.until,
                    phone: event.words.map(|words| words.phone).unwrap_or_default(),
                }),
                _ => return None,
            };
            Some((row, pos))
        });
        Ok(rows.collect())
    }

    /// The row of a notice; as long as it waits for a person it tells when its first reply is due,
    /// by the pack it was received under.
    async fn rebuilt_notice(
        &self,
        stream: Vec<Told>,
        opened: &Opened,
    ) -> Result<Option<(Row, u64)>, AppError> {
        let mut told = stream.into_iter();
        let Some(first) = told.next() else { return Ok(None) };
        let Event::NoticeReceived(received) = first.event else { return Ok(None) };
        let (mut version, mut pos) = (first.stored.version, first.stored.pos);
        let mut complaint = opened.complaints.get(&received.notice).copied();
        for told in told {
            if let Event::NoticeInterpreted(event) = told.event {
                complaint = Some(event.complaint);
                (version, pos) = (told.stored.version, told.stored.pos);
            }
        }
        let due = match complaint {
            Some(_) => None,
            None => self.first_reply_due(received.received_at, first.stored.recorded_at).await?,
        };
        Ok(Some((Row::Notice(row::notice(&received, complaint, due, version)), pos)))
    }

    async fn first_reply_due(
        &self,
        received_at: Timestamp,
        recorded_at: Timestamp,
    ) -> Result<Option<Timestamp>, AppError> {
        let pack = match self.store.pack_in_force(recorded_at).await? {
            Some(row) => self.packs.by_digest(&self.store, &row.digest).await?,
            None => self.pack(),
        };
        let first = pack.policy.promise("first-reply", 1).map(|rule| rule.within);
        let due = first.and_then(|within| pack.policy.calendar.add(received_at, within).ok());
        Ok(due.map(|due| due.at))
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

/// The hash of the tracking token an opening event names.
fn tracking_of(event: &Event) -> Vec<u8> {
    let Event::ComplaintOpened(opened) = event else { return vec![] };
    let digits = opened.tracking.as_bytes().chunks_exact(2);
    digits
        .filter_map(|pair| std::str::from_utf8(pair).ok())
        .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}

//! Erasing a person: the words of the person and of every complaint leave the store for ever, facts
//! and figures stay, and the log names what is gone. Must not judge whether words may go; `core` does.

mod known;
mod left;

use redress_core::{
    complaint::{
        Event, Happened,
        decide::may_erase,
        event::{ComplaintErased, LogErased, PersonErased, PersonWords},
        evolve,
        people::Actor,
        vocabulary::ErasureGround,
    },
    id::PersonId,
};
use redress_store::{Commit, CommitId, Expect, NewOutbox, Order, Row, StoredEvent, StreamKind};
use serde::Serialize;
use serde_json::json;

pub use known::{ComplaintKept, ContactKept, PersonKept, WhoGoes};
pub use left::{BackupLeft, Left};

use crate::{
    App, AppError, Loaded, Told,
    load::{fold, read_history},
    record::{self, ActorFact, Job},
    row, search,
};

/// How often a person is erased anew when something moved under it.
const RETRIES_MAX: usize = 40;
/// Most complaints of one record of a person.
const COMPLAINTS_MAX: u32 = 500;
/// The stream of the log's own that names what was erased.
const ERASURES: &str = "erasures";

/// An erasure at the door.
#[derive(Debug, Clone, Copy)]
pub struct Erasing<'a> {
    /// Whose words go, with every record of the same person.
    pub person: PersonId,
    /// Records of other names that share a contact and go as well.
    pub with: &'a [PersonId],
    /// Legal ground.
    pub ground: ErasureGround,
    /// Who erases.
    pub actor: &'a Actor,
}

/// What an erasure took out, and what still ages out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// The records of the person.
    pub persons: Vec<String>,
    /// The complaints.
    pub complaints: Vec<String>,
    /// Events that lost their words.
    pub events: u64,
    /// Files whose bytes are gone; those that others named as well stay.
    pub files: u64,
    /// What is not gone yet, and until when.
    pub left: Left,
}

/// What one commit of an erasure is made of.
struct Draft {
    commit: Commit,
    /// Positions whose words go.
    gone: Vec<u64>,
    /// Digests the complaints named.
    files: Vec<String>,
    complaints: Vec<String>,
    actor: String,
}

impl App {
    /// Erases a person: words and their salts, search words, work under way, files nobody else named,
    /// then what the engine keeps of them. Asked again, it finds nothing more to do but the last.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Refused`] where a complaint is on
    /// legal hold, and then nothing is erased; or a failure, after which it is to be asked again.
    pub async fn erase(&self, asked: Erasing<'_>) -> Result<Erased, AppError> {
        let mut persons = self.records(&asked).await?;
        // Nothing goes where anything must stay.
        for person in &persons {
            for loaded in self.complaints_of(person).await? {
                may_erase(&loaded.complaint)?;
            }
        }
        let (mut complaints, mut files, mut events) = (vec![], vec![], 0);
        for person in &persons {
            let Some(done) = self.erase_one(person, &asked).await? else { continue };
            events += done.gone.len() as u64;
            complaints.extend(done.complaints);
            files.extend(done.files);
        }
        persons.sort_unstable();
        complaints.sort_unstable();
        files.sort_unstable();
        files.dedup();
        let mut dropped = 0;
        for digest in &files {
            dropped += u64::from(self.sweep_file(self.files.path_of(digest)).await?);
        }
        let clean = self.store.scrub().await?;
        Ok(Erased { persons, complaints, events, files: dropped, left: self.left(!clean)? })
    }

    /// The ids of all records that go.
    async fn records(&self, asked: &Erasing<'_>) -> Result<Vec<String>, AppError> {
        let going = self.who_goes(asked.person, asked.actor).await?;
        let mut records = vec![going.person.id];
        records.extend(going.same.into_iter().map(|person| person.id));
        for person in asked.with.iter().map(ToString::to_string) {
            // Only what was shown as sharing a contact: a slip of the finger must not erase a stranger.
            if !going.others.iter().any(|known| known.id == person) && !records.contains(&person) {
                return Err(AppError::NotFound);
            }
            records.push(person);
        }
        records.sort_unstable();
        records.dedup();
        Ok(records)
    }

    async fn complaints_of(&self, person: &str) -> Result<Vec<Loaded>, AppError> {
        let rows = self.store.complaints_of_person(person, COMPLAINTS_MAX).await?;
        if rows.len() == COMPLAINTS_MAX as usize {
            return Err(AppError::broken("one record of a person has too many complaints"));
        }
        let mut complaints = Vec::with_capacity(rows.len());
        for row in rows {
            complaints.push(self.load_row(row).await?);
        }
        Ok(complaints)
    }

    /// Erases one record with its complaints in one commit; nothing if there is nothing to erase.
    async fn erase_one(
        &self,
        person: &str,
        asked: &Erasing<'_>,
    ) -> Result<Option<Draft>, AppError> {
        for attempt in 0..=RETRIES_MAX {
            let draft = self.draft(person, asked).await?;
            if draft.gone.is_empty() {
                return Ok(None);
            }
            match self.store.commit(draft.commit.clone()).await.map_err(AppError::from) {
                Ok(_) => return Ok(Some(draft)),
                Err(AppError::Moved { .. }) if attempt < RETRIES_MAX => {}
                Err(error) => return Err(error),
            }
        }
        Err(AppError::broken("a person never stands still"))
    }

    async fn draft(&self, person: &str, asked: &Erasing<'_>) -> Result<Draft, AppError> {
        let mut draft = Draft {
            commit: record::new_commit(&self.world),
            gone: vec![],
            files: vec![],
            complaints: vec![],
            actor: ActorFact::of(asked.actor, person).to_json(),
        };
        for loaded in self.complaints_of(person).await? {
            may_erase(&loaded.complaint)?;
            self.add_complaint_erased(&mut draft, &loaded, asked.ground).await?;
        }
        self.add_person_erased(&mut draft, person, asked.ground).await?;
        for pos in &draft.gone {
            draft.commit.rows.push(Row::WordsErased { pos: *pos });
        }
        self.name_erased(&mut draft.commit, asked.ground.as_str(), &draft.actor)?;
        Ok(draft)
    }

    /// The words of a complaint and of the notice that opened it.
    async fn add_complaint_erased(
        &self,
        draft: &mut Draft,
        loaded: &Loaded,
        ground: ErasureGround,
    ) -> Result<(), AppError> {
        let stream = record::stream(StreamKind::Complaint, loaded.id)?;
        let mut stored = self.store.stream(&stream).await?;
        let mut gone = worded(&stored);
        if let Some(Event::ComplaintOpened(opened)) = loaded.history.first().map(|told| &told.event)
        {
            let notice = record::stream(StreamKind::Notice, opened.notice)?;
            gone.extend(worded(&self.store.stream(&notice).await?));
        }
        if gone.is_empty() && loaded.complaint.erased {
            return Ok(());
        }
        draft.commit.expect.push(Expect { stream: stream.clone(), version: stored.len() as u64 });
        for event in &mut stored {
            (event.words, event.words_salt) = (None, None);
        }
        let mut events: Vec<Told> = read_history(stored)?;
        let before = fold(&events);
        let now = self.world.now();
        let event = Event::from(ComplaintErased { ground });
        draft.commit.events.push(record::new_event(
            &self.world,
            &stream,
            &event,
            &draft.actor,
            now,
        ));
        let happened = Happened { by: None, at: now, recorded_at: now };
        let complaint = evolve(before, &event, &happened)
            .ok_or_else(|| AppError::broken("a complaint vanished"))?;
        let policy = &loaded.pack.policy;
        let row = row::complaint(loaded.id, &complaint, &loaded.row.tracking_hash, policy);
        let said = events.drain(..).map(|told| told.event).collect::<Vec<_>>();
        let nobody = PersonWords::default();
        draft.commit.rows.push(search::row(loaded.id, &row, &complaint, &said, &nobody));
        draft.commit.rows.push(Row::Running(row::running(loaded.id, &complaint, policy)));
        draft.commit.rows.push(Row::Complaint(Box::new(row)));
        draft.commit.rows.push(Row::Forgotten { complaint: loaded.id.to_string() });
        draft.gone.extend(gone);
        draft.files.extend(complaint.files.iter().map(|file| file.sha256.clone()));
        draft.complaints.push(complaint.reference.to_string());
        Ok(())
    }

    async fn add_person_erased(
        &self,
        draft: &mut Draft,
        person: &str,
        ground: ErasureGround,
    ) -> Result<(), AppError> {
        let stream = record::stream(StreamKind::Person, person)?;
        let stored = self.store.stream(&stream).await?;
        let gone = worded(&stored);
        if gone.is_empty() {
            return Ok(());
        }
        let version = stored.len() as u64;
        draft.commit.expect.push(Expect { stream: stream.clone(), version });
        let id: PersonId = person.parse().map_err(AppError::broken)?;
        let event = Event::from(PersonErased { person: id, ground });
        let now = self.world.now();
        draft.commit.events.push(record::new_event(
            &self.world,
            &stream,
            &event,
            &draft.actor,
            now,
        ));
        let known = self.store.person(person).await?;
        let language = known.map(|row| row.language).unwrap_or_default();
        draft.commit.rows.push(Row::Person(row::person_erased(id, &language, version + 1)));
        draft.gone.extend(gone);
        Ok(())
    }

    /// Lets the log name the leaves that lose their words by this commit, and lets the engine forget
    /// them soon after, also if this process ends right after the commit.
    pub(crate) fn name_erased(
        &self,
        commit: &mut Commit,
        ground: &str,
        actor: &str,
    ) -> Result<(), AppError> {
        let rows = commit.rows.iter();
        let indices = runs(rows.filter_map(|row| match row {
            Row::WordsErased { pos } => pos.checked_sub(1),
            Row::Complaint(_)
            | Row::Person(_)
            | Row::Notice(_)
            | Row::Account(_)
            | Row::Pack(_)
            | Row::Calendar(_)
            | Row::Running(_)
            | Row::Duty(_)
            | Row::Delegation(_)
            | Row::Search(_)
            | Row::UploadUsed(_)
            | Row::Forgotten { .. } => None,
        }));
        if indices.is_empty() {
            return Ok(());
        }
        let now = self.world.now();
        let stream = record::stream(StreamKind::Log, ERASURES)?;
        let event = Event::from(LogErased { ground: ground.to_owned(), indices });
        commit.events.push(record::new_event(&self.world, &stream, &event, actor, now));
        let CommitId(id) = record::new_commit(&self.world).id;
        commit.outbox.push(NewOutbox {
            id: crate::hex(&id),
            due_at: now,
            done_at: None,
            kind: Job::Scrub.kind().to_owned(),
            complaint: String::new(),
            payload: json!(Job::Scrub).to_string(),
            order: Order::LAST,
        });
        Ok(())
    }
}

/// Positions of the events that still have words.
fn worded(stored: &[StoredEvent]) -> Vec<u64> {
    stored.iter().filter(|event| event.words.is_some()).map(|event| event.pos).collect()
}

/// The runs that numbers make, ascending: first and last of each.
fn runs(numbers: impl Iterator<Item = u64>) -> Vec<(u64, u64)> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last == number || *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn numbers_make_runs() {
        for (numbers, made) in [
            (&[][..], &[][..]),
            (&[4], &[(4, 4)]),
            (&[9, 3, 4, 5, 4], &[(3, 5), (9, 9)]),
            (&[0, 1, 3], &[(0, 1), (3, 3)]),
        ] {
            assert_eq!(runs(numbers.iter().copied()), made);
        }
    }
}

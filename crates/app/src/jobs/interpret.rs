//! Notices that could not be interpreted at once: tried again, each at most once by all processes,
//! for interpreting expects version 1 of the notice's stream.

use jiff::{SignedDuration, Timestamp};
use redress_core::{
    complaint::{
        Event,
        event::{NoticeInterpreted, NoticeReceived},
        file::NamedFile,
    },
    id::{ComplaintId, PersonId},
    intake::{self, Intake},
};
use redress_store::{CommitError, Expect, NoticeRow, Row, StreamKind, Write, Written};

use crate::{
    App, AppError, Told,
    receive::{By, Taken},
    record, row,
    secret::hex,
};

/// Notices tried in one turn.
const NOTICES_PER_TURN: u32 = 20;
/// How long after a vain try the next one comes.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);

impl App {
    pub(super) async fn tick_notices(&self) -> Result<usize, AppError> {
        let now = self.world.now();
        let waiting = self.store.notices_to_try(now, NOTICES_PER_TURN).await?;
        if waiting.is_empty() || !self.is_time_again(now).await? {
            return Ok(0);
        }
        let mut done = 0;
        for notice in &waiting {
            match self.interpret_again(notice).await {
                Ok(true) => done += 1,
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(notice.id = %notice.id, error = &error as &dyn std::error::Error, "a notice still waits for a person");
                }
            }
        }
        Ok(done)
    }

    /// A lease nobody renews: one process tries, and the next try comes when it lapses.
    async fn is_time_again(&self, now: Timestamp) -> Result<bool, AppError> {
        let owner = format!("{}-{}", self.worker, now.as_millisecond());
        let until = now.checked_add(AGAIN).map_err(AppError::broken)?;
        let lease = Write::Lease { name: "notices".to_owned(), owner, now, until };
        Ok(self.store.write(lease).await? == Written::Leased(true))
    }

    async fn interpret_again(&self, notice: &NoticeRow) -> Result<bool, AppError> {
        let stream = record::stream(StreamKind::Notice, &notice.id)?;
        let first = self.store.events_of(&stream, 0, 1).await?.into_iter().next();
        let told = Told::read(first.ok_or(AppError::NotFound)?)?;
        let Event::NoticeReceived(received) = &told.event else { return Ok(false) };
        let Some(taken) = self.taken_again(received, &told).await? else { return Ok(false) };
        let pack = self.pack();
        let Ok(interpretation) = intake::interpret(&taken.notice, &taken.intake, &pack.policy)
        else {
            return Ok(false);
        };
        let by = By { actor: &told.stored.actor, now: taken.intake.now };
        let mut commit = record::new_commit(&self.world);
        let event = Event::from(NoticeInterpreted { complaint: taken.id });
        commit.events.push(record::new_event(&self.world, &stream, &event, by.actor, by.now));
        commit.expect.push(Expect { stream, version: 1 });
        commit.rows.push(Row::Notice(row::notice(received, Some(taken.id), None, 2)));
        self.add_complaint(&mut commit, &taken, interpretation, &by, &pack.policy)?;
        match self.store.commit(commit).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The notice as it was taken; `None` once its words were erased.
    async fn taken_again<'a>(
        &self,
        received: &'a NoticeReceived,
        told: &Told,
    ) -> Result<Option<Taken<'a>>, AppError> {
        let Some(words) = &received.words else { return Ok(None) };
        let body: intake::Body = serde_json::from_str(&words.body).map_err(AppError::broken)?;
        let pack = self.pack();
        let notice =
            intake::parse(&body, &pack.policy, told.actor.kind == "user", told.stored.recorded_at)?;
        let mut files = Vec::with_capacity(received.files.len());
        for fact in &received.files {
            let kept = self.used_file(&fact.upload).await?;
            let name = kept.map(|kept| kept.name).unwrap_or_default();
            files.push(NamedFile { fact: fact.clone(), name });
        }
        let mandate = match &notice.mandate {
            Some(upload) => self.used_file(upload).await?,
            None => None,
        };
        let id = ComplaintId::from(received.notice);
        let tracking = self.key.tracking_token(id).hash();
        let intake = Intake {
            notice: received.notice,
            person: PersonId::new(self.world.now(), &self.world.chance()),
            reference: received.reference.clone(),
            body: &words.body,
            body_sha256: received.sha256.clone(),
            tracking_sha256: hex(&tracking),
            files,
            now: told.stored.recorded_at,
        };
        Ok(Some(Taken { id, notice, intake, mandate, tracking }))
    }
}

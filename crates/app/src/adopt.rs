//! Complaints taken in with their whole past, many at a time: what was lived and decided elsewhere
//! is written as this program would have written it, by the same rows and records.
//! Must not decide anything, and must not touch a complaint that exists.

use redress_core::{
    complaint::{
        Happened, evolve,
        past::{Past, PastEvent},
        react,
    },
    id::ComplaintId,
    policy::Policy,
};
use redress_store::{Commit, Expect, Row, StreamKind};

use crate::{
    App, AppError,
    receive::By,
    record::{self, ActorFact, Job},
    row, search,
    secret::hex,
};

/// Whether the letters and warnings that follow from a past were sent when it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Following {
    /// They were, at that time.
    Done,
    /// They wait to be sent.
    Waits,
}

impl App {
    /// Takes complaints in with their pasts, in this order; answers how many events they have. They
    /// are recorded now, under references and tracking links of this installation. When this
    /// returns they are durable.
    ///
    /// # Errors
    ///
    /// [`AppError::Broken`] for a past under another policy than that in force, or a failure; others
    /// than the one that failed may be kept.
    pub async fn adopt(&self, pasts: Vec<Past>, following: Following) -> Result<u64, AppError> {
        let mut on_their_way = Vec::with_capacity(pasts.len());
        for past in pasts {
            let commit = self.adoption(past, following).await?;
            on_their_way.push(self.store.hand_over(commit).await?);
        }
        let mut events = 0;
        for commit in on_their_way {
            let positions = commit.outcome().await?.positions;
            events += positions.end - positions.start;
        }
        Ok(events)
    }

    /// The commit that takes one complaint in; to be recorded now.
    ///
    /// # Errors
    ///
    /// As [`App::adopt`]; nothing is written but the number that is used up.
    pub async fn adoption(&self, mut past: Past, following: Following) -> Result<Commit, AppError> {
        let pack = self.packs.current();
        let received_at = past.notice.received_at;
        if past.opened.pack != pack.policy.digest {
            return Err(AppError::broken("a past under another policy than that in force"));
        }
        let id = ComplaintId::from(past.notice.notice);
        let tracking = self.key.tracking_token(id).hash();
        past.notice.reference = self.next_reference(&pack.policy, received_at).await?;
        past.opened.reference = past.notice.reference.clone();
        past.opened.tracking = hex(&tracking);

        let mut commit = record::new_commit(&self.world);
        let actor = ActorFact::of(&past.by, &past.person.person.to_string()).to_json();
        let by = By { actor: &actor, now: received_at };
        let stream = record::stream(StreamKind::Notice, id)?;
        self.add(&mut commit, stream, &past.notice.clone().into(), &by);
        let stream = record::stream(StreamKind::Person, past.person.person)?;
        self.add(&mut commit, stream, &past.person.clone().into(), &by);
        commit.rows.push(Row::Notice(row::notice(&past.notice, Some(id), None, 1)));
        let language = past.opened.language.as_str();
        commit.rows.push(Row::Person(row::person(&past.person, language, 1)));
        self.add_past(&mut commit, (id, &tracking), (past, following), &pack.policy)?;
        Ok(commit)
    }

    /// The complaint itself: its events, the rows as they stand after the last, and what followed.
    fn add_past(
        &self,
        commit: &mut Commit,
        (id, tracking): (ComplaintId, &[u8]),
        (past, following): (Past, Following),
        policy: &Policy,
    ) -> Result<(), AppError> {
        let recorded_at = self.world.now();
        let opened =
            PastEvent { event: past.opened.into(), actor: past.by, now: past.notice.received_at };
        let history: Vec<PastEvent> = std::iter::once(opened).chain(past.events).collect();
        let stream = record::stream(StreamKind::Complaint, id)?;
        commit.expect.push(Expect { stream: stream.clone(), version: 0 });
        let person = past.person.person.to_string();
        let mut complaint = None;
        for decided in history.chunk_by(|a, b| a.now == b.now && a.actor == b.actor) {
            let mut events = Vec::with_capacity(decided.len());
            for PastEvent { event, actor, now } in decided {
                let fact = ActorFact::of(actor, &person).to_json();
                commit.events.push(record::new_event(&self.world, &stream, event, &fact, *now));
                let at = event.happened_at(*now);
                let happened = Happened { by: actor.account(), at, recorded_at };
                complaint = evolve(complaint, event, &happened);
                events.push(event.clone());
            }
            let (Some(complaint), Some(last)) = (&complaint, decided.last()) else { continue };
            let effects = react(complaint, &events);
            if effects.is_empty() {
                continue;
            }
            let row = row::complaint(id, complaint, tracking, policy);
            for effect in effects {
                let mut work = Job::from(effect).to_outbox(&self.world, &row, last.now);
                work.done_at = (following == Following::Done).then_some(last.now);
                commit.outbox.push(work);
            }
        }
        let complaint =
            complaint.ok_or_else(|| AppError::broken("an opened complaint has no state"))?;
        let row = row::complaint(id, &complaint, tracking, policy);
        let words = past.person.words.unwrap_or_default();
        let said = history.iter().map(|past| &past.event);
        commit.rows.push(search::row(id, &row, &complaint, said, &words));
        commit.rows.push(Row::Running(row::running(id, &complaint, policy)));
        commit.rows.push(Row::Complaint(Box::new(row)));
        Ok(())
    }
}

//! Puts the days of a calendar in force and moves the promises they move, each once, however
//! often and by however many processes it is asked for. Must not move what `core` holds.

use std::{collections::BTreeSet, sync::Arc};

use redress_core::{
    complaint::{Circumstances, Command, Event, Happened, decide, evolve, people::Actor, react},
    policy::Pack,
};
use redress_store::{Commit, CommitError, Expect, Row, StreamKind};

use tokio::{sync::Mutex, task::JoinSet};

use super::{CalendarCheck, CalendarFault, Counts, Days, Replaced, check::DateMoved};
use crate::{
    App, AppError, Loaded,
    record::{self, ActorFact, Job},
    row,
};

/// Complaints moved by one commit.
const PER_COMMIT: usize = 64;
/// Commits under way at once.
const LANES: usize = 3;
/// How often one complaint is counted anew when it moved under the recount.
const RETRIES_MAX: usize = 40;
/// Who moves dates, as their events tell.
const ACTOR: Actor = Actor::System("calendar");

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarApplied {
    /// What the calendar changed.
    pub check: CalendarCheck,
    /// Whether the days came into force by this; not when somebody else had put them there.
    pub put_in_force: bool,
    /// How many dates moved by this.
    pub moved: u64,
}

impl App {
    /// Puts the calendar of `pack` in force, and moves the dates it moves. What a kill left half
    /// done is finished by asking again.
    ///
    /// # Errors
    ///
    /// As [`App::check_calendar`].
    pub async fn apply_calendar(
        &self,
        pack: &Pack,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<CalendarApplied, CalendarFault> {
        let check = self.check_calendar(pack, |seen| progress(seen, 0)).await?;
        let days = Days::of(pack);
        let put_in_force = check.is_new && self.put_days_in_force(&days, &check).await?;
        self.packs.renew(&self.store).await?;
        let ids = complaints(&check.moved);
        let moved = self.recount(&ids, |done| progress(check.unchanged, done)).await?;
        Ok(CalendarApplied { check, put_in_force, moved })
    }

    /// Whether they came into force by this; `false` when the very same did by somebody else.
    async fn put_days_in_force(
        &self,
        days: &Days,
        check: &CalendarCheck,
    ) -> Result<bool, CalendarFault> {
        // Before the days themselves: whoever puts others there after this makes the commit conflict.
        let version = self.days_version(days).await?;
        let in_force = self.days_to_replace(days).await?;
        if in_force == *days {
            return Ok(false);
        }
        let counts = Counts { moved: check.moved.len() as u64, held: check.held.len() as u64 };
        let replaced = Replaced { as_of: Some(in_force.as_of), version };
        let commit = self.days_commit(days, replaced, counts, "operator")?;
        match self.store.commit(commit).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict { .. }) => {
                let in_force = self.days_to_replace(days).await?;
                if in_force == *days {
                    return Ok(false);
                }
                Err(CalendarFault::Older { wanted: days.id(), in_force: in_force.id() })
            }
            Err(error) => Err(AppError::from(error).into()),
        }
    }

    /// Counts every running promise again by the days in force, and moves what they move.
    pub(super) async fn recount_all(&self) -> Result<(), AppError> {
        let pack = self.pack();
        let check = match self.check_calendar(&pack, |_| ()).await {
            Ok(check) => check,
            Err(CalendarFault::App(error)) => return Err(error),
            Err(error) => return Err(AppError::broken(error)),
        };
        let moved = self.recount(&complaints(&check.moved), |_| ()).await?;
        if moved > 0 {
            tracing::info!(moved, calendar = %check.to, "dates moved with the calendar");
        }
        Ok(())
    }

    /// Moves the promises of these complaints; answers how many moved by this.
    async fn recount(
        &self,
        ids: &[String],
        mut progress: impl FnMut(u64),
    ) -> Result<u64, AppError> {
        let reading = Arc::new(Mutex::new(()));
        let mut chunks = ids.chunks(PER_COMMIT);
        let mut running = JoinSet::new();
        let mut moved = 0;
        loop {
            while running.len() < LANES
                && let Some(chunk) = chunks.next()
            {
                let (app, reading, chunk) = (self.clone(), Arc::clone(&reading), chunk.to_vec());
                running.spawn(async move { app.recount_some(&chunk, &reading).await });
            }
            let Some(done) = running.join_next().await else { return Ok(moved) };
            moved += done.map_err(AppError::broken)??;
            progress(moved);
        }
    }

    /// Moves the promises of a few complaints by one commit. They are read in turn with others:
    /// while one commit waits for the disk, the next complaints are read.
    async fn recount_some(&self, ids: &[String], reading: &Mutex<()>) -> Result<u64, AppError> {
        let mut commit = record::new_commit(&self.world);
        let mut moved = 0;
        let turn = reading.lock().await;
        let histories = self.store.histories(ids.to_vec()).await?;
        drop(turn);
        for history in histories {
            let loaded = self.read_loaded(history).await?;
            moved += self.add_recount(&mut commit, &loaded)?;
        }
        if commit.events.is_empty() {
            return Ok(0);
        }
        match self.store.commit(commit).await {
            Ok(_) => Ok(moved),
            // Somebody acts on one of them: each for itself then.
            Err(CommitError::Conflict { .. }) => {
                let mut moved = 0;
                for id in ids {
                    moved += self.recount_one(id).await?;
                }
                Ok(moved)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn recount_one(&self, id: &str) -> Result<u64, AppError> {
        for _ in 0..RETRIES_MAX {
            let mut commit = record::new_commit(&self.world);
            let loaded = self.load_id(id).await?;
            let moved = self.add_recount(&mut commit, &loaded)?;
            if commit.events.is_empty() {
                return Ok(0);
            }
            match self.store.commit(commit).await {
                Ok(_) => return Ok(moved),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AppError::broken(format!("complaint {id} moved under the recount each time")))
    }

    /// Adds what counting a complaint again makes happen; answers how many dates move.
    fn add_recount(&self, commit: &mut Commit, loaded: &Loaded) -> Result<u64, AppError> {
        let now = self.world.now();
        let circumstances = Circumstances {
            now,
            actor: &ACTOR,
            policy: &loaded.pack.policy,
            members: &[],
            senders: &self.senders(),
            files: &[],
            target: None,
            words_of: None,
        };
        let events = decide(&loaded.complaint, &Command::Recount, &circumstances)?;
        if events.is_empty() {
            return Ok(0);
        }
        let stream = record::stream(StreamKind::Complaint, loaded.id)?;
        let version = loaded.complaint.version;
        commit.expect.push(Expect { stream: stream.clone(), version });
        let actor = ActorFact::of(&ACTOR, "").to_json();
        let mut complaint = loaded.complaint.clone();
        for event in &events {
            commit.events.push(record::new_event(&self.world, &stream, event, &actor, now));
            let happened = Happened { by: None, at: event.happened_at(now), recorded_at: now };
            complaint = evolve(Some(complaint), event, &happened)
                .ok_or_else(|| AppError::broken("a complaint vanished"))?;
        }
        let policy = &loaded.pack.policy;
        let row = row::complaint(loaded.id, &complaint, &loaded.row.tracking_hash, policy);
        for effect in react(&complaint, &events) {
            commit.outbox.push(Job::from(effect).to_outbox(&self.world, &row, now));
        }
        commit.rows.push(Row::Complaint(Box::new(row)));
        commit.rows.push(Row::Running(row::running(loaded.id, &complaint, policy)));
        let moved = events.iter().filter(|event| matches!(event, Event::PromiseMoved(_)));
        Ok(moved.count() as u64)
    }
}

/// The complaints of these dates, each once, in their order.
fn complaints(moved: &[DateMoved]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = moved.iter().map(|moved| &moved.complaint);
    ids.filter(|id| seen.insert(id.as_str())).cloned().collect()
}

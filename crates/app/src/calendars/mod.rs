//! Calendars in force (A18): a complaint keeps the name of its calendar, whose days change only
//! by `calendar check --apply`. Must not count a term: `core` and its calendar do.

mod apply;
mod check;

use jiff::{SignedDuration, Timestamp, civil::Date};
use redress_core::{
    complaint::{Event, event::CalendarChanged, people::Actor},
    policy::Pack,
};
use redress_store::{CalendarRow, Commit, CommitError, Expect, Row, StreamKind};
use tokio::task::JoinSet;

use crate::{
    App, AppError,
    record::{self, ActorFact},
    row,
    secret::{hex, sha256},
};

pub use apply::CalendarApplied;
pub use check::{CalendarCheck, CalendarFault, DateMoved, DayChanged, days_changed};

/// How long after a change the promises are counted once more: requests that were under way when
/// the change was noticed have ended by then.
const ONCE_MORE_AFTER: SignedDuration = SignedDuration::from_secs(15);
/// For how long after a change a new process counts again when it starts: whoever applied it may
/// have been killed in the middle.
const RECENT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Complaints of an earlier program that are counted in one turn.
const COUNTED_PER_TURN: u32 = 100;

/// The days of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Days {
    /// Its name.
    pub(crate) name: String,
    /// The date of the data.
    pub(crate) as_of: Date,
    /// The holidays.
    pub(crate) csv: String,
}

impl Days {
    /// The days of a pack.
    pub(crate) fn of(pack: &Pack) -> Self {
        let id = pack.policy.calendar.id();
        Self { name: id.name.clone(), as_of: id.as_of, csv: pack.holidays().to_owned() }
    }

    /// Days as they are stored.
    ///
    /// # Errors
    ///
    /// [`AppError::Broken`] when they cannot be read any more.
    pub(crate) fn stored(row: &CalendarRow) -> Result<Self, AppError> {
        Ok(Self {
            name: row.name.clone(),
            as_of: row.as_of.parse().map_err(AppError::broken)?,
            csv: String::from_utf8(row.bytes.clone()).map_err(AppError::broken)?,
        })
    }

    /// `vn@2026-11-20`.
    pub(crate) fn id(&self) -> String {
        format!("{}@{}", self.name, self.as_of)
    }
}

/// What a change of days does, as its event tells it.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    moved: u64,
    held: u64,
}

/// Which days others are put in the place of; those of a calendar that had none by default.
#[derive(Debug, Clone, Copy, Default)]
struct Replaced {
    as_of: Option<Date>,
    version: u64,
}

impl App {
    /// Puts the days of a calendar in force that had none.
    pub(crate) async fn first_days(&self, days: Days) -> Result<(), AppError> {
        // Another process that starts may put them there.
        let commit = self.days_commit(&days, Replaced::default(), Counts::default(), "start")?;
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// How often the days of a calendar changed so far.
    async fn days_version(&self, days: &Days) -> Result<u64, AppError> {
        let stream = record::stream(StreamKind::Calendar, &days.name)?;
        Ok(self.store.stream(&stream).await?.len() as u64)
    }

    /// The commit that puts days in force after those it replaces. Whoever comes second conflicts.
    fn days_commit(
        &self,
        days: &Days,
        replaced: Replaced,
        counts: Counts,
        by: &'static str,
    ) -> Result<Commit, AppError> {
        let now = self.world.now();
        let stream = record::stream(StreamKind::Calendar, &days.name)?;
        let digest = hex(&sha256(days.csv.as_bytes()));
        let event = Event::from(CalendarChanged {
            calendar: days.name.clone(),
            as_of: days.as_of,
            sha256: digest.clone(),
            before: replaced.as_of,
            moved: counts.moved,
            held: counts.held,
        });
        let actor = ActorFact::of(&Actor::System(by), "").to_json();
        let mut commit = record::new_commit(&self.world);
        commit.events.push(record::new_event(&self.world, &stream, &event, &actor, now));
        commit.expect.push(Expect { stream, version: replaced.version });
        commit.rows.push(Row::Calendar(CalendarRow {
            name: days.name.clone(),
            as_of: days.as_of.to_string(),
            sha256: digest,
            bytes: days.csv.clone().into_bytes(),
            put_in_force_at: now,
        }));
        Ok(commit)
    }

    /// Looks whether another process put other days in force, and counts by them from now on;
    /// every process that serves asks each second. What came in meanwhile is counted again.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer.
    pub async fn notice_calendars(&self) -> Result<(), AppError> {
        let mut changed = false;
        for (name, as_of) in self.packs.calendars() {
            let in_force = self.store.calendar_date(&name).await?;
            changed |= in_force.is_some_and(|date| date != as_of.to_string());
        }
        if changed {
            self.packs.renew(&self.store).await?;
            tracing::info!(calendar = %self.pack().policy.calendar.id(), "another calendar is in force");
            self.recount_at(Some(
                self.world.now().checked_add(ONCE_MORE_AFTER).unwrap_or_default(),
            ));
            return self.recount_all().await;
        }
        if self.is_time_to_recount() {
            self.recount_all().await?;
            self.recount_at(None);
        }
        Ok(())
    }

    /// Counts again soon if the calendar changed lately: whoever applied it may have been killed.
    pub(crate) async fn recount_soon_after_change(&self) -> Result<(), AppError> {
        let name = self.pack().policy.calendar.id().name.clone();
        let row = self.store.calendar_in_force(&name).await?;
        let now = self.world.now();
        if row.is_some_and(|row| now.duration_since(row.put_in_force_at) < RECENT) {
            self.recount_at(Some(now));
        }
        Ok(())
    }

    fn recount_at(&self, at: Option<Timestamp>) {
        *self.recount_at.lock().expect("nothing panics while holding this lock") = at;
    }

    fn is_time_to_recount(&self) -> bool {
        let at = *self.recount_at.lock().expect("nothing panics while holding this lock");
        let now = self.world.now();
        // A clock that was set back must not put it off.
        at.is_some_and(|at| at <= now || at.duration_since(now) > ONCE_MORE_AFTER)
    }

    /// Makes the rows of some complaints anew that an earlier program left: it kept neither their
    /// running promises apart nor knew of every timer. Answers how many.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer.
    pub(crate) async fn count_some_promises(&self) -> Result<usize, AppError> {
        let ids = self.store.promises_to_count(COUNTED_PER_TURN).await?;
        let counted = ids.len();
        let mut running = JoinSet::new();
        for id in ids {
            let app = self.clone();
            running.spawn(async move { app.count_promises_of(&id).await });
        }
        while let Some(done) = running.join_next().await {
            done.map_err(AppError::broken)??;
        }
        Ok(counted)
    }

    async fn count_promises_of(&self, id: &str) -> Result<(), AppError> {
        let loaded = self.load_id(id).await?;
        let (complaint, policy) = (&loaded.complaint, &loaded.pack.policy);
        let mut commit = record::new_commit(&self.world);
        let stream = record::stream(StreamKind::Complaint, loaded.id)?;
        commit.expect.push(Expect { stream, version: complaint.version });
        let row = row::complaint(loaded.id, complaint, &loaded.row.tracking_hash, policy);
        commit.rows.push(Row::Complaint(Box::new(row)));
        commit.rows.push(Row::Running(row::running(loaded.id, complaint, policy)));
        match self.store.commit(commit).await {
            // Whoever acts on it in this moment writes both rows too.
            Ok(_) | Err(CommitError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

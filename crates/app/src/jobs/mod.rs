//! Jobs: what happens without anybody asking. Timers of complaints, letters to hand over.
//! Must not sleep long: whoever calls asks the wall clock each second.

mod deliver;
mod failing;
mod interpret;
mod notify;
mod rungs;
mod sweep;
mod undertakings;

pub use failing::FailingWork;
pub(crate) use sweep::open_lock;

use jiff::SignedDuration;
use redress_core::complaint::Command;
use redress_store::{OutboxItem, Timer, Write, Written};

use crate::{App, AppError, record::Job};
use failing::TRIES_SHOWN;

/// How long a process holds a piece of work before another may take it.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// A lease this young needs no renewal: what is left of it is longer than the longest letter.
const FRESH: SignedDuration = SignedDuration::from_secs(30);
/// When deleted words are looked after again that a reading kept in the files.
const SCRUB_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Complaints whose timers run in one turn, so that letters go out in between.
const TIMERS_PER_TURN: usize = 200;
/// Pieces of work taken in one turn.
const WORK_PER_TURN: u32 = 20;
/// After how many doublings the time between two tries of a piece of work that fails stays as it is,
/// one hour and a half.
const DOUBLINGS_MAX: u64 = 10;

/// What one turn did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Complaints whose timers ran.
    pub timers: usize,
    /// Pieces of work done.
    pub work: usize,
    /// Notices interpreted at last.
    pub notices: usize,
    /// Reminders queued.
    pub reminders: usize,
}

impl App {
    /// One turn of the jobs: due timers, then due work. Call it each second, or in a loop until
    /// it did nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer; single failures are logged and retried.
    pub async fn tick(&self) -> Result<Ticked, AppError> {
        if !self.believes_clock() {
            return Ok(Ticked::default());
        }
        self.tick_calendars().await;
        let ticked = Ticked {
            timers: self.tick_timers().await?,
            work: self.tick_work().await?,
            notices: self.tick_notices().await?,
            reminders: self.tick_holidays().await?,
        };
        self.sweep().await;
        self.tick_log().await;
        Ok(ticked)
    }

    /// A calendar that cannot be counted by must not keep the rest of the jobs from running.
    async fn tick_calendars(&self) {
        let noticed = self.notice_calendars().await;
        if let Err(error) = noticed.and(self.count_some_promises().await) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "dates could not be counted by the calendar in force; it is tried again"
            );
        }
    }

    /// Runs timers that have come, the most serious complaint first. However many there are, after an
    /// outage say, all of them run: a turn does some, and the next goes on.
    async fn tick_timers(&self) -> Result<usize, AppError> {
        let now = self.world.now();
        if !self.store.has_timers_due(now).await? || !self.holds_timers().await? {
            return Ok(0);
        }
        let (mut ran, mut failed) = (0, 0);
        for timer in self.store.timers_due(now).await? {
            match self.run_timer(&timer).await {
                Ok(()) => ran += 1,
                // It stays due, and must not keep those behind it waiting.
                Err(error) => {
                    failed += 1;
                    tracing::error!(complaint.id = %timer.complaint, error = &error as &dyn std::error::Error, "a timer could not run; it is tried again");
                }
            }
            if ran == TIMERS_PER_TURN || failed == TIMERS_PER_TURN || !self.believes_clock() {
                break;
            }
        }
        Ok(ran)
    }

    /// Whether this process runs the timers for the next while.
    async fn holds_timers(&self) -> Result<bool, AppError> {
        let now = self.world.now();
        let until = now.checked_add(LEASE).map_err(AppError::broken)?;
        let lease =
            Write::Lease { name: "timers".to_owned(), owner: self.worker.to_string(), now, until };
        Ok(self.store.write(lease).await? == Written::Leased(true))
    }

    async fn run_timer(&self, timer: &Timer) -> Result<(), AppError> {
        self.beat();
        let loaded = self.load_id(&timer.complaint).await?;
        self.run_by_itself(loaded, &Command::Tick, "timer").await?;
        Ok(())
    }

    async fn tick_work(&self) -> Result<usize, AppError> {
        let now = self.world.now();
        let until = now.checked_add(LEASE).map_err(AppError::broken)?;
        let owner = self.worker.to_string();
        let take = Write::TakeOutbox { owner: owner.clone(), now, until, limit: WORK_PER_TURN };
        let Written::Outbox(items) = self.store.write(take).await? else { return Ok(0) };
        for item in &items {
            if self.still_holds(item, &owner).await? {
                self.work(item, &owner).await?;
            }
        }
        Ok(items.len())
    }

    /// Whether a piece of work is still this process's, for as long as the longest letter takes: those
    /// before it may have kept a slow mail server busy until another process took it over.
    async fn still_holds(&self, item: &OutboxItem, owner: &str) -> Result<bool, AppError> {
        let now = self.world.now();
        let until = now.checked_add(LEASE).map_err(AppError::broken)?;
        if until.duration_since(item.lease_until) < FRESH {
            return Ok(true);
        }
        let (id, owner) = (item.id.clone(), owner.to_owned());
        let renewed = self.store.write(Write::RenewOutbox { id, owner, until }).await?;
        Ok(renewed == Written::Changed(1))
    }

    async fn work(&self, item: &OutboxItem, owner: &str) -> Result<(), AppError> {
        self.beat();
        let now = self.world.now();
        let done = match serde_json::from_str::<Job>(&item.payload) {
            Ok(job) => self.do_job(item, job).await,
            Err(error) => Err(AppError::broken(error)),
        };
        let write = match done {
            Ok(None) => Write::FinishOutbox { id: item.id.clone(), owner: owner.to_owned(), now },
            Ok(Some(due_at)) => {
                Write::RetryOutbox { id: item.id.clone(), owner: owner.to_owned(), due_at }
            }
            Err(error) => {
                tracing::error!(job = %item.kind, complaint.id = %item.complaint, error = &error as &dyn std::error::Error, attempts = item.attempts, "a job failed");
                // Never given up: what keeps it from being done can be mended, and until then it is
                // shown to who administers.
                let doublings = item.attempts.min(DOUBLINGS_MAX);
                let due_at = now
                    .checked_add(SignedDuration::from_secs(5 << doublings))
                    .map_err(AppError::broken)?;
                Write::RetryOutbox { id: item.id.clone(), owner: owner.to_owned(), due_at }
            }
        };
        self.store.write(write).await?;
        if item.attempts >= TRIES_SHOWN {
            self.look_at_work().await?;
        }
        Ok(())
    }

    /// Does a job; answers when to try again, or `None` when it is done.
    async fn do_job(
        &self,
        item: &OutboxItem,
        job: Job,
    ) -> Result<Option<jiff::Timestamp>, AppError> {
        let complaint = &item.complaint;
        match job {
            Job::Deliver { attempt } => self.deliver(item, &attempt).await,
            Job::Scrub => {
                let clean = self.store.scrub().await?;
                let again = self.world.now().checked_add(SCRUB_AGAIN).map_err(AppError::broken)?;
                Ok((!clean).then_some(again))
            }
            Job::Holidays => self.remind_of_holidays(item).await,
            Job::NoticeWaits { notice } => self.tell_waiting(&notice, item).await,
            Job::TellUndertaking { undertaking, sequence, complainant_only } => {
                self.tell_undertaking(item, &undertaking, sequence, complainant_only).await
            }
            Job::Remind { undertaking, step } => self.remind(item, (&undertaking, step)).await,
            Job::Acknowledge => self.acknowledge(complaint, &item.id).await,
            Job::Inform => {
                self.notify(complaint, "director-notice", notify::Whom::Informed, item).await
            }
            Job::Page => self.notify(complaint, "duty", notify::Whom::Duty, item).await,
            Job::TellUnit { unit } => {
                self.notify(complaint, "duty", notify::Whom::Unit(unit), item).await
            }
            Job::TellMoved => {
                self.notify(complaint, "date-moved-notice", notify::Whom::Holder, item).await
            }
            Job::Warn { promise, round, step, to } => {
                let whom = notify::Whom::Ladder { promise, round, step, to };
                self.notify(complaint, "warning", whom, item).await
            }
        }
    }
}

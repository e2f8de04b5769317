//! Jobs: what happens without anybody asking. Timers of complaints, letters to hand over.
//! Must not sleep long: whoever calls asks the wall clock each second.

mod deliver;
mod interpret;
mod notify;
mod undertakings;

use jiff::SignedDuration;
use redress_core::complaint::Command;
use redress_store::{OutboxItem, Write, Written};

use crate::{App, AppError, record::Job};

/// How long a process holds a piece of work before another may take it.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Complaints whose timers are looked at in one turn.
const TIMERS_PER_TURN: u32 = 200;
/// Pieces of work taken in one turn.
const WORK_PER_TURN: u32 = 20;
/// After how many failures of our own a piece of work is left for a person.
const FAILURES_MAX: u64 = 30;

/// What one turn did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Complaints whose timers were looked at.
    pub timers: usize,
    /// Pieces of work done.
    pub work: usize,
    /// Notices interpreted at last.
    pub notices: usize,
}

impl App {
    /// One turn of the jobs: due timers, then due work. Call it each second, or in a loop until
    /// it did nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer; single failures are logged and retried.
    pub async fn tick(&self) -> Result<Ticked, AppError> {
        Ok(Ticked {
            timers: self.tick_timers().await?,
            work: self.tick_work().await?,
            notices: self.tick_notices().await?,
        })
    }

    async fn tick_timers(&self) -> Result<usize, AppError> {
        let now = self.world.now();
        if self.store.timers_due(now, 1).await?.is_empty() {
            return Ok(0);
        }
        let until = now.checked_add(LEASE).map_err(AppError::broken)?;
        let lease =
            Write::Lease { name: "timers".to_owned(), owner: self.worker.to_string(), now, until };
        if self.store.write(lease).await? != Written::Leased(true) {
            return Ok(0);
        }
        let due = self.store.timers_due(now, TIMERS_PER_TURN).await?;
        for row in &due {
            let reference = row.reference.clone();
            let ran = match self.load_row(row.clone()).await {
                Ok(loaded) => self.run_by_itself(loaded, &Command::Tick, "timer").await,
                Err(error) => Err(error),
            };
            if let Err(error) = ran {
                tracing::error!(complaint.reference = %reference, error = &error as &dyn std::error::Error, "a timer could not run; it is tried again");
            }
        }
        Ok(due.len())
    }

    async fn tick_work(&self) -> Result<usize, AppError> {
        let now = self.world.now();
        let until = now.checked_add(LEASE).map_err(AppError::broken)?;
        let owner = self.worker.to_string();
        let take = Write::TakeOutbox { owner: owner.clone(), now, until, limit: WORK_PER_TURN };
        let Written::Outbox(items) = self.store.write(take).await? else { return Ok(0) };
        for item in &items {
            self.work(item, &owner).await?;
        }
        Ok(items.len())
    }

    async fn work(&self, item: &OutboxItem, owner: &str) -> Result<(), AppError> {
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
                if item.attempts >= FAILURES_MAX {
                    Write::FinishOutbox { id: item.id.clone(), owner: owner.to_owned(), now }
                } else {
                    let doublings = u32::try_from(item.attempts.min(10)).unwrap_or(10);
                    let due_at = now
                        .checked_add(SignedDuration::from_secs(5 << doublings))
                        .map_err(AppError::broken)?;
                    Write::RetryOutbox { id: item.id.clone(), owner: owner.to_owned(), due_at }
                }
            }
        };
        self.store.write(write).await?;
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
            Job::TellUndertaking { undertaking } => self.tell_undertaking(item, &undertaking).await,
            Job::Remind { undertaking, step } => self.remind(item, (&undertaking, step)).await,
            Job::Acknowledge => self.acknowledge(complaint, &item.id).await,
            Job::Inform => {
                self.notify(complaint, "director-notice", notify::Whom::Informed, item).await
            }
            Job::Page => self.notify(complaint, "duty", notify::Whom::Duty, item).await,
            Job::TellUnit { unit } => {
                self.notify(complaint, "duty", notify::Whom::Unit(unit), item).await
            }
            Job::Warn { promise, round, to } => {
                self.notify(complaint, "warning", notify::Whom::Ladder { promise, round, to }, item)
                    .await
            }
        }
    }
}

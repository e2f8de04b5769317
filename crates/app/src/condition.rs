//! How an installation stands, as facts; whoever asks words them. Must not mend anything.

use jiff::{Timestamp, civil::Date};
use redress_core::kinds::Role;
use redress_store::StoreError;

use crate::{App, AppError, ClockJump, DutyGap, FailingWork, Waiting};

/// How an installation stands.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Now, by the clock of the machine.
    pub now: Timestamp,
    /// When the last event was recorded.
    pub last_recorded: Timestamp,
    /// A jump of the clock that somebody must look at.
    pub clock_jump: Option<ClockJump>,
    /// The policy in force, `alphatech@1`.
    pub policy: String,
    /// The last day its calendar knows.
    pub calendar_until: Date,
    /// Active people who may be informed of every complaint.
    pub directors: usize,
    /// Active people of the unit that receives.
    pub receivers: usize,
    /// Active people who may decide.
    pub deciders: usize,
    /// Whether nobody stands on the roster now, and the default stands in.
    pub duty_by_default: bool,
    /// Hours within a week without anybody on the roster; none while it is not used.
    pub duty_gaps: Vec<DutyGap>,
    /// When the oldest work that is not done was due.
    pub oldest_work: Option<Timestamp>,
    /// Work that was tried often and is not done.
    pub failing_work: Option<FailingWork>,
    /// Notices a person must look at.
    pub notices_waiting: usize,
    /// Bytes of the log of changes beside the database, where a reading that does not end holds it.
    pub changes_held: Option<u64>,
    /// Bytes of files stored in all, each content once.
    pub file_bytes: u64,
    /// Files that wait for their check.
    pub files_waiting: Option<Waiting>,
    /// How many bytes of files there may be; nothing is no limit.
    pub file_bytes_max: Option<u64>,
}

impl App {
    /// How the installation stands.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer.
    pub async fn condition(&self) -> Result<Condition, AppError> {
        let pack = self.packs.current();
        let policy = &pack.policy;
        let receiving = &policy.receiving().id;
        let members = self.members().await?;
        let decides = |member: &redress_core::complaint::people::Member| {
            let units = policy.departments.iter();
            units.into_iter().any(|unit| member.holds_authority(&unit.id, policy))
        };
        Ok(Condition {
            now: self.world.now(),
            last_recorded: self.store.head().await?.recorded_at,
            clock_jump: self.clock_jump(),
            policy: policy.name(),
            calendar_until: policy.calendar.covers().1,
            directors: members.iter().filter(|member| member.role == Role::Director).count(),
            receivers: members.iter().filter(|member| member.is_of(receiving)).count(),
            deciders: members.iter().filter(|member| decides(member)).count(),
            duty_by_default: self.on_duty().await?.by_default,
            duty_gaps: self.duty_gaps().await?,
            oldest_work: self.store.oldest_work().await?,
            failing_work: self.failing_work().await?,
            notices_waiting: self.notices_waiting().await?.len(),
            changes_held: self.changes_held()?,
            file_bytes: self.store.file_bytes().await?,
            files_waiting: self.files_waiting().await?,
            file_bytes_max: Some(self.limits.total_bytes).filter(|max| *max > 0),
        })
    }

    /// What the database's own engine finds wrong with its file. Reads all of it.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn flaws(&self) -> Result<Vec<String>, StoreError> {
        self.store.flaws().await
    }
}

//! The duty roster: who is warned at once, day and night (A3). Default: the Director, or who stands
//! in for the Director, and the head of the unit that receives. Must not warn anybody.

use jiff::{SignedDuration, Timestamp};
use redress_core::{
    complaint::{
        Event,
        event::{DutySet, DutyWords},
        people::{Actor, Member},
    },
    field::FieldErrors,
    id::ComplaintId,
    kinds::Role,
    plain::Phone,
};
use redress_store::{DutyRow, Expect, Row, StreamKind};

use crate::{
    App, AppError,
    record::{self, ActorFact},
};

/// How far ahead hours without anybody on duty are shown.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Longest turn of one line.
const TURN_MAX: SignedDuration = SignedDuration::from_hours(24 * 31);
/// Most lines of the roster that are read.
const LINES_MAX: u32 = 200;

/// A line of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyLine {
    /// Its id.
    pub id: String,
    /// Who.
    pub email: String,
    /// Name.
    pub name: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Telephone, E.164.
    pub phone: String,
}

/// Who is on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// The people.
    pub members: Vec<Member>,
    /// Their telephones, where the roster names them.
    pub phones: Vec<String>,
    /// Whether nobody is on the roster and the default stands in.
    pub by_default: bool,
}

/// A time without anybody on the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyGap {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl App {
    /// Puts a member on duty.
    ///
    /// # Errors
    ///
    /// Faults of fields, [`AppError::NotFound`] for an unknown account.
    pub async fn set_duty(
        &self,
        email: &str,
        from: Timestamp,
        until: Timestamp,
        phone: &str,
        by: &Actor,
    ) -> Result<(), AppError> {
        let member = self.member(email).await?;
        let now = self.world.now();
        let mut errors = FieldErrors::default();
        let phone = errors.keep("/phone", Phone::parse(phone));
        // Whoever is warned must be able to open the complaint and act.
        if !matches!(member.role, Role::Care | Role::Department | Role::Director) {
            errors.add("/person", "cannot-be-on-duty", vec![]);
        }
        if until <= from {
            errors.add("/until", "ends-before-it-begins", vec![]);
        } else if until.duration_since(from) > TURN_MAX {
            errors.add("/until", "longer-than-a-month", vec![]);
        } else if until <= now {
            errors.add("/until", "too-early", vec![]);
        }
        let (Some(phone), true) = (phone, errors.is_empty()) else { return Err(errors.into()) };
        let row = DutyRow {
            id: ComplaintId::new(now, &self.world.chance()).to_string(),
            account: member.id.to_string(),
            from_at: from,
            until_at: until,
            phone: phone.as_str().to_owned(),
        };
        self.put_duty(row, 0, by).await
    }

    /// Ends a turn now: one that runs is over, one that was to come never begins.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when no turn that is not over has this id.
    pub async fn end_duty(&self, id: &str, by: &Actor) -> Result<(), AppError> {
        let now = self.world.now();
        let rows = self.store.duty_from(now, LINES_MAX).await?;
        let row = rows.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound)?;
        let known = self.store.stream(&record::stream(StreamKind::Duty, id)?).await?;
        let version = known.last().map_or(0, |event| event.version);
        let ended = DutyRow { from_at: row.from_at.min(now), until_at: now, ..row };
        self.put_duty(ended, version, by).await
    }

    async fn put_duty(&self, row: DutyRow, version: u64, by: &Actor) -> Result<(), AppError> {
        let now = self.world.now();
        let event = Event::from(DutySet {
            account: row.account.parse().map_err(AppError::broken)?,
            from: row.from_at,
            until: row.until_at,
            words: Some(DutyWords { phone: row.phone.clone() }),
        });
        let stream = record::stream(StreamKind::Duty, &row.id)?;
        let actor = ActorFact::of(by, "").to_json();
        let mut commit = record::new_commit(&self.world);
        commit.events.push(record::new_event(&self.world, &stream, &event, &actor, now));
        commit.expect.push(Expect { stream, version });
        commit.rows.push(Row::Duty(row));
        self.store.commit(commit).await?;
        Ok(())
    }

    /// The lines of the roster that are not over.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn duty_lines(&self) -> Result<Vec<DutyLine>, AppError> {
        let rows = self.store.duty_from(self.world.now(), LINES_MAX).await?;
        let members = self.members().await?;
        let line = |row: DutyRow| {
            let member = members.iter().find(|member| member.id.to_string() == row.account)?;
            Some(DutyLine {
                id: row.id,
                email: member.email.clone(),
                name: member.name.clone(),
                from: row.from_at,
                until: row.until_at,
                phone: row.phone,
            })
        };
        Ok(rows.into_iter().filter_map(line).collect())
    }

    /// Who is on duty now.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn on_duty(&self) -> Result<OnDuty, AppError> {
        let now = self.world.now();
        let lines = self.duty_lines().await?;
        let members = self.members().await?;
        let current: Vec<&DutyLine> =
            lines.iter().filter(|line| line.from <= now && now < line.until).collect();
        if current.is_empty() {
            return Ok(OnDuty {
                members: self.stand_in(&members),
                phones: vec![],
                by_default: true,
            });
        }
        let on =
            members.iter().filter(|member| current.iter().any(|line| line.email == member.email));
        Ok(OnDuty {
            members: on.cloned().collect(),
            phones: current.iter().map(|line| line.phone.clone()).collect(),
            by_default: false,
        })
    }

    /// The Director and the head of the unit that receives.
    fn stand_in(&self, members: &[Member]) -> Vec<Member> {
        let pack = self.packs.current();
        let receiving = &pack.policy.receiving().id;
        let stands = |member: &&Member| {
            member.directs() || (member.is_of(receiving) && member.heads(receiving))
        };
        members.iter().filter(stands).cloned().collect()
    }

    /// Hours within a week without anybody on the roster; none while the roster is not used.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn duty_gaps(&self) -> Result<Vec<DutyGap>, AppError> {
        let now = self.world.now();
        let end = now.checked_add(AHEAD).unwrap_or(now);
        let mut lines = self.duty_lines().await?;
        lines.sort_by_key(|line| line.from);
        let mut gaps = Vec::new();
        let mut covered = now;
        for line in &lines {
            if line.from > covered && covered < end {
                gaps.push(DutyGap { from: covered, until: line.from.min(end) });
            }
            covered = covered.max(line.until);
        }
        if covered < end && !lines.is_empty() {
            gaps.push(DutyGap { from: covered, until: end });
        }
        Ok(gaps)
    }
}

//! Dated delegations of the Director: who may do what the Director may, from when until when.
//! Must not be asked what a deputy may do: `Member::directs` answers that everywhere.

use jiff::{SignedDuration, Timestamp};
use redress_core::{
    complaint::{
        Event,
        event::DelegationMade,
        people::{Actor, Member},
    },
    field::FieldErrors,
    id::{AccountId, ComplaintId},
    kinds::Role,
};
use redress_store::{DelegationRow, Expect, Row, StreamKind};

use crate::{
    App, AppError,
    record::{self, ActorFact},
};

/// Longest delegation: who is away longer is replaced.
const DELEGATION_MAX: SignedDuration = SignedDuration::from_hours(24 * 366);
/// Most delegations that are read.
const DELEGATIONS_MAX: u32 = 200;

/// A delegation that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: String,
    /// Name of the Director.
    pub director: String,
    /// E-mail of the deputy.
    pub email: String,
    /// Name of the deputy.
    pub name: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// A delegation to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewDelegation<'a> {
    /// E-mail of the deputy.
    pub to: &'a str,
    /// E-mail of the Director; needed only where an operator acts and there are several.
    pub director: Option<&'a str>,
    /// From when; never before now.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Who stands in for whom at one moment.
#[derive(Debug)]
pub(crate) struct Deputies(Vec<(AccountId, AccountId)>);

impl Deputies {
    /// The first principal of `deputy` that `is_director` knows.
    pub(crate) fn of(
        &self,
        deputy: AccountId,
        is_director: impl Fn(AccountId) -> bool,
    ) -> Option<AccountId> {
        self.all_of(deputy).find(|principal| is_director(*principal))
    }

    /// Every principal of `deputy`.
    pub(crate) fn all_of(&self, deputy: AccountId) -> impl Iterator<Item = AccountId> + '_ {
        self.0.iter().filter(move |(_, other)| *other == deputy).map(|(principal, _)| *principal)
    }
}

impl App {
    /// Lets a member of Customer Care or of a department do what the Director may, within dates.
    /// Overlapping ones are fine: each holds by itself.
    ///
    /// # Errors
    ///
    /// Faults of the fields `/to`, `/for`, `/from`, `/until`; [`AppError::NotFound`] for an unknown
    /// account; [`AppError::Forbidden`] for who is neither a Director nor an operator: a deputy
    /// names no deputies.
    pub async fn delegate(
        &self,
        new: NewDelegation<'_>,
        by: &Actor,
    ) -> Result<Delegation, AppError> {
        let now = self.world.now();
        let director = self.principal(new.director, by).await?;
        let deputy = self.member(new.to).await?;
        let mut errors = FieldErrors::default();
        if !matches!(deputy.role, Role::Care | Role::Department) {
            errors.add("/to", "cannot-stand-in", vec![]);
        }
        let from = new.from.max(now);
        if new.until <= new.from {
            errors.add("/until", "ends-before-it-begins", vec![]);
        } else if new.until <= now {
            errors.add("/until", "too-early", vec![]);
        } else if new.until.duration_since(from) > DELEGATION_MAX {
            errors.add("/until", "longer-than-a-year", vec![]);
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let row = DelegationRow {
            id: ComplaintId::new(now, &self.world.chance()).to_string(),
            principal: director.id.to_string(),
            deputy: deputy.id.to_string(),
            from_at: from,
            until_at: new.until,
        };
        self.put_delegation(&row, 0, by).await?;
        Ok(Delegation {
            id: row.id,
            director: director.name,
            email: deputy.email,
            name: deputy.name,
            from,
            until: new.until,
        })
    }

    /// Whose powers are given: the acting Director's, or for an operator those of the one named, or
    /// of the only one.
    async fn principal(&self, named: Option<&str>, by: &Actor) -> Result<Member, AppError> {
        if let Actor::Staff(member) = by {
            return match member.role {
                Role::Director => Ok(member.clone()),
                Role::Care | Role::Department | Role::Admin | Role::Auditor => {
                    Err(AppError::Forbidden)
                }
            };
        }
        let mut errors = FieldErrors::default();
        if let Some(email) = named {
            let member = self.member(email).await?;
            if member.role == Role::Director {
                return Ok(member);
            }
            errors.add("/for", "not-the-director", vec![]);
            return Err(errors.into());
        }
        let members = self.members().await?;
        let mut directors = members.into_iter().filter(|member| member.role == Role::Director);
        if let (Some(only), None) = (directors.next(), directors.next()) {
            return Ok(only);
        }
        errors.add("/for", "missing", vec![]);
        Err(errors.into())
    }

    /// Ends a delegation now; one that is over already stays as it is.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when none runs under this id, [`AppError::Forbidden`] as for
    /// [`App::delegate`].
    pub async fn end_delegation(&self, id: &str, by: &Actor) -> Result<(), AppError> {
        if matches!(by, Actor::Staff(member) if member.role != Role::Director) {
            return Err(AppError::Forbidden);
        }
        let now = self.world.now();
        let rows = self.store.delegations_from(now, DELEGATIONS_MAX).await?;
        let row = rows.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound)?;
        let stream = record::stream(StreamKind::Delegation, id)?;
        let known = self.store.stream(&stream).await?;
        let version = known.last().map_or(0, |event| event.version);
        let ended = DelegationRow { from_at: row.from_at.min(now), until_at: now, ..row };
        self.put_delegation(&ended, version, by).await
    }

    async fn put_delegation(
        &self,
        row: &DelegationRow,
        version: u64,
        by: &Actor,
    ) -> Result<(), AppError> {
        let event = Event::from(DelegationMade {
            principal: row.principal.parse().map_err(AppError::broken)?,
            deputy: row.deputy.parse().map_err(AppError::broken)?,
            from: row.from_at,
            until: row.until_at,
        });
        let now = self.world.now();
        let stream = record::stream(StreamKind::Delegation, &row.id)?;
        let actor = ActorFact::of(by, "").to_json();
        let mut commit = record::new_commit(&self.world);
        commit.events.push(record::new_event(&self.world, &stream, &event, &actor, now));
        commit.expect.push(Expect { stream, version });
        commit.rows.push(Row::Delegation(row.clone()));
        self.store.commit(commit).await?;
        Ok(())
    }

    /// Delegations that run or will run, those that end first coming first.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn delegations(&self) -> Result<Vec<Delegation>, AppError> {
        let rows = self.store.delegations_from(self.world.now(), DELEGATIONS_MAX).await?;
        let members = self.members().await?;
        let find = |id: &str| members.iter().find(|member| member.id.to_string() == id);
        let told = rows.into_iter().filter_map(|row| {
            let (director, deputy) = (find(&row.principal)?, find(&row.deputy)?);
            Some(Delegation {
                id: row.id,
                director: director.name.clone(),
                email: deputy.email.clone(),
                name: deputy.name.clone(),
                from: row.from_at,
                until: row.until_at,
            })
        });
        Ok(told.collect())
    }

    /// Who stands in for whom now, whatever their accounts are worth.
    pub(crate) async fn deputies(&self) -> Result<Deputies, AppError> {
        let now = self.world.now();
        let rows = self.store.delegations_from(now, DELEGATIONS_MAX).await?;
        let holds = rows.iter().filter(|row| row.from_at <= now);
        let pair =
            |row: &DelegationRow| Some((row.principal.parse().ok()?, row.deputy.parse().ok()?));
        Ok(Deputies(holds.filter_map(pair).collect()))
    }
}

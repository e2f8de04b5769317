//! Members of the organisation, and who acts, as values that travel into `decide`.
//! Must not hold credentials or know sessions.

use super::{Complaint, registry::Who};
use crate::{
    id::AccountId,
    kinds::{DepartmentId, Role},
    policy::{Authority, Policy},
};

/// For which units a person holds authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorityScope {
    /// Every unit.
    All,
    /// This unit.
    Department(DepartmentId),
}

/// A member of the organisation with an account that may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub id: AccountId,
    /// E-mail address, in lower case.
    pub email: String,
    /// Name as shown to colleagues and, in answers, to the complainant.
    pub name: String,
    /// What the account may do.
    pub role: Role,
    /// The unit the person belongs to.
    pub department: Option<DepartmentId>,
    /// Units for which the person may approve.
    pub authority: Vec<AuthorityScope>,
    /// The Director for whom the person acts at this moment, by a dated delegation.
    pub stands_in_for: Option<AccountId>,
}

impl Member {
    /// Whether the person belongs to `unit`.
    pub fn is_of(&self, unit: &DepartmentId) -> bool {
        self.department.as_ref() == Some(unit)
    }

    /// Whether the person is head of `unit`, or of every unit.
    pub fn heads(&self, unit: &DepartmentId) -> bool {
        self.authority.iter().any(|scope| match scope {
            AuthorityScope::All => true,
            AuthorityScope::Department(of) => of == unit,
        })
    }

    /// Whether the person may do what the Director may: as the Director, or as a deputy within the
    /// dates of a delegation. The one place that says so.
    pub fn directs(&self) -> bool {
        self.role == Role::Director || self.stands_in_for.is_some()
    }

    /// The same person without what a delegation adds.
    #[must_use]
    pub fn in_own_right(&self) -> Self {
        Self { stands_in_for: None, ..self.clone() }
    }

    /// Whether the policy gives the person authority over complaints that `unit` verifies (S23).
    pub fn holds_authority(&self, unit: &DepartmentId, policy: &Policy) -> bool {
        policy.decision.authority.iter().any(|authority| match authority {
            Authority::HeadOf(of) => of == unit && self.heads(unit),
            Authority::Director => self.directs(),
        })
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A member of the organisation.
    Staff(Member),
    /// The complainant, by the tracking token.
    Complainant,
    /// The program itself, by the policy's rules; the name says which part.
    System(&'static str),
}

impl Actor {
    /// The account, for staff.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Staff(member) => Some(member.id),
            Self::Complainant | Self::System(_) => None,
        }
    }

    /// The same person without what a delegation adds; `None` for who acts under none.
    pub fn in_own_right(&self) -> Option<Self> {
        match self {
            Self::Staff(member) if member.stands_in_for.is_some() => {
                Some(Self::Staff(member.in_own_right()))
            }
            Self::Staff(_) | Self::Complainant | Self::System(_) => None,
        }
    }

    /// Whether this actor stands to the complaint in one of the ways `who` lists.
    pub fn is_one_of(&self, who: &[Who], complaint: &Complaint) -> bool {
        who.iter().any(|who| self.is(*who, complaint))
    }

    fn is(&self, who: Who, complaint: &Complaint) -> bool {
        match self {
            Self::System(_) => false,
            Self::Complainant => who == Who::Complainant,
            Self::Staff(member) => staff_is(member, who, complaint),
        }
    }
}

fn staff_is(member: &Member, who: Who, complaint: &Complaint) -> bool {
    let works = matches!(member.role, Role::Care | Role::Department | Role::Director);
    let unit = complaint.department.as_ref();
    works
        && match who {
            Who::Complainant => false,
            Who::Care => member.role == Role::Care,
            Who::Unit => unit.is_some_and(|unit| member.is_of(unit)),
            Who::Owner => complaint.undertakings.iter().any(|one| one.owner == member.id),
            Who::JoinedUnit => complaint.joined_units.iter().any(|unit| member.is_of(unit)),
            Who::Head => unit.is_some_and(|unit| member.heads(unit)),
            Who::Director => member.directs(),
        }
}

/// Whether a member may know that the complaint exists: Customer Care, the Director, who stands in
/// for the Director, and auditors see all, a department what was handed to it, helps with, or was involved in; an administrator
/// sees no complaint.
pub fn may_see(member: &Member, complaint: &Complaint) -> bool {
    match member.role {
        Role::Care | Role::Director | Role::Auditor => true,
        Role::Admin => false,
        Role::Department if member.directs() => true,
        Role::Department => {
            [Who::Unit, Who::JoinedUnit, Who::Head]
                .iter()
                .any(|who| staff_is(member, *who, complaint))
                || complaint.rounds.iter().any(|round| round.took_part.contains(&member.id))
                || complaint.undertakings.iter().any(|undertaking| undertaking.owner == member.id)
        }
    }
}

//! Sign-in, the set-up link, accounts, the duty roster.
//! Must not tell whether an e-mail is known, and must not show complaint texts.

use askama::Template;
use jiff::Timestamp;
use redress_core::kinds::Role;

use crate::components::FieldErrors;
use crate::desk::form::Choice;
use crate::desk::{DeskFrame, Duty};

/// `/desk/sign-in`: fields `email`, `password`, `next`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sign-in.html")]
pub struct SignIn {
    /// Around the page.
    pub frame: DeskFrame,
    /// What was typed.
    pub email: String,
    /// Where to go afterwards; a path of the desk.
    pub next: String,
    /// Whether the pair was wrong; which of the two is never told.
    pub wrong: bool,
    /// How many seconds to wait after too many attempts.
    pub wait: Option<u32>,
    /// Whether the person has just signed out.
    pub signed_out: bool,
}

/// `/desk/set-up/{token}`: fields `password`, `again`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/set-up.html")]
pub struct SetUp {
    /// Around the page.
    pub frame: DeskFrame,
    /// The single-use token of the link.
    pub token: String,
    /// Whose account it is; `None` when the link is spent, too old or unknown.
    pub account: Option<(String, String)>,
    /// What is wrong with `password` or `again`.
    pub errors: FieldErrors,
}

/// `/desk/duty`: fields of the add form `person`, `from`, `until`, `phone`; of the form that names a
/// deputy `deputy`, `deputy_from`, `deputy_until`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/duty.html")]
pub struct Roster {
    /// Around the page.
    pub frame: DeskFrame,
    /// Who is on duty, and where nobody is.
    pub duty: Duty,
    /// Present and coming shifts, in order.
    pub shifts: Vec<Shift>,
    /// Whether this person may change the roster.
    pub may_change: bool,
    /// Accounts that may be on duty: e-mail and name.
    pub people: Vec<Choice>,
    /// Who stands in for the Director, now and later.
    pub deputies: Vec<Deputy>,
    /// Whether this person may name deputies.
    pub may_delegate: bool,
    /// Accounts that may stand in for the Director: e-mail and name.
    pub candidates: Vec<Choice>,
    /// What was typed into a form: field name and value.
    pub typed: Vec<(String, String)>,
    /// What is wrong in it.
    pub errors: FieldErrors,
}

/// Somebody who stands in for the Director.
#[derive(Debug, Clone)]
pub struct Deputy {
    /// Its id in the address that ends it.
    pub id: String,
    /// Name of the deputy.
    pub person: String,
    /// Name of the Director.
    pub director: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// One stretch of the roster.
#[derive(Debug, Clone)]
pub struct Shift {
    /// Its id in the address that ends it.
    pub id: String,
    /// Name of the person.
    pub person: String,
    /// Telephone in E.164.
    pub phone: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// `/desk/accounts`: fields of the add form `name`, `email`, `role`, `department`, `authority`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/accounts.html")]
pub struct Accounts {
    /// Around the page.
    pub frame: DeskFrame,
    /// What is lacking of the holidays and must be loaded, in words.
    pub holidays: Option<String>,
    /// All accounts, by name.
    pub accounts: Vec<Account>,
    /// Departments of the pack: id and name.
    pub departments: Vec<Choice>,
    /// The set-up link just made, to hand on: whose, and the address. Shown once.
    pub link: Option<(String, String)>,
    /// What was typed into the add form: field name and value.
    pub typed: Vec<(String, String)>,
    /// What is wrong in it.
    pub errors: FieldErrors,
}

/// One account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id in addresses.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Name of its department.
    pub department: Option<String>,
    /// For which departments it may approve, by name.
    pub authority: Vec<String>,
    /// Whether it is switched off.
    pub disabled: bool,
    /// When it last signed in; `None` when the set-up link was not used yet.
    pub last_seen: Option<Timestamp>,
}

impl Roster {
    /// Whether a shift runs now.
    pub fn is_now(&self, shift: &Shift) -> bool {
        shift.from <= self.frame.w.now && self.frame.w.now < shift.until
    }

    /// Whether a deputy stands in now.
    pub fn holds_now(&self, deputy: &Deputy) -> bool {
        deputy.from <= self.frame.w.now && self.frame.w.now < deputy.until
    }

    /// What was typed into a field of a form.
    pub fn typed(&self, name: &str) -> &str {
        typed(&self.typed, name)
    }
}

impl Accounts {
    /// Whether anybody knows when accounts signed in; without it the column is left out.
    pub fn knows_seen(&self) -> bool {
        self.accounts.iter().any(|account| account.last_seen.is_some())
    }

    /// What was typed into a field of the add form.
    pub fn typed(&self, name: &str) -> &str {
        typed(&self.typed, name)
    }

    /// Whether `value` was chosen in a list of the add form.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.typed.iter().any(|(key, chosen)| key == name && chosen == value)
    }

    /// Every role.
    pub fn roles(&self) -> &'static [Role] {
        Role::ALL
    }
}

fn typed<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

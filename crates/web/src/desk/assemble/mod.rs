//! From what the application knows to what the desk shows.
//! Must not decide what may be done: forms are offered, the rules answer.

mod case;
mod director;
mod entered;
mod events;
mod file;
mod forms;
mod next;
mod queue;
mod record;
mod title;

use std::collections::HashMap;

use redress_app::{App, AppError};
use redress_core::{
    complaint::people::Member,
    id::AccountId,
    kinds::{ChannelKind, DepartmentId, Lang, Role},
    policy::Pack,
};

pub(crate) use case::case;
pub(crate) use director::{card, danger, risk, task};
pub(crate) use entered::entered;
pub(crate) use file::all as files;
pub(crate) use forms::Again;
pub(crate) use queue::rows;

use super::form::Choice;
use crate::components::Words;
use crate::portal::assemble::{reply_ways, said};

/// A member as colleagues see them, whether or not they may still sign in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Name.
    pub(crate) name: String,
    /// E-mail address.
    pub(crate) email: String,
    /// Role; `None` for one of a newer program.
    pub(crate) role: Option<Role>,
    /// Unit.
    pub(crate) department: Option<DepartmentId>,
    /// Whether the account may sign in.
    pub(crate) active: bool,
}

/// Everybody with an account, by id.
#[derive(Debug, Clone)]
pub(crate) struct People(HashMap<String, Person>);

impl People {
    /// Reads the accounts.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when they cannot be read.
    pub(crate) async fn of(app: &App) -> Result<Self, AppError> {
        let people = app.accounts().await?.into_iter().map(|row| {
            let person = Person {
                name: row.name,
                email: row.email,
                role: row.role.parse().ok(),
                department: DepartmentId::parse(&row.department),
                active: !row.disabled,
            };
            (row.id, person)
        });
        Ok(Self(people.collect()))
    }

    /// The person with this account id.
    pub(crate) fn get(&self, id: &str) -> Option<&Person> {
        self.0.get(id)
    }

    /// The name of an account; its id where it is unknown.
    pub(crate) fn name(&self, id: AccountId) -> String {
        let id = id.to_string();
        self.get(&id).map_or_else(|| id.clone(), |person| person.name.clone())
    }

    /// The name behind an e-mail address; the address where it is unknown.
    pub(crate) fn called(&self, email: &str) -> String {
        let known = self.0.values().find(|person| person.email == email);
        known.map_or_else(|| email.to_owned(), |person| person.name.clone())
    }

    /// These members as they are chosen in forms: e-mail, and name with unit or role.
    pub(crate) fn chosen<'m>(
        &self,
        (w, pack): (&Words, &Pack),
        members: impl Iterator<Item = &'m Member>,
    ) -> Vec<Choice> {
        let mut choices: Vec<Choice> = members
            .filter_map(|member| self.get(&member.id.to_string()))
            .map(|person| choice(w, pack, person))
            .collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    }

    /// Who may be chosen in forms: e-mail, and name with unit or role.
    pub(crate) fn choices(&self, w: &Words, pack: &Pack, roles: &[Role]) -> Vec<Choice> {
        let may = |person: &&Person| {
            person.active && person.role.is_some_and(|role| roles.contains(&role))
        };
        let choice = |person: &Person| choice(w, pack, person);
        let mut choices: Vec<Choice> = self.0.values().filter(may).map(choice).collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    }
}

fn choice(w: &Words, pack: &Pack, person: &Person) -> Choice {
    let unit = unit_of(w, pack, person);
    Choice::new(person.email.clone(), format!("{}, {unit}", person.name))
}

/// The unit of a person in words, else the role.
pub(crate) fn unit_of(w: &Words, pack: &Pack, person: &Person) -> String {
    match (&person.department, person.role) {
        (Some(unit), _) => department(pack, w.lang, unit.as_str()),
        (None, Some(role)) => w.say(role),
        (None, None) => String::new(),
    }
}

/// The name of a unit of the pack.
pub(crate) fn department(pack: &Pack, lang: Lang, id: &str) -> String {
    said(pack, lang, &format!("department.{id}"))
}

/// The units of the pack: id and name.
pub(crate) fn departments(pack: &Pack, lang: Lang) -> Vec<Choice> {
    let units = pack.policy.departments.iter();
    units
        .map(|unit| Choice::new(unit.id.to_string(), department(pack, lang, unit.id.as_str())))
        .collect()
}

/// The categories of the pack: code and name.
pub(crate) fn categories(pack: &Pack, lang: Lang) -> Vec<Choice> {
    let named = |code: &str| said(pack, lang, &format!("category.{code}"));
    pack.policy
        .categories
        .iter()
        .map(|one| Choice::new(one.code.clone(), named(&one.code)))
        .collect()
}

/// The channels the pack offers, in either direction.
pub(crate) fn channels(pack: &Pack) -> Vec<ChannelKind> {
    let mut kinds: Vec<ChannelKind> = pack.policy.channels.iter().map(|rule| rule.kind).collect();
    kinds.extend(reply_ways(pack));
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// An instant of a view of the application, which are always whole.
fn instant(text: &str, otherwise: jiff::Timestamp) -> jiff::Timestamp {
    text.parse().unwrap_or(otherwise)
}

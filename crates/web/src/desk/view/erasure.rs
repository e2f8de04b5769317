//! What is kept of a person, and the form that erases it.
//! Must not show the words of a complaint: an administrator sees none.

use askama::Template;

use crate::components::FieldErrors;
use crate::desk::DeskFrame;
use crate::desk::form::{Choice, Refused};

/// `/desk/people/{id}/erasure`: fields `ground`, `with` (again and again), `sure`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/erasure.html")]
pub struct Erasure {
    /// Around the page.
    pub frame: DeskFrame,
    /// The record in the address.
    pub id: String,
    /// The records that go, or that are gone.
    pub goes: Vec<Record>,
    /// Records of other names that share a contact.
    pub others: Vec<Record>,
    /// Whether a legal hold keeps something of it.
    pub held: bool,
    /// Whether nothing is left to be erased.
    pub erased: bool,
    /// Copies that are not gone yet, a sentence each.
    pub left: Vec<String>,
    /// Legal grounds.
    pub grounds: Vec<Choice>,
    /// The legal ground that was chosen, or empty.
    pub ground: String,
    /// What is wrong in the form.
    pub errors: FieldErrors,
    /// Why the rules say no.
    pub refused: Option<Refused>,
}

/// A record of a person.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// Who it is, in words also where nobody gave a name.
    pub who: String,
    /// How the person is reached.
    pub contacts: String,
    /// Its complaints: reference, state in words, and the hold in words or nothing.
    pub complaints: Vec<(String, String, String)>,
    /// Whether it was ticked.
    pub on: bool,
}

//! The registry of commands: name, shapes, fields, who may. API, `OpenAPI`, `complaint run`, the
//! authorisation matrix and the plain desk forms all come from it.
//! Must not judge a complaint; it only knows what a command looks like and who may try it.

mod parse;
mod table;

pub use parse::{ParseError, parse};
pub use table::COMMANDS;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text of several lines, at most so many characters.
    Text(usize),
    /// Text on one line, at most so many characters.
    Line(usize),
    /// Several texts of one line each.
    Lines,
    /// `true` or `false`.
    Flag,
    /// A whole number from … to ….
    Number(u64, u64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// An instant, RFC 3339 with offset.
    Instant,
    /// A date.
    Date,
    /// The e-mail of an account.
    Account,
    /// E-mails of accounts.
    Accounts,
    /// A department of the pack.
    Department,
    /// Departments of the pack.
    Departments,
    /// A category of the pack.
    Category,
    /// A ground of the pack.
    Ground,
    /// A promise of the running round.
    Promise,
    /// An upload id.
    File,
    /// Upload ids.
    Files,
    /// An id with this prefix: `pro`, `und`, `att`.
    Id(&'static str),
    /// A reference.
    Reference,
    /// A group of fields.
    Group(&'static [Field]),
    /// Several groups of fields.
    Groups(&'static [Field]),
}

/// One field of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in JSON; its label is text `field-<name>`.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub required: bool,
}

/// What makes a body one shape of a command and not another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The field has this text.
    Is(&'static str, &'static str),
    /// The field is this flag.
    Flag(&'static str, bool),
    /// The field is there.
    Has(&'static str),
    /// The complainant asks.
    Complainant,
}

/// Who may try a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// The complainant, by the tracking token.
    Complainant,
    /// Customer Care.
    Care,
    /// A member of the unit that holds the complaint.
    Unit,
    /// A member of a unit that helps.
    JoinedUnit,
    /// Whoever carries out an undertaking of the complaint, of whatever unit.
    Owner,
    /// Whoever holds authority for the unit that holds the complaint.
    Head,
    /// The General Director.
    Director,
}

/// One shape of a command: a form of its own on the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Its id; its title is text `command-<id>`.
    pub id: &'static str,
    /// What makes a body this shape; all must hold.
    pub when: &'static [When],
    /// Its fields.
    pub fields: &'static [Field],
    /// Who may try it.
    pub who: &'static [Who],
}

impl Shape {
    /// The setting of the policy that lets fewer people than `who`, if there is one.
    pub fn narrowed_by(&self) -> Option<&'static str> {
        match self.id {
            "handover" => Some("handover.by"),
            "closure" => Some("departments.closes"),
            _ => None,
        }
    }
}

/// One command: a resource of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandSpec {
    /// Its name in the API.
    pub name: &'static str,
    /// Its shapes; the first that fits a body is meant.
    pub shapes: &'static [Shape],
}

/// The command with `name`.
pub fn find(name: &str) -> Option<&'static CommandSpec> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// The command and shape with the shape's `id`.
pub fn find_shape(id: &str) -> Option<(&'static CommandSpec, &'static Shape)> {
    COMMANDS
        .iter()
        .flat_map(|command| command.shapes.iter().map(move |shape| (command, shape)))
        .find(|(_, shape)| shape.id == id)
}

#[cfg(test)]
mod tests;

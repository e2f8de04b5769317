//! Plain forms for commands, made from the registry's shapes, and the way back to a JSON body.
//! Must not decide who may do what, nor know a single command beyond what its shape says.
//!
//! Field names of a form are the path of the field in JSON with dots: `told.at`,
//! `remedies.0.what`. Files are uploaded first; their ids stand under the field's name.

mod body;
mod control;
mod faults;
mod label;
mod notice;
mod order;

#[cfg(test)]
mod tests;

pub use body::to_body;
pub use control::{Control, ControlKind, Opt};
pub use faults::{faults, field_of};
pub use label::{GROUPS, group_of};
pub use notice::entry_faults;
pub use order::arrange;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use redress_core::complaint::registry::{Field, FieldKind, Shape};
use redress_core::kinds::ChannelKind;

use crate::components::{FieldErrors, Words};

/// How many rows of a repeated group a fresh form shows.
pub const ROWS: usize = 3;

/// A value that may be chosen, with its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As the API spells it.
    pub value: String,
    /// As people read it.
    pub label: String,
}

impl Choice {
    /// A value with its word.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// What may be chosen in the forms of one complaint.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Departments of the pack: id and name.
    pub departments: Vec<Choice>,
    /// Accounts: e-mail and name with unit.
    pub accounts: Vec<Choice>,
    /// Accounts that may verify: e-mail and name with unit.
    pub verifiers: Vec<Choice>,
    /// Accounts that may decide: e-mail and name with unit.
    pub deciders: Vec<Choice>,
    /// Categories of the pack: code and name.
    pub categories: Vec<Choice>,
    /// Grounds of refusal of the pack: id and words.
    pub grounds: Vec<Choice>,
    /// Promises of the running round that may pause, or go on: id and name.
    pub promises: Vec<Choice>,
    /// Proposals of the running round that wait or are approved: `pro_1` and what it says.
    pub proposals: Vec<Choice>,
    /// Undertakings that run: `und_1` and what was undertaken.
    pub undertakings: Vec<Choice>,
    /// Attempts that may be marked as failed: `att_1` and what it was.
    pub attempts: Vec<Choice>,
    /// Channels the pack offers; all of them when empty.
    pub channels: Vec<ChannelKind>,
}

/// What stands in the fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// Field name and value: current values, or what was typed before. A list has several pairs.
    pub values: Vec<(String, String)>,
    /// What is wrong, by field name; see [`faults`].
    pub errors: FieldErrors,
    /// Files uploaded with an earlier attempt: field name, upload id, name of the file.
    pub uploads: Vec<(String, String, String)>,
    /// The refusal that met the last attempt.
    pub refused: Option<Refused>,
}

/// A refusal in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What the rules say, in words of the page's language.
    pub words: String,
    /// Path of the rule, `rounds.other_people`.
    pub rule: String,
}

/// A form for one shape of a command.
#[derive(Debug, Clone)]
pub struct FormView {
    /// Id of the shape; its title is text `command-<id>`.
    pub id: &'static str,
    /// Where it is posted: `/desk/complaints/{ref}/{id}`.
    pub action: String,
    /// Version of the complaint the form was made from; sent as `version`.
    pub version: u64,
    /// Whether it stands open.
    pub open: bool,
    /// Whether its button is the page's filled one: the likely next command.
    pub next: bool,
    /// Its fields.
    pub parts: Vec<Part>,
    /// What is wrong, linked to the fields on the page.
    pub errors: FieldErrors,
    /// The refusal that met the last attempt.
    pub refused: Option<Refused>,
    /// Where to go afterwards; sent as `back` unless empty.
    pub back: String,
}

/// Fields of a form that belong together.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name of a group; `None` for fields of the command itself.
    pub legend: Option<String>,
    /// Whether the whole group may stay empty.
    pub optional: bool,
    /// The fields.
    pub controls: Vec<Control>,
}

impl FormView {
    /// The form for `shape` of the complaint `reference`.
    ///
    /// `filled.values` names fields as in [`self`]; instants may be RFC 3339 or what a browser
    /// sends. A form with errors or a refusal stands open.
    pub fn new(
        w: &Words,
        shape: &'static Shape,
        at: (&str, u64),
        options: &Options,
        filled: &Filled,
    ) -> Self {
        let (reference, version) = at;
        let maker = control::Maker { w, shape: shape.id, options, filled };
        let parts = parts(&maker, shape.fields);
        let errors = linked(shape.id, &filled.errors);
        Self {
            id: shape.id,
            action: format!("/desk/complaints/{reference}/{}", shape.id),
            version,
            open: errors.any() || filled.refused.is_some(),
            next: false,
            parts,
            errors,
            refused: filled.refused.clone(),
            back: String::new(),
        }
    }

    /// The same form as the likely next command: open, with the filled button.
    #[must_use]
    pub fn as_next(mut self) -> Self {
        self.open = true;
        self.next = true;
        self
    }

    /// Whether the form carries files.
    pub fn has_files(&self) -> bool {
        self.parts
            .iter()
            .flat_map(|part| &part.controls)
            .any(|control| matches!(control.kind, ControlKind::Files { .. }))
    }

    /// Text id of its title and button.
    pub fn title_id(&self) -> String {
        format!("command-{}", self.id)
    }

    /// Class of its button.
    pub fn button(&self) -> &'static str {
        match (self.next, self.id) {
            (true, _) => "go",
            (false, "refusal" | "redaction" | "return" | "give-back") => "stop",
            (false, _) => "plain",
        }
    }
}

fn parts(maker: &control::Maker<'_>, fields: &[Field]) -> Vec<Part> {
    let mut single = vec![];
    let mut groups = vec![];
    for field in fields {
        let legend = maker.w.t(&label::field(field.name));
        match field.kind {
            FieldKind::Group(inner) => {
                groups.push(maker.group(
                    &format!("{}.", field.name),
                    legend,
                    !field.required,
                    inner,
                ));
            }
            FieldKind::Groups(inner) => {
                for row in 0..maker.rows(field.name) {
                    let legend = format!("{legend} {}", row + 1);
                    groups.push(maker.group(
                        &format!("{}.{row}.", field.name),
                        legend,
                        true,
                        inner,
                    ));
                }
            }
            _ => single.extend(maker.control("", field)),
        }
    }
    let mut all = vec![Part { legend: None, optional: false, controls: single }];
    all.extend(groups);
    all
}

/// Errors by field name, turned into links to the fields of this form on the page.
fn linked(shape: &str, errors: &FieldErrors) -> FieldErrors {
    let mut linked = FieldErrors::default();
    for error in &errors.all {
        linked.add(&control::id(shape, &error.field), error.message.clone());
    }
    linked
}

/// An instant as a field of kind `datetime-local` wants it, in `zone`.
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).datetime().strftime("%Y-%m-%dT%H:%M").to_string()
}

//! `redress complaint commands`: the registry of commands as a list. Must not know one by its name.

use redress_core::complaint::registry::{
    COMMANDS, CommandSpec, Field, FieldKind, Shape, When, Who, find,
};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// Arguments of `complaint commands`.
#[derive(Debug, clap::Args)]
pub(crate) struct Commands {
    /// The command whose fields are wanted.
    name: Option<String>,
}

impl Commands {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let specs: Vec<&CommandSpec> = match &self.name {
            None => COMMANDS.iter().collect(),
            Some(name) => vec![find(name).ok_or_else(|| {
                let known: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
                let message = format!("there is no command `{name}`: {}", known.join(", "));
                Fault::no("not-found", message)
            })?],
        };
        if output.is_json() {
            output.json(&specs.into_iter().map(command).collect::<Vec<Value>>())?;
            return Ok(Exit::Done);
        }
        for spec in specs {
            for shape in spec.shapes {
                let when: Vec<String> = shape.when.iter().map(condition).collect();
                let when = if when.is_empty() {
                    String::new()
                } else {
                    format!(" if {}", when.join(", "))
                };
                let narrowed = shape.narrowed_by();
                let narrowed = narrowed.map(|setting| format!("; of these whom `{setting}` lets"));
                output.line(format_args!(
                    "{}{when}  ({}{})",
                    spec.name,
                    people(shape).join(", "),
                    narrowed.unwrap_or_default()
                ))?;
                if self.name.is_some() {
                    say_fields(shape.fields, "  ", output)?;
                }
            }
        }
        if self.name.is_none() {
            output.line(
                "\nthe fields of one: redress complaint commands NAME; what the policy lets: redress \
                 policy show",
            )?;
        }
        Ok(Exit::Done)
    }
}

fn say_fields(fields: &[Field], indent: &str, output: &mut Output) -> Result<(), Fault> {
    if fields.is_empty() {
        return output.line(format_args!("{indent}no further field"));
    }
    for field in fields {
        let need = if field.required { "needed" } else { "may be" };
        output.line(format_args!("{indent}{:<16} {need}  {}", field.name, kind(field.kind)))?;
        if let FieldKind::Group(inner) | FieldKind::Groups(inner) = field.kind {
            say_fields(inner, &format!("{indent}  "), output)?;
        }
    }
    Ok(())
}

fn command(spec: &CommandSpec) -> Value {
    let shapes = spec.shapes.iter().map(|shape| {
        json!({ "id": shape.id, "when": shape.when.iter().map(condition).collect::<Vec<_>>(),
                "who": people(shape), "narrowed_by": shape.narrowed_by(), "fields": rows(shape.fields) })
    });
    json!({ "command": spec.name, "shapes": shapes.collect::<Vec<Value>>() })
}

fn rows(fields: &[Field]) -> Vec<Value> {
    let row = |field: &Field| {
        let inner = match field.kind {
            FieldKind::Group(inner) | FieldKind::Groups(inner) => rows(inner),
            _ => Vec::new(),
        };
        json!({ "name": field.name, "kind": kind(field.kind), "required": field.required,
                "fields": inner })
    };
    fields.iter().map(row).collect()
}

/// What makes a body this shape, as JSON reads.
fn condition(when: &When) -> String {
    match when {
        When::Is(field, word) => format!("\"{field}\":\"{word}\""),
        When::Flag(field, flag) => format!("\"{field}\":{flag}"),
        When::Has(field) => format!("`{field}` is there"),
        When::Complainant => "the complainant asks".to_owned(),
    }
}

fn people(shape: &Shape) -> Vec<&'static str> {
    let word = |who: &Who| match who {
        Who::Complainant => "complainant",
        Who::Care => "care",
        Who::Unit => "the unit that holds it",
        Who::JoinedUnit => "a unit that helps",
        Who::Owner => "who carries it out",
        Who::Head => "who holds authority",
        Who::Director => "director",
    };
    shape.who.iter().map(word).collect()
}

fn kind(kind: FieldKind) -> String {
    let fixed = match kind {
        FieldKind::Text(max) => return format!("text, at most {max} characters"),
        FieldKind::Line(max) => return format!("one line, at most {max} characters"),
        FieldKind::Number(from, to) => return format!("a whole number {from} to {to}"),
        FieldKind::Choice(words) => return format!("one of {}", words.join(", ")),
        FieldKind::Id(prefix) => return format!("an id {prefix}_…"),
        FieldKind::Lines => "a list of lines",
        FieldKind::Flag => "true or false",
        FieldKind::Instant => "an instant, 2026-02-13T16:00:00+07:00",
        FieldKind::Date => "a date, 2026-02-13",
        FieldKind::Account => "the e-mail of an account",
        FieldKind::Accounts => "a list of e-mails of accounts",
        FieldKind::Department => "a department of the policy",
        FieldKind::Departments => "a list of departments of the policy",
        FieldKind::Category => "a category of the policy",
        FieldKind::Ground => "a ground of refusal of the policy",
        FieldKind::Promise => "a promise of the running round",
        FieldKind::File => "an upload id",
        FieldKind::Files => "a list of upload ids",
        FieldKind::Reference => "a reference",
        FieldKind::Group(_) => "an object of",
        FieldKind::Groups(_) => "a list of objects of",
    };
    fixed.to_owned()
}

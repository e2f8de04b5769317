//! From a JSON body to a command: every fault of every field at once.
//! Must not look at a complaint.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{CommandSpec, Field, FieldKind, Shape, When};
use crate::{
    complaint::command::{self, Command},
    field::FieldErrors,
    plain,
};

/// Most entries of a list in a command.
pub(super) const LIST_MAX: usize = 50;

/// A body that is no command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// There is no such command; text `no-such-command`.
    NoSuchCommand,
    /// Fields are missing or hold what they cannot.
    Fields(FieldErrors),
}

/// Reads the body of the command `name`; `complainant` tells who asks.
///
/// # Errors
///
/// [`ParseError`] with every fault of every field.
pub fn parse(
    name: &str,
    body: &Value,
    complainant: bool,
) -> Result<(&'static Shape, Command), ParseError> {
    let spec = super::find(name).ok_or(ParseError::NoSuchCommand)?;
    let mut errors = FieldErrors::default();
    let Some(body) = body.as_object() else {
        errors.add("", "not-an-object", vec![]);
        return Err(ParseError::Fields(errors));
    };
    let Some(shape) = shape_of(spec, body, complainant) else {
        if let Some(field) = spec.shapes.iter().flat_map(|s| s.when).find_map(plain_marker) {
            errors.add(&format!("/{field}"), "missing", vec![]);
        }
        return Err(ParseError::Fields(errors));
    };
    let others = spec.shapes.iter().flat_map(|other| other.when);
    let markers: Vec<&str> = match shape.when {
        [When::Complainant] => others.filter_map(plain_marker).collect(),
        own => own.iter().filter_map(plain_marker).collect(),
    };
    let clean = group(shape.fields, body, "", &markers, &mut errors);
    if errors.is_empty() {
        Ok((shape, build(shape.id, Value::Object(clean))))
    } else {
        Err(ParseError::Fields(errors))
    }
}

/// The field that marks a shape; the complainant's shapes are marked by who asks.
const fn plain_marker(when: &When) -> Option<&'static str> {
    match when {
        When::Is(field, _) | When::Flag(field, _) | When::Has(field) => Some(field),
        When::Complainant => None,
    }
}

fn shape_of(
    spec: &'static CommandSpec,
    body: &Map<String, Value>,
    complainant: bool,
) -> Option<&'static Shape> {
    let there = |field: &str| body.get(field).filter(|value| !value.is_null());
    spec.shapes.iter().find(|shape| {
        shape.when.iter().all(|when| match when {
            When::Is(field, word) => there(field).and_then(Value::as_str) == Some(word),
            When::Flag(field, flag) => there(field).and_then(Value::as_bool) == Some(*flag),
            When::Has(field) => there(field).is_some(),
            When::Complainant => complainant,
        })
    })
}

fn group(
    fields: &[Field],
    body: &Map<String, Value>,
    at: &str,
    markers: &[&str],
    errors: &mut FieldErrors,
) -> Map<String, Value> {
    let mut clean = Map::new();
    for field in fields {
        let pointer = format!("{at}/{}", field.name);
        let empty_list = |value: &Value| {
            field.required && value.as_array().is_some_and(|list| list.iter().all(is_nothing))
        };
        let value = body.get(field.name).filter(|value| !is_nothing(value) && !empty_list(value));
        match value {
            Some(value) => {
                if let Some(value) = one(field.kind, value, &pointer, errors) {
                    clean.insert(field.name.to_owned(), value);
                }
            }
            None if field.required && !matches!(field.kind, FieldKind::Group(_)) => {
                errors.add(&pointer, "missing", vec![]);
            }
            None => {}
        }
    }
    for name in body.keys() {
        let known =
            fields.iter().any(|field| field.name == name) || markers.contains(&name.as_str());
        if !known {
            errors.add(
                &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")),
                "unknown-field",
                vec![],
            );
        }
    }
    clean
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

fn one(kind: FieldKind, value: &Value, at: &str, errors: &mut FieldErrors) -> Option<Value> {
    match kind {
        FieldKind::Text(max) => string(value, at, errors)
            .and_then(|text| errors.keep(at, plain::text(text, max)))
            .map(Value::String),
        FieldKind::Line(max) => string(value, at, errors)
            .and_then(|text| errors.keep(at, plain::line(text, max)))
            .map(Value::String),
        FieldKind::Lines | FieldKind::Accounts | FieldKind::Departments | FieldKind::Files => {
            list(FieldKind::Line(super::table::LINE_CHARS_MAX), value, at, errors)
        }
        FieldKind::Account
        | FieldKind::Department
        | FieldKind::Category
        | FieldKind::Ground
        | FieldKind::Promise
        | FieldKind::File
        | FieldKind::Reference => {
            one(FieldKind::Line(super::table::LINE_CHARS_MAX), value, at, errors)
        }
        FieldKind::Flag => {
            value.as_bool().map(Value::Bool).or_else(|| fault(at, "not-a-flag", vec![], errors))
        }
        FieldKind::Number(low, high) => match value.as_u64() {
            Some(number) if (low..=high).contains(&number) => Some(number.into()),
            _ => fault(
                at,
                "not-in-range",
                vec![("min", low.to_string()), ("max", high.to_string())],
                errors,
            ),
        },
        FieldKind::Choice(words) => match value.as_str() {
            Some(word) if words.contains(&word) => Some(word.into()),
            _ => fault(at, "not-a-choice", vec![("allowed", words.join(", "))], errors),
        },
        FieldKind::Instant => checked::<jiff::Timestamp>(value, at, "not-an-instant", errors),
        FieldKind::Date => checked::<jiff::civil::Date>(value, at, "not-a-date", errors),
        FieldKind::Id(prefix) => match value.as_str() {
            Some(id) if is_id(prefix, id) => Some(id.into()),
            _ => fault(at, "not-an-id", vec![("prefix", prefix.to_owned())], errors),
        },
        FieldKind::Group(fields) => match value.as_object() {
            Some(body) => Some(Value::Object(group(fields, body, at, &[], errors))),
            None => fault(at, "not-an-object", vec![], errors),
        },
        FieldKind::Groups(fields) => list(FieldKind::Group(fields), value, at, errors),
    }
}

fn is_id(prefix: &str, id: &str) -> bool {
    id.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .is_some_and(|digits| digits.parse::<u32>().is_ok() && !digits.starts_with('+'))
}

fn string<'v>(value: &'v Value, at: &str, errors: &mut FieldErrors) -> Option<&'v str> {
    let text = value.as_str();
    if text.is_none() {
        errors.add(at, "not-a-text", vec![]);
    }
    text
}

fn fault(
    at: &str,
    code: &'static str,
    args: Vec<(&'static str, String)>,
    errors: &mut FieldErrors,
) -> Option<Value> {
    errors.add(at, code, args);
    None
}

fn checked<T: std::str::FromStr>(
    value: &Value,
    at: &str,
    code: &'static str,
    errors: &mut FieldErrors,
) -> Option<Value> {
    match value.as_str() {
        Some(text) if text.trim().parse::<T>().is_ok() => Some(text.trim().into()),
        _ => fault(at, code, vec![], errors),
    }
}

fn list(kind: FieldKind, value: &Value, at: &str, errors: &mut FieldErrors) -> Option<Value> {
    let Some(entries) = value.as_array() else { return fault(at, "not-a-list", vec![], errors) };
    if entries.len() > LIST_MAX {
        return fault(at, "too-many", vec![("max", LIST_MAX.to_string())], errors);
    }
    let clean = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| !is_nothing(entry))
        .filter_map(|(n, entry)| one(kind, entry, &format!("{at}/{n}"), errors))
        .collect();
    Some(Value::Array(clean))
}

/// The typed body; the registry has checked every field, so this cannot fail.
fn typed<T: DeserializeOwned>(body: Value) -> T {
    serde_json::from_value(body).expect("the registry's fields are those of the command's body")
}

fn build(shape: &str, body: Value) -> Command {
    match shape {
        "sighting" => Command::Sighting,
        "classification" => Command::Classify(typed(body)),
        "handover" => Command::HandOver(typed::<command::HandOver>(body)),
        "acceptance" => Command::Accept(typed(body)),
        "return" => Command::Return(typed(body)),
        "assignment" => Command::Assign(typed(body)),
        "mandate" => Command::RecordMandate(typed(body)),
        "mandate-check" => Command::VerifyMandate(typed(body)),
        "notes" => Command::Note(typed(body)),
        "write" => Command::Write(typed(body)),
        "enter" => Command::Enter(typed(body)),
        "tell-words" => Command::TellWords(typed(body)),
        "send" => Command::Send(typed(body)),
        "evidence-request" => Command::AskEvidence(typed(body)),
        "findings" => Command::Find(typed(body)),
        "undertaking-moved" => Command::Move(typed(body)),
        "undertaking-settled" => Command::Settle(typed(body)),
        "undertaking" => Command::Undertake(typed(body)),
        "pause" => Command::Pause(typed(body)),
        "resumption" => Command::Resume(typed(body)),
        "decision" => Command::Decide(typed(body)),
        "refusal" => Command::Refuse(typed(body)),
        "approval" => Command::Approve(typed(body)),
        "give-back" => Command::GiveBack(typed(body)),
        "response-failed" => Command::Fail(typed(body)),
        "response-told" => Command::Tell(typed(body)),
        "response" => Command::Respond(typed(body)),
        "agreement" => Command::Agree(typed(body)),
        "disagreement" | "disagreement-entered" => Command::Disagree(typed(body)),
        "withdraw" | "withdrawal" => Command::Withdraw(typed(body)),
        "rating" => Command::Rate(typed(body)),
        "closure" => Command::Close(typed(body)),
        "reopening" => Command::Reopen(typed(body)),
        "unjoining" => Command::Unjoin(typed(body)),
        "joining" => Command::Join(typed(body)),
        "redaction" => Command::Redact(typed(body)),
        "hold" => Command::Hold(typed(body)),
        "hold-lifting" => Command::LiftHold(typed(body)),
        other => unreachable!("shape `{other}` of the registry builds no command"),
    }
}

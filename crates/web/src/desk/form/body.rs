//! From the pairs of a submitted form to the JSON body that the registry parses.
//! Must not judge a value: what cannot be read goes through as typed, and the registry refuses it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use redress_core::complaint::registry::{Field, FieldKind, Shape, When};
use serde_json::{Map, Value};

/// The body for `shape` from the pairs of its form; local times are read in `zone`.
///
/// Files stand as upload ids under their field's name. Empty fields are left out; pairs the shape
/// does not know are ignored. The marks by which the registry knows the shape are put in, so that
/// an incomplete form is refused for what is missing and never read as another shape.
pub fn to_body(shape: &Shape, pairs: &[(String, String)], zone: &TimeZone) -> Value {
    let form = Form { pairs, zone };
    let mut body = form.group("", shape.fields);
    for when in shape.when {
        match *when {
            When::Is(field, word) => {
                body.insert(field.to_owned(), word.into());
            }
            When::Flag(field, flag) => {
                body.insert(field.to_owned(), flag.into());
            }
            When::Has(field) => {
                body.entry(field).or_insert_with(|| "".into());
            }
            When::Complainant => {}
        }
    }
    Value::Object(body)
}

struct Form<'a> {
    pairs: &'a [(String, String)],
    zone: &'a TimeZone,
}

impl Form<'_> {
    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .filter(move |(key, value)| key == name && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    fn group(&self, prefix: &str, fields: &[Field]) -> Map<String, Value> {
        let mut body = Map::new();
        for field in fields {
            if let Some(value) = self.field(&format!("{prefix}{}", field.name), field) {
                body.insert(field.name.to_owned(), value);
            }
        }
        body
    }

    fn field(&self, name: &str, field: &Field) -> Option<Value> {
        match field.kind {
            FieldKind::Group(fields) => {
                let group = self.group(&format!("{name}."), fields);
                (field.required || !group.is_empty()).then_some(Value::Object(group))
            }
            FieldKind::Groups(fields) => self.rows(name, fields),
            FieldKind::Lines => {
                let lines = self.values(name).flat_map(str::lines).map(str::trim);
                list(lines.filter(|line| !line.is_empty()))
            }
            FieldKind::Accounts | FieldKind::Departments | FieldKind::Files => {
                list(self.values(name))
            }
            _ => self.values(name).next().map(|value| self.one(field.kind, value)),
        }
    }

    fn one(&self, kind: FieldKind, value: &str) -> Value {
        let typed = match kind {
            FieldKind::Flag => match value.trim() {
                "true" | "on" | "1" => Some(true.into()),
                "false" | "off" | "0" => Some(false.into()),
                _ => None,
            },
            FieldKind::Number(..) => value.trim().parse::<u64>().ok().map(Value::from),
            FieldKind::Instant => instant(value.trim(), self.zone).map(Value::from),
            _ => None,
        };
        typed.unwrap_or_else(|| value.into())
    }

    /// The rows of a repeated group; an empty row between filled ones stays as `null`, so that
    /// what the registry says of row 2 is said of row 2 on the page.
    fn rows(&self, name: &str, fields: &[Field]) -> Option<Value> {
        let row = |n: usize| self.group(&format!("{name}.{n}."), fields);
        let numbers = self.pairs.iter().filter_map(|(key, _)| {
            key.strip_prefix(name)?.strip_prefix('.')?.split_once('.')?.0.parse().ok()
        });
        let last = numbers.filter(|n| *n < ROWS_MAX && !row(*n).is_empty()).max()?;
        let rows = (0..=last)
            .map(row)
            .map(|row| if row.is_empty() { Value::Null } else { Value::Object(row) });
        Some(Value::Array(rows.collect()))
    }
}

/// RFC 3339 with the zone's offset, from a local time; `None` for anything else.
pub(super) fn instant(value: &str, zone: &TimeZone) -> Option<String> {
    if value.parse::<Timestamp>().is_ok() {
        return None;
    }
    let local: DateTime = value.parse().ok()?;
    let zoned = local.to_zoned(zone.clone()).ok()?;
    Some(zoned.timestamp().display_with_offset(zoned.offset()).to_string())
}

/// Most rows of a repeated group; further ones are not read.
const ROWS_MAX: usize = 50;

fn list<'v>(values: impl Iterator<Item = &'v str>) -> Option<Value> {
    let values: Vec<Value> = values.map(Value::from).collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

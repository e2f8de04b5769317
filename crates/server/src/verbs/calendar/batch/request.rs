//! One request: read, its calendar found, answered. Must not read input or print.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;

use redress_calendar::{Amount, Calendar, CalendarError};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::answer::{Answer, Wrong};
use crate::calendars;
use crate::fault::calendar_kind;
use crate::instant::{self, Reading};

/// Calendars kept at once at most; a batch rarely names more than a few.
const CALENDARS_MAX: usize = 64;

/// The calendars met so far, by the JSON text that names or writes them.
#[derive(Debug, Default)]
pub(super) struct Calendars {
    by_text: HashMap<Box<str>, Result<Calendar, Wrong>>,
}

/// A request with its parts unread, so that a bad part never hides the id. Members it does not know
/// are passed over.
#[derive(Debug, Deserialize)]
struct Request<'r> {
    #[serde(borrow, default)]
    id: Option<&'r RawValue>,
    #[serde(borrow, default)]
    calendar: Option<&'r RawValue>,
    #[serde(borrow, default)]
    from: Option<&'r RawValue>,
    #[serde(borrow, default)]
    add: Option<&'r RawValue>,
    #[serde(borrow, default)]
    between: Option<&'r RawValue>,
}

impl Calendars {
    /// Answers one line.
    pub(super) fn answer<'r>(&mut self, line: &'r [u8]) -> Answer<'r> {
        if !line.trim_ascii_start().starts_with(b"{") {
            let message = "the line is not a JSON object".to_owned();
            return Answer::error(None, "bad-json", message);
        }
        let request: Request<'r> = match serde_json::from_slice(line) {
            Ok(request) => request,
            Err(error) => {
                let message = format!("the line is not a JSON object: {error}");
                return Answer::error(id_of(line), "bad-json", message);
            }
        };
        let id = request.id;
        self.work_out(&request).unwrap_or_else(|error| Answer::Error { id, error })
    }

    fn work_out<'r>(&mut self, request: &Request<'r>) -> Result<Answer<'r>, Wrong> {
        let text = request.calendar.ok_or_else(|| Wrong::request("`calendar` is missing"))?;
        let calendar = self.find(text.get())?;
        match (request.from, request.add, request.between) {
            (Some(from), Some(add), None) => add_to(request.id, &calendar, from, add),
            (None, None, Some(between)) => measure(request.id, &calendar, between),
            _ => Err(Wrong::request("a request has `from` and `add`, or `between`")),
        }
    }

    /// The calendar that a JSON text names or writes; read once.
    fn find(&mut self, text: &str) -> Result<Calendar, Wrong> {
        if let Some(found) = self.by_text.get(text) {
            return found.clone();
        }
        let made = make(text);
        if self.by_text.len() >= CALENDARS_MAX {
            self.by_text.clear();
        }
        self.by_text.insert(text.into(), made.clone());
        made
    }
}

/// The id of a line that is otherwise unreadable, if it stands before the first mistake.
pub(super) fn id_of(line: &[u8]) -> Option<&RawValue> {
    let found = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(line);
    // The mistake itself has been told already.
    drop(IdSeeker(&found).deserialize(&mut reader));
    found.get()
}

/// Remembers the value of `id` on the way through an object, however that ends.
struct IdSeeker<'c, 'r>(&'c Cell<Option<&'r RawValue>>);

impl<'r> DeserializeSeed<'r> for IdSeeker<'_, 'r> {
    type Value = ();

    fn deserialize<D: Deserializer<'r>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'r> Visitor<'r> for IdSeeker<'_, 'r> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'r>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'r, str>>()? {
            let value: &RawValue = map.next_value()?;
            if key == "id" {
                self.0.set(self.0.get().or(Some(value)));
            }
        }
        Ok(())
    }
}

fn make(text: &str) -> Result<Calendar, Wrong> {
    let builder = if text.starts_with('"') {
        let name = string("calendar", text)?;
        calendars::shipped(&name).ok_or_else(|| {
            let message = format!("there is no calendar \"{name}\"; write vn, la or an object");
            Wrong { kind: "unknown-calendar", message }
        })?
    } else {
        calendars::from_json(text)
            .map_err(|error| Wrong { kind: "invalid-calendar", message: error.to_string() })?
    };
    builder.build().map_err(|error| failed(&error))
}

fn add_to<'r>(
    id: Option<&'r RawValue>,
    calendar: &Calendar,
    from: &RawValue,
    add: &RawValue,
) -> Result<Answer<'r>, Wrong> {
    let from = reading(calendar, &string("from", from.get())?)?;
    let amount: Amount =
        string("add", add.get())?.parse().map_err(|error: redress_calendar::AmountError| {
            Wrong { kind: "bad-amount", message: error.to_string() }
        })?;
    let (at, due_on) = if amount.is_counted_in_days() {
        let due = calendar.add(from.at, amount).map_err(|error| failed(&error))?;
        (due.at, Some(due.due_on))
    } else {
        (calendar.due_at(from.at, amount).map_err(|error| failed(&error))?, None)
    };
    Ok(Answer::At { id, at: instant::show(at, calendar.zone()), due_on, note: from.note })
}

fn measure<'r>(
    id: Option<&'r RawValue>,
    calendar: &Calendar,
    between: &RawValue,
) -> Result<Answer<'r>, Wrong> {
    let (first, second): (String, String) = serde_json::from_str(between.get())
        .map_err(|_| Wrong::request("`between` is a list of two instants"))?;
    let (first, second) = (reading(calendar, &first)?, reading(calendar, &second)?);
    let measured = calendar.measure(first.at, second.at).map_err(|error| failed(&error))?;
    let notes: Vec<String> = [first.note, second.note].into_iter().flatten().collect();
    Ok(Answer::Between {
        id,
        seconds: measured.working_seconds,
        working_days: measured.working_days,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    })
}

fn reading(calendar: &Calendar, text: &str) -> Result<Reading, Wrong> {
    instant::read(text, calendar)
        .map_err(|error| Wrong { kind: "bad-instant", message: error.to_string() })
}

fn string(member: &str, json: &str) -> Result<String, Wrong> {
    serde_json::from_str(json).map_err(|_| Wrong::request(format!("`{member}` is not a string")))
}

fn failed(error: &CalendarError) -> Wrong {
    Wrong { kind: calendar_kind(error), message: error.to_string() }
}

//! Calendars as the command line names them: `vn`, `la`, a file, or a JSON object.
//! Must not compute terms.

mod written;

use std::path::Path;

use jiff::civil::Date;
use redress_calendar::{Calendar, CalendarBuilder, CalendarError, Week, laos, text_of, vietnam};
use serde::Deserialize;

use self::written::{ByKey, WeekdayCode, Zone};
use crate::fault::Fault;
use crate::pack;

/// Bytes of a calendar file at most.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// A calendar written as a JSON object. Whatever is wrong inside is told with its line and column,
/// because it is judged while it is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    name: Option<String>,
    zone: Zone,
    week: ByKey<WeekdayCode>,
    #[serde(default)]
    holidays: Vec<Date>,
    #[serde(default)]
    shifts: ByKey<Date>,
    #[serde(default)]
    covers: Option<(Date, Date)>,
}

/// Why a JSON text is not a calendar.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum WrittenError {
    /// Not an object of the known shape, or hours in it make no sense.
    #[error("the calendar cannot be read: {0}")]
    Shape(String),
}

/// A shipped calendar by its name.
pub(crate) fn shipped(name: &str) -> Option<CalendarBuilder> {
    match name {
        "vn" => Some(vietnam()),
        "la" => Some(laos()),
        _ => None,
    }
}

/// Reads a calendar written as a JSON object.
pub(crate) fn from_json(text: &str) -> Result<CalendarBuilder, WrittenError> {
    if !text.trim_start().starts_with('{') {
        return Err(WrittenError::Shape("it is not an object".to_owned()));
    }
    let written: Written =
        serde_json::from_str(text).map_err(|error| WrittenError::Shape(error.to_string()))?;
    let days = written.week.0.into_iter().map(|(day, hours)| (day.0, hours));
    let mut builder = Calendar::builder(written.name.as_deref().unwrap_or("custom"))
        .zone(&written.zone.0)
        .week(Week::of(days));
    for on in written.holidays {
        builder = builder.holiday(on, None);
    }
    for (on, hours) in written.shifts.0 {
        builder = builder.shift(on, hours);
    }
    Ok(match written.covers {
        Some((from, until)) => builder.covers(from, until),
        None => builder,
    })
}

/// A calendar by name, or from a file: holidays as CSV, or a JSON object.
pub(crate) fn named_or_file(name: &str) -> Result<CalendarBuilder, Fault> {
    if let Some(builder) = shipped(name) {
        return Ok(builder);
    }
    let path = Path::new(name);
    let bytes = pack::read_file(path, FILE_BYTES_MAX)?;
    let text = text_of(&bytes).map_err(|error| invalid(&error, name))?;
    if text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('{') {
        return from_json(text.trim_start_matches('\u{feff}'))
            .map_err(|error| Fault::no("invalid-calendar", error.to_string()).at(name));
    }
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("file");
    Ok(Calendar::builder(stem).holidays(text))
}

/// What is wrong with a calendar file, at its line.
pub(crate) fn invalid(error: &CalendarError, file: &str) -> Fault {
    let place = match error {
        CalendarError::Unreadable { line, column, .. }
        | CalendarError::UnreadableShifts { line, column, .. }
        | CalendarError::NotUtf8 { line, column, .. } => format!("{file}:{line}:{column}"),
        _ => file.to_owned(),
    };
    Fault::from(error.clone()).at(place)
}

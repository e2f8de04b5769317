//! Calendars as the command line names them: `vn`, `la`, a file, or a JSON object.
//! Must not compute terms.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use redress_calendar::{Calendar, CalendarBuilder, CalendarError, Hours, Week, laos, vietnam};
use serde::Deserialize;

use crate::fault::Fault;
use crate::pack;

/// Bytes of a calendar file at most.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Pairs of clock times, `[["08:00","12:00"]]`.
type Pairs = Vec<(String, String)>;

/// A calendar written as a JSON object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    name: Option<String>,
    zone: String,
    week: BTreeMap<String, Pairs>,
    #[serde(default)]
    holidays: Vec<Date>,
    #[serde(default)]
    shifts: BTreeMap<Date, Pairs>,
    #[serde(default)]
    covers: Option<(Date, Date)>,
}

/// Why a JSON text is not a calendar.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum WrittenError {
    /// Not an object of the known shape.
    #[error("the calendar cannot be read: {0}")]
    Shape(String),
    /// The shape is right, its content is not.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
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
    let written: Written =
        serde_json::from_str(text).map_err(|error| WrittenError::Shape(error.to_string()))?;
    let mut builder = Calendar::builder(written.name.as_deref().unwrap_or("custom"))
        .zone(&written.zone)
        .week(Week::parse(written.week)?);
    for on in written.holidays {
        builder = builder.holiday(on, None);
    }
    for (on, pairs) in written.shifts {
        builder = builder.shift(on, Hours::parse(pairs)?);
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
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Fault::no("invalid-calendar", "the file is not UTF-8").at(name));
    };
    if text.trim_start().starts_with('{') {
        return from_json(&text)
            .map_err(|error| Fault::no("invalid-calendar", error.to_string()).at(name));
    }
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("file");
    Ok(Calendar::builder(stem).holidays(&text))
}

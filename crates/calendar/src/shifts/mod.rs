//! Reads the CSV text of a company's own dated shifts. Must not decide what they mean beside
//! holidays and swaps: the builder does.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::day::DayName;
use crate::error::{CalendarError, Problem};
use crate::hours::Hours;
use crate::table::{self, Header, NameColumns, filled, unreadable};

/// A day with its own hours, whatever else holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shift {
    pub(crate) date: Date,
    pub(crate) hours: Hours,
    pub(crate) name: Option<DayName>,
    pub(crate) source: Option<Arc<str>>,
}

/// Reads every shift of a text.
pub(crate) fn parse(text: &str) -> Result<Vec<Shift>, CalendarError> {
    read(text).map_err(|error| match error {
        CalendarError::Unreadable { line, column, reason } => {
            CalendarError::UnreadableShifts { line, column, reason }
        }
        other => other,
    })
}

fn read(text: &str) -> Result<Vec<Shift>, CalendarError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = table::reader(text);
    let header = Header::read(&mut reader)?;
    let (date_column, hours_column) = (header.need("date")?, header.need("hours")?);
    let (names, source_column) = (NameColumns::find(&header), header.at("source"));
    let (mut shifts, mut seen) = (Vec::new(), BTreeSet::new());
    for record in reader.records() {
        let record = record.map_err(|error| table::csv_error(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let date = table::date_in(&record, date_column, line)?;
        if !seen.insert(date) {
            return Err(unreadable(line, date_column, Problem::Duplicate(date)));
        }
        let hours = hours(record.get(hours_column).unwrap_or_default())
            .map_err(|reason| unreadable(line, hours_column, Problem::Hours(reason)))?;
        let source = filled(&record, source_column).map(|(_, text)| Arc::from(text));
        shifts.push(Shift { date, hours, name: names.read(&record, line)?, source });
    }
    Ok(shifts)
}

/// Reads `off`, or intervals `08:00-12:00` with spaces between them.
fn hours(text: &str) -> Result<Hours, String> {
    if text == "off" {
        return Ok(Hours::rest());
    }
    let pairs: Option<Vec<_>> = text.split_whitespace().map(|pair| pair.split_once('-')).collect();
    match pairs {
        Some(pairs) if !pairs.is_empty() => Hours::parse(pairs).map_err(|error| error.to_string()),
        _ => Err(format!("\"{text}\" is no hours; write 08:00-12:00 13:00-17:00, or off")),
    }
}

#[cfg(test)]
mod tests;

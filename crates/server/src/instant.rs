//! Instants as people and programs write them: with an offset, or as a local time of a calendar's
//! zone. Must not read a clock.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use redress_calendar::{Calendar, ClockChange};

/// An instant that was read, and what had to be decided on the way.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The instant.
    pub(crate) at: Timestamp,
    /// What a clock change made doubtful, and how it was read.
    pub(crate) note: Option<String>,
}

/// Why a text is not an instant.
#[derive(Debug, Clone, thiserror::Error)]
#[error(
    "\"{text}\" is not an instant; write 2026-02-13T16:00:00+07:00, or 2026-02-13T16:00 for a local time"
)]
pub(crate) struct NotAnInstant {
    /// The text as given.
    text: String,
}

/// Reads an instant with offset, or a local time of the calendar's zone; a date alone is its
/// midnight.
pub(crate) fn read(text: &str, calendar: &Calendar) -> Result<Reading, NotAnInstant> {
    let wrong = || NotAnInstant { text: text.to_owned() };
    let pieces = Pieces::parse(text).map_err(|_| wrong())?;
    if pieces.offset().is_some() {
        let at = text.parse().map_err(|_| wrong())?;
        return Ok(Reading { at, note: None });
    }
    if pieces.time_zone_annotation().is_some() {
        return Err(wrong());
    }
    let local = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let (at, change) = calendar.read_local(local).map_err(|_| wrong())?;
    let zone = calendar.zone().iana_name().unwrap_or("the calendar's zone");
    let read_as = show(at, calendar.zone());
    let note = change.map(|change| match change {
        ClockChange::Skipped => format!("the clocks of {zone} skip {local}; read as {read_as}"),
        ClockChange::Twice => format!("the clocks of {zone} show {local} twice; read as {read_as}"),
    });
    Ok(Reading { at, note })
}

/// Writes an instant with the offset that holds in `zone`.
pub(crate) fn show(at: Timestamp, zone: &TimeZone) -> String {
    at.display_with_offset(zone.to_offset(at)).to_string()
}

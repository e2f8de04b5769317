//! `redress calendar days`: each day, working or not, and why. Must not guess past the coverage.

use jiff::civil::{Date, Weekday};
use redress_calendar::{CalendarBuilder, Day, DayName, clock};
use serde::Serialize;

use super::week::WeekName;
use crate::calendars;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// Arguments of `calendar days`.
#[derive(Debug, clap::Args)]
pub(crate) struct Days {
    /// A shipped calendar (vn, la) or a file: holidays as CSV, or a calendar as JSON.
    #[arg(long, value_name = "FILE|vn|la")]
    calendar: String,
    /// First day.
    #[arg(long, value_name = "DATE")]
    from: Date,
    /// Last day.
    #[arg(long, value_name = "DATE")]
    to: Date,
    /// The working week; Monday to Friday for shipped calendars and CSV files. Days in lieu of
    /// holidays follow it.
    #[arg(long, value_enum)]
    week: Option<WeekName>,
    /// Follow the swapped days of the public sector.
    #[arg(long)]
    swaps: bool,
    /// Rest in lieu of 24 November too, which the law leaves open.
    #[arg(long)]
    disputed_in_lieu: bool,
    /// Rest on the days off for women only.
    #[arg(long)]
    women_only: bool,
}

#[derive(Serialize)]
struct Row<'d> {
    date: Date,
    weekday: &'static str,
    working: bool,
    hours: Vec<(String, String)>,
    kind: &'static str,
    name: Option<NameRow<'d>>,
    source: Option<&'d str>,
    /// Only said of a day that a notice still has to confirm.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    estimated: bool,
}

#[derive(Serialize)]
struct NameRow<'d> {
    vi: &'d str,
    en: &'d str,
    lo: Option<&'d str>,
}

impl Days {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        if self.to < self.from {
            let message = format!("{} lies before {}", self.to, self.from);
            return Err(Fault::usage(message).at("--to"));
        }
        let mut builder = calendars::named_or_file(&self.calendar)?;
        if let Some(week) = self.week {
            builder = builder.week(week.week());
        }
        // Settings only go on: a calendar in a file may have them already.
        for (wanted, set) in [
            (self.swaps, CalendarBuilder::swaps as fn(_, _) -> _),
            (self.disputed_in_lieu, CalendarBuilder::disputed_in_lieu),
            (self.women_only, CalendarBuilder::women_only),
        ] {
            if wanted {
                builder = set(builder, true);
            }
        }
        let calendar =
            builder.build().map_err(|error| calendars::invalid(&error, &self.calendar))?;
        let days = calendar.days(self.from, self.to)?;
        let rows: Vec<Row<'_>> = days.iter().map(row).collect();
        if output.is_json() {
            output.json(&rows)?;
        } else {
            for row in &rows {
                say(row, output)?;
            }
        }
        Ok(Exit::Done)
    }
}

fn row(day: &Day) -> Row<'_> {
    Row {
        date: day.date,
        weekday: code(day.date.weekday()),
        working: day.working,
        hours: day.hours.iter().map(|(from, until)| (clock(*from), clock(*until))).collect(),
        kind: day.kind.as_str(),
        name: day.name.as_ref().map(|DayName { vi, en, lo }| NameRow { vi, en, lo: lo.as_deref() }),
        source: day.source.as_deref(),
        estimated: day.estimated,
    }
}

fn say(row: &Row<'_>, output: &mut Output) -> Result<(), Fault> {
    let hours: Vec<String> =
        row.hours.iter().map(|(from, until)| format!("{from}-{until}")).collect();
    let names = row.name.as_ref().map(|name| format!("{} / {}", name.vi, name.en));
    let estimate = if row.estimated { "(estimated)" } else { "" };
    let rest = [hours.join(" "), names.unwrap_or_default(), estimate.to_owned()].join("  ");
    let line = format!("{} {}  {:<11}  {}", row.date, row.weekday, row.kind, rest.trim());
    output.line(line.trim_end())
}

fn code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

//! `redress calendar days`: each day, working or not, and why. Must not guess past the coverage.

use clap::ValueEnum;
use jiff::civil::{Date, Weekday};
use redress_calendar::{Day, DayName, Week, clock};
use serde::Serialize;

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
    /// The working week; Monday to Friday for shipped calendars and CSV files.
    #[arg(long, value_enum)]
    week: Option<WeekName>,
    /// Follow the swapped days of the public sector.
    #[arg(long)]
    swaps: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum WeekName {
    /// Monday to Friday, 08:00-12:00 and 13:00-17:00.
    MonFri,
    /// Monday to Saturday, the same hours.
    MonSat,
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
        match self.week {
            Some(WeekName::MonFri) => builder = builder.week(Week::mon_fri()),
            Some(WeekName::MonSat) => builder = builder.week(Week::mon_sat()),
            None => {}
        }
        if self.swaps {
            builder = builder.swaps(true);
        }
        let calendar =
            builder.build().map_err(|error| Fault::from(error).at(self.calendar.as_str()))?;
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
    }
}

fn say(row: &Row<'_>, output: &mut Output) -> Result<(), Fault> {
    let hours: Vec<String> =
        row.hours.iter().map(|(from, until)| format!("{from}-{until}")).collect();
    let names = row.name.as_ref().map(|name| format!("{} / {}", name.vi, name.en));
    let rest = [hours.join(" "), names.unwrap_or_default()].join("  ");
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

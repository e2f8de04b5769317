//! A year's days off by rule as CSV text, for a person to correct when the notice is out. Must not be
//! loaded unread: every row says `estimated`.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::{Country, RuleError};
use crate::day::DayName;
use crate::holidays::{Row, RowKind};
use crate::hours::{Week, weekday_code};
use crate::in_lieu::make_up;

/// Writes the days off of a year by rule, with the days in lieu of this week, in the columns that
/// [`CalendarBuilder::holidays`](crate::CalendarBuilder::holidays) reads. `as_of` is the day on
/// which the draft is made.
///
/// ```
/// use jiff::civil::date;
/// use redress_calendar::{Calendar, Country, Week, draft};
///
/// let text = draft(Country::Vietnam, 2031, &Week::mon_sat(), date(2030, 11, 20))?;
/// let calendar = Calendar::builder("vn-2031").week(Week::mon_sat()).holidays(&text).build()?;
/// assert_eq!(calendar.covers(), (date(2031, 1, 1), date(2031, 12, 31)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`RuleError`] outside 2013 to 2100.
pub fn draft(country: Country, year: i16, week: &Week, as_of: Date) -> Result<String, RuleError> {
    let rows = country.rule_days(year)?.into_iter().map(Row::from).collect();
    let none = BTreeSet::new();
    let rows = make_up(rows, &none, week, &none);
    let rest = week.rest_days();
    let mut lines = vec![
        format!("# as-of: {as_of}"),
        format!("# covers: {} {}", date(year, 1, 1), date(year, 12, 31)),
        format!("# rest: {rest}"),
        "# A draft by rule: compare every row with the notice of the year.".to_owned(),
        "date,weekday,name_vi,name_en,kind,source,confidence,note,name_lo".to_owned(),
    ];
    lines.extend(rows.iter().map(|row| line(row, country, rest.holds(row.date.weekday()))));
    Ok(lines.join("\n") + "\n")
}

fn line(row: &Row, country: Country, rests: bool) -> String {
    let name = row.name.clone().unwrap_or_else(DayName::unnamed);
    let fields = [
        &*row.date.to_string(),
        weekday_code(row.date.weekday()),
        &name.vi,
        &name.en,
        kind_word(row, country, rests),
        row.source.as_deref().unwrap_or_default(),
        "estimated",
        "",
        name.lo.as_deref().unwrap_or_default(),
    ];
    fields.map(quoted).join(",")
}

fn kind_word(row: &Row, country: Country, rests: bool) -> &'static str {
    match row.kind {
        RowKind::Tet if rests => "tet_weekend",
        RowKind::Holiday if country == Country::Laos => "public",
        kind => kind.as_str(),
    }
}

/// A field of a CSV line, in quotation marks where it holds a comma or one of them.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

//! Reads zone, week and holidays into a calendar.
//! Must not compute with it.

use redress_calendar::{Calendar, CalendarError, Week};

use super::{
    super::{
        files::PackFiles,
        model::{WeekRow, WorkingWeek},
        problem::Problems,
        reader::{Node, Table},
        speak::{weekday, weekday_word},
    },
    distinct, name, not_empty, tables,
};

pub(super) fn calendar(
    root: &Table<'_, '_>,
    files: &PackFiles,
    problems: &mut Problems,
) -> Option<(Calendar, WorkingWeek)> {
    let zone = root.need("zone");
    let zone_name = zone.as_ref().and_then(Node::filled);
    let table = root.need("calendar")?.table()?;
    let name = table.need("name").and_then(|node| name(&node));
    let holidays = tables::named(&table, "holidays", files);
    let swaps = table.need("swaps").and_then(|node| node.flag());
    let week_node = table.need("week");
    let rows = week_node.as_ref().and_then(|node| node.each(week_row));
    table.finish();
    let (file, csv) = holidays?;
    let (rows, swaps) = (rows?, swaps?);
    let days = rows.iter().flat_map(|row| {
        let hours: Vec<(&str, &str)> =
            row.hours.iter().map(|(from, until)| (from.as_str(), until.as_str())).collect();
        row.days.iter().map(move |day| (weekday_word(*day), hours.clone()))
    });
    let week = Week::parse(days);
    let week = week.map_err(|error| week_node.map(|node| node.problem(error.to_string()))).ok()?;
    let built =
        Calendar::builder(&name?).zone(&zone_name?).week(week).holidays(csv).swaps(swaps).build();
    match built {
        Ok(calendar) => Some((calendar, WorkingWeek { rows, swaps })),
        Err(error) => {
            report(&error, zone.as_ref(), (&file, csv), problems);
            None
        }
    }
}

/// Puts the problem where it stands: in the zone, or on its line of the holidays.
fn report(
    error: &CalendarError,
    zone: Option<&Node<'_, '_>>,
    (file, csv): (&str, &str),
    problems: &mut Problems,
) {
    if let CalendarError::UnknownZone { .. } = error {
        if let Some(zone) = zone {
            zone.problem(error.to_string());
        }
    } else if let CalendarError::Unreadable { line, column, reason } = error {
        let nth = usize::try_from(*line).unwrap_or(1).saturating_sub(1);
        let line_at: usize = csv.split_inclusive('\n').take(nth).map(str::len).sum();
        let fields = csv.get(line_at..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let before = usize::try_from(*column).unwrap_or(0).saturating_sub(1);
        let field_at: usize = fields.split_inclusive(',').take(before).map(str::len).sum();
        problems.add(file, csv, line_at + field_at, reason.to_string());
    } else {
        problems.add(file, csv, 0, error.to_string());
    }
}

fn week_row(node: &Node<'_, '_>) -> Option<WeekRow> {
    let table = node.table()?;
    let days = table.need("days").and_then(|node| {
        let days = node.each(|node| {
            let word = node.text()?;
            let day = weekday(word);
            if day.is_none() {
                node.problem(format!("`{}`: `{word}` is none of mon to sun", node.path));
            }
            day
        })?;
        not_empty(&node, &days)?;
        distinct(&node, &days)?;
        Some(days)
    });
    let hours = table.need("hours").and_then(|node| {
        let hours = node.each(interval)?;
        not_empty(&node, &hours)?;
        Some(hours)
    });
    table.finish();
    Some(WeekRow { days: days?, hours: hours? })
}

fn interval(node: &Node<'_, '_>) -> Option<(String, String)> {
    let ends = node.each(Node::filled)?;
    let ends = <[String; 2]>::try_from(ends).ok();
    if ends.is_none() {
        node.problem(format!("`{}` must be two times such as [\"08:00\", \"12:00\"]", node.path));
    }
    ends.map(|[from, until]| (from, until))
}

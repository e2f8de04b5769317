//! Reads zone, week and holidays into a calendar.
//! Must not compute with it.

use redress_calendar::{Calendar, CalendarError, Week};

use super::{
    super::{
        files::PackFiles,
        model::{MovesRule, Policy, WeekRow, WorkingWeek},
        problem::Problems,
        reader::{Node, Table},
        speak::{weekday, weekday_word},
    },
    distinct, name, not_empty, tables,
};

/// The calendar of a pack with what it was read from.
pub(super) struct Read {
    pub(super) calendar: Calendar,
    pub(super) week: WorkingWeek,
    pub(super) holidays: String,
    pub(super) moves: MovesRule,
}

/// The calendar of `policy` with other holidays: name, zone, week and swaps stay its own.
///
/// # Errors
///
/// As [`redress_calendar::CalendarBuilder::build`].
pub(in super::super) fn with_holidays(
    policy: &Policy,
    csv: &str,
) -> Result<Calendar, CalendarError> {
    let calendar = &policy.calendar;
    let zone = calendar.zone().iana_name().unwrap_or_default();
    Calendar::builder(&calendar.id().name)
        .zone(zone)
        .week(calendar.week().clone())
        .holidays(csv)
        .swaps(policy.week.swaps)
        .build()
}

pub(super) fn calendar(
    root: &Table<'_, '_>,
    files: &PackFiles,
    problems: &mut Problems,
) -> Option<Read> {
    let zone = root.need("zone");
    let zone_name = zone.as_ref().and_then(Node::filled);
    let table = root.need("calendar")?.table()?;
    let name = table.need("name").and_then(|node| name(&node));
    let holidays = tables::named(&table, "holidays", files);
    let swaps = table.need("swaps").and_then(|node| node.flag());
    let week_node = table.need("week");
    let rows = week_node.as_ref().and_then(|node| node.each(week_row));
    let moves = table.get("moves").map_or(Some(MovesRule::default()), |node| moves(&node));
    table.finish();
    let (file, csv) = holidays?;
    let (rows, swaps, moves) = (rows?, swaps?, moves?);
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
        Ok(calendar) => {
            let week = WorkingWeek { rows, swaps };
            Some(Read { calendar, week, holidays: file, moves })
        }
        Err(error) => {
            report(&error, zone.as_ref(), (&file, csv), problems);
            None
        }
    }
}

/// `{ later = "never", tell_complainant = true }`.
fn moves(node: &Node<'_, '_>) -> Option<MovesRule> {
    let table = node.table()?;
    let later =
        table.need("later").and_then(|node| node.word(&[("never", false), ("allowed", true)]));
    let tell = table.need("tell_complainant").and_then(|node| node.flag());
    table.finish();
    Some(MovesRule { stated: true, later: later?, tell_complainant: tell? })
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

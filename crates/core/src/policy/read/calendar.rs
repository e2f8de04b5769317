//! Reads zone, week and holidays into a calendar.
//! Must not compute with it.

use redress_calendar::{Calendar, CalendarBuilder, CalendarError, Hours, Week};

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

/// The calendar of `policy` with other holidays: name, zone, week, swaps, settings and the company's
/// own days stay its own.
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
    let hours = calendar.week().clone();
    builder(&calendar.id().name, zone, hours, &policy.week).holidays(csv).build()
}

/// Everything but the holidays.
fn builder(name: &str, zone: &str, hours: Week, week: &WorkingWeek) -> CalendarBuilder {
    let builder = Calendar::builder(name)
        .zone(zone)
        .week(hours)
        .swaps(week.swaps)
        .disputed_in_lieu(week.disputed_in_lieu == Some(true))
        .women_only(week.women_only == Some(true));
    match &week.shifts {
        Some(csv) => builder.shifts(csv),
        None => builder,
    }
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
    let disputed_in_lieu = stated(table.get("disputed_in_lieu"), Node::flag);
    let women_only = stated(table.get("women_only"), Node::flag);
    let shifts = stated(table.get("shifts"), |node| tables::open(node, files));
    let week_node = table.need("week");
    let rows = week_node.as_ref().and_then(|node| node.each(week_row));
    let moves = table.get("moves").map_or(Some(MovesRule::default()), |node| moves(&node));
    table.finish();
    let (file, csv) = holidays?;
    let (shifts, moves) = (shifts?, moves?);
    let week = WorkingWeek {
        rows: rows?,
        swaps: swaps?,
        disputed_in_lieu: disputed_in_lieu?,
        women_only: women_only?,
        shifts: shifts.as_ref().map(|(_, csv)| (*csv).to_owned()),
    };
    let week_node = week_node?;
    let hours = hours(&week, &week_node)?;
    match builder(&name?, &zone_name?, hours, &week).holidays(csv).build() {
        Ok(calendar) => Some(Read { calendar, week, holidays: file, moves }),
        Err(error) => {
            let nodes = (zone.as_ref(), &week_node);
            report(&error, nodes, &Lists { holidays: (&file, csv), shifts }, problems);
            None
        }
    }
}

/// An optional setting: nothing on the outside if it stands there and cannot be read.
#[expect(clippy::option_option, reason = "not stated and not readable are two things")]
fn stated<'r, 'v, T>(
    node: Option<Node<'r, 'v>>,
    read: impl Fn(&Node<'r, 'v>) -> Option<T>,
) -> Option<Option<T>> {
    match node {
        None => Some(None),
        Some(node) => read(&node).map(Some),
    }
}

fn hours(week: &WorkingWeek, node: &Node<'_, '_>) -> Option<Week> {
    let days = week.rows.iter().flat_map(|row| {
        let hours: Vec<(&str, &str)> =
            row.hours.iter().map(|(from, until)| (from.as_str(), until.as_str())).collect();
        row.days.iter().map(move |day| (weekday_word(*day), hours.clone()))
    });
    Week::parse(days).map_err(|error| node.problem(error.to_string())).ok()
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

/// The lists of a calendar, each with its file and text.
struct Lists<'f> {
    holidays: (&'f str, &'f str),
    shifts: Option<(String, &'f str)>,
}

/// Puts the problem where it stands: in the zone, in the week, or on its line of a list.
fn report(
    error: &CalendarError,
    (zone, week): (Option<&Node<'_, '_>>, &Node<'_, '_>),
    lists: &Lists<'_>,
    problems: &mut Problems,
) {
    let (file, csv) = lists.holidays;
    if let CalendarError::UnknownZone { .. } = error {
        if let Some(zone) = zone {
            zone.problem(error.to_string());
        }
    } else if let CalendarError::NoWorkingTime = error {
        week.problem(error.to_string());
    } else if let CalendarError::Unreadable { line, column, reason } = error {
        problems.add(file, csv, offset(csv, *line, *column), reason.to_string());
    } else if let CalendarError::UnreadableShifts { line, column, reason } = error
        && let Some((file, csv)) = &lists.shifts
    {
        problems.add(file, csv, offset(csv, *line, *column), reason.to_string());
    } else {
        problems.add(file, csv, 0, error.to_string());
    }
}

/// The byte at which a field of a line starts, both from 1; the whole line for field 0.
fn offset(csv: &str, line: u64, column: u64) -> usize {
    let nth = usize::try_from(line).unwrap_or(1).saturating_sub(1);
    let line_at: usize = csv.split_inclusive('\n').take(nth).map(str::len).sum();
    let fields = csv.get(line_at..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let before = usize::try_from(column).unwrap_or(0).saturating_sub(1);
    let field_at: usize = fields.split_inclusive(',').take(before).map(str::len).sum();
    line_at + field_at
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
        let pairs = hours.iter().map(|(from, until)| (from.as_str(), until.as_str()));
        Hours::parse(pairs).map_err(|error| node.problem(error.to_string())).ok()?;
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

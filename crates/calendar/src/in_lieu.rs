//! Days off in lieu of holidays on rest days, by the company's own week. Must not read files, nor
//! decide which disputed or women-only days are off: settings of the builder do.
//!
//! Labour Code 45/2019/QH14 art 111(3) (before 2021: 10/2012/QH13 art 115(3)): if a weekly rest day
//! coincides with a holiday of art 112(1), the employee rests on the next working day. The rest day
//! is that of the company: with a week from Monday to Saturday only a Sunday is made up. Laos does the
//! same (Decree 386/2017).

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::day::DayName;
use crate::holidays::{Row, RowKind, TET_DAYS};
use crate::hours::{RestDays, Week};

/// Days looked at for the next working day; a year holds no longer row of days off.
const DAYS_MAX: u32 = 60;

/// Replaces the days in lieu of a list that was made for other rest days by those of this week, and
/// returns the list in order of date. A list for the same rest days holds as it is.
pub(crate) fn for_week(
    mut rows: Vec<Row>,
    made_for: RestDays,
    week: &Week,
    company_days: &BTreeSet<Date>,
) -> Vec<Row> {
    if made_for == week.rest_days() {
        return rows;
    }
    rows.retain(|row| !row.kind.is_in_lieu());
    rows.sort_by_key(|row| row.date);
    let as_announced = trim_tet(&mut rows, made_for);
    make_up(rows, &as_announced, week, company_days)
}

/// Adds the days in lieu of a list that has none, and returns it in order of date.
pub(crate) fn make_up(
    mut rows: Vec<Row>,
    as_announced: &BTreeSet<Date>,
    week: &Week,
    company_days: &BTreeSet<Date>,
) -> Vec<Row> {
    rows.sort_by_key(|row| row.date);
    let off = rows.iter().filter(|row| row.kind.is_day_off()).map(|row| row.date);
    let mut taken: BTreeSet<Date> = off.chain(company_days.iter().copied()).collect();
    let mut in_lieu = Vec::new();
    for row in &rows {
        let Some(kind) = row.kind.in_lieu() else { continue };
        if as_announced.contains(&row.date) || !week.hours(row.date.weekday()).is_rest() {
            continue;
        }
        let Some(date) = next_working_day(row.date, week, &taken) else { continue };
        taken.insert(date);
        in_lieu.push(Row {
            date,
            kind,
            name: row.name.as_ref().map(in_lieu_name),
            source: Some(in_lieu_source(row)),
            estimated: row.estimated,
        });
    }
    rows.extend(in_lieu);
    rows.sort_by_key(|row| row.date);
    rows
}

/// A notice names every day off around Tết, those in lieu among them. Cuts each run of such days
/// back to the five of the law, so that this week's own days in lieu can follow. A run that is no
/// such notice (more or less than five days beside the rest days) is the company's own choice: it
/// holds as announced, and its dates are returned.
fn trim_tet(rows: &mut Vec<Row>, made_for: RestDays) -> BTreeSet<Date> {
    let tet: Vec<Date> =
        rows.iter().filter(|row| row.kind == RowKind::Tet).map(|row| row.date).collect();
    let (mut cut, mut as_announced) = (BTreeSet::new(), BTreeSet::new());
    for run in tet.chunk_by(|day, next| day.tomorrow().is_ok_and(|after| after == *next)) {
        let worked = run.iter().filter(|day| !made_for.holds(day.weekday())).count();
        if run.len() <= TET_DAYS {
            continue;
        }
        if worked == TET_DAYS {
            cut.extend(run.iter().skip(worked).copied());
        } else {
            as_announced.extend(run.iter().copied());
        }
    }
    rows.retain(|row| row.kind != RowKind::Tet || !cut.contains(&row.date));
    as_announced
}

/// The next day with hours in the week that is not off already; nothing in a week without any.
fn next_working_day(after: Date, week: &Week, taken: &BTreeSet<Date>) -> Option<Date> {
    let mut day = after;
    for _ in 0..DAYS_MAX {
        day = day.tomorrow().ok()?;
        if !week.hours(day.weekday()).is_rest() && !taken.contains(&day) {
            return Some(day);
        }
    }
    None
}

/// `Nghỉ bù …`, `… (in lieu)`, and the same in Lao.
fn in_lieu_name(holiday: &DayName) -> DayName {
    let vi = format!("Nghỉ bù {}", holiday.vi);
    let name = DayName::new(&vi, &format!("{} (in lieu)", holiday.en));
    match &holiday.lo {
        Some(lo) => name.with_lo(&format!("ພັກຊົດເຊີຍ{lo}")),
        None => name,
    }
}

fn in_lieu_source(holiday: &Row) -> Arc<str> {
    let law = holiday.source.as_deref().map_or_else(String::new, |law| format!("{law}; "));
    Arc::from(format!("{law}in lieu of {}, a rest day of this week", holiday.date))
}

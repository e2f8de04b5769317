//! Which holidays a calendar lacks, and when somebody is reminded: next year's are loaded before
//! 1 December, for decrees come late. Must not load anything, or tell anybody.

use jiff::{Timestamp, civil::Date};
use redress_calendar::Calendar;

/// When letters go out: days of November.
const REMINDERS: [i8; 3] = [1, 15, 25];
/// The month from which next year is asked for.
const FROM_MONTH: i8 = 11;

/// What the calendar in force lacks of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// It ends within the year, or before it.
    Missing,
    /// It has days that nobody decided yet.
    Estimated,
}

/// Holidays that must be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolidaysDue {
    /// Of which year.
    pub year: i16,
    /// What is lacking.
    pub lack: Lack,
}

/// What `calendar` lacks on a day: of the year itself always, of the next from 1 November on.
pub fn holidays_due(calendar: &Calendar, today: Date) -> Option<HolidaysDue> {
    let missing = |year: i16| {
        let last = Date::new(year, 12, 31).ok()?;
        (calendar.covers().1 < last).then_some(HolidaysDue { year, lack: Lack::Missing })
    };
    let estimated = |year: i16| {
        let days =
            calendar.days(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?).ok()?;
        let some = days.iter().any(|day| day.estimated);
        some.then_some(HolidaysDue { year, lack: Lack::Estimated })
    };
    let next = today.year().saturating_add(1);
    missing(today.year()).or_else(|| {
        (today.month() >= FROM_MONTH).then(|| missing(next).or_else(|| estimated(next))).flatten()
    })
}

/// The last reminder whose instant has come in the year before `year`: the first working instant
/// of its day or after.
pub fn holiday_reminder(calendar: &Calendar, year: i16, now: Timestamp) -> Option<usize> {
    let comes = |day: &i8| {
        let date = Date::new(year.saturating_sub(1), FROM_MONTH, *day).ok()?;
        let midnight = date.to_zoned(calendar.zone().clone()).ok()?.timestamp();
        Some(calendar.next_working_instant(midnight).unwrap_or(midnight) <= now)
    };
    REMINDERS.iter().rposition(|day| comes(day) == Some(true)).map(|place| place + 1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use redress_calendar::vietnam;

    use super::*;

    /// What the shipped calendar, known up to `until`, lacks on a day.
    fn check(until: Date, today: Date, expected: Option<(i16, Lack)>) {
        let calendar = vietnam().covers(date(2015, 1, 1), until).build().expect("a calendar");
        let found = holidays_due(&calendar, today).map(|lacking| (lacking.year, lacking.lack));
        assert_eq!(found, expected, "{until} {today}");
    }

    #[test]
    fn next_year_is_asked_for_from_november_on_and_this_year_always() {
        let end = |year| date(year, 12, 31);
        check(end(2026), date(2026, 10, 31), None);
        check(end(2026), date(2026, 11, 1), Some((2027, Lack::Missing)));
        check(end(2026), date(2027, 3, 1), Some((2027, Lack::Missing)));
        check(date(2027, 6, 30), date(2026, 12, 1), Some((2027, Lack::Missing)));
        check(end(2027), date(2026, 11, 1), Some((2027, Lack::Estimated)));
        check(end(2027), date(2027, 2, 1), None);
        check(end(2026), date(2025, 12, 31), None);
    }

    #[test]
    fn reminders_come_on_working_days() {
        let calendar = vietnam().build().expect("a calendar");
        for (now, step) in [
            ("2026-11-01T09:00:00+07:00", None), // A Sunday.
            ("2026-11-02T08:00:00+07:00", Some(1)),
            ("2026-11-16T07:59:00+07:00", Some(1)),
            ("2026-11-16T08:00:00+07:00", Some(2)),
            ("2026-11-25T08:00:00+07:00", Some(3)),
            ("2027-01-05T08:00:00+07:00", Some(3)),
        ] {
            let at = now.parse().expect("an instant");
            assert_eq!(holiday_reminder(&calendar, 2027, at), step, "{now}");
        }
    }
}

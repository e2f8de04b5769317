//! Working hours of a day and of a week, read from `HH:MM` texts. Must not know dates.

use std::fmt;
use std::sync::Arc;

use jiff::civil::{Time, Weekday};

use crate::error::CalendarError;

/// The time that stands for 24:00 as the end of an interval: the last nanosecond of the day.
pub const DAY_END: Time = Time::MAX;

/// Seconds of a clock day without a clock change.
pub(crate) const DAY_SECONDS: u32 = 86_400;

/// Codes of the days of a week, Monday first.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The code of a weekday, `mon` to `sun`.
pub(crate) fn weekday_code(weekday: Weekday) -> &'static str {
    WEEKDAYS[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
}

/// The weekday of a code, `mon` to `sun`.
pub fn weekday(code: &str) -> Option<Weekday> {
    const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    WEEKDAYS.iter().position(|known| *known == code).map(|index| ALL[index])
}

/// Writes a time of day as `HH:MM` (with `:SS` only if needed); [`DAY_END`] as `24:00`.
pub fn clock(time: Time) -> String {
    if time == DAY_END {
        "24:00".to_owned()
    } else if time.second() == 0 {
        format!("{:02}:{:02}", time.hour(), time.minute())
    } else {
        format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
    }
}

/// Seconds after midnight by the clock, start included, end not; `0 ≤ from < until ≤ 86 400`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Interval {
    pub(crate) from: u32,
    pub(crate) until: u32,
}

/// The working hours of one day: any number of intervals that do not overlap, in order.
/// No interval means a day of rest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hours(Arc<[Interval]>);

impl Hours {
    /// No working hours.
    pub fn rest() -> Self {
        Self(Arc::from([]))
    }

    /// Reads pairs of `HH:MM` (or `HH:MM:SS`), in any order; `24:00` ends a day.
    ///
    /// # Errors
    /// [`CalendarError::UnknownTime`], [`CalendarError::IntervalReversed`],
    /// [`CalendarError::IntervalsOverlap`].
    pub fn parse<S: AsRef<str>>(
        pairs: impl IntoIterator<Item = (S, S)>,
    ) -> Result<Self, CalendarError> {
        let mut intervals = Vec::new();
        for (from, until) in pairs {
            let (from, until) = (from.as_ref(), until.as_ref());
            let interval = Interval { from: seconds(from)?, until: seconds(until)? };
            if interval.from >= interval.until {
                let (from, until) = (from.to_owned(), until.to_owned());
                return Err(CalendarError::IntervalReversed { from, until });
            }
            intervals.push(interval);
        }
        intervals.sort_unstable_by_key(|interval| interval.from);
        for pair in intervals.windows(2) {
            if let [first, second] = pair
                && second.from < first.until
            {
                return Err(CalendarError::IntervalsOverlap { at: clock(time(second.from)) });
            }
        }
        Ok(Self(intervals.into()))
    }

    /// Whether there are no working hours.
    pub fn is_rest(&self) -> bool {
        self.0.is_empty()
    }

    /// The intervals in order; an end of [`DAY_END`] means 24:00.
    pub fn iter(&self) -> impl Iterator<Item = (Time, Time)> + '_ {
        self.0.iter().map(|interval| (time(interval.from), time(interval.until)))
    }

    pub(crate) fn intervals(&self) -> &[Interval] {
        &self.0
    }
}

/// Which days of a week are rest, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RestDays([bool; 7]);

impl RestDays {
    /// Saturday and Sunday.
    pub(crate) const SAT_SUN: Self = Self([false, false, false, false, false, true, true]);

    /// Reads codes of days with spaces between them; none of them twice, nothing else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut rests = [false; 7];
        for word in text.split_whitespace() {
            let rest = &mut rests[WEEKDAYS.iter().position(|code| *code == word)?];
            if *rest {
                return None;
            }
            *rest = true;
        }
        Some(Self(rests))
    }

    /// Whether a weekday is one of them.
    pub(crate) fn holds(self, weekday: Weekday) -> bool {
        self.0[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }
}

impl fmt::Display for RestDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = WEEKDAYS
            .iter()
            .zip(self.0)
            .filter(|(_, rests)| *rests)
            .map(|(code, _)| *code)
            .collect();
        f.write_str(&codes.join(" "))
    }
}

/// The hours of the seven days of a week.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Week([Hours; 7]);

impl Week {
    /// A week without working hours, to add days to.
    pub fn empty() -> Self {
        Self(std::array::from_fn(|_| Hours::rest()))
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00.
    pub fn mon_fri() -> Self {
        Self::office_days(5)
    }

    /// Monday to Saturday, 08:00–12:00 and 13:00–17:00.
    pub fn mon_sat() -> Self {
        Self::office_days(6)
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00, and Saturday 08:00–12:00.
    pub fn mon_sat_noon() -> Self {
        let mut week = Self::mon_fri();
        let hour = 3600;
        week.0[5] = Hours(Arc::from([Interval { from: 8 * hour, until: 12 * hour }]));
        week
    }

    fn office_days(count: usize) -> Self {
        let hour = 3600;
        let office: Arc<[Interval]> = Arc::from([
            Interval { from: 8 * hour, until: 12 * hour },
            Interval { from: 13 * hour, until: 17 * hour },
        ]);
        Self(std::array::from_fn(|day| {
            if day < count { Hours(Arc::clone(&office)) } else { Hours::rest() }
        }))
    }

    /// Reads `("mon", [("08:00", "12:00"), …])` and so on; a day that is not named is rest.
    ///
    /// # Errors
    /// As [`Hours::parse`], and [`CalendarError::UnknownWeekday`], [`CalendarError::WeekdayTwice`].
    pub fn parse<D, P, S>(days: impl IntoIterator<Item = (D, P)>) -> Result<Self, CalendarError>
    where
        D: AsRef<str>,
        P: IntoIterator<Item = (S, S)>,
        S: AsRef<str>,
    {
        let mut week: [Option<Hours>; 7] = Default::default();
        for (name, pairs) in days {
            let name = name.as_ref();
            let Some(index) = WEEKDAYS.iter().position(|code| *code == name) else {
                return Err(CalendarError::UnknownWeekday { name: name.to_owned() });
            };
            if week[index].is_some() {
                return Err(CalendarError::WeekdayTwice { name: WEEKDAYS[index] });
            }
            week[index] = Some(Hours::parse(pairs)?);
        }
        Ok(Self(week.map(|hours| hours.unwrap_or_else(Hours::rest))))
    }

    /// The hours of some days; a day that is not named is rest, of a day named twice the last holds.
    pub fn of(days: impl IntoIterator<Item = (Weekday, Hours)>) -> Self {
        let mut week = Self::empty();
        for (day, hours) in days {
            week.0[usize::from(day.to_monday_zero_offset().unsigned_abs())] = hours;
        }
        week
    }

    /// The hours of a weekday.
    pub fn hours(&self, weekday: Weekday) -> &Hours {
        &self.0[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }

    /// The hours of the first working day from Monday on, what a made-up day is worked by;
    /// rest if the week has no working hours.
    pub fn first_working_hours(&self) -> Hours {
        self.0.iter().find(|hours| !hours.is_rest()).cloned().unwrap_or_else(Hours::rest)
    }

    /// The days without working hours.
    pub(crate) fn rest_days(&self) -> RestDays {
        RestDays(self.0.each_ref().map(Hours::is_rest))
    }

    /// Whether no day has working hours.
    pub fn is_rest(&self) -> bool {
        self.0.iter().all(Hours::is_rest)
    }
}

/// The clock time of a second of the day, 0 to 86 400.
pub(crate) fn time(seconds: u32) -> Time {
    let part = |number: u32| i8::try_from(number).expect("below 60, or an hour below 24");
    if seconds >= DAY_SECONDS {
        return DAY_END;
    }
    Time::constant(part(seconds / 3600), part(seconds / 60 % 60), part(seconds % 60), 0)
}

/// Reads `HH:MM` or `HH:MM:SS`, up to `24:00`.
fn seconds(text: &str) -> Result<u32, CalendarError> {
    let unknown = || CalendarError::UnknownTime { text: text.to_owned() };
    let mut parts = [0_u32; 3];
    let mut count = 0;
    for part in text.split(':') {
        if count == 3 || part.len() != 2 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(unknown());
        }
        parts[count] = part.parse().map_err(|_| unknown())?;
        count += 1;
    }
    let [hours, minutes, rest] = parts;
    let total = hours * 3600 + minutes * 60 + rest;
    if count < 2 || minutes > 59 || rest > 59 || total > DAY_SECONDS {
        return Err(unknown());
    }
    Ok(total)
}

//! The months between two winter solstices, by the rules of the Vietnamese calendar: days begin at
//! midnight of UTC+7 (Decision 121-CP of 8 August 1967), a month starts on the day of the new moon,
//! month 11 holds the winter solstice, and if two of them lie 13 months apart the first month after
//! month 11 without a principal term is leap. Must not know names or the range of the years.

use jiff::civil::{Date, date};

use super::{moon, sun};

/// Days by which the Vietnamese clock is ahead of universal time.
const ZONE_DAYS: f64 = 7.0 / 24.0;

const SECONDS_A_DAY: f64 = 86_400.0;

/// A new moon less than this before midnight is taken to fall after it. No formula decides so
/// little: ours is good for some ten seconds and the Earth's clock of a later century for minutes.
/// It touches three months (June 1944, July 1967, November 2077), which the tables in use, Hồ Ngọc
/// Đức's among them, begin on the later day.
const TIE_DAYS: f64 = 25.0 / SECONDS_A_DAY;

/// The Julian day number of 1 January 1970, and that date.
const EPOCH: (i32, Date) = (2_440_588, date(1970, 1, 1));

/// The Julian day number of a date: the one that begins at its noon.
pub(super) fn day_number(of: Date) -> i32 {
    let days = of.duration_since(EPOCH.1).as_hours() / 24;
    EPOCH.0 + i32::try_from(days).expect("a civil date lies within four million days")
}

/// The date of a Julian day number of the years 1899 to 2102.
pub(super) fn date_of(day: i32) -> Date {
    let days = jiff::Span::new().days(day - EPOCH.0);
    EPOCH.1.checked_add(days).expect("a day of the years that the lunar calendar asks for")
}

/// The whole part of a number of days or lunations.
#[expect(clippy::cast_possible_truncation, reason = "Julian days of these years are below 3e6")]
fn whole(number: f64) -> i32 {
    number.floor() as i32
}

/// Seconds of dynamical time over universal time on a Julian day, in days.
fn lag_days(day: f64) -> f64 {
    sun::delta_t(2000.0 + (day - 2_451_544.5) / 365.2425) / SECONDS_A_DAY
}

/// The new moon of a lunation on the Vietnamese clock: a Julian day whose fraction is 0.5 at midnight.
pub(super) fn local_new_moon(lunation: i32) -> f64 {
    let dynamical = moon::new_moon(lunation);
    dynamical - lag_days(dynamical) + ZONE_DAYS
}

/// The day on which a lunation starts.
fn start(lunation: i32) -> i32 {
    whole(local_new_moon(lunation) + 0.5 + TIE_DAYS)
}

/// The last lunation that starts on or before a day.
fn lunation_on(day: i32) -> i32 {
    let mean = (f64::from(day) - moon::LUNATION_ZERO) / moon::LUNATION_DAYS;
    // The true new moon is less than a day from the mean one.
    let late = whole(mean) + 1;
    (late - 2..=late).rev().find(|lunation| start(*lunation) <= day).unwrap_or(late - 3)
}

/// Which twelfth of its way the Sun is in when a Vietnamese day begins; 9 begins with the winter
/// solstice. A day that begins one and ends in the next holds a principal term.
fn twelfth(day: i32) -> i32 {
    let midnight = f64::from(day) - 0.5 - ZONE_DAYS;
    whole(sun::longitude(midnight + lag_days(midnight)) / 30.0)
}

/// The lunation of month 11 that holds the winter solstice of a year.
fn solstice_lunation(year: i16) -> i32 {
    let lunation = lunation_on(day_number(date(year, 12, 31)));
    if twelfth(start(lunation)) >= 9 { lunation - 1 } else { lunation }
}

/// The months from month 11 of one year to the day before month 11 of the next.
#[derive(Debug)]
pub(super) struct Sui {
    /// The lunar year of months 1 to 10.
    pub(super) year: i16,
    /// The first days of the 12 or 13 months, and of the month 11 that ends them.
    starts: Vec<i32>,
    /// Place of the leap month among them.
    leap: Option<usize>,
}

/// A month of a [`Sui`].
pub(super) struct Month {
    pub(super) year: i16,
    pub(super) number: u8,
    pub(super) leap: bool,
    pub(super) first_day: i32,
    pub(super) days: i32,
}

impl Sui {
    /// The months that lead up to the solstice of a year.
    pub(super) fn of(year: i16) -> Self {
        let (first, next) = (solstice_lunation(year - 1), solstice_lunation(year));
        let starts: Vec<i32> = (first..=next).map(start).collect();
        let leap = (starts.len() == 14).then(|| {
            let lacks_term = |month: &usize| twelfth(starts[*month]) == twelfth(starts[month + 1]);
            (1..13).find(lacks_term).expect("thirteen months hold at most twelve principal terms")
        });
        Self { year, starts, leap }
    }

    /// The months around a day of the year.
    pub(super) fn around(day: i32, year: i16) -> Self {
        let sui = Self::of(year);
        if sui.starts.last().is_some_and(|end| *end <= day) { Self::of(year + 1) } else { sui }
    }

    /// The month that holds a day of these months.
    pub(super) fn month_on(&self, day: i32) -> Month {
        let after = self.starts.partition_point(|start| *start <= day);
        self.month(after.saturating_sub(1).min(self.starts.len() - 2))
    }

    /// A month by its number; nothing if it is a leap month that these months lack.
    pub(super) fn named(&self, number: u8, leap: bool) -> Option<Month> {
        (0..self.starts.len() - 1)
            .map(|place| self.month(place))
            .find(|month| month.number == number && month.leap == leap)
    }

    fn month(&self, place: usize) -> Month {
        let leap = self.leap == Some(place);
        let passed = usize::from(self.leap.is_some_and(|leap| leap <= place));
        let nth = u8::try_from(place - passed).expect("at most thirteen months");
        let number = if nth < 2 { 11 + nth } else { nth - 1 };
        let year = if nth < 2 { self.year - 1 } else { self.year };
        let first_day = self.starts[place];
        Month { year, number, leap, first_day, days: self.starts[place + 1] - first_day }
    }
}

//! The Vietnamese lunar calendar, computed from the Moon and the Sun at UTC+7. Must not know which
//! days are off (`rules`), nor read a table of dates.
//!
//! Computed for the lunar years 1900 to 2100. The meridian is official since 1968 (Decision 121-CP of
//! 8 August 1967); before it the rules are applied backwards, and the calendar then in use may have
//! followed China by a day. Southern Vietnam kept UTC+8 until 1975.

mod can_chi;
mod months;
mod moon;
mod sun;

use jiff::civil::{Date, date};
use thiserror::Error;

pub use self::can_chi::CanChi;
use self::months::{Month, Sui, date_of, day_number};

/// The lunar years that are computed, first and last.
pub const LUNAR_YEARS: (i16, i16) = (1900, 2100);

/// The first civil date that is computed, in the lunar year 1899.
const FIRST: Date = date(1900, 1, 1);

/// A day of the Vietnamese lunar calendar.
///
/// ```
/// use jiff::civil::date;
/// use redress_calendar::LunarDate;
///
/// let lunar = LunarDate::of(date(2025, 7, 25))?;
/// assert_eq!((lunar.day(), lunar.month(), lunar.is_leap(), lunar.year()), (1, 6, true, 2025));
/// assert_eq!(lunar.to_string(), "1/6 leap/2025");
/// assert_eq!(LunarDate::new(2025, 6, true, 1)?.date(), date(2025, 7, 25));
/// # Ok::<(), redress_calendar::LunarError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LunarDate {
    year: i16,
    month: u8,
    leap: bool,
    day: u8,
    date: Date,
}

/// Why there is no such day.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LunarError {
    /// A date before 1900-01-01 or after the lunar year 2100.
    #[error("the lunar calendar is computed from 1900-01-01 to {until}, but {date} is needed")]
    DateBeyond {
        /// The date that was asked for.
        date: Date,
        /// The last day of the lunar year 2100.
        until: Date,
    },
    /// A lunar year that is not computed.
    #[error("the lunar calendar is computed for the years {} to {}, not for {year}", LUNAR_YEARS.0, LUNAR_YEARS.1)]
    YearBeyond {
        /// The year that was asked for.
        year: i16,
    },
    /// A month number that is none of 1 to 12.
    #[error("a lunar year has no month {month}")]
    NoSuchMonth {
        /// The number that was asked for.
        month: u8,
    },
    /// The year has no leap month of this number.
    #[error("the lunar year {year} has no leap month {month}")]
    NoSuchLeapMonth {
        /// The lunar year.
        year: i16,
        /// The number that was asked for.
        month: u8,
    },
    /// A month has 29 or 30 days.
    #[error("month {month} of the lunar year {year} has {days} days, not {day}")]
    NoSuchDay {
        /// The lunar year.
        year: i16,
        /// The month.
        month: u8,
        /// How many days it has.
        days: u8,
        /// The day that was asked for.
        day: u8,
    },
}

impl LunarDate {
    /// The lunar day of a date, from 1900-01-01 to the last day of the lunar year 2100.
    ///
    /// # Errors
    /// [`LunarError::DateBeyond`].
    pub fn of(date: Date) -> Result<Self, LunarError> {
        let until = date_of(tet_day(LUNAR_YEARS.1 + 1) - 1);
        if date < FIRST || until < date {
            return Err(LunarError::DateBeyond { date, until });
        }
        let day = day_number(date);
        let month = Sui::around(day, date.year()).month_on(day);
        let nth = of_a_month(day - month.first_day + 1);
        let Month { year, number, leap, .. } = month;
        Ok(Self { year, month: number, leap, day: nth, date })
    }

    /// A day by its year (1900 to 2100), month (1 to 12, leap or not) and day (1 to 29 or 30).
    ///
    /// # Errors
    /// [`LunarError`], in particular [`LunarError::NoSuchLeapMonth`] for a leap month that the year
    /// does not have.
    pub fn new(year: i16, month: u8, leap: bool, day: u8) -> Result<Self, LunarError> {
        check_year(year)?;
        if !(1..=12).contains(&month) {
            return Err(LunarError::NoSuchMonth { month });
        }
        let sui = Sui::of(if month >= 11 { year + 1 } else { year });
        let found = sui.named(month, leap).ok_or(LunarError::NoSuchLeapMonth { year, month })?;
        let days = of_a_month(found.days);
        if day == 0 || day > days {
            return Err(LunarError::NoSuchDay { year, month, days, day });
        }
        let date = date_of(found.first_day + i32::from(day) - 1);
        Ok(Self { year, month, leap, day, date })
    }

    /// The lunar year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12; a leap month has the number of the one before it.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Whether the month is a leap month.
    pub fn is_leap(self) -> bool {
        self.leap
    }

    /// The day of the month, 1 to 30.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The same day of the civil calendar.
    pub fn date(self) -> Date {
        self.date
    }

    /// The name of the year in the cycle of sixty.
    pub fn year_name(self) -> CanChi {
        CanChi::of_year(self.year)
    }

    /// The name of the month in the cycle of sixty.
    pub fn month_name(self) -> CanChi {
        CanChi::of_month(self.year, self.month)
    }

    /// The name of the day in the cycle of sixty.
    pub fn day_name(self) -> CanChi {
        CanChi::of_day(day_number(self.date))
    }
}

impl std::fmt::Display for LunarDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let leap = if self.leap { " leap" } else { "" };
        write!(f, "{}/{}{leap}/{}", self.day, self.month, self.year)
    }
}

/// The first day of Tết of a year: day 1 of lunar month 1.
///
/// ```
/// use jiff::civil::date;
///
/// // A day before the Chinese new year.
/// assert_eq!(redress_calendar::tet(2030)?, date(2030, 2, 2));
/// # Ok::<(), redress_calendar::LunarError>(())
/// ```
///
/// # Errors
/// [`LunarError::YearBeyond`].
pub fn tet(year: i16) -> Result<Date, LunarError> {
    check_year(year)?;
    Ok(date_of(tet_day(year)))
}

/// The commemoration of the Hùng Kings of a year: day 10 of month 3, never of a leap month 3.
///
/// # Errors
/// [`LunarError::YearBeyond`].
pub fn hung_kings(year: i16) -> Result<Date, LunarError> {
    LunarDate::new(year, 3, false, 10).map(LunarDate::date)
}

/// The number of the leap month of a year, if it has one.
///
/// # Errors
/// [`LunarError::YearBeyond`].
pub fn leap_month(year: i16) -> Result<Option<u8>, LunarError> {
    check_year(year)?;
    let of = |sui: &Sui| (1..=12).find_map(|number| sui.named(number, true));
    let months = [of(&Sui::of(year)), of(&Sui::of(year + 1))];
    Ok(months.into_iter().flatten().find(|month| month.year == year).map(|month| month.number))
}

/// A number of days within one month.
fn of_a_month(days: i32) -> u8 {
    u8::try_from(days).expect("a month has at most 30 days")
}

fn tet_day(year: i16) -> i32 {
    let first = Sui::of(year).named(1, false).expect("every year has a month 1");
    first.first_day
}

fn check_year(year: i16) -> Result<(), LunarError> {
    if (LUNAR_YEARS.0..=LUNAR_YEARS.1).contains(&year) {
        Ok(())
    } else {
        Err(LunarError::YearBeyond { year })
    }
}

#[cfg(test)]
mod tests;

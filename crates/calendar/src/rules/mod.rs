//! The days off of a year by the law alone, for years that no notice has fixed yet. Must not be
//! taken for a notice: a day that an authority still has to fix is marked as an estimate.

mod draft;
mod laos;
mod vietnam;

use jiff::civil::Date;
use thiserror::Error;

pub use self::draft::draft;
use crate::day::DayName;
use crate::holidays::RowKind;
use crate::lunar::{LUNAR_YEARS, LunarError};

/// The first year whose rules are known: the Labour Code 10/2012/QH13 is in force since 2013-05-01,
/// the Lao practice of days in lieu since 2012.
pub const RULES_FROM_YEAR: i16 = 2013;

/// A country whose days off are known by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Country {
    /// Labour Code 45/2019/QH14 art 112 (before 2021: 10/2012/QH13 art 115) and, from 2026,
    /// Resolution 28/2026/QH16 art 2.
    Vietnam,
    /// Decree on Holidays 386/2017.
    Laos,
}

impl Country {
    /// The name of its shipped calendar: `vn`, `la`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vietnam => "vn",
            Self::Laos => "la",
        }
    }

    /// The days off of a year in order of date, without days in lieu: those depend on the company's
    /// own week. [`CalendarBuilder::estimates_until`](crate::CalendarBuilder::estimates_until)
    /// makes a calendar of them.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use redress_calendar::Country;
    ///
    /// let days = Country::Vietnam.rule_days(2031)?;
    /// let tet = days.iter().find(|day| day.date == date(2031, 1, 23)).unwrap();
    /// assert!(tet.estimated && tet.name.vi.contains("mùng 1"));
    /// # Ok::<(), redress_calendar::RuleError>(())
    /// ```
    ///
    /// # Errors
    /// [`RuleError`] outside 2013 to 2100.
    pub fn rule_days(self, year: i16) -> Result<Vec<RuleDay>, RuleError> {
        if !(RULES_FROM_YEAR..=LUNAR_YEARS.1).contains(&year) {
            return Err(RuleError::YearBeyond { year });
        }
        let mut days = match self {
            Self::Vietnam => vietnam::days(year)?,
            Self::Laos => laos::days(year),
        };
        days.sort_by_key(|day| day.date);
        Ok(days)
    }
}

/// A day off by rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDay {
    /// The date.
    pub date: Date,
    /// Its name in Vietnamese, English and Lao.
    pub name: DayName,
    /// The law that makes it a day off.
    pub source: &'static str,
    /// Whether a notice still has to fix the date; a date that the law itself gives is none.
    pub estimated: bool,
    pub(crate) kind: RowKind,
}

/// Why there are no rules for a year.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RuleError {
    /// A year whose rules are not known.
    #[error("the rules of days off are known for {RULES_FROM_YEAR} to {}, not for {year}", LUNAR_YEARS.1)]
    YearBeyond {
        /// The year that was asked for.
        year: i16,
    },
    /// A lunar day that cannot be computed.
    #[error(transparent)]
    Lunar(#[from] LunarError),
}

/// A day by rule with its three names.
fn day(
    date: Date,
    [vi, en, lo]: [&str; 3],
    kind: RowKind,
    source: &'static str,
    estimated: bool,
) -> RuleDay {
    RuleDay { date, name: DayName::new(vi, en).with_lo(lo), source, estimated, kind }
}

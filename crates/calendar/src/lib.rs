//! Working time: which days and hours a company works, and the arithmetic of terms (elapsed hours,
//! working hours, calendar days, working days) with the reason for every day on the way.
//!
//! It must not know complaints or promises, read a clock, a file or the environment, or word
//! anything for people: reasons are codes, only the names of holidays come as text, from the data.
//!
//! ```
//! use redress_calendar::{Amount, vietnam};
//!
//! let calendar = vietnam().build()?;
//! let received = "2026-02-13T16:00:00+07:00".parse()?;
//! let due = calendar.add(received, "7wd".parse()?)?;
//! assert_eq!(due.due_on.to_string(), "2026-03-03");
//! assert_eq!(due.at, "2026-03-04T00:00:00+07:00".parse()?);
//! assert_eq!("7wd".parse::<Amount>()?.to_string(), "7wd");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Law: Civil Code 91/2015/QH13 art 147 (a term in hours runs from the moment, a term in days starts
//! the day after) and art 148 (it ends at 24:00 of its last day; rolled on from a rest day). Labour
//! Code 45/2019/QH14 art 112 (days off) and art 111(3) (a holiday on a weekly rest day is made up on
//! the next working day). Resolution 28/2026/QH16 art 2 (24 November, off since 2026).
//!
//! A company's own week, shifts and zone:
//!
//! ```
//! use jiff::civil::date;
//! use redress_calendar::{Calendar, DayKind, Week, vietnam};
//!
//! let hours = vec![("08:00", "12:00"), ("13:00", "17:00")];
//! let mut days: Vec<_> = ["mon", "tue", "wed", "thu", "fri"].map(|day| (day, hours.clone())).into();
//! days.push(("sat", vec![("08:00", "12:00")]));
//! let calendar = vietnam()
//!     .week(Week::parse(days)?)
//!     .shifts("date,hours\n2026-02-14,off\n")
//!     .build()?;
//! assert_eq!(calendar.day(date(2026, 2, 14))?.kind, DayKind::SwapOff);
//! // 2 September 2023 was a Saturday, which this company works: nothing is made up.
//! assert_eq!(calendar.day(date(2023, 9, 4))?.kind, DayKind::Work);
//!
//! let night = Week::parse([("mon", [("22:00", "24:00")]), ("tue", [("00:00", "06:00")])])?;
//! let berlin = Calendar::builder("night").zone("Europe/Berlin").week(night).build()?;
//! let from = "2026-03-30T23:00:00+02:00".parse()?;
//! let due = berlin.due_at(from, "PT3H working".parse()?)?;
//! assert_eq!(due, "2026-03-31T02:00:00+02:00".parse()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The lunar calendar: [`LunarDate`], [`tet`], [`hung_kings`], [`leap_month`]. Days off by rule:
//! [`Country::rule_days`], [`draft`], [`CalendarBuilder::estimates_until`].

mod add;
mod amount;
mod builder;
mod calendar;
mod day;
mod encoding;
mod error;
mod holidays;
mod hours;
mod in_lieu;
mod local;
mod lunar;
mod measure;
mod rules;
mod shifts;
pub mod shipped;
mod span;
mod step;
mod table;

pub use add::Pause;
pub use amount::{Amount, AmountError};
pub use builder::{CalendarBuilder, laos, vietnam};
pub use calendar::{Calendar, CalendarId};
pub use day::{Day, DayKind, DayName};
pub use encoding::{LooksLike, text_of};
pub use error::{CalendarError, Problem};
pub use hours::{DAY_END, Hours, Week, clock, weekday};
pub use local::ClockChange;
pub use lunar::{CanChi, LUNAR_YEARS, LunarDate, LunarError, hung_kings, leap_month, tet};
pub use measure::Measured;
pub use rules::{Country, RULES_FROM_YEAR, RuleDay, RuleError, draft};
pub use step::{Due, Step, Why};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

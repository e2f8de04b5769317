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
//! the day after) and art 148 (it ends at 24:00 of its last day; rolled on from a rest day).

mod add;
mod amount;
mod builder;
mod calendar;
mod day;
mod error;
mod holidays;
mod hours;
mod local;
mod measure;
pub mod shipped;
mod span;
mod step;

pub use add::Pause;
pub use amount::{Amount, AmountError};
pub use builder::{CalendarBuilder, laos, vietnam};
pub use calendar::{Calendar, CalendarId};
pub use day::{Day, DayKind, DayName};
pub use error::{CalendarError, Problem};
pub use hours::{DAY_END, Hours, Week, clock};
pub use local::ClockChange;
pub use measure::Measured;
pub use step::{Due, Step, Why};

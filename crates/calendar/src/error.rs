//! What can go wrong when a calendar is built or asked. Must not hold text for people to read on a
//! page: the messages are for operators; pages word the variants themselves.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use crate::calendar::CalendarId;
use crate::encoding::LooksLike;
use crate::rules::RuleError;

/// A failure of a calendar, one variant per cause.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// A day is needed that the calendar's data says nothing about.
    #[error("{calendar} covers {covered_from} to {covered_until}, but {wanted} is needed")]
    BeyondCoverage {
        /// The calendar that was asked.
        calendar: CalendarId,
        /// First covered day.
        covered_from: Date,
        /// Last covered day.
        covered_until: Date,
        /// The first day that was needed and is not covered.
        wanted: Date,
    },
    /// The holiday text cannot be read.
    #[error("line {line}, column {column}: {reason}")]
    Unreadable {
        /// Line of the text, from 1.
        line: u64,
        /// Field of the line, from 1; 0 when the whole line is meant.
        column: u64,
        /// What is wrong there.
        reason: Problem,
    },
    /// The text of the company's own shifts cannot be read.
    #[error("shifts, line {line}, column {column}: {reason}")]
    UnreadableShifts {
        /// Line of the text, from 1.
        line: u64,
        /// Field of the line, from 1; 0 when the whole line is meant.
        column: u64,
        /// What is wrong there.
        reason: Problem,
    },
    /// The bytes of a file are not UTF-8 text.
    #[error("line {line}, byte {column}: 0x{byte:02X} is not UTF-8; {}", cure(*looks_like))]
    NotUtf8 {
        /// Line of the file, from 1.
        line: u64,
        /// Byte of the line, from 1.
        column: u64,
        /// The byte.
        byte: u8,
        /// What the file looks like.
        looks_like: LooksLike,
    },
    /// The holiday text does not state what it covers (`# covers: FIRST LAST`).
    #[error("the holidays do not state their coverage; add \"# covers: FIRST LAST\"")]
    CoverageUnstated,
    /// The holiday text does not state its date (`# as-of: DATE`).
    #[error("the holidays do not state their date; add \"# as-of: DATE\"")]
    AsOfUnstated,
    /// The coverage ends before it starts.
    #[error("the coverage {from} to {until} ends before it starts")]
    CoverageReversed {
        /// Stated first day.
        from: Date,
        /// Stated last day.
        until: Date,
    },
    /// The week and the shifts hold no working hour at all.
    #[error("the calendar has no working time")]
    NoWorkingTime,
    /// No time zone of this name is known.
    #[error("there is no time zone \"{name}\"")]
    UnknownZone {
        /// The name as given.
        name: String,
    },
    /// A week names a day that is none of `mon` to `sun`.
    #[error("\"{name}\" is not a day of the week; write mon to sun")]
    UnknownWeekday {
        /// The name as given.
        name: String,
    },
    /// A week names one day twice.
    #[error("the week names {name} twice")]
    WeekdayTwice {
        /// The day.
        name: &'static str,
    },
    /// A time of day is not `HH:MM` or `HH:MM:SS` from `00:00` to `24:00`.
    #[error("\"{text}\" is not a time of day; write 08:00, up to 24:00")]
    UnknownTime {
        /// The text as given.
        text: String,
    },
    /// An interval of working hours ends before it starts, or is empty.
    #[error("working hours from {from} to {until} end before they start")]
    IntervalReversed {
        /// Start as given.
        from: String,
        /// End as given.
        until: String,
    },
    /// Two intervals of one day overlap.
    #[error("working hours overlap at {at}")]
    IntervalsOverlap {
        /// Where the second interval starts.
        at: String,
    },
    /// Two shifts are given for one day.
    #[error("two shifts are given for {on}")]
    ShiftTwice {
        /// The day.
        on: Date,
    },
    /// The walk is longer than a calendar follows ([`crate::Calendar::DAYS_WALKED_MAX`]).
    #[error("the term is longer than {days_max} days")]
    TooLong {
        /// The limit in days.
        days_max: u32,
    },
    /// Days by rule were asked for a year whose rules are not known.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// An instant or a day lies outside the years −9999 to 9999.
    #[error("the term leaves the years -9999 to 9999")]
    OutOfTime,
}

/// How to mend a file that is not UTF-8.
fn cure(looks_like: LooksLike) -> &'static str {
    match looks_like {
        LooksLike::Utf16 => "the file looks like UTF-16: save it as UTF-8",
        LooksLike::SingleByte => "the file looks like Windows-1258 or Latin-1: save it as UTF-8",
    }
}

/// What is wrong with one place of a holiday text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not a line of comma-separated fields as the header announces.
    Csv(String),
    /// The header has this column twice.
    ColumnTwice(String),
    /// The hours of a shift cannot be read, and why.
    Hours(String),
    /// The header lacks this column.
    ColumnMissing(&'static str),
    /// Not a date `YYYY-MM-DD` that exists.
    Date(String),
    /// The weekday is not the weekday of the date.
    Weekday(String),
    /// Not a kind of row that is known.
    Kind(String),
    /// A name is given in one language of `vi` and `en`, not in the other.
    NameMissing(&'static str),
    /// The same date stands in an earlier row of the same sort.
    Duplicate(Date),
    /// A `# covers:` or `# as-of:` line that cannot be read.
    Statement(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Csv(reason) => write!(f, "not a row of the table ({reason})"),
            Self::ColumnTwice(name) => write!(f, "the header has the column \"{name}\" twice"),
            Self::Hours(reason) => f.write_str(reason),
            Self::ColumnMissing(name) => write!(f, "the header has no column \"{name}\""),
            Self::Date(text) => write!(f, "\"{text}\" is not a date YYYY-MM-DD"),
            Self::Weekday(text) => write!(f, "\"{text}\" is not the weekday of this date"),
            Self::Kind(text) => write!(f, "\"{text}\" is not a kind of holiday row"),
            Self::NameMissing(language) => write!(f, "the name in \"{language}\" is missing"),
            Self::Duplicate(date) => write!(f, "{date} stands here a second time"),
            Self::Statement(text) => write!(f, "cannot read the statement \"{text}\""),
        }
    }
}

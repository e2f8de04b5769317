//! Reads the CSV text of a holiday file into rows. Must not decide whether a row is off: that
//! depends on the company and is settled by the builder.

use std::collections::BTreeSet;
use std::sync::Arc;

use csv::StringRecord;
use jiff::civil::Date;

use crate::day::DayName;
use crate::error::{CalendarError, Problem};
use crate::hours::{RestDays, weekday_code};
use crate::rules::RuleDay;
use crate::table::{self, Header, NameColumns, filled, iso_date, unreadable};

/// Days of Tết by law, weekly rest days among them (Labour Code 45/2019/QH14 art 112(1)(b)).
pub(crate) const TET_DAYS: usize = 5;

/// What a row's `kind` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// `statutory`, `public`.
    Holiday,
    /// `tet`, `tet_weekend`: one of the days off around Tết, in lieu or not.
    Tet,
    /// `statutory` on 24 November from 2026 on: off by Resolution 28/2026/QH16, which lies outside
    /// Labour Code art 112(1), so that its day in lieu is disputed.
    DisputedHoliday,
    /// `observed`.
    InLieu,
    /// `observed_disputed`: the law is unclear, a setting decides.
    DisputedInLieu,
    /// `women_only`: a setting decides.
    WomenHoliday,
    /// `women_only_observed`: a setting decides.
    WomenInLieu,
    /// `swap_off`: only for companies that follow swapped days.
    SwapOff,
    /// `swap_work`: likewise.
    SwapWork,
}

impl RowKind {
    fn parse(text: &str, on: Date) -> Option<Self> {
        Some(match text {
            "statutory" if on.year() >= 2026 && (on.month(), on.day()) == (11, 24) => {
                Self::DisputedHoliday
            }
            "statutory" | "public" => Self::Holiday,
            "tet" | "tet_weekend" => Self::Tet,
            "observed" => Self::InLieu,
            "observed_disputed" => Self::DisputedInLieu,
            "women_only" => Self::WomenHoliday,
            "women_only_observed" => Self::WomenInLieu,
            "swap_off" => Self::SwapOff,
            "swap_work" => Self::SwapWork,
            _ => return None,
        })
    }

    /// The word that a file has for it, or one of them.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Holiday | Self::DisputedHoliday => "statutory",
            Self::Tet => "tet",
            Self::InLieu => "observed",
            Self::DisputedInLieu => "observed_disputed",
            Self::WomenHoliday => "women_only",
            Self::WomenInLieu => "women_only_observed",
            Self::SwapOff => "swap_off",
            Self::SwapWork => "swap_work",
        }
    }

    /// Whether everybody has the day off, in lieu of nothing.
    pub(crate) fn is_day_off(self) -> bool {
        matches!(self, Self::Holiday | Self::Tet | Self::DisputedHoliday)
    }

    /// Whether the row makes up for a holiday on a rest day.
    pub(crate) fn is_in_lieu(self) -> bool {
        matches!(self, Self::InLieu | Self::DisputedInLieu | Self::WomenInLieu)
    }

    /// What makes up for such a holiday on a rest day, if anything does.
    pub(crate) fn in_lieu(self) -> Option<Self> {
        match self {
            Self::Holiday | Self::Tet => Some(Self::InLieu),
            Self::DisputedHoliday => Some(Self::DisputedInLieu),
            Self::WomenHoliday => Some(Self::WomenInLieu),
            Self::InLieu
            | Self::DisputedInLieu
            | Self::WomenInLieu
            | Self::SwapOff
            | Self::SwapWork => None,
        }
    }

    /// Whether the row swaps days; a date may hold one such row beside one other.
    pub(crate) fn is_swap(self) -> bool {
        matches!(self, Self::SwapOff | Self::SwapWork)
    }
}

/// One row of a holiday file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) date: Date,
    pub(crate) kind: RowKind,
    pub(crate) name: Option<DayName>,
    pub(crate) source: Option<Arc<str>>,
    /// Whether a notice still has to fix the day.
    pub(crate) estimated: bool,
}

impl From<RuleDay> for Row {
    fn from(day: RuleDay) -> Self {
        let RuleDay { date, name, source, estimated, kind } = day;
        Self { date, kind, name: Some(name), source: Some(source.into()), estimated }
    }
}

/// A holiday file: its rows in file order and what it states about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holidays {
    pub(crate) as_of: Option<Date>,
    pub(crate) covers: Option<(Date, Date)>,
    /// The weekly rest days that the file's days in lieu were made for.
    pub(crate) rest: RestDays,
    pub(crate) rows: Vec<Row>,
}

impl Holidays {
    pub(crate) fn parse(text: &str) -> Result<Self, CalendarError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Statements { as_of, covers, rest } = statements(text)?;
        let mut reader = table::reader(text);
        let columns = Columns::find(&Header::read(&mut reader)?)?;
        let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
        for record in reader.records() {
            let record = record.map_err(|error| table::csv_error(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = columns.row(&record, line)?;
            if !seen.insert((row.date, row.kind.is_swap())) {
                return Err(unreadable(line, columns.date, Problem::Duplicate(row.date)));
            }
            rows.push(row);
        }
        Ok(Self { as_of, covers, rest, rows })
    }
}

/// What `# as-of: DATE`, `# covers: FIRST LAST` and `# rest: sat sun` say.
struct Statements {
    as_of: Option<Date>,
    covers: Option<(Date, Date)>,
    rest: RestDays,
}

/// Reads the comment lines that state the file's date, coverage and rest days.
fn statements(text: &str) -> Result<Statements, CalendarError> {
    let (mut as_of, mut covers, mut rest) = (None, None, RestDays::SAT_SUN);
    for (line, comment) in (1..).zip(text.lines()) {
        let Some(comment) = comment.strip_prefix('#').map(str::trim) else { continue };
        let flaw = || CalendarError::Unreadable {
            line,
            column: 0,
            reason: Problem::Statement(comment.to_owned()),
        };
        if let Some(date) = comment.strip_prefix("as-of:") {
            as_of = Some(iso_date(date.trim()).ok_or_else(flaw)?);
        } else if let Some(dates) = comment.strip_prefix("covers:") {
            let mut dates = dates.split_whitespace().map(iso_date);
            let (Some(Some(from)), Some(Some(until)), None) =
                (dates.next(), dates.next(), dates.next())
            else {
                return Err(flaw());
            };
            covers = Some((from, until));
        } else if let Some(days) = comment.strip_prefix("rest:") {
            rest = RestDays::parse(days).ok_or_else(flaw)?;
        }
    }
    Ok(Statements { as_of, covers, rest })
}

/// Where the columns stand, from 0.
struct Columns {
    date: usize,
    kind: usize,
    weekday: Option<usize>,
    names: NameColumns,
    source: Option<usize>,
    confidence: Option<usize>,
}

impl Columns {
    fn find(header: &Header) -> Result<Self, CalendarError> {
        Ok(Self {
            date: header.need("date")?,
            kind: header.need("kind")?,
            weekday: header.at("weekday"),
            names: NameColumns::find(header),
            source: header.at("source"),
            confidence: header.at("confidence"),
        })
    }

    fn row(&self, record: &StringRecord, line: u64) -> Result<Row, CalendarError> {
        let date = table::date_in(record, self.date, line)?;
        if let Some((column, text)) = filled(record, self.weekday)
            && !text.eq_ignore_ascii_case(weekday_code(date.weekday()))
        {
            return Err(unreadable(line, column, Problem::Weekday(text.to_owned())));
        }
        let kind_text = record.get(self.kind).unwrap_or_default();
        let kind = RowKind::parse(kind_text, date)
            .ok_or_else(|| unreadable(line, self.kind, Problem::Kind(kind_text.to_owned())))?;
        let source = filled(record, self.source).map(|(_, text)| Arc::from(text));
        let estimated =
            filled(record, self.confidence).is_some_and(|(_, text)| text == "estimated");
        Ok(Row { date, kind, name: self.names.read(record, line)?, source, estimated })
    }
}

#[cfg(test)]
mod tests;

//! Reads the CSV text of a holiday file into rows. Must not decide whether a row is off: that
//! depends on the company and is settled by the builder.

use std::collections::BTreeSet;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;

use crate::day::DayName;
use crate::error::{CalendarError, Problem};
use crate::hours::weekday_code;

/// What a row's `kind` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// `statutory`, `tet`, `tet_weekend`, `public`.
    Holiday,
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
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "statutory" | "tet" | "tet_weekend" | "public" => Self::Holiday,
            "observed" => Self::InLieu,
            "observed_disputed" => Self::DisputedInLieu,
            "women_only" => Self::WomenHoliday,
            "women_only_observed" => Self::WomenInLieu,
            "swap_off" => Self::SwapOff,
            "swap_work" => Self::SwapWork,
            _ => return None,
        })
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
}

/// A holiday file: its rows in file order and what it states about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holidays {
    pub(crate) as_of: Option<Date>,
    pub(crate) covers: Option<(Date, Date)>,
    pub(crate) rows: Vec<Row>,
}

impl Holidays {
    pub(crate) fn parse(text: &str) -> Result<Self, CalendarError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (as_of, covers) = statements(text)?;
        let mut reader =
            ReaderBuilder::new().comment(Some(b'#')).trim(Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| csv_error(&error))?.clone();
        let columns = Columns::find(&header)?;
        let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
        for record in reader.records() {
            let record = record.map_err(|error| csv_error(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = columns.row(&record, line)?;
            if !seen.insert((row.date, row.kind.is_swap())) {
                return Err(unreadable(line, columns.date, Problem::Duplicate(row.date)));
            }
            rows.push(row);
        }
        Ok(Self { as_of, covers, rows })
    }
}

/// What `# as-of: DATE` and `# covers: FIRST LAST` say.
type Statements = (Option<Date>, Option<(Date, Date)>);

/// Reads the comment lines that state the file's date and coverage.
fn statements(text: &str) -> Result<Statements, CalendarError> {
    let (mut as_of, mut covers) = (None, None);
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
        }
    }
    Ok((as_of, covers))
}

/// Where the columns stand, from 0.
struct Columns {
    date: usize,
    kind: usize,
    weekday: Option<usize>,
    vi: Option<usize>,
    en: Option<usize>,
    lo: Option<usize>,
    source: Option<usize>,
}

impl Columns {
    fn find(header: &StringRecord) -> Result<Self, CalendarError> {
        let at = |name: &str| header.iter().position(|column| column == name);
        let line = header.position().map_or(1, csv::Position::line);
        let need = |name: &'static str| {
            at(name).ok_or(CalendarError::Unreadable {
                line,
                column: 0,
                reason: Problem::ColumnMissing(name),
            })
        };
        Ok(Self {
            date: need("date")?,
            kind: need("kind")?,
            weekday: at("weekday"),
            vi: at("name_vi"),
            en: at("name_en"),
            lo: at("name_lo"),
            source: at("source"),
        })
    }

    fn row(&self, record: &StringRecord, line: u64) -> Result<Row, CalendarError> {
        let date_text = record.get(self.date).unwrap_or_default();
        let date = iso_date(date_text)
            .ok_or_else(|| unreadable(line, self.date, Problem::Date(date_text.to_owned())))?;
        if let Some((column, text)) = filled(record, self.weekday)
            && !text.eq_ignore_ascii_case(weekday_code(date.weekday()))
        {
            return Err(unreadable(line, column, Problem::Weekday(text.to_owned())));
        }
        let kind_text = record.get(self.kind).unwrap_or_default();
        let kind = RowKind::parse(kind_text)
            .ok_or_else(|| unreadable(line, self.kind, Problem::Kind(kind_text.to_owned())))?;
        let source = filled(record, self.source).map(|(_, text)| Arc::from(text));
        Ok(Row { date, kind, name: self.name(record, line)?, source })
    }

    fn name(&self, record: &StringRecord, line: u64) -> Result<Option<DayName>, CalendarError> {
        let missing = |column: Option<usize>, language| CalendarError::Unreadable {
            line,
            column: column.map_or(0, |column| column as u64 + 1),
            reason: Problem::NameMissing(language),
        };
        let lo = filled(record, self.lo).map(|(_, text)| Arc::from(text));
        match (filled(record, self.vi), filled(record, self.en)) {
            (Some((_, vi)), Some((_, en))) => {
                Ok(Some(DayName { vi: vi.into(), en: en.into(), lo }))
            }
            (None, None) if lo.is_none() => Ok(None),
            (None, _) => Err(missing(self.vi, "vi")),
            (Some(_), None) => Err(missing(self.en, "en")),
        }
    }
}

/// The text of an optional column, if it is there and not empty.
fn filled(record: &StringRecord, column: Option<usize>) -> Option<(usize, &str)> {
    let column = column?;
    record.get(column).filter(|text| !text.is_empty()).map(|text| (column, text))
}

/// A date written `YYYY-MM-DD` and nothing else.
fn iso_date(text: &str) -> Option<Date> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

fn unreadable(line: u64, column: usize, reason: Problem) -> CalendarError {
    CalendarError::Unreadable { line, column: column as u64 + 1, reason }
}

fn csv_error(error: &csv::Error) -> CalendarError {
    let line = error.position().map_or(0, csv::Position::line);
    CalendarError::Unreadable { line, column: 0, reason: Problem::Csv(error.to_string()) }
}

#[cfg(test)]
mod tests;

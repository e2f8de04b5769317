//! Cells of the CSV texts: dates, names, and where a mistake stands. Must not know what a row means.

use csv::{ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;

use crate::day::DayName;
use crate::error::{CalendarError, Problem};

/// A reader of a text with a header and `#` comments.
pub(crate) fn reader(text: &str) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().comment(Some(b'#')).trim(Trim::All).from_reader(text.as_bytes())
}

/// The header, by which columns are found.
pub(crate) struct Header(StringRecord);

impl Header {
    pub(crate) fn read(reader: &mut csv::Reader<&[u8]>) -> Result<Self, CalendarError> {
        let header = reader.headers().map_err(|error| csv_error(&error))?.clone();
        for (index, name) in header.iter().enumerate() {
            let first = header.iter().position(|other| other == name);
            if first != Some(index) && !name.is_empty() {
                let line = header.position().map_or(1, csv::Position::line);
                return Err(unreadable(line, index, Problem::ColumnTwice(name.to_owned())));
            }
        }
        Ok(Self(header))
    }

    /// A column that may be missing, from 0.
    pub(crate) fn at(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column == name)
    }

    /// A column that must be there, from 0.
    pub(crate) fn need(&self, name: &'static str) -> Result<usize, CalendarError> {
        let line = self.0.position().map_or(1, csv::Position::line);
        let reason = Problem::ColumnMissing(name);
        self.at(name).ok_or(CalendarError::Unreadable { line, column: 0, reason })
    }
}

/// Where the names of a day stand.
pub(crate) struct NameColumns {
    vi: Option<usize>,
    en: Option<usize>,
    lo: Option<usize>,
}

impl NameColumns {
    pub(crate) fn find(header: &Header) -> Self {
        Self { vi: header.at("name_vi"), en: header.at("name_en"), lo: header.at("name_lo") }
    }

    /// The name of a row: Vietnamese and English together, or none.
    pub(crate) fn read(
        &self,
        record: &StringRecord,
        line: u64,
    ) -> Result<Option<DayName>, CalendarError> {
        let missing = |column: Option<usize>, language| CalendarError::Unreadable {
            line,
            column: column.map_or(0, |column| column as u64 + 1),
            reason: Problem::NameMissing(language),
        };
        let lo = filled(record, self.lo).map(|(_, text)| text.into());
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

/// The date in a column.
pub(crate) fn date_in(
    record: &StringRecord,
    column: usize,
    line: u64,
) -> Result<Date, CalendarError> {
    let text = record.get(column).unwrap_or_default();
    iso_date(text).ok_or_else(|| unreadable(line, column, Problem::Date(text.to_owned())))
}

/// The text of an optional column, if it is there and not empty.
pub(crate) fn filled(record: &StringRecord, column: Option<usize>) -> Option<(usize, &str)> {
    let column = column?;
    record.get(column).filter(|text| !text.is_empty()).map(|text| (column, text))
}

/// A date written `YYYY-MM-DD` and nothing else.
pub(crate) fn iso_date(text: &str) -> Option<Date> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

/// A mistake in a column counted from 0.
pub(crate) fn unreadable(line: u64, column: usize, reason: Problem) -> CalendarError {
    CalendarError::Unreadable { line, column: column as u64 + 1, reason }
}

pub(crate) fn csv_error(error: &csv::Error) -> CalendarError {
    let line = error.position().map_or(0, csv::Position::line);
    CalendarError::Unreadable { line, column: 0, reason: Problem::Csv(error.to_string()) }
}

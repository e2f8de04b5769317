//! Everything of an installation that its events do not say again, as rows of named values: read
//! page by page for an export, and written into a fresh file by an import.
//! Must not hold a read row, nor what ends with the machine: sessions, links, leases, unused uploads.

mod tables;

#[cfg(test)]
pub(crate) use tables::every_statement;
pub use tables::{CARRIED, CarriedColumn, CarriedKind, CarriedTable};

use jiff::Timestamp;

use crate::engine::Engine;
use crate::error::StoreError;
use crate::ids::StreamId;
use crate::reads::StoredEvent;
use crate::sequencer::{Head, put_head};
use crate::store::Store;
use crate::tiles;
use crate::value::{Line, Statement, Val, question, statements, stmt};
use crate::write::{ADD_TOTAL, Written};

/// Rows of one page.
const CARRIED_PAGE: i64 = 500;

/// A value of a carried row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CarriedValue {
    /// None: a missing text, or an instant that never comes.
    Nothing,
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An instant.
    Instant(Timestamp),
}

/// A row of a [`CarriedTable`]: its values in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedRow {
    /// Its table.
    pub table: &'static CarriedTable,
    /// Its values.
    pub values: Vec<CarriedValue>,
}

impl CarriedRow {
    /// The values of its key.
    pub fn key(&self) -> &[CarriedValue] {
        self.values.get(..self.table.key).unwrap_or(&self.values)
    }
}

/// What an import writes into a fresh file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// An event as it was stored, leaf and salts included.
    Event(Box<StoredEvent>),
    /// A row that events do not say again.
    Row(CarriedRow),
    /// The end of the log, last.
    Head(Head),
}

statements! {
    CARRY_EVENT = "INSERT INTO event (pos, stream, version, kind, schema_version, at, \
        recorded_at, actor, facts, words, salt, words_salt, words_commitment, leaf) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    DIGESTS_AFTER = "SELECT DISTINCT digest FROM upload WHERE digest > $1 AND used_by <> '' \
        ORDER BY digest LIMIT $2";
}

impl Store {
    /// Rows of a table after the one given (none at first), in the order of their keys.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn carried(
        &self,
        table: &'static CarriedTable,
        after: Option<&CarriedRow>,
    ) -> Result<Vec<CarriedRow>, StoreError> {
        let mut params: Vec<Val<'static>> = match after {
            Some(row) => {
                let columns = table.columns.iter().zip(row.key());
                columns.map(|(column, value)| value.stored(column.kind).into_owned()).collect()
            }
            None => table.start(),
        };
        params.push(Val::Int(CARRIED_PAGE));
        let statement = Statement { sql: table.select.into(), params };
        let read = move |line: &mut Line| table.read(line);
        self.read(move |reader| crate::reads::all(reader, &statement, read)).await
    }

    /// Digests of the bytes that used uploads name, each once, after the one given (empty at first).
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn digests_after(&self, after: &str) -> Result<Vec<String>, StoreError> {
        let statement = question!(DIGESTS_AFTER; after, CARRIED_PAGE);
        self.read(move |reader| crate::reads::all(reader, &statement, Line::text)).await
    }
}

/// Writes what an import brings, inside the open transaction.
pub(crate) fn write(engine: &mut dyn Engine, carried: &[Carried]) -> Result<Written, StoreError> {
    let mut changed = 0;
    for one in carried {
        changed += match one {
            Carried::Event(event) => engine.execute(&put_event(event))?,
            Carried::Row(row) => {
                let columns = row.table.columns.iter().zip(&row.values);
                let params =
                    columns.map(|(column, value)| value.stored(column.kind).into_owned()).collect();
                let written =
                    engine.execute(&Statement { sql: row.table.insert.into(), params })?;
                // What all files take together is counted, and not carried.
                if let ("file", Some(CarriedValue::Number(bytes))) =
                    (row.table.name, row.values.get(1))
                {
                    engine.execute(&stmt!(ADD_TOTAL; *bytes))?;
                }
                written
            }
            Carried::Head(head) => {
                let written = engine.execute(&put_head(head))?;
                tiles::fill_within(engine)?;
                written
            }
        };
    }
    Ok(Written::Changed(changed))
}

fn put_event(event: &StoredEvent) -> Statement<'_> {
    let words_salt = event.words_salt.as_ref();
    stmt!(CARRY_EVENT; event.pos, StreamId::as_str(&event.stream), event.version, &event.kind,
        i64::from(event.schema), event.at, event.recorded_at, &event.actor, &event.facts,
        event.words.as_ref(), &event.salt,
        words_salt.map_or(Val::Null, |salt| Val::from(salt.as_slice())),
        event.words_commitment.as_ref(), &event.leaf)
}

impl CarriedValue {
    /// The value as a column of this kind holds it.
    fn stored(&self, kind: CarriedKind) -> Val<'_> {
        match self {
            Self::Nothing if kind == CarriedKind::MaybeInstant => Val::from(None::<Timestamp>),
            Self::Nothing => Val::Null,
            Self::Number(number) => Val::Int(*number),
            Self::Text(text) => Val::from(text),
            Self::Bytes(bytes) => Val::from(bytes),
            Self::Instant(at) => Val::from(*at),
        }
    }
}

impl CarriedTable {
    /// Where the first page begins: before every key.
    fn start(&self) -> Vec<Val<'static>> {
        let least = |column: &CarriedColumn| match column.kind {
            CarriedKind::Bytes => Val::from(Vec::new()),
            CarriedKind::Text | CarriedKind::MaybeText => Val::from(String::new()),
            CarriedKind::Number | CarriedKind::Instant | CarriedKind::MaybeInstant => {
                Val::Int(i64::MIN)
            }
        };
        self.columns.iter().take(self.key).map(least).collect()
    }

    fn read(&'static self, line: &mut Line) -> Result<CarriedRow, StoreError> {
        let value = |column: &CarriedColumn| {
            Ok(match column.kind {
                CarriedKind::Text => CarriedValue::Text(line.text()?),
                CarriedKind::MaybeText => {
                    line.maybe_text()?.map_or(CarriedValue::Nothing, CarriedValue::Text)
                }
                CarriedKind::Number => CarriedValue::Number(line.int()?),
                CarriedKind::Bytes => CarriedValue::Bytes(line.bytes()?),
                CarriedKind::Instant => CarriedValue::Instant(line.instant()?),
                CarriedKind::MaybeInstant => {
                    line.maybe_instant()?.map_or(CarriedValue::Nothing, CarriedValue::Instant)
                }
            })
        };
        Ok(CarriedRow {
            table: self,
            values: self.columns.iter().map(value).collect::<Result<_, StoreError>>()?,
        })
    }
}

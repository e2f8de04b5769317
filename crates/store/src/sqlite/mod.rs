//! `SQLite`: opening, locks, binding by name, errors. All that is this engine's own is here.
//! Must not know a table; SQL that both engines share stands beside the code that uses it.

mod readers;
pub(crate) mod search;
mod writer;

pub(crate) use readers::{Reader, Readers};
pub(crate) use writer::{Writer, pending_on};

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, OptionalExtension as _, ToSql};

use crate::engine::Query as _;
use crate::error::StoreError;
use crate::migrate::Dialect;
use crate::value::{Line, Statement, Val};

/// How `SQLite` spells the macros of the migrations.
pub(crate) const DIALECT: Dialect = Dialect {
    bytes: "BLOB",
    pos: "INTEGER PRIMARY KEY",
    key: "TEXT",
    clustered: " WITHOUT ROWID",
    twins: &[("0001_start", include_str!("../../migrations/0001_start.sqlite.sql"))],
};

/// Statements kept prepared on each connection; more than the crate has.
const STATEMENTS_CACHED: usize = 256;

fn connect(path: &Path, flags: OpenFlags, wait: Duration) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(failure)?;
    connection.busy_timeout(wait).map_err(failure)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    // One plan for a statement, whatever is bound to it: without this a statement is prepared anew
    // each time another value is bound, and the plans held by tests are not those that run.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failure)?;
    Ok(connection)
}

/// Reads a little by connections that have kept nothing: the head as it stands, which the log of
/// changes has, and the beginning of the file itself.
pub(crate) fn look_into(path: &Path, wait: Duration) -> Result<(), StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, wait)?;
    let head = connection.query_row("SELECT pos FROM head WHERE id = 1", [], |_| Ok(()));
    head.optional().map_err(failure)?;
    // Not by the system's own calls: closing a file would drop the locks the engine has on it.
    let name = path.to_string_lossy();
    let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let file = connect(Path::new(&format!("file:{name}?immutable=1")), flags, wait)?;
    file.query_row("PRAGMA user_version", [], |_| Ok(())).map_err(failure)
}

/// Copies the database as one reading sees it, without what was deleted, and flushes the copy.
pub(crate) fn copy_into(path: &Path, wait: Duration, file: &Path) -> Result<(), StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, wait)?;
    let name = file.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [name.as_ref()]).map_err(failure)?;
    let flushed = std::fs::File::open(file).and_then(|file| file.sync_all());
    flushed.map_err(|error| StoreError::Io { source: Box::new(error) })
}

/// What the engine finds wrong with its own file.
pub(crate) fn flaws(reader: &mut Reader) -> Result<Vec<String>, StoreError> {
    let statement = Statement { sql: "PRAGMA quick_check(20)".into(), params: vec![] };
    let lines = reader.query(&statement)?.into_iter();
    let said: Vec<String> = lines.map(|mut line| line.text()).collect::<Result<_, _>>()?;
    Ok(said.into_iter().filter(|said| said != "ok").collect())
}

impl ToSql for Val<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Int(value) => ToSqlOutput::Owned(Value::Integer(*value)),
            Self::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Self::Bytes(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
        })
    }
}

/// Binds `$n` to the n-th value by the parameter's name: `SQLite` numbers parameters by first
/// appearance in the text.
fn bind(prepared: &mut CachedStatement<'_>, params: &[Val<'_>]) -> Result<(), StoreError> {
    for index in 1..=prepared.parameter_count() {
        let number: usize = prepared
            .parameter_name(index)
            .and_then(|name| name.strip_prefix('$'))
            .and_then(|digits| digits.parse().ok())
            .expect("every parameter of our statements is `$` and a number");
        let value = params.get(number - 1).expect("every parameter has its value");
        prepared.raw_bind_parameter(index, value).map_err(failure)?;
    }
    Ok(())
}

fn query(connection: &Connection, statement: &Statement<'_>) -> Result<Vec<Line>, StoreError> {
    let mut prepared = connection.prepare_cached(&statement.sql).map_err(failure)?;
    bind(&mut prepared, &statement.params)?;
    let columns = prepared.column_count();
    let mut rows = prepared.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().map_err(failure)? {
        let values =
            (0..columns).map(|column| row.get_ref(column).map_err(failure).and_then(value));
        lines.push(Line::new(values.collect::<Result<_, _>>()?));
    }
    Ok(lines)
}

fn value(value: ValueRef<'_>) -> Result<Val<'static>, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt { what: what.to_owned() };
    match value {
        ValueRef::Null => Ok(Val::Null),
        ValueRef::Integer(number) => Ok(Val::Int(number)),
        ValueRef::Text(text) => String::from_utf8(text.to_vec())
            .map(Val::from)
            .map_err(|_| corrupt("a text that is not UTF-8")),
        ValueRef::Blob(bytes) => Ok(Val::from(bytes.to_vec())),
        ValueRef::Real(_) => Err(corrupt("a floating number in a column of whole numbers")),
    }
}

/// Sorts an error of `SQLite` by what the caller can do about it.
fn failure(error: rusqlite::Error) -> StoreError {
    let code = error.sqlite_error_code();
    let detail = error.to_string();
    let source = Box::new(error);
    if code == Some(ErrorCode::DiskFull) {
        StoreError::DiskFull { source }
    } else if matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) {
        StoreError::Busy { source }
    } else if code == Some(ErrorCode::ConstraintViolation) {
        StoreError::Constraint { detail, source }
    } else if matches!(code, Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt)) {
        // What the disk does not give, this engine calls malformed.
        StoreError::Io { source }
    } else {
        StoreError::Engine { source }
    }
}

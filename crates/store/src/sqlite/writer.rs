//! The one write connection of this process. It belongs to the sequencer's thread.
//! Must not be shared: another process is kept out by the lock that `begin` takes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::{DIALECT, bind, connect, copy_into, failure, query};
use crate::engine::{Engine, Query};
use crate::error::{StoreError, micros};
use crate::migrate::pending;
use crate::value::{Line, Statement};

/// Pages of the log of changes after which it is written back (4 KiB each).
const CHECKPOINT_PAGES: u32 = 4_000;
/// What is kept of the log of changes once it was written back, in bytes: twice what it holds before.
const CHANGES_BYTES_KEPT: u32 = 2 * CHECKPOINT_PAGES * 4_096;

/// How often the log of changes is asked for while others make the same file.
const TURNS_MAX: usize = 100;

/// Creates the table of migrations; the only SQL that is run on every start.
const MIGRATION_TABLE: &str =
    "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)";

pub(crate) struct Writer {
    connection: Connection,
}

impl Writer {
    /// Opens or creates the file and brings its schema up to date.
    pub(crate) fn open(
        path: &Path,
        wait: Duration,
        pages_max: Option<u32>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let connection = connect(path, flags, wait)?;
        log_of_changes(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failure)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES).map_err(failure)?;
        // A reader that never ended lets it grow without end; what it grew to is given back later.
        connection
            .pragma_update(None, "journal_size_limit", CHANGES_BYTES_KEPT)
            .map_err(failure)?;
        // Erased words must not stay readable in freed pages of the file.
        connection.pragma_update(None, "secure_delete", "ON").map_err(failure)?;
        if let Some(pages) = pages_max {
            connection.pragma_update(None, "max_page_count", pages).map_err(failure)?;
        }
        let mut writer = Self { connection };
        // Nobody else writes, or upgrades, from here to the end of the upgrade.
        writer.begin()?;
        let upgraded = writer.keep_before_migrating(path, wait).and_then(|()| writer.migrate(now));
        upgraded.inspect_err(|_| writer.rollback())?;
        writer.commit()?;
        Ok(writer)
    }

    /// Keeps the file of an earlier version beside the one that is about to change, under the name
    /// of the first migration: `redress.sqlite.before-0002_later`. Killed here or later, the next
    /// start does it again.
    fn keep_before_migrating(&self, path: &Path, wait: Duration) -> Result<(), StoreError> {
        let applied = applied(&self.connection)?;
        let first = pending(&applied, &DIALECT)?.first().map(|(name, _)| *name);
        let Some(first) = first.filter(|_| !applied.is_empty()) else { return Ok(()) };
        let beside = |mark: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(mark);
            PathBuf::from(name)
        };
        let (part, kept) = (beside(".before.part"), beside(&format!(".before-{first}")));
        let io = |error: std::io::Error| StoreError::Io { source: Box::new(error) };
        match std::fs::remove_file(&part) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
        // Another connection: this one is within the transaction of the upgrade.
        copy_into(path, wait, &part)?;
        std::fs::rename(&part, &kept).map_err(io)?;
        flush_folder(path).map_err(io)?;
        tracing::info!(file = %kept.display(), "the database is kept as it was before the upgrade");
        Ok(())
    }

    fn migrate(&self, now: Timestamp) -> Result<(), StoreError> {
        self.connection.execute_batch(MIGRATION_TABLE).map_err(failure)?;
        let applied = applied(&self.connection)?;
        for (name, text) in pending(&applied, &DIALECT)? {
            self.connection.execute_batch(&text).map_err(failure)?;
            self.connection
                .execute("INSERT INTO migration VALUES (?1, ?2)", (name, micros(now)))
                .map_err(failure)?;
        }
        Ok(())
    }
}

/// Makes the names in the folder of this file durable.
#[cfg(unix)]
fn flush_folder(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Elsewhere a folder cannot be flushed.
#[cfg(not(unix))]
fn flush_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// The migrations a file has had; none in a new one.
fn applied(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let known = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'";
    if !connection.prepare(known).and_then(|mut known| known.exists([])).map_err(failure)? {
        return Ok(vec![]);
    }
    let mut prepared =
        connection.prepare("SELECT name FROM migration ORDER BY name").map_err(failure)?;
    let names = prepared.query_map([], |row| row.get(0)).map_err(failure)?;
    names.collect::<Result<_, _>>().map_err(failure)
}

/// The migrations this version would run on a file, without running them.
pub(crate) fn pending_on(path: &Path, wait: Duration) -> Result<Vec<&'static str>, StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, wait)?;
    let missing = pending(&applied(&connection)?, &DIALECT)?;
    Ok(missing.into_iter().map(|(name, _)| name).collect())
}

/// Turns the log of changes on. `SQLite` does not wait where two that read both want the whole
/// file for this; waiting for the right to write and asking again lets one after the other through.
fn log_of_changes(connection: &Connection) -> Result<(), StoreError> {
    let turned_on = || connection.pragma_update(None, "journal_mode", "WAL").map_err(failure);
    for _ in 0..TURNS_MAX {
        match turned_on() {
            Err(StoreError::Busy { .. }) => {}
            done => return done,
        }
        connection.execute_batch("BEGIN IMMEDIATE; COMMIT").map_err(failure)?;
    }
    turned_on()
}

impl Query for Writer {
    fn query(&mut self, statement: &Statement) -> Result<Vec<Line>, StoreError> {
        query(&self.connection, statement)
    }
}

impl Engine for Writer {
    fn execute(&mut self, statement: &Statement) -> Result<u64, StoreError> {
        let mut prepared = self.connection.prepare_cached(&statement.sql).map_err(failure)?;
        bind(&mut prepared, &statement.params)?;
        let changed = prepared.raw_execute().map_err(failure)?;
        Ok(changed as u64)
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(failure)
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("COMMIT").map_err(failure)
    }

    fn rollback(&mut self) {
        if self.connection.is_autocommit() {
            return;
        }
        if let Err(error) = self.connection.execute_batch("ROLLBACK") {
            tracing::error!(%error, "a transaction could not be taken back");
        }
    }
}

//! The one write connection of this process. It belongs to the sequencer's thread.
//! Must not be shared: another process is kept out by the lock that `begin` takes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::hooks::Wal;
use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, MAIN_DB, OpenFlags};

use super::{DIALECT, bind, connect, copy_into, failure, look_into, query};
use crate::engine::{Engine, Query};
use crate::error::{StoreError, micros};
use crate::migrate::pending;
use crate::value::{Line, Statement};

/// Pages of the log of changes after which it is written back (4 KiB each).
const CHECKPOINT_PAGES: u32 = 4_000;
/// What is kept of the log of changes once it was written back: twice what it holds before.
const CHANGES_PAGES_KEPT: u32 = 2 * CHECKPOINT_PAGES;
const CHANGES_BYTES_KEPT: u32 = CHANGES_PAGES_KEPT * 4_096;

/// Memory for pages of the file, so that the inner pages of all indexes stay in it.
const CACHE_KIB: i32 = 16 * 1024;

/// Pages of the search index written anew in one step, so that others get their turn in between.
const RENEWED_PAGES: i64 = 500;

/// How long everybody waits at once for those who read, so that the log of changes can be emptied.
const EMPTY_WAIT: Duration = Duration::from_millis(300);

/// How often the log of changes is asked for while others make the same file.
const TURNS_MAX: usize = 100;

/// Creates the table of migrations; the only SQL that is run on every start.
const MIGRATION_TABLE: &str =
    "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)";

pub(crate) struct Writer {
    path: PathBuf,
    connection: Connection,
    /// Pages of the log of changes after the last COMMIT; none once they were written back.
    log_pages: Arc<AtomicU32>,
    /// How long it waits for a lock.
    wait: Duration,
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
        let mut connection = connect(path, flags, wait)?;
        log_of_changes(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failure)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB).map_err(failure)?;
        let log_pages = count_log_pages(&mut connection)?;
        // A reader that never ended lets it grow without end; what it grew to is given back later.
        connection
            .pragma_update(None, "journal_size_limit", CHANGES_BYTES_KEPT)
            .map_err(failure)?;
        // Erased words must not stay readable in freed pages of the file.
        connection.pragma_update(None, "secure_delete", "ON").map_err(failure)?;
        if let Some(pages) = pages_max {
            connection.pragma_update(None, "max_page_count", pages).map_err(failure)?;
        }
        let mut writer = Self { path: path.to_owned(), connection, log_pages, wait };
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

    /// Gives the room back that a log of changes took which is written back whole. The next COMMIT would
    /// do it too, but the next may be hours away. Waits for nobody: callers wait for this thread.
    fn give_back(&self) -> Result<(), StoreError> {
        self.connection.busy_timeout(Duration::ZERO).map_err(failure)?;
        let done = self.connection.wal_checkpoint_v2(Some(MAIN_DB), CheckpointMode::TRUNCATE);
        self.connection.busy_timeout(self.wait).map_err(failure)?;
        done.map(drop).map_err(failure)
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

/// One step at merging the whole search index into one part, which leaves deleted words behind; the
/// first step says that all of it is to be merged. A step that changes nothing was one too many.
fn renew(connection: &Connection, is_first: bool) -> Result<bool, StoreError> {
    let changes = || connection.query_row("SELECT total_changes()", [], |row| row.get::<_, i64>(0));
    let before = changes().map_err(failure)?;
    let pages = if is_first { -RENEWED_PAGES } else { RENEWED_PAGES };
    connection
        .execute("INSERT INTO search (search, rank) VALUES ('merge', ?1)", [pages])
        .map_err(failure)?;
    Ok(changes().map_err(failure)? - before >= 2)
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

/// Keeps count of the pages in the log of changes. By itself `SQLite` would write them back inside
/// COMMIT, while callers wait, and would tell nobody of a disk that fails at it.
fn count_log_pages(connection: &mut Connection) -> Result<Arc<AtomicU32>, StoreError> {
    let counted = Arc::new(AtomicU32::new(0));
    let pages_now = Arc::clone(&counted);
    // Before the hook: this setting is a hook of its own.
    connection.pragma_update(None, "wal_autocheckpoint", 0).map_err(failure)?;
    let hook = move |_: &mut Wal, pages: i32| {
        pages_now.store(u32::try_from(pages).unwrap_or(u32::MAX), Ordering::Relaxed);
        Ok(())
    };
    connection.wal_hook(Some(hook)).map_err(failure)?;
    Ok(counted)
}

impl Query for Writer {
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Line>, StoreError> {
        query(&self.connection, statement)
    }
}

impl Engine for Writer {
    fn execute(&mut self, statement: &Statement<'_>) -> Result<u64, StoreError> {
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

    fn write_back(&mut self) -> Result<(), StoreError> {
        if self.log_pages.load(Ordering::Relaxed) < CHECKPOINT_PAGES {
            return Ok(());
        }
        let done = self.connection.wal_checkpoint_v2(Some(MAIN_DB), CheckpointMode::PASSIVE);
        let (pages, written) = done.map_err(failure)?;
        // What a reading keeps from being written back now is tried again the next time.
        if written == pages {
            if u32::try_from(pages).is_ok_and(|pages| pages > CHANGES_PAGES_KEPT) {
                self.give_back()?;
            }
            self.log_pages.store(0, Ordering::Relaxed);
        }
        Ok(())
    }

    fn look(&self) -> Result<(), StoreError> {
        look_into(&self.path, self.wait)
    }

    fn renew_search(&mut self, is_first: bool) -> Result<bool, StoreError> {
        self.begin()?;
        let renewed = renew(&self.connection, is_first);
        let more = renewed.inspect_err(|_| self.rollback())?;
        self.commit()?;
        Ok(more)
    }

    fn empty_log(&mut self) -> Result<bool, StoreError> {
        self.connection.busy_timeout(EMPTY_WAIT).map_err(failure)?;
        let done = self.connection.wal_checkpoint_v2(Some(MAIN_DB), CheckpointMode::TRUNCATE);
        self.connection.busy_timeout(self.wait).map_err(failure)?;
        match done.map_err(failure) {
            Ok(_) => self.log_pages.store(0, Ordering::Relaxed),
            Err(StoreError::Busy { .. }) => return Ok(false),
            Err(error) => return Err(error),
        }
        Ok(true)
    }

    fn leave(&mut self) {
        // Closing would write back too. Left alone, the log is read from its beginning at the next start.
        let off = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        if let Err(error) = self.connection.set_db_config(off, true) {
            tracing::error!(%error, "the log of changes may be written back at the end");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::stmt;

    #[test]
    fn a_writer_that_leaves_the_files_as_they_are_leaves_the_log_of_changes_at_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let (path, log) = (folder.path().join("a.db"), folder.path().join("a.db-wal"));
        let open = || Writer::open(&path, Duration::from_secs(1), None, Timestamp::UNIX_EPOCH);
        for (name, leaves) in [("a", false), ("b", true)] {
            let mut writer = open().unwrap();
            writer.begin().unwrap();
            let put = stmt!("INSERT INTO counter (name, next) VALUES ($1, 1)"; name);
            writer.execute(&put).unwrap();
            writer.commit().unwrap();
            if leaves {
                writer.leave();
            }
            drop(writer);
            assert_eq!(log.exists(), leaves, "closing writes back where nothing is in doubt");
        }
        let counters = open().unwrap().query(&stmt!("SELECT name FROM counter";)).unwrap();
        assert_eq!(counters.len(), 2);
    }
}

//! The log of changes beside the database: whether a reading that does not end keeps it from being written
//! back. Must not end anybody's reading.

use std::{
    fs::{self, File},
    io,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use redress_store::StoreError;

use crate::{App, AppError};

/// What the log of changes stays under while readings end, in bytes: four times the size at which it is
/// written back. Beyond it something holds it, and it fills the disk in time.
const CHANGES_BYTES_MAX: u64 = 64 << 20;
/// How long a reading may hold it so: longer than a backup takes to copy the database of a million
/// complaints while many complain, and short against what fills a disk.
const HELD_MAX: Duration = Duration::from_mins(5);
/// The file in the data folder that is as old as the log of changes is too long: every process sees it.
const MARK: &str = "changes-held";

impl App {
    /// Bytes of the log of changes, where it is longer than it can be without somebody who has held it
    /// for five minutes, by the clock of the disk. Nothing while [`App::look_at_changes`] is not called.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the system does not say.
    pub fn changes_held(&self) -> Result<Option<u64>, AppError> {
        let Some((bytes, grown_at)) = self.changes_grown()? else { return Ok(None) };
        let since = match fs::metadata(self.changes_mark()).and_then(|mark| mark.modified()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => found.map_err(unreadable)?,
        };
        // A clock that was put back says nothing.
        let held = grown_at.duration_since(since).unwrap_or_default();
        Ok((held >= HELD_MAX).then_some(bytes))
    }

    /// Has a log of changes that grew too long written back, and where a reading holds it, remembers
    /// since when. Call it each second.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the system does not say, or nothing can be remembered.
    pub async fn look_at_changes(&self) -> Result<(), AppError> {
        if self.changes_grown()?.is_some() {
            self.store.touch().await?;
        }
        let mark = self.changes_mark();
        let done = match self.changes_grown()? {
            Some(_) => File::create_new(mark).map(drop),
            None => fs::remove_file(mark),
        };
        match done.map_err(|error| (error.kind(), error)) {
            Ok(()) | Err((io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound, _)) => Ok(()),
            Err((_, error)) => Err(unreadable(error)),
        }
    }

    /// A log of changes that is too long: its bytes, and when it last grew.
    fn changes_grown(&self) -> Result<Option<(u64, SystemTime)>, AppError> {
        let changes = self.store.changes()?;
        Ok(changes.filter(|(bytes, _)| *bytes > CHANGES_BYTES_MAX))
    }

    fn changes_mark(&self) -> PathBuf {
        self.folder.join(MARK)
    }
}

fn unreadable(error: io::Error) -> AppError {
    StoreError::Io { source: Box::new(error) }.into()
}

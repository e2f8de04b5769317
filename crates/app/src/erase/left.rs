//! What of an erased person is not gone yet: copies made before. Must not claim that something goes
//! that no program takes away.

use std::{fs, io};

use jiff::Timestamp;
use serde::Serialize;

use crate::{App, AppError, Schedule};

/// How the database is called that is kept beside the data before an upgrade.
const BEFORE_UPGRADE: &str = "redress.sqlite.before-";

/// A backup that was taken before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupLeft {
    /// Where it lies.
    pub file: String,
    /// When it was taken.
    pub made_at: String,
    /// When it goes, if backups go on being taken as they are.
    pub goes_at: String,
}

/// What is not gone yet, and until when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Whether deleted words may still stand in the log of changes, because somebody read all the
    /// while: a job tries again until they are gone.
    pub log_of_changes: bool,
    /// Backups of the schedule.
    pub backups: Vec<BackupLeft>,
    /// Databases kept before an upgrade: whoever administers deletes them.
    pub before_upgrades: Vec<String>,
}

impl App {
    /// Says by which schedule backups are taken here, so that an erasure can tell when they go.
    pub fn keeps_backups(&self, schedule: Schedule) {
        // A second schedule for the same process would be a fault of ours; the first one holds.
        drop(self.backups.set(schedule));
    }

    /// What a person who was erased would still be found in.
    ///
    /// # Errors
    ///
    /// [`AppError::Io`] when the folders cannot be read.
    pub fn left_after_erasure(&self) -> Result<Left, AppError> {
        self.left(false)
    }

    pub(super) fn left(&self, log_of_changes: bool) -> Result<Left, AppError> {
        let mut before_upgrades = vec![];
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(BEFORE_UPGRADE) {
                before_upgrades.push(path.display().to_string());
            }
        }
        before_upgrades.sort_unstable();
        Ok(Left { log_of_changes, backups: self.backups_left()?, before_upgrades })
    }

    fn backups_left(&self) -> Result<Vec<BackupLeft>, AppError> {
        let Some(schedule) = self.backups.get() else { return Ok(vec![]) };
        let ends = match schedule.ends(self.world.now()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
            ends => ends?,
        };
        let said = |at: Timestamp| format!("{at:.0}");
        let left = ends.into_iter().map(|(file, made_at, goes_at)| BackupLeft {
            file: file.display().to_string(),
            made_at: said(made_at),
            goes_at: said(goes_at),
        });
        Ok(left.collect())
    }
}

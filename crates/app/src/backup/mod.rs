//! Backups: one file with everything that cannot be made again, and back from it onto an empty
//! folder. Must not touch the installation it copies, nor a folder that holds anything.
//!
//! The file is a tar archive: a manifest, the database as one reading saw it, the installation's
//! key, and every attachment under its digest. It is written beside its name and renamed once it
//! was read back whole, so a file with the name of a backup is one.

pub(crate) mod archive;
mod restore;
mod schedule;
mod take;

use std::{io, path::PathBuf};

use jiff::Timestamp;
use redress_store::{LogFault, StoreError};
use serde::{Deserialize, Serialize};

use crate::export::NoRoom;
pub use restore::restore;
pub use schedule::Schedule;
use take::take_backup;

/// The manifest, first in the archive.
const MANIFEST: &str = "redress-backup.json";
/// The database in archive and data folder.
const DATABASE: &str = "redress.sqlite";
/// The installation's key in archive and data folder.
const KEY: &str = "installation.key";
/// The attachments in archive and data folder.
const FILES: &str = "files";
/// The form of the archive this program writes and reads.
const FORMAT: u32 = 1;

/// The list of attachments that are not as they were sent, last in the archive where there are any.
const ROTTEN: &str = "redress-rotten.json";

/// An attachment that is not as it was sent: the disk forgot some of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotten {
    /// SHA-256 of what was sent, hexadecimal: its name.
    pub sha256: String,
    /// SHA-256 of what is there; zeros stand for what the disk did not give.
    pub found: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the archive.
    pub format: u32,
    /// When the database was copied.
    pub made_at: Timestamp,
    /// The version of the program that wrote it.
    pub program: String,
    /// Events in the log.
    pub events: u64,
    /// SHA-256 of the database, hexadecimal.
    pub database_sha256: String,
    /// Bytes of the database.
    pub database_bytes: u64,
    /// Attachments.
    pub files: u64,
    /// Attachments that a complaint names and that were not there to be copied.
    #[serde(default)]
    pub missing: u64,
    /// Attachments that are not as they were sent; they are in it as they are.
    #[serde(default)]
    pub rotten: u64,
    /// Which these are.
    #[serde(skip)]
    pub rotten_files: Vec<Rotten>,
}

/// Why a backup was not made, or not restored. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of this name is there already.
    #[error("`{}` exists; a backup never replaces a file, choose another name", path.display())]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// The backup would lie in the data folder, and go with it.
    #[error("a backup inside the data folder is lost with it; choose a place outside `{}`", folder.display())]
    Inside {
        /// The data folder.
        folder: PathBuf,
    },
    /// The folder to restore into holds something.
    #[error("`{}` is not empty; a backup is restored onto an empty folder", folder.display())]
    NotEmpty {
        /// Which folder.
        folder: PathBuf,
    },
    /// Somebody else fills the folder.
    #[error("another import or restore is at work in `{}`", folder.display())]
    AtWork {
        /// Which folder.
        folder: PathBuf,
    },
    /// The file is none of our backups.
    #[error("`{}` is not a backup of Redress: {what}", path.display())]
    NotABackup {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The backup is damaged.
    #[error("the backup is damaged: {what}")]
    Damaged {
        /// What is wrong with it.
        what: String,
    },
    /// The log inside does not verify.
    #[error("the log in it is not whole: {fault}")]
    Log {
        /// The first wrong place.
        fault: LogFault,
    },
    /// The database cannot be read or copied.
    #[error("the database cannot be copied")]
    Store(#[from] StoreError),
    /// A file cannot be read or written.
    #[error("`{}` cannot be read or written", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl From<NoRoom> for BackupError {
    fn from(error: NoRoom) -> Self {
        match error {
            NoRoom::NotEmpty { folder } => Self::NotEmpty { folder },
            NoRoom::AtWork { folder } => Self::AtWork { folder },
            NoRoom::Io { path, source } => Self::Io { path, source },
        }
    }
}

impl BackupError {
    /// Whether the file itself is at fault, and not the machine.
    pub const fn is_answer(&self) -> bool {
        matches!(
            self,
            Self::Exists { .. }
                | Self::Inside { .. }
                | Self::NotEmpty { .. }
                | Self::AtWork { .. }
                | Self::NotABackup { .. }
                | Self::Damaged { .. }
                | Self::Log { .. }
        )
    }

    fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}

impl crate::App {
    /// Copies the installation into the new file `to`, reads it back, and says what it holds.
    /// `progress` hears what is done. Blocks while files are copied: run it on a thread of its own.
    ///
    /// # Errors
    ///
    /// [`BackupError`]; nothing of that name is there then.
    pub async fn backup(
        &self,
        to: &std::path::Path,
        progress: impl FnMut(String) + Send,
    ) -> Result<Manifest, BackupError> {
        take_backup(&self.store, &self.world, &self.folder, to, progress).await
    }
}

/// Names the file a failure is about.
fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.into();
    move |source| BackupError::Io { path, source }
}

//! Everything of an installation as lines of JSON, and back from them into an empty folder.
//! `docs/reference/export.md` describes the lines. Must not rewrite a text that the log commits to,
//! nor let anybody in who was not asked for: secrets travel only where they were asked for.

mod bring;
mod fields;
mod lines;
mod numbers;
mod reading;
mod room;
mod take;

use std::{io, path::PathBuf};

use redress_store::{LogFault, StoreError};

use crate::{AppError, StartError};

pub use bring::{Imported, import};
pub use room::unfinished_import;
pub(crate) use room::{NoRoom, Room};
pub(crate) use take::clear_copies;
pub use take::{Exported, Secrets};

/// The form of the lines this program writes and reads.
const FORMAT: i64 = 1;
/// Bytes of an attachment in one line.
const CHUNK: usize = 48 << 10;
/// Bytes of a line at most.
const LINE_BYTES_MAX: usize = 64 << 20;
/// The database in a data folder.
const DATABASE: &str = "redress.sqlite";
/// The installation's key in a data folder.
const KEY: &str = "installation.key";
/// The attachments in a data folder.
const FILES: &str = "files";

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file of this name is there already.
    #[error("`{}` exists; an export never replaces a file, choose another name", path.display())]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// The log does not verify, so no import would take it.
    #[error("the log is not whole: {fault}")]
    Log {
        /// The first wrong place.
        fault: LogFault,
    },
    /// An attachment changed while it was read.
    #[error("`{}` changes while it is read; put it back from a backup", path.display())]
    Spoilt {
        /// Its file.
        path: PathBuf,
    },
    /// The database cannot be read.
    #[error("the database cannot be read")]
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

/// Why nothing was imported. The folder is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder holds something.
    #[error("`{}` is not empty; an export is imported into an empty folder", folder.display())]
    NotEmpty {
        /// Which folder.
        folder: PathBuf,
    },
    /// Another import works in the folder.
    #[error("another import or restore is at work in `{}`", folder.display())]
    AtWork {
        /// Which folder.
        folder: PathBuf,
    },
    /// A line is not what it must be.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// The lines end before the last one.
    #[error("it ends after line {line} without its last line: it was cut off, copy it anew")]
    Cut {
        /// The last whole line.
        line: u64,
    },
    /// No key came with it, and none was named.
    #[error(
        "the key of the installation is not in it: name the file `installation.key` of the folder \
         it comes from by --key, or export again with --secrets"
    )]
    NoKey,
    /// The key named is another installation's.
    #[error(
        "`{}` is not the key of this installation: the links its complainants have would not open", path.display()
    )]
    WrongKey {
        /// Which file.
        path: PathBuf,
    },
    /// Bytes that a complaint names are missing.
    #[error("the attachment {digest} is named and is not there")]
    NoFile {
        /// Its SHA-256.
        digest: String,
    },
    /// Bytes that a complaint names are there, and their `file` is not, or tells of others.
    #[error("the attachment {digest} has no line `file`, or one that tells of other bytes")]
    UnknownFile {
        /// Its SHA-256.
        digest: String,
    },
    /// Some rows contradict each other.
    #[error("one of the lines {from} to {to} contradicts another: {detail}")]
    Contradiction {
        /// The first line in question.
        from: u64,
        /// The last.
        to: u64,
        /// Table and column, as the engine names them.
        detail: String,
    },
    /// The rows cannot be made from the events.
    #[error("what is shown cannot be made from the events")]
    Rows(#[from] AppError),
    /// The folder does not open afterwards.
    #[error("the folder does not open")]
    Start(#[from] StartError),
    /// The database cannot be written.
    #[error("the database cannot be written")]
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

impl From<NoRoom> for ImportError {
    fn from(error: NoRoom) -> Self {
        match error {
            NoRoom::NotEmpty { folder } => Self::NotEmpty { folder },
            NoRoom::AtWork { folder } => Self::AtWork { folder },
            NoRoom::Io { path, source } => Self::Io { path, source },
        }
    }
}

impl ImportError {
    /// Whether what was given is at fault, and not the machine.
    pub const fn is_answer(&self) -> bool {
        match self {
            Self::NotEmpty { .. }
            | Self::AtWork { .. }
            | Self::Line { .. }
            | Self::Cut { .. }
            | Self::NoKey
            | Self::WrongKey { .. }
            | Self::NoFile { .. }
            | Self::UnknownFile { .. }
            | Self::Contradiction { .. } => true,
            Self::Rows(_) | Self::Start(_) | Self::Store(_) | Self::Io { .. } => false,
        }
    }
}

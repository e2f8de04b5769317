//! The folder of an import or a restore: marked until it is whole, so that nobody serves half of one.
//! Must not take away what it did not make.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::{DATABASE, FILES, KEY};
use crate::backup::archive::sync_folder;

/// The file that says that an import or a restore did not come to its end.
const MARK: &str = "import-unfinished";
/// What it says to people.
const WORDS: &str = "An import or a restore into this folder did not come to its end. Nothing here is \
                     to be used: run it again, or delete the folder.\n";

/// Whether an import or a restore into this folder did not come to its end.
pub fn unfinished_import(folder: &Path) -> bool {
    folder.join(MARK).exists()
}

/// Why a folder cannot be filled.
#[derive(Debug)]
pub(crate) enum NoRoom {
    /// It holds something.
    NotEmpty {
        /// Which folder.
        folder: PathBuf,
    },
    /// Somebody else fills it.
    AtWork {
        /// Which folder.
        folder: PathBuf,
    },
    /// It cannot be read or written.
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A folder that is being filled. Unless it is kept, everything in it goes again.
pub(crate) struct Room {
    folder: PathBuf,
    made: bool,
    kept: bool,
    _lock: File,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> NoRoom + '_ {
    move |source| NoRoom::Io { path: path.to_owned(), source }
}

impl Room {
    /// Takes an empty folder, one that is not there yet, or one that a killed import or restore left.
    pub(crate) fn take(folder: &Path) -> Result<Self, NoRoom> {
        let made = !folder.exists();
        fs::create_dir_all(folder).map_err(at(folder))?;
        let mark = folder.join(MARK);
        if !mark.exists() && fs::read_dir(folder).map_err(at(folder))?.next().is_some() {
            return Err(NoRoom::NotEmpty { folder: folder.to_owned() });
        }
        let opened = File::options().create(true).truncate(false).write(true).open(&mark);
        let mut lock = opened.map_err(at(&mark))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(NoRoom::AtWork { folder: folder.to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(at(&mark)(error)),
        }
        let marked = lock.write_all(WORDS.as_bytes()).and_then(|()| lock.sync_all());
        marked.and_then(|()| sync_folder(&mark)).map_err(at(&mark))?;
        let room = Self { folder: folder.to_owned(), made, kept: false, _lock: lock };
        room.clear().map_err(at(folder))?;
        Ok(room)
    }

    /// Takes away what is put into a folder.
    fn clear(&self) -> io::Result<()> {
        let databases = ["", "-wal", "-shm"].map(|end| format!("{DATABASE}{end}"));
        for name in databases.iter().map(String::as_str).chain([KEY]) {
            match fs::remove_file(self.folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        match fs::remove_dir_all(self.folder.join(FILES)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The folder is whole: the mark goes, durably.
    pub(crate) fn keep(mut self) -> Result<(), NoRoom> {
        let mark = self.folder.join(MARK);
        fs::remove_file(&mark).and_then(|()| sync_folder(&mark)).map_err(at(&mark))?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // What cannot be taken away keeps its mark, and nobody serves it.
        if !self.kept && self.clear().is_ok() {
            drop(fs::remove_file(self.folder.join(MARK)));
            if self.made {
                drop(fs::remove_dir(&self.folder));
            }
        }
    }
}

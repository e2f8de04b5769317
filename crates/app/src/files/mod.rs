//! The bytes of files: stored by content through `object_store`, durable before anything names them,
//! and read piece by piece. Must not know who uploaded them or which complaint names them.

mod incoming;
mod leftover;

use std::{
    fs::{self, File},
    io,
    path::{Path as FsPath, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream::BoxStream};
use object_store::{Error, ObjectStore, ObjectStoreExt as _, local::LocalFileSystem, path::Path};

use crate::AppError;

pub(crate) use incoming::{Incoming, Whole};
pub(crate) use leftover::{announce_in, clear_in, clear_leftovers};

/// The bytes of one file, piece by piece.
pub struct FileStream {
    /// How many there are.
    pub bytes: u64,
    /// The pieces; one that cannot be read ends the stream with an error.
    pub pieces: BoxStream<'static, Result<Bytes, io::Error>>,
}

impl std::fmt::Debug for FileStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileStream").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// Where the bytes lie. Clones are the same place.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    folder: PathBuf,
    opened: Arc<OnceLock<Arc<dyn ObjectStore>>>,
    /// The lock on what this process is writing, from its first upload on.
    writing: Arc<Mutex<Option<File>>>,
    /// The name of this process among those that write.
    worker: Arc<str>,
}

impl Files {
    /// Files in this folder, which is made when the first comes.
    pub(crate) fn new(folder: PathBuf, worker: Arc<str>) -> Self {
        Self { folder, opened: Arc::default(), writing: Arc::default(), worker }
    }

    /// The folder they lie in.
    pub(crate) fn folder(&self) -> &FsPath {
        &self.folder
    }

    /// The file that holds the bytes with this digest.
    pub(crate) fn path_of(&self, digest: &str) -> PathBuf {
        self.folder.join(digest.get(..2).unwrap_or_default()).join(digest)
    }

    /// The place as an object store, which flushes what it writes before it says that it did.
    fn place(&self) -> io::Result<Arc<dyn ObjectStore>> {
        if let Some(place) = self.opened.get() {
            return Ok(Arc::clone(place));
        }
        let local = LocalFileSystem::new_with_prefix(&self.folder).map_err(disk)?;
        let place: Arc<dyn ObjectStore> = Arc::new(local.with_fsync(true));
        Ok(Arc::clone(self.opened.get_or_init(|| place)))
    }

    /// Says that this process writes, so that nobody sweeps away what it is about to name.
    fn writes(&self) -> io::Result<()> {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if writing.is_none() {
            make_shelves(&self.folder)?;
            *writing = Some(leftover::announce(&self.folder, &self.worker)?);
        }
        Ok(())
    }

    /// Begins a file.
    pub(crate) async fn begin(&self, mark: &str) -> Result<Incoming, AppError> {
        let (files, mark) = (self.clone(), mark.to_owned());
        let place = crate::uploads::blocking(move || {
            files.writes()?;
            files.place()
        })
        .await?;
        let part = Path::from_iter([leftover::INCOMING, &*self.worker, &mark]);
        Incoming::begin(place, part).await
    }

    /// The bytes with this digest, piece by piece.
    pub(crate) async fn read(&self, digest: &str) -> Result<FileStream, AppError> {
        let found = self.place()?.get(&of_digest(digest)).await.map_err(failed)?;
        let bytes = found.meta.size;
        Ok(FileStream {
            bytes,
            pieces: found.into_stream().map(|piece| piece.map_err(disk)).boxed(),
        })
    }

    /// The bytes with this digest, all at once.
    pub(crate) async fn read_whole(&self, digest: &str) -> Result<Bytes, AppError> {
        let found = self.place()?.get(&of_digest(digest)).await.map_err(failed)?;
        found.bytes().await.map_err(failed)
    }
}

/// The name of the bytes with this digest.
fn of_digest(digest: &str) -> Path {
    let (first, _) = digest.split_at(2.min(digest.len()));
    Path::from_iter([first, digest])
}

/// Makes every shelf; their names are on disk when this returns. Made at once, so that nobody puts a
/// file on a shelf that somebody else is still making.
fn make_shelves(folder: &FsPath) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for number in 0..=u8::MAX {
        match fs::create_dir(folder.join(format!("{number:02x}"))) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    File::open(folder)?.sync_all()?;
    File::open(folder.parent().unwrap_or(folder))?.sync_all()
}

/// What the disk said, out of what the store says.
fn disk(error: Error) -> io::Error {
    let is_missing = matches!(error, Error::NotFound { .. });
    let mut kind = if is_missing { io::ErrorKind::NotFound } else { io::ErrorKind::Other };
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            kind = io.kind();
        }
        cause = error.source();
    }
    io::Error::new(kind, error)
}

/// The same as a failure of a use case.
fn failed(error: Error) -> AppError {
    crate::uploads::of_disk(disk(error))
}

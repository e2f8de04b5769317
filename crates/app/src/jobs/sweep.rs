//! Sweeping, once an hour: sessions, links and claims that ended, uploads nobody used, and bytes no
//! upload names. Must not touch bytes that a complaint names: their upload is never dropped.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::atomic::Ordering::Relaxed,
};

use jiff::{SignedDuration, Timestamp};
use redress_store::{Write, Written};

use crate::{App, AppError, export::clear_copies, files::clear_leftovers, uploads::blocking};

/// How often it is done.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How long an upload may wait for its use: a form filled in over a night still has its pictures.
const UPLOAD_WAITS: SignedDuration = SignedDuration::from_hours(24);
/// Each sweep looks at one part of the shelves, so that the cost of one does not grow with the
/// archive's age; all are seen within a day.
const PARTS: i64 = 24;

impl App {
    /// Sweeps, if an hour has passed since any process did. One that fails is said, and its part is
    /// looked at again the next day: it must neither stop the jobs nor be tried each second.
    pub(super) async fn sweep(&self) {
        let now = self.world.now();
        let hour = now.as_second().div_euclid(EVERY.as_secs());
        if self.swept_in.swap(hour, Relaxed) == hour {
            return;
        }
        if let Err(error) = self.sweep_in(now, hour).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "what nobody used could not be swept away; it is tried again"
            );
        }
    }

    async fn sweep_in(&self, now: Timestamp, hour: i64) -> Result<(), AppError> {
        let until =
            Timestamp::from_second((hour + 1) * EVERY.as_secs()).map_err(AppError::broken)?;
        // The owner is another each hour, and the lease ends with it: nobody sweeps twice in one.
        let owner = format!("{}-{hour}", self.worker);
        let lease = Write::Lease { name: "sweep".to_owned(), owner, now, until };
        if self.store.write(lease).await? == Written::Leased(true) {
            self.sweep_now(now, hour).await?;
        }
        Ok(())
    }

    async fn sweep_now(&self, now: Timestamp, hour: i64) -> Result<(), AppError> {
        let uploads_before = now.checked_sub(UPLOAD_WAITS).unwrap_or(now);
        self.store.write(Write::Purge { now, uploads_before }).await?;
        self.sweep_leftovers().await?;
        let gone = self.sweep_files(hour.rem_euclid(PARTS)).await?;
        if gone > 0 {
            tracing::info!(files = gone, "bytes that no upload names were dropped");
        }
        Ok(())
    }

    /// Drops what processes left half written that ended.
    async fn sweep_leftovers(&self) -> Result<(), AppError> {
        let (folder, data) = (self.files.folder().to_owned(), self.folder.clone());
        let cleared = blocking(move || {
            let alone = open_lock(&folder)?;
            alone.lock()?;
            Ok(clear_leftovers(&folder)? + clear_copies(&data)?)
        })
        .await?;
        if cleared > 0 {
            tracing::info!(
                processes = cleared,
                "uploads and exports that never came to their end were dropped"
            );
        }
        Ok(())
    }

    async fn sweep_files(&self, part: i64) -> Result<u64, AppError> {
        let folder = self.files.folder().to_owned();
        let shelves = blocking(move || shelves(&folder, part)).await?;
        let mut gone = 0;
        for path in shelves {
            gone += u64::from(self.sweep_file(path).await?);
        }
        Ok(gone)
    }

    /// Drops bytes that no upload names, while nobody is storing any.
    pub(crate) async fn sweep_file(&self, path: PathBuf) -> Result<bool, AppError> {
        let digest = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if self.store.upload_by_digest(&digest).await?.is_some() {
            return Ok(false);
        }
        // Whoever stores the same bytes in this moment is waited for, and then has its upload.
        let folder = self.files.folder().to_owned();
        let alone = blocking(move || {
            let lock = open_lock(&folder)?;
            lock.lock()?;
            Ok(lock)
        })
        .await?;
        if self.store.upload_by_digest(&digest).await?.is_some() {
            return Ok(false);
        }
        // Forgotten first: bytes nobody knows of are swept the next time, room nobody uses is not.
        self.store.write(Write::ForgetFile { digest: digest.clone() }).await?;
        let shown = self.shown_path(&digest);
        let gone = blocking(move || match fs::remove_file(path) {
            // What was being stored has its name by now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            removed => {
                removed?;
                match fs::remove_file(shown) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                    Ok(()) | Err(_) => Ok(true),
                }
            }
        })
        .await?;
        drop(alone);
        Ok(gone)
    }
}

/// Every file on one part of the shelves.
fn shelves(folder: &Path, part: i64) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for number in (0..=u8::MAX).filter(|number| i64::from(*number) % PARTS == part) {
        let shelf = match fs::read_dir(folder.join(format!("{number:02x}"))) {
            Ok(shelf) => shelf,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in shelf {
            files.push(entry?.path());
        }
    }
    Ok(files)
}

/// The lock between who stores bytes (shared) and who drops them (alone).
pub(crate) fn open_lock(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    fs::OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".lock"))
}

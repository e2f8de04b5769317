//! What a process that ended left half written. Must not touch what a living process writes: each
//! holds a lock for as long as it lives.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
};

use crate::jobs::open_lock;

/// Where files lie until they are whole, in one folder for each process that writes.
pub(super) const INCOMING: &str = "incoming";
/// The file in such a folder that its process holds.
const HELD: &str = ".lock";

/// Makes the folder of a process that begins to write; it is held until the answer is dropped.
pub(super) fn announce(folder: &Path, worker: &str) -> io::Result<File> {
    // Whoever clears is waited for: a folder without its lock would look left behind.
    let clearing = open_lock(folder)?;
    clearing.lock_shared()?;
    let own = folder.join(INCOMING).join(worker);
    fs::create_dir_all(&own)?;
    let held = hold(&own)?;
    held.lock()?;
    Ok(held)
}

/// Clears what processes left that ended; answers how many had left something. The caller holds the
/// lock of the shelves alone.
pub(crate) fn clear_leftovers(folder: &Path) -> io::Result<u64> {
    let entries = match fs::read_dir(folder.join(INCOMING)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut cleared = 0;
    for entry in entries {
        let own = entry?.path();
        match hold(&own)?.try_lock() {
            Ok(()) => {
                fs::remove_dir_all(&own)?;
                cleared += 1;
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(cleared)
}

fn hold(own: &Path) -> io::Result<File> {
    fs::OpenOptions::new().create(true).truncate(false).write(true).open(own.join(HELD))
}

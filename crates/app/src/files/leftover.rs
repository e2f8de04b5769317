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
    announce_in(folder, &folder.join(INCOMING).join(worker))
}

/// Makes the folder `own` of something that is under way; it is held until the answer is dropped.
pub(crate) fn announce_in(folder: &Path, own: &Path) -> io::Result<File> {
    // Whoever clears is waited for: a folder without its lock would look left behind.
    let clearing = open_lock(folder)?;
    clearing.lock_shared()?;
    fs::create_dir_all(own)?;
    let held = hold(own)?;
    held.lock()?;
    Ok(held)
}

/// Clears what processes left that ended; answers how many had left something. The caller holds the
/// lock of the shelves alone.
pub(crate) fn clear_leftovers(folder: &Path) -> io::Result<u64> {
    clear_in(&folder.join(INCOMING), |_| true)
}

/// Clears the folders in `place` that have such a name and that nobody holds any more.
pub(crate) fn clear_in(place: &Path, is_such: impl Fn(&str) -> bool) -> io::Result<u64> {
    let entries = match fs::read_dir(place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut cleared = 0;
    for entry in entries {
        let entry = entry?;
        if !is_such(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let own = entry.path();
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

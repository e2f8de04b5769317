//! How much room the disk of the data folder has, and seeing that there is some again. Must not make
//! any.

use std::path::Path;

use redress_store::{StoreError, Write};

use crate::{App, AppError};

/// With less than this nothing can be relied on to be taken in.
const NONE_BELOW: u64 = 1 << 20;
/// With less than this somebody must act: a day of pictures fills it.
pub const LITTLE_BELOW: u64 = 200 << 20;

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Enough.
    Enough,
    /// So little that it must be made now.
    Little {
        /// Bytes that are free.
        free: u64,
    },
    /// None: the last write found none, or the next will not.
    None,
}

impl Room {
    /// What so many free bytes mean; where the system does not say, what the last write met.
    const fn of(last_write_found_none: bool, free: Option<u64>) -> Self {
        match free {
            _ if last_write_found_none => Self::None,
            Some(0..NONE_BELOW) => Self::None,
            Some(free @ NONE_BELOW..LITTLE_BELOW) => Self::Little { free },
            Some(LITTLE_BELOW..) | None => Self::Enough,
        }
    }
}

impl App {
    /// How much room the data folder has.
    pub fn room(&self) -> Room {
        Room::of(self.store.is_full(), free_bytes(&self.folder))
    }

    /// After a write that found no room: tries a small one as soon as there is some, so that the
    /// installation takes in again by itself and says so. Call it each second.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store fails for anything but room.
    pub async fn look_for_room(&self) -> Result<(), AppError> {
        let free = free_bytes(&self.folder);
        if !self.store.is_full() || Room::of(false, free) == Room::None {
            return Ok(());
        }
        let (owner, now) = (self.worker.to_string(), self.world.now());
        let lease = Write::Lease { name: format!("room-{owner}"), owner, now, until: now };
        match self.store.write(lease).await {
            Ok(_) | Err(StoreError::DiskFull { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Bytes whoever runs this may still write into a folder; `None` where the system does not say.
#[cfg(unix)]
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let system = rustix::fs::statvfs(folder).ok()?;
    Some(system.f_bavail.saturating_mul(system.f_frsize))
}

/// Bytes whoever runs this may still write into a folder; `None` where the system does not say.
#[cfg(not(unix))]
pub fn free_bytes(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_judged_by_the_last_write_first_and_by_free_bytes_then() {
        for (met, free, room) in [
            (false, None, Room::Enough),
            (false, Some(u64::MAX), Room::Enough),
            (false, Some(LITTLE_BELOW), Room::Enough),
            (false, Some(LITTLE_BELOW - 1), Room::Little { free: LITTLE_BELOW - 1 }),
            (false, Some(NONE_BELOW), Room::Little { free: NONE_BELOW }),
            (false, Some(NONE_BELOW - 1), Room::None),
            (true, Some(u64::MAX), Room::None),
            (true, None, Room::None),
        ] {
            assert_eq!(Room::of(met, free), room, "{met} {free:?}");
        }
    }
}

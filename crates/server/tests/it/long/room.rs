//! A disk that can be full: in a short run it is told to be, in a long one it is. Must not hold
//! expectations.

use std::path::Path;

use super::disk::{ENOSPC, FOR_EVER, Failing};
use super::is_long;
use super::mounted::{Kind, Mounted};

/// A disk that can be filled and cleared.
pub(super) enum Room {
    Told(Failing),
    Real(Mounted),
}

impl Room {
    pub(super) fn new() -> Self {
        if is_long() {
            Self::Real(Mounted::new(Kind::Ext4, 16))
        } else {
            Self::Told(Failing::new("write", (1, FOR_EVER), ENOSPC))
        }
    }

    /// Lays it under an empty folder; answers the variables of who writes there.
    pub(super) fn under(&self, folder: &Path) -> Vec<(String, String)> {
        match self {
            Self::Told(disk) => disk.variables(folder),
            Self::Real(disk) => {
                disk.mount_new(folder);
                vec![]
            }
        }
    }

    pub(super) fn fill(&self) {
        match self {
            Self::Told(disk) => disk.fail(),
            Self::Real(disk) => disk.fill(),
        }
    }

    /// Gives some room back; a disk that was told has all of it again.
    pub(super) fn give_back(&self, bytes: u64) {
        match self {
            Self::Told(disk) => disk.work(),
            Self::Real(disk) => disk.leave(bytes),
        }
    }

    pub(super) fn clear(&self) {
        match self {
            Self::Told(disk) => disk.work(),
            Self::Real(disk) => disk.clear(),
        }
    }
}

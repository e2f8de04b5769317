//! The log of changes beside the database: whether a reading that does not end keeps it from being written
//! back. Must not end anybody's reading.

use crate::{App, AppError};

/// What the log of changes stays under while readings end, in bytes: four times the size at which it is
/// written back. Beyond it something holds it, and it fills the disk in time.
const CHANGES_BYTES_MAX: u64 = 64 << 20;

impl App {
    /// Bytes of the log of changes, where it is longer than it can be without somebody who holds it.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the system does not say.
    pub fn changes_held(&self) -> Result<Option<u64>, AppError> {
        Ok(Some(self.store.changes_bytes()?).filter(|bytes| *bytes > CHANGES_BYTES_MAX))
    }
}

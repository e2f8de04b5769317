//! Work that is tried again and again and is not done: how much there is, to be shown to who administers.
//! Must not try anything.

use std::sync::atomic::Ordering::Relaxed;

use crate::{App, AppError};

/// After how many tries a piece of work is shown: within the hour where the failure is our own.
pub(super) const TRIES_SHOWN: u64 = 8;

/// Work that was tried often and is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailingWork {
    /// How many pieces.
    pub count: usize,
    /// What the most serious one is.
    pub kind: String,
    /// The reference of its complaint, or empty.
    pub reference: String,
    /// How often it was tried.
    pub attempts: u64,
}

impl App {
    /// Work that was tried often and is not done, as it stands.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer.
    pub(crate) async fn failing_work(&self) -> Result<Option<FailingWork>, AppError> {
        let tried = self.store.work_tried(TRIES_SHOWN).await?;
        let Some(first) = tried.first() else { return Ok(None) };
        let complaint = self.store.complaint(&first.complaint).await?;
        Ok(Some(FailingWork {
            count: tried.len(),
            kind: first.kind.clone(),
            reference: complaint.map(|row| row.reference).unwrap_or_default(),
            attempts: first.attempts,
        }))
    }

    /// Counts the work that was tried often and is not done, for [`App::failing_count`]. Call it
    /// each minute.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer.
    pub async fn look_at_work(&self) -> Result<(), AppError> {
        let count = self.store.work_tried(TRIES_SHOWN).await?.len();
        self.failing.store(count, Relaxed);
        Ok(())
    }

    /// How much work was tried often and is not done, as last counted.
    pub fn failing_count(&self) -> usize {
        self.failing.load(Relaxed)
    }
}

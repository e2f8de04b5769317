//! How many uploads of each owner are under way: they take room on the disk before anything counts
//! them. Must not outlive an upload.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Uploads under way in this process, by owner.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<HashMap<String, u64>>>);

/// One of them; dropping it ends it.
#[derive(Debug)]
pub(crate) struct OnItsWay {
    all: UnderWay,
    owner: String,
    /// How many of the same owner were under way when it began.
    pub(crate) others: u64,
}

impl UnderWay {
    /// One more of `owner`.
    pub(crate) fn begin(&self, owner: &str) -> OnItsWay {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(owner.to_owned()).or_default();
        let others = *count;
        *count += 1;
        drop(all);
        OnItsWay { all: self.clone(), owner: owner.to_owned(), others }
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.owner) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.owner);
            }
        }
    }
}

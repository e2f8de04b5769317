//! Policy packs: the one in force, and every earlier one by its digest.
//! Must not change a pack: complaints keep the one they were opened under.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use redress_core::policy::{Pack, PackFiles, parse_stored};
use redress_store::Store;

use crate::AppError;

/// Packs by digest; each is read once.
#[derive(Debug, Clone)]
pub(crate) struct Packs {
    current: Arc<RwLock<Arc<Pack>>>,
    known: Arc<RwLock<HashMap<String, Arc<Pack>>>>,
}

impl Packs {
    /// Starts with the pack in force.
    pub(crate) fn new(current: Pack) -> Self {
        let current = Arc::new(current);
        let known = HashMap::from([(current.policy.digest.clone(), Arc::clone(&current))]);
        Self { current: Arc::new(RwLock::new(current)), known: Arc::new(RwLock::new(known)) }
    }

    /// The pack in force.
    ///
    /// # Panics
    ///
    /// Never: the lock is only held to copy a pointer.
    pub(crate) fn current(&self) -> Arc<Pack> {
        Arc::clone(&self.current.read().expect("nothing panics while holding this lock"))
    }

    /// The pack with this digest, from memory or the store.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails, [`AppError::Broken`] when the store does not hold
    /// it or it cannot be read any more.
    ///
    /// # Panics
    ///
    /// Never: the lock is only held to copy a pointer.
    pub(crate) async fn by_digest(
        &self,
        store: &Store,
        digest: &str,
    ) -> Result<Arc<Pack>, AppError> {
        let known =
            self.known.read().expect("nothing panics while holding this lock").get(digest).cloned();
        if let Some(pack) = known {
            return Ok(pack);
        }
        let row = store.pack(digest).await?;
        let row = row.ok_or_else(|| AppError::broken(format!("pack {digest} is not stored")))?;
        let pack = Arc::new(read(&row.bytes)?);
        let mut known = self.known.write().expect("nothing panics while holding this lock");
        known.insert(digest.to_owned(), Arc::clone(&pack));
        Ok(pack)
    }
}

/// Reads a stored pack.
///
/// # Errors
///
/// [`AppError::Broken`] when it cannot be read any more.
pub(crate) fn read(bytes: &[u8]) -> Result<Pack, AppError> {
    let files = PackFiles::from_bytes(bytes).map_err(AppError::broken)?;
    parse_stored(&files).map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        AppError::broken(format!("a stored pack cannot be read: {first}"))
    })
}

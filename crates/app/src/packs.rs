//! Policy packs: the one in force, and every earlier one by its digest.
//! Must not change a pack: complaints keep the one they were opened under.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, RwLock},
};

use jiff::civil::Date;
use redress_core::policy::{Pack, PackFiles, parse_stored};
use redress_store::{CalendarRow, Store};

use crate::AppError;

/// Packs by digest; each is read once.
#[derive(Debug, Clone)]
pub(crate) struct Packs {
    current: Arc<RwLock<Arc<Pack>>>,
    known: Arc<RwLock<HashMap<String, Arc<Pack>>>>,
    /// By digest and calendar: what earlier promises were counted by.
    past: Arc<RwLock<HashMap<(String, String), Arc<Pack>>>>,
}

impl Packs {
    /// Starts with the pack in force.
    pub(crate) fn new(current: Pack) -> Self {
        let current = Arc::new(current);
        let known = HashMap::from([(current.policy.digest.clone(), Arc::clone(&current))]);
        Self {
            current: Arc::new(RwLock::new(current)),
            known: Arc::new(RwLock::new(known)),
            past: Arc::default(),
        }
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
        let pack = Arc::new(with_days_in_force(store, read(&row.bytes)?).await?);
        // Read while the calendar changed: not kept, for it would count by the days before.
        let current = self.current();
        let (days, now) = (pack.policy.calendar.id(), current.policy.calendar.id());
        if days.name != now.name || days.as_of >= now.as_of {
            let mut known = self.known.write().expect("nothing panics while holding this lock");
            known.insert(digest.to_owned(), Arc::clone(&pack));
        }
        Ok(pack)
    }

    /// The pack with the days of the calendar `id`, `vn@2026-11-20`: what a promise was counted by,
    /// though other days are in force now.
    ///
    /// # Errors
    ///
    /// As [`Packs::by_digest`].
    ///
    /// # Panics
    ///
    /// Never: the lock is only held to copy a pointer.
    pub(crate) async fn counting_by(
        &self,
        store: &Store,
        pack: &Arc<Pack>,
        id: &str,
    ) -> Result<Arc<Pack>, AppError> {
        let key = (pack.policy.digest.clone(), id.to_owned());
        let known =
            self.past.read().expect("nothing panics while holding this lock").get(&key).cloned();
        if let Some(pack) = known {
            return Ok(pack);
        }
        let (name, as_of) = id.split_once('@').unwrap_or((id, ""));
        let counting = match store.calendar_of(name, as_of).await? {
            Some(row) => Arc::new(with_days(pack, &row)?),
            // Days from before calendars were kept by themselves stand in their pack.
            None => match store.pack(&pack.policy.digest).await? {
                Some(row) => Arc::new(read(&row.bytes)?),
                None => Arc::clone(pack),
            },
        };
        let mut past = self.past.write().expect("nothing panics while holding this lock");
        past.insert(key, Arc::clone(&counting));
        Ok(counting)
    }

    /// The calendars that the packs read so far count by, each once, with the date of its days.
    ///
    /// # Panics
    ///
    /// Never: the lock is only held to copy names.
    pub(crate) fn calendars(&self) -> BTreeMap<String, Date> {
        let known = self.known.read().expect("nothing panics while holding this lock");
        let current = self.current();
        let all = known.values().chain([&current]).map(|pack| pack.policy.calendar.id());
        all.map(|id| (id.name.clone(), id.as_of)).collect()
    }

    /// Counts by the days in force from now on: every pack is read anew.
    ///
    /// # Errors
    ///
    /// As [`Packs::by_digest`].
    ///
    /// # Panics
    ///
    /// Never: the lock is only held to put a pointer there.
    pub(crate) async fn renew(&self, store: &Store) -> Result<(), AppError> {
        let current = self.current().as_ref().clone();
        let current = Arc::new(with_days_in_force(store, current).await?);
        let digest = current.policy.digest.clone();
        *self.current.write().expect("nothing panics while holding this lock") =
            Arc::clone(&current);
        let mut known = self.known.write().expect("nothing panics while holding this lock");
        *known = HashMap::from([(digest, current)]);
        Ok(())
    }
}

/// The pack, counting by the days of its calendar that are in force now (A18).
///
/// # Errors
///
/// [`AppError::Store`], or [`AppError::Broken`] when the stored days cannot be read any more.
pub(crate) async fn with_days_in_force(store: &Store, pack: Pack) -> Result<Pack, AppError> {
    let row = store.calendar_in_force(&pack.policy.calendar.id().name).await?;
    let Some(row) = row.filter(|row| row.bytes != pack.holidays().as_bytes()) else {
        return Ok(pack);
    };
    with_days(&pack, &row)
}

/// The pack, counting by stored days.
///
/// # Errors
///
/// [`AppError::Broken`] when they cannot be read any more.
pub(crate) fn with_days(pack: &Pack, row: &CalendarRow) -> Result<Pack, AppError> {
    let csv = std::str::from_utf8(&row.bytes).map_err(AppError::broken)?;
    pack.with_holidays(csv).map_err(AppError::broken)
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

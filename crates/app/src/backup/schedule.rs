//! Backups by the clock: a folder of them, the newest few kept. The state is the folder itself, so
//! nothing can say that there is a backup where there is none.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use redress_store::{StoreError, Write, Written};

use super::{BackupError, Manifest, archive::take_away, at, restore::first_words};
use crate::App;

/// What every name begins and ends with; between stands the instant in UTC.
const NAME: (&str, &str) = ("redress-", ".tar");
/// The instant in a name: sorts as text.
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// The lease that whoever takes a backup holds.
const LEASE_NAME: &str = "backup";
/// How long one backup may take before another process may try.
const LEASE: SignedDuration = SignedDuration::from_hours(6);

/// Whose turn it is to take a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// This process holds the lease.
    Ours,
    /// Another process does.
    Others,
    /// The disk of the installation is full, so nobody can. A backup on another disk is wanted more
    /// than ever, and one too many harms nobody.
    NoRoom,
}

/// Where and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The folder, outside the data folder.
    pub folder: PathBuf,
    /// How long after one the next is due.
    pub every: SignedDuration,
    /// How many are kept.
    pub keep: usize,
}

impl Schedule {
    /// When the newest backup of the folder was begun, as of `now`; `None` when it holds none. A
    /// stamp of the future, left by a clock that was wrong, is none.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn newest(&self, now: Timestamp) -> io::Result<Option<Timestamp>> {
        Ok(self.known(now)?.last().map(|(at, _)| *at))
    }

    /// What the newest backup says that it holds, as of `now`; nothing but its beginning is read.
    ///
    /// # Errors
    ///
    /// [`BackupError`] when the folder or the backup cannot be read.
    pub fn newest_manifest(&self, now: Timestamp) -> Result<Option<Manifest>, BackupError> {
        let known = self.known(now).map_err(at(&self.folder))?;
        known.last().map(|(_, path)| first_words(path)).transpose()
    }

    /// Every backup of the folder by `now`, the oldest first.
    fn known(&self, now: Timestamp) -> io::Result<Vec<(Timestamp, PathBuf)>> {
        let mut known = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            known.extend(stamp(&path).filter(|at| *at <= now).map(|at| (at, path)));
        }
        known.sort_unstable();
        Ok(known)
    }

    /// Every backup of the folder by `now`: when it was begun, and when it goes if the next ones are
    /// taken in time.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub(crate) fn ends(&self, now: Timestamp) -> io::Result<Vec<(PathBuf, Timestamp, Timestamp)>> {
        let known = self.known(now)?;
        let Some(newest) = known.last().map(|(at, _)| *at) else { return Ok(vec![]) };
        let count = known.len();
        let ends = known.into_iter().enumerate().map(|(place, (made_at, path))| {
            // So many more must come before it is one too many.
            let more = (self.keep.max(1) + place + 1).saturating_sub(count);
            let more = i32::try_from(more).unwrap_or(i32::MAX);
            let goes_at =
                self.every.checked_mul(more).and_then(|in_all| newest.checked_add(in_all).ok());
            (path, made_at, goes_at.unwrap_or(Timestamp::MAX).max(now))
        });
        Ok(ends.collect())
    }

    /// Whether one is due at `now`.
    fn is_due(&self, now: Timestamp) -> io::Result<bool> {
        let newest = self.newest(now)?;
        Ok(newest.is_none_or(|at| now.duration_since(at) >= self.every))
    }

    /// Takes away what tries left that were killed: nothing else takes that long, or was begun later.
    fn clear(&self, now: Timestamp) -> Result<(), BackupError> {
        for entry in fs::read_dir(&self.folder).map_err(at(&self.folder))? {
            let path = entry.map_err(at(&self.folder))?.path();
            let Some(begun) = unfinished(&path) else { continue };
            if now.duration_since(begun).abs() >= LEASE {
                take_away(&path).map_err(at(&path))?;
            }
        }
        Ok(())
    }

    fn prune(&self, now: Timestamp) -> Result<(), BackupError> {
        let known = self.known(now).map_err(at(&self.folder))?;
        let old = known.len().saturating_sub(self.keep.max(1));
        for (_, path) in known.into_iter().take(old) {
            fs::remove_file(&path).map_err(at(&path))?;
        }
        Ok(())
    }
}

/// When a backup was begun that never got its name: the name of its archive, of the folder with its
/// copy of the database, or of what the engine kept beside that.
fn unfinished(path: &Path) -> Option<Timestamp> {
    let name = path.file_name()?.to_str()?;
    let (stem, _mark) = name.split_once(".tar.")?;
    stamp(Path::new(&format!("{stem}{}", NAME.1)))
}

/// The instant in the name of a backup.
fn stamp(path: &Path) -> Option<Timestamp> {
    let name = path.file_name()?.to_str()?;
    let stamp = name.strip_prefix(NAME.0)?.strip_suffix(NAME.1)?;
    let civil = jiff::civil::DateTime::strptime(STAMP, stamp).ok()?;
    civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp())
}

impl App {
    /// Takes the backup that is due, if one is and no other process does; then drops the oldest.
    /// Blocks while files are copied: run it on a thread of its own.
    ///
    /// # Errors
    ///
    /// [`BackupError`]; it stays due.
    pub async fn scheduled_backup(
        &self,
        schedule: &Schedule,
    ) -> Result<Option<Manifest>, BackupError> {
        fs::create_dir_all(&schedule.folder).map_err(at(&schedule.folder))?;
        let now = self.world.now();
        if !schedule.is_due(now).map_err(at(&schedule.folder))? {
            return Ok(None);
        }
        let turn = self.turn(now).await?;
        if turn == Turn::Others {
            return Ok(None);
        }
        let taken = self.backup_in_turn(schedule, now, turn).await;
        let (name, owner) = (LEASE_NAME.to_owned(), self.worker.to_string());
        match self.store.write(Write::DropLease { name, owner }).await {
            // What there was no room to give back runs out by itself.
            Ok(_) | Err(StoreError::DiskFull { .. }) => taken.map(Some),
            Err(error) => taken.and(Err(error.into())),
        }
    }

    async fn backup_in_turn(
        &self,
        schedule: &Schedule,
        now: Timestamp,
        turn: Turn,
    ) -> Result<Manifest, BackupError> {
        if turn == Turn::Ours {
            schedule.clear(now)?;
        }
        let stamp = now.strftime(STAMP);
        let name = schedule.folder.join(format!("{}{stamp}{}", NAME.0, NAME.1));
        let manifest = self.backup(&name, |_| ()).await?;
        // An older backup may have what this one lacks.
        if manifest.missing == 0 && manifest.rotten == 0 {
            schedule.prune(now)?;
        }
        Ok(manifest)
    }

    async fn turn(&self, now: Timestamp) -> Result<Turn, BackupError> {
        let until = now.saturating_add(LEASE).unwrap_or(now);
        let (name, owner) = (LEASE_NAME.to_owned(), self.worker.to_string());
        match self.store.write(Write::Lease { name, owner, now, until }).await {
            Ok(Written::Leased(true)) => Ok(Turn::Ours),
            Ok(_) => Ok(Turn::Others),
            Err(StoreError::DiskFull { .. }) => Ok(Turn::NoRoom),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(folder: &Path) -> Schedule {
        Schedule { folder: folder.to_owned(), every: SignedDuration::from_hours(24), keep: 2 }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_folder_says_when_the_next_is_due_and_only_backups_are_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let schedule = schedule(folder.path());
        let now = at("2026-11-24T10:00:00Z");
        assert_eq!(schedule.newest(now).expect("it is read"), None);
        assert!(schedule.is_due(now).expect("it is read"));
        for name in [
            "redress-20261121T100000Z.tar",
            "redress-20261122T100000Z.tar",
            "redress-20261123T100001Z.tar",
            "redress-20261124T095959Z.tar.part",
            "notes.tar",
        ] {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        assert_eq!(schedule.newest(now).expect("it is read"), Some(at("2026-11-23T10:00:01Z")));
        assert!(!schedule.is_due(now).expect("it is read"), "a second is missing");
        assert!(schedule.is_due(at("2026-11-24T10:00:01Z")).expect("it is read"));
        schedule.prune(now).expect("the oldest goes");
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .expect("listed")
            .map(|entry| entry.expect("listed").file_name().into_string().expect("a text"))
            .collect();
        left.sort_unstable();
        assert_eq!(left.len(), 4);
        assert!(!left.contains(&"redress-20261121T100000Z.tar".to_owned()), "{left:?}");
    }

    #[test]
    fn what_a_killed_try_left_goes_and_what_one_is_writing_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let (schedule, now) = (schedule(folder.path()), at("2026-11-24T10:00:00Z"));
        let old = [
            "redress-20261123T100000Z.tar.part",
            "redress-20261123T100000Z.tar.database-part",
            "redress-20261123T100000Z.tar.database-part-wal",
            "redress-20990101T000000Z.tar.part",
        ];
        let stays = [
            "redress-20261122T100000Z.tar",
            "redress-20261124T095959Z.tar.database-part",
            "redress-20261124T095959Z.tar.part",
            "notes.tar.part",
        ];
        for name in old.iter().chain(&stays) {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        let copy = folder.path().join("redress-20261122T100000Z.tar.database-part");
        fs::create_dir(&copy).expect("made");
        fs::write(copy.join("redress.sqlite"), "x").expect("written");
        schedule.clear(now).expect("it goes");
        let left = fs::read_dir(folder.path()).expect("listed");
        let mut left: Vec<_> = left.map(|entry| entry.expect("listed").file_name()).collect();
        left.sort_unstable();
        let mut stays = stays.map(std::ffi::OsString::from);
        stays.sort_unstable();
        assert_eq!(left, stays);
    }

    #[test]
    fn a_stamp_of_the_future_neither_stops_backups_nor_drives_out_those_there_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let (schedule, now) = (schedule(folder.path()), at("2026-11-24T10:00:00Z"));
        fs::write(folder.path().join("redress-20990101T000000Z.tar"), "x").expect("written");
        assert!(schedule.is_due(now).expect("it is read"));
        for name in ["redress-20261123T100000Z.tar", "redress-20261124T100000Z.tar"] {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        assert!(!schedule.is_due(now).expect("it is read"), "one was taken just now");
        schedule.prune(now).expect("nothing is too much");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 3);
    }
}

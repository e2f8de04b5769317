//! The check of files from before there was a scanner: shown to it one by one while nothing newer waits, and
//! shown to people meanwhile as before. Must not hide a file because the scanner will not look at it.

use jiff::{SignedDuration, Timestamp};
use redress_channels::{ScanError, ScannerAddress, Verdict};
use redress_store::{FileRow, FileState, Write};

use crate::{App, AppError};

/// Files looked at within one turn.
const FILES_PER_TURN: u32 = 10;
/// How long a scanner is left alone that did not answer.
const REST: SignedDuration = SignedDuration::from_mins(1);
/// After so many files it is said how far it is.
const SAID_EVERY: u64 = 1_000;
/// How often it is remembered that everything was looked at: what came since is looked at once more
/// after a start.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);
/// The number that remembers up to which instant files were shown to a scanner, in microseconds.
const COUNTER: &str = "files-scanned-until";

/// The files from before this process began.
#[derive(Debug)]
pub(crate) struct OldFiles {
    /// What came later is shown to the scanner when it comes.
    begun: Timestamp,
    walk: Option<Walk>,
}

impl OldFiles {
    /// Those from before `begun`.
    pub(crate) const fn before(begun: Timestamp) -> Self {
        Self { begun, walk: None }
    }
}

/// How far this process is.
#[derive(Debug)]
struct Walk {
    until: Timestamp,
    after: (Timestamp, String),
    looked_at: u64,
    of: u64,
    rests_until: Option<Timestamp>,
    is_done: bool,
}

/// What came of one file.
enum Looked {
    /// It was looked at, or cannot be.
    Over,
    /// The scanner does not answer.
    Away,
}

impl App {
    /// Shows some more of the files from before there was a scanner to it.
    pub(crate) async fn check_old_files(&self, scanner: &ScannerAddress) -> Result<(), AppError> {
        let mut old = self.old_files.lock().await;
        let mut walk = match old.walk.take() {
            Some(walk) => walk,
            None => self.begin_walk(old.begun).await?,
        };
        let done = self.go_on(&mut walk, scanner).await;
        old.walk = Some(walk);
        drop(old);
        done
    }

    async fn begin_walk(&self, begun: Timestamp) -> Result<Walk, AppError> {
        let until = self.store.counter(COUNTER).await?.unwrap_or(0);
        let until = i64::try_from(until).unwrap_or(i64::MAX);
        let from = Timestamp::from_microsecond(until).unwrap_or(Timestamp::UNIX_EPOCH);
        let of = self.store.files_passed_between(from, begun).await?;
        if of > 0 {
            tracing::info!(files = of, "files from before the scanner are shown to it now");
        }
        let after = (from, String::new());
        Ok(Walk { until: begun, after, looked_at: 0, of, rests_until: None, is_done: of == 0 })
    }

    async fn go_on(&self, walk: &mut Walk, scanner: &ScannerAddress) -> Result<(), AppError> {
        let now = self.world.now();
        if walk.rests_until.is_some_and(|until| now < until) {
            return Ok(());
        }
        if walk.is_done {
            return self.remember(walk, now).await;
        }
        if !self.may_check().await? {
            return Ok(());
        }
        let (at, digest) = walk.after.clone();
        let page = self.store.files_passed(at, &digest, walk.until, FILES_PER_TURN).await?;
        for row in &page {
            match self.look_at_old(row, scanner).await? {
                Looked::Over => walk.after = (row.stored_at, row.digest.clone()),
                Looked::Away => {
                    walk.rests_until = now.checked_add(REST).ok();
                    return Ok(());
                }
            }
            walk.looked_at += 1;
            if walk.looked_at.is_multiple_of(SAID_EVERY) {
                let (files, of) = (walk.looked_at, walk.of);
                tracing::info!(files, of, "of the files from before the scanner so many were seen");
            }
        }
        if page.is_empty() {
            walk.is_done = true;
            tracing::info!(files = walk.looked_at, "every file from before the scanner was seen");
        }
        let until = if walk.is_done { walk.until } else { walk.after.0 };
        self.write_down(until).await
    }

    /// Everything was looked at, when it came or later.
    async fn remember(&self, walk: &mut Walk, now: Timestamp) -> Result<(), AppError> {
        if now.duration_since(walk.until) < REMEMBERED || self.files_waiting().await?.is_some() {
            return Ok(());
        }
        walk.until = now;
        self.write_down(now).await
    }

    async fn write_down(&self, until: Timestamp) -> Result<(), AppError> {
        let next = u64::try_from(until.as_microsecond()).unwrap_or(0);
        let name = COUNTER.to_owned();
        self.store.write(Write::SetCounter { name, next }).await?;
        Ok(())
    }

    async fn look_at_old(
        &self,
        row: &FileRow,
        scanner: &ScannerAddress,
    ) -> Result<Looked, AppError> {
        let digest = &row.digest;
        let error: Box<dyn std::error::Error> = match self.scan(scanner, digest).await {
            Ok(Ok(Verdict::Clean)) => return Ok(Looked::Over),
            Ok(Ok(Verdict::Found(finding))) => {
                tracing::warn!(file.sha256 = %digest, found = %finding, "a file from before the scanner is harmful and is not shown any more");
                let (digest, state) = (digest.clone(), FileState::Refused);
                self.store.write(Write::FileChecked { digest, state, finding }).await?;
                return Ok(Looked::Over);
            }
            Ok(Err(error @ ScanError::Away(_))) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "files from before the scanner wait until it answers"
                );
                return Ok(Looked::Away);
            }
            Ok(Err(error @ ScanError::Unwilling { .. })) => Box::new(error),
            Err(AppError::Io(error)) => Box::new(error),
            Err(error) => return Err(error),
        };
        tracing::error!(file.sha256 = %digest, %error, "a file from before the scanner could not be checked; it is shown as before");
        Ok(Looked::Over)
    }
}

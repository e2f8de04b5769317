//! The check of files: what nobody looked at is not shown, what is harmful never. Must not lose a
//! file because the scanner is away: it waits, and is shown to it again.

use std::collections::HashMap;

use futures_util::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use redress_channels::{ScanError, ScannerAddress, Verdict};
use redress_store::{FileRow, FileState, Write};
use serde::Serialize;

use crate::{App, AppError};

/// Files checked within one turn.
const FILES_PER_TURN: u32 = 20;
/// Files of one complaint that are told apart.
const HELD_MAX: u32 = 1_000;
/// The longest wait before a file is shown to the scanner again.
const RETRY_MAX: SignedDuration = SignedDuration::from_mins(5);
/// How long one process checks a file before another may: one that looks at the same file a second
/// time does no harm, and one that died keeps nobody waiting for long.
const LEASE: SignedDuration = SignedDuration::from_secs(15);

/// Why a file is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Held {
    /// Nobody looked at it yet.
    Checking,
    /// Something was found in it.
    Refused,
}

/// How the scanner stands with the files that wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Since when the oldest of them waits.
    pub since: Timestamp,
    /// How often it was shown to the scanner in vain; 0 while its turn has not come.
    pub attempts: u64,
}

/// Files of a complaint that are not shown, by digest: why, and what was found.
pub type HeldFiles = HashMap<String, (Held, String)>;

fn held(row: &FileRow) -> Option<Held> {
    match row.state {
        FileState::Passed => None,
        FileState::Waiting => Some(Held::Checking),
        FileState::Refused => Some(Held::Refused),
    }
}

impl App {
    /// How bytes stand that are stored now.
    pub(crate) fn state_of_new(&self) -> FileState {
        if self.limits.scanner.is_some() { FileState::Waiting } else { FileState::Passed }
    }

    /// Lets the bytes with this digest through, if they may be shown.
    ///
    /// # Errors
    ///
    /// [`AppError::FileHeld`], or [`AppError::NotFound`] for bytes nobody uploaded.
    pub(crate) async fn admit_file(&self, digest: &str) -> Result<(), AppError> {
        let row = self.store.file(digest).await?.ok_or(AppError::NotFound)?;
        held(&row).map_or(Ok(()), |held| Err(AppError::FileHeld { held }))
    }

    /// The files of a complaint that are not shown.
    pub(crate) async fn held_files(&self, complaint: &str) -> Result<HeldFiles, AppError> {
        let rows = self.store.held_files(complaint, HELD_MAX).await?;
        let named = |row: FileRow| held(&row).map(|held| (row.digest, (held, row.finding)));
        Ok(rows.into_iter().filter_map(named).collect())
    }

    /// The files that wait for the scanner, if any do.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn files_waiting(&self) -> Result<Option<Waiting>, AppError> {
        let oldest = self.store.oldest_waiting_file().await?;
        Ok(oldest.map(|row| Waiting { since: row.stored_at, attempts: row.attempts }))
    }

    /// The scanner of this installation, if it has one.
    pub fn scanner(&self) -> Option<&ScannerAddress> {
        self.limits.scanner.as_ref()
    }

    /// Shows files that wait to the scanner; answers how many it judged. One process does at a time.
    /// While nothing waits, files from before there was a scanner are shown to it.
    /// Without a scanner nothing waits: what did while there was one is let through.
    ///
    /// # Errors
    ///
    /// [`AppError`] when the store fails. A scanner that is away is no error: it is told by
    /// [`App::files_waiting`] and in the log.
    pub async fn check_files(&self) -> Result<usize, AppError> {
        let now = self.world.now();
        let mut due = self.store.files_due(now, FILES_PER_TURN).await?;
        if due.is_empty() {
            // Nothing waits for longer than that, unless the clock went back since.
            let latest = now.checked_add(RETRY_MAX * 2).unwrap_or(now);
            due = self.store.files_put_off(latest, FILES_PER_TURN).await?;
        }
        if let (true, Some(scanner)) = (due.is_empty(), &self.limits.scanner) {
            self.check_old_files(scanner).await?;
            return Ok(0);
        }
        let mut judged = 0;
        for row in due {
            if !self.may_check().await? {
                break;
            }
            match self.check(&row).await? {
                Checked::Judged => judged += 1,
                Checked::NotThis => {}
                Checked::Away => break,
            }
        }
        Ok(judged)
    }

    /// Whether this process is the one that checks files now.
    pub(crate) async fn may_check(&self) -> Result<bool, AppError> {
        let now = self.world.now();
        let until = now.checked_add(LEASE).map_err(AppError::broken)?;
        Ok(self.store.lease("check-files", &self.worker, now, until).await?)
    }

    async fn check(&self, row: &FileRow) -> Result<Checked, AppError> {
        let verdict = match &self.limits.scanner {
            None => Ok(Verdict::Clean),
            Some(scanner) => match self.scan(scanner, &row.digest).await {
                // Bytes that cannot be read must not keep those behind them waiting.
                Err(AppError::Io(error)) => {
                    return self.put_off(row, &error, Checked::NotThis).await;
                }
                scanned => scanned?,
            },
        };
        let digest = row.digest.clone();
        let (state, finding) = match verdict {
            Ok(Verdict::Clean) => (FileState::Passed, String::new()),
            Ok(Verdict::Found(name)) => {
                tracing::warn!(file.sha256 = %digest, found = %name, "a file is harmful and is not shown");
                (FileState::Refused, name)
            }
            Err(error @ ScanError::Away(_)) => {
                return self.put_off(row, &error, Checked::Away).await;
            }
            Err(error @ ScanError::Unwilling { .. }) => {
                return self.put_off(row, &error, Checked::NotThis).await;
            }
        };
        self.store.write(Write::FileChecked { digest, state, finding }).await?;
        Ok(Checked::Judged)
    }

    pub(crate) async fn scan(
        &self,
        scanner: &ScannerAddress,
        digest: &str,
    ) -> Result<Result<Verdict, ScanError>, AppError> {
        let mut file = self.files.read(digest).await?;
        let mut scan = match scanner.begin().await {
            Ok(scan) => scan,
            Err(error) => return Ok(Err(error)),
        };
        while let Some(piece) = file.pieces.next().await {
            scan.show(&piece?).await;
        }
        Ok(scan.verdict().await)
    }

    async fn put_off(
        &self,
        row: &FileRow,
        error: &(dyn std::error::Error + 'static),
        came: Checked,
    ) -> Result<Checked, AppError> {
        let attempts = row.attempts + 1;
        tracing::error!(
            file.sha256 = %row.digest,
            error,
            attempts,
            "a file could not be checked; it is not shown, and is tried again"
        );
        let doublings = u32::try_from(row.attempts.min(10)).unwrap_or(10);
        let wait = SignedDuration::from_secs(2 << doublings).min(RETRY_MAX);
        let due_at = self.world.now().checked_add(wait).map_err(AppError::broken)?;
        let (digest, finding) = (row.digest.clone(), error.to_string());
        self.store.write(Write::RetryFile { digest, finding, due_at }).await?;
        Ok(came)
    }
}

/// What came of one check.
enum Checked {
    /// There is a verdict.
    Judged,
    /// There is none of this file.
    NotThis,
    /// There is none of any.
    Away,
}

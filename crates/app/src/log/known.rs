//! What the log's own stream tells: its name, its keys, and that it was restarted.
//! Must not read a file; the secret half of a key stands in none of its events.

use jiff::Timestamp;
use redress_core::{complaint::Event, kinds::RestartReason};
use redress_proof::{Note, VerificationKey};
use redress_store::StoredEvent;

use crate::AppError;

/// The log as its stream tells it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Events read.
    pub(crate) version: u64,
    /// Its number; 0 before the first key.
    pub(crate) epoch: u32,
    /// Its name; empty before the first key.
    pub(crate) origin: String,
    /// Every key there ever was, the oldest first.
    pub(crate) keys: Vec<LogKey>,
    /// The last restart.
    pub(crate) restarted: Option<Restarted>,
}

/// A key of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKey {
    /// Its public half.
    pub key: VerificationKey,
    /// The number of the log it signs.
    pub epoch: u32,
    /// From when on.
    pub since: Timestamp,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
}

/// The log goes on under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restarted {
    /// Its new number.
    pub epoch: u32,
    /// Why.
    pub reason: RestartReason,
    /// When it was noticed.
    pub at: Timestamp,
    /// How many entries were signed under the old name, if that is known.
    pub signed: Option<u64>,
    /// How many there were when it went on.
    pub kept: u64,
    /// Whether somebody who administers said that they know.
    pub confirmed: bool,
}

impl Known {
    /// Takes the next event of the stream.
    ///
    /// # Errors
    ///
    /// [`AppError`] for an event or a key that cannot be read.
    pub(crate) fn take(&mut self, stored: &StoredEvent) -> Result<(), AppError> {
        let (kind, words) = (&stored.kind, stored.words.as_deref());
        let event = Event::decode(kind, stored.schema, &stored.facts, words)?;
        self.version = stored.version;
        if let Event::LogKeyAdded(announced) = event {
            let key = announced.key.parse().map_err(AppError::broken)?;
            let (epoch, since) = (announced.epoch, stored.recorded_at);
            self.keys.push(LogKey { key, epoch, since, retired_at: None });
            (self.epoch, self.origin) = (announced.epoch, announced.origin);
        } else if let Event::LogKeyRetired(retired) = event {
            let same = |known: &&mut LogKey| known.key.to_string() == retired.key;
            if let Some(known) = self.keys.iter_mut().find(same) {
                known.retired_at = Some(stored.recorded_at);
            }
        } else if let Event::LogRestarted(restarted) = event {
            let note = restarted.checkpoint.as_deref().map(Note::parse);
            let note = note.transpose().map_err(AppError::broken)?;
            self.restarted = Some(Restarted {
                epoch: restarted.epoch,
                reason: restarted.reason,
                at: stored.recorded_at,
                signed: note.as_ref().and_then(super::sign::size),
                kept: stored.pos - 1,
                confirmed: false,
            });
        } else if let Event::LogRestartConfirmed(confirmed) = event {
            let same = |known: &&mut Restarted| known.epoch == confirmed.epoch;
            if let Some(restarted) = self.restarted.as_mut().filter(same) {
                restarted.confirmed = true;
            }
        }
        Ok(())
    }
}

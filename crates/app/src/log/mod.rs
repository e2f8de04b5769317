//! The log as others see it: its name and keys, signed trees, tiles, receipts.
//! Must not change what is in it: events are leaves when they are committed, and stay.
//!
//! The data folder holds, apart from the database, `log.key` (who has it signs as this log) and
//! `log.checkpoint` (the last tree that was signed: a database that knows less is an older one).

mod keys;
mod known;
mod open;
mod receipt;
mod sign;

use std::sync::{Mutex, PoisonError};

use redress_core::{
    complaint::{
        event::{LogKeyAdded, LogKeyRetired, LogRestartConfirmed},
        people::Actor,
    },
    kinds::RestartReason,
};
use redress_proof::{SigningKey, Tile, VerificationKey};

pub use keys::log_keys_of;
pub(crate) use known::Known;
pub use known::{LogKey, Restarted};
pub use receipt::ReceiptFile;
pub use sign::Signed;

use crate::{App, AppError};

/// What this process knows of the log.
#[derive(Debug, Default)]
pub(crate) struct Log {
    now: Mutex<Now>,
    /// Held while a tree is signed.
    signing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Now {
    known: Known,
    signers: Vec<SigningKey>,
    signed: Option<Signed>,
    /// Whether it is still to be opened, by whoever serves.
    waits: bool,
    /// Whether it could not be signed, and somebody was told.
    fails: bool,
}

impl Log {
    fn now<T>(&self, ask: impl FnOnce(&mut Now) -> T) -> T {
        ask(&mut self.now.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn knows(&self, known: Known, signers: Vec<SigningKey>) {
        self.now(|now| {
            now.signed = now.signed.take().filter(|signed| signed.origin() == known.origin);
            (now.known, now.signers) = (known, signers);
        });
    }

    fn signers(&self) -> Vec<SigningKey> {
        self.now(|now| now.signers.clone())
    }
}

impl Known {
    /// Those of the keys at hand that sign the log now, the newest first.
    fn signers(&self, at_hand: &[SigningKey]) -> Vec<SigningKey> {
        let signs = |key: &&LogKey| key.epoch == self.epoch && key.retired_at.is_none();
        let of = |known: &LogKey| {
            at_hand.iter().find(|key| *key.verification_key() == known.key).cloned()
        };
        self.keys.iter().rev().filter(signs).filter_map(of).collect()
    }
}

impl App {
    /// The name of the log, `complaints.example.vn/log/1`.
    pub fn log_origin(&self) -> String {
        self.log.now(|now| now.known.origin.clone())
    }

    /// Every key that ever signed this log, also under its earlier names, the oldest first: receipts
    /// of each stay valid.
    pub fn log_keys(&self) -> Vec<LogKey> {
        self.log.now(|now| now.known.keys.clone())
    }

    /// The keys that sign now, the newest first: one, or two while one follows the other.
    pub fn log_keys_now(&self) -> Vec<VerificationKey> {
        let public = |key: &SigningKey| key.verification_key().clone();
        self.log.now(|now| now.signers.iter().map(public).collect())
    }

    /// Whether entries may be missing that were signed once, and nobody said yet that they know.
    pub fn log_is_short(&self) -> bool {
        let short = |found: &Restarted| !found.confirmed && found.reason != RestartReason::Renamed;
        self.log.now(|now| now.known.restarted.as_ref().is_some_and(short))
    }

    /// The last restart of the log, if there was one.
    pub fn log_restarted(&self) -> Option<Restarted> {
        self.log.now(|now| now.known.restarted.clone())
    }

    /// The newest signed tree.
    ///
    /// # Errors
    ///
    /// [`AppError::Broken`] when nothing can be signed.
    pub async fn signed(&self) -> Result<Signed, AppError> {
        match self.log.now(|now| now.signed.clone()) {
            Some(signed) => Ok(signed),
            None => self.sign_now().await,
        }
    }

    /// A signed tree that holds leaf `index`.
    async fn signed_with(&self, index: u64) -> Result<Signed, AppError> {
        let signed = self.signed().await?;
        if signed.tree.size > index { Ok(signed) } else { self.sign_now().await }
    }

    /// Signs the tree as it is now, unless it is signed; and learns what other processes told of the
    /// log. The jobs do it each second.
    ///
    /// # Errors
    ///
    /// [`AppError::Broken`] when the checkpoint cannot be kept.
    pub async fn sign_now(&self) -> Result<Signed, AppError> {
        let _turn = self.log.signing.lock().await;
        let tree = self.store.head().await?.frontier.tree();
        let signed = self.log.now(|now| now.signed.clone());
        if let Some(signed) = signed.filter(|signed| signed.tree == tree) {
            return Ok(signed);
        }
        self.learn_of_log().await?;
        let (origin, signers) = self.log.now(|now| (now.known.origin.clone(), now.signers.clone()));
        if signers.is_empty() {
            let what = "no key of the log is at hand; the server makes one at its start";
            return Err(AppError::broken(what));
        }
        let folder = self.folder.clone();
        let signing =
            tokio::task::spawn_blocking(move || sign::sign(&folder, &origin, tree, &signers));
        let signed = signing.await.map_err(AppError::broken)??;
        self.log.now(|now| now.signed = Some(signed.clone()));
        Ok(signed)
    }

    /// The turn of the jobs: opens the log where there was no room for that, and signs it. What does not
    /// go is said once, and once that it goes again.
    pub(crate) async fn tick_log(&self) {
        let opened = if self.log.now(|now| now.waits) { self.open_log().await } else { Ok(()) };
        let done = match opened {
            Ok(()) if self.log.now(|now| now.waits) => return,
            Ok(()) => self.sign_now().await.map(drop),
            Err(error) => Err(error),
        };
        let failed = self.log.now(|now| std::mem::replace(&mut now.fails, done.is_err()));
        match done {
            Err(error) if !failed => tracing::error!(
                error = &error as &dyn std::error::Error,
                "the log could not be signed; it is tried again"
            ),
            Ok(()) if failed => tracing::info!("the log is signed again"),
            Ok(()) | Err(_) => {}
        }
    }

    /// Reads what other processes told of the log since this one looked.
    async fn learn_of_log(&self) -> Result<(), AppError> {
        let mut known = self.log.now(|now| now.known.clone());
        let told = self.store.events_of(&open::stream()?, known.version, 100).await?;
        if told.is_empty() {
            return Ok(());
        }
        for stored in &told {
            known.take(stored)?;
        }
        let at_hand = keys::read(&self.folder)?;
        let signers = known.signers(&at_hand);
        self.log.knows(known, signers);
        Ok(())
    }

    /// The hashes of a tile of the newest signed tree.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] for a tile that it has not.
    pub async fn log_tile(&self, tile: Tile) -> Result<Vec<u8>, AppError> {
        self.has_tile(tile).await?;
        Ok(self.store.tile(tile).await?)
    }

    /// The entries under a tile of level 0 of the newest signed tree, as C2SP tlog-tiles bundles
    /// them.
    ///
    /// # Errors
    ///
    /// As [`App::log_tile`].
    pub async fn log_entries(&self, tile: Tile) -> Result<Vec<u8>, AppError> {
        self.has_tile(tile).await?;
        let leaves = self.store.leaves_of(tile).await?;
        let bundle = redress_proof::entry_bundle(leaves.iter().map(String::as_str));
        bundle.ok_or_else(|| AppError::broken("a leaf is longer than a bundle holds"))
    }

    async fn has_tile(&self, tile: Tile) -> Result<(), AppError> {
        let size = self.signed().await?.tree.size;
        if tile.is_in(size) { Ok(()) } else { Err(AppError::NotFound) }
    }

    /// A new key signs the log from now on, beside the one before, which goes on signing until it is
    /// retired: whoever knows only the old key can check receipts meanwhile.
    ///
    /// # Errors
    ///
    /// [`AppError::Broken`] when two keys sign already, or the key cannot be kept.
    pub async fn add_log_key(&self, by: &Actor) -> Result<VerificationKey, AppError> {
        let _lock = open::lock(&self.folder).await?;
        self.learn_of_log().await?;
        let (known, mut signers) = self.log.now(|now| (now.known.clone(), now.signers.clone()));
        if signers.is_empty() {
            let what = "no key of the log is at hand; the server makes one at its start";
            return Err(AppError::broken(what));
        }
        if signers.len() > 1 {
            return Err(AppError::broken("two keys sign already: retire the older one first"));
        }
        let key = self.new_log_key(&known.origin)?;
        let public = key.verification_key().clone();
        signers.insert(0, key);
        keys::write(&self.folder, &signers)?;
        let (origin, epoch) = (known.origin, known.epoch);
        let event = LogKeyAdded { origin, epoch, key: public.to_string() };
        self.tell_log(known.version, vec![event.into()], by).await?;
        self.sign_now().await?;
        Ok(public)
    }

    /// The older of two keys signs no longer. What it signed stays valid.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when only one key signs.
    pub async fn retire_log_key(&self, by: &Actor) -> Result<VerificationKey, AppError> {
        let _lock = open::lock(&self.folder).await?;
        self.learn_of_log().await?;
        let (known, signers) = self.log.now(|now| (now.known.clone(), now.signers.clone()));
        let [newer, older] = signers.as_slice() else { return Err(AppError::NotFound) };
        let public = older.verification_key().clone();
        let event = LogKeyRetired { key: public.to_string() };
        self.tell_log(known.version, vec![event.into()], by).await?;
        keys::write(&self.folder, std::slice::from_ref(newer))?;
        self.sign_now().await?;
        Ok(public)
    }

    /// Somebody who administers says that they know of the restart.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when there is nothing to confirm.
    pub async fn confirm_log_restart(&self, by: &Actor) -> Result<(), AppError> {
        let known = self.known_log().await?;
        let waits = known.restarted.as_ref().filter(|restarted| !restarted.confirmed);
        let epoch = waits.ok_or(AppError::NotFound)?.epoch;
        self.tell_log(known.version, vec![LogRestartConfirmed { epoch }.into()], by).await?;
        self.learn_of_log().await
    }
}

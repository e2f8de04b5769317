//! Opening the log: its first key, and the watch that nothing is signed under a name that may have
//! told more than is known here. Must not sign before it has looked.

use std::{fs, net::IpAddr, path::Path};

use redress_core::{
    complaint::{
        Event,
        event::{LogKeyAdded, LogRestarted},
        people::Actor,
    },
    kinds::RestartReason,
};
use redress_proof::{KeyKind, SigningKey, Tree};
use redress_store::{CommitError, Expect, Head, StoreError, StreamId, StreamKind};

use super::{Known, keys, sign};
use crate::{
    App, AppError,
    record::{self, ActorFact},
};

/// How often another process that opens the same log is let go first.
const TURNS_MAX: usize = 20;
/// Held by whoever changes key and checkpoint.
const LOCK: &str = "log.lock";

/// What is to be done before anything is signed.
enum Finding {
    /// It goes on: these keys sign it.
    GoesOn(Vec<SigningKey>),
    /// It begins.
    Begins,
    /// It goes on under another name.
    Restarts(RestartReason, Option<sign::Signed>),
}

impl App {
    /// Reads what is known of the log, and the keys that may sign it as it is. Changes nothing: who
    /// only works beside a server, or looks at a copy, neither begins a log nor restarts one.
    pub(crate) async fn read_log(&self) -> Result<(), AppError> {
        let known = self.known_log().await?;
        let head = self.store.head().await?;
        let at_hand = keys::read(&self.folder)?;
        let signers = match self.look_at_log(&known, &head, &at_hand).await? {
            Finding::GoesOn(signers) => signers,
            Finding::Begins | Finding::Restarts(..) => vec![],
        };
        self.log.knows(known, signers);
        Ok(())
    }

    /// Opens the log for whoever serves: begins it, or restarts it where it cannot go on. On a full
    /// disk it is signed once there is room.
    ///
    /// # Errors
    ///
    /// [`AppError`] when the files of the log cannot be used, or the store does not answer.
    pub async fn open_log(&self) -> Result<(), AppError> {
        for _ in 0..TURNS_MAX {
            let lock = lock(&self.folder).await?;
            let done = Box::pin(self.open_log_alone()).await;
            drop(lock);
            match done {
                Err(AppError::Moved { .. }) => {}
                Err(AppError::DiskFull) => {
                    if !self.log.now(|now| std::mem::replace(&mut now.waits, true)) {
                        tracing::error!(
                            "the log does not begin: the disk is full; it is tried again"
                        );
                    }
                    return Ok(());
                }
                done => {
                    self.log.now(|now| now.waits = done.is_err());
                    return done;
                }
            }
        }
        Err(AppError::broken("the log of this installation is opened by too many at once"))
    }

    /// The same, while no other process opens it.
    async fn open_log_alone(&self) -> Result<(), AppError> {
        let known = self.known_log().await?;
        let head = self.store.head().await?;
        let at_hand = keys::read(&self.folder)?;
        match self.look_at_log(&known, &head, &at_hand).await? {
            Finding::GoesOn(signers) => self.log.knows(known, signers),
            Finding::Begins => {
                let origin = origin(&self.public_url, 1);
                let kept = at_hand.into_iter().find(|key| is_of(key, &origin));
                let key = kept.map_or_else(|| self.new_log_key(&origin), Ok)?;
                keys::write(&self.folder, std::slice::from_ref(&key))?;
                sign::sign(
                    &self.folder,
                    &origin,
                    head.frontier.tree(),
                    std::slice::from_ref(&key),
                )?;
                self.announce(&known, 1, key, None).await?;
            }
            Finding::Restarts(reason, signed) => {
                let epoch = next_epoch(&known, signed.as_ref(), &at_hand);
                let key = self.new_log_key(&origin(&self.public_url, epoch))?;
                let mut all = vec![key.clone()];
                all.extend(at_hand);
                keys::write(&self.folder, &all)?;
                tracing::warn!(%reason, epoch, "the log goes on under a new name");
                self.announce(&known, epoch, key, Some((reason, signed))).await?;
            }
        }
        self.sign_now().await?;
        let signers = self.log.signers();
        // Keys of an earlier name, and such as were never announced, sign nothing any more.
        let held = keys::read(&self.folder)?.len();
        if signers.len() == held { Ok(()) } else { keys::write(&self.folder, &signers) }
    }

    pub(super) fn new_log_key(&self, origin: &str) -> Result<SigningKey, AppError> {
        SigningKey::from_seed(origin, KeyKind::Log, &self.world.bytes()).map_err(AppError::broken)
    }

    /// Whether the log may be signed under its name.
    async fn look_at_log(
        &self,
        known: &Known,
        head: &Head,
        at_hand: &[SigningKey],
    ) -> Result<Finding, AppError> {
        use RestartReason::{Behind, Forked, KeyLost, Renamed, Restored};
        if known.version == 0 {
            return Ok(Finding::Begins);
        }
        let last = sign::last(&self.folder)?;
        let signers: Vec<SigningKey> = known.signers(at_hand);
        let reason = match &last {
            None => Some(Restored),
            Some(last) if last.origin() == known.origin => {
                if last.tree.size > head.pos {
                    Some(Behind)
                } else if self.has_tree(&last.tree).await? {
                    signers.is_empty().then_some(KeyLost)
                } else {
                    Some(Forked)
                }
            }
            // Signed by what came after this state of the database; or the log was restarted, and
            // died before it signed under its new name.
            Some(last) if epoch_of(last.origin()) > known.epoch => Some(Behind),
            Some(_) => signers.is_empty().then_some(KeyLost),
        };
        if let Some(reason) = reason {
            return Ok(Finding::Restarts(reason, last));
        }
        if is_local(&known.origin) && !is_local(&origin(&self.public_url, 1)) {
            return Ok(Finding::Restarts(Renamed, last));
        }
        Ok(Finding::GoesOn(signers))
    }

    /// Whether the log was this tree once.
    async fn has_tree(&self, tree: &Tree) -> Result<bool, AppError> {
        match self.store.tree_at(tree.size).await {
            Ok(found) => Ok(found == *tree),
            // Leaves are missing.
            Err(StoreError::Corrupt { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Says in the log which key signs it from now on, and why it goes on under another name.
    async fn announce(
        &self,
        known: &Known,
        epoch: u32,
        key: SigningKey,
        restart: Option<(RestartReason, Option<sign::Signed>)>,
    ) -> Result<(), AppError> {
        let origin = key.verification_key().name().to_owned();
        let mut events = Vec::new();
        if let Some((reason, signed)) = restart {
            let checkpoint = signed.map(|signed| signed.note.to_string());
            let origin = origin.clone();
            events.push(Event::from(LogRestarted { origin, epoch, reason, checkpoint }));
        }
        let text = key.verification_key().to_string();
        events.push(Event::from(LogKeyAdded { origin, epoch, key: text }));
        self.tell_log(known.version, events, &Actor::System("log")).await?;
        self.log.knows(self.known_log().await?, vec![key]);
        Ok(())
    }

    /// Adds events to the stream of the log, if nobody did since it had this version.
    pub(super) async fn tell_log(
        &self,
        version: u64,
        events: Vec<Event>,
        actor: &Actor,
    ) -> Result<(), AppError> {
        let (stream, now) = (stream()?, self.world.now());
        let actor = ActorFact::of(actor, "").to_json();
        let mut commit = record::new_commit(&self.world);
        let stored =
            events.iter().map(|event| record::new_event(&self.world, &stream, event, &actor, now));
        commit.events.extend(stored);
        commit.expect.push(Expect { stream: stream.clone(), version });
        match self.store.commit(commit).await {
            Ok(_) => Ok(()),
            Err(CommitError::Conflict { actual, .. }) => Err(AppError::Moved { actual }),
            Err(error) => Err(error.into()),
        }
    }

    /// The log as its stream tells it now.
    pub(super) async fn known_log(&self) -> Result<Known, AppError> {
        let mut known = Known::default();
        for stored in self.store.stream(&stream()?).await? {
            known.take(&stored)?;
        }
        Ok(known)
    }
}

/// Waits until nobody else changes key and checkpoint; they may when what this answers is dropped.
pub(super) async fn lock(folder: &Path) -> Result<fs::File, AppError> {
    let path = folder.join(LOCK);
    let locked = tokio::task::spawn_blocking(move || {
        let file = fs::OpenOptions::new().create(true).append(true).open(path)?;
        file.lock().map(|()| file)
    });
    locked.await.map_err(AppError::broken)?.map_err(keys::failed)
}

/// The stream in which the log tells of itself.
pub(super) fn stream() -> Result<StreamId, AppError> {
    record::stream(StreamKind::Log, "main")
}

/// The number of the log after every one that is known here.
fn next_epoch(known: &Known, signed: Option<&sign::Signed>, at_hand: &[SigningKey]) -> u32 {
    let names = at_hand.iter().map(|key| key.verification_key().name());
    let epochs = names.chain(signed.map(sign::Signed::origin)).map(epoch_of);
    epochs.fold(known.epoch, u32::max).saturating_add(1)
}

/// The name of the log of an installation that people reach under this address.
fn origin(public_url: &str, epoch: u32) -> String {
    let host = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let host: String =
        host.chars().map(|c| if c == '+' || c <= ' ' { '-' } else { c }).take(200).collect();
    let host = if host.is_empty() { "localhost" } else { host.trim_end_matches('/') };
    format!("{host}/log/{epoch}")
}

fn epoch_of(origin: &str) -> u32 {
    origin.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn is_of(key: &SigningKey, origin: &str) -> bool {
    key.verification_key().name() == origin
}

/// Whether only this machine can mean itself by the name.
fn is_local(origin: &str) -> bool {
    let host = origin.split('/').next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    });
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let here = |ip: IpAddr| ip.is_loopback() || ip.is_unspecified();
    name == "localhost" || name.parse().is_ok_and(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_named_after_the_address_and_a_machine_knows_its_own_names() {
        for (url, name, local) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080/log/1", true),
            ("http://localhost", "localhost/log/1", true),
            ("http://[::1]:8080", "[::1]:8080/log/1", true),
            ("https://khieunai.example.vn", "khieunai.example.vn/log/1", false),
            ("https://example.vn/khieu+nai", "example.vn/khieu-nai/log/1", false),
            ("https://10.0.0.8:8443", "10.0.0.8:8443/log/1", false),
            ("", "localhost/log/1", true),
        ] {
            assert_eq!((origin(url, 1).as_str(), is_local(&origin(url, 1))), (name, local));
        }
        assert_eq!((epoch_of("a.vn/log/12"), epoch_of("a.vn")), (12, 0));
    }
}

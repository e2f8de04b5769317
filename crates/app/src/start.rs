//! Starting: the data folder, the installation's key, the pack in force.
//! Must not read configuration or the environment; settings are given.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use redress_channels::Registry;
use redress_core::{
    complaint::{Event, event::PolicyPutInForce, people::Actor},
    id::ComplaintId,
    policy::{Pack, PackFiles},
};
use redress_store::{
    CommitError, ListFilter, Options, PackRow, Row, StateFilter, Store, StoreError, StreamKind,
};

use crate::{
    App, AppError, FileSettings,
    calendars::Days,
    export::unfinished_import,
    files::Files,
    old_files::OldFiles,
    packs,
    record::{self, ActorFact},
    secret::{InstallationKey, SECRET_BYTES},
    under_way::UnderWay,
    world::World,
};

/// What an installation is started with.
#[derive(Debug)]
pub struct Settings {
    /// The data folder.
    pub folder: PathBuf,
    /// The pack to put in force; `None` keeps the one in force, or the shipped one at first.
    pub pack: Option<Pack>,
    /// Channels that send by themselves.
    pub channels: Registry,
    /// The address under which people reach the installation.
    pub public_url: String,
    /// How much may be uploaded.
    pub files: FileSettings,
}

/// What happens to a policy of another id that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherPolicy {
    /// It stays: the start is refused.
    Stays,
    /// The given one takes its place; the operator said so.
    IsReplaced,
}

/// Why an installation does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error("the data folder `{}` cannot be used", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Half of an import lies in the folder.
    #[error(
        "an import or a restore into `{}` did not come to its end: run it again, or delete the folder",
        folder.display()
    )]
    UnfinishedImport {
        /// Which folder.
        folder: PathBuf,
    },
    /// The database does not open.
    #[error("the database does not open")]
    Store(#[source] StoreError),
    /// The pack's content changed under its old version.
    #[error(
        "the policy `{id}` was changed without a new version: raise `version` above {version} in policy.toml"
    )]
    SameVersion {
        /// Which pack.
        id: String,
        /// The version that is stored with other content.
        version: u32,
    },
    /// Only the days of the calendar changed: they need no new version, but somebody must look at
    /// the dates that move.
    #[error(
        "the calendar `{calendar}` of this policy is not the one in force here ({in_force}): look \
         at the dates that move with `redress calendar check --policy DIR --data DIR`, then put it \
         in force by the same with --apply"
    )]
    CalendarChanged {
        /// The calendar of the pack, `vn@2026-11-25`.
        calendar: String,
        /// The one in force, `vn@2026-11-20`.
        in_force: String,
    },
    /// Another policy is in force, and nobody said that it is to go.
    #[error(
        "the policy `{current}` is in force here, and `{wanted}` is another one; start with its own \
         data folder, or say --replace-policy to put it in force instead"
    )]
    OtherPolicy {
        /// The policy in force.
        current: String,
        /// The one that was given.
        wanted: String,
    },
    /// The pack's time is still to come.
    #[error(
        "the policy `{wanted}` may be put in force from {from} on (`in_force` in policy.toml); \
         until then start without it"
    )]
    NotYet {
        /// The one that was given.
        wanted: String,
        /// From when on, in its zone.
        from: String,
    },
    /// Anything else.
    #[error("the installation does not start")]
    App(#[source] AppError),
}

impl App {
    /// Opens an installation; a policy of another id that is in force stays.
    ///
    /// # Errors
    ///
    /// As [`App::start_with`].
    pub async fn start(settings: Settings, world: World) -> Result<Self, StartError> {
        Self::start_with(settings, world, OtherPolicy::Stays).await
    }

    /// Opens an installation.
    ///
    /// # Errors
    ///
    /// [`StartError`] with the cure in its words.
    pub async fn start_with(
        settings: Settings,
        world: World,
        other: OtherPolicy,
    ) -> Result<Self, StartError> {
        let options = Options::new(world.clock());
        Box::pin(Self::start_on(settings, world, other, options)).await
    }

    /// Opens an installation whose store is opened so.
    ///
    /// # Errors
    ///
    /// As [`App::start_with`].
    pub async fn start_on(
        settings: Settings,
        world: World,
        other: OtherPolicy,
        options: Options,
    ) -> Result<Self, StartError> {
        if unfinished_import(&settings.folder) {
            return Err(StartError::UnfinishedImport { folder: settings.folder });
        }
        let app = Box::pin(Self::enter(settings, world, other, options)).await?;
        Box::pin(app.read_log()).await.map_err(StartError::App)?;
        Ok(app)
    }

    /// Opens an installation, also one that is being imported.
    pub(crate) async fn enter(
        settings: Settings,
        world: World,
        other: OtherPolicy,
        options: Options,
    ) -> Result<Self, StartError> {
        let folder = settings.folder.clone();
        let key = open_folder(&settings.folder, &world)
            .map_err(|source| StartError::Folder { folder, source })?;
        let path = settings.folder.join("redress.sqlite");
        let opened = tokio::task::spawn_blocking(move || Store::open(&path, options)).await;
        let store =
            opened.map_err(|e| StartError::App(AppError::broken(e)))?.map_err(StartError::Store)?;
        let (pack, new) = choose(&store, settings.pack, other, world.now()).await?;
        let as_given = pack.files.clone();
        let (pack, first_days) = days_of(&store, pack).await?;
        let worker: Arc<str> = ComplaintId::new(world.now(), &world.chance()).to_string().into();
        let old_files = OldFiles::before(world.now());
        let app = Self {
            files: Files::new(settings.folder.join("files"), Arc::clone(&worker)),
            limits: settings.files,
            under_way: UnderWay::default(),
            worker,
            store,
            world,
            packs: packs::Packs::new(pack),
            channels: Arc::new(settings.channels),
            key,
            log: Arc::default(),
            folder: settings.folder,
            public_url: settings.public_url.trim_end_matches('/').into(),
            numbers: Arc::default(),
            turn: Arc::new(tokio::sync::Semaphore::new(1)),
            // Each hash takes 19 MiB: a crowd at the door must not take all memory.
            hashing: Arc::new(tokio::sync::Semaphore::new(2)),
            swept_in: Arc::new(std::sync::atomic::AtomicI64::new(i64::MIN)),
            clock_jump: Arc::new(tokio::sync::watch::channel(None).0),
            believed_until: Arc::new(std::sync::atomic::AtomicI64::new(i64::MAX)),
            failing: Arc::default(),
            beats: Arc::default(),
            backups: Arc::default(),
            old_files: Arc::new(tokio::sync::Mutex::new(old_files)),
            recount_at: Arc::default(),
        };
        if let Some(days) = first_days {
            app.first_days(days).await.map_err(StartError::App)?;
        }
        if new {
            app.put_in_force(&as_given).await.map_err(StartError::App)?;
        }
        app.recall_clock_jump().await.map_err(StartError::App)?;
        app.recount_soon_after_change().await.map_err(StartError::App)?;
        Ok(app)
    }

    async fn put_in_force(&self, as_given: &PackFiles) -> Result<(), AppError> {
        let pack = self.packs.current();
        let policy = &pack.policy;
        let now = self.world.now();
        let stream = record::stream(StreamKind::Policy, &policy.id)?;
        let event =
            Event::from(PolicyPutInForce { policy: policy.name(), pack: policy.digest.clone() });
        let actor = ActorFact::of(&Actor::System("start"), "").to_json();
        let mut commit = record::new_commit(&self.world);
        commit.events.push(record::new_event(&self.world, &stream, &event, &actor, now));
        commit.rows.push(Row::Pack(PackRow {
            digest: policy.digest.clone(),
            pack: policy.id.clone(),
            version: i64::from(policy.version),
            bytes: as_given.to_bytes(),
            put_in_force_at: now,
        }));
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether nobody has an account yet.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn is_new(&self) -> Result<bool, AppError> {
        Ok(self.store.accounts("", 1).await?.is_empty())
    }
}

/// The pack to run under, and whether it must be put in force.
async fn choose(
    store: &Store,
    wanted: Option<Pack>,
    other: OtherPolicy,
    now: jiff::Timestamp,
) -> Result<(Pack, bool), StartError> {
    let failed = |error: StoreError| StartError::App(error.into());
    let Some(wanted) = wanted else {
        let stored = store.pack_in_force(jiff::Timestamp::MAX).await.map_err(failed)?;
        return match stored {
            Some(row) => {
                let pack = packs::read(&row.bytes).map_err(StartError::App)?;
                let pack = packs::with_days_in_force(store, pack).await;
                Ok((pack.map_err(StartError::App)?, false))
            }
            None => Ok((redress_core::policy::shipped(), true)),
        };
    };
    let policy = &wanted.policy;
    let same = store.pack_version(&policy.id, i64::from(policy.version)).await.map_err(failed)?;
    let wanted = match same {
        Some(row) if row.digest != policy.digest => {
            let stored = packs::read(&row.bytes).map_err(StartError::App)?;
            if stored.rules_digest() != wanted.rules_digest() {
                let (id, version) = (policy.id.clone(), policy.version);
                return Err(StartError::SameVersion { id, version });
            }
            // Other days under the same version: that version goes on, and counts by them if they
            // are in force.
            stored
                .with_holidays(wanted.holidays())
                .map_err(|e| StartError::App(AppError::broken(e)))?
        }
        Some(_) | None => wanted,
    };
    let policy = &wanted.policy;
    let current = store.pack_in_force(jiff::Timestamp::MAX).await.map_err(failed)?;
    if current.as_ref().is_some_and(|row| row.digest == policy.digest) {
        return Ok((wanted, false));
    }
    if let Some(current) = current.filter(|row| row.pack != policy.id)
        && other == OtherPolicy::Stays
        && !is_unused(store, &current.digest, now).await.map_err(failed)?
    {
        let current = format!("{}@{}", current.pack, current.version);
        return Err(StartError::OtherPolicy { current, wanted: policy.name() });
    }
    if policy.in_force > now {
        let offset = policy.calendar.zone().to_offset(policy.in_force);
        let from = policy.in_force.display_with_offset(offset).to_string();
        return Err(StartError::NotYet { wanted: policy.name(), from });
    }
    Ok((wanted, true))
}

/// The pack counting by the days in force, and the days to put in force where none are yet: those
/// of the pack that was in force before there were any.
async fn days_of(store: &Store, pack: Pack) -> Result<(Pack, Option<Days>), StartError> {
    let failed = |error: StoreError| StartError::App(error.into());
    let own = Days::of(&pack);
    let in_force = match store.calendar_in_force(&own.name).await.map_err(failed)? {
        Some(row) => Days::stored(&row).map_err(StartError::App)?,
        None => match store.pack_in_force(jiff::Timestamp::MAX).await.map_err(failed)? {
            Some(row) => Days::of(&packs::read(&row.bytes).map_err(StartError::App)?),
            None => own.clone(),
        },
    };
    let in_force = if in_force.name == own.name { in_force } else { own.clone() };
    let known = store.calendar_date(&own.name).await.map_err(failed)?.is_some();
    let first = (!known).then(|| in_force.clone());
    if in_force.csv == own.csv {
        return Ok((pack, first));
    }
    if own.as_of < in_force.as_of {
        tracing::warn!(calendar = %own.id(), in_force = %in_force.id(), "the policy folder holds an older calendar than the one in force, which stays");
        let pack = pack.with_holidays(&in_force.csv);
        return Ok((pack.map_err(|e| StartError::App(AppError::broken(e)))?, first));
    }
    Err(StartError::CalendarChanged { calendar: own.id(), in_force: in_force.id() })
}

/// Whether the policy in force is only the shipped one of a folder that was begun without any, by
/// making an account, and no complaint was taken in under it.
async fn is_unused(store: &Store, digest: &str, now: jiff::Timestamp) -> Result<bool, StoreError> {
    if redress_core::policy::shipped().policy.digest != digest {
        return Ok(false);
    }
    let mut every = ListFilter::open(now);
    every.state = StateFilter::All;
    Ok(store.count(every, 1).await? == 0 && store.notices_waiting(1).await?.is_empty())
}

/// Makes the data folder, and reads or makes the installation's key in it.
fn open_folder(folder: &Path, world: &World) -> std::io::Result<InstallationKey> {
    fs::create_dir_all(folder)?;
    let path = folder.join("installation.key");
    match fs::read(&path) {
        Ok(bytes) => bytes.try_into().map(InstallationKey::new).map_err(|_| {
            std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                "`installation.key` is spoilt; restore it from a backup",
            )
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make_key(&path, world),
        Err(error) => Err(error),
    }
}

fn make_key(path: &Path, world: &World) -> std::io::Result<InstallationKey> {
    let bytes: [u8; SECRET_BYTES] = world.bytes();
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = match options.open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return again(path),
        Err(error) => return Err(error),
    };
    file.write_all(&bytes)?;
    file.sync_all()?;
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(InstallationKey::new(bytes))
}

/// Another process made the key at the same moment.
fn again(path: &Path) -> std::io::Result<InstallationKey> {
    let spoilt = || {
        std::io::Error::new(
            std::io::ErrorKind::InvalidData,
            "`installation.key` is being written; start again",
        )
    };
    fs::read(path)?.try_into().map(InstallationKey::new).map_err(|_| spoilt())
}

//! Use cases: receive a notice, run a command, show a complaint, do the jobs.
//!
//! Must not know HTTP or SQL. `App::run` is the only way a complaint changes after intake.
#![deny(clippy::wildcard_enum_match_arm)]

mod accounts;
mod adopt;
mod backup;
mod calendars;
mod changes;
mod checking;
mod clock;
mod condition;
mod delegation;
pub mod demo;
mod duty;
mod erase;
mod error;
mod export;
mod files;
mod holidays;
mod ical;
mod jobs;
mod letters;
mod links;
mod list;
mod load;
mod log;
mod old_files;
mod packs;
mod pictures;
mod quarantine;
mod rebuild;
mod receive;
mod record;
mod redact;
mod room;
mod row;
mod run;
mod search;
mod secret;
mod sessions;
mod simulate;
mod start;
mod under_way;
mod undertakings;
mod uploads;
pub mod view;
mod waiting;
mod world;

use std::{path::PathBuf, sync::Arc};

use redress_channels::Registry;
use redress_store::Store;

pub use accounts::{NewAccount, Password};
pub use adopt::Following;
pub use backup::{BackupError, Manifest, Rotten, Schedule, restore};
pub use calendars::{
    CalendarApplied, CalendarCheck, CalendarFault, DateMoved, DayChanged, days_changed,
};
pub use checking::{
    LATE_AFTER, REASONS, RECEIPT_ENDING, ReceiptRefused, ReceiptSays, check_receipt,
};
pub use clock::{ClockJump, ClockWatch};
pub use condition::Condition;
pub use delegation::{Delegation, NewDelegation};
pub use duty::{DutyGap, DutyLine, OnDuty};
pub use erase::{
    BackupLeft, ComplaintKept, ContactKept, Erased, Erasing, Left, PersonKept, WhoGoes,
};
pub use error::AppError;
pub use export::{
    ExportError, Exported, ImportError, Imported, Secrets, import, unfinished_import,
};
pub use files::FileStream;
pub use holidays::holiday_words;
pub use jobs::{FailingWork, Ticked};
pub use letters::{Rendered, SampleFault, parse_pack, render_samples};
pub use list::{ListQuery, Listed};
pub use load::{Loaded, Told};
pub use log::{LogKey, ReceiptFile, Restarted, Signed, log_keys_of};
pub use quarantine::{Held, HeldFiles, Waiting};
pub use receive::{NoticeIn, Receipt, ReceiptPromise};
pub use redress_proof as proof;
pub use redress_store::ComplaintRow;
pub use room::{LITTLE_BELOW, Room, free_bytes};
pub use run::{Asked, Ran};
pub use search::{Hit, HitPart};
pub use secret::{InstallationKey, Secret, hex, sha256};
pub use sessions::SignedIn;
pub use simulate::{Changed, SimulateFault, Simulated, Simulation};
pub use start::{OtherPolicy, Settings, StartError};
pub use undertakings::{CALENDAR_MEDIA_TYPE, CalendarFile};
pub use uploads::{FileSettings, Upload, Uploaded, clean_name, sniff};
pub use waiting::{Said, WaitingNotice};
pub use world::{Clock, Dice, World};

pub use redress_core as core;

/// The program behind every door: web, command line, jobs. Clones are the same program.
#[derive(Debug, Clone)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) world: World,
    pub(crate) packs: packs::Packs,
    pub(crate) channels: Arc<Registry>,
    pub(crate) key: InstallationKey,
    pub(crate) log: Arc<log::Log>,
    pub(crate) folder: PathBuf,
    pub(crate) files: files::Files,
    pub(crate) limits: FileSettings,
    pub(crate) under_way: under_way::UnderWay,
    pub(crate) public_url: Arc<str>,
    pub(crate) numbers: Arc<tokio::sync::Mutex<receive::Numbers>>,
    pub(crate) worker: Arc<str>,
    pub(crate) turn: Arc<tokio::sync::Semaphore>,
    pub(crate) hashing: Arc<tokio::sync::Semaphore>,
    pub(crate) swept_in: Arc<std::sync::atomic::AtomicI64>,
    pub(crate) clock_jump: Arc<tokio::sync::watch::Sender<Option<ClockJump>>>,
    pub(crate) believed_until: Arc<std::sync::atomic::AtomicI64>,
    pub(crate) failing: Arc<std::sync::atomic::AtomicUsize>,
    pub(crate) beats: Arc<std::sync::atomic::AtomicU64>,
    pub(crate) backups: Arc<std::sync::OnceLock<Schedule>>,
    pub(crate) old_files: Arc<tokio::sync::Mutex<old_files::OldFiles>>,
    pub(crate) recount_at: Arc<std::sync::Mutex<Option<jiff::Timestamp>>>,
}

impl App {
    /// The pack in force.
    pub fn pack(&self) -> Arc<redress_core::policy::Pack> {
        self.packs.current()
    }

    /// The newest stored pack with this version of the pack in force.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when that version was never in force here.
    pub async fn pack_version(
        &self,
        version: u32,
    ) -> Result<Arc<redress_core::policy::Pack>, AppError> {
        let id = self.packs.current().policy.id.clone();
        let row =
            self.store.pack_version(&id, i64::from(version)).await?.ok_or(AppError::NotFound)?;
        self.packs.by_digest(&self.store, &row.digest).await
    }

    /// A one-time key for a form: the same form sent twice is received once.
    pub fn form_key(&self) -> String {
        Secret::from_bytes(&self.world.bytes::<24>()).reveal().to_owned()
    }

    /// The time.
    pub fn now(&self) -> jiff::Timestamp {
        self.world.now()
    }

    /// The address under which people reach this installation, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Ends when a flush to disk failed: the process must then end at once.
    pub async fn broken(&self) {
        self.store.broken().await;
    }

    /// Whether the store answers: it reads its head, and no flush failed.
    pub async fn is_ready(&self) -> bool {
        !self.store.is_broken() && self.store.head().await.is_ok()
    }

    /// Goes through the thread that writes and back, changing nothing: it comes back only if that
    /// thread works.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store is closed.
    pub async fn touch(&self) -> Result<(), AppError> {
        Ok(self.store.touch().await?)
    }

    /// How often the jobs have moved; a number that stands still is a job that is stuck.
    pub fn beats(&self) -> u64 {
        self.beats.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// The jobs moved.
    pub fn beat(&self) {
        self.beats.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }

    /// Position of the last event; rises with every commit of any process.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the store does not answer.
    pub async fn position(&self) -> Result<u64, AppError> {
        Ok(self.store.head().await?.pos)
    }

    /// The packs' channels that send by themselves.
    pub(crate) fn senders(&self) -> Vec<redress_core::kinds::ChannelKind> {
        self.channels.senders()
    }

    /// Finishes what was handed to the store and closes it.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the last write failed.
    pub async fn close(self) -> Result<(), AppError> {
        Ok(self.store.close().await?)
    }
}

//! The handle: open, commit, write, close. Reads stand in `reads/`.
//! Must not hold SQL.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use crate::commit::{Commit, Committed};
use crate::engine::Engine;
use crate::error::{CommitError, StoreError};
use crate::sequencer::{CommitAnswer, Job, ScrubStep, Sequencer, WAITING_MAX, check, read_head};
use crate::sqlite::{Reader, Readers, Writer};
use crate::tiles;
use crate::write::{Write, Written};

/// How often the log of changes is tried to be emptied while others read.
const EMPTY_TRIES_MAX: usize = 5;

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// Where the time comes from.
    pub clock: Clock,
    /// How many reads run at once.
    pub readers: usize,
    /// How long to wait for another process's lock.
    pub lock_wait: Duration,
    /// Most pages of 4 KiB the file may have; a full quota behaves as a full disk.
    pub pages_max: Option<u32>,
    /// Development only: when the disk fails.
    #[cfg(feature = "faults")]
    pub faults: Option<crate::Faults>,
}

impl Options {
    /// The usual settings: 4 reads at once, 10 seconds for a lock, no quota.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            readers: 4,
            lock_wait: Duration::from_secs(10),
            pages_max: None,
            #[cfg(feature = "faults")]
            faults: None,
        }
    }
}

impl Options {
    /// What the sequencer writes through.
    #[cfg(not(feature = "faults"))]
    #[expect(
        clippy::unused_self,
        reason = "with the feature `faults` the options say when it fails"
    )]
    fn engine(&self, writer: Writer) -> Box<dyn Engine> {
        Box::new(writer)
    }

    /// What the sequencer writes through: a disk that fails when it is told to.
    #[cfg(feature = "faults")]
    fn engine(&self, writer: Writer) -> Box<dyn Engine> {
        let engine = Box::new(writer);
        match self.faults.clone() {
            None => engine,
            Some(faults) => Box::new(crate::faults::Faulty { engine, faults, now: None }),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("readers", &self.readers)
            .field("lock_wait", &self.lock_wait)
            .field("pages_max", &self.pages_max)
            .finish_non_exhaustive()
    }
}

/// A store. Clones are the same store; dropping the last one lets the writing thread finish what
/// was handed to it and end.
#[derive(Clone)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
    pub(crate) readers: Arc<Readers>,
    broken: watch::Receiver<bool>,
    full: watch::Receiver<bool>,
    head: watch::Receiver<u64>,
    clock: Clock,
    path: PathBuf,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

/// A commit on its way; dropping this does not take it back.
#[derive(Debug)]
pub struct HandedOver(oneshot::Receiver<CommitAnswer>);

impl HandedOver {
    /// What became of it, once that is on disk.
    ///
    /// # Errors
    ///
    /// As [`Store::commit`].
    pub async fn outcome(self) -> Result<Committed, CommitError> {
        self.0.await.unwrap_or(Err(CommitError::Unknown))
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database file, creates it if missing, and brings its schema up to date. Blocks.
    ///
    /// # Errors
    ///
    /// [`StoreError::Newer`] when a newer version wrote the file; otherwise whatever the engine
    /// says.
    pub fn open(path: &Path, options: Options) -> Result<Self, StoreError> {
        let now = (options.clock)();
        let mut writer = Writer::open(path, options.lock_wait, options.pages_max, now)?;
        tiles::fill(&mut writer)?;
        let (head_sender, head) = watch::channel(read_head(&mut writer)?.pos);
        let (broken_sender, broken) = watch::channel(false);
        let (full_sender, full) = watch::channel(false);
        let (jobs, waiting) = mpsc::channel(WAITING_MAX);
        let readers = Readers::new(path, options.lock_wait, options.readers, broken_sender.clone());
        let sequencer = Sequencer {
            engine: options.engine(writer),
            clock: Arc::clone(&options.clock),
            jobs: waiting,
            broken: broken_sender,
            full: full_sender,
            head: head_sender,
        };
        let thread = std::thread::Builder::new()
            .name("redress-sequencer".to_owned())
            .spawn(move || sequencer.run())
            .map_err(|error| StoreError::Io { source: Box::new(error) })?;
        Ok(Self {
            jobs,
            readers: Arc::new(readers),
            broken,
            full,
            head,
            clock: options.clock,
            path: path.to_owned(),
            thread: Arc::new(Mutex::new(Some(thread))),
        })
    }

    /// The migrations that opening this file would run; none when it is of this version. Changes
    /// nothing. Blocks.
    ///
    /// # Errors
    ///
    /// [`StoreError::Newer`] when a newer version wrote the file; otherwise whatever the engine
    /// says.
    pub fn pending(path: &Path) -> Result<Vec<&'static str>, StoreError> {
        crate::sqlite::pending_on(path, Duration::from_secs(10))
    }

    /// Makes a commit durable, or says why not. Returns only when the outcome is on disk.
    ///
    /// # Errors
    ///
    /// See [`CommitError`]. After [`CommitError::Unknown`] ask [`Store::commit_of`], or send the
    /// same commit again: an id is carried out once.
    pub async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        self.hand_over(commit).await?.outcome().await
    }

    /// Hands a commit over without waiting for its outcome: those handed over one after the other
    /// are carried out in this order, many in one transaction.
    ///
    /// # Errors
    ///
    /// [`CommitError::Failed`] for what can never be stored, [`CommitError::Closed`].
    pub async fn hand_over(&self, commit: Commit) -> Result<HandedOver, CommitError> {
        check(&commit).map_err(|source| CommitError::Failed { source })?;
        let (sender, answer) = oneshot::channel();
        let job = Job::Commit(Box::new(commit), sender);
        self.jobs.send(job).await.map_err(|_| CommitError::Closed)?;
        Ok(HandedOver(answer))
    }

    /// Carries out a small write outside the log.
    ///
    /// # Errors
    ///
    /// Whatever the engine says; nothing was kept.
    pub async fn write(&self, write: Write) -> Result<Written, StoreError> {
        let (sender, answer) = oneshot::channel();
        let job = Job::Write(Box::new(write), sender);
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Goes through the writing thread and back: answers only when everything handed over before is
    /// done, so that whoever asks sees that the thread is not stuck. What a reading kept from being
    /// written back is tried again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Closed`] when the thread has ended.
    pub async fn touch(&self) -> Result<(), StoreError> {
        let (sender, answer) = oneshot::channel();
        self.jobs.send(Job::Touch(sender)).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)
    }

    /// Takes deleted words out of the files of the engine: out of pages of the search index, and out of
    /// the log of changes. Whoever works goes on in between. Answers whether nothing of them is left;
    /// otherwise somebody was reading all the while, and it is to be tried again.
    ///
    /// # Errors
    ///
    /// Whatever the engine says; what is left may then be anywhere.
    pub async fn scrub(&self) -> Result<bool, StoreError> {
        let mut is_first = true;
        while self.scrub_step(ScrubStep::Search { is_first }).await? {
            is_first = false;
        }
        for _ in 0..EMPTY_TRIES_MAX {
            if self.scrub_step(ScrubStep::Log).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn scrub_step(&self, step: ScrubStep) -> Result<bool, StoreError> {
        let (sender, answer) = oneshot::channel();
        self.jobs.send(Job::Scrub(step, sender)).await.map_err(|_| StoreError::Closed)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Whether a flush failed (or the writing thread ended by a fault), so that what is durable is in
    /// doubt until a restart; or the disk cannot be read at all. The process must end (exit 3).
    pub fn is_broken(&self) -> bool {
        *self.broken.borrow()
    }

    /// Whether the last write of this process found no room. It becomes false with the first write
    /// that does: nothing has to be started again.
    pub fn is_full(&self) -> bool {
        *self.full.borrow()
    }

    /// Waits until the store is broken; never returns while it is well. Returns as well when the
    /// store has been closed.
    pub async fn broken(&self) {
        let mut broken = self.broken.clone();
        // An error means that the thread ended, which ends the waiting too.
        drop(broken.wait_for(|broken| *broken).await);
    }

    /// The position of the log as this process last moved it. Foreign commits show in
    /// [`Store::head`].
    pub fn moves(&self) -> watch::Receiver<u64> {
        self.head.clone()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Now, by the store's clock.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Bytes of the log of changes beside the file, and when it was last written: what was committed
    /// and is not written back. It stays small unless a reading that never ends holds it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] when the system does not say.
    pub fn changes(&self) -> Result<Option<(u64, SystemTime)>, StoreError> {
        let mut name = self.path.as_os_str().to_owned();
        name.push("-wal");
        let found = std::fs::metadata(name).and_then(|found| Ok((found.len(), found.modified()?)));
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::Io { source: Box::new(error) }),
        }
    }

    /// Writes the database as it stands now into a new file, durable when this returns. Whoever
    /// works goes on meanwhile. The copy holds no deleted rows.
    ///
    /// # Errors
    ///
    /// [`StoreError::DiskFull`] where the copy finds no room; otherwise whatever the engine says,
    /// also when the file exists.
    pub async fn copy_into(&self, file: &Path) -> Result<(), StoreError> {
        let (path, wait, file) = (self.path.clone(), self.readers.wait(), file.to_owned());
        let copied =
            tokio::task::spawn_blocking(move || crate::sqlite::copy_into(&path, wait, &file));
        copied.await.map_err(|error| StoreError::Engine { source: Box::new(error) })?
    }

    /// Ends the store in order: waits for what was handed over, then closes the file. Other clones
    /// must be gone, else it waits for them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Closed`] when the writing thread had ended by a fault.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(self);
        let Some(thread) = thread else { return Ok(()) };
        let ended = tokio::task::spawn_blocking(move || thread.join().is_ok()).await;
        if ended.unwrap_or(false) { Ok(()) } else { Err(StoreError::Closed) }
    }

    /// Runs a reading on the pool.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Reader) -> Result<T, StoreError> + Send + 'static,
    {
        self.readers.read(read).await
    }
}

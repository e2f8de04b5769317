//! The sequencer: one thread that turns waiting commits into durable transactions, in order.
//! Must not answer before the transaction is durable, and must not cache what another process may
//! have moved.

mod batch;
mod plan;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use batch::STATEMENTS as BATCH_STATEMENTS;
pub(crate) use batch::{find_commit, put_head, read_head};
pub use plan::Head;
#[cfg(test)]
pub(crate) use plan::STATEMENTS as PLAN_STATEMENTS;
pub(crate) use plan::check;

use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use crate::Clock;
use crate::commit::{Commit, Committed};
use crate::engine::Engine;
use crate::error::{CommitError, StoreError};
use crate::write::{Write, Written};
use batch::Failure;

/// Most commits of one transaction.
pub(crate) const BATCH_MAX: usize = 256;

/// Most jobs that wait; a caller beyond waits to be let in.
pub(crate) const WAITING_MAX: usize = 1_024;

/// How long, and how often, those who were just answered are given to ask for more.
const GATHER: Duration = Duration::from_micros(50);
const GATHER_MAX: usize = 6;

const _: () = assert!(BATCH_MAX <= WAITING_MAX);

pub(crate) type CommitAnswer = Result<Committed, CommitError>;

pub(crate) type WriteAnswer = Result<Written, StoreError>;

/// Something to do, and who waits for the answer.
type Waiting<T, A> = (Box<T>, oneshot::Sender<A>);

/// What callers send to the thread.
pub(crate) enum Job {
    Commit(Box<Commit>, oneshot::Sender<CommitAnswer>),
    Write(Box<Write>, oneshot::Sender<WriteAnswer>),
    /// One step at leaving nothing of deleted words in the files; answers what the step says.
    Scrub(ScrubStep, oneshot::Sender<Result<bool, StoreError>>),
    /// Nothing to do: whoever waits sees that the thread works.
    Touch(oneshot::Sender<()>),
}

/// A step at leaving nothing of deleted words in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScrubStep {
    /// Some of the search index is written anew, from its beginning or on.
    Search { is_first: bool },
    /// The log of changes is emptied.
    Log,
}

/// What the thread owns.
pub(crate) struct Sequencer {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) clock: Clock,
    pub(crate) jobs: mpsc::Receiver<Job>,
    pub(crate) broken: watch::Sender<bool>,
    pub(crate) full: watch::Sender<bool>,
    pub(crate) head: watch::Sender<u64>,
}

impl Sequencer {
    /// Works until every handle of the store is dropped.
    pub(crate) fn run(mut self) {
        let mut answered = 0;
        while let Some(first) = self.jobs.blocking_recv() {
            self.gather(answered);
            let (mut commits, mut writes, mut touches) = (Vec::new(), Vec::new(), Vec::new());
            let mut scrubs = Vec::new();
            let mut next = Some(first);
            while let Some(job) = next {
                match job {
                    Job::Commit(commit, answer) => commits.push((commit, answer)),
                    Job::Write(write, answer) => writes.push((write, answer)),
                    Job::Scrub(step, answer) => scrubs.push((step, answer)),
                    Job::Touch(answer) => touches.push(answer),
                }
                let full = commits.len() + writes.len() >= BATCH_MAX;
                next = if full { None } else { self.jobs.try_recv().ok() };
            }
            answered = commits.len() + writes.len();
            self.commit_all(commits);
            self.write_all(writes);
            self.write_back();
            for answer in touches {
                // Who no longer waits has no use for it.
                answer.send(()).ok();
            }
            for (step, answer) in scrubs {
                drop(answer.send(self.scrub(step)));
            }
        }
    }

    fn scrub(&mut self, step: ScrubStep) -> Result<bool, StoreError> {
        if *self.broken.borrow() {
            return Err(StoreError::Closed);
        }
        let done = match step {
            ScrubStep::Search { is_first } => self.engine.renew_search(is_first),
            ScrubStep::Log => self.engine.empty_log(),
        };
        done.inspect_err(|error| self.judge(error))
    }

    /// Everybody has their answer. For want of room or of a lock this is put off: what commits wrote is
    /// durable where it is, and a COMMIT that finds no room says so itself. A disk that fails is
    /// another matter: asked again it may say that all is well though it forgot what it was given, and
    /// then the log that still has it would be dropped.
    fn write_back(&mut self) {
        if *self.broken.borrow() {
            return;
        }
        if let Err(error) = self.engine.write_back() {
            self.judge(&error);
        }
    }

    /// Lets those who were `answered` by the transaction before speak again, as long as more do: a
    /// flush for all of them costs hardly more than a flush for the first. Nobody waits for a caller
    /// that was alone.
    fn gather(&self, answered: usize) {
        for _ in 0..GATHER_MAX {
            let waiting = self.jobs.len();
            if waiting + 1 >= answered {
                return;
            }
            std::thread::park_timeout(GATHER);
            if self.jobs.len() == waiting {
                return;
            }
        }
    }

    fn commit_all(&mut self, jobs: Vec<Waiting<Commit, CommitAnswer>>) {
        let (commits, answers): (Vec<_>, Vec<_>) = jobs.into_iter().unzip();
        let outcomes = self.bisect(&commits);
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // A caller that went away finds the outcome by the commit's id.
            drop(answer.send(outcome));
        }
    }

    /// Commits all in one transaction; if a row of one is refused, in halves, so that it fails
    /// alone.
    fn bisect(&mut self, commits: &[Box<Commit>]) -> Vec<CommitAnswer> {
        if commits.is_empty() {
            return Vec::new();
        }
        if *self.broken.borrow() {
            return commits.iter().map(|_| Err(CommitError::Closed)).collect();
        }
        match batch::run(self.engine.as_mut(), (self.clock)(), commits) {
            Ok((outcomes, pos, changed)) => {
                self.told_of_room(changed, None);
                self.head.send_if_modified(|known| {
                    *known != pos && {
                        *known = pos;
                        true
                    }
                });
                outcomes
            }
            Err(Failure::Before(StoreError::Constraint { .. } | StoreError::Engine { .. }))
                if commits.len() > 1 =>
            {
                let (left, right) = commits.split_at(commits.len() / 2);
                let mut outcomes = self.bisect(left);
                outcomes.extend(self.bisect(right));
                outcomes
            }
            Err(Failure::Before(error)) => {
                self.told_of_room(false, Some(&error));
                self.doubt(&error);
                fail_all(error, commits.len())
            }
            Err(Failure::AtCommit(error)) => {
                self.told_of_room(false, Some(&error));
                self.judge(&error);
                fail_all(error, commits.len())
            }
        }
    }

    /// What an outcome says of the room there is: a write that was `kept` found some, one that failed
    /// for want of it did not, and anything else says nothing.
    fn told_of_room(&self, kept: bool, error: Option<&StoreError>) {
        let full = match error {
            Some(StoreError::DiskFull { .. }) => true,
            None if kept => false,
            Some(_) | None => return,
        };
        if self.full.send_replace(full) != full {
            if full {
                tracing::error!("the disk is full: nothing is taken in until there is room");
            } else {
                tracing::info!("there is room on the disk again");
            }
        }
    }

    /// A COMMIT or a write back that failed for anything but room or a lock leaves the disk in doubt:
    /// no more.
    fn judge(&mut self, error: &StoreError) {
        if !matches!(error, StoreError::DiskFull { .. } | StoreError::Busy { .. }) {
            tracing::error!(?error, "the disk failed under the database; the store stops");
            self.engine.leave();
            self.broken.send_replace(true);
        }
    }

    /// What failed before COMMIT left nothing in doubt, and may have met one bad page. A disk that
    /// cannot be read at all does not come back while this process holds its files open.
    fn doubt(&mut self, error: &StoreError) {
        let is_doubtful = matches!(error, StoreError::Io { .. }) && !*self.broken.borrow();
        if is_doubtful && let Err(error @ StoreError::Io { .. }) = self.engine.look() {
            self.judge(&error);
        }
    }

    fn write_all(&mut self, jobs: Vec<Waiting<Write, WriteAnswer>>) {
        let (writes, answers): (Vec<_>, Vec<_>) = jobs.into_iter().unzip();
        let outcomes = match self.write_batch(&writes) {
            Ok(written) => written.into_iter().map(Ok).collect(),
            Err(_) if writes.len() > 1 => writes
                .chunks(1)
                .map(|one| self.write_batch(one)?.pop().ok_or(StoreError::Closed))
                .collect(),
            Err(error) => vec![Err(error)],
        };
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            drop(answer.send(outcome));
        }
    }

    fn write_batch(&mut self, writes: &[Box<Write>]) -> Result<Vec<Written>, StoreError> {
        if writes.is_empty() {
            return Ok(Vec::new());
        }
        if *self.broken.borrow() {
            return Err(StoreError::Closed);
        }
        let written = self.write_at_once(writes);
        let kept = written.iter().flatten().any(Written::has_written);
        self.told_of_room(kept, written.as_ref().err());
        if let Err(error) = &written {
            self.doubt(error);
        }
        written
    }

    fn write_at_once(&mut self, writes: &[Box<Write>]) -> Result<Vec<Written>, StoreError> {
        self.engine.begin()?;
        let run = writes.iter().map(|write| write.run(self.engine.as_mut()));
        let written = run.collect::<Result<Vec<_>, _>>();
        if written.is_err() {
            self.engine.rollback();
            return written;
        }
        if let Err(error) = self.engine.commit() {
            self.engine.rollback();
            self.judge(&error);
            return Err(error);
        }
        written
    }
}

impl Drop for Sequencer {
    /// A fault of our own in the thread must not leave a process that answers but cannot write.
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.broken.send_replace(true);
        }
    }
}

/// The same failure for each of `count` commits; the cause itself goes to the first.
fn fail_all(error: StoreError, count: usize) -> Vec<CommitAnswer> {
    let text = error.to_string();
    if matches!(error, StoreError::DiskFull { .. }) {
        return repeat(count, || CommitError::DiskFull);
    }
    let first = CommitError::Failed { source: error };
    let again =
        || CommitError::Failed { source: StoreError::Engine { source: text.clone().into() } };
    std::iter::once(Err(first)).chain(repeat(count - 1, again)).collect()
}

fn repeat(count: usize, error: impl Fn() -> CommitError) -> Vec<CommitAnswer> {
    (0..count).map(|_| Err(error())).collect()
}

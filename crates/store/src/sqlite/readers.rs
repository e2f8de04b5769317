//! A few read-only connections, used off the async threads.
//! Must not write: the connections are opened read-only.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tokio::sync::{Semaphore, watch};

use super::{connect, failure, look_into, query};
use crate::engine::Query;
use crate::error::StoreError;
use crate::value::{Line, Statement};

/// The pool. Connections are opened when first needed and kept.
pub(crate) struct Readers {
    path: PathBuf,
    wait: Duration,
    idle: Mutex<Vec<Reader>>,
    permits: Arc<Semaphore>,
    broken: watch::Sender<bool>,
}

/// One read-only connection, lent to one reading at a time.
pub(crate) struct Reader(Connection);

impl Readers {
    /// `broken` is told of a disk that cannot be read.
    pub(crate) fn new(
        path: &Path,
        wait: Duration,
        count: usize,
        broken: watch::Sender<bool>,
    ) -> Self {
        let permits = Arc::new(Semaphore::new(count.max(1)));
        Self { path: path.to_owned(), wait, idle: Mutex::default(), permits, broken }
    }

    /// Runs `read` on a connection of the pool; waits while all are in use.
    pub(crate) async fn read<T, F>(self: &Arc<Self>, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Reader) -> Result<T, StoreError> + Send + 'static,
    {
        let permits = Arc::clone(&self.permits);
        let permit = permits.acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let pool = Arc::clone(self);
        let task = tokio::task::spawn_blocking(move || {
            let permit = permit;
            let answer = pool.lend(read);
            drop(permit);
            answer
        });
        task.await.map_err(|error| StoreError::Engine { source: Box::new(error) })?
    }

    fn lend<T>(
        &self,
        read: impl FnOnce(&mut Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let answer = self.take().and_then(|mut reader| {
            let answer = read(&mut reader);
            self.give_back(reader);
            answer
        });
        if matches!(answer, Err(StoreError::Io { .. })) {
            self.doubt();
        }
        answer
    }

    /// A page that cannot be read may be the only one, and whoever asks for it must not be able to end
    /// the process for everybody. A disk that gives nothing any more is another matter.
    fn doubt(&self) {
        if let Err(error @ StoreError::Io { .. }) = look_into(&self.path, self.wait) {
            tracing::error!(?error, "the disk cannot be read; the store stops");
            self.broken.send_replace(true);
        }
    }

    fn take(&self) -> Result<Reader, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(
            || connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY, self.wait).map(Reader),
            Ok,
        )
    }

    fn give_back(&self, reader: Reader) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
    }

    /// How long a connection waits for a lock.
    pub(crate) const fn wait(&self) -> Duration {
        self.wait
    }

    /// Refuses new readings and closes the idle connections.
    pub(crate) fn close(&self) {
        self.permits.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Reader {
    /// What several statements read as of one moment: a commit between them is not seen.
    pub(crate) fn at_once<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.0.execute_batch("BEGIN").map_err(failure)?;
        let answer = read(self);
        self.0.execute_batch("COMMIT").map_err(failure)?;
        answer
    }
}

impl Query for Reader {
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Line>, StoreError> {
        query(&self.0, statement)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::super::Writer;
    use super::*;
    use crate::engine::Engine as _;
    use crate::value::stmt;

    #[test]
    fn what_is_read_at_once_is_of_one_moment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("redress.db");
        let wait = Duration::from_secs(1);
        let mut writer = Writer::open(&path, wait, None, Timestamp::UNIX_EPOCH).unwrap();
        let mut reader = Reader(connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY, wait).unwrap());
        let count = |reader: &mut Reader| {
            let lines = reader.query(&stmt!("SELECT COUNT(*) FROM counter";))?;
            lines.into_iter().next().map_or(Ok(0), |mut line| line.count())
        };
        let seen = reader.at_once(|reader| {
            let before = count(reader)?;
            let put = stmt!("INSERT INTO counter (name, next) VALUES ('a', 1)";);
            writer.begin()?;
            writer.execute(&put)?;
            writer.commit()?;
            Ok((before, count(reader)?))
        });
        assert_eq!(seen.unwrap(), (0, 0));
        assert_eq!(count(&mut reader).unwrap(), 1, "afterwards it is there");
    }
}

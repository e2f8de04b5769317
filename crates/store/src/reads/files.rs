//! Stored bytes: how their check stands, which wait for one, and how much room is left.
//! Must not judge what may be shown.

use jiff::Timestamp;

use super::{all, first, page};
use crate::error::StoreError;
use crate::store::Store;
use crate::value::{Line, question, statements};
use crate::write::{
    FILE_BY_DIGEST, FileRow, FileState, TOTAL, UploadFate, UploadRoom, files, read_file,
};

statements! {
    FILES_DUE = "SELECT digest, bytes, state, finding, attempts, next_try_at, stored_at \
        FROM file WHERE next_try_at <= $1 ORDER BY next_try_at, digest LIMIT $2";
    FILES_PUT_OFF = "SELECT digest, bytes, state, finding, attempts, next_try_at, stored_at \
        FROM file WHERE next_try_at > $1 AND next_try_at < $2 ORDER BY next_try_at, digest LIMIT $3";
    OLDEST_WAITING = "SELECT digest, bytes, state, finding, attempts, next_try_at, stored_at \
        FROM file WHERE state = $1 ORDER BY stored_at, digest LIMIT 1";
    FILES_PASSED = "SELECT digest, bytes, state, finding, attempts, next_try_at, stored_at \
        FROM file WHERE state = 'passed' AND (stored_at, digest) > ($1, $2) AND stored_at < $3 \
        ORDER BY stored_at, digest LIMIT $4";
    FILES_PASSED_BETWEEN = "SELECT COUNT(*) FROM file WHERE state = 'passed' AND stored_at >= $1 \
        AND stored_at < $2";
    COUNTER = "SELECT next FROM counter WHERE name = $1";
    HELD_OF = "SELECT f.digest, f.bytes, f.state, f.finding, f.attempts, f.next_try_at, \
        f.stored_at FROM upload u JOIN file f ON f.digest = u.digest \
        WHERE u.used_by = $1 AND f.state <> 'passed' LIMIT $2";
}

impl Store {
    /// Stored bytes by their digest in lower-case hex.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn file(&self, digest: &str) -> Result<Option<FileRow>, StoreError> {
        let statement = question!(FILE_BY_DIGEST; digest);
        self.read(move |reader| first(reader, &statement, read_file)).await
    }

    /// Bytes whose check is due by `now`, the longest due first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn files_due(&self, now: Timestamp, limit: u32) -> Result<Vec<FileRow>, StoreError> {
        let statement = question!(FILES_DUE; now, page(limit));
        self.read(move |reader| all(reader, &statement, read_file)).await
    }

    /// Bytes whose check is due after `latest`: a clock that was wrong put it off.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn files_put_off(
        &self,
        latest: Timestamp,
        limit: u32,
    ) -> Result<Vec<FileRow>, StoreError> {
        let statement = question!(FILES_PUT_OFF; latest, None::<Timestamp>, page(limit));
        self.read(move |reader| all(reader, &statement, read_file)).await
    }

    /// The bytes that wait for their check the longest.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn oldest_waiting_file(&self) -> Result<Option<FileRow>, StoreError> {
        let statement = question!(OLDEST_WAITING; FileState::Waiting.as_str());
        self.read(move |reader| first(reader, &statement, read_file)).await
    }

    /// Bytes that may be shown, stored after this one and before `until`, the oldest first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn files_passed(
        &self,
        stored_at: Timestamp,
        digest: &str,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<FileRow>, StoreError> {
        let statement = question!(FILES_PASSED; stored_at, digest, until, page(limit));
        self.read(move |reader| all(reader, &statement, read_file)).await
    }

    /// How many contents may be shown of those stored from `from` on and before `until`.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn files_passed_between(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<u64, StoreError> {
        let statement = question!(FILES_PASSED_BETWEEN; from, until);
        Ok(self.read(move |reader| first(reader, &statement, Line::count)).await?.unwrap_or(0))
    }

    /// The number a counter stands at, if it was ever set.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn counter(&self, name: &str) -> Result<Option<u64>, StoreError> {
        let statement = question!(COUNTER; name);
        self.read(move |reader| first(reader, &statement, Line::count)).await
    }

    /// Bytes taken into the file of `used_by` that may not be shown, or not yet.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn held_files(&self, used_by: &str, limit: u32) -> Result<Vec<FileRow>, StoreError> {
        let statement = question!(HELD_OF; used_by, page(limit));
        self.read(move |reader| all(reader, &statement, read_file)).await
    }

    /// How many bytes are stored in all, each content once.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn file_bytes(&self) -> Result<u64, StoreError> {
        let statement = question!(TOTAL;);
        Ok(self.read(move |reader| first(reader, &statement, Line::count)).await?.unwrap_or(0))
    }

    /// What would become of another upload of `owner`, as far as can be said before its first byte.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn upload_fate(
        &self,
        owner: &str,
        room: UploadRoom,
    ) -> Result<UploadFate, StoreError> {
        let owner = owner.to_owned();
        self.read(move |reader| {
            let fate = files::fate(reader, &owner, 1, &room)?;
            let fits = files::fits(reader, 1, &room)?;
            Ok(if fate == UploadFate::Kept && !fits { UploadFate::Full } else { fate })
        })
        .await
    }
}

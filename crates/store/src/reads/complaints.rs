//! Single complaints, and those whose time has come.
//! Must not show a complaint to anybody: who may see what is decided above.

use jiff::Timestamp;

use super::{all, first, page};
use crate::error::StoreError;
use crate::rows::{ComplaintRow, complaint_columns, read_complaint};
use crate::store::Store;
use crate::value::{Statement, statements, stmt};

/// A question for complaint rows, as a literal.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", complaint_columns!(), " FROM complaint c WHERE ", $rest)
    };
}

statements! {
    BY_ID = select!("c.id = $1");
    BY_REFERENCE = select!("c.reference = $1");
    BY_TRACKING = select!("c.tracking_hash = $1");
    OF_PERSON = select!("c.person = $1 ORDER BY c.id DESC LIMIT $2");
    AFTER = select!("c.id > $1 ORDER BY c.id LIMIT $2");
    TIMERS_DUE = select!("c.next_timer_at <= $1 ORDER BY c.next_timer_at, c.id LIMIT $2");
    NEXT_TIMER = "SELECT next_timer_at FROM complaint \
        WHERE next_timer_at > $1 ORDER BY next_timer_at LIMIT 1";
}

impl Store {
    async fn one_complaint(
        &self,
        statement: Statement,
    ) -> Result<Option<ComplaintRow>, StoreError> {
        self.read(move |reader| first(reader, &statement, read_complaint)).await
    }

    /// A complaint by its id.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn complaint(&self, id: &str) -> Result<Option<ComplaintRow>, StoreError> {
        self.one_complaint(stmt!(BY_ID; id)).await
    }

    /// A complaint by its reference, written exactly as it was stored.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn complaint_by_reference(
        &self,
        reference: &str,
    ) -> Result<Option<ComplaintRow>, StoreError> {
        self.one_complaint(stmt!(BY_REFERENCE; reference)).await
    }

    /// A complaint by the hash of its tracking token.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn complaint_by_tracking(
        &self,
        hash: &[u8],
    ) -> Result<Option<ComplaintRow>, StoreError> {
        self.one_complaint(stmt!(BY_TRACKING; hash)).await
    }

    /// Complaints of a person, the newest first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn complaints_of_person(
        &self,
        person: &str,
        limit: u32,
    ) -> Result<Vec<ComplaintRow>, StoreError> {
        let statement = stmt!(OF_PERSON; person, page(limit));
        self.read(move |reader| all(reader, &statement, read_complaint)).await
    }

    /// Every complaint whose id comes after this one, in order of id.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn complaints_after(
        &self,
        id: &str,
        limit: u32,
    ) -> Result<Vec<ComplaintRow>, StoreError> {
        let statement = stmt!(AFTER; id, page(limit));
        self.read(move |reader| all(reader, &statement, read_complaint)).await
    }

    /// Complaints whose timer has come by `now`, the oldest first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn timers_due(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<ComplaintRow>, StoreError> {
        let statement = stmt!(TIMERS_DUE; now, page(limit));
        self.read(move |reader| all(reader, &statement, read_complaint)).await
    }

    /// The first timer after `now`, if any runs.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn next_timer(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let statement = stmt!(NEXT_TIMER; now);
        let found = self.read(move |r| first(r, &statement, crate::value::Line::maybe_instant));
        Ok(found.await?.flatten())
    }
}

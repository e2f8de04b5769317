//! Single complaints, and those whose time has come.
//! Must not show a complaint to anybody: who may see what is decided above.

use jiff::Timestamp;

use super::{PAGE_MAX, all, first, page};
use crate::commit::Order;
use crate::error::StoreError;
use crate::rows::{ComplaintRow, complaint_columns, read_complaint};
use crate::store::Store;
use crate::value::{Line, question, statements};

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
    TIMERS_DUE = "SELECT next_timer_at, id, gravity, next_due, received_at FROM complaint \
        WHERE next_timer_at <= $1 AND (next_timer_at, id) > ($2, $3) \
        ORDER BY next_timer_at, id LIMIT $4";
    NEXT_TIMER = "SELECT next_timer_at FROM complaint \
        WHERE next_timer_at > $1 ORDER BY next_timer_at LIMIT 1";
}

/// A complaint whose time has come. Its order is the one in which timers run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// Before which others it runs.
    pub order: Order,
    /// The complaint's id.
    pub complaint: String,
}

fn read_timer(line: &mut Line) -> Result<(i64, Timer), StoreError> {
    let (at, complaint) = (line.int()?, line.text()?);
    let order = Order { gravity: line.int()?, urgent_at: line.int()?, received_at: line.int()? };
    Ok((at, Timer { order, complaint }))
}

impl Store {
    /// A complaint by its id.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn complaint(&self, id: &str) -> Result<Option<ComplaintRow>, StoreError> {
        let statement = question!(BY_ID; id);
        self.read(move |reader| first(reader, &statement, read_complaint)).await
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
        let statement = question!(OF_PERSON; person, page(limit));
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
        let statement = question!(AFTER; id, page(limit));
        self.read(move |reader| all(reader, &statement, read_complaint)).await
    }

    /// Whether any complaint's timer has come by `now`.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn has_timers_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let statement = question!(TIMERS_DUE; now, i64::MIN, "", 1_i64);
        Ok(self.read(move |reader| first(reader, &statement, read_timer)).await?.is_some())
    }

    /// Every complaint whose timer has come by `now`, the most serious first, and among these what
    /// fell due first, then what was received first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn timers_due(&self, now: Timestamp) -> Result<Vec<Timer>, StoreError> {
        let mut due: Vec<Timer> = Vec::new();
        let mut after = (i64::MIN, String::new());
        loop {
            let statement = question!(TIMERS_DUE; now, after.0, &after.1, page(PAGE_MAX));
            let found = self.read(move |reader| all(reader, &statement, read_timer)).await?;
            let whole = found.len() < PAGE_MAX as usize;
            if let Some((at, last)) = found.last() {
                after = (*at, last.complaint.clone());
            }
            due.extend(found.into_iter().map(|(_, timer)| timer));
            if whole {
                break;
            }
        }
        due.sort_unstable();
        Ok(due)
    }

    /// The first timer after `now`, if any runs.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn next_timer(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let statement = question!(NEXT_TIMER; now);
        let found = self.read(move |r| first(r, &statement, crate::value::Line::maybe_instant));
        Ok(found.await?.flatten())
    }
}

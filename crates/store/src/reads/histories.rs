//! Complaints and other streams with their whole history, as many as wanted by one visit to a reader.
//! Must not decode facts or words: they are texts here.

use super::complaints::{BY_ID, BY_REFERENCE, BY_TRACKING};
use super::events::{StoredEvent, read_stream};
use super::first;
use crate::engine::Query;
use crate::error::StoreError;
use crate::ids::{StreamId, StreamKind};
use crate::rows::{ComplaintRow, read_complaint};
use crate::sqlite::Reader;
use crate::store::Store;
use crate::value::{Statement, question};

/// A complaint's row and every event of it, oldest first, as of one moment.
pub type History = (ComplaintRow, Vec<StoredEvent>);

fn read_history(
    query: &mut impl Query,
    statement: &Statement<'_>,
) -> Result<Option<History>, StoreError> {
    let Some(row) = first(query, statement, read_complaint)? else { return Ok(None) };
    let stream = StreamId::new(StreamKind::Complaint, &row.id)?;
    let events = read_stream(query, &stream)?;
    Ok(Some((row, events)))
}

impl Store {
    async fn one_history(
        &self,
        statement: Statement<'static>,
    ) -> Result<Option<History>, StoreError> {
        self.read(move |reader| reader.at_once(|reader| read_history(reader, &statement))).await
    }

    /// A complaint by its id.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn history(&self, id: &str) -> Result<Option<History>, StoreError> {
        self.one_history(question!(BY_ID; id)).await
    }

    /// A complaint by its reference, written exactly as it was stored.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn history_by_reference(
        &self,
        reference: &str,
    ) -> Result<Option<History>, StoreError> {
        self.one_history(question!(BY_REFERENCE; reference)).await
    }

    /// A complaint by the hash of its tracking token.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn history_by_tracking(&self, hash: &[u8]) -> Result<Option<History>, StoreError> {
        self.one_history(question!(BY_TRACKING; hash)).await
    }

    /// Complaints in the order their ids are given; those that are not there are left out.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn histories(&self, ids: Vec<String>) -> Result<Vec<History>, StoreError> {
        let read = move |reader: &mut Reader| {
            let mut found = Vec::with_capacity(ids.len());
            for id in &ids {
                found.extend(read_history(reader, &question!(BY_ID; id))?);
            }
            Ok(found)
        };
        self.read(|reader| reader.at_once(read)).await
    }

    /// Every event of each of these streams, oldest first, in the order they are given.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn streams(
        &self,
        streams: Vec<StreamId>,
    ) -> Result<Vec<Vec<StoredEvent>>, StoreError> {
        self.read(move |reader| streams.iter().map(|stream| read_stream(reader, stream)).collect())
            .await
    }
}

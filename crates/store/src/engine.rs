//! What the store asks of a database: run a statement, begin, commit, take back.
//! Must not name an engine; the engines live in folders of their own.

use crate::error::StoreError;
use crate::value::{Line, Statement};

/// Reading: used on the pool of read-only connections and inside write transactions.
pub(crate) trait Query {
    /// Runs a statement that answers lines.
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Line>, StoreError>;
}

/// Writing: the one write connection of this process.
pub(crate) trait Engine: Query + Send {
    /// Runs a statement; answers how many rows changed.
    fn execute(&mut self, statement: &Statement<'_>) -> Result<u64, StoreError>;
    /// Takes the write lock and begins.
    fn begin(&mut self) -> Result<(), StoreError>;
    /// Makes everything since `begin` durable.
    fn commit(&mut self) -> Result<(), StoreError>;
    /// Takes everything since `begin` back. Harmless without a transaction.
    fn rollback(&mut self);
    /// Puts what commits made durable in its final place, where that is due. Nobody waits for it.
    fn write_back(&mut self) -> Result<(), StoreError>;
    /// Takes one step at writing the search index anew, so that words deleted from it are in no page
    /// any more; answers whether there is more to do.
    fn renew_search(&mut self, is_first: bool) -> Result<bool, StoreError>;
    /// Writes everything back and leaves nothing in the log of changes; answers whether it could: who
    /// reads keeps it from being emptied.
    fn empty_log(&mut self) -> Result<bool, StoreError>;
    /// Reads a little that nobody remembers: whether the disk gives anything at all.
    fn look(&self) -> Result<(), StoreError>;
    /// Leaves the files as they are, also at the end: what the disk kept of them is in doubt.
    fn leave(&mut self);
}

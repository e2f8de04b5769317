//! Development only, behind the feature `faults`: a disk that fails when it is told to.
//! Must not be built into a release: nothing there may decide that a disk failed.

use std::fmt;
use std::sync::Arc;

use crate::engine::{Engine, Query};
use crate::error::StoreError;
use crate::value::{Line, Statement};

/// How the disk fails in the transaction that begins now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The transaction cannot begin.
    AtBegin,
    /// There is no room for what it writes.
    Full,
    /// COMMIT fails, and nothing is kept.
    Lost,
    /// COMMIT fails, and everything was kept.
    Doubt,
}

/// Asked at the beginning of each transaction.
#[derive(Clone)]
pub struct Faults(pub Arc<dyn Fn() -> Option<Fault> + Send + Sync>);

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faults(…)")
    }
}

/// An engine over a disk that fails.
pub(crate) struct Faulty {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) faults: Faults,
    pub(crate) now: Option<Fault>,
}

fn io() -> StoreError {
    StoreError::Io { source: "the disk was told to fail".into() }
}

impl Query for Faulty {
    fn query(&mut self, statement: &Statement<'_>) -> Result<Vec<Line>, StoreError> {
        self.engine.query(statement)
    }
}

impl Engine for Faulty {
    fn execute(&mut self, statement: &Statement<'_>) -> Result<u64, StoreError> {
        if self.now == Some(Fault::Full) {
            return Err(StoreError::DiskFull { source: "the disk was told to be full".into() });
        }
        self.engine.execute(statement)
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        self.now = (self.faults.0)();
        if self.now == Some(Fault::AtBegin) {
            return Err(io());
        }
        self.engine.begin()
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        match self.now {
            Some(Fault::Lost) => Err(io()),
            Some(Fault::Doubt) => self.engine.commit().and(Err(io())),
            Some(Fault::AtBegin | Fault::Full) | None => self.engine.commit(),
        }
    }

    fn rollback(&mut self) {
        self.engine.rollback();
    }

    fn write_back(&mut self) -> Result<(), StoreError> {
        self.engine.write_back()
    }

    fn renew_search(&mut self, is_first: bool) -> Result<bool, StoreError> {
        self.engine.renew_search(is_first)
    }

    fn empty_log(&mut self) -> Result<bool, StoreError> {
        self.engine.empty_log()
    }

    fn look(&self) -> Result<(), StoreError> {
        self.engine.look()
    }

    fn leave(&mut self) {
        self.engine.leave();
    }
}

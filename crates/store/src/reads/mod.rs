//! Everything that is read. Each query walks an index; a page costs the same in a large store.
//! Must not write.

mod access;
mod calendars;
mod complaints;
mod dump;
mod events;
mod files;
mod find;
mod histories;
mod list;
mod other;
mod tree;
mod verify;

pub use calendars::RunningCursor;
pub use complaints::Timer;
pub use dump::{Difference, DumpLine};
pub use events::StoredEvent;
pub use find::{FindCursor, FindFilter, FindPage};
pub use histories::History;
pub use list::{LIST_MAX, ListCursor, ListFilter, ListPage, PromiseFilter, StateFilter};
pub use other::CONTACTS_MAX;
pub use verify::{LogCheck, LogFault, LogReport};

#[cfg(test)]
pub(crate) use access::STATEMENTS as ACCESS_STATEMENTS;
#[cfg(test)]
pub(crate) use calendars::STATEMENTS as CALENDAR_STATEMENTS;
#[cfg(test)]
pub(crate) use complaints::STATEMENTS as COMPLAINT_STATEMENTS;
#[cfg(test)]
pub(crate) use dump::every_statement as dump_statements;
#[cfg(test)]
pub(crate) use events::STATEMENTS as EVENT_STATEMENTS;
#[cfg(test)]
pub(crate) use files::STATEMENTS as FILE_STATEMENTS;
#[cfg(test)]
pub(crate) use find::every_statement as find_statements;
#[cfg(test)]
pub(crate) use list::every_statement as list_statements;
#[cfg(test)]
pub(crate) use other::STATEMENTS as OTHER_STATEMENTS;

use crate::engine::Query;
use crate::error::StoreError;
use crate::value::{Line, Statement};

/// Most rows of one page of anything.
pub const PAGE_MAX: u32 = 1_000;

/// A page size as the database wants it, cut to [`PAGE_MAX`].
fn page(limit: u32) -> i64 {
    i64::from(limit.min(PAGE_MAX))
}

/// Every line of a statement, read by `read`.
pub(crate) fn all<T>(
    query: &mut impl Query,
    statement: &Statement<'_>,
    mut read: impl FnMut(&mut Line) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    query.query(statement)?.into_iter().map(|mut line| read(&mut line)).collect()
}

/// The first line of a statement, if there is one.
fn first<T>(
    query: &mut impl Query,
    statement: &Statement<'_>,
    read: impl FnOnce(&mut Line) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    query.query(statement)?.into_iter().next().map(|mut line| read(&mut line)).transpose()
}

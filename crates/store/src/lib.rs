//! The only SQL: events, the log, read rows, accounts, work to be done.
//! Must not know a rule of the process: it stores values and answers what it was told.
//!
//! Writes are values ([`Commit`], [`Write`]) carried out by one thread; reads run on a pool of
//! read-only connections. Any number of processes may open one file at once.

#![deny(clippy::wildcard_enum_match_arm)]

mod carry;
mod claims;
mod commit;
mod engine;
mod erasure;
mod error;
#[cfg(feature = "faults")]
mod faults;
mod ids;
mod kept;
mod migrate;
#[cfg(test)]
mod plans;
mod reads;
mod rows;
mod sequencer;
mod sqlite;
mod store;
mod tiles;
mod value;
mod write;

pub use carry::{
    CARRIED, Carried, CarriedColumn, CarriedKind, CarriedRow, CarriedTable, CarriedValue,
};
pub use commit::{Claim, Commit, Committed, EVENTS_MAX, Expect, NewEvent, NewOutbox, Order};
pub use erasure::{FATES, Fate};
pub use error::{Cause, CommitError, StoreError};
#[cfg(feature = "faults")]
pub use faults::{Fault, Faults};
pub use ids::{ClaimKind, CommitId, STREAM_ID_BYTES_MAX, StreamId, StreamKind};
pub use reads::{
    CONTACTS_MAX, Difference, DumpLine, FindCursor, FindFilter, FindPage, History, LIST_MAX,
    ListCursor, ListFilter, ListPage, LogCheck, LogFault, LogReport, PAGE_MAX, PromiseFilter,
    RunningCursor, StateFilter, StoredEvent, Timer,
};
pub use rows::{
    AccountRow, CalendarRow, ComplaintRow, DelegationRow, DutyRow, NoticeRow, PackRow,
    PersonContact, PersonRow, Row, RunningPromise, RunningRow, SearchRow, UploadUse,
};
pub use sequencer::Head;
pub use store::{Clock, HandedOver, Options, Store};
pub use write::{
    BLOCK_MAX, FileRow, FileState, OutboxItem, SessionRow, SetupLinkRow, TokenRow, UploadFate,
    UploadRoom, UploadRow, Write, Written,
};

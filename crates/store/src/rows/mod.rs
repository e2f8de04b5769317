//! Read rows: one upsert each, a function of the state of its stream.
//! Must not compute anything: the caller maps state to columns.

mod calendars;
mod complaint;
mod other;
mod people;

pub use calendars::{CalendarRow, RunningPromise, RunningRow};
pub use complaint::ComplaintRow;
pub use other::{DelegationRow, DutyRow, NoticeRow, PackRow, SearchRow, UploadUse};
pub use people::{AccountRow, PersonContact, PersonRow};

#[cfg(test)]
pub(crate) use calendars::STATEMENTS as CALENDAR_STATEMENTS;
pub(crate) use calendars::{read_calendar, read_running};
#[cfg(test)]
pub(crate) use complaint::STATEMENTS as COMPLAINT_STATEMENTS;
pub(crate) use complaint::{complaint_columns, read_complaint};
#[cfg(test)]
pub(crate) use other::STATEMENTS as OTHER_STATEMENTS;
pub(crate) use other::{read_delegation, read_duty, read_notice, read_pack};
#[cfg(test)]
pub(crate) use people::STATEMENTS as PEOPLE_STATEMENTS;
pub(crate) use people::{read_account, read_person};

use crate::ids::StreamKind;
use crate::sqlite::search;
use crate::value::Statement;

/// A typed upsert that belongs to a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A complaint as it stands.
    Complaint(Box<ComplaintRow>),
    /// A person with all contacts; contacts no longer listed are dropped.
    Person(PersonRow),
    /// A notice as it stands.
    Notice(NoticeRow),
    /// An account as it stands, without its secrets.
    Account(AccountRow),
    /// A policy pack put in force.
    Pack(PackRow),
    /// The days of a calendar put in force.
    Calendar(CalendarRow),
    /// The running promises of a complaint that a changed calendar can move.
    Running(RunningRow),
    /// A line of the duty roster.
    Duty(DutyRow),
    /// A dated delegation.
    Delegation(DelegationRow),
    /// The words by which a complaint is found. Not compared after a rebuild: the index holds no
    /// text.
    Search(SearchRow),
    /// An upload taken into the file of something. Not rebuilt.
    UploadUsed(UploadUse),
    /// Of a complaint whose words go: its work and the files it named. Not rebuilt.
    Forgotten {
        /// The complaint's id.
        complaint: String,
    },
    /// The words of the event at this position are deleted, with their salt. Not rebuilt.
    WordsErased {
        /// The position of the event.
        pos: u64,
    },
}

/// Where the stream of a row stands in the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Its last position; 0 keeps the stored one.
    pub(crate) pos: u64,
    /// Whether the stream began in this commit: nothing of it is stored yet, so nothing need be
    /// cleared away or replaced.
    pub(crate) is_new: bool,
}

impl Place {
    /// Of a row without events of its own: what is stored stays where it is, or is replaced.
    pub(crate) const KEPT: Self = Self { pos: 0, is_new: false };
}

impl Row {
    /// The stream of which the row tells, if it is of one.
    pub(crate) fn stream(&self) -> Option<(StreamKind, &str)> {
        match self {
            Self::Complaint(row) => Some((StreamKind::Complaint, &row.id)),
            Self::Running(row) => Some((StreamKind::Complaint, &row.complaint)),
            Self::Search(row) => Some((StreamKind::Complaint, &row.complaint)),
            Self::Person(row) => Some((StreamKind::Person, &row.id)),
            Self::Notice(row) => Some((StreamKind::Notice, &row.id)),
            Self::Account(row) => Some((StreamKind::Account, &row.id)),
            Self::Pack(_)
            | Self::Calendar(_)
            | Self::Duty(_)
            | Self::Delegation(_)
            | Self::UploadUsed(_)
            | Self::Forgotten { .. }
            | Self::WordsErased { .. } => None,
        }
    }

    /// What to run for the row of a stream that stands at `place`.
    pub(crate) fn statements(&self, place: Place) -> Vec<Statement<'_>> {
        match self {
            Self::Complaint(row) => row.statements(place),
            Self::Person(row) => row.statements(place),
            Self::Notice(row) => vec![row.statement(place.pos)],
            Self::Account(row) => vec![row.statement(place.pos)],
            Self::Pack(row) => vec![row.statement()],
            Self::Calendar(row) => vec![row.statement()],
            Self::Running(row) => row.statements(place.is_new),
            Self::Duty(row) => vec![row.statement()],
            Self::Delegation(row) => vec![row.statement()],
            Self::Search(row) => search::put(&row.complaint, &row.words, place.is_new).into(),
            Self::UploadUsed(row) => vec![row.statement()],
            Self::Forgotten { complaint } => other::forget(complaint).into(),
            Self::WordsErased { pos } => vec![other::erase_words(*pos)],
        }
    }
}

//! The shapes of answers. Must not compute them.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::value::RawValue;

/// One answer; `id` is what the request had, as it was written.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Answer<'r> {
    /// Where an amount ends.
    At {
        /// The request's id.
        id: Option<&'r RawValue>,
        /// The first instant that is too late, in the calendar's zone.
        at: String,
        /// The last good day, for amounts counted in days.
        due_on: Option<Date>,
        /// What a clock change made doubtful.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// How much working time lies between two instants.
    Between {
        /// The request's id.
        id: Option<&'r RawValue>,
        /// Working seconds.
        seconds: i64,
        /// Working days.
        working_days: i64,
        /// What a clock change made doubtful.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// What is wrong with the request.
    Error {
        /// The request's id, if it could be read.
        id: Option<&'r RawValue>,
        /// What is wrong.
        error: Wrong,
    },
}

/// What is wrong with a request.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Wrong {
    /// A stable word for programs.
    pub(super) kind: &'static str,
    /// What is wrong, in English.
    pub(super) message: String,
}

impl Wrong {
    /// A request that lacks something or has too much.
    pub(super) fn request(message: impl Into<String>) -> Self {
        Self { kind: "bad-request", message: message.into() }
    }
}

impl<'r> Answer<'r> {
    /// An answer that says what is wrong.
    pub(super) fn error(id: Option<&'r RawValue>, kind: &'static str, message: String) -> Self {
        Self::Error { id, error: Wrong { kind, message } }
    }
}

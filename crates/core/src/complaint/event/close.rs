//! The end: closed, archived, reopened, joined, redacted.
//! Must stay a table: facts, and words beside them.

use jiff::civil::Date;

use super::super::{codec::payloads, vocabulary::ClosedAs};
use crate::reference::Reference;

payloads! {
    /// The complaint was closed.
    Closed = "complaint.closed" v 1 {
        /// As what.
        closed_as: ClosedAs,
        /// Undertakings that still run.
        running: u32,
    } + ClosedWords {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
    /// The file was sealed and archived (A31).
    Archived = "complaint.archived" v 1 {
        /// How many events the file holds, this one included.
        events: u64,
        /// Digests of all files, in order of arrival.
        files: Vec<String>,
        /// Retention class: `standard` or `safety`.
        class: String,
        /// Until when the file is kept.
        keep_until: Date,
    }
    /// The Director reopened the complaint.
    Reopened = "complaint.reopened" v 1 {
        /// The round it goes on in.
        round: u8,
    } + ReopenedWords {
        /// Why.
        reason: String,
    }
    /// The complaint was joined to another on the same matter.
    Joined = "complaint.joined" v 1 {
        /// The one that goes on.
        into: Reference,
    } + JoinedWords {
        /// Why.
        reason: String,
    }
    /// The joining was undone.
    Unjoined = "complaint.unjoined" v 1 {
        /// The one it was joined to.
        from: Reference,
    } + UnjoinedWords {
        /// Why.
        reason: String,
    }
    /// Words of an earlier event were taken out.
    Redacted = "text.redacted" v 1 {
        /// Position of that event.
        event: u64,
        /// Which of its words.
        fields: Vec<String>,
        /// Legal ground.
        ground: String,
    } + RedactedWords {
        /// What stays of that event's words: the exact text of a JSON object. The event itself
        /// loses all its words, for a commitment cannot be kept to a part.
        remaining: String,
    }
}

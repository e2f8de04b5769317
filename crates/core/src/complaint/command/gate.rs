//! Bodies of the commands before a result: gate, units, words, requests for evidence.

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use super::{Files, bodies};
use crate::kinds::{About, ChannelKind, DepartmentId, Kind, Severity};

bodies! {
    /// Body of `classification`.
    Classify {
        /// Complaint or feedback.
        kind: Option<Kind>,
        /// What it is about.
        about: Option<About>,
        /// Category of the pack.
        category: Option<String>,
        /// How serious.
        severity: Option<Severity>,
        /// People are in danger.
        safety: Option<bool>,
        /// Why.
        reason: Option<String>,
    }
    /// Body of `handover`.
    HandOver {
        /// To which unit; the route's when absent.
        to: Option<DepartmentId>,
        /// Units that help.
        join: Option<Vec<DepartmentId>>,
        /// A word on the way.
        note: Option<String>,
    }
    /// Body of `acceptance` with `accept: true`.
    Accept {
        /// Who verifies, by e-mail; whoever accepts when absent.
        verifier: Option<String>,
    }
    /// A body with a reason.
    Reason {
        /// Why.
        reason: String,
    }
    /// A body with a reason that may be absent.
    OptionalReason {
        /// Why.
        reason: Option<String>,
    }
    /// Body of `assignment`.
    Assign {
        /// Who verifies, by e-mail.
        verifier: Option<String>,
        /// Who is to decide, by e-mail.
        decider: Option<String>,
        /// Why.
        reason: Option<String>,
    }
    /// Body of `mandate` with a document.
    RecordMandate {
        /// Upload id of the document.
        document: String,
        /// What it covers: `receive`, `decide`.
        scope: Vec<String>,
        /// Until when.
        until: Option<Date>,
        /// Whether it was checked on the spot; staff only.
        verified: Option<bool>,
    }
    /// Body of `mandate` without a document.
    VerifyMandate {
        /// Whether it holds.
        verified: bool,
    }
    /// Body of `notes`.
    Note {
        /// The note.
        text: String,
        /// Upload ids.
        files: Files,
        /// Who should read it, by e-mail.
        mentions: Vec<String>,
    }
    /// Body of `messages` from the complainant.
    Write {
        /// The words.
        text: Option<String>,
        /// Upload ids.
        files: Files,
    }
    /// Body of `messages` with `direction: in`.
    Enter {
        /// How they came.
        channel: Option<ChannelKind>,
        /// When they came; now when absent.
        received_at: Option<Timestamp>,
        /// The words.
        text: Option<String>,
        /// Upload ids.
        files: Files,
    }
    /// Body of `messages` with `direction: out`.
    Send {
        /// By which channel; the planned one when absent.
        channel: Option<ChannelKind>,
        /// The words.
        text: String,
        /// Upload ids.
        files: Files,
        /// Why not the planned channel.
        because: Option<String>,
    }
    /// How words were told or sent by hand.
    ByHand {
        /// When; now when absent.
        at: Option<Timestamp>,
        /// With whom.
        with: Option<String>,
        /// Upload ids of proofs.
        proof: Files,
    }
    /// Body of `messages` with `by_hand`.
    TellWords {
        /// By which channel; the planned one when absent.
        channel: Option<ChannelKind>,
        /// What was said.
        text: String,
        /// How.
        by_hand: Option<ByHand>,
        /// Why not the planned channel.
        because: Option<String>,
    }
    /// Body of `evidence-request`.
    AskEvidence {
        /// What is asked for.
        asks: Vec<String>,
        /// Until when an answer is awaited.
        answer_by: Option<Timestamp>,
        /// By which channel; the planned one when absent.
        channel: Option<ChannelKind>,
        /// The words.
        text: String,
        /// How it was told, where it was by hand.
        by_hand: Option<ByHand>,
        /// Why not the planned channel.
        because: Option<String>,
    }
}

//! The gate and the units: order, danger, mandate, hand-over, acceptance, people.
//! Must stay a table: facts, and words beside them.

use jiff::civil::Date;

use super::{
    super::{codec::payloads, file::FileFact},
    RouteSet,
};
use crate::{
    id::AccountId,
    kinds::{About, DepartmentId, Kind, Severity},
};

payloads! {
    /// The complaint was put in order: kind, subject, category, severity, safety.
    Classified = "complaint.classified" v 1 {
        /// Complaint or feedback.
        kind: Kind,
        /// What it is about.
        about: About,
        /// Category of the pack.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<String>,
        /// How serious.
        severity: Severity,
        /// People are in danger.
        safety: bool,
        /// The suggested route after it.
        route: RouteSet,
    } + ClassifiedWords {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
    /// A person confirmed, or took back, that people are in danger.
    DangerConfirmed = "danger.confirmed" v 1 {
        /// Whether they are.
        danger: bool,
    }
    /// A mandate was handed in.
    MandateRecorded = "mandate.recorded" v 1 {
        /// The document.
        file: FileFact,
        /// What it covers: `receive`, `decide`.
        scope: Vec<String>,
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    } + MandateWords {
        /// Name of the file.
        file_name: String,
    }
    /// A person checked the mandate.
    MandateVerified = "mandate.verified" v 1 {
        /// Whether it holds.
        verified: bool,
    }
    /// The General Director saw the complaint.
    DirectorSaw = "director.saw" v 1 {
        /// Which round.
        round: u8,
    }
    /// The complaint was handed over to a unit.
    HandedOver = "complaint.handed_over" v 1 {
        /// To which unit.
        to: DepartmentId,
        /// Units that help.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        join: Vec<DepartmentId>,
        /// `true`: nobody did within the wait, the route did.
        automatic: bool,
    } + HandoverWords {
        /// A word on the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    }
    /// The unit took the complaint.
    HandoverAccepted = "handover.accepted" v 1 {
        /// The unit.
        department: DepartmentId,
        /// Who verifies.
        verifier: AccountId,
    }
    /// The unit gave the complaint back to the Director.
    HandoverReturned = "handover.returned" v 1 {
        /// The unit.
        department: DepartmentId,
    } + ReturnedWords {
        /// Why.
        reason: String,
    }
    /// Other people were put on the complaint.
    Assigned = "complaint.assigned" v 1 {
        /// Who verifies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        verifier: Option<AccountId>,
        /// Who is to decide.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decider: Option<AccountId>,
    } + AssignedWords {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
}

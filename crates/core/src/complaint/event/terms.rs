//! Findings, promises and undertakings.
//! Must stay a table: facts, and words beside them.

use jiff::{Timestamp, civil::Date};

use super::super::{
    codec::payloads,
    file::FileFact,
    vocabulary::{FindingSide, PauseCategory, UndertakingKind},
};
use crate::id::{AccountId, FindingId, ProposalId, UndertakingId};

payloads! {
    /// Something was found.
    FindingRecorded = "finding.recorded" v 1 {
        /// Which finding.
        finding: FindingId,
        /// In which round.
        round: u8,
        /// What was checked, a short code or name.
        check: String,
        /// Whose side it shows.
        side: FindingSide,
        /// When it was found.
        at: Timestamp,
        /// Files.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileFact>,
    } + FindingWords {
        /// What was found.
        text: String,
        /// Names of the files, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
    }
    /// A warning that a promise runs out went out.
    PromiseWarned = "promise.warned" v 1 {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
        /// Which step of the ladder, from 1.
        step: u8,
        /// Whom it reaches: `duty`, `holder`, `head`, `deputy`, `director`.
        to: Vec<String>,
    }
    /// A promise was kept.
    PromiseKept = "promise.kept" v 1 {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
        /// When.
        kept_at: Timestamp,
        /// Whether that was too late.
        late: bool,
    }
    /// A promise ran out.
    PromiseMissed = "promise.missed" v 1 {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
    }
    /// What kept a promise turned out not to have arrived: it runs again with its old due date.
    PromiseRevived = "promise.revived" v 1 {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
    }
    /// The calendar changed, and with it the date of a running promise (A18).
    PromiseMoved = "promise.moved" v 1 {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
        /// The first instant that was too late before.
        due_was: Timestamp,
        /// The first instant that is too late now.
        due: Timestamp,
        /// The last good local day.
        due_on: Date,
        /// When warnings go out, ascending; those that went out are not repeated.
        warn_at: Vec<Timestamp>,
        /// The calendar it is counted by now, `vn@2026-11-25`.
        calendar: String,
    }
    /// A promise stands still, where the policy allows it (A20).
    PromisePaused = "promise.paused" v 1 {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
        /// For what.
        category: PauseCategory,
        /// From when; when it was recorded stands beside the event.
        at: Timestamp,
    } + PausedWords {
        /// Why.
        reason: String,
    }
    /// A promise goes on; what was paused is given back.
    PromiseResumed = "promise.resumed" v 1 {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
        /// From when; when it was recorded stands beside the event.
        at: Timestamp,
        /// The first instant that is too late now.
        due: Timestamp,
        /// The last good local day.
        due_on: Date,
        /// When warnings go out, ascending; those that went out are not repeated.
        warn_at: Vec<Timestamp>,
        /// The calendar it is counted by now, `vn@2026-11-20`.
        calendar: String,
    } + ResumedWords {
        /// Why, where somebody said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
    /// Somebody undertook something.
    UndertakingMade = "undertaking.made" v 1 {
        /// Which undertaking.
        undertaking: UndertakingId,
        /// What kind.
        kind: UndertakingKind,
        /// Who carries it out.
        owner: AccountId,
        /// Until when.
        due: Timestamp,
        /// The decision it is a remedy of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<ProposalId>,
    } + UndertakingWords {
        /// What.
        what: String,
    }
    /// An undertaking got another date.
    UndertakingMoved = "undertaking.moved" v 1 {
        /// Which undertaking.
        undertaking: UndertakingId,
        /// Until when now.
        due: Timestamp,
    } + MovedWords {
        /// Why.
        reason: String,
    }
    /// Somebody was told that an undertaking falls due, or is overdue.
    UndertakingReminded = "undertaking.reminded" v 1 {
        /// Which undertaking.
        undertaking: UndertakingId,
        /// Until when it was to be done.
        due: Timestamp,
        /// 1 before it falls due, 2 once it is overdue.
        step: u8,
        /// Whom it reaches: `owner`, `head`.
        to: Vec<String>,
    }
    /// An undertaking was kept.
    UndertakingKept = "undertaking.kept" v 1 {
        /// Which undertaking.
        undertaking: UndertakingId,
        /// When.
        at: Timestamp,
        /// Proof.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proof: Vec<FileFact>,
    }
    /// An undertaking was broken.
    UndertakingBroken = "undertaking.broken" v 1 {
        /// Which undertaking.
        undertaking: UndertakingId,
    } + BrokenWords {
        /// Why, where somebody said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
    /// An undertaking is not needed any more.
    UndertakingCancelled = "undertaking.cancelled" v 1 {
        /// Which undertaking.
        undertaking: UndertakingId,
    } + CancelledWords {
        /// Why.
        reason: String,
    }
}

//! The organisation itself: policy, accounts, duty.
//! Must stay a table: facts, and words beside them.

use jiff::{Timestamp, civil::Date};

use super::super::codec::payloads;
use crate::{
    id::AccountId,
    kinds::{DepartmentId, RestartReason, Role},
};

payloads! {
    /// A pack was put in force.
    PolicyPutInForce = "policy.put_in_force" v 1 {
        /// `alphatech@1`.
        policy: String,
        /// Digest of the pack.
        pack: String,
    }
    /// The days of a calendar changed, by a decree or an edict (A18).
    CalendarChanged = "calendar.changed" v 1 {
        /// Its name, which complaints keep: `vn`.
        calendar: String,
        /// The date its data was stated.
        as_of: Date,
        /// SHA-256 of the holidays, CSV, in hexadecimal.
        sha256: String,
        /// The date of the data before; none when the calendar is first put in force.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Date>,
        /// How many running promises move by it.
        moved: u64,
        /// How many keep their date though it would be another.
        held: u64,
    }
    /// The clock of the machine jumped between two looks, while time did not.
    ClockJumped = "clock.jumped" v 1 {
        /// What it should have shown.
        expected: Timestamp,
        /// What it showed.
        found: Timestamp,
    }
    /// A key signs the log from now on, beside those that are not retired.
    LogKeyAdded = "log.key_added" v 1 {
        /// The name of the log, `complaints.example.vn/log/1`.
        origin: String,
        /// Its number: a log that could not go on is followed by the next.
        epoch: u32,
        /// The verification key, in the form of C2SP signed-note.
        key: String,
    }
    /// A key signs the log no longer; what it signed stays valid.
    LogKeyRetired = "log.key_retired" v 1 {
        /// The verification key.
        key: String,
    }
    /// The log goes on under another name: under the old one it may have told more than is known here.
    LogRestarted = "log.restarted" v 1 {
        /// Its new name.
        origin: String,
        /// Its new number.
        epoch: u32,
        /// Why.
        reason: RestartReason,
        /// The last signed tree under the old name that is known, in the form of C2SP
        /// tlog-checkpoint with its signatures.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        checkpoint: Option<String>,
    }
    /// Somebody who administers knows that the log was restarted, and that entries may be missing.
    LogRestartConfirmed = "log.restart_confirmed" v 1 {
        /// Which number of the log.
        epoch: u32,
    }
    /// An account changed.
    AccountChanged = "account.changed" v 1 {
        /// Which account.
        account: AccountId,
        /// Its role.
        role: Role,
        /// Its unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<DepartmentId>,
        /// Units for which it may approve; `all` for every one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        authority: Vec<String>,
        /// Whether it may sign in.
        active: bool,
    } + AccountWords {
        /// Name.
        name: String,
        /// E-mail address.
        email: String,
    }
    /// Somebody stands in for the Director; once more with another end when it ends early.
    DelegationMade = "delegation.made" v 1 {
        /// Whose powers they are.
        principal: AccountId,
        /// Who acts.
        deputy: AccountId,
        /// First instant it holds.
        from: Timestamp,
        /// First instant it no longer holds.
        until: Timestamp,
    }
    /// Somebody is on duty; once more with another end when the turn ends early.
    DutySet = "duty.set" v 1 {
        /// Who.
        account: AccountId,
        /// From when.
        from: Timestamp,
        /// Until when.
        until: Timestamp,
    } + DutyWords {
        /// Telephone, E.164.
        phone: String,
    }
}

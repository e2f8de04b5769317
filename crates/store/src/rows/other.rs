//! The smaller read rows: notices, packs, duty, delegations, uses of uploads.
//! Must not interpret what it stores.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::value::{Line, Statement, statements, stmt};

/// A notice: what arrived, and whether it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// The id part of the notice's stream.
    pub id: String,
    /// The reference given to the sender, or empty.
    pub reference: String,
    /// The channel it came by.
    pub channel: String,
    /// When the channel got it.
    pub received_at: Timestamp,
    /// Whether it belongs to a complaint already; if not, a person must look.
    pub interpreted: bool,
    /// When interpreting is tried again, if it is.
    pub next_try_at: Option<Timestamp>,
    /// When somebody must have answered (the first reply runs without interpretation).
    pub next_due: Option<Timestamp>,
    /// The complaint it belongs to, or empty.
    pub complaint: String,
    /// Number of events of the stream.
    pub version: u64,
}

/// A policy pack, stored whole. Not rebuilt from events (they hold its digest only).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRow {
    /// Digest of `bytes`, as text; the key.
    pub digest: String,
    /// The pack's id.
    pub pack: String,
    /// The pack's version; one digest for each version.
    pub version: i64,
    /// The pack as an archive.
    pub bytes: Vec<u8>,
    /// When it was put in force.
    pub put_in_force_at: Timestamp,
}

/// Who is on duty, from when until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// Id of the line.
    pub id: String,
    /// The account on duty.
    pub account: String,
    /// First instant on duty.
    pub from_at: Timestamp,
    /// First instant no more on duty.
    pub until_at: Timestamp,
    /// Telephone at which the person is reached, or empty.
    pub phone: String,
}

/// Who acts for whom, from when until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationRow {
    /// Id of the delegation.
    pub id: String,
    /// The account that gives its powers.
    pub principal: String,
    /// The account that acts.
    pub deputy: String,
    /// First instant it holds.
    pub from_at: Timestamp,
    /// First instant it no longer holds.
    pub until_at: Timestamp,
}

/// What a complaint is found by: all its words at once; they replace the words before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRow {
    /// The complaint's id.
    pub complaint: String,
    /// Words folded and cut by the caller, joined by spaces; the words of a query likewise.
    pub words: String,
}

/// An upload becomes part of a file. Claim `ClaimKind::Upload` beside it so that it happens once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadUse {
    /// Hash of the upload's id.
    pub id_hash: Vec<u8>,
    /// What uses it: usually a complaint's id.
    pub used_by: String,
}

statements! {
    UPSERT_NOTICE = "INSERT INTO notice (id, reference, channel, received_at, interpreted, \
        next_try_at, next_due, complaint, version, pos) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET \
        reference = excluded.reference, channel = excluded.channel, \
        received_at = excluded.received_at, interpreted = excluded.interpreted, \
        next_try_at = excluded.next_try_at, next_due = excluded.next_due, \
        complaint = excluded.complaint, version = excluded.version, \
        pos = CASE WHEN excluded.pos = 0 THEN notice.pos ELSE excluded.pos END";
    UPSERT_PACK = "INSERT INTO pack (digest, pack, version, bytes, put_in_force_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (digest) DO UPDATE SET \
        put_in_force_at = excluded.put_in_force_at";
    UPSERT_DUTY = "INSERT INTO duty (id, account, from_at, until_at, phone) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET account = excluded.account, \
        from_at = excluded.from_at, until_at = excluded.until_at, phone = excluded.phone";
    UPSERT_DELEGATION = "INSERT INTO delegation (id, principal, deputy, from_at, until_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET \
        principal = excluded.principal, deputy = excluded.deputy, from_at = excluded.from_at, \
        until_at = excluded.until_at";
    USE_UPLOAD = "UPDATE upload SET used_by = $2 WHERE id_hash = $1";
    FORGET_WORK = "DELETE FROM outbox WHERE complaint = $1";
    FORGET_UPLOADS = "DELETE FROM upload WHERE used_by = $1";
    ERASE_WORDS = "UPDATE event SET words = NULL, words_salt = NULL WHERE pos = $1";
}

impl NoticeRow {
    pub(crate) fn statement(&self, pos: u64) -> Statement<'_> {
        stmt!(UPSERT_NOTICE; &self.id, &self.reference, &self.channel, self.received_at,
            self.interpreted, self.next_try_at, self.next_due, &self.complaint, self.version, pos)
    }
}

impl PackRow {
    pub(crate) fn statement(&self) -> Statement<'_> {
        stmt!(UPSERT_PACK; &self.digest, &self.pack, self.version, &self.bytes,
            self.put_in_force_at)
    }
}

impl DutyRow {
    pub(crate) fn statement(&self) -> Statement<'_> {
        stmt!(UPSERT_DUTY; &self.id, &self.account, self.from_at, self.until_at, &self.phone)
    }
}

impl DelegationRow {
    pub(crate) fn statement(&self) -> Statement<'_> {
        stmt!(UPSERT_DELEGATION; &self.id, &self.principal, &self.deputy, self.from_at,
            self.until_at)
    }
}

impl UploadUse {
    pub(crate) fn statement(&self) -> Statement<'_> {
        stmt!(USE_UPLOAD; &self.id_hash, &self.used_by)
    }
}

/// Letters to be written and files are named by nobody else any more; bytes that no upload names
/// are dropped by whoever sweeps.
pub(crate) fn forget(complaint: &str) -> [Statement<'_>; 2] {
    [stmt!(FORGET_WORK; complaint), stmt!(FORGET_UPLOADS; complaint)]
}

pub(crate) fn erase_words(pos: u64) -> Statement<'static> {
    stmt!(ERASE_WORDS; pos)
}

/// Reads `id, reference, channel, received_at, interpreted, next_try_at, next_due, complaint,
/// version`.
pub(crate) fn read_notice(line: &mut Line) -> Result<NoticeRow, StoreError> {
    Ok(NoticeRow {
        id: line.text()?,
        reference: line.text()?,
        channel: line.text()?,
        received_at: line.instant()?,
        interpreted: line.flag()?,
        next_try_at: line.maybe_instant()?,
        next_due: line.maybe_instant()?,
        complaint: line.text()?,
        version: line.count()?,
    })
}

/// Reads `digest, pack, version, bytes, put_in_force_at`.
pub(crate) fn read_pack(line: &mut Line) -> Result<PackRow, StoreError> {
    Ok(PackRow {
        digest: line.text()?,
        pack: line.text()?,
        version: line.int()?,
        bytes: line.bytes()?,
        put_in_force_at: line.instant()?,
    })
}

/// Reads `id, account, from_at, until_at, phone`.
pub(crate) fn read_duty(line: &mut Line) -> Result<DutyRow, StoreError> {
    Ok(DutyRow {
        id: line.text()?,
        account: line.text()?,
        from_at: line.instant()?,
        until_at: line.instant()?,
        phone: line.text()?,
    })
}

/// Reads `id, principal, deputy, from_at, until_at`.
pub(crate) fn read_delegation(line: &mut Line) -> Result<DelegationRow, StoreError> {
    Ok(DelegationRow {
        id: line.text()?,
        principal: line.text()?,
        deputy: line.text()?,
        from_at: line.instant()?,
        until_at: line.instant()?,
    })
}

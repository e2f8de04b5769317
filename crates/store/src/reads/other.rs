//! People, notices, packs, duty, delegations, claims, the outbox of a complaint.
//! Must not guess who is who: a shared contact answers every person that has it.

use jiff::Timestamp;

use super::{all, first, page};
use crate::claims;
use crate::commit::Claim;
use crate::engine::Query;
use crate::error::StoreError;
use crate::ids::ClaimKind;
use crate::rows::{
    DelegationRow, DutyRow, NoticeRow, PackRow, PersonContact, PersonRow, read_delegation,
    read_duty, read_notice, read_pack, read_person,
};
use crate::store::Store;
use crate::value::{Line, question, statements};
use crate::write::{OUTBOX_OF_COMPLAINT, OutboxItem, read_outbox};

/// Most contacts of one person that are read.
pub const CONTACTS_MAX: u32 = 50;

statements! {
    PERSON_BY_ID = "SELECT id, name, organisation, language, erased, version FROM person \
        WHERE id = $1";
    CONTACTS_OF = "SELECT hash, kind, value, verified FROM person_contact WHERE person = $1 \
        ORDER BY hash LIMIT $2";
    PERSONS_BY_CONTACT = "SELECT person FROM person_contact WHERE hash = $1 \
        ORDER BY person LIMIT $2";
    NOTICE_BY_ID = "SELECT id, reference, channel, received_at, interpreted, next_try_at, \
        next_due, complaint, version FROM notice WHERE id = $1";
    NOTICE_BY_REFERENCE = "SELECT id, reference, channel, received_at, interpreted, next_try_at, \
        next_due, complaint, version FROM notice WHERE reference = $1 LIMIT 1";
    NOTICES_WAITING = "SELECT id, reference, channel, received_at, interpreted, next_try_at, \
        next_due, complaint, version FROM notice WHERE interpreted = 0 \
        ORDER BY received_at, id LIMIT $1";
    NOTICES_TO_TRY = "SELECT id, reference, channel, received_at, interpreted, next_try_at, \
        next_due, complaint, version FROM notice WHERE next_try_at <= $1 \
        ORDER BY next_try_at, id LIMIT $2";
    PACK_BY_DIGEST = "SELECT digest, pack, version, bytes, put_in_force_at FROM pack \
        WHERE digest = $1";
    PACK_BY_VERSION = "SELECT digest, pack, version, bytes, put_in_force_at FROM pack \
        WHERE pack = $1 AND version = $2";
    PACK_NEWEST = "SELECT digest, pack, version, bytes, put_in_force_at FROM pack \
        WHERE put_in_force_at <= $1 ORDER BY put_in_force_at DESC, version DESC LIMIT 1";
    DUTY_FROM = "SELECT id, account, from_at, until_at, phone FROM duty WHERE until_at > $1 \
        ORDER BY until_at, id LIMIT $2";
    OLDEST_WORK = "SELECT COALESCE(MIN(due_at), 9223372036854775807) FROM outbox WHERE done = 0";
    WORK_TRIED = "SELECT id, due_at, lease_owner, lease_until, attempts, kind, complaint, payload, \
        done_at, gravity, urgent_at, received_at FROM outbox WHERE done = 0 AND attempts >= $1 \
        ORDER BY gravity, urgent_at, received_at, id LIMIT $2";
    DELEGATIONS_FROM = "SELECT id, principal, deputy, from_at, until_at FROM delegation \
        WHERE until_at > $1 ORDER BY until_at, id LIMIT $2";
}

fn read_contact(line: &mut Line) -> Result<PersonContact, StoreError> {
    Ok(PersonContact {
        hash: line.bytes()?,
        kind: line.text()?,
        value: line.text()?,
        verified: line.flag()?,
    })
}

fn find_person(query: &mut impl Query, id: &str) -> Result<Option<PersonRow>, StoreError> {
    let Some(mut person) = first(query, &question!(PERSON_BY_ID; id), read_person)? else {
        return Ok(None);
    };
    person.contacts = all(query, &question!(CONTACTS_OF; id, page(CONTACTS_MAX)), read_contact)?;
    Ok(Some(person))
}

impl Store {
    /// A person with all contacts.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn person(&self, id: &str) -> Result<Option<PersonRow>, StoreError> {
        let id = id.to_owned();
        self.read(move |reader| find_person(reader, &id)).await
    }

    /// The ids of everybody who has this contact, by its hash.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn persons_by_contact(
        &self,
        hash: &[u8],
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let statement = question!(PERSONS_BY_CONTACT; hash, page(limit));
        self.read(move |reader| all(reader, &statement, Line::text)).await
    }

    /// A notice by its id.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn notice(&self, id: &str) -> Result<Option<NoticeRow>, StoreError> {
        let statement = question!(NOTICE_BY_ID; id);
        self.read(move |reader| first(reader, &statement, read_notice)).await
    }

    /// A notice by the reference its sender was given.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn notice_by_reference(
        &self,
        reference: &str,
    ) -> Result<Option<NoticeRow>, StoreError> {
        let statement = question!(NOTICE_BY_REFERENCE; reference);
        self.read(move |reader| first(reader, &statement, read_notice)).await
    }

    /// Notices nobody has made sense of yet, the oldest first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn notices_waiting(&self, limit: u32) -> Result<Vec<NoticeRow>, StoreError> {
        let statement = question!(NOTICES_WAITING; page(limit));
        self.read(move |reader| all(reader, &statement, read_notice)).await
    }

    /// Notices whose next try has come by `now`.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn notices_to_try(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<NoticeRow>, StoreError> {
        let statement = question!(NOTICES_TO_TRY; now, page(limit));
        self.read(move |reader| all(reader, &statement, read_notice)).await
    }

    /// A policy pack by its digest.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn pack(&self, digest: &str) -> Result<Option<PackRow>, StoreError> {
        let statement = question!(PACK_BY_DIGEST; digest);
        self.read(move |reader| first(reader, &statement, read_pack)).await
    }

    /// A policy pack by its id and version.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn pack_version(
        &self,
        pack: &str,
        version: i64,
    ) -> Result<Option<PackRow>, StoreError> {
        let statement = question!(PACK_BY_VERSION; pack, version);
        self.read(move |reader| first(reader, &statement, read_pack)).await
    }

    /// The policy pack in force at `now`: the one put in force last.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn pack_in_force(&self, now: Timestamp) -> Result<Option<PackRow>, StoreError> {
        let statement = question!(PACK_NEWEST; now);
        self.read(move |reader| first(reader, &statement, read_pack)).await
    }

    /// Lines of the duty roster that end after `now`, those that end first coming first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn duty_from(&self, now: Timestamp, limit: u32) -> Result<Vec<DutyRow>, StoreError> {
        let statement = question!(DUTY_FROM; now, page(limit));
        self.read(move |reader| all(reader, &statement, read_duty)).await
    }

    /// Delegations that end after `now`, those that end first coming first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn delegations_from(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DelegationRow>, StoreError> {
        let statement = question!(DELEGATIONS_FROM; now, page(limit));
        self.read(move |reader| all(reader, &statement, read_delegation)).await
    }

    /// The living claim of this key, if somebody holds it at `now`.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn claim(
        &self,
        kind: ClaimKind,
        key: &[u8],
        now: Timestamp,
    ) -> Result<Option<Claim>, StoreError> {
        let key = key.to_vec();
        self.read(move |reader| claims::find(reader, kind, &key, now)).await
    }

    /// When the oldest work that is not done was due.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn oldest_work(&self) -> Result<Option<Timestamp>, StoreError> {
        let oldest = |reader: &mut _| first(reader, &question!(OLDEST_WORK;), Line::maybe_instant);
        Ok(self.read(oldest).await?.flatten())
    }

    /// Work that is not done though it was tried so often, the most serious first; at most 1,000
    /// items.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn work_tried(&self, attempts: u64) -> Result<Vec<OutboxItem>, StoreError> {
        let attempts = i64::try_from(attempts).unwrap_or(i64::MAX);
        let statement = question!(WORK_TRIED; attempts, page(super::PAGE_MAX));
        self.read(move |reader| all(reader, &statement, read_outbox)).await
    }

    /// What the engine finds wrong with its own file; nothing when it is sound. Reads the whole
    /// file.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn flaws(&self) -> Result<Vec<String>, StoreError> {
        self.read(crate::sqlite::flaws).await
    }

    /// Work of a complaint, done or not, by due instant; at most 1,000 items.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn outbox_of(&self, complaint: &str) -> Result<Vec<OutboxItem>, StoreError> {
        let statement =
            question!(OUTBOX_OF_COMPLAINT; complaint, i64::MIN, "", page(super::PAGE_MAX));
        self.read(move |reader| all(reader, &statement, read_outbox)).await
    }
}

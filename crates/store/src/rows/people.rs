//! The read rows of people: complainants and staff.
//! Must not hold a secret of an account: password hashes and sessions are not read rows.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::rows::Place;
use crate::value::{Line, Statement, statements, stmt};

/// A person who complains or represents somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The id part of the person's stream.
    pub id: String,
    /// The name, empty once erased.
    pub name: String,
    /// The organisation, or empty.
    pub organisation: String,
    /// Language of the person.
    pub language: String,
    /// Whether the person's words were erased.
    pub erased: bool,
    /// Every way to reach the person, at most 50.
    pub contacts: Vec<PersonContact>,
    /// Number of events of the stream.
    pub version: u64,
}

/// One way to reach a person; the same contact may belong to several people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonContact {
    /// Hash of the normalised contact.
    pub hash: Vec<u8>,
    /// `phone`, `email`, `zalo`, `viber`, `address`.
    pub kind: String,
    /// The contact itself, as it is to be used.
    pub value: String,
    /// Whether the person proved to hold it.
    pub verified: bool,
}

/// A member of the staff, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The id part of the account's stream.
    pub id: String,
    /// E-mail address in lower case, unique.
    pub email: String,
    /// The name as shown.
    pub name: String,
    /// `care`, `department`, `director`, `admin`, `auditor`.
    pub role: String,
    /// The department, or empty.
    pub department: String,
    /// For which department the person may approve (`all` for every one), or empty.
    pub authority: String,
    /// Whether the account may not sign in any more.
    pub disabled: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Number of events of the stream.
    pub version: u64,
}

statements! {
    UPSERT_PERSON = "INSERT INTO person (id, name, organisation, language, erased, version, pos) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET name = excluded.name, \
        organisation = excluded.organisation, language = excluded.language, \
        erased = excluded.erased, version = excluded.version, \
        pos = CASE WHEN excluded.pos = 0 THEN person.pos ELSE excluded.pos END";
    CLEAR_CONTACTS = "DELETE FROM person_contact WHERE person = $1";
    ADD_CONTACT = "INSERT INTO person_contact (person, hash, kind, value, verified) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person, hash) DO UPDATE SET \
        kind = excluded.kind, value = excluded.value, verified = excluded.verified";
    UPSERT_ACCOUNT = "INSERT INTO account (id, email, name, role, department, authority, \
        disabled, created_at, version, pos) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, \
        role = excluded.role, department = excluded.department, authority = excluded.authority, \
        disabled = excluded.disabled, created_at = excluded.created_at, \
        version = excluded.version, \
        pos = CASE WHEN excluded.pos = 0 THEN account.pos ELSE excluded.pos END";
}

impl PersonRow {
    pub(crate) fn statements(&self, place: Place) -> Vec<Statement<'_>> {
        let mut list = Vec::with_capacity(2 + self.contacts.len());
        list.push(stmt!(UPSERT_PERSON; &self.id, &self.name, &self.organisation, &self.language,
            self.erased, self.version, place.pos));
        if !place.is_new {
            list.push(stmt!(CLEAR_CONTACTS; &self.id));
        }
        list.extend(self.contacts.iter().map(|contact| {
            stmt!(ADD_CONTACT; &self.id, &contact.hash, &contact.kind, &contact.value,
                contact.verified)
        }));
        list
    }
}

impl AccountRow {
    pub(crate) fn statement(&self, pos: u64) -> Statement<'_> {
        stmt!(UPSERT_ACCOUNT; &self.id, &self.email, &self.name, &self.role, &self.department,
            &self.authority, self.disabled, self.created_at, self.version, pos)
    }
}

/// Reads `id, name, organisation, language, erased, version`; contacts are read apart.
pub(crate) fn read_person(line: &mut Line) -> Result<PersonRow, StoreError> {
    Ok(PersonRow {
        id: line.text()?,
        name: line.text()?,
        organisation: line.text()?,
        language: line.text()?,
        erased: line.flag()?,
        contacts: Vec::new(),
        version: line.count()?,
    })
}

/// Reads `id, email, name, role, department, authority, disabled, created_at, version`.
pub(crate) fn read_account(line: &mut Line) -> Result<AccountRow, StoreError> {
    Ok(AccountRow {
        id: line.text()?,
        email: line.text()?,
        name: line.text()?,
        role: line.text()?,
        department: line.text()?,
        authority: line.text()?,
        disabled: line.flag()?,
        created_at: line.instant()?,
        version: line.count()?,
    })
}

//! What is kept of a person, shown before anything goes. Must not guess who is who: another name
//! behind the same telephone is shown, and goes only when it is named.

use std::collections::BTreeSet;

use redress_core::{
    complaint::{decide::may_erase_persons, people::Actor},
    id::PersonId,
    plain,
};
use redress_store::PersonRow;
use serde::Serialize;

use crate::{App, AppError};

/// Most records of one person, and of those that share a contact.
const PERSONS_MAX: u32 = 200;

/// A complaint of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComplaintKept {
    /// Its reference.
    pub reference: String,
    /// Where it stands.
    pub state: String,
    /// Whether it is open.
    pub open: bool,
    /// Why its words must stay, if they must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<String>,
}

/// A way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactKept {
    /// `phone`, `email`, `address`, `sender`.
    pub kind: String,
    /// The contact.
    pub value: String,
}

/// A record of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonKept {
    /// Its id.
    pub id: String,
    /// The name, empty once erased or where nobody gave one.
    pub name: String,
    /// The organisation, or empty.
    pub organisation: String,
    /// How the person is reached.
    pub contacts: Vec<ContactKept>,
    /// Whether it was erased.
    pub erased: bool,
    /// The complaints.
    pub complaints: Vec<ComplaintKept>,
}

/// Who goes by an erasure, and who does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhoGoes {
    /// The record that was asked for.
    pub person: PersonKept,
    /// Other records of the same person: a contact is shared, and the name is the same, or theirs is
    /// missing. They go as well.
    pub same: Vec<PersonKept>,
    /// Records of other names that share a contact. They stay unless they are named.
    pub others: Vec<PersonKept>,
}

impl App {
    /// What is kept of a person, and of whoever shares a telephone, an e-mail or a sender's id.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] for who may not erase, [`AppError::NotFound`] for an unknown person.
    pub async fn who_goes(&self, person: PersonId, actor: &Actor) -> Result<WhoGoes, AppError> {
        if !may_erase_persons(actor) {
            return Err(AppError::Forbidden);
        }
        let first = self.store.person(&person.to_string()).await?.ok_or(AppError::NotFound)?;
        let name = plain::fold(&first.name);
        let mut seen = BTreeSet::from([first.id.clone()]);
        let (mut same, mut others, mut waiting) = (vec![], vec![], vec![first.clone()]);
        // What the same person gave at another time leads on; what others gave does not.
        while let Some(record) = waiting.pop() {
            for row in self.sharing(&record, &mut seen).await? {
                let other = plain::fold(&row.name);
                if other.is_empty() || other == name {
                    // A record without a name may be anybody's who answers that telephone.
                    if !other.is_empty() {
                        waiting.push(row.clone());
                    }
                    same.push(self.kept(row).await?);
                } else {
                    others.push(self.kept(row).await?);
                }
            }
        }
        Ok(WhoGoes { person: self.kept(first).await?, same, others })
    }

    /// Records not seen yet that share a contact with this one.
    async fn sharing(
        &self,
        record: &PersonRow,
        seen: &mut BTreeSet<String>,
    ) -> Result<Vec<PersonRow>, AppError> {
        let mut found = vec![];
        for contact in record.contacts.iter().filter(|contact| contact.kind != "address") {
            for id in self.store.persons_by_contact(&contact.hash, PERSONS_MAX).await? {
                if seen.len() < PERSONS_MAX as usize && seen.insert(id.clone()) {
                    found.extend(self.store.person(&id).await?);
                }
            }
        }
        Ok(found)
    }

    async fn kept(&self, row: PersonRow) -> Result<PersonKept, AppError> {
        let mut complaints = vec![];
        for loaded in self.complaints_of(&row.id).await? {
            complaints.push(ComplaintKept {
                reference: loaded.row.reference.clone(),
                state: loaded.row.state.clone(),
                open: loaded.row.open,
                hold: loaded.complaint.hold.map(|ground| ground.to_string()),
            });
        }
        let contacts = row.contacts.into_iter();
        Ok(PersonKept {
            id: row.id,
            name: row.name,
            organisation: row.organisation,
            contacts: contacts
                .map(|contact| ContactKept { kind: contact.kind, value: contact.value })
                .collect(),
            erased: row.erased,
            complaints,
        })
    }
}

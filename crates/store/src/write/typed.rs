//! The writes that answer something, as methods with the type of the answer.
//! Must not do anything that `Store::write` does not.

use std::ops::Range;

use jiff::Timestamp;

use super::{
    FileState, OutboxItem, SetupLinkRow, UploadFate, UploadRoom, UploadRow, Write, Written,
};
use crate::commit::Claim;
use crate::error::StoreError;
use crate::store::Store;

fn unexpected<T>(written: &Written) -> Result<T, StoreError> {
    Err(StoreError::Corrupt { what: format!("an answer of another kind: {written:?}") })
}

impl Store {
    /// Takes `count` numbers (1 to 10,000) from the counter `name`; numbers begin at 1, may skip,
    /// never repeat.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn take_block(&self, name: &str, count: u32) -> Result<Range<u64>, StoreError> {
        let written = self.write(Write::TakeBlock { name: name.to_owned(), count }).await?;
        if let Written::Block(block) = written { Ok(block) } else { unexpected(&written) }
    }

    /// Takes or renews the lease `name` for `owner` from `now` until `until`; answers whether it
    /// is the owner's.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn lease(
        &self,
        name: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let (name, owner) = (name.to_owned(), owner.to_owned());
        let written = self.write(Write::Lease { name, owner, now, until }).await?;
        if let Written::Leased(got) = written { Ok(got) } else { unexpected(&written) }
    }

    /// Takes work due by `now` for `owner` until `until`, at most `limit` and 100 items.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn take_outbox(
        &self,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxItem>, StoreError> {
        let written =
            self.write(Write::TakeOutbox { owner: owner.to_owned(), now, until, limit }).await?;
        if let Written::Outbox(items) = written { Ok(items) } else { unexpected(&written) }
    }

    /// Uses a set-up link up; nothing if it is unknown, used or expired at `now`.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn use_setup_link(
        &self,
        hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<SetupLinkRow>, StoreError> {
        let written = self.write(Write::UseSetupLink { hash: hash.to_vec(), now }).await?;
        if let Written::Link(link) = written { Ok(link) } else { unexpected(&written) }
    }

    /// Stores an upload whose bytes are durable already, if there is room for it.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn put_upload(
        &self,
        row: UploadRow,
        state: FileState,
        room: UploadRoom,
    ) -> Result<UploadFate, StoreError> {
        let written = self.write(Write::PutUpload { row, state, room }).await?;
        if let Written::Upload(fate) = written { Ok(fate) } else { unexpected(&written) }
    }

    /// Takes a claim outside a commit; answers who holds it already, or nothing.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn take_claim(
        &self,
        claim: Claim,
        now: Timestamp,
    ) -> Result<Option<Claim>, StoreError> {
        let written = self.write(Write::Claim { claim, now }).await?;
        if let Written::Claimed(holder) = written { Ok(holder) } else { unexpected(&written) }
    }
}

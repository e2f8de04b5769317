//! Small writes outside the log: sessions, tokens, uploads, leases, counters.
//! Must not append events: what is worth telling later goes through a commit.

mod access;
pub(crate) mod files;
mod typed;
mod work;

pub use access::{SessionRow, SetupLinkRow, TokenRow, UploadRow};
pub use files::{FileRow, FileState, UploadRoom};
pub use work::OutboxItem;

#[cfg(test)]
pub(crate) use access::STATEMENTS as ACCESS_STATEMENTS;
pub(crate) use access::{
    SESSION_BY_HASH, SETUP_LINK_BY_HASH, TOKEN_BY_HASH, UPLOAD_BY_HASH, read_session,
    read_setup_link, read_token, read_upload,
};
#[cfg(test)]
pub(crate) use files::STATEMENTS as FILE_STATEMENTS;
pub(crate) use files::{ADD_TOTAL, FILE_BY_DIGEST, TOTAL, read_file};
#[cfg(test)]
pub(crate) use work::STATEMENTS as WORK_STATEMENTS;
pub(crate) use work::{OUTBOX_OF_COMPLAINT, read_outbox};

use std::ops::Range;

use jiff::Timestamp;

use crate::carry::{self, Carried};
use crate::claims;
use crate::commit::Claim;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::ids::ClaimKind;
use crate::rows::Row;

/// Largest block of numbers taken at once.
pub const BLOCK_MAX: u32 = 10_000;

/// One small write. Each is all or nothing, and may be carried out again after a failed batch.
#[derive(Debug, Clone)]
pub enum Write {
    /// Stores or replaces a session.
    PutSession(SessionRow),
    /// Moves the end of a session.
    ExtendSession {
        /// Hash of the session's token.
        token_hash: Vec<u8>,
        /// The new end.
        expires_at: Timestamp,
    },
    /// Ends a session.
    DropSession {
        /// Hash of the session's token.
        token_hash: Vec<u8>,
    },
    /// Ends every session of an account.
    DropSessionsOf {
        /// The account's id.
        account: String,
    },
    /// Stores an API token.
    PutToken(TokenRow),
    /// Ends an API token.
    DropToken {
        /// Hash of the token.
        hash: Vec<u8>,
    },
    /// Stores a set-up link.
    PutSetupLink(SetupLinkRow),
    /// Uses a set-up link up; answers [`Written::Link`].
    UseSetupLink {
        /// Hash of the link's secret.
        hash: Vec<u8>,
        /// Now: an expired link is not used.
        now: Timestamp,
    },
    /// Sets or replaces the password hash of an account.
    PutPassword {
        /// The account's id.
        account: String,
        /// The hash with its parameters, as the password library writes it.
        password_hash: String,
    },
    /// Stores the record of an upload whose bytes are durable already, if there is room for it;
    /// answers [`Written::Upload`].
    PutUpload {
        /// The upload.
        row: UploadRow,
        /// How its bytes stand, where they are new.
        state: FileState,
        /// How much may be uploaded.
        room: UploadRoom,
    },
    /// Tells how the check of stored bytes went.
    FileChecked {
        /// Their digest.
        digest: String,
        /// How it went.
        state: FileState,
        /// What was found, or empty.
        finding: String,
    },
    /// Stored bytes could not be checked, and are looked at again.
    RetryFile {
        /// Their digest.
        digest: String,
        /// Why not.
        finding: String,
        /// Not before this instant.
        due_at: Timestamp,
    },
    /// Forgets stored bytes that no upload names.
    ForgetFile {
        /// Their digest.
        digest: String,
    },
    /// Takes a claim outside a commit; answers [`Written::Claimed`].
    Claim {
        /// What is claimed.
        claim: Claim,
        /// Now: a lapsed claim is free.
        now: Timestamp,
    },
    /// Sets the answer of a claim.
    PutAnswer {
        /// Kind of the claim.
        kind: ClaimKind,
        /// Key of the claim.
        key: Vec<u8>,
        /// The answer to replay.
        answer: String,
    },
    /// Takes or renews a lease by name; answers [`Written::Leased`].
    Lease {
        /// What is leased: a job (`timers`), or one thing.
        name: String,
        /// Who asks.
        owner: String,
        /// Now: a lapsed lease is free.
        now: Timestamp,
        /// When the lease lapses.
        until: Timestamp,
    },
    /// Gives a lease back if it is the owner's.
    DropLease {
        /// What was leased.
        name: String,
        /// Who gives it back.
        owner: String,
    },
    /// Takes due work, leased to `owner` until `until`; answers [`Written::Outbox`].
    TakeOutbox {
        /// Who will do it.
        owner: String,
        /// Now: work due later or leased beyond now is left.
        now: Timestamp,
        /// When the lease lapses.
        until: Timestamp,
        /// Most items, at most 100.
        limit: u32,
    },
    /// Marks work as done, if the lease is still the owner's.
    FinishOutbox {
        /// Id of the item.
        id: String,
        /// Who did it.
        owner: String,
        /// Now.
        now: Timestamp,
    },
    /// Holds work longer, if the lease is still the owner's; 0 changed: it is not.
    RenewOutbox {
        /// Id of the item.
        id: String,
        /// Who holds it.
        owner: String,
        /// Until when now.
        until: Timestamp,
    },
    /// Gives work back to be tried at `due_at`, if the lease is still the owner's.
    RetryOutbox {
        /// Id of the item.
        id: String,
        /// Who tried.
        owner: String,
        /// Not before this instant.
        due_at: Timestamp,
    },
    /// Takes `count` numbers from a counter, 1 to [`BLOCK_MAX`]; answers [`Written::Block`].
    TakeBlock {
        /// The counter's name.
        name: String,
        /// How many.
        count: u32,
    },
    /// Sets a counter from which no numbers are taken.
    SetCounter {
        /// The counter's name.
        name: String,
        /// Its number from now on.
        next: u64,
    },
    /// Deletes what lapsed before `now`: sessions, tokens, links, claims, leases; uploads never
    /// used and made before `uploads_before`.
    Purge {
        /// Now.
        now: Timestamp,
        /// Unused uploads older than this go.
        uploads_before: Timestamp,
    },
    /// Writes read rows without a commit: only for a rebuild into a fresh file. With each row
    /// stands the last position of its stream.
    RebuildRows(Vec<(Row, u64)>),
    /// Writes what an import brings: only into a fresh file that nobody else has open.
    Carry(Vec<Carried>),
}

/// What a [`Write`] answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// How many rows changed; 0 means that the thing was not there (or not the owner's).
    Changed(u64),
    /// Whether the lease is the caller's now.
    Leased(bool),
    /// The numbers taken.
    Block(Range<u64>),
    /// The link used up, or nothing if it is unknown, used or expired.
    Link(Option<SetupLinkRow>),
    /// What became of an upload.
    Upload(UploadFate),
    /// Work taken.
    Outbox(Vec<OutboxItem>),
    /// Nothing if the claim is the caller's now; else who holds it.
    Claimed(Option<Claim>),
}

impl Written {
    /// Whether a row was written: only then did the disk have to take something.
    pub(crate) const fn has_written(&self) -> bool {
        match self {
            Self::Changed(rows) => *rows > 0,
            Self::Leased(held) => *held,
            Self::Block(_) => true,
            Self::Link(link) => link.is_some(),
            Self::Outbox(items) => !items.is_empty(),
            Self::Claimed(holder) => holder.is_none(),
            Self::Upload(fate) => matches!(fate, UploadFate::Kept),
        }
    }
}

/// What becomes of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadFate {
    /// It is there.
    Kept,
    /// Its owner uploaded too many.
    TooMany,
    /// Its owner uploaded too many bytes.
    TooMuch,
    /// There may be no more bytes in all.
    Full,
}

impl Write {
    /// Carries the write out inside the open transaction.
    pub(crate) fn run(&self, engine: &mut dyn Engine) -> Result<Written, StoreError> {
        let statement = match self {
            Self::UseSetupLink { hash, now } => return access::use_setup_link(engine, hash, *now),
            Self::Claim { claim, now } => {
                return Ok(Written::Claimed(claims::take(engine, claim, *now)?));
            }
            Self::Lease { name, owner, now, until } => {
                let changed = engine.execute(&work::lease(name, owner, *now, *until))?;
                return Ok(Written::Leased(changed > 0));
            }
            Self::TakeOutbox { owner, now, until, limit } => {
                return work::take_outbox(engine, &work::take(owner, *now, *until, *limit));
            }
            Self::TakeBlock { name, count } => return work::take_block(engine, name, *count),
            Self::Purge { now, uploads_before } => {
                return work::purge(engine, *now, *uploads_before);
            }
            Self::PutUpload { row, state, room } => {
                return files::put_upload(engine, row, *state, room);
            }
            Self::ForgetFile { digest } => return files::forget(engine, digest),
            Self::RebuildRows(rows) => return work::rebuild(engine, rows),
            Self::Carry(carried) => return carry::write(engine, carried),
            Self::PutSession(row) => row.put(),
            Self::ExtendSession { token_hash, expires_at } => {
                access::extend_session(token_hash, *expires_at)
            }
            Self::DropSession { token_hash } => access::drop_session(token_hash),
            Self::DropSessionsOf { account } => access::drop_sessions_of(account),
            Self::PutToken(row) => row.put(),
            Self::DropToken { hash } => access::drop_token(hash),
            Self::PutSetupLink(row) => row.put(),
            Self::PutPassword { account, password_hash } => {
                access::put_password(account, password_hash)
            }
            Self::FileChecked { digest, state, finding } => files::checked(digest, *state, finding),
            Self::RetryFile { digest, finding, due_at } => files::retry(digest, finding, *due_at),
            Self::PutAnswer { kind, key, answer } => work::put_answer(*kind, key, answer),
            Self::SetCounter { name, next } => work::set_counter(name, *next),
            Self::DropLease { name, owner } => work::drop_lease(name, owner),
            Self::FinishOutbox { id, owner, now } => work::finish(id, owner, *now),
            Self::RenewOutbox { id, owner, until } => work::renew(id, owner, *until),
            Self::RetryOutbox { id, owner, due_at } => work::retry(id, owner, *due_at),
        };
        Ok(Written::Changed(engine.execute(&statement)?))
    }
}

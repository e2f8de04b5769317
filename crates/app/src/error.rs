//! What can go wrong in a use case: refusals, faults of fields, and failures, kept apart.
//! Must not know HTTP: the web crate turns these into status codes and pages.

use redress_core::{
    complaint::{Refusal, codec::CodecError},
    field::FieldErrors,
};
use redress_store::{CommitError, StoreError};

use crate::Held;

/// Why a use case did not happen.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The rules say no.
    #[error("refused: {} ({})", .0.code, .0.rule)]
    Refused(Refusal),
    /// Fields are missing or hold what they cannot.
    #[error("fields are not as they must be")]
    Fields(FieldErrors),
    /// The body is not JSON, or not of the right shape.
    #[error("the body cannot be read: {detail}")]
    Malformed {
        /// What the reader said.
        detail: String,
    },
    /// There is no such thing, or the caller may not know that there is.
    #[error("not found")]
    NotFound,
    /// The caller may know of it, but not do this.
    #[error("not permitted")]
    Forbidden,
    /// Nobody is signed in, or the credentials are wrong.
    #[error("not signed in")]
    Unauthorized,
    /// The complaint moved since the caller saw it.
    #[error("the complaint is at version {actual}")]
    Moved {
        /// Its version now.
        actual: u64,
    },
    /// The same key was used for another request.
    #[error("the key was used for another request")]
    KeyReused,
    /// The key is too short or too long.
    #[error("an Idempotency-Key has 16 to 255 characters")]
    KeyUnfit,
    /// The file is larger than the policy allows.
    #[error("a file may have {max} bytes")]
    TooLarge {
        /// The bound in bytes.
        max: u64,
    },
    /// The picture has more dots than can be shown.
    #[error("a picture may have {megapixels} megapixels")]
    PictureTooLarge {
        /// The bound.
        megapixels: u32,
    },
    /// A form has more fields than any of ours.
    #[error("a form may have {max} fields")]
    TooManyFields {
        /// The bound.
        max: usize,
    },
    /// Too many files, or bytes, from one address or account.
    #[error("too many files from one place")]
    TooManyFiles {
        /// When to try again, in seconds.
        retry_after: u32,
    },
    /// The files fill the room that was set aside for them.
    #[error("the room set aside for files is full")]
    NoRoom,
    /// The file is not shown: nobody checked it yet, or it is harmful.
    #[error("the file is held: {held:?}")]
    FileHeld {
        /// Why.
        held: Held,
    },
    /// The file is empty.
    #[error("the file is empty")]
    EmptyFile,
    /// Too many of this within a time.
    #[error("too many requests")]
    TooMany {
        /// When to try again, in seconds.
        retry_after: u32,
    },
    /// Somebody else has this already: an e-mail of an account, a form sent twice.
    #[error("already taken by {owner}")]
    Taken {
        /// Who holds it.
        owner: String,
    },
    /// The disk is full; what was accepted before stands.
    #[error("the disk is full")]
    DiskFull,
    /// Whether it happened is not known; the same key may be sent again.
    #[error("the outcome is not known yet")]
    Unknown,
    /// The store failed, for anything but want of room.
    #[error("the store failed")]
    Store(#[source] StoreError),
    /// A stored event cannot be read.
    #[error("a stored event cannot be read")]
    Codec(#[from] CodecError),
    /// Files could not be read or written.
    #[error("a file could not be read or written")]
    Io(#[from] std::io::Error),
    /// Anything else that must not happen.
    #[error("{what}")]
    Broken {
        /// What was wrong.
        what: String,
    },
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}

/// A store that ran out of room is no failure of the program.
impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull { .. } => Self::DiskFull,
            other @ (StoreError::Busy { .. }
            | StoreError::Io { .. }
            | StoreError::Constraint { .. }
            | StoreError::Engine { .. }
            | StoreError::Corrupt { .. }
            | StoreError::BadName { .. }
            | StoreError::BadCommit { .. }
            | StoreError::Newer { .. }
            | StoreError::Closed) => Self::Store(other),
        }
    }
}

impl AppError {
    /// A failure that must not happen.
    #[expect(clippy::needless_pass_by_value, reason = "errors are handed over by `map_err`")]
    pub(crate) fn broken(what: impl ToString) -> Self {
        Self::Broken { what: what.to_string() }
    }
}

impl From<CommitError> for AppError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict { actual, .. } => Self::Moved { actual },
            CommitError::ClaimTaken { owner, .. } => Self::Taken { owner },
            CommitError::DiskFull => Self::DiskFull,
            CommitError::Unknown => Self::Unknown,
            CommitError::Failed { source } => source.into(),
            CommitError::Closed => Self::Store(StoreError::Closed),
        }
    }
}

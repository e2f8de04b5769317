//! Names of what is stored: streams, commits, claims.
//! Must not know what a complaint is; a stream kind is only the first half of a key.

use std::fmt;

use crate::error::StoreError;

/// Longest id part of a stream, in bytes.
pub const STREAM_ID_BYTES_MAX: usize = 100;

/// What a stream tells the history of. The text form is the first half of a [`StreamId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StreamKind {
    /// One complaint.
    Complaint,
    /// One notice, as it arrived.
    Notice,
    /// One person: the only home of a name and its contacts.
    Person,
    /// One account of the staff.
    Account,
    /// One policy pack, by its id.
    Policy,
    /// One calendar, by its name.
    Calendar,
    /// The duty roster.
    Duty,
    /// Delegations of the Director.
    Delegation,
    /// The register of letters.
    Letters,
    /// The log itself: keys, restarts, erasures.
    Log,
}

impl StreamKind {
    /// Every kind, in order of definition.
    pub const ALL: [Self; 10] = [
        Self::Complaint,
        Self::Notice,
        Self::Person,
        Self::Account,
        Self::Policy,
        Self::Calendar,
        Self::Duty,
        Self::Delegation,
        Self::Letters,
        Self::Log,
    ];

    /// The word stored before the slash.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Notice => "notice",
            Self::Person => "person",
            Self::Account => "account",
            Self::Policy => "policy",
            Self::Calendar => "calendar",
            Self::Duty => "duty",
            Self::Delegation => "delegation",
            Self::Letters => "letters",
            Self::Log => "log",
        }
    }
}

/// The key of one stream of events: `kind/id`, for example `complaint/0192e4…`.
///
/// The id is 1 to [`STREAM_ID_BYTES_MAX`] bytes of `a-z A-Z 0-9 . _ @ -`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId {
    text: String,
    kind: StreamKind,
}

impl StreamId {
    /// Builds the key of stream `id` of this kind.
    ///
    /// # Errors
    ///
    /// [`StoreError::BadName`] when the id is empty, too long or has a character not allowed.
    pub fn new(kind: StreamKind, id: impl fmt::Display) -> Result<Self, StoreError> {
        Self::parse(&format!("{}/{id}", kind.as_str()))
    }

    /// Reads a key back from its text.
    ///
    /// # Errors
    ///
    /// [`StoreError::BadName`] when the kind is unknown or the id malformed.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let bad = || StoreError::BadName { name: text.chars().take(200).collect() };
        let (kind, id) = text.split_once('/').ok_or_else(bad)?;
        let known = StreamKind::ALL.into_iter().find(|known| known.as_str() == kind);
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._@-".contains(&byte);
        let fits = !id.is_empty() && id.len() <= STREAM_ID_BYTES_MAX && id.bytes().all(allowed);
        let kind = known.filter(|_| fits).ok_or_else(bad)?;
        Ok(Self { text: text.to_owned(), kind })
    }

    /// The kind of the stream.
    pub const fn kind(&self) -> StreamKind {
        self.kind
    }

    /// The part after the slash.
    pub fn id(&self) -> &str {
        &self.text[self.kind.as_str().len() + 1..]
    }

    /// The whole key.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The caller's own name for a commit, 16 bytes, time-ordered (the bytes of a UUID of version 7).
///
/// The same id committed twice is carried out once; the second answer repeats the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CommitId(pub [u8; 16]);

/// What a claim is about: the first half of its primary key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClaimKind {
    /// An `Idempotency-Key` of a caller; kept 48 hours.
    IdempotencyKey,
    /// A sender's message id (e-mail `Message-ID`, a vendor's message id).
    MessageId,
    /// A reference number.
    Reference,
    /// An upload, usable once.
    Upload,
    /// The e-mail address of an account.
    AccountEmail,
    /// The one-time key of a form.
    FormKey,
    /// One automatic mail to an unverified address a day.
    MailOfDay,
    /// A job that may happen once.
    Once,
}

impl ClaimKind {
    /// Every kind, in order of definition.
    pub const ALL: [Self; 8] = [
        Self::IdempotencyKey,
        Self::MessageId,
        Self::Reference,
        Self::Upload,
        Self::AccountEmail,
        Self::FormKey,
        Self::MailOfDay,
        Self::Once,
    ];

    /// The word stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IdempotencyKey => "idempotency-key",
            Self::MessageId => "message-id",
            Self::Reference => "reference",
            Self::Upload => "upload",
            Self::AccountEmail => "account-email",
            Self::FormKey => "form-key",
            Self::MailOfDay => "mail-of-day",
            Self::Once => "once",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_id_has_a_known_kind_and_a_plain_id() {
        for kind in StreamKind::ALL {
            let made = StreamId::new(kind, "0192e4-a.b_c@d").unwrap();
            assert_eq!((made.kind(), made.id()), (kind, "0192e4-a.b_c@d"));
            assert_eq!(StreamId::parse(made.as_str()).unwrap(), made);
        }
        let long = format!("complaint/{}", "x".repeat(STREAM_ID_BYTES_MAX + 1));
        for bad in ["", "complaint", "complaint/", "other/1", "complaint/a/b", "notice/ạ", &long]
        {
            assert!(StreamId::parse(bad).is_err(), "{bad}");
        }
    }
}

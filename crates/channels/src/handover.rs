//! What became of a letter: the retry rule is in the type. Must not hold any vendor's words except
//! as a bounded detail for the file.

use std::fmt;

use jiff::Timestamp;

use crate::line;

/// Longest kept answer of a provider, in characters; an SMTP reply line has at most 512 bytes
/// (RFC 5321, 4.5.3.1.5), and some servers send several.
pub const DETAIL_CHARS_MAX: usize = 500;

/// What happened to a letter that was handed to a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handover {
    /// The provider took it. Proof for the file; not yet proof of delivery.
    Accepted {
        /// How the provider knows the letter.
        provider_id: ProviderMessageId,
    },
    /// Nothing was sent. Try again no sooner than `not_before`, at most
    /// [`HANDOVERS_MAX`](crate::HANDOVERS_MAX) times; [`next_try`](crate::next_try) says when.
    Busy {
        /// The earliest instant of the next attempt.
        not_before: Timestamp,
    },
    /// We do not know. Ask the provider by the key before any second attempt; e-mail cannot be
    /// asked, so it is repeated with the same Message-ID.
    Unknown,
    /// It will never be taken. A person must choose another way.
    Refused {
        /// Why.
        reason: RefusalReason,
    },
}

/// How the provider knows a letter, and the words by which it took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderMessageId {
    id: String,
    answer: String,
}

impl ProviderMessageId {
    /// An id with the provider's answer, which is cut to one line of [`DETAIL_CHARS_MAX`].
    pub fn new(id: impl Into<String>, answer: &str) -> Self {
        Self { id: id.into(), answer: line::clean(answer, DETAIL_CHARS_MAX) }
    }

    /// The id; for e-mail the Message-ID with its angle brackets.
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// What the provider said, for instance `2.0.0 Ok: queued as 4F2A`; one line, may be empty.
    pub fn answer(&self) -> &str {
        &self.answer
    }
}

impl fmt::Display for ProviderMessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}

/// Why a letter will never be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalReason {
    /// The cause, for people in their language and for counting.
    pub word: RefusalWord,
    /// The provider's own line, one line of at most [`DETAIL_CHARS_MAX`] characters, possibly
    /// empty. It may name the recipient: keep it as words, never log it.
    pub detail: String,
}

impl RefusalReason {
    /// A reason with the provider's line, which is made one bounded line here.
    pub fn new(word: RefusalWord, detail: &str) -> Self {
        Self { word, detail: line::clean(detail, DETAIL_CHARS_MAX) }
    }
}

/// Causes of refusal that mean the same on every channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalWord {
    /// What we hold is no address of this channel.
    NotAnAddress,
    /// Nobody is there by that address, or no longer.
    NoSuchRecipient,
    /// The recipient's box takes nothing more.
    MailboxFull,
    /// The letter with its attachments is larger than we or the provider allow.
    TooLarge,
    /// The provider does not take letters from our address.
    SenderRefused,
    /// The provider or the recipient does not want this letter (spam rules, blocked).
    Policy,
    /// Anything else; the detail is all there is.
    Other,
}

impl RefusalWord {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::NotAnAddress,
        Self::NoSuchRecipient,
        Self::MailboxFull,
        Self::TooLarge,
        Self::SenderRefused,
        Self::Policy,
        Self::Other,
    ];

    /// The one spelling, for events and for message ids of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAnAddress => "not-an-address",
            Self::NoSuchRecipient => "no-such-recipient",
            Self::MailboxFull => "mailbox-full",
            Self::TooLarge => "too-large",
            Self::SenderRefused => "sender-refused",
            Self::Policy => "policy",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for RefusalWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

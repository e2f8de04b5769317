//! Why a receipt is not accepted, told so that a person can be told what to do.
//! Must not quote what the receipt holds: it may be personal, or hostile. Names of signers are short.

use crate::note::{CheckpointError, NoteError};
use crate::receipt::OpeningError;
use crate::tree::PathError;

/// Why a receipt is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Longer than [`RECEIPT_BYTES_MAX`](crate::RECEIPT_BYTES_MAX).
    #[error("{bytes} bytes are too long for a receipt")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Not UTF-8: another kind of file, or damaged.
    #[error("byte {at} is not part of a text in UTF-8")]
    NotText {
        /// Where the first such byte is, from 0.
        at: usize,
    },
    /// The first line is not that of a receipt: another kind of file.
    #[error("this is not a receipt: its first line is not `c2sp.org/tlog-proof@v1`")]
    NotAReceipt,
    /// It begins with a byte order mark: an editor has saved it.
    #[error("an editor has put a byte order mark before the receipt")]
    ByteOrderMark,
    /// Its lines end as on Windows: an editor or a mail program has changed it.
    #[error("the receipt has Windows line ends: a program has changed it")]
    WindowsLineEnds,
    /// It holds another control character.
    #[error("the receipt holds the control character U+{code:04X}")]
    Control {
        /// Its code point.
        code: u32,
    },
    /// It ends before its last signature is whole, or an empty line of it was lost.
    #[error("the receipt ends too early: a part of it was lost")]
    Truncated,
    /// It has no `extra` line: it proves that a leaf is in the log, and not what it stands for.
    #[error("the receipt does not say what it is a receipt for: the line `extra` is missing")]
    NoOpening,
    /// A line is not of its form.
    #[error("line {number} is malformed: {expected} was expected")]
    Line {
        /// Which, from 1.
        number: usize,
        /// What must stand there.
        expected: &'static str,
    },
    /// Its signatures are malformed, or wrong, or of nobody known.
    #[error("the checkpoint is not to be believed")]
    Note(#[from] NoteError),
    /// What was signed is not a checkpoint.
    #[error("what was signed is no checkpoint")]
    Checkpoint(#[from] CheckpointError),
    /// No key of the log that it names has signed, though somebody known has.
    #[error("no known key of the log {origin} has signed")]
    ForeignLog {
        /// The log it names.
        origin: String,
    },
    /// The leaf is not where the receipt says.
    #[error("the leaf is not in the signed tree")]
    Path(#[from] PathError),
    /// Payload or words are not those of the leaf.
    #[error("the receipt does not open its leaf")]
    Opening(#[from] OpeningError),
}

impl Refusal {
    /// Every code that [`Refusal::code`] answers, so that all of them can be translated.
    pub const CODES: [&'static str; 22] = [
        "too-long",
        "not-text",
        "not-a-receipt",
        "byte-order-mark",
        "windows-line-ends",
        "control",
        "truncated",
        "no-opening",
        "line",
        "checkpoint",
        "signature-form",
        "foreign-key",
        "forged",
        "signed-twice",
        "foreign-log",
        "outside",
        "path-length",
        "wrong-root",
        "leaf",
        "wrong-payload",
        "wrong-words",
        "no-words",
    ];

    /// A short name of the reason that never changes: a key for translations and for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::Note(NoteError::TooLong) => "too-long",
            Self::NotText { .. } => "not-text",
            Self::NotAReceipt => "not-a-receipt",
            Self::ByteOrderMark => "byte-order-mark",
            Self::WindowsLineEnds => "windows-line-ends",
            Self::Control { .. } | Self::Note(NoteError::Control { .. }) => "control",
            Self::Truncated | Self::Note(NoteError::Truncated) => "truncated",
            Self::NoOpening => "no-opening",
            Self::Line { .. } => "line",
            Self::Checkpoint(_) => "checkpoint",
            Self::Note(NoteError::Signature { .. }) => "signature-form",
            Self::Note(NoteError::Unknown { .. }) => "foreign-key",
            Self::Note(NoteError::Forged { .. }) => "forged",
            Self::Note(NoteError::Twice { .. }) => "signed-twice",
            Self::ForeignLog { .. } => "foreign-log",
            Self::Path(PathError::Outside { .. }) => "outside",
            Self::Path(PathError::Length { .. }) => "path-length",
            Self::Path(PathError::Root) => "wrong-root",
            Self::Opening(OpeningError::Leaf) => "leaf",
            Self::Opening(OpeningError::Payload) => "wrong-payload",
            Self::Opening(OpeningError::Words) => "wrong-words",
            Self::Opening(OpeningError::NoWords) => "no-words",
        }
    }
}

//! Signed notes: a text, and who signed it (C2SP signed-note v1.0.0).
//! Must not believe a text before a known key has signed it.

mod checkpoint;
mod cosignature;
mod key;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

pub use checkpoint::{Checkpoint, CheckpointError};
pub(crate) use checkpoint::{bytes32, decimal};
pub use key::{KeyError, KeyKind, NAME_BYTES_MAX, SigningKey, VerificationKey};

/// Most bytes of a note: sixteen of the largest signatures in use have less.
pub const NOTE_BYTES_MAX: usize = 128 * 1024;
/// Most signatures of a note; the standard asks for at least 16.
pub const SIGNATURES_MAX: usize = 64;

const MARK: &str = "\u{2014} ";

/// A text and the signatures under it, none of them checked yet.
///
/// ```
/// use redress_proof::{KeyKind, Note, SigningKey};
/// let key = SigningKey::from_seed("example.org/log", KeyKind::Log, &[7; 32]).unwrap();
/// let mut note = Note::new("what is signed\n").unwrap();
/// note.add(key.sign_note(&note));
/// let read = Note::parse(&note.to_string()).unwrap();
/// assert_eq!(read, note);
/// let known = [key.verification_key().clone()];
/// assert_eq!(read.open(&known).unwrap()[0].key.name(), "example.org/log");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// One line under a note: who claims to have signed it, and the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

/// A signature that a known key has made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened<'a> {
    /// The key.
    pub key: &'a VerificationKey,
    /// When a witness saw the checkpoint, whole seconds; nothing for the key of a log.
    pub at: Option<Timestamp>,
}

/// A note is malformed, or nobody known has signed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// More than [`NOTE_BYTES_MAX`] bytes or [`SIGNATURES_MAX`] signatures.
    #[error("the note is too long")]
    TooLong,
    /// It holds a control character other than the line feed: often Windows line ends.
    #[error("the note holds the control character U+{code:04X}")]
    Control {
        /// Its code point.
        code: u32,
    },
    /// It ends before its signatures, or within one.
    #[error("the note ends too early")]
    Truncated,
    /// A line of its signatures is not of their form.
    #[error("signature {number} is malformed")]
    Signature {
        /// Which, from 1.
        number: usize,
    },
    /// No key that is known has signed it.
    #[error("no known key has signed; signed by: {}", .names.join(", "))]
    Unknown {
        /// The names of those who claim to have.
        names: Vec<String>,
    },
    /// The signature of a known key is wrong: text or signature were changed.
    #[error("the signature of {name} does not fit the text")]
    Forged {
        /// The name of the key.
        name: String,
    },
    /// A known key has two lines.
    #[error("{name} has signed twice")]
    Twice {
        /// The name of the key.
        name: String,
    },
}

impl Signature {
    /// Who claims to have signed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the key.
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    fn by(key: &VerificationKey, bytes: Vec<u8>) -> Self {
        Self { name: key.name().to_owned(), id: key.id(), bytes }
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, base64) = line.strip_prefix(MARK)?.split_once(' ')?;
        let bytes = STANDARD.decode(base64).ok()?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        let fits = key::is_name(name) && !bytes.is_empty();
        fits.then(|| Self { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
    }
}

impl fmt::Display for Signature {
    /// `— name base64`, without a line end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = [&self.id[..], &self.bytes].concat();
        write!(f, "{MARK}{} {}", self.name, STANDARD.encode(whole))
    }
}

impl Note {
    /// A note that nobody has signed yet. Nothing if `text` does not end in a line feed, holds
    /// another control character, or is longer than [`NOTE_BYTES_MAX`].
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.ends_with('\n') && text.len() <= NOTE_BYTES_MAX && control(text).is_none();
        fits.then(|| Self { text: text.to_owned(), signatures: Vec::new() })
    }

    /// Reads a note. Its text ends before the last empty line; at least one signature follows.
    ///
    /// # Errors
    ///
    /// [`NoteError`] when it is not of this form; unknown signatures are of it.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::TooLong);
        }
        if let Some(code) = control(note) {
            return Err(NoteError::Control { code });
        }
        let at = note.rfind("\n\n").ok_or(NoteError::Truncated)?;
        let (text, signed) = (&note[..=at], &note[at + 2..]);
        let lines = signed.strip_suffix('\n').ok_or(NoteError::Truncated)?;
        if lines.split('\n').count() > SIGNATURES_MAX {
            return Err(NoteError::TooLong);
        }
        let read =
            |(at, line)| Signature::parse(line).ok_or(NoteError::Signature { number: at + 1 });
        let signatures = lines.split('\n').enumerate().map(read).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// What is signed, with its last line feed. Must not be believed before [`Note::open`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines under it, in their order.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Adds a signature below the others, in place of one of the same key.
    pub fn add(&mut self, signature: Signature) {
        let same = |old: &Signature| (&old.name, old.id) == (&signature.name, signature.id);
        self.signatures.retain(|old| !same(old));
        self.signatures.push(signature);
    }

    /// Who of the `known` keys has signed it, in the order of the lines. Signatures of other keys
    /// are ignored: a log may add keys and witnesses that a verifier does not know.
    ///
    /// # Errors
    ///
    /// [`NoteError::Unknown`] when it is none of them, [`NoteError::Forged`] when one of their
    /// signatures is wrong, [`NoteError::Twice`] when one of them has two.
    pub fn open<'a>(&self, known: &'a [VerificationKey]) -> Result<Vec<Opened<'a>>, NoteError> {
        let mut opened: Vec<Opened<'a>> = Vec::new();
        for signature in &self.signatures {
            let made = |key: &&VerificationKey| {
                (key.name(), key.id()) == (signature.name.as_str(), signature.id)
            };
            let Some(key) = known.iter().find(made) else { continue };
            let name = || key.name().to_owned();
            if opened.iter().any(|other| made(&other.key)) {
                return Err(NoteError::Twice { name: name() });
            }
            let checked = key.check(&self.text, &signature.bytes);
            opened.push(checked.ok_or_else(|| NoteError::Forged { name: name() })?);
        }
        if opened.is_empty() {
            let names = self.signatures.iter().map(|signature| signature.name.clone());
            return Err(NoteError::Unknown { names: names.collect() });
        }
        Ok(opened)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

/// The first control character that is no line feed.
fn control(text: &str) -> Option<u32> {
    text.chars().map(u32::from).find(|code| *code < 0x20 && *code != 0x0A)
}

impl VerificationKey {
    /// Who signed and when, if `signature` is this key's over `text`.
    fn check(&self, text: &str, signature: &[u8]) -> Option<Opened<'_>> {
        let at = match self.kind() {
            KeyKind::Log => {
                let signature = signature.try_into().ok()?;
                self.verifies(text.as_bytes(), signature).then_some(None)?
            }
            KeyKind::Witness => Some(cosignature::check(self, text, signature)?),
        };
        Some(Opened { key: self, at })
    }
}

impl SigningKey {
    /// Signs the text of a note: the key of a log, over exactly its bytes.
    ///
    /// # Panics
    ///
    /// When this is the key of a witness: it signs by [`SigningKey::cosign`].
    pub fn sign_note(&self, note: &Note) -> Signature {
        let key = self.verification_key();
        assert!(key.kind() == KeyKind::Log, "a witness signs with the time: `cosign`");
        Signature::by(key, self.sign(note.text.as_bytes()).to_vec())
    }
}

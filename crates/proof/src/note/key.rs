//! Keys of logs and witnesses: their names, ids and texts (C2SP signed-note v1.0.0).
//! Must not make a key from chance: the 32 secret bytes are passed in.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use sha2::{Digest, Sha256};

/// Most bytes of a key's name, and of an origin: what newer signatures of the same family can hold
/// (tlog-cosignature, `log_origin<1..2^8-1>`).
pub const NAME_BYTES_MAX: usize = 255;

/// Most characters of a key's text: name, `+`, eight digits, `+`, base64 of 33 bytes.
const KEY_CHARS_MAX: usize = NAME_BYTES_MAX + 1 + 8 + 1 + 44;

const PRIVATE: &str = "PRIVATE+KEY+";

/// What a key signs, and how: the type byte of its signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The text of a note, by Ed25519 (0x01): a log its checkpoints.
    Log,
    /// A checkpoint of somebody else together with the time, by Ed25519 (0x04): a witness.
    Witness,
}

impl KeyKind {
    /// The type byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Log => 1,
            Self::Witness => 4,
        }
    }

    fn of(byte: u8) -> Option<Self> {
        [Self::Log, Self::Witness].into_iter().find(|kind| kind.byte() == byte)
    }
}

/// A text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not `name+id+base64`, or too long.
    #[error("a key is `name+id+base64`: a name, eight digits of its id, the key")]
    Form,
    /// The name is empty, longer than [`NAME_BYTES_MAX`], or has spaces, `+`, or control characters
    /// below U+0020.
    #[error("a name has 1 to 255 bytes, no space, no control character, no `+`")]
    Name,
    /// The id is not that of this name and key: the text was changed or cut.
    #[error("the id is not that of this name and key")]
    Id,
    /// A kind of key that is not known here.
    #[error("keys of type {byte} are not known; types 1 and 4 are")]
    Kind {
        /// The type byte.
        byte: u8,
    },
    /// The bytes are not an Ed25519 key, or a weak one.
    #[error("the bytes are not a usable Ed25519 key")]
    Bytes,
}

/// Whether a text may be the name of a key, and an origin.
pub(crate) fn is_name(text: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c < ' ' || c == '+';
    (1..=NAME_BYTES_MAX).contains(&text.len()) && !text.contains(bad)
}

/// SHA-256 of the name, a line feed, the type byte and the public key: its first four bytes.
fn id_of(name: &str, kind: KeyKind, public: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', kind.byte()])
        .chain_update(public)
        .finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(digest);
    [a, b, c, d]
}

/// A public key with its name: what everybody may have, and a verifier must have.
///
/// ```
/// use redress_proof::{KeyKind, VerificationKey};
/// let text = "complaints.example.vn/log+78f4cd8c+AbLQPpt0ks6gedMQB9Dok8Th2z8WZqA/RM8S+fD6UrFm";
/// let key: VerificationKey = text.parse().unwrap();
/// assert_eq!((key.name(), key.kind()), ("complaints.example.vn/log", KeyKind::Log));
/// assert_eq!(key.to_string(), text);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationKey {
    name: String,
    kind: KeyKind,
    id: [u8; 4],
    key: ed25519_dalek::VerifyingKey,
}

impl VerificationKey {
    fn new(name: &str, kind: KeyKind, public: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        let key = ed25519_dalek::VerifyingKey::from_bytes(public).map_err(|_| KeyError::Bytes)?;
        // Under a weak key anybody makes signatures.
        if key.is_weak() {
            return Err(KeyError::Bytes);
        }
        Ok(Self { name: name.to_owned(), kind, id: id_of(name, kind, public), key })
    }

    /// Whose key it is: the origin of a log, or the name of a witness.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The four bytes by which a signature names it.
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The 32 bytes of the public key.
    pub fn public(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The text of a key with this name, kind and id.
    fn with_bytes(&self, bytes: &[u8; 32]) -> String {
        let mut typed = [self.kind.byte(); 33];
        typed[1..].copy_from_slice(bytes);
        let (name, id) = (&self.name, u32::from_be_bytes(self.id));
        format!("{name}+{id:08x}+{}", STANDARD.encode(typed))
    }

    /// Whether `signature` is that of this key over `message`.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.key.verify_strict(message, &signature).is_ok()
    }
}

impl fmt::Display for VerificationKey {
    /// `name+id+base64`, the form in which a key is published: the id as eight hexadecimal digits,
    /// then the base64 of the type byte and the 32 bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_bytes(&self.public()))
    }
}

/// The parts of a key's text.
struct Parts<'a> {
    name: &'a str,
    id: [u8; 4],
    kind: KeyKind,
    /// The public key, or the secret.
    bytes: [u8; 32],
}

fn parts(text: &str) -> Result<Parts<'_>, KeyError> {
    if text.len() > KEY_CHARS_MAX {
        return Err(KeyError::Form);
    }
    let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
    let (id, base64) = rest.split_once('+').ok_or(KeyError::Form)?;
    let digits = id.len() == 8 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let id = u32::from_str_radix(id, 16).ok().filter(|_| digits).ok_or(KeyError::Form)?;
    let bytes = STANDARD.decode(base64).map_err(|_| KeyError::Form)?;
    let (byte, key) = bytes.split_first().ok_or(KeyError::Form)?;
    let kind = KeyKind::of(*byte).ok_or(KeyError::Kind { byte: *byte })?;
    let bytes = key.try_into().map_err(|_| KeyError::Bytes)?;
    Ok(Parts { name, id: id.to_be_bytes(), kind, bytes })
}

impl std::str::FromStr for VerificationKey {
    type Err = KeyError;

    /// Reads `name+id+base64` as [`VerificationKey`] prints it, without white space around.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let Parts { name, id, kind, bytes } = parts(text)?;
        let key = Self::new(name, kind, &bytes)?;
        if key.id == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

/// A secret key with its name. It is wiped from memory when it is dropped, and never shown by
/// `Debug`.
#[derive(Clone)]
pub struct SigningKey {
    key: ed25519_dalek::SigningKey,
    public: VerificationKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// The key of 32 random bytes, which the caller must have from the system's generator.
    ///
    /// # Errors
    ///
    /// [`KeyError::Name`] when `name` may not be one.
    pub fn from_seed(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = VerificationKey::new(name, kind, &key.verifying_key().to_bytes())?;
        Ok(Self { key, public })
    }

    /// What everybody may have of it.
    pub const fn verification_key(&self) -> &VerificationKey {
        &self.public
    }

    /// The text to keep it in, `PRIVATE+KEY+name+id+base64`, as the `note` package of Go reads it.
    /// Whoever has this text signs as this log.
    pub fn to_private_text(&self) -> String {
        format!("{PRIVATE}{}", self.public.with_bytes(self.key.as_bytes()))
    }

    /// Reads [`SigningKey::to_private_text`], without white space around.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when it is not such a text; the error never quotes it.
    pub fn from_private_text(text: &str) -> Result<Self, KeyError> {
        let rest = text.strip_prefix(PRIVATE).ok_or(KeyError::Form)?;
        let Parts { name, id, kind, bytes } = parts(rest)?;
        let key = Self::from_seed(name, kind, &bytes)?;
        if key.public.id == id { Ok(key) } else { Err(KeyError::Id) }
    }

    /// Ed25519 is deterministic: the same message gives the same signature for ever.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

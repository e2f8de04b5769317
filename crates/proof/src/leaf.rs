//! The leaf of an event: its exact text, and the salted commitments behind it.
//! Must not contain a name, a reference or a text: a leaf is fit to be published.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use sha2::Sha256;

use crate::tree::{Hash, leaf_hash};

/// Length of every salt, in bytes. Fixed, so that a salt never runs into what it salts.
pub const SALT_BYTES: usize = 32;

/// A salted commitment: HMAC-SHA-256 with the salt as key. Deleting the salt breaks the link to
/// what was committed to; the commitment stays provable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Commitment([u8; 32]);

impl Commitment {
    /// Commits to `bytes` under `salt`.
    pub fn new(salt: &[u8; SALT_BYTES], bytes: &[u8]) -> Self {
        // HMAC fills a short key up with zeros to the block of the hash, 64 bytes.
        let mut key = [0; 64];
        key[..SALT_BYTES].copy_from_slice(salt);
        let mut mac = Hmac::<Sha256>::new(&key.into());
        mac.update(bytes);
        Self(mac.finalize().into_bytes().into())
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads the base64 text back; nothing if it is not the standard base64 of 32 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok()?.try_into().ok().map(Self)
    }
}

impl std::fmt::Display for Commitment {
    /// Standard base64 with padding, 44 characters.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

/// The exact text a leaf commits to: what is kept of an event for ever.
///
/// - Without words it is `facts`, byte for byte.
/// - With words it is `facts` without its last byte (the closing `}`), then `,` unless `facts` is
///   `{}`, then `"words":"`, the base64 of the commitment to the words, and `"}`.
///
/// Nothing is parsed, sorted, spaced or escaped: what was written is what is hashed.
/// `{"round":1}` with words becomes `{"round":1,"words":"2YT7…eI="}`.
///
/// # Panics
///
/// When `facts` does not begin with `{` and end with `}`: facts are one JSON object without white
/// space around it, and no member of theirs is called `words`.
pub fn payload(facts: &str, words_commitment: Option<&Commitment>) -> String {
    assert!(
        facts.len() >= 2 && facts.starts_with('{') && facts.ends_with('}'),
        "facts are the text of one JSON object"
    );
    let Some(words) = words_commitment else { return facts.to_owned() };
    let open = &facts[..facts.len() - 1];
    let comma = if open == "{" { "" } else { "," };
    format!("{open}{comma}\"words\":\"{words}\"}}")
}

/// What a leaf stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeafKind {
    /// Something that happened.
    Event,
    /// Words were erased; the payload names the indices and the ground.
    Erasure,
    /// A key was added.
    Key,
    /// The log was taken up again after a restore.
    Restart,
}

impl LeafKind {
    /// The word in the leaf.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Erasure => "erasure",
            Self::Key => "key",
            Self::Restart => "restart",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Event, Self::Erasure, Self::Key, Self::Restart]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// One entry of the log. Its text is stored, hashed and served as it is.
///
/// `{"v":1,"t":"2026-11-22T08:44:00.000Z","k":"event","c":"<base64 of the commitment>"}`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// When the server recorded it, whole milliseconds.
    pub recorded_at: Timestamp,
    /// What it stands for.
    pub kind: LeafKind,
    /// HMAC-SHA-256 of the payload under the event's salt.
    pub commitment: Commitment,
}

/// The text is not exactly a leaf of version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a leaf of version 1")]
pub struct LeafParseError;

impl Leaf {
    /// The leaf of an event recorded at `recorded_at` (shown to the millisecond, cut off).
    pub fn event(recorded_at: Timestamp, salt: &[u8; SALT_BYTES], payload: &str) -> Self {
        let commitment = Commitment::new(salt, payload.as_bytes());
        Self { recorded_at, kind: LeafKind::Event, commitment }
    }

    /// The exact text.
    pub fn text(&self) -> String {
        let printer = DateTimePrinter::new().precision(Some(3));
        let at = printer.timestamp_to_string(&self.recorded_at);
        format!(r#"{{"v":1,"t":"{at}","k":"{}","c":"{}"}}"#, self.kind.as_str(), self.commitment)
    }

    /// The hash with which it stands in the tree.
    pub fn hash(&self) -> Hash {
        leaf_hash(self.text().as_bytes())
    }

    /// Reads a leaf back. Only the exact text [`Leaf::text`] prints is accepted.
    ///
    /// # Errors
    ///
    /// [`LeafParseError`] when a single byte is not as it must be.
    pub fn parse(text: &str) -> Result<Self, LeafParseError> {
        Self::parts(text).filter(|leaf| leaf.text() == text).ok_or(LeafParseError)
    }

    fn parts(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(r#"{"v":1,"t":""#)?.strip_suffix(r#""}"#)?;
        let (at, rest) = rest.split_once(r#"","k":""#)?;
        let (kind, commitment) = rest.split_once(r#"","c":""#)?;
        Some(Self {
            recorded_at: at.parse().ok()?,
            kind: LeafKind::parse(kind)?,
            commitment: Commitment::parse(commitment)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The vector of the log's format: a leaf, its salt and the payload behind it.
    const LEAF: &str = r#"{"v":1,"t":"2026-11-22T08:44:00.000Z","k":"event","c":"2YT7amuHhG8jMpu3zQq0DVZyklyVjIUAJY2KA6eureI="}"#;
    const SALT: &str = "UeDtXAAPMgWoi8qUmLOZIvCN7yiy2nfwY8+IuXCGB6A=";
    const PAYLOAD: &str = r#"{"case":"KN-2026-000003","event":"complaint.received","text":"Thang máy dừng giữa tầng"}"#;

    fn salt() -> [u8; SALT_BYTES] {
        STANDARD.decode(SALT).unwrap().try_into().unwrap()
    }

    #[test]
    fn the_leaf_of_the_vector_is_printed_byte_for_byte() {
        let at = "2026-11-22T08:44:00Z".parse().unwrap();
        let leaf = Leaf::event(at, &salt(), PAYLOAD);
        assert_eq!(leaf.text(), LEAF);
        assert_eq!(Leaf::parse(LEAF).unwrap(), leaf);
    }

    #[test]
    fn the_leaf_of_the_vector_stands_under_the_signed_root() {
        // Index 4 of 7: the proof's three hashes are its neighbour, leaf 6, and leaves 0 to 3.
        let hash = |text: &str| -> Hash { STANDARD.decode(text).unwrap().try_into().unwrap() };
        let neighbour = hash("7tUxv5PSUJzYHLZRdbF9+apB/y3tfrZLM61TDcoUEsI=");
        let last = hash("I8w7DxedJX9FNfDjP559HYFeRXunyqmhfDSlinFbZag=");
        let left = hash("N09XKs6DwXjj+uwbp5n1bcnWZgYE39acGtSX2uNudlA=");
        let pair = crate::node_hash(&leaf_hash(LEAF.as_bytes()), &neighbour);
        let root = crate::node_hash(&left, &crate::node_hash(&pair, &last));
        assert_eq!(root, hash("JsAfhTCc9GQ10PdJTqk62II0OmkjNth8aP+OykCIaSU="));
    }

    #[test]
    fn milliseconds_are_always_three_and_finer_parts_are_cut() {
        let at = "2026-11-22T08:44:00.123999Z".parse().unwrap();
        assert!(
            Leaf::event(at, &[0; 32], "{}").text().contains(r#""t":"2026-11-22T08:44:00.123Z""#)
        );
    }

    #[test]
    fn anything_but_the_exact_text_is_no_leaf() {
        for text in [
            "",
            "{}",
            &LEAF.replace("\"v\":1", "\"v\":2"),
            &LEAF.replace(".000Z", "Z"),
            &LEAF.replace("event", "other"),
            &LEAF.replace(":\"event", ": \"event"),
            &LEAF.replace("eI=", "eJ="),
            &format!("{LEAF}\n"),
        ] {
            assert_eq!(Leaf::parse(text), Err(LeafParseError), "{text}");
        }
    }

    #[test]
    fn a_payload_is_the_facts_with_the_commitment_of_the_words_appended() {
        let words = Commitment::new(&[7; 32], b"{\"text\":\"x\"}");
        for (facts, commitment, expected) in [
            ("{}", None, "{}".to_owned()),
            (r#"{"a": 1}"#, None, r#"{"a": 1}"#.to_owned()),
            ("{}", Some(&words), format!(r#"{{"words":"{words}"}}"#)),
            (r#"{"a": 1 }"#, Some(&words), format!(r#"{{"a": 1 ,"words":"{words}"}}"#)),
        ] {
            assert_eq!(payload(facts, commitment), expected);
        }
    }

    #[test]
    fn a_commitment_reads_back_from_its_text() {
        let made = Commitment::new(&salt(), PAYLOAD.as_bytes());
        assert_eq!(Commitment::parse(&made.to_string()), Some(made));
        assert_eq!(Commitment::parse("AAAA"), None);
    }
}

//! The salted commitments behind a leaf, and the exact text a leaf commits to.
//! Must not parse, sort, space or escape anything: what was written is what is hashed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Length of every salt, in bytes. Fixed, so that a salt never runs into what it salts.
pub const SALT_BYTES: usize = 32;

/// Characters of 32 bytes in base64.
pub(crate) const COMMITMENT_CHARS: usize = 44;

/// A salted commitment: HMAC-SHA-256 with the salt as key. Deleting the salt breaks the link to
/// what was committed to; the commitment stays provable.
///
/// ```
/// use redress_proof::Commitment;
/// let made = Commitment::new(&[7; 32], br#"{"text":"x"}"#);
/// assert_eq!(Commitment::parse(&made.to_string()), Some(made));
/// ```
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

    /// Reads the base64 text back; nothing if it is not the standard base64 of 32 bytes, with its
    /// padding and no stray bits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; COMMITMENT_CHARS];
        let room = (text.len() == COMMITMENT_CHARS).then_some(&mut bytes)?;
        let written = STANDARD.decode_slice(text, room).ok()?;
        bytes.get(..written)?.try_into().ok().map(Self)
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

/// The commitment to words that a payload ends with, as [`payload`] wrote it; nothing if the
/// payload has no words.
///
/// In the text of a JSON object a quotation mark inside a string stands after a backslash, so these
/// last bytes are a member of the object itself and never part of a text.
///
/// ```
/// use redress_proof::{Commitment, payload, words_commitment};
/// let made = Commitment::new(&[7; 32], b"{}");
/// assert_eq!(words_commitment(&payload(r#"{"round":1}"#, Some(&made))), Some(made));
/// assert_eq!(words_commitment(r#"{"round":1}"#), None);
/// ```
pub fn words_commitment(payload: &str) -> Option<Commitment> {
    const OPENING: &[u8] = br#""words":""#;
    let before = payload.strip_suffix("\"}")?;
    let at = before.len().checked_sub(COMMITMENT_CHARS)?;
    let (front, commitment) = before.as_bytes().split_at(at);
    let front = front.strip_suffix(OPENING)?;
    let member = front == b"{" || front.ends_with(b",");
    member.then(|| Commitment::parse(std::str::from_utf8(commitment).ok()?))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_the_facts_with_the_commitment_of_the_words_appended() {
        let words = Commitment::new(&[7; 32], b"{\"text\":\"x\"}");
        for (facts, commitment, expected) in [
            ("{}", None, "{}".to_owned()),
            (r#"{"a": 1}"#, None, r#"{"a": 1}"#.to_owned()),
            ("{}", Some(&words), format!(r#"{{"words":"{words}"}}"#)),
            (r#"{"a": 1 }"#, Some(&words), format!(r#"{{"a": 1 ,"words":"{words}"}}"#)),
        ] {
            let made = payload(facts, commitment);
            assert_eq!(made, expected);
            assert_eq!(words_commitment(&made), commitment.copied());
        }
    }

    #[test]
    fn only_the_last_member_of_the_payload_is_its_commitment_to_words() {
        let words = Commitment::new(&[7; 32], b"{}");
        for payload in [
            String::new(),
            "}".to_owned(),
            format!(r#"{{"facts":{{"words":"{words}"}}}}"#),
            format!(r#"{{"text":"\"words\":\"{words}\"}}"#),
            format!(r#"{{"other_words":"{words}"}}"#),
            format!(r#"{{"words":"{}"}}"#, "é".repeat(22)),
            format!(r#"{{"words":"{}"}}"#, "A".repeat(44)),
        ] {
            assert_eq!(words_commitment(&payload), None, "{payload}");
        }
    }

    #[test]
    fn a_commitment_reads_back_from_its_own_text_only() {
        let made = Commitment::new(&[9; 32], b"x");
        let text = made.to_string();
        assert_eq!(Commitment::parse(&text), Some(made));
        for other in ["AAAA", &text[..43], &format!("{text}="), &format!("{}==", &text[..42])] {
            assert_eq!(Commitment::parse(other), None, "{other}");
        }
    }
}

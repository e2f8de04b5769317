//! What opens a leaf: the payload, the words, and the salts that tie them to it.
//! Must not interpret a payload; it is a text that was committed to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::commitment::{Commitment, SALT_BYTES, words_commitment};
use crate::leaf::Leaf;

/// The exact texts behind a leaf, with their salts. Whoever has it can show what the leaf stands
/// for; who has only the leaf learns nothing but the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The exact text of the leaf.
    pub leaf: String,
    /// The salt of the payload.
    pub salt: [u8; SALT_BYTES],
    /// The exact text that the leaf commits to.
    pub payload: String,
    /// The words and their salt; nothing if the event has none, or they were erased.
    pub words: Option<OpenWords>,
}

/// The words of an event, and their salt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWords {
    /// Their exact text.
    pub text: String,
    /// Their salt.
    pub salt: [u8; SALT_BYTES],
}

/// What is known of an event's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// The event has none.
    None,
    /// It has words that are not shown: erased, or kept back.
    Closed,
    /// These, exactly.
    Open(String),
}

/// An opening does not open its leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    /// The text is not exactly a leaf.
    #[error("the leaf is malformed")]
    Leaf,
    /// Another payload, or another salt.
    #[error("the event is not the one its leaf commits to")]
    Payload,
    /// Other words, or another salt of theirs.
    #[error("the words are not those committed to")]
    Words,
    /// There are words, and the payload has no commitment to any.
    #[error("the event has no words, yet some are shown")]
    NoWords,
}

impl Opening {
    /// Checks that payload and words are those that the leaf commits to. That the leaf is in a log
    /// is another question: [`Tree::check_leaf`](crate::Tree::check_leaf).
    ///
    /// # Errors
    ///
    /// [`OpeningError`] for the first of leaf, payload and words that does not fit.
    pub fn check(&self) -> Result<(Leaf, Words), OpeningError> {
        let leaf = Leaf::parse(&self.leaf).map_err(|_| OpeningError::Leaf)?;
        if Commitment::new(&self.salt, self.payload.as_bytes()) != leaf.commitment {
            return Err(OpeningError::Payload);
        }
        let words = match (words_commitment(&self.payload), &self.words) {
            (None, None) => Words::None,
            (Some(_), None) => Words::Closed,
            (None, Some(_)) => return Err(OpeningError::NoWords),
            (Some(committed), Some(OpenWords { text, salt })) => {
                if Commitment::new(salt, text.as_bytes()) != committed {
                    return Err(OpeningError::Words);
                }
                Words::Open(text.clone())
            }
        };
        Ok((leaf, words))
    }

    /// The same without the words: what is left when they are erased.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self { words: None, ..self }
    }

    /// The JSON text in a receipt. Each value is the base64 of exact bytes, so that nothing is
    /// escaped and one opening has one text.
    pub(super) fn to_json(&self) -> String {
        let base64 = |bytes: &[u8]| STANDARD.encode(bytes);
        let Self { leaf, salt, payload, words } = self;
        let words = words.as_ref().map_or_else(String::new, |OpenWords { text, salt }| {
            format!(r#","words":"{}","words_salt":"{}""#, base64(text.as_bytes()), base64(salt))
        });
        format!(
            r#"{{"leaf":"{}","salt":"{}","payload":"{}"{words}}}"#,
            base64(leaf.as_bytes()),
            base64(salt),
            base64(payload.as_bytes()),
        )
    }

    /// Reads what [`Opening::to_json`] prints, and nothing else.
    pub(super) fn from_json(json: &str) -> Option<Self> {
        let text = |base64: &str| String::from_utf8(STANDARD.decode(base64).ok()?).ok();
        let salt = |base64: &str| STANDARD.decode(base64).ok()?.try_into().ok();
        let members = json.strip_prefix(r#"{"leaf":""#)?.strip_suffix(r#""}"#)?;
        let (leaf, members) = members.split_once(r#"","salt":""#)?;
        let (main_salt, members) = members.split_once(r#"","payload":""#)?;
        let (payload, words) = match members.split_once(r#"","words":""#) {
            None => (members, None),
            Some((payload, rest)) => {
                let (words, words_salt) = rest.split_once(r#"","words_salt":""#)?;
                (payload, Some(OpenWords { text: text(words)?, salt: salt(words_salt)? }))
            }
        };
        Some(Self { leaf: text(leaf)?, salt: salt(main_salt)?, payload: text(payload)?, words })
    }
}

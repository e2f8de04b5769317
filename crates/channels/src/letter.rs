//! A letter as the application wrote it, and the key that names it. Must not know how any channel
//! puts it on the wire; must not print what people wrote.

use std::fmt;

use redress_core::kinds::Lang;

/// Longest subject in characters; the rest is cut with `…`.
pub const SUBJECT_CHARS_MAX: usize = 200;
/// Longest text in bytes of UTF-8; a longer letter is refused as too large.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;
/// Most attachments of one letter.
pub const ATTACHMENTS_MAX: usize = 10;
/// Most bytes of all attachments together: common mail servers take 25 MiB, and base64 adds 37 %.
pub const ATTACHMENTS_BYTES_MAX: usize = 17 * 1024 * 1024;
/// Longest file name of an attachment in characters; the rest is cut with `…`.
pub const ATTACHMENT_NAME_CHARS_MAX: usize = 120;
/// Longest [`IdempotencyKey`] in characters; Message-IDs must stay on one line.
pub const KEY_CHARS_MAX: usize = 64;

const MAIL_BYTES_MAX: usize = 25 * 1024 * 1024;
const _: () = assert!(ATTACHMENTS_BYTES_MAX / 100 * 137 + TEXT_BYTES_MAX * 3 < MAIL_BYTES_MAX);

/// A letter to one recipient, rendered and approved.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address in the channel's own form; for e-mail `name@example.vn`.
    pub to: String,
    /// The recipient's name, if known.
    pub to_name: Option<String>,
    /// The subject; channels make one line of at most [`SUBJECT_CHARS_MAX`] characters of it.
    pub subject: String,
    /// The text in UTF-8, lines ended by `\n`, at most [`TEXT_BYTES_MAX`] bytes.
    pub text: String,
    /// The language of subject and text.
    pub lang: Lang,
    /// The provider's id of the message this one answers; for e-mail a Message-ID in angle
    /// brackets. Anything that is none is left out.
    pub in_reply_to: Option<String>,
    /// Files, at most [`ATTACHMENTS_MAX`], together at most [`ATTACHMENTS_BYTES_MAX`] bytes.
    pub attachments: Vec<Attached>,
    /// No person wrote this letter: other machines must not answer it (RFC 3834).
    pub automatic: bool,
}

impl Letter {
    /// Whether text or attachments pass a maximum.
    pub fn is_too_large(&self) -> bool {
        let bytes =
            self.attachments.iter().fold(0, |sum: usize, a| sum.saturating_add(a.bytes.len()));
        self.text.len() > TEXT_BYTES_MAX
            || self.attachments.len() > ATTACHMENTS_MAX
            || bytes > ATTACHMENTS_BYTES_MAX
    }
}

/// Says nothing that people wrote, so that a letter in a log gives nobody away.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter")
            .field("lang", &self.lang)
            .field("automatic", &self.automatic)
            .field("text_bytes", &self.text.len())
            .field("attachments", &self.attachments)
            .finish_non_exhaustive()
    }
}

/// A file that goes with a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Attached {
    /// The file name the recipient sees; without folders.
    pub name: String,
    /// The media type, `image/jpeg`; one that is unknown or holds other messages is sent as
    /// `application/octet-stream`.
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attached").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// Names one letter for ever: the same letter, handed over again, has the same key.
///
/// One to [`KEY_CHARS_MAX`] of `a–z A–Z 0–9 - _`; an id in its usual spelling is one. It becomes
/// part of what the recipient can see (the Message-ID), so it must say nothing about people and
/// should hold chance.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// A text that is no [`IdempotencyKey`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 1 to {KEY_CHARS_MAX} letters, digits, `-` or `_`, not `{0}`")]
pub struct NotAKey(pub String);

impl IdempotencyKey {
    /// Reads a key.
    ///
    /// # Errors
    ///
    /// [`NotAKey`] for any other character, an empty text or one that is too long.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if text.is_empty() || text.len() > KEY_CHARS_MAX || !text.bytes().all(good) {
            return Err(NotAKey(text.chars().take(KEY_CHARS_MAX).collect()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_fit_for_a_message_id() {
        for (text, good) in [
            ("0199a3f2-7c1b-7def-8a00-0123456789ab", true),
            ("msg_7", true),
            ("", false),
            ("a b", false),
            ("a>\r\nBcc: x", false),
            ("khiếu-nại", false),
        ] {
            assert_eq!(IdempotencyKey::parse(text).is_ok(), good, "{text:?}");
        }
        assert!(IdempotencyKey::parse(&"k".repeat(KEY_CHARS_MAX)).is_ok());
        assert!(IdempotencyKey::parse(&"k".repeat(KEY_CHARS_MAX + 1)).is_err());
    }

    #[test]
    fn a_letter_in_a_log_gives_nobody_away() {
        let letter = Letter {
            to: "ha@example.vn".to_owned(),
            to_name: Some("Bà Hà".to_owned()),
            subject: "Khiếu nại của bà Hà".to_owned(),
            text: "Kính gửi bà Hà".to_owned(),
            lang: Lang::Vi,
            in_reply_to: None,
            attachments: vec![Attached {
                name: "Hà.jpg".to_owned(),
                media_type: "image/jpeg".to_owned(),
                bytes: vec![0; 3],
            }],
            automatic: false,
        };
        let printed = format!("{letter:?}");
        assert!(!printed.contains("Hà") && !printed.contains("ha@"), "{printed}");
    }
}

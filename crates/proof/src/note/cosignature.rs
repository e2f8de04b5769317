//! The signature of a witness: that it saw a checkpoint, and when (C2SP tlog-cosignature v1.0.1,
//! Ed25519). Must not read a clock: the time is passed in.

use jiff::Timestamp;

use super::key::{KeyKind, SigningKey, VerificationKey};
use super::{Note, Signature};

/// The bytes that are signed: two lines before the text of the checkpoint.
fn message(text: &str, second: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {second}\n{text}").into_bytes()
}

/// The time that `signature` tells, if it is the key's over `text`: eight bytes of seconds since
/// 1970, big-endian, then the 64 of the signature.
pub(super) fn check(key: &VerificationKey, text: &str, signature: &[u8]) -> Option<Timestamp> {
    let (second, signature) = signature.split_first_chunk::<8>()?;
    let second = u64::from_be_bytes(*second);
    let at = Timestamp::from_second(i64::try_from(second).ok()?).ok()?;
    key.verifies(&message(text, second), signature.try_into().ok()?).then_some(at)
}

impl SigningKey {
    /// Signs a checkpoint as a witness that sees it at `at` (whole seconds, cut off). Nothing before
    /// 1970.
    ///
    /// Whoever cosigns says: this is the largest tree of this log that I have seen, and it grew out
    /// of all I saw before. [`Tree::check_growth`](crate::Tree::check_growth) has to be asked first.
    ///
    /// # Panics
    ///
    /// When this is the key of a log: it signs by [`SigningKey::sign_note`].
    pub fn cosign(&self, checkpoint: &Note, at: Timestamp) -> Option<Signature> {
        let key = self.verification_key();
        assert!(key.kind() == KeyKind::Witness, "a log signs without a time: `sign_note`");
        let second = u64::try_from(at.as_second()).ok()?;
        let signature = self.sign(&message(checkpoint.text(), second));
        Some(Signature::by(key, [&second.to_be_bytes()[..], &signature].concat()))
    }
}

//! Secrets: made, hashed, compared, never printed.
//! Must not be stored as they are: the database holds hashes only.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use redress_core::id::ComplaintId;
use sha2::{Digest, Sha256};

/// Bytes of a random secret: 256 bits, twice what ASVS 11.5.1 asks.
pub(crate) const SECRET_BYTES: usize = 32;

/// A secret in its printable form; `Debug` masks it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// The printable form of random bytes.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// A secret somebody sent.
    pub fn received(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text, to be shown once to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database holds of it.
    pub fn hash(&self) -> Vec<u8> {
        sha256(self.0.as_bytes()).to_vec()
    }
}

/// The key of this installation, kept in a file beside the database.
#[derive(Clone)]
pub struct InstallationKey([u8; SECRET_BYTES]);

impl std::fmt::Debug for InstallationKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InstallationKey(…)")
    }
}

impl InstallationKey {
    /// A key of these bytes.
    pub const fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    /// The tracking token of a complaint: derived, so that the database never holds it and later
    /// messages can still carry the link.
    pub fn tracking_token(&self, complaint: ComplaintId) -> Secret {
        Secret::from_bytes(&self.derive("tracking", complaint.as_bytes()))
    }

    /// Bytes bound to a purpose and a subject.
    ///
    /// # Panics
    ///
    /// Never: HMAC takes keys of any length.
    pub fn derive(&self, purpose: &str, subject: &[u8]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(subject);
        mac.finalize().into_bytes().into()
    }
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        if write!(text, "{byte:02x}").is_err() {
            text.clear();
        }
        text
    })
}

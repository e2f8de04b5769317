//! What a seed did, as a hash: the same seed does the same. Must not hold what differs by machine.

use std::fmt::Display;

use redress_app::{hex, sha256};

/// The hash of everything noted so far.
#[derive(Default)]
pub(super) struct Trace([u8; 32]);

impl Trace {
    pub(super) fn note(&mut self, what: &str, how: impl Display) {
        let line = format!("{} {what}: {how}", hex(&self.0));
        self.0 = sha256(line.as_bytes());
    }

    pub(super) fn end(self) -> String {
        hex(&self.0).chars().take(16).collect()
    }
}

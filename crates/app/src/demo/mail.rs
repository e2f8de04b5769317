//! The demo's mail: kept in memory, for none may leave; one mailbox does not exist.

use jiff::Timestamp;
use redress_channels::{
    BoxFuture, Channel, Handover, IdempotencyKey, Letter, RefusalReason, RefusalWord,
    memory::Memory,
};
use redress_core::kinds::ChannelKind;

/// The address whose mailbox was closed; letters to it are refused.
pub(super) const CLOSED_MAILBOX: &str = "vpp.hoabinh@example.com";

/// Takes every letter but those to [`CLOSED_MAILBOX`].
pub(super) struct DemoMail(Memory);

impl DemoMail {
    pub(super) fn new() -> Self {
        Self(Memory::new(ChannelKind::Email))
    }
}

impl Channel for DemoMail {
    fn kind(&self) -> ChannelKind {
        self.0.kind()
    }

    fn hand_over<'a>(
        &'a self,
        letter: &'a Letter,
        key: &'a IdempotencyKey,
        now: Timestamp,
    ) -> BoxFuture<'a, Handover> {
        if letter.to == CLOSED_MAILBOX {
            let detail = "550 5.1.1 mailbox unavailable";
            let reason = RefusalReason::new(RefusalWord::NoSuchRecipient, detail);
            return Box::pin(async { Handover::Refused { reason } });
        }
        self.0.hand_over(letter, key, now)
    }
}

//! Ways out: hands letters to the outside, and the only place of vendor formats.
//!
//! Must not see the store, read a clock or the environment, decide whether a letter may go out,
//! or try again by itself: it says what happened, and the caller records that before it acts.

mod channel;
mod clamd;
pub mod email;
mod handover;
mod letter;
mod line;
pub mod memory;
mod registry;
mod retry;
mod secret;

pub use channel::{BoxFuture, Channel};
pub use clamd::{NotAnAddress, Scan, ScanError, ScannerAddress, Verdict};
pub use handover::{DETAIL_CHARS_MAX, Handover, ProviderMessageId, RefusalReason, RefusalWord};
pub use letter::{
    ATTACHMENT_NAME_CHARS_MAX, ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX, Attached, IdempotencyKey,
    KEY_CHARS_MAX, Letter, NotAKey, SUBJECT_CHARS_MAX, TEXT_BYTES_MAX,
};
pub use registry::{KindTaken, Registry};
pub use retry::{HANDOVERS_MAX, RETRY_SECONDS_FIRST, RETRY_SECONDS_MAX, next_try};
pub use secret::Secret;

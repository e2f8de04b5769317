//! E-mail out by SMTP (RFC 5321, submission RFC 6409). Must not receive mail, keep a connection or
//! a queue, or log addresses, subjects or answers that may name people.

mod classify;
mod compose;
mod config;
mod wire;

use std::fmt;

use jiff::Timestamp;
use redress_core::kinds::ChannelKind;

pub use self::{
    classify::{BUSY_WAIT_SECONDS, NOT_TAKEN_WAIT_SECONDS, UNREACHABLE_WAIT_SECONDS},
    config::{From, SignIn, SmtpConfig, SmtpConfigError, TIMEOUT_SECONDS, Tls},
};
use self::{
    classify::{Stage, Trouble, classify},
    compose::{compose, message_id},
    config::Line,
};
use crate::{BoxFuture, Channel, Handover, IdempotencyKey, Letter, ProviderMessageId};

/// Hands letters to one mail server, each over a connection of its own.
pub struct Smtp {
    line: Line,
}

impl Smtp {
    /// A channel by a mail server; nothing is connected yet.
    ///
    /// # Errors
    ///
    /// [`SmtpConfigError`] when the configuration can never work or would send mail unprotected
    /// through foreign networks.
    pub fn new(config: SmtpConfig) -> Result<Self, SmtpConfigError> {
        Line::check(config).map(|line| Self { line })
    }

    /// The Message-ID, with angle brackets, of every attempt to hand over the letter with this
    /// key: answers and bounces name it.
    pub fn message_id(&self, key: &IdempotencyKey) -> String {
        message_id(key, &self.line.from)
    }

    async fn send(&self, letter: &Letter, key: &IdempotencyKey, now: Timestamp) -> Handover {
        let mail = match compose(letter, key, &self.line.from, now) {
            Ok(mail) => mail,
            Err(reason) => return Handover::Refused { reason },
        };
        match wire::send(&self.line, &mail).await {
            Ok(answer) => Handover::Accepted {
                provider_id: ProviderMessageId::new(self.message_id(key), &answer),
            },
            Err((stage, trouble)) => {
                report(key, stage, &trouble);
                classify(stage, &trouble, now)
            }
        }
    }
}

/// For the operator. Once we have said something, an answer may repeat it: its words stay out.
fn report(key: &IdempotencyKey, stage: Stage, trouble: &Trouble) {
    let reached = stage > Stage::Protect;
    let stage = stage.as_str();
    match trouble {
        Trouble::Silence { cause } if !reached => tracing::warn!(
            message.key = %key, smtp.stage = stage, cause,
            "the mail server could not be reached"
        ),
        Trouble::Silence { .. } => tracing::warn!(
            message.key = %key, smtp.stage = stage, "the mail server stopped answering"
        ),
        Trouble::Answer { code, .. } => tracing::warn!(
            message.key = %key, smtp.stage = stage, smtp.code = code,
            "the mail server did not take a letter"
        ),
    }
}

impl Channel for Smtp {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Email
    }

    fn sender(&self) -> Option<String> {
        Some(self.line.from.email.to_string())
    }

    fn hand_over<'a>(
        &'a self,
        letter: &'a Letter,
        key: &'a IdempotencyKey,
        now: Timestamp,
    ) -> BoxFuture<'a, Handover> {
        Box::pin(self.send(letter, key, now))
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { host, port, .. } = &self.line;
        f.debug_struct("Smtp").field("host", host).field("port", port).finish_non_exhaustive()
    }
}

//! What an answer of a mail server means for the letter. Must not talk to the server.

use jiff::Timestamp;

use crate::{Handover, RefusalReason, RefusalWord, retry::after};

/// Wait in seconds when the server could not be reached or stopped answering.
pub const UNREACHABLE_WAIT_SECONDS: i64 = 60;
/// Wait in seconds after a temporary refusal; greylisting commonly wants five minutes.
pub const BUSY_WAIT_SECONDS: i64 = 5 * 60;
/// Wait in seconds when the server does not take *us* (account, TLS): an administrator has to act.
pub const NOT_TAKEN_WAIT_SECONDS: i64 = 15 * 60;

/// How far a letter had come when something happened (RFC 5321, 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Connection, TLS from the first byte, greeting, EHLO.
    Connect,
    /// STARTTLS.
    Protect,
    /// AUTH.
    SignIn,
    /// MAIL.
    Sender,
    /// RCPT.
    Recipient,
    /// DATA, before the server said that it is ready.
    Data,
    /// The content and the final dot: from here on the letter may be with the server.
    Content,
}

impl Stage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Protect => "starttls",
            Self::SignIn => "auth",
            Self::Sender => "mail",
            Self::Recipient => "rcpt",
            Self::Data => "data",
            Self::Content => "content",
        }
    }
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No answer, or none that can be read: refused or lost connection, time limit, no SMTP.
    Silence {
        /// What the library said; holds nothing of the letter.
        cause: String,
    },
    /// A negative answer.
    Answer {
        /// The reply code, 400 to 599.
        code: u16,
        /// The rest of the reply; may name the recipient.
        text: String,
    },
}

/// A negative answer means that the server does not have the letter; silence means that only
/// before the content. 421 and other 4xx pass; 5xx stay, but only from MAIL on do they speak about
/// the letter, and the codes of RFC 4954 never do.
pub(super) fn classify(stage: Stage, trouble: &Trouble, now: Timestamp) -> Handover {
    let busy = |seconds| Handover::Busy { not_before: after(now, seconds) };
    match trouble {
        Trouble::Silence { .. } if stage == Stage::Content => Handover::Unknown,
        Trouble::Silence { .. } if stage == Stage::Protect => busy(NOT_TAKEN_WAIT_SECONDS),
        Trouble::Silence { .. } => busy(UNREACHABLE_WAIT_SECONDS),
        Trouble::Answer { code, .. } if *code < 500 => busy(BUSY_WAIT_SECONDS),
        Trouble::Answer { code, .. } if stage < Stage::Sender || is_about_us(*code) => {
            busy(NOT_TAKEN_WAIT_SECONDS)
        }
        Trouble::Answer { code, text } => {
            let word = word(stage, *code, text);
            Handover::Refused { reason: RefusalReason::new(word, &format!("{code} {text}")) }
        }
    }
}

/// Sign-in required, too weak, failed or without encryption (RFC 4954, section 6).
const fn is_about_us(code: u16) -> bool {
    matches!(code, 530 | 534 | 535 | 538)
}

/// The cause by enhanced code (RFC 3463), else by stage and code.
fn word(stage: Stage, code: u16, text: &str) -> RefusalWord {
    match enhanced(text) {
        Some((1, 7 | 8)) => RefusalWord::SenderRefused,
        Some((1, 0..=4 | 6 | 10) | (2, 1)) => RefusalWord::NoSuchRecipient,
        Some((2, 2)) => RefusalWord::MailboxFull,
        Some((2, 3) | (3, 4)) => RefusalWord::TooLarge,
        _ if stage == Stage::Sender => RefusalWord::SenderRefused,
        Some((7, _)) => RefusalWord::Policy,
        _ => match (stage, code) {
            (Stage::Recipient, 550 | 551 | 553) => RefusalWord::NoSuchRecipient,
            (Stage::Recipient, 552) => RefusalWord::MailboxFull,
            (Stage::Data | Stage::Content, 552) => RefusalWord::TooLarge,
            (Stage::Data | Stage::Content, 550 | 554) => RefusalWord::Policy,
            _ => RefusalWord::Other,
        },
    }
}

/// Subject and detail of `5.subject.detail` at the start of a reply.
fn enhanced(text: &str) -> Option<(u16, u16)> {
    let mut parts = text.split_whitespace().next()?.splitn(3, '.');
    if parts.next()? != "5" {
        return None;
    }
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_decides_whether_the_letter_may_be_tried_again() {
        use Stage::{Connect, Content, Data, Protect, Recipient, Sender, SignIn};
        for (stage, answer, meaning) in [
            (Connect, "421 too many connections", "busy 300"),
            (Connect, "554 no SMTP service here", "busy 900"),
            (Connect, "", "busy 60"),
            (Protect, "", "busy 900"),
            (Protect, "454 4.7.0 TLS not available", "busy 300"),
            (SignIn, "535 5.7.8 credentials invalid", "busy 900"),
            (SignIn, "", "busy 60"),
            (Sender, "530 5.7.0 must issue STARTTLS first", "busy 900"),
            (Sender, "550 5.7.1 not your address", "sender-refused"),
            (Sender, "553 5.1.8 domain does not exist", "sender-refused"),
            (Sender, "552 5.3.4 message size exceeds limit", "too-large"),
            (Sender, "", "busy 60"),
            (Recipient, "550 5.1.1 <ha@example.vn>: unknown", "no-such-recipient"),
            (Recipient, "550 No such user", "no-such-recipient"),
            (Recipient, "551 User not local", "no-such-recipient"),
            (Recipient, "550 5.2.1 disabled", "no-such-recipient"),
            (Recipient, "552 5.2.2 over quota", "mailbox-full"),
            (Recipient, "554 5.7.1 relay access denied", "policy"),
            (Recipient, "501 syntax", "other"),
            (Recipient, "451 4.7.1 greylisted", "busy 300"),
            (Recipient, "452 4.2.2 over quota", "busy 300"),
            (Recipient, "", "busy 60"),
            (Data, "554 no valid recipients", "policy"),
            (Data, "", "busy 60"),
            (Content, "554 5.7.1 looks like spam", "policy"),
            (Content, "552 5.3.4 too big", "too-large"),
            (Content, "500 5.9.9 what", "other"),
            (Content, "451 4.3.0 queue write error", "busy 300"),
            (Content, "421 4.4.2 timeout", "busy 300"),
            (Content, "", "unknown"),
        ] {
            assert_eq!(read(stage, answer), meaning, "{stage:?} {answer}");
        }
    }

    fn read(stage: Stage, answer: &str) -> String {
        let now: Timestamp = "2026-03-02T01:00:00Z".parse().expect("is an instant");
        let trouble = match answer.split_once(' ') {
            Some((code, text)) => {
                Trouble::Answer { code: code.parse().expect("is a code"), text: text.to_owned() }
            }
            None => Trouble::Silence { cause: String::new() },
        };
        match classify(stage, &trouble, now) {
            Handover::Busy { not_before } => {
                format!("busy {}", not_before.duration_since(now).as_secs())
            }
            Handover::Unknown => "unknown".to_owned(),
            Handover::Refused { reason } => {
                assert_eq!(reason.detail, answer);
                reason.word.to_string()
            }
            Handover::Accepted { .. } => "accepted".to_owned(),
        }
    }
}

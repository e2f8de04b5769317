//! Puts a letter into the form of mail (RFC 5322, MIME). Must not add anything that the letter,
//! its key or the given instant do not say, and must not let any text reach into a header.

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use redress_core::plain::Email;

use crate::{
    ATTACHMENT_NAME_CHARS_MAX, Attached, IdempotencyKey, Letter, RefusalReason, RefusalWord,
    SUBJECT_CHARS_MAX, line,
};

/// Longest Message-ID of others that is answered to, in bytes: a header line holds 998.
const MESSAGE_ID_BYTES_MAX: usize = 900;

/// The Message-ID of every attempt to hand over the letter with this key.
pub(super) fn message_id(key: &IdempotencyKey, from: &Mailbox) -> String {
    format!("<redress.{key}@{}>", from.email.domain())
}

/// The mail of a letter; the same letter, key and instant give the same bytes.
pub(super) fn compose(
    letter: &Letter,
    key: &IdempotencyKey,
    from: &Mailbox,
    now: Timestamp,
) -> Result<Message, RefusalReason> {
    let to = recipient(letter)?;
    if letter.is_too_large() {
        return Err(RefusalReason::new(RefusalWord::TooLarge, ""));
    }
    let mut builder = Message::builder()
        .from(from.clone())
        .reply_to(from.clone())
        .to(to)
        .date(SystemTime::from(now.max(Timestamp::UNIX_EPOCH)))
        .message_id(Some(message_id(key, from)))
        .subject(line::clean(&letter.subject, SUBJECT_CHARS_MAX))
        .raw_header(header("Content-Language", letter.lang.as_str()));
    if let Some(answered) = letter.in_reply_to.as_deref().filter(|id| is_message_id(id)) {
        builder = builder.in_reply_to(answered.to_owned()).references(answered.to_owned());
    }
    if letter.automatic {
        builder = builder
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"));
    }
    let text = SinglePart::plain(body(&letter.text));
    let composed = if letter.attachments.is_empty() {
        builder.singlepart(text)
    } else {
        // `_` occurs in no base64 and `=_` in no quoted-printable, so no part holds the boundary.
        let parts = MultiPart::mixed().boundary(format!("=_redress_{key}")).singlepart(text);
        builder
            .multipart(letter.attachments.iter().map(attachment).fold(parts, MultiPart::singlepart))
    };
    composed.map_err(|error| RefusalReason::new(RefusalWord::Other, &error.to_string()))
}

fn recipient(letter: &Letter) -> Result<Mailbox, RefusalReason> {
    let no_address = || RefusalReason::new(RefusalWord::NotAnAddress, &letter.to);
    let email = Email::parse(&letter.to).map_err(|_| no_address())?;
    let address = Address::try_from(email.as_str().to_owned()).map_err(|_| no_address())?;
    let name = letter.to_name.as_deref().map(|name| line::clean(name, SUBJECT_CHARS_MAX));
    Ok(Mailbox::new(name.filter(|name| !name.is_empty()), address))
}

fn attachment(file: &Attached) -> SinglePart {
    let bare = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = line::clean(bare, ATTACHMENT_NAME_CHARS_MAX).replace('"', "'");
    let name = if name.is_empty() { "attachment".to_owned() } else { name };
    let media_type = file.media_type.as_str();
    // Parts that hold messages must not be base64 (RFC 2046, 5.2.1), which every file here is.
    let opaque = media_type.starts_with("message/") || media_type.starts_with("multipart/");
    let parsed = if opaque { None } else { ContentType::parse(media_type).ok() };
    let media_type = parsed.unwrap_or_else(|| {
        ContentType::parse("application/octet-stream").expect("is a media type")
    });
    let bytes = Body::new_with_encoding(file.bytes.clone(), ContentTransferEncoding::Base64)
        .expect("base64 holds any bytes");
    Attachment::new(name).body(bytes, media_type)
}

/// The text without white space at its end and control characters other than line end and tab.
fn body(text: &str) -> String {
    text.trim_end()
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || "\n\t".contains(*c))
        .collect()
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// `<left@right>` of visible ASCII without further brackets.
fn is_message_id(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| {
        inner.len() <= MESSAGE_ID_BYTES_MAX
            && inner.contains('@')
            && inner.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>".contains(&byte))
    })
}

#[cfg(test)]
mod tests;

//! The form of mail, byte for byte where it matters.

use redress_core::kinds::Lang;

use super::*;

const NOW: &str = "2026-03-02T01:02:03Z";

fn letter(subject: &str, text: &str) -> Letter {
    Letter {
        to: "ha@example.vn".to_owned(),
        to_name: Some("Bà Nguyễn Thị Hà".to_owned()),
        subject: subject.to_owned(),
        text: text.to_owned(),
        lang: Lang::Vi,
        in_reply_to: None,
        attachments: vec![],
        automatic: false,
    }
}

fn mail(letter: &Letter) -> String {
    let bytes = composed(letter).expect("can be composed").formatted();
    String::from_utf8(bytes).expect("is ASCII")
}

fn composed(letter: &Letter) -> Result<Message, RefusalReason> {
    let key = IdempotencyKey::parse("0199a3f2-msg").expect("is a key");
    let address = Address::new("cskh", "songhong.example").expect("is an address");
    let from = Mailbox::new(Some("Thang máy Sông Hồng".to_owned()), address);
    compose(letter, &key, &from, NOW.parse().expect("is an instant"))
}

/// The unfolded header lines.
fn headers(mail: &str) -> Vec<String> {
    let (head, _) = mail.split_once("\r\n\r\n").expect("has a body");
    head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
}

fn has(mail: &str, line: &str) -> bool {
    headers(mail).iter().any(|header| header == line)
}

#[test]
fn headers_say_only_what_the_letter_its_key_and_the_instant_say() {
    let mut letter = letter("Kết quả", "Kính gửi bà Hà,\n");
    let by_person = mail(&letter);
    assert!(has(&by_person, "Date: Mon, 02 Mar 2026 01:02:03 +0000"), "{by_person}");
    assert!(has(&by_person, "Message-ID: <redress.0199a3f2-msg@songhong.example>"), "{by_person}");
    assert!(has(&by_person, "Content-Language: vi"), "{by_person}");
    assert!(by_person.is_ascii());
    for absent in ["Auto-Submitted", "Precedence", "In-Reply-To", "References", "X-"] {
        assert!(!headers(&by_person).iter().any(|line| line.starts_with(absent)), "{by_person}");
    }
    let reply_to = headers(&by_person).iter().filter(|h| h.starts_with("Reply-To: ")).count();
    assert_eq!(reply_to, 1);

    letter.automatic = true;
    letter.in_reply_to = Some("<a.1@mail.example.vn>".to_owned());
    let automatic = mail(&letter);
    for line in [
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "In-Reply-To: <a.1@mail.example.vn>",
        "References: <a.1@mail.example.vn>",
    ] {
        assert!(has(&automatic, line), "{line} in {automatic}");
    }
    assert_eq!(mail(&letter), automatic, "the same letter gives the same bytes");
}

#[test]
fn no_text_reaches_into_a_header() {
    let attack = "Kết quả\r\nBcc: all@example.vn\r\n\r\nhello";
    let plain = "Result\nBcc: all@example.vn\0\u{2028}X-Evil: 1\u{85}X-Evil: 2";
    for text in [attack, plain] {
        let mut letter = letter(text, text);
        letter.to_name = Some(format!("{text}\" <evil@example.vn>"));
        letter.in_reply_to = Some(format!("<a@b>{text}"));
        letter.attachments = vec![Attached {
            name: format!("../x\"\r\n{text}"),
            media_type: format!("image/png\r\n{text}"),
            bytes: vec![1],
        }];
        let mail = mail(&letter);
        let names: Vec<String> = headers(&mail)
            .iter()
            .map(|line| line.split_once(": ").expect("is a header").0.to_owned())
            .collect();
        let expected = "From Reply-To To Date Message-ID Subject Content-Language MIME-Version \
            Content-Type";
        assert_eq!(names.join(" "), expected, "{mail}");
        let parts: Vec<&str> = mail.split("--=_redress_0199a3f2-msg").collect();
        assert_eq!(parts.len(), 4, "{mail}");
        assert!(parts[2].trim_start().starts_with("Content-Disposition: attachment;"), "{mail}");
        assert!(!parts[2].contains("\nBcc") && !parts[2].contains("\nX-Evil"), "{mail}");
        let envelope = composed(&letter).expect("can be composed").envelope().clone();
        let to: Vec<String> = envelope.to().iter().map(ToString::to_string).collect();
        assert_eq!(to, ["ha@example.vn"]);
    }
}

#[test]
fn an_address_that_is_none_is_refused_here() {
    for to in
        ["", "ha", "ha@", "a@b.vn, c@d.vn", "a@b.vn\r\nRCPT TO:<c@d.vn>", "<a@b.vn>", "hà@b.vn"]
    {
        let mut letter = letter("a", "b");
        letter.to = to.to_owned();
        let reason = composed(&letter).expect_err("is no address");
        assert_eq!(reason.word, RefusalWord::NotAnAddress, "{to:?}");
    }
}

#[test]
fn only_whole_message_ids_are_answered_to() {
    for (id, good) in [
        ("<a.1@mail.example.vn>", true),
        ("<a@b", false),
        ("a@b", false),
        ("<a>", false),
        ("<a@b><c@d>", false),
        ("<a @b>", false),
        ("<a@b>\r\nX: y", false),
    ] {
        assert_eq!(is_message_id(id), good, "{id:?}");
    }
    assert!(!is_message_id(&format!("<{}@b>", "a".repeat(MESSAGE_ID_BYTES_MAX))));
}

#[test]
fn a_letter_beyond_a_maximum_is_refused_as_too_large() {
    let file = |bytes| Attached {
        name: "a.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: vec![0; bytes],
    };
    let max = crate::ATTACHMENTS_BYTES_MAX;
    for (attachments, good) in [
        (vec![file(1); crate::ATTACHMENTS_MAX], true),
        (vec![file(1); crate::ATTACHMENTS_MAX + 1], false),
        (vec![file(max)], true),
        (vec![file(max), file(1)], false),
    ] {
        let mut letter = letter("a", "b");
        letter.attachments = attachments;
        assert_eq!(!letter.is_too_large(), good);
    }
    let long = letter("a", &"x".repeat(crate::TEXT_BYTES_MAX + 1));
    assert_eq!(composed(&long).expect_err("is too long").word, RefusalWord::TooLarge);
}

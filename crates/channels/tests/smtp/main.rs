//! E-mail against a real SMTP server: what each outcome is called, and how a letter arrives.
//! Must not need a network beyond this machine.

mod contract;
mod server;

use std::{net::TcpListener, time::Duration};

use jiff::{SignedDuration, Timestamp};
use redress_channels::{
    Attached, Channel, Handover, IdempotencyKey, Letter, RefusalWord, Secret,
    email::{
        BUSY_WAIT_SECONDS, From, NOT_TAKEN_WAIT_SECONDS, SignIn, Smtp, SmtpConfig, Tls,
        UNREACHABLE_WAIT_SECONDS,
    },
};
use redress_core::{kinds::Lang, plain::Email};

use crate::server::Server;

const VIETNAMESE: &str = "Kính gửi bà Nguyễn Thị Hà,\n\nChúng tôi đã kiểm tra thang máy số 2: \
    cửa kẹt vì ray dẫn hướng bị lệch. Thợ của chúng tôi sửa xong lúc 16 giờ 30 ngày 27/02/2026.\n\
    .\n.. hai chấm đầu dòng\n\nTrân trọng.\n";
const LAO: &str = "ຮຽນ ທ່ານ ສົມພອນ,\n\nພວກເຮົາໄດ້ຮັບຄຳຮ້ອງທຸກຂອງທ່ານແລ້ວ.\n";

fn now() -> Timestamp {
    "2026-03-02T01:02:03Z".parse().expect("is an instant")
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::parse(text).expect("is a key")
}

fn config(port: u16) -> SmtpConfig {
    SmtpConfig {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        own_authority_pem: None,
        sign_in: None,
        from: From {
            name: "Thang máy Sông Hồng".to_owned(),
            address: Email::parse("cskh@songhong.example").expect("is an address"),
        },
        timeout: Duration::from_secs(20),
    }
}

fn letter(local_part: &str) -> Letter {
    Letter {
        to: format!("{local_part}@example.vn"),
        to_name: Some("Bà Nguyễn Thị Hà".to_owned()),
        subject: "Kết quả giải quyết khiếu nại KN-2026-000123".to_owned(),
        text: VIETNAMESE.to_owned(),
        lang: Lang::Vi,
        in_reply_to: None,
        attachments: vec![],
        automatic: false,
    }
}

/// The handover in one line: `accepted`, `busy <seconds>`, `unknown` or `<word>: <detail>`.
fn told(handover: &Handover) -> String {
    match handover {
        Handover::Accepted { provider_id } => {
            format!("accepted {provider_id}: {}", provider_id.answer())
        }
        Handover::Busy { not_before } => {
            format!("busy {}", not_before.duration_since(now()).as_secs())
        }
        Handover::Unknown => "unknown".to_owned(),
        Handover::Refused { reason } => format!("{}: {}", reason.word, reason.detail),
    }
}

#[tokio::test]
async fn each_outcome_has_its_name() {
    let server = Server::start("plain");
    let channel = Smtp::new(config(server.port)).expect("is a good configuration");
    let busy = format!("busy {BUSY_WAIT_SECONDS}");
    let unreachable = format!("busy {UNREACHABLE_WAIT_SECONDS}");
    for (local_part, name) in [
        ("ok", "accepted <redress.k1@songhong.example>: 2.0.0 Ok: queued as 4F2A"),
        ("nouser", "no-such-recipient: 550 5.1.1 <nouser@example.vn>: Recipient address rejected"),
        ("full", "mailbox-full: 552 5.2.2 Mailbox full"),
        ("spam", "policy: 554 5.7.1 This looks like spam"),
        ("busy", &busy),
        ("queue", &busy),
        ("drop-at-rcpt", &unreachable),
        ("drop-after-data", "unknown"),
        ("no one", "not-an-address: no one@example.vn"),
    ] {
        let handover = channel.hand_over(&letter(local_part), &key("k1"), now()).await;
        assert_eq!(told(&handover), name, "{local_part}");
    }
}

#[tokio::test]
async fn a_sender_the_server_does_not_take_is_named() {
    let server = Server::start("plain");
    let mut config = config(server.port);
    config.from.address = Email::parse("wrong@songhong.example").expect("is an address");
    let channel = Smtp::new(config).expect("is a good configuration");
    let handover = channel.hand_over(&letter("ok"), &key("k1"), now()).await;
    let Handover::Refused { reason } = handover else { panic!("{handover:?}") };
    assert_eq!(reason.word, RefusalWord::SenderRefused);
}

#[tokio::test]
async fn a_repetition_after_unknown_carries_the_same_message_id() {
    let mut server = Server::start("plain");
    let channel = Smtp::new(config(server.port)).expect("is a good configuration");
    let letter = letter("drop-after-data");
    let again_at = now() + SignedDuration::from_mins(7);
    for (key_text, at) in [("k1", now()), ("k1", again_at), ("k2", again_at)] {
        let key = key(key_text);
        assert_eq!(channel.hand_over(&letter, &key, at).await, Handover::Unknown);
        let id = format!("<redress.{key_text}@songhong.example>");
        assert_eq!(server.letter().header("Message-ID"), id);
        assert_eq!(channel.message_id(&key), id);
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let mut server = Server::start("plain");
    let channel = Smtp::new(config(server.port)).expect("is a good configuration");
    let picture = vec![0, 159, 146, 150, b'\n', b'.', b'\r', b'\n'];
    let mut sent = letter("ok");
    for (lang, text, attachments) in [
        (Lang::Vi, VIETNAMESE, vec![]),
        (Lang::Lo, LAO, vec![]),
        (Lang::En, "Dear Ms Ha,\n\nFrom now on the lift runs.\n", vec![]),
        (Lang::Vi, VIETNAMESE, vec![("ảnh cửa thang máy.png", "image/png")]),
        (Lang::Lo, LAO, vec![("ຮູບ.jpg", "image/jpeg"), ("x", "message/rfc822")]),
    ] {
        sent.lang = lang;
        text.clone_into(&mut sent.text);
        sent.attachments = attachments
            .iter()
            .map(|&(name, media_type)| Attached {
                name: name.to_owned(),
                media_type: media_type.to_owned(),
                bytes: picture.clone(),
            })
            .collect();
        let handover = channel.hand_over(&sent, &key("k1"), now()).await;
        assert!(matches!(handover, Handover::Accepted { .. }), "{handover:?}");
        let arrived = server.letter();
        let read = arrived.0["text"].as_str().expect("is a text").replace("\r\n", "\n");
        assert_eq!(read.trim_end(), text.trim_end());
        assert_eq!(arrived.0["text_type"], "text/plain; charset=\"utf-8\"");
        assert_eq!(arrived.0["ascii"], true);
        assert_eq!(arrived.header("Subject"), sent.subject);
        assert_eq!(arrived.header("From"), "Thang máy Sông Hồng <cskh@songhong.example>");
        assert_eq!(arrived.header("Reply-To"), arrived.header("From"));
        assert_eq!(arrived.header("To"), "Bà Nguyễn Thị Hà <ok@example.vn>");
        assert_eq!(arrived.header("Date"), "Mon, 02 Mar 2026 01:02:03 +0000");
        assert_eq!(arrived.header("Content-Language"), lang.as_str());
        let files = arrived.0["files"].as_array().expect("is a list");
        assert_eq!(files.len(), attachments.len());
        for (file, (name, media_type)) in files.iter().zip(&attachments) {
            assert_eq!(file[0], *name);
            let safe = media_type.replace("message/rfc822", "application/octet-stream");
            assert_eq!(file[1], safe);
            assert_eq!(file[2], "009f92960a2e0d0a");
        }
    }
}

#[tokio::test]
async fn an_automatic_letter_asks_machines_not_to_answer() {
    let mut server = Server::start("plain");
    let channel = Smtp::new(config(server.port)).expect("is a good configuration");
    let mut sent = letter("ok");
    sent.subject = "Xác nhận\r\nBcc: all@example.vn".to_owned();
    sent.in_reply_to = Some("<a.1@mail.example.vn>".to_owned());
    for (automatic, submitted) in [(true, "auto-generated"), (false, "")] {
        sent.automatic = automatic;
        channel.hand_over(&sent, &key("k1"), now()).await;
        let arrived = server.letter();
        assert_eq!(arrived.header("Auto-Submitted"), submitted);
        assert_eq!(arrived.header("Precedence"), "");
        assert_eq!(arrived.header("In-Reply-To"), "<a.1@mail.example.vn>");
        assert_eq!(arrived.header("Subject"), "Xác nhận Bcc: all@example.vn");
        assert_eq!(arrived.header("Bcc"), "");
        assert_eq!(arrived.0["to"], serde_json::json!(["ok@example.vn"]));
    }
}

#[tokio::test]
async fn letters_and_passwords_travel_protected() {
    let not_taken = format!("busy {NOT_TAKEN_WAIT_SECONDS}");
    let unreachable = format!("busy {UNREACHABLE_WAIT_SECONDS}");
    for (protection, tls, unknown_authority) in
        [("starttls", Tls::StartTls, &not_taken), ("tls", Tls::Tls, &unreachable)]
    {
        let mut server = Server::start(protection);
        let authority = Some(server.authority_pem());
        for (password, own_authority_pem, name) in [
            ("mật khẩu", authority.clone(), "accepted"),
            ("sai", authority.clone(), &not_taken),
            ("mật khẩu", None, unknown_authority),
        ] {
            let user = "redress".to_owned();
            let sign_in = Some(SignIn { user, password: Secret::new(password) });
            let config = SmtpConfig { tls, own_authority_pem, sign_in, ..config(server.port) };
            let channel = Smtp::new(config).expect("is a good configuration");
            let handover = channel.hand_over(&letter("ok"), &key("k1"), now()).await;
            assert!(told(&handover).starts_with(name), "{protection} {password}: {handover:?}");
        }
        let arrived = server.letter();
        assert_eq!((&arrived.0["tls"], &arrived.0["user"]), (&true.into(), &"redress".into()));
    }
}

#[tokio::test]
async fn a_server_that_offers_no_starttls_gets_no_letter() {
    let server = Server::start("plain");
    let config = SmtpConfig { tls: Tls::StartTls, ..config(server.port) };
    let channel = Smtp::new(config).expect("is a good configuration");
    let handover = channel.hand_over(&letter("ok"), &key("k1"), now()).await;
    assert_eq!(told(&handover), format!("busy {NOT_TAKEN_WAIT_SECONDS}"));
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("is bound").port();
    drop(listener);
    let channel = Smtp::new(config(port)).expect("is a good configuration");
    let handover = channel.hand_over(&letter("ok"), &key("k1"), now()).await;
    assert_eq!(told(&handover), format!("busy {UNREACHABLE_WAIT_SECONDS}"));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_is_left_after_the_time_limit() {
    // Takes connections into its queue and never speaks; the paused clock leaps to the limit.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("is bound").port();
    let channel = Smtp::new(config(port)).expect("is a good configuration");
    let handover = channel.hand_over(&letter("ok"), &key("k1"), now()).await;
    assert_eq!(told(&handover), format!("busy {UNREACHABLE_WAIT_SECONDS}"));
}

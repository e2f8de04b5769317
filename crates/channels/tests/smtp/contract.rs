//! What every channel keeps to, whatever its vendor. Must not know which channel it checks.

use std::sync::Arc;

use redress_channels::{
    Attached, Channel, Handover, Letter, Registry, TEXT_BYTES_MAX, email::Smtp, memory::Memory,
};
use redress_core::kinds::{ChannelKind, Lang};

use crate::{config, key, letter, now, server::Server};

#[tokio::test]
async fn memory_keeps_the_contract() {
    check(Arc::new(Memory::new(ChannelKind::Email))).await;
}

#[tokio::test]
async fn e_mail_keeps_the_contract() {
    let server = Server::start("plain");
    check(Arc::new(Smtp::new(config(server.port)).expect("is a good configuration"))).await;
}

async fn check(channel: Arc<dyn Channel>) {
    let mut registry = Registry::default();
    registry.add(Arc::clone(&channel)).expect("is the first");
    assert_eq!(registry.senders(), [channel.kind()]);
    one_key_is_one_id(&*channel).await;
    awkward_letters_get_an_answer(&*channel).await;
}

async fn one_key_is_one_id(channel: &dyn Channel) {
    let mut ids = Vec::new();
    for text in ["k1", "k1", "k2"] {
        let handover = channel.hand_over(&letter("ok"), &key(text), now()).await;
        assert!(matches!(handover, Handover::Accepted { .. }), "{handover:?}");
        if let Handover::Accepted { provider_id } = handover {
            ids.push(provider_id.as_str().to_owned());
        }
    }
    assert!(ids[0] == ids[1] && ids[1] != ids[2], "{ids:?}");
}

async fn awkward_letters_get_an_answer(channel: &dyn Channel) {
    let empty = Letter {
        to: String::new(),
        to_name: None,
        subject: String::new(),
        text: String::new(),
        lang: Lang::Lo,
        in_reply_to: None,
        attachments: vec![],
        automatic: true,
    };
    let file = Attached { name: String::new(), media_type: String::new(), bytes: vec![] };
    let controls = "a\0b\r\n.\r\nQUIT\r\n\u{202e}\u{fffe}".repeat(99);
    for awkward in [
        empty.clone(),
        Letter { to: "ok@example.vn".to_owned(), attachments: vec![file], ..empty.clone() },
        Letter { to: controls.clone(), ..empty.clone() },
        Letter {
            to: "ok@example.vn".to_owned(),
            to_name: Some(controls.clone()),
            subject: controls.clone(),
            text: controls.clone(),
            in_reply_to: Some(controls),
            ..empty.clone()
        },
        Letter { to: "ok@example.vn".to_owned(), text: "ຂ".repeat(TEXT_BYTES_MAX), ..empty },
    ] {
        let handover = channel.hand_over(&awkward, &key("k3"), now()).await;
        let answered = matches!(handover, Handover::Accepted { .. } | Handover::Refused { .. });
        assert!(answered, "{handover:?}");
    }
}

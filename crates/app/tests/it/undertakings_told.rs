//! Who is told of an undertaking, when, and how often: each side once of each state, the complainant
//! of a remedy not before the answer, nobody for ever.

use jiff::{SignedDuration, Timestamp};
use redress_app::{AppError, Loaded, view::Viewer};
use redress_channels::{HANDOVERS_MAX, Handover};
use redress_core::kinds::Lang;
use redress_testkit::{CUSTOMER, people::*};
use serde_json::{Value, json};

use crate::{
    kit::{House, noise, with},
    undertakings::{HA, last, visited},
};

const BUSY: Handover = Handover::Busy { not_before: Timestamp::UNIX_EPOCH };

/// Subjects of the letters with an entry that the mail server took for an address.
fn taken(house: &House, to: &str) -> Vec<String> {
    let all = house.post.recorded().into_iter();
    let taken = all.filter(|kept| {
        kept.letter.to == to
            && !kept.letter.attachments.is_empty()
            && matches!(kept.handover, Handover::Accepted { .. })
    });
    taken.map(|kept| kept.letter.subject).collect()
}

/// One subject, with this word.
fn is_one(subjects: &[String], word: &str) {
    assert!(matches!(subjects, [only] if only.contains(word)), "one {word}: {subjects:?}");
}

fn moved(id: &str, due: &str) -> Value {
    json!({"id": id, "outcome": "moved", "due": due, "reason": "Khách bận"})
}

/// Wednesday's visit, beside the one both sides know.
async fn second_visit(house: &House, reference: &str) {
    let visit = json!({
        "kind": "visit", "what": "Thay cáp", "owner": DAT, "due": "2026-11-25T14:00:00+07:00",
    });
    house.does(TUNG, reference, "undertakings", &visit).await;
}

#[tokio::test]
async fn a_side_that_has_its_letter_gets_no_second_one_while_the_other_waits() {
    let (house, reference) = visited().await;
    second_visit(&house, &reference).await;
    let key = redress_channels::IdempotencyKey::parse("first").expect("a key");
    let provider_id = redress_channels::memory::Memory::provider_id(&key);
    house.post.script([Handover::Accepted { provider_id }, BUSY]);
    house.settle().await;
    is_one(&taken(&house, DAT), "Việc hẹn mới");
    let before = taken(&house, HA).len();
    house.at("2026-11-23 08:31").settle().await;
    is_one(&taken(&house, DAT), "Việc hẹn mới");
    assert_eq!(taken(&house, HA).len(), before + 1, "the complainant once it is free");
    house.at("2026-11-23 09:00").settle().await;
    is_one(&taken(&house, DAT), "Việc hẹn mới");
    assert_eq!(taken(&house, HA).len(), before + 1);
}

#[tokio::test]
async fn a_server_that_stays_busy_is_not_written_to_for_ever() {
    let (house, reference) = visited().await;
    house.does(CUSTOMER, &reference, "withdrawal", &json!({"reason": "Đã ổn"})).await;
    house.does(MAI, &reference, "closure", &json!({"as": "withdrawn"})).await;
    house.settle().await;
    house.post.script(std::iter::repeat_n(BUSY, 200));
    house
        .does(TUNG, &reference, "undertakings", &moved("und_1", "2027-06-01T14:00:00+07:00"))
        .await;
    for _ in 0..40 {
        house.settle().await;
        house.clock.set(house.clock.now() + SignedDuration::from_hours(6));
    }
    let all = house.post.recorded();
    for who in [HA, SON] {
        let tries = all.iter().filter(|kept| kept.handover == BUSY && kept.letter.to == who);
        assert_eq!(tries.count(), HANDOVERS_MAX as usize, "{who}");
    }
}

#[tokio::test]
async fn what_happened_while_the_server_was_down_comes_in_one_mail_that_is_up_to_date() {
    let (house, reference) = visited().await;
    house.post.script(std::iter::repeat_n(BUSY, 4));
    second_visit(&house, &reference).await;
    let before = taken(&house, HA).len();
    house.settle().await;
    let body = moved("und_2", "2026-11-26T14:00:00+07:00");
    house.at("2026-11-23 09:00").does(TUNG, &reference, "undertakings", &body).await;
    house.settle().await;
    let body = moved("und_2", "2026-11-27T14:00:00+07:00");
    house.at("2026-11-23 10:00").does(TUNG, &reference, "undertakings", &body).await;
    house.settle().await;
    is_one(&taken(&house, DAT), "Việc hẹn mới");
    assert_eq!(taken(&house, HA).len(), before + 1);
    for who in [HA, DAT] {
        let (subject, entry) = last(&house, who);
        assert!(subject.contains("Việc hẹn mới"), "nobody heard of it before: {subject}");
        assert_eq!((entry["SEQUENCE"].as_str(), entry["METHOD"].as_str()), ("2", "REQUEST"));
        assert_eq!(entry["DTSTART"], "20261127T070000Z");
    }
    let body = moved("und_2", "2026-11-28T14:00:00+07:00");
    house.at("2026-11-23 11:00").does(TUNG, &reference, "undertakings", &body).await;
    house.settle().await;
    for who in [HA, DAT] {
        let (subject, entry) = last(&house, who);
        assert!(subject.contains("Hẹn lại") && entry["SEQUENCE"] == "3", "{subject} {entry:?}");
    }
}

/// A decision with two remedies was approved; the answer did not go out yet.
async fn approved() -> (House, String) {
    let house = House::open("2026-11-23 08:17").await;
    let body = json!({"complainant": {"name": "Trần Thị Hà", "email": HA}, "reply_by": "email"});
    let reference = house.complain(&with(noise(), &body)).await.reference;
    house.at("2026-11-23 08:30").does(DIRECTOR, &reference, "handover", &json!({})).await;
    house.does(TUNG, &reference, "acceptance", &json!({"accept": true})).await;
    let finding = json!({"check": "levelling", "side": "company", "text": "38 mm"});
    house.does(TUNG, &reference, "findings", &finding).await;
    let decision = json!({
        "outcome": "upheld", "reasons": "Cáp dãn quá mức cho phép",
        "remedies": [
            {"what": "Thay cáp", "owner": SON, "due": "2026-11-27T16:00:00+07:00"},
            {"what": "Xin lỗi bằng văn bản", "owner": SON, "due": "2026-11-27T16:00:00+07:00"},
        ],
    });
    house.does(TUNG, &reference, "decision", &decision).await;
    house.does(HUY, &reference, "approval", &json!({"proposal": "pro_1", "approve": true})).await;
    house.settle().await;
    (house, reference)
}

/// Undertakings as somebody sees them, and whether each entry can be had.
async fn shown(house: &House, loaded: &Loaded, viewer: Viewer) -> Vec<String> {
    let page = house.app.detail(loaded, viewer).await.expect("it is shown");
    for id in ["und_1", "und_2"] {
        let file = house.app.calendar_file(loaded, id, viewer, Lang::Vi);
        let listed = page.undertakings.iter().any(|one| one.id == id);
        assert!(listed || matches!(file, Err(AppError::NotFound)), "{id}: {file:?}");
        assert!(!listed || file.is_ok(), "{id}: {file:?}");
    }
    page.undertakings.into_iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn the_complainant_hears_of_remedies_with_the_answer_and_not_before() {
    let (house, reference) = approved().await;
    let loaded = house.load(&reference).await;
    assert_eq!(shown(&house, &loaded, Viewer::Complainant).await, [""; 0]);
    assert_eq!(shown(&house, &loaded, Viewer::Staff).await, ["und_1", "und_2"]);
    assert_eq!(taken(&house, SON).len(), 2, "the owner knows at approval");

    let body = moved("und_1", "2026-11-28T16:00:00+07:00");
    house.at("2026-11-23 09:00").does(TUNG, &reference, "undertakings", &body).await;
    let cancelled = json!({"id": "und_2", "outcome": "cancelled", "reason": "Đã gộp"});
    house.does(TUNG, &reference, "undertakings", &cancelled).await;
    house.settle().await;
    assert_eq!(taken(&house, SON).len(), 4);
    assert_eq!(taken(&house, HA), [""; 0], "the answer did not reach them");

    let answer = json!({"proposal": "pro_1", "channel": "email", "text": "Kết quả"});
    house.at("2026-11-23 09:30").does(TUNG, &reference, "response", &answer).await;
    house.settle().await;
    is_one(&taken(&house, HA), "Việc hẹn mới");
    let (_, entry) = last(&house, HA);
    assert_eq!((entry["SEQUENCE"].as_str(), entry["DTSTART"].as_str()), ("1", "20261128T090000Z"));
    assert!(entry["SUMMARY"].ends_with("Thay cáp"), "{entry:?}");
    assert_eq!(taken(&house, SON).len(), 4, "the owner hears nothing new");
    let loaded = house.load(&reference).await;
    assert_eq!(shown(&house, &loaded, Viewer::Complainant).await, ["und_1", "und_2"]);

    let told = json!({"proposal": "pro_1", "told": {"by": "phone", "to": "bà Hà", "words": "Đã nói"}, "because": "Gọi thêm"});
    house.does(TUNG, &reference, "response", &told).await;
    house.settle().await;
    is_one(&taken(&house, HA), "Việc hẹn mới");
}

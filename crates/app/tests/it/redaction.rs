//! Words that must go are gone from every row, and everything else still says what it said.

use redress_app::{AppError, view::Viewer};
use redress_store::{StreamId, StreamKind};
use redress_testkit::people::*;
use serde_json::{Value, json};

use crate::{
    history::{answered, disagreed},
    kit::{House, noise, with},
};

const SECRET: &str = "ông Thành căn 1204";

/// Everything stored in the log that still holds the words.
async fn holding(house: &House) -> Vec<String> {
    let all = house.store().events_after(0, 500).await.expect("it is read");
    let holds = |text: Option<&str>| text.is_some_and(|text| text.contains(SECRET));
    all.iter()
        .filter(|event| holds(event.words.as_deref()) || holds(Some(&event.facts)))
        .map(|event| event.kind.clone())
        .collect()
}

async fn redact(
    house: &House,
    reference: &str,
    who: &str,
    fields: &[&str],
) -> Result<(), AppError> {
    let opened = house.load(reference).await.history[0].stored.pos;
    let body = json!({"event": opened, "fields": fields, "ground": "third-party-data"});
    house.run(who, reference, "redaction", &body).await.map(|_| ())
}

async fn title_in_row(house: &House, reference: &str) -> String {
    let found = house.store().history_by_reference(reference).await.expect("it is read");
    found.expect("it is there").0.title
}

fn about_a_neighbour() -> Value {
    with(
        noise(),
        &json!({"text": format!("{SECRET} làm hỏng cửa thang."), "remedy_sought": "Sửa cửa"}),
    )
}

#[tokio::test]
async fn redacted_words_leave_row_event_and_notice_and_the_rest_stays() {
    let house = House::open("2026-11-23 08:17").await;
    let receipt = house.complain(&about_a_neighbour()).await;
    let reference = receipt.reference;
    let other = house.complain(&noise()).await.reference;
    house.settle().await;
    assert_eq!(holding(&house).await, ["notice.received", "complaint.opened"]);
    assert!(title_in_row(&house, &reference).await.contains(SECRET));
    answered(&house, &reference).await;

    let refused = redact(&house, &reference, TUNG, &["text"]).await;
    assert!(matches!(refused, Err(AppError::Forbidden)), "{refused:?}");
    redact(&house, &reference, LAN, &["text"]).await.expect("care may");

    assert_eq!(holding(&house).await, Vec::<String>::new());
    assert_eq!(title_in_row(&house, &reference).await, "");
    let loaded = house.track(&receipt.tracking_url).await.expect("the link still opens");
    let detail = house.app.detail(&loaded, Viewer::Staff).await.expect("it is shown");
    assert_eq!(detail.item.title, "");
    assert_eq!(detail.remedy_sought.as_deref(), Some("Sửa cửa"), "what was not named stays");
    assert_eq!(
        house.load(&other).await.complaint.title.as_deref(),
        Some("Thang số 2 dừng lệch tầng khoảng bốn phân.")
    );
    assert_eq!(house.differences().await, []);
    house.verify_log().await;

    // A second redaction of the same event, and life goes on.
    redact(&house, &reference, DIRECTOR, &["remedy_sought"]).await.expect("the Director may");
    disagreed(&house, &reference).await;
    let loaded = house.load(&reference).await;
    let detail = house.app.detail(&loaded, Viewer::Staff).await.expect("it is shown");
    assert!(detail.remedy_sought.is_none_or(|text| text.is_empty()));
    assert_eq!(loaded.complaint.rounds.len(), 2);
    assert_eq!(house.differences().await, []);
    house.verify_log().await;
    let house = house.restart(None).await.expect("it starts again");
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn a_redacted_notice_keeps_its_commitment() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&about_a_neighbour()).await.reference;
    redact(&house, &reference, LAN, &["text"]).await.expect("care may");
    let loaded = house.load(&reference).await;
    let notice = house.store().notice_by_reference(&reference).await.expect("it is read");
    let notice = notice.expect("it is there");
    let stream = StreamId::new(StreamKind::Notice, &notice.id).expect("a name");
    let stored = house.store().stream(&stream).await.expect("it is read");
    assert!(stored[0].is_erased() && stored[0].words_salt.is_none(), "{:?}", stored[0]);
    let opened =
        house.store().events_of(&stream_of(&loaded.row.id), 0, 1).await.expect("it is read");
    assert!(opened[0].is_erased() && opened[0].words_salt.is_none(), "{:?}", opened[0]);
}

fn stream_of(id: &str) -> StreamId {
    StreamId::new(StreamKind::Complaint, id).expect("a name")
}

#[tokio::test]
async fn what_is_not_there_cannot_be_redacted() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&about_a_neighbour()).await.reference;
    for (event, fields) in [
        (9_999, "text"),
        (1, "text"),
        (house.load(&reference).await.history[0].stored.pos, "asset_code"),
    ] {
        let body = json!({"event": event, "fields": [fields], "ground": "third-party-data"});
        let refusal = house.refuses(LAN, &reference, "redaction", &body).await;
        assert_eq!(refusal.code.as_str(), "unknown-event", "{body}");
    }
}

//! What both sides are told of an undertaking, with the calendar entries that go with it.

use std::collections::BTreeMap;

use redress_app::{AppError, view::Viewer};
use redress_core::kinds::Lang;
use redress_testkit::{CUSTOMER, people::*};
use serde_json::json;

use crate::kit::{House, noise, with};

pub(crate) const HA: &str = "ha@example.vn";

/// An entry as another program reads it: unfolded, one value a name; parameters are left off.
fn entry(file: &[u8]) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(file).expect("UTF-8");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "folded: {text}");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "whole ends of lines: {text}");
    let unfolded = text.replace("\r\n ", "");
    let mut found = BTreeMap::new();
    for line in unfolded.split_terminator("\r\n") {
        let (name, value) = line.split_once(':').expect("a name and a value");
        let name = name.split(';').next().unwrap_or(name);
        if matches!(name, "BEGIN" | "END") {
            continue;
        }
        let before = found.insert(name.to_owned(), value.to_owned());
        assert!(before.is_none(), "{name} stands once");
    }
    for name in ["VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "DTSTART", "ORGANIZER"] {
        assert!(found.contains_key(name), "{name} is there: {text}");
    }
    found
}

/// The newest letters to an address with an entry: subject and entry.
pub(crate) fn last(house: &House, to: &str) -> (String, BTreeMap<String, String>) {
    let all = house.post.recorded();
    let newest =
        all.iter().rev().find(|kept| kept.letter.to == to && !kept.letter.attachments.is_empty());
    let letter = &newest.expect("a letter with an entry").letter;
    let file = letter.attachments.first().expect("an entry");
    assert!(file.media_type.starts_with("text/calendar"), "{}", file.media_type);
    (letter.subject.clone(), entry(&file.bytes))
}

pub(crate) async fn visited() -> (House, String) {
    let house = House::open("2026-11-23 08:17").await;
    let body = json!({"complainant": {"name": "Trần Thị Hà", "email": HA}, "reply_by": "email"});
    let reference = house.complain(&with(noise(), &body)).await.reference;
    house.at("2026-11-23 08:30").does(DIRECTOR, &reference, "handover", &json!({})).await;
    house.does(TUNG, &reference, "acceptance", &json!({"accept": true})).await;
    let visit = json!({
        "kind": "visit", "what": "Đo lại sàn tầng 4; mang thước, máy", "owner": SON,
        "due": "2026-11-24T14:00:00+07:00",
    });
    house.does(TUNG, &reference, "undertakings", &visit).await;
    house.settle().await;
    (house, reference)
}

#[tokio::test]
async fn both_sides_get_the_entry_its_update_and_its_cancellation() {
    let (house, reference) = visited().await;
    let (subject, made) = last(&house, HA);
    assert!(subject.contains("Việc hẹn mới"), "{subject}");
    assert_eq!((made["METHOD"].as_str(), made["SEQUENCE"].as_str()), ("REQUEST", "0"));
    assert_eq!(made["DTSTART"], "20261124T070000Z");
    assert_eq!(made["ATTENDEE"], format!("mailto:{HA}"));
    assert!(made["SUMMARY"].ends_with("Đo lại sàn tầng 4\\; mang thước\\, máy"), "{made:?}");
    let (_, owners) = last(&house, SON);
    assert_eq!(owners["UID"], made["UID"]);
    assert!(owners["URL"].contains("/desk/complaints/"), "staff open the file from it");

    let moved = json!({
        "id": "und_1", "outcome": "moved", "due": "2026-11-27T16:00:00+07:00", "reason": "Khách bận",
    });
    house.at("2026-11-23 15:00").does(TUNG, &reference, "undertakings", &moved).await;
    house.settle().await;
    for who in [HA, SON] {
        let (subject, update) = last(&house, who);
        assert!(subject.contains("Hẹn lại"), "{subject}");
        assert_eq!((update["METHOD"].as_str(), update["SEQUENCE"].as_str()), ("REQUEST", "1"));
        assert_eq!(
            (&update["UID"], update["DTSTART"].as_str()),
            (&made["UID"], "20261127T090000Z")
        );
        assert!(update["DESCRIPTION"].contains("Khách bận"), "{update:?}");
    }

    let cancelled = json!({"id": "und_1", "outcome": "cancelled", "reason": "Không cần nữa"});
    house.does(TUNG, &reference, "undertakings", &cancelled).await;
    house.settle().await;
    for who in [HA, SON] {
        let (_, end) = last(&house, who);
        assert_eq!((end["METHOD"].as_str(), end["STATUS"].as_str()), ("CANCEL", "CANCELLED"));
        assert_eq!((&end["UID"], end["SEQUENCE"].as_str()), (&made["UID"], "2"));
    }
}

#[tokio::test]
async fn the_complainants_entry_names_nobody_of_the_staff() {
    let (house, reference) = visited().await;
    let loaded = house.load(&reference).await;
    for lang in Lang::ALL {
        let file = house.app.calendar_file(&loaded, "und_1", Viewer::Complainant, *lang);
        let file = file.expect("it is there").text;
        let found = entry(file.as_bytes());
        assert_eq!(found["METHOD"], "PUBLISH");
        assert!(!found.contains_key("ATTENDEE") && !found.contains_key("URL"), "{file}");
        for word in [SON, TUNG, "desk", house.actor_name(SON).await.as_str()] {
            assert!(!file.contains(word), "{word} in {file}");
        }
    }
    let unknown = house.app.calendar_file(&loaded, "und_9", Viewer::Complainant, Lang::Vi);
    assert!(matches!(unknown, Err(AppError::NotFound)));
}

#[tokio::test]
async fn a_mail_about_an_undertaking_keeps_no_promise() {
    let (house, reference) = visited().await;
    let loaded = house.load(&reference).await;
    assert!(loaded.complaint.promises.iter().all(|promise| promise.kept_at.is_none()));
}

#[tokio::test]
async fn the_owner_is_reminded_and_the_head_hears_once_it_is_overdue_also_after_closing() {
    let (house, reference) = visited().await;
    house.does(CUSTOMER, &reference, "withdrawal", &json!({"reason": "Đã ổn"})).await;
    house.does(MAI, &reference, "closure", &json!({"as": "withdrawn"})).await;
    house.at("2026-11-24 08:00").settle().await;
    let reminded = |word: &str| {
        let all = house.post.recorded().into_iter();
        let mut to: Vec<String> = all
            .filter(|kept| kept.letter.subject.contains(word))
            .map(|kept| kept.letter.to)
            .collect();
        to.sort();
        to
    };
    assert_eq!(reminded("Sắp đến hạn"), [SON]);
    assert_eq!(reminded("Quá hạn"), [""; 0]);
    house.at("2026-11-26 08:00").settle().await;
    house.at("2026-11-30 08:00").settle().await;
    let mut both = vec![HUY.to_owned(), SON.to_owned()];
    both.sort();
    assert_eq!(reminded("Quá hạn"), both, "once");
    let loaded = house.load(&reference).await;
    let page = house.app.detail(&loaded, Viewer::Complainant).await.expect("it is shown");
    assert_eq!(page.undertakings[0].state, "late");
    assert!(page.undertakings[0].late_by.is_some_and(|late| late > 5 * 24 * 3600));
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn a_paused_promise_stands_plainly_in_list_and_page_and_its_rows_rebuild() {
    let mut pack = redress_core::policy::shipped();
    pack.policy.pause.allowed = true;
    let house = House::open_under("2026-11-23 08:17", Some(pack), &everybody()).await;
    let reference = house.complain(&noise()).await.reference;
    house.at("2026-11-23 08:30").does(DIRECTOR, &reference, "handover", &json!({})).await;
    house.does(TUNG, &reference, "acceptance", &json!({"accept": true})).await;
    let call = json!({"direction": "out", "channel": "phone", "text": "Đã gọi", "because": "x", "by_hand": {}});
    house.does(MAI, &reference, "messages", &call).await;
    let pause = json!({
        "promise": "resolution", "category": "waiting-for-complainant", "reason": "Chờ ảnh",
    });
    house.at("2026-11-24 09:00").does(TUNG, &reference, "pause", &pause).await;
    house.at("2026-11-30 09:00").settle().await;
    let loaded = house.load(&reference).await;
    let page = house.app.detail(&loaded, Viewer::Staff).await.expect("it is shown");
    let next = page.item.next.as_ref().expect("it waits");
    assert_eq!((next.state.as_str(), &next.due), ("paused", &None));
    let shown = page.promises.iter().find(|p| p.promise == "resolution").expect("set");
    assert_eq!((shown.state.as_str(), &shown.late_in), ("paused", &None));
    assert_eq!(shown.paused_since.as_deref(), Some("2026-11-24T09:00:00+07:00"));
    assert_eq!(house.differences().await, []);
    house.does(TUNG, &reference, "resumption", &json!({"promise": "resolution"})).await;
    let loaded = house.load(&reference).await;
    let page = house.app.detail(&loaded, Viewer::Staff).await.expect("it is shown");
    let next = page.item.next.as_ref().expect("it runs");
    assert_eq!(next.due.as_deref(), Some("2026-12-03T00:00:00+07:00"), "six midnights later");
    assert_eq!(house.differences().await, []);
}

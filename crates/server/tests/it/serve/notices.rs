//! Notices as people type them: every fault at once in their language, and what is stored.
//! Must not test files or keys.

use serde_json::{Value, json};

use super::house::{CARE, DIRECTOR, House, noise, with};
use super::http::Answer;

fn post(house: &House, lang: &str, body: &Value) -> Answer {
    house.client.post("/api/v1/complaints").header("accept-language", lang).json(body).send()
}

/// The faults as `pointer code`, sorted.
#[track_caller]
fn faults(answer: Answer) -> Vec<String> {
    let problem = answer.problem(422);
    let errors = problem["errors"].as_array().expect("a list").iter().map(|error| {
        let text = |name: &str| error[name].as_str().expect("is a text");
        assert!(!text("detail").is_empty(), "{error}");
        format!("{} {}", text("pointer"), text("code"))
    });
    let mut errors: Vec<String> = errors.collect();
    errors.sort();
    errors
}

/// How many complaints there are.
fn count(house: &House) -> usize {
    let token = house.token(DIRECTOR);
    let path = "/api/v1/complaints?state=all&limit=200";
    let page = house.client.get(path).token(token).send().is(200).json();
    page["items"].as_array().expect("a list").len()
}

#[test]
fn every_fault_of_a_notice_is_named_at_once_in_the_language_asked_for() {
    let house = House::open();
    let long = "ă".repeat(10_001);
    let line = "a".repeat(301);
    let spoilt = json!({
        "language": "fr", "kind": "rant", "about": "weather", "category": "NOPE", "text": long,
        "remedy_sought": "\u{1b}[2J", "asset": line, "place": line, "relation": "cousin",
        "happened_at": "yesterday", "reply_by": "pigeon", "received_at": "2026-01-01T00:00:00Z",
        "consent": {"notice": "soon"}, "complainant": {"as": "ghost", "name": "a\u{0}b",
        "phone": "12", "email": "ha@", "address": line},
    });
    let expected = [
        "/about not-a-choice",
        "/asset too-long",
        "/category unknown-category",
        "/complainant/address too-long",
        "/complainant/as not-a-choice",
        "/complainant/email not-an-email",
        "/complainant/name control-character",
        "/complainant/phone not-a-phone",
        "/consent/notice not-a-date",
        "/happened_at not-an-instant",
        "/kind not-a-choice",
        "/language not-a-choice",
        "/place too-long",
        "/received_at staff-only",
        "/relation not-a-choice",
        "/remedy_sought control-character",
        "/reply_by not-a-choice",
        "/text too-long",
    ];
    let mut said = Vec::new();
    for lang in ["vi", "en", "lo"] {
        let answer = post(&house, lang, &spoilt);
        assert_eq!(answer.header("content-language"), lang);
        let problem = answer.json();
        let words = |at: usize| problem["errors"][at]["detail"].as_str().expect("words").to_owned();
        said.push((problem["title"].clone(), words(0), words(3)));
        assert_eq!(faults(answer), expected, "{lang}");
    }
    said.dedup();
    assert_eq!(said.len(), 3, "three languages say it in three ways: {said:?}");
    let lao = |c: char| ('\u{e80}'..='\u{eff}').contains(&c);
    assert!(said[2].1.contains(lao) && !said[1].1.contains(lao), "{said:?}");
    assert_eq!(count(&house), 0);
}

#[test]
fn a_notice_needs_words_and_one_way_back_but_danger_needs_neither() {
    let house = House::open();
    for (body, expected) in [
        (json!({}), vec!["/complainant/phone no-contact", "/text missing"]),
        (json!({"text": " \n\t "}), vec!["/complainant/phone no-contact", "/text missing"]),
        (json!({"text": "Kêu", "complainant": {}}), vec!["/complainant/phone no-contact"]),
        (json!({"complainant": {"email": "ha@example.vn"}}), vec!["/text missing"]),
        (json!({"text": "a\u{0}b", "danger": true}), vec!["/text control-character"]),
    ] {
        assert_eq!(faults(post(&house, "en", &body)), expected, "{body}");
    }
    for body in [
        json!({"danger": true}),
        json!({"text": "Kêu", "complainant": {"email": "ha@example.vn"}}),
        json!({"text": "Kêu", "complainant": {"address": "12 Hàng Bạc, Hà Nội"}}),
    ] {
        post(&house, "vi", &body).is(201);
    }
    assert_eq!(count(&house), 3);
}

#[test]
fn words_are_kept_as_typed_in_the_one_stored_form() {
    let house = House::open();
    for (typed, kept) in [
        ("Thang ma\u{301}y kêu to lă\u{301}m", "Thang máy kêu to lắm"),
        ("Thang mays keeu to lawms, sửa ddi", "Thang mays keeu to lawms, sửa ddi"),
        ("dòng một\r\ndòng hai\rdòng ba\n", "dòng một\ndòng hai\ndòng ba"),
        (
            "ລິບຕິດຢູ່ຊັ້ນ 3 \u{1f6d7} <script>alert(1)</script>",
            "ລິບຕິດຢູ່ຊັ້ນ 3 \u{1f6d7} <script>alert(1)</script>",
        ),
        (
            "{{ company }} {% raw %} %s $1 '; DROP TABLE complaints;--",
            "{{ company }} {% raw %} %s $1 '; DROP TABLE complaints;--",
        ),
        (&"ẫ".repeat(10_000), &"ẫ".repeat(10_000)),
    ] {
        let case = house.complain(&with(noise(), json!({"text": typed})));
        for who in [CARE, &case.tracking] {
            assert_eq!(house.show(who, &case.reference)["text"], kept);
        }
    }
}

#[test]
fn staff_enter_what_came_by_other_channels_with_its_true_time() {
    let house = House::open();
    let entered = json!({"channel": "zalo", "received_at": "2026-11-02T08:17:00+07:00",
                         "category": "NOISE", "about": "product"});
    let body = with(noise(), entered);
    assert_eq!(
        faults(post(&house, "vi", &body)),
        ["/channel staff-only", "/received_at staff-only"]
    );
    let ask = house.client.post("/api/v1/complaints").token(house.token(CARE));
    let receipt = ask.clone().json(&body).send().is(201).json();
    assert_eq!(receipt["received_at"], "2026-11-02T08:17:00+07:00");
    assert_eq!(receipt["promises"][0]["due"], "2026-11-02T11:17:00+07:00");
    assert_eq!(receipt["promises"][1]["due"], "2026-11-06T00:00:00+07:00");
    let reference = receipt["reference"].as_str().expect("a text");
    let path = format!("/api/v1/complaints/{reference}/events");
    super::wait::until("warnings and lapse of promises that ended long ago", || {
        let events = house.client.get(&path).token(house.token(CARE)).send().is(200).text();
        (events.contains("promise.missed") && events.contains("promise.warned")).then_some(())
    });
    let seen = house.show(CARE, reference);
    assert_eq!((&seen["channel"], &seen["next"]["state"]), (&json!("zalo"), &json!("late")));
    assert!(seen["promises"][0]["late_by"].as_u64().is_some_and(|late| late > 3600), "{seen}");
    let future = with(body, json!({"received_at": "2099-01-01T00:00:00+07:00"}));
    assert_eq!(faults(ask.json(&future).send()), ["/received_at in-future"]);
}

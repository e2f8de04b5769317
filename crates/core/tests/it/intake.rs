//! Notices as typed: every fault at once with its place, ways back, promises of the shipped pack.

use jiff::Timestamp;
use redress_core::{
    complaint::event::ComplaintOpened,
    id::{NoticeId, PersonId},
    intake::{Body, Intake, NewNotice, interpret, parse},
    kinds::{ChannelKind::*, Kind, Lang, Severity},
    reference::Reference,
};
use redress_testkit::policy;
use serde_json::{Value, json};

const NOW: &str = "2026-11-23T08:17:00+07:00";

fn now() -> Timestamp {
    NOW.parse().expect("an instant")
}

fn read(body: &Value, by_staff: bool) -> Result<NewNotice, Vec<(String, &'static str)>> {
    let body: Body = serde_json::from_value(body.clone()).expect("a body");
    parse(&body, policy(), by_staff, now())
        .map_err(|errors| errors.iter().map(|error| (error.pointer.clone(), error.code)).collect())
}

fn check(body: &Value, by_staff: bool, expected: &[(&str, &str)]) {
    let faults = read(body, by_staff).expect_err("a faulty body");
    let faults: Vec<_> = faults.iter().map(|(at, code)| (at.as_str(), *code)).collect();
    assert_eq!(faults, expected, "{body}");
}

fn opened(body: &Value, at: Timestamp) -> Result<ComplaintOpened, redress_calendar::CalendarError> {
    let staff = body.get("channel").is_some();
    let notice = read(body, staff).expect("a good body");
    let text = body.to_string();
    let intake = Intake {
        notice: NoticeId::new(at, &[1; 10]),
        person: PersonId::new(at, &[2; 10]),
        reference: Reference::new("KN", 2026, 384).expect("a good number"),
        body: &text,
        body_sha256: String::new(),
        tracking_sha256: String::new(),
        files: vec![],
        now: at,
    };
    interpret(&notice, &intake, policy()).map(|interpretation| interpretation.opened)
}

fn good() -> Value {
    json!({"text": "Thang kêu to", "complainant": {"phone": "0912345678"}})
}

fn with(name: &str, value: Value) -> Value {
    let mut body = good();
    body[name] = value;
    body
}

#[test]
fn a_text_and_one_way_to_reach_the_person_are_enough() {
    let notice = read(&good(), false).expect("enough");
    assert_eq!((notice.language, notice.kind), (Lang::Vi, Kind::Complaint));
    let opened = opened(&good(), now()).expect("within the calendar");
    assert_eq!((opened.severity, opened.safety), (Severity::Medium, false));
    assert_eq!(opened.ways, [Phone, Sms]);
}

#[test]
fn all_faults_are_told_at_once_with_their_places() {
    let body = json!({
        "language": "fr", "kind": "praise", "about": "lift", "category": "X", "text": "a\u{0}b",
        "asset": "L".repeat(61), "relation": "tenant", "place": "a\u{7}b", "happened_at": "2027-01-01T00:00:00Z",
        "complainant": {"as": "robot", "name": "n".repeat(301), "phone": "12", "email": "ha@"},
        "reply_by": "pigeon", "consent": {"notice": "yesterday"}, "attachments": vec!["upl"; 11],
    });
    check(
        &body,
        false,
        &[
            ("/language", "not-a-choice"),
            ("/text", "control-character"),
            ("/category", "unknown-category"),
            ("/about", "not-a-choice"),
            ("/complainant/as", "not-a-choice"),
            ("/complainant/name", "too-long"),
            ("/complainant/phone", "not-a-phone"),
            ("/complainant/email", "not-an-email"),
            ("/reply_by", "not-a-choice"),
            ("/attachments", "too-many"),
            ("/kind", "not-a-choice"),
            ("/asset", "too-long"),
            ("/relation", "not-a-choice"),
            ("/place", "control-character"),
            ("/happened_at", "in-future"),
            ("/consent/notice", "not-a-date"),
        ],
    );
}

#[test]
fn an_empty_body_says_what_is_missing() {
    check(&json!({}), false, &[("/text", "missing"), ("/complainant/phone", "no-contact")]);
    let long = "a".repeat(10_001);
    check(
        &json!({"text": long, "complainant": {"name": "n".repeat(301)}}),
        false,
        &[
            ("/text", "too-long"),
            ("/complainant/name", "too-long"),
            ("/complainant/phone", "no-contact"),
        ],
    );
}

#[test]
fn what_only_staff_may_state_is_refused_to_the_public() {
    let mut body = good();
    for (name, value) in
        [("channel", "zalo"), ("received_at", NOW), ("office", "HN1"), ("sender", "z-1")]
    {
        body[name] = json!(value);
    }
    check(
        &body,
        false,
        &[
            ("/channel", "staff-only"),
            ("/received_at", "staff-only"),
            ("/office", "staff-only"),
            ("/sender", "staff-only"),
        ],
    );
    check(&body, true, &[("/office", "unknown-office")]);
    check(&with("channel", json!("visit")), true, &[("/channel", "not-a-choice")]);
    check(&with("received_at", json!("soon")), true, &[("/received_at", "not-an-instant")]);
}

#[test]
fn danger_needs_neither_words_nor_a_contact() {
    let body = json!({"danger": true});
    let notice = read(&body, false).expect("somebody may be trapped");
    assert_eq!(notice.text, "");
    let opened = opened(&body, now()).expect("within the calendar");
    assert_eq!((opened.severity, opened.safety, opened.ways.len()), (Severity::Critical, true, 0));
    assert_eq!(opened.route.by_itself_at, Some(now()));
}

#[test]
fn a_picture_without_words_is_a_complaint() {
    let body = json!({"attachments": ["upl_1"], "complainant": {"email": "ha@example.vn"}});
    assert_eq!(read(&body, false).map(|notice| notice.attachments.len()), Ok(1));
}

#[test]
fn an_upload_named_twice_is_one_file() {
    let ids = json!(["upl_1", "upl_2", " ", "upl_1"]);
    let notice = read(&with("attachments", ids), false).expect("it is read");
    assert_eq!(notice.attachments, ["upl_1", "upl_2"]);
}

#[test]
fn texts_are_composed_and_trimmed() {
    let decomposed = "  Thang ma\u{301}y ke\u{302}u\r\nto  ";
    let notice = read(&with("text", json!(decomposed)), false).expect("a good body");
    assert_eq!(notice.text, "Thang máy kêu\nto");
    let notice = read(&with("text", json!("Thang may keeu to")), false).expect("raw Telex stays");
    assert_eq!(notice.text, "Thang may keeu to");
}

#[test]
fn ways_back_follow_what_is_known_of_the_person() {
    for (body, ways) in [
        (good(), vec![Phone, Sms]),
        (with("reply_by", json!("zalo")), vec![Zalo, Phone, Sms]),
        (with("place", json!("Tầng 4, toà B")), vec![Phone, Sms, Visit]),
        (with("complainant", json!({"email": "ha@example.vn"})), vec![Email]),
        (with("complainant", json!({"address": "12 Phố Huế"})), vec![Letter, Visit]),
        (json!({"text": "x", "channel": "viber", "sender": "v-1"}), vec![Viber]),
        (json!({"text": "x", "channel": "office"}), vec![Visit, Office]),
    ] {
        assert_eq!(opened(&body, now()).expect("good").ways, ways, "{body}");
    }
}

#[test]
fn promises_count_from_the_moment_a_channel_had_it_and_never_later_than_entry() {
    let body = with("channel", json!("letter"));
    let mut stated = body.clone();
    stated["received_at"] = json!("2026-11-20T16:00:00+07:00");
    for (body, first, last) in [
        (&body, "2026-11-23T11:17:00+07:00", "2026-11-27T00:00:00+07:00"),
        (&stated, "2026-11-20T19:00:00+07:00", "2026-11-24T00:00:00+07:00"),
    ] {
        let opened = opened(body, now()).expect("within the calendar");
        let due: Vec<_> =
            opened.promises.iter().map(|set| (set.promise.as_str(), set.due)).collect();
        let expected = [("first-reply", first), ("resolution", last)];
        assert_eq!(due, expected.map(|(id, at)| (id, at.parse().expect("an instant"))));
        let Some(last) = opened.promises[0].warn_at.last() else { panic!("a ladder") };
        assert_eq!(*last, opened.promises[0].due, "the last warning is the due instant itself");
        assert_eq!(
            opened.route.by_itself_at,
            Some("2026-11-23T09:17:00+07:00".parse().expect("an instant"))
        );
    }
}

#[test]
fn a_category_says_what_it_is_about_unless_the_person_does() {
    let body = with("category", json!("LEVELLING"));
    let opened_by = |body: &Value| opened(body, now()).expect("good");
    assert_eq!(opened_by(&body).route.to.as_str(), "technical");
    assert_eq!(opened_by(&body).severity, Severity::High);
    let mut other = body;
    other["about"] = json!("product");
    assert_eq!(opened_by(&other).route.to.as_str(), "care");
    assert!(opened_by(&with("category", json!("ENTRAPMENT"))).safety);
}

#[test]
fn a_calendar_that_ends_before_a_promise_is_an_error_and_no_guess() {
    let late = "2030-12-30T09:00:00+07:00".parse().expect("an instant");
    let error = opened(&good(), late).expect_err("the calendar ends on 2030-12-31");
    assert!(matches!(error, redress_calendar::CalendarError::BeyondCoverage { .. }), "{error}");
}

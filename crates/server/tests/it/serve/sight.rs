//! Who sees what: shapes of list and detail, and what is kept from whom. Must not change much.

use serde_json::{Value, json};

use super::house::{A, ADMIN, AUDITOR, B, CARE, DIRECTOR, HEAD, House, OTHER, noise, verb, with};
use super::life::Life;

/// The fields of one complaint in a list.
const ITEM: &[&str] = &[
    "reference",
    "state",
    "round",
    "kind",
    "about",
    "category",
    "severity",
    "safety",
    "channel",
    "language",
    "title",
    "received_at",
    "department",
    "holder",
    "next",
    "unread",
    "version",
];
/// What the detail adds.
const DETAIL: &[&str] = &[
    "complainant",
    "text",
    "asset",
    "promises",
    "rounds",
    "undertakings",
    "messages",
    "files",
    "policy",
];
const PROMISE: &[&str] = &["promise", "round", "due", "state", "kept_at", "late_by", "steps_url"];
const ROUND: &[&str] =
    &["round", "verifier", "decider", "outcome", "ground", "answered_at", "frozen"];

#[track_caller]
fn has(value: &Value, names: &[&str]) {
    for name in names {
        assert!(value.get(name).is_some(), "no {name} in {value}");
    }
}

fn list(house: &House, who: &str, query: &str) -> Value {
    let path = format!("/api/v1/complaints?{query}");
    house.client.get(&path).token(house.token(who)).send().is(200).json()
}

fn references(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("a list").iter();
    items.map(|item| item["reference"].as_str().expect("a text")).collect()
}

#[test]
fn list_and_detail_have_the_published_fields() {
    let house = House::open();
    let life = Life::begin(&house);
    life.answered();
    let token = house.token(DIRECTOR);
    let answer = house.client.get("/api/v1/complaints").token(token).send().is(200);
    assert_eq!(answer.text().matches("\"reference\"").count(), 1);
    let page = answer.json();
    assert_eq!(page["next"], Value::Null);
    let item = &page["items"][0];
    has(item, ITEM);
    let expected = json!({
        "reference": life.case.reference, "state": "answered", "round": 1, "kind": "complaint",
        "about": "service", "category": "LEVELLING", "severity": "high", "safety": false,
        "channel": "web", "language": "vi", "department": "technical", "holder": A,
    });
    for (name, value) in expected.as_object().expect("an object") {
        assert_eq!(item[name], *value, "{name}");
    }
    let path = format!("/api/v1/complaints/{}", life.case.reference);
    let answer = house.client.get(&path).token(token).send().is(200);
    let detail = answer.json();
    assert_eq!(answer.header("etag"), format!("\"{}\"", detail["version"]));
    has(&detail, ITEM);
    has(&detail, DETAIL);
    for name in ITEM {
        assert_eq!(detail[name], item[name], "{name}");
    }
    has(&detail["promises"][0], PROMISE);
    has(&detail["rounds"][0], ROUND);
    assert_eq!(detail["policy"], "alphatech@1");
    assert_eq!(detail["complainant"]["phone"], "+84912345678");
    assert_eq!(detail["rounds"][0]["outcome"], "upheld");
}

#[test]
fn lists_are_filtered_and_paged_without_loss() {
    let house = House::open();
    let cases: Vec<_> = (0..7).map(|_| house.complain(&noise())).collect();
    let life = Life { house: &house, case: cases[0].clone() };
    life.step(DIRECTOR, "handover", &json!({"to": "technical"}), "handed-over");
    let mut seen = Vec::new();
    let mut query = "limit=2".to_owned();
    loop {
        let page = list(&house, CARE, &query);
        seen.extend(references(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        query = format!("limit=2&after={next}");
    }
    seen.sort();
    let mut all: Vec<_> = cases.iter().map(|case| case.reference.clone()).collect();
    all.sort();
    assert_eq!(seen, all);
    let one = [cases[0].reference.as_str()];
    assert_eq!(references(&list(&house, CARE, "state=handed-over")), one);
    assert_eq!(references(&list(&house, CARE, "department=technical")), one);
    assert_eq!(references(&list(&house, CARE, &format!("q={}", cases[0].reference))), one);
    assert_eq!(references(&list(&house, CARE, "state=closed")).len(), 0);
    assert_eq!(references(&list(&house, CARE, "promise=running")).len(), 7);
    assert_eq!(references(&list(&house, CARE, "promise=late")).len(), 0);
    assert_eq!(references(&list(&house, CARE, "order=next_due")).len(), 7);
}

#[test]
fn the_complainant_sees_no_notes_no_colleagues_no_findings_and_nobody_elses_complaint() {
    let house = House::open();
    let life = Life::begin(&house);
    let secret = "chuyện nội bộ";
    life.step(CARE, "notes", &json!({"text": secret, "mentions": [HEAD]}), "received");
    life.step(DIRECTOR, "handover", &json!({"to": "technical", "note": secret}), "handed-over");
    life.step(A, "acceptance", &json!({"accept": true}), "verifying");
    let finding = json!({"check": "levelling", "side": "company", "text": secret});
    life.step(A, "findings", &finding, "verifying");
    let decision = json!({"outcome": "upheld", "reasons": secret});
    life.step(A, "decision", &decision, "deciding");
    let path = format!("/api/v1/complaints/{}", life.case.reference);
    let answer = house.client.get(&path).token(life.me()).send().is(200);
    let seen = answer.text();
    for hidden in [secret, "@alphatech", "38 mm"] {
        assert!(!seen.contains(hidden), "{hidden} in {seen}");
    }
    for name in ["findings", "proposals", "attempts", "tasks"] {
        assert_eq!(answer.json()[name], json!([]), "{name}");
    }
    let token = life.me();
    house.client.get(&format!("{path}/events")).token(token).send().problem(403);
    house.client.get("/api/v1/complaints").token(token).send().problem(401);
    let stranger = house.complain(&noise());
    let theirs = format!("/api/v1/complaints/{}", stranger.reference);
    house.client.get(&theirs).token(token).send().problem(404);
    house.client.get(&format!("{theirs}/promises/resolution/1")).token(token).send().problem(404);
    house.run(token, &stranger.reference, "messages", &json!({"text": "?"})).problem(404);
    let staff = [
        ("sighting", json!({})),
        ("handover", json!({"to": "care"})),
        ("notes", json!({"text": "?"})),
        ("approval", json!({"proposal": "pro_1", "approve": true})),
        ("closure", json!({"as": "agreed"})),
    ];
    for (command, body) in staff {
        life.tried(token, command, &body).problem(403);
    }
}

#[test]
fn an_auditor_reads_everything_and_changes_nothing_and_an_administrator_sees_nothing() {
    let house = House::open();
    let life = Life::begin(&house);
    let commands = [
        ("sighting", json!({})),
        ("handover", json!({"to": "technical"})),
        ("notes", json!({"text": "?"})),
        ("closure", json!({"as": "agreed"})),
        ("withdrawal", json!({"reason": "?"})),
        ("agreement", json!({})),
        ("redaction", json!({"event": 1, "fields": ["text"], "ground": "third-party-data"})),
    ];
    let path = format!("/api/v1/complaints/{}", life.case.reference);
    for who in [AUDITOR, ADMIN] {
        let ask = house.client.post("/api/v1/complaints").token(house.token(who));
        ask.json(&with(noise(), json!({"channel": "phone"}))).send().problem(403);
    }
    for (command, body) in &commands {
        life.tried(AUDITOR, command, body).problem(403);
        life.tried(ADMIN, command, body).problem(404);
    }
    for path in [&path, &format!("{path}/events")] {
        house.client.get(path).token(house.token(AUDITOR)).send().is(200);
        house.client.get(path).token(house.token(ADMIN)).send().problem(404);
    }
    assert_eq!(references(&list(&house, AUDITOR, "")).len(), 1);
    house.client.get("/api/v1/complaints").token(house.token(ADMIN)).send().problem(403);
}

#[test]
fn a_department_sees_only_what_was_handed_to_it() {
    let house = House::open();
    let theirs = Life::begin(&house);
    let other = Life::begin_with(&house, &with(noise(), json!({"about": "product"})));
    let path = |life: &Life<'_>| format!("/api/v1/complaints/{}", life.case.reference);
    let status = |who: &str, life: &Life<'_>| {
        house.client.get(&path(life)).token(house.token(who)).send().status
    };
    for who in [A, B, HEAD, OTHER] {
        assert_eq!((status(who, &theirs), status(who, &other)), (404, 404), "{who}");
        theirs.tried(who, "notes", &json!({"text": "?"})).problem(404);
    }
    for who in [A, B, HEAD] {
        assert_eq!(references(&list(&house, who, "state=all")), Vec::<&str>::new(), "{who}");
    }
    theirs.step(DIRECTOR, "handover", &json!({"to": "technical"}), "handed-over");
    other.step(DIRECTOR, "handover", &json!({"to": "care"}), "handed-over");
    for who in [A, B, HEAD] {
        assert_eq!((status(who, &theirs), status(who, &other)), (200, 404), "{who}");
        assert_eq!(references(&list(&house, who, "")), [theirs.case.reference.as_str()], "{who}");
        let asked = format!("state=all&department=care&q={}", other.case.reference);
        assert_eq!(references(&list(&house, who, &asked)), Vec::<&str>::new(), "{who}");
        assert_eq!(references(&list(&house, who, "department=care")).len(), 1, "{who}");
    }
    assert_eq!((status(OTHER, &theirs), status(OTHER, &other)), (404, 200));
}

#[test]
fn the_second_round_sees_findings_of_the_first_only_after_its_own() {
    let house = House::open();
    let life = Life::begin(&house);
    life.answered();
    life.step(life.me(), "disagreement", &json!({"text": "Vẫn lệch."}), "received");
    life.step(DIRECTOR, "handover", &json!({"to": "technical"}), "handed-over");
    life.step(B, "acceptance", &json!({"accept": true}), "verifying");
    let rounds = |name: &str| {
        let seen = house.show(B, &life.case.reference);
        let all = seen[name].as_array().expect("a list").clone();
        all.iter().map(|one| one["round"].as_u64().expect("a number")).collect::<Vec<_>>()
    };
    assert_eq!((rounds("findings"), rounds("proposals")), (vec![], vec![]));
    let events = |who: &str| {
        let path = format!("/api/v1/complaints/{}/events", life.case.reference);
        house.client.get(&path).token(house.token(who)).send().is(200).text()
    };
    let reasons = || house.show(B, &life.case.reference)["rounds"][0]["reasons"].clone();
    let (found, decided) = ("khi xuống có tải", "quá 10 mm cho phép");
    assert_eq!((events(B).contains(found), events(B).contains(decided)), (false, false));
    assert_eq!((events(AUDITOR).contains(found), reasons()), (true, Value::Null));
    let finding = json!({"check": "levelling", "side": "measurement", "text": "12 mm"});
    life.step(B, "findings", &finding, "verifying");
    assert_eq!((rounds("findings"), rounds("proposals")), (vec![1, 2], vec![1]));
    assert_eq!((events(B).contains(found), events(B).contains(decided)), (true, true));
    assert!(reasons().is_string());
}

#[test]
fn words_find_over_http_and_by_the_command_line_and_say_why() {
    let house = House::open();
    let about = |text: &str| house.complain(&with(noise(), json!({ "text": text }))).reference;
    let reference = about("Cửa tầng khoá không khít");
    about("Đèn nhấp nháy");
    let page = list(&house, CARE, "q=kho%C3%A1%20khit&state=all");
    assert_eq!(references(&page), [reference.as_str()]);
    let hit = json!({"in": "text", "parts": [
        {"text": "Cửa tầng ", "match": false},
        {"text": "khoá", "match": true},
        {"text": " không ", "match": false},
        {"text": "khít", "match": true},
    ]});
    assert_eq!(page["items"][0]["hit"], hit);
    assert_eq!(references(&list(&house, A, "q=khoa&state=all")), Vec::<&str>::new());
    let said = verb(house.path(), "complaint list --q khoa --state all --json").json();
    assert_eq!(references(&said), [reference.as_str()]);
    assert_eq!(said["items"][0]["hit"]["in"], "text");
    assert_eq!(verb(house.path(), "rebuild --search --json").json(), json!({"indexed": 2}));
    let listed = list(&house, CARE, "");
    assert!(listed["items"][0].get("hit").is_none(), "nothing was asked for");
}

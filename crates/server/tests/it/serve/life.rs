//! The whole life of a complaint by API: two rounds, six actors, every promise kept.
//! Must not test what is refused on the way.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};

use super::house::{A, AUDITOR, B, CARE, Case, DIRECTOR, HEAD, House, noise, with};
use super::http::Answer;

/// A complaint on its way.
pub(crate) struct Life<'h> {
    pub(crate) house: &'h House,
    pub(crate) case: Case,
}

impl<'h> Life<'h> {
    pub(crate) fn begin(house: &'h House) -> Self {
        Self::begin_with(house, &noise())
    }

    pub(crate) fn begin_with(house: &'h House, body: &Value) -> Self {
        Self { house, case: house.complain(body) }
    }

    /// The complainant acts by the tracking token.
    pub(crate) fn me(&self) -> &str {
        &self.case.tracking
    }

    pub(crate) fn tried(&self, who: &str, command: &str, body: &Value) -> Answer {
        self.house.run(who, &self.case.reference, command, body)
    }

    /// A step that must be done: 200, the version in body and `ETag`, the complaint in `state`.
    #[track_caller]
    pub(crate) fn step(&self, who: &str, command: &str, body: &Value, state: &str) -> Value {
        let answer = self.tried(who, command, body).is(200);
        let done = answer.json();
        let version = done["version"].as_u64().expect("a version");
        assert_eq!(answer.header("etag"), format!("\"{version}\""), "{command}");
        let events = done["events"].as_array().expect("a list");
        assert!(!events.is_empty(), "{command} made no event");
        assert_eq!(events.last().expect("one")["version"], version, "{command}");
        let seen = self.house.show(DIRECTOR, &self.case.reference);
        assert_eq!(seen["state"], state, "after {command}: {seen}");
        assert_eq!(seen["version"], version, "after {command}");
        done
    }

    /// Handed over to the technical department and taken by `verifier`, with a finding.
    #[track_caller]
    pub(crate) fn verified_by(&self, verifier: &str) {
        self.step(DIRECTOR, "handover", &json!({"to": "technical"}), "handed-over");
        self.step(verifier, "acceptance", &json!({"accept": true}), "verifying");
        self.step(verifier, "findings", &finding(), "verifying");
    }

    /// A proposal of `who`; its id.
    #[track_caller]
    pub(crate) fn proposed_by(&self, who: &str) -> String {
        let decision = json!({"outcome": "upheld", "reasons": "Lệch 38 mm, quá 10 mm cho phép."});
        let done = self.step(who, "decision", &decision, "deciding");
        let proposal = done["events"][0]["facts"]["proposal"].as_str().expect("an id");
        proposal.to_owned()
    }

    /// The answer told by telephone.
    #[track_caller]
    pub(crate) fn told_by(&self, who: &str, proposal: &str) {
        self.step(who, "response", &told(proposal), "answered");
    }

    /// The first round until the answer is told.
    #[track_caller]
    pub(crate) fn answered(&self) {
        self.verified_by(A);
        let proposal = self.proposed_by(A);
        self.step(HEAD, "approval", &json!({"proposal": proposal, "approve": true}), "responding");
        self.told_by(A, &proposal);
    }

    fn promise(&self, promise: &str, round: u8) -> Value {
        let seen = self.house.show(DIRECTOR, &self.case.reference);
        let all = seen["promises"].as_array().expect("a list").clone();
        let wanted = |known: &&Value| known["promise"] == promise && known["round"] == round;
        all.iter().find(wanted).expect("the promise was set").clone()
    }
}

pub(crate) fn finding() -> Value {
    json!({"check": "levelling", "side": "company", "text": "38 mm khi xuống có tải"})
}

pub(crate) fn told(proposal: &str) -> Value {
    json!({"proposal": proposal, "told": {"by": "phone", "to": "bà Hà",
           "words": "Chúng tôi đã chỉnh lại cảm biến tầng, xin lỗi bà."}})
}

fn instant(value: &Value) -> Timestamp {
    value.as_str().expect("a text").parse().expect("an instant")
}

#[test]
fn a_complaint_lives_its_whole_life_over_two_rounds_by_six_actors() {
    let house = House::open();
    let life = Life::begin(&house);
    let seen = house.show(DIRECTOR, &life.case.reference);
    assert_eq!((&seen["state"], &seen["unread"]), (&json!("received"), &json!(true)));
    life.step(DIRECTOR, "sighting", &json!({}), "received");
    life.step(DIRECTOR, "handover", &json!({"to": "technical", "join": []}), "handed-over");
    assert_eq!(life.promise("first-reply", 1)["state"], "running");
    let words = json!({"direction": "out", "channel": "phone", "text": "Đã nhận, chiều nay có thợ.",
                       "by_hand": {"with": "bà Hà"}});
    life.step(CARE, "messages", &words, "handed-over");
    assert_eq!(life.promise("first-reply", 1)["state"], "kept");
    life.step(A, "acceptance", &json!({"accept": true, "verifier": A}), "verifying");
    life.step(A, "findings", &finding(), "verifying");
    let first = life.proposed_by(A);
    life.step(HEAD, "approval", &json!({"proposal": first, "approve": true}), "responding");
    assert_eq!(life.promise("resolution", 1)["state"], "running");
    life.told_by(A, &first);
    assert_eq!(life.promise("resolution", 1)["state"], "kept");

    life.step(life.me(), "disagreement", &json!({"text": "Hôm nay vẫn lệch."}), "received");
    assert_eq!(life.promise("first-reply", 2)["state"], "running");
    assert_eq!(life.promise("resolution", 2)["state"], "running");
    life.step(DIRECTOR, "handover", &json!({"to": "technical"}), "handed-over");
    life.step(B, "acceptance", &json!({"accept": true, "verifier": B}), "verifying");
    life.step(B, "findings", &finding(), "verifying");
    let second = life.proposed_by(B);
    life.step(DIRECTOR, "approval", &json!({"proposal": second, "approve": true}), "responding");
    life.told_by(B, &second);
    assert_eq!(life.promise("first-reply", 2)["state"], "kept", "a result is a reply too (A33)");
    assert_eq!(life.promise("resolution", 2)["state"], "kept");
    life.step(life.me(), "agreement", &json!({"text": "Được rồi, cảm ơn."}), "answered");
    life.step(CARE, "closure", &json!({"as": "agreed"}), "archived");
    let rating = json!({"round": 2, "result": 4, "handling": 5});
    life.step(life.me(), "rating", &rating, "archived");

    let end = house.show(AUDITOR, &life.case.reference);
    assert_eq!((&end["round"], &end["next"]), (&json!(2), &Value::Null), "{end}");
    for promise in end["promises"].as_array().expect("a list") {
        assert_eq!(promise["state"], "kept", "{promise}");
    }
    let rounds = end["rounds"].as_array().expect("a list");
    assert_eq!((&rounds[0]["frozen"], &rounds[1]["frozen"]), (&json!(true), &json!(false)));
    assert_eq!((&rounds[0]["verifier"], &rounds[1]["verifier"]), (&json!(A), &json!(B)));
    six_actors(&life);
}

/// `/events` shows everybody who acted, in gap-free versions.
fn six_actors(life: &Life<'_>) {
    let path = format!("/api/v1/complaints/{}/events", life.case.reference);
    let token = life.house.token(AUDITOR);
    let page = life.house.client.get(&path).token(token).send().is(200).json();
    assert_eq!(page["next"], Value::Null);
    let events = page["items"].as_array().expect("a list");
    let versions: Vec<u64> = events.iter().filter_map(|event| event["version"].as_u64()).collect();
    assert_eq!(versions, (1..=events.len() as u64).collect::<Vec<_>>());
    let who = events
        .iter()
        .filter(|event| event["actor"]["kind"] != "system")
        .map(|event| event["actor"]["who"].as_str().expect("a text"));
    let who: BTreeSet<&str> = who.collect();
    assert_eq!(who.len(), 6, "{who:?}");
    for person in [DIRECTOR, CARE, A, HEAD, B] {
        assert!(who.contains(person), "{person} of {who:?}");
    }
    let kinds: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    for kind in [
        "complaint.opened",
        "director.saw",
        "complaint.handed_over",
        "handover.accepted",
        "message.told",
        "promise.kept",
        "finding.recorded",
        "decision.proposed",
        "proposal.approved",
        "response.told",
        "complaint.disagreed",
        "round.opened",
        "complaint.agreed",
        "complaint.closed",
        "complaint.archived",
        "rating.given",
    ] {
        assert!(kinds.contains(&kind), "{kind} of {kinds:?}");
    }
    for event in events {
        for name in ["pos", "at", "recorded_at", "facts", "words", "erased"] {
            assert!(event.get(name).is_some(), "{name} of {event}");
        }
    }
}

#[test]
fn promises_are_clock_times_the_receipt_the_detail_and_the_steps_agree_on() {
    let house = House::open();
    let receipt = house.client.post("/api/v1/complaints").json(&noise()).send().is(201);
    let location = receipt.header("location").to_owned();
    let receipt = receipt.json();
    let case = Case::of(&receipt);
    assert!(location.ends_with(&case.reference), "{location}");
    let received = instant(&receipt["received_at"]);
    let promises = receipt["promises"].as_array().expect("a list");
    let names: Vec<&Value> = promises.iter().map(|promise| &promise["promise"]).collect();
    assert_eq!(names, ["first-reply", "resolution"]);
    assert_eq!((promises[0].get("round"), &promises[1]["round"]), (None, &json!(1)));
    assert_eq!(instant(&promises[0]["due"]).duration_since(received).as_hours(), 3);
    let day: Date = receipt["received_at"].as_str().expect("a text")[..10].parse().expect("a date");
    let last = day.checked_add(jiff::Span::new().days(3)).expect("a date");
    let too_late = last.tomorrow().expect("a date");
    assert_eq!(promises[1]["due"], format!("{too_late}T00:00:00+07:00"));
    let seen = house.show(&case.tracking, &case.reference);
    for (n, promise) in seen["promises"].as_array().expect("a list").iter().enumerate() {
        assert_eq!(promise["due"], promises[n]["due"]);
        let steps = promise["steps_url"].as_str().expect("a link");
        let steps = house.client.get(steps).token(&case.tracking).send().is(200).json();
        assert_eq!((&steps["due"], &steps["due_on"]), (&promise["due"], &promise["due_on"]));
        assert_eq!(steps["steps"][0]["on"], day.to_string());
    }
}

#[test]
fn a_stale_version_is_answered_by_412_with_the_one_to_look_at() {
    let house = House::open();
    let life = Life::begin(&house);
    let path = format!("/api/v1/complaints/{}/handover", life.case.reference);
    let ask = |version: &str| {
        let ask = house.client.post(&path).token(house.token(DIRECTOR));
        ask.header("if-match", version).json(&json!({"to": "technical"})).send()
    };
    let version = house.show(DIRECTOR, &life.case.reference)["version"].clone();
    life.step(DIRECTOR, "sighting", &json!({}), "received");
    let problem = ask(&format!("\"{version}\"")).problem(412);
    assert_eq!(problem["version"], version.as_u64().expect("a number") + 1);
    assert_eq!(house.show(DIRECTOR, &life.case.reference)["state"], "received");
    ask("\"zwölf\"").problem(400);
    ask(&format!("\"{}\"", problem["version"])).is(200);
}

#[test]
fn a_closed_complaint_is_archived_once_the_last_undertaking_is_kept() {
    let house = House::open();
    let life = Life::begin(&house);
    life.verified_by(A);
    let remedy = json!({"what": "Thay cảm biến", "owner": A, "due": "2099-01-01T08:00:00+07:00"});
    let decision = json!({"outcome": "upheld", "reasons": "Hỏng.", "remedies": [remedy]});
    let done = life.step(A, "decision", &decision, "deciding");
    let proposal = done["events"][0]["facts"]["proposal"].as_str().expect("an id").to_owned();
    life.step(HEAD, "approval", &json!({"proposal": proposal, "approve": true}), "responding");
    life.told_by(A, &proposal);
    life.step(life.me(), "agreement", &json!({}), "answered");
    life.step(CARE, "closure", &json!({"as": "agreed"}), "closed");
    let seen = house.show(life.me(), &life.case.reference);
    let undertaking = &seen["undertakings"][0];
    assert_eq!(
        (&undertaking["state"], &undertaking["what"]),
        (&json!("running"), &json!("Thay cảm biến"))
    );
    assert_eq!(undertaking["owner"], Value::Null, "the complainant sees no staff e-mail");
    let kept = json!({"id": undertaking["id"], "outcome": "kept"});
    life.step(A, "undertakings", &kept, "archived");
}

#[test]
fn a_redaction_takes_the_words_everywhere_and_only_those_it_names() {
    let house = House::open();
    let secret = "số tài khoản 0123";
    let words = json!({"text": secret, "remedy_sought": "Sửa dứt điểm"});
    let life = Life::begin_with(&house, &with(noise(), words));
    life.step(CARE, "notes", &json!({"text": "Chú ý"}), "received");
    let path = format!("/api/v1/complaints/{}/events", life.case.reference);
    let token = house.token(AUDITOR);
    let opened = house.client.get(&path).token(token).send().json()["items"][0]["pos"].clone();
    let redaction = json!({"event": opened, "fields": ["text"], "ground": "third-party-data"});
    life.step(CARE, "redaction", &redaction, "received");
    let reference = &life.case.reference;
    let seen = [
        house.show(CARE, reference).to_string(),
        house.show(life.me(), reference).to_string(),
        house.client.get(&path).token(token).send().text(),
        house.client.get("/api/v1/complaints").token(token).send().text(),
    ];
    assert!(seen.iter().all(|seen| !seen.contains(secret)), "{seen:?}");
    assert_eq!(house.show(CARE, reference)["remedy_sought"], "Sửa dứt điểm");
    let log = super::house::verb(house.path(), "log verify --json").json();
    assert_eq!(log["valid"], true, "{log}");
    let rebuilt = super::house::verb(house.path(), "rebuild --json").json();
    assert_eq!(rebuilt["equal"], true, "{rebuilt}");
}

#[test]
fn a_complaint_nobody_looks_at_is_handed_over_by_itself_when_people_are_in_danger() {
    let house = House::open();
    let danger = json!({"danger": true, "category": "ENTRAPMENT", "text": "Có người kẹt"});
    let life = Life::begin_with(&house, &with(noise(), danger));
    let seen = super::wait::until("the automatic hand-over", || {
        let seen = house.show(DIRECTOR, &life.case.reference);
        (seen["state"] == "handed-over").then_some(seen)
    });
    assert_eq!((&seen["safety"], &seen["severity"]), (&json!(true), &json!("critical")));
    assert_eq!(seen["department"], "technical");
}

//! Requests that are no requests: broken JSON, ten thousand fields, unknown places.
//! Must not test what a well-formed notice may hold.

use serde_json::{Map, Value, json};

use super::house::{ADMIN, CARE, DIRECTOR, House, noise, with};

#[test]
fn a_body_that_cannot_be_read_is_answered_by_400_and_stores_nothing() {
    let house = House::open();
    for body in [
        &b"{"[..],
        b"",
        b"[]",
        b"null",
        b"\"text\"",
        b"{\"text\": \"a\", \"text\": \"b\"}",
        b"{\"text\": \"\\ud800\"}",
        b"{\"text\": \"\xff\xfe\"}",
        b"{\"txet\": \"misspelt\"}",
        b"text=K%C3%AAu&danger=true",
    ] {
        let shown = String::from_utf8_lossy(body);
        let ask = house.client.post("/api/v1/complaints").body("application/json", body);
        assert_eq!(ask.send().problem(400)["type"], "/problems/malformed", "{shown}");
    }
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    house.client.post("/api/v1/complaints").body("application/json", deep).send().problem(400);
    let path = "/api/v1/complaints?state=all";
    let page = house.client.get(path).token(house.token(DIRECTOR)).send().is(200).json();
    assert_eq!(page["items"], json!([]));
}

#[test]
fn ten_thousand_fields_are_refused() {
    let house = House::open();
    let many: Map<String, Value> = (0..10_000).map(|n| (format!("field{n}"), json!("x"))).collect();
    let many = with(noise(), Value::Object(many));
    house.client.post("/api/v1/complaints").json(&many).send().problem(400);
    let case = house.complain(&noise());
    let answer = house.run(CARE, &case.reference, "notes", &many);
    assert!(answer.problem(422)["errors"].as_array().expect("a list").len() > 1_000);
    let huge = with(noise(), json!({"text": "a".repeat(300 * 1024)}));
    house.client.post("/api/v1/complaints").json(&huge).send().problem(413);
}

#[test]
fn commands_name_every_fault_of_their_fields() {
    let house = House::open();
    let case = house.complain(&noise());
    for (command, body, pointers) in [
        ("notes", json!({}), vec!["/text"]),
        ("notes", json!({"text": "a\u{7}"}), vec!["/text"]),
        ("notes", json!({"text": 5, "files": "x", "extra": 1}), vec!["/extra", "/files", "/text"]),
        ("notes", json!([]), vec![""]),
        ("messages", json!({"text": "Xin chào"}), vec!["/direction"]),
        ("classification", json!({"kind": "x", "safety": "yes"}), vec!["/kind", "/safety"]),
        ("undertakings", json!({"id": "pro_1", "outcome": "late"}), vec!["/id", "/outcome"]),
        ("undertakings", json!({"kind": "visit"}), vec!["/due", "/what"]),
        ("closure", json!({"as": "tired"}), vec!["/as"]),
        ("approval", json!({"proposal": "pro_1"}), vec!["/approve"]),
        ("redaction", json!({"event": -1, "fields": [], "ground": "g"}), vec!["/event", "/fields"]),
    ] {
        let problem = house.run(DIRECTOR, &case.reference, command, &body).problem(422);
        let errors = problem["errors"].as_array().expect("a list").iter();
        let mut found: Vec<&str> =
            errors.map(|error| error["pointer"].as_str().expect("a text")).collect();
        found.sort_unstable();
        assert_eq!(found, pointers, "{command} {body}");
    }
}

#[test]
fn what_is_not_there_is_404_and_who_is_nobody_is_401() {
    let house = House::open();
    let case = house.complain(&noise());
    let known = format!("/api/v1/complaints/{}", case.reference);
    for path in [&known[..], "/api/v1/complaints", "/api/v1/complaints/KN-26-999999-11"] {
        let answer = house.client.get(path).send();
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        answer.problem(401);
        house.client.get(path).token("nonsense").send().problem(401);
    }
    for reference in ["KN-26-999999-11", "KN-26-000001-ZZ", "x", "%00", "..%2f..", "%ff"] {
        let path = format!("/api/v1/complaints/{reference}");
        house.client.get(&path).token(house.token(DIRECTOR)).send().problem(404);
        house.run(DIRECTOR, reference, "sighting", &json!({})).problem(404);
    }
    house.run(DIRECTOR, &case.reference, "explosion", &json!({})).problem(404);
    let sloppy = case.reference.to_lowercase().replace('-', " ").replace('0', "o");
    let sloppy = format!("/api/v1/complaints/{}", sloppy.replace(' ', "%20"));
    house.client.get(&sloppy).token(house.token(DIRECTOR)).send().is(200);
    for query in ["state=sleeping", "promise=x", "limit=0", "limit=201", "after=x"] {
        let path = format!("/api/v1/complaints?{query}");
        house.client.get(&path).token(house.token(DIRECTOR)).send().problem(422);
        house.client.get(&path).token(house.token(ADMIN)).send().problem(403);
    }
    let path = "/api/v1/complaints?limit=many";
    house.client.get(path).token(house.token(DIRECTOR)).send().problem(400);
}

//! One promise, one arithmetic: command line, API, tracking page and desk say the same days in
//! every language, also over Tết.

use serde_json::{Value, json};

use super::house::{CARE, DIRECTOR, House, noise, with};
use crate::kit::{copy_of_alphatech, run, spoil};

/// Tết 2026 falls on 17 February; received on the Friday before.
const RECEIVED: &str = "2026-02-13T16:00:00+07:00";

/// The rows of the command line, each with its reason; an ordinary day goes without.
fn printed(pack: &str, promise: &str, lang: &str) -> Value {
    let received = ["--received", RECEIVED, "--lang", lang, "--json"];
    let mut arguments = vec!["deadline", "--policy", pack, "--promise", promise];
    arguments.extend(received);
    let ran = run(&arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.json()
}

/// Date, count and number of each row, and the reason where the first list gives one.
fn same_rows(lang: &str, printed: &Value, served: &Value) {
    for field in ["promise", "round", "received", "due", "due_on", "calendar"] {
        assert_eq!(printed[field], served[field], "{lang} {field}");
    }
    let (printed, served) = (rows(printed), rows(served));
    assert_eq!(printed.len(), served.len(), "{lang}");
    for (one, other) in printed.iter().zip(served) {
        for field in ["on", "counts", "day"] {
            assert_eq!(one[field], other[field], "{lang} {one}");
        }
        assert!(one["why"].is_null() || one["why"] == other["why"], "{lang} {one} {other}");
    }
}

fn rows(answer: &Value) -> &Vec<Value> {
    answer["steps"].as_array().expect("a list")
}

/// The reasons of a page's tables, in their order.
fn shown(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for table in page.split("<table class=\"days\">").skip(1) {
        let table = table.split("</table>").next().expect("it ends");
        for row in table.split("<tr").skip(2) {
            let cell = row.rsplit("<td>").next().expect("a cell");
            found.push(cell.split("</td>").next().expect("it ends").to_owned());
        }
    }
    found
}

#[test]
fn every_door_shows_the_same_days_for_the_same_promise_in_every_language() {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "\nversion = 1", "\nversion = 2");
    spoil(pack.path(), "policy.toml", "within = \"3d\"", "within = \"7wd\"");
    let folder = pack.path().display().to_string();
    let house = House::open_with(&[("REDRESS_POLICY", &folder)]);
    let entered = json!({"channel": "phone", "received_at": RECEIVED});
    let answer = house
        .client
        .post("/api/v1/complaints")
        .token(house.token(CARE))
        .json(&with(noise(), entered))
        .send()
        .is(201)
        .json();
    let case = super::house::Case::of(&answer);
    for lang in ["vi", "en", "lo"] {
        let mut reasons = Vec::new();
        for promise in ["first-reply", "resolution"] {
            let path = format!("/api/v1/complaints/{}/promises/{promise}/1", case.reference);
            let ask = house.client.get(&path).token(&case.tracking);
            let served = ask.header("accept-language", lang).send().is(200).json();
            same_rows(lang, &printed(&folder, promise, lang), &served);
            reasons.extend(rows(&served).iter().map(|row| row["why"].clone()));
        }
        let page = house.client.get(&format!("/{lang}/track/{}", case.tracking)).send().is(200);
        let seen: Vec<Value> = shown(&page.text()).into_iter().map(Value::from).collect();
        assert_eq!(seen, reasons, "{lang}");
    }
    let seen = house.show(DIRECTOR, &case.reference);
    assert_eq!(seen["promises"][1]["due"], "2026-03-04T00:00:00+07:00", "seven working days");
    assert_eq!(seen["received_at"], RECEIVED);
    let late = seen["promises"][1]["late_in"].as_str().expect("it is late");
    assert!(late.ends_with("wd"), "in its own unit: {late}");
    let events = format!("/api/v1/complaints/{}/events", case.reference);
    let events = house.client.get(&events).token(house.token(DIRECTOR)).send().is(200).json();
    let opened = &events["items"][0];
    assert_eq!((&opened["at"], &opened["actor"]["who"]), (&json!(RECEIVED), &json!(CARE)));
    assert_ne!(opened["recorded_at"], opened["at"], "received and recorded are two dates");
}

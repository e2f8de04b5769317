//! Another policy put in force while complaints are open. Must not test what a policy may hold.

use serde_json::{Value, json};

use super::house::{AUDITOR, Case, DIRECTOR, House, noise};
use super::life::Life;
use crate::kit::{copy_of_alphatech, spoil};

/// The promise of round 2 of a complaint: how many days count, and the policy it runs under.
fn second_round(house: &House, case: &Case) -> (usize, Value) {
    let path = format!("/api/v1/complaints/{}/promises/resolution/2", case.reference);
    let due = house.client.get(&path).token(&case.tracking).send().is(200).json();
    let steps = due["steps"].as_array().expect("a list");
    let counted = steps.iter().filter(|step| step["counts"] == true).count();
    (counted, house.show(AUDITOR, &case.reference)["policy"].clone())
}

#[test]
fn a_complaint_keeps_the_policy_it_was_opened_under() {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "\nversion = 1", "\nversion = 2");
    spoil(pack.path(), "policy.toml", "within = \"7wd\"", "within = \"5wd\"");
    let mut house = House::open();
    let case = {
        let old = Life::begin(&house);
        old.answered();
        old.case
    };
    house.restart_with("REDRESS_POLICY", &pack.path().display().to_string());
    let no = json!({"text": "Vẫn lệch."});
    let old = Life { house: &house, case };
    old.step(old.me(), "disagreement", &no, "received");
    let new = Life::begin_with(&house, &noise());
    new.answered();
    new.step(new.me(), "disagreement", &no, "received");
    assert_eq!(second_round(&house, &old.case), (7, json!("alphatech@1")));
    assert_eq!(second_round(&house, &new.case), (5, json!("alphatech@2")));
    old.step(DIRECTOR, "handover", &json!({}), "handed-over");
}

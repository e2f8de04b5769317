//! Verbs of an operator beside a server under load: one log, no fork. Must not test each verb.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::json;

use super::house::{CARE, Case, DIRECTOR, House, noise, verb};

/// Who submits meanwhile.
const CLIENTS: usize = 4;
/// How many accounts are made meanwhile.
const ACCOUNTS: usize = 3;

#[test]
fn accounts_and_tokens_made_while_the_server_works_fork_nothing() {
    let house = House::open();
    let over = AtomicBool::new(false);
    let before = verb(house.path(), "log verify --json").json()["size"].as_u64().expect("a number");
    let cases: Vec<Case> = thread::scope(|scope| {
        let (house, over) = (&house, &over);
        let submit = move || {
            let mut cases = Vec::new();
            while !over.load(Ordering::Relaxed) {
                cases.push(house.complain(&noise()));
            }
            cases
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(submit)).collect();
        for n in 0..ACCOUNTS {
            let email = format!("ngoai{n}@alphatech.example");
            let add = format!("user add --name N{n} --email {email} --role auditor --json");
            verb(house.path(), &add);
            let line = format!("token create --user {email} --json");
            let token = verb(house.path(), &line).json()["token"].as_str().map(str::to_owned);
            let answer = house.client.get("/api/v1/complaints?limit=1");
            answer.token(&token.expect("a token")).send().is(200);
        }
        verb(house.path(), "user disable --email ngoai0@alphatech.example");
        over.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().expect("it ends")).collect()
    });
    assert!(!cases.is_empty());
    for case in &cases {
        house.show(CARE, &case.reference);
    }
    let log = verb(house.path(), "log verify --json").json();
    assert_eq!(log["valid"], true, "{log}");
    let complaints = 3 * u64::try_from(cases.len()).expect("few");
    let accounts = u64::try_from(ACCOUNTS).expect("few") + 1;
    assert_eq!(log["size"], before + complaints + accounts, "a commit is missing or doubled");
    let rebuilt = verb(house.path(), "rebuild --json").json();
    assert_eq!(rebuilt["equal"], true, "{rebuilt}");
}

#[test]
fn a_disabled_account_is_out_at_once() {
    let house = House::open();
    let line = "user add --name Thu --email thu@alphatech.example --role care --json";
    verb(house.path(), line);
    let made = verb(house.path(), "token create --user thu@alphatech.example --json").json();
    let token = made["token"].as_str().expect("a token");
    house.client.get("/api/v1/complaints").token(token).send().is(200);
    let case = house.complain(&noise());
    verb(house.path(), "user disable --email thu@alphatech.example");
    house.client.get("/api/v1/complaints").token(token).send().problem(401);
    house.run(token, &case.reference, "notes", &json!({"text": "?"})).problem(401);
    let told = json!({"text": "?", "mentions": ["thu@alphatech.example"]});
    let refusal = house.run(DIRECTOR, &case.reference, "notes", &told).refusal();
    assert_eq!(refusal.0, "/refusals/unknown-account");
}

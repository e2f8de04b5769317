//! The process that does the jobs is killed in the middle of them again and again: each letter leaves at
//! least once and under one name, and what follows from a job happens once. A job that cannot be done is
//! shown. Must not test what a job does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::channel;
use std::time::Duration;

use redress_testkit::Chance;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::full::sign_in_as;
use super::is_long;
use crate::kit::run_in;
use crate::serve::house::{CARE, Case, DIRECTOR, House, noise, verb, with};
use crate::serve::mailbox::MailServer;
use crate::serve::outage::{library, other_day};
use crate::serve::wait::until;

/// How often the server is killed.
const KILLS: (usize, usize) = (200, 4);
const SEED: u64 = 13;
/// The longest it lives: jobs are looked at each second.
const LIFE_MILLISECONDS: u64 = 1_500;
/// Beyond the time for which whoever was killed holds a piece of work.
const LATER: &str = "+400";
/// What the desk says of jobs that fail.
const WORDS: &str = "việc tự động (gửi thư, nhắc hạn)";

fn file(house: &House) -> Connection {
    Connection::open(house.path().join("redress-data/redress.sqlite")).expect("it opens")
}

fn count(house: &House, sql: &str) -> u32 {
    file(house).query_row(sql, [], |row| row.get(0)).expect("asked")
}

fn address(n: usize) -> String {
    format!("ha-{n}@example.vn")
}

/// Somebody complains by a mail address of their own, every other time of danger, and is written to.
fn work(house: &House, n: usize) -> Case {
    let complainant = json!({"name": "Nguyễn Thị Hà", "email": address(n)});
    let danger = json!({"danger": n % 2 == 1, "complainant": complainant, "reply_by": "email"});
    let case = house.complain(&with(noise(), danger));
    let words = json!({"direction": "out", "channel": "email", "text": "Chiều nay có thợ đến."});
    house.run(CARE, &case.reference, "messages", &words).is(200);
    case
}

fn header<'l>(letter: &'l Value, name: &str) -> &'l str {
    let headers = letter["headers"].as_array().expect("a list");
    let found = headers.iter().find(|header| header[0] == name);
    found.and_then(|header| header[1].as_str()).expect("every letter has it")
}

/// Waits until nothing is left to do, as long as ever less is.
fn all_is_done(house: &House) {
    let left = || count(house, "SELECT count(*) FROM outbox WHERE done = 0");
    let mut before = left();
    while before > 0 {
        before = until("work to be done", || Some(left()).filter(|now| *now < before));
    }
}

/// Names under which letters to an address went out; a letter that went out twice has one.
fn names(letters: &[Value], to: &str, about: &str) -> BTreeSet<String> {
    let meant = letters.iter().filter(|letter| letter["to"] == json!([to]));
    let meant = meant.filter(|letter| letter.to_string().contains(about));
    meant.map(|letter| header(letter, "Message-ID").to_owned()).collect()
}

#[test]
fn jobs_that_are_cut_off_again_and_again_are_done_and_what_follows_happens_once() {
    let kills = if is_long() { KILLS.0 } else { KILLS.1 };
    let (server, library) = (MailServer::start(), library());
    let mut variables = server.variables();
    variables.extend(other_day(&library));
    variables.push(("FAKETIME", "+0"));
    let mut house = House::open_with(&variables);
    let (mut chance, mut cases) = (Chance::new(SEED), vec![]);
    let (_silent, woken) = channel::<()>();
    for n in 0..kills {
        cases.push(work(&house, n));
        // Nobody sends: this only lets the jobs come as far as they do.
        let life = Duration::from_millis(chance.below(LIFE_MILLISECONDS));
        woken.recv_timeout(life).expect_err("nobody sends");
        house.restart();
    }
    house.restart_with("FAKETIME", LATER);
    all_is_done(&house);
    house.complain(&with(noise(), json!({"complainant": {"email": "witness@example.vn"}})));
    let letters = server.letters_until(|letter| letter["to"] == json!(["witness@example.vn"]));
    for (n, case) in cases.iter().enumerate() {
        assert!(!names(&letters, DIRECTOR, &case.reference).is_empty(), "{}", case.reference);
        // The confirmation and the words of the staff, each as one letter.
        assert_eq!(names(&letters, &address(n), &case.reference).len(), 2, "{}", case.reference);
    }
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for letter in &letters {
        *times.entry(header(letter, "Message-ID")).or_default() += 1;
    }
    let again = letters.len() - times.len();
    println!("{kills} kills: {} letters, {again} of them a second time", times.len());
    let twice = "SELECT count(*) FROM (SELECT 1 FROM event WHERE stream LIKE 'complaint/%' \
        AND kind <> 'message.attempted' GROUP BY stream, kind, facts HAVING count(*) > 1)";
    assert_eq!(count(&house, twice), 0, "what follows from a job happened twice");
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], true);
}

/// What `doctor` says of jobs that fail.
fn doctor(house: &House) -> Value {
    let ran = run_in(house.path(), &house.variables(), &["doctor", "--json"], "");
    let checks = ran.json()["checks"].clone();
    let mut checks = checks.as_array().expect("a list").iter();
    checks.find(|check| check["check"] == "tries").expect("it is looked at").clone()
}

#[test]
fn a_job_that_always_fails_is_shown_to_who_administers_until_it_is_done() {
    let server = MailServer::start();
    let house = server.house();
    let session = sign_in_as(&house, "director");
    let case = house.complain(&noise());
    all_is_done(&house);
    let desk = || house.client.get("/desk/queue").header("cookie", &session).send().is(200).text();
    let ready = || house.client.get("/readyz").send().is(200).text();
    assert_eq!((doctor(&house)["status"].as_str(), desk().contains(WORDS)), (Some("ok"), false));
    // Nothing that works on its own fails for an hour: a job of this house is spoilt by hand.
    let spoil = "UPDATE outbox SET payload = '{}', done = 0, due_at = 0, attempts = 7 \
        WHERE kind = 'inform'";
    assert_eq!(file(&house).execute(spoil, []).expect("written"), 1);
    until("a word on /readyz", || ready().contains("degraded work 1").then_some(()));
    let found = doctor(&house);
    assert_eq!(found["status"], "fail", "{found}");
    let says = found["says"].as_str().expect("words");
    assert!(says.contains("`inform`") && says.contains(&case.reference), "{says}");
    assert!(desk().contains(WORDS), "the Director is told");
    let mend =
        "UPDATE outbox SET payload = '{\"effect\":\"inform\"}', due_at = 0 WHERE kind = 'inform'";
    file(&house).execute(mend, []).expect("written");
    until("an end of that", || (ready() == "ready\n").then_some(()));
    assert_eq!((doctor(&house)["status"].as_str(), desk().contains(WORDS)), (Some("ok"), false));
}

//! The nth write, flush, opening or renaming fails, once or for ever: what was answered is there, nothing
//! is there twice, and a server that cannot know what its disk kept ends with 3. Must not lack room: that
//! is `full`.

use serde_json::{Value, json};

use super::disk::{EIO, FOR_EVER, Failing, VARIABLES};
use super::is_long;
use crate::serve::house::{CARE, Case, House, noise, verb, with};
use crate::serve::uploads::PIXEL;

/// Complaints each house is sent, every other with a picture of its own.
const COMPLAINTS: usize = 3;
/// No run of the story makes so many calls of one kind.
const CALLS_MAX: u32 = 2_000;

/// One complaint: its key, and what became of it.
struct Sent {
    key: String,
    body: Value,
    receipt: Option<Value>,
    picture: Option<Vec<u8>>,
    /// Whether a call had failed before it was sent.
    after_failure: bool,
}

/// The bytes of a picture nobody else has.
fn picture(n: usize) -> Vec<u8> {
    [PIXEL, format!("{n}").as_bytes()].concat()
}

fn send(house: &House, disk: &Failing, n: usize) -> Sent {
    let after_failure = disk.failed_on().is_some();
    let key = format!("sent-on-a-bad-disk-{n:04}");
    let mut body = with(noise(), json!({"text": format!("Thang kêu, lần {n}")}));
    let mut kept = None;
    if n % 2 == 1 {
        let bytes = picture(n);
        let upload = house.client.post("/api/v1/uploads").file("file", "a.png", &bytes).try_send();
        if let Some(upload) = upload.filter(|answer| answer.status == 201) {
            body = with(body, json!({"attachments": [upload.json()["id"]]}));
            kept = Some(bytes);
        }
    }
    let ask = house.client.post("/api/v1/complaints").header("idempotency-key", &key);
    let answer = ask.json(&body).try_send();
    if let Some(answer) = answer.as_ref().filter(|answer| answer.status != 201) {
        assert!(answer.status >= 500, "{}", answer.text());
    }
    let receipt = answer.filter(|answer| answer.status == 201).map(|answer| answer.json());
    Sent { key, body, receipt, picture: kept, after_failure }
}

/// What was sent is there once: what was answered as it was answered, anything else by its key.
fn all_is_there_once(house: &House, sent: &[Sent], case: &str) {
    let mut references = std::collections::BTreeSet::new();
    for one in sent {
        let ask = house.client.post("/api/v1/complaints").header("idempotency-key", &one.key);
        let again = ask.json(&one.body).send().is(201).json();
        if let Some(receipt) = &one.receipt {
            for field in ["reference", "received_at", "promises"] {
                assert_eq!(again[field], receipt[field], "{case}: an answer was forgotten");
            }
        }
        let Case { reference, tracking } = Case::of(&again);
        if let Some(bytes) = &one.picture {
            let files = house.show(CARE, &reference)["files"].clone();
            let digest = files[0]["sha256"].as_str().expect("the file is named");
            let path = format!("/vi/track/{tracking}/files/{digest}");
            let file = house.client.get(&path).send().is(200);
            assert_eq!(&file.bytes, bytes, "{case}: the bytes of an attachment");
        }
        assert!(references.insert(reference), "{case}: a reference was given twice");
    }
    let path = "/api/v1/complaints?state=all&limit=200";
    let listed = house.client.get(path).token(house.token(CARE)).send().is(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(sent.len()), "{case}");
}

/// Tells the story of one house whose calls `from` to `to` fail; answers whether any did.
fn fail_between(call: &'static str, (from, to): (u32, u32)) -> bool {
    let case = format!("{call} {from}..{to}");
    let disk = Failing::new(call, (from, to), EIO);
    let mut house = disk.house();
    disk.fail();
    let sent: Vec<Sent> = (0..COMPLAINTS).map(|n| send(&house, &disk, n)).collect();
    let failed_on = disk.failed_on();
    let of_database = failed_on.as_ref().is_some_and(|path| path.contains("redress.sqlite"));
    if call == "flush" && (to == FOR_EVER || of_database) {
        let acknowledged = sent.iter().filter(|one| one.after_failure && one.receipt.is_some());
        assert_eq!(acknowledged.count(), 0, "{case}: answered without a flush");
    }
    if call == "flush" && of_database {
        assert_eq!(house.ended(), Some(3), "{case}: what is durable is in doubt");
    }
    if !house.runs() {
        assert_eq!(house.ended(), Some(3), "{case}: {}", house.log());
        assert!(failed_on.is_some(), "{case}: it ended without a failure");
    }
    house.restart_without(VARIABLES);
    all_is_there_once(&house, &sent, &case);
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true, "{case}");
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], true, "{case}");
    failed_on.is_some()
}

/// Once and for ever from the nth call on, for some n, or for each until the story has no nth call;
/// answers how many calls failed.
fn fail_each(call: &'static str, some: &[u32]) -> u32 {
    let numbers = if is_long() { (1..CALLS_MAX).collect() } else { some.to_vec() };
    let mut failed = 0;
    for n in numbers {
        if [(n, n), (n, FOR_EVER)].map(|calls| fail_between(call, calls)) == [false, false] {
            assert!(is_long(), "{call} {n}: the story is shorter than that");
            return failed;
        }
        failed += 1;
    }
    assert!(!is_long(), "{call}: {CALLS_MAX} calls are not the whole story");
    failed
}

#[test]
fn whatever_write_fails_what_was_answered_is_there_once() {
    println!("{} writes failed, each once and for ever", fail_each("write", &[1, 150]));
}

#[test]
fn whatever_flush_fails_nothing_is_answered_without_one() {
    println!("{} flushes failed, each once and for ever", fail_each("flush", &[2, 8]));
}

#[test]
fn whatever_opening_or_renaming_fails_what_was_answered_is_there_once() {
    println!("{} openings failed, each once and for ever", fail_each("open", &[1, 2]));
    println!("{} renamings failed, each once and for ever", fail_each("name", &[1]));
}

//! `calendar check` and `policy simulate`: a decree comes late, and the past under another policy.
//! The clock is the machine's, so the day that changes is the next working day.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::kit::{Ran, copy_of_alphatech, run_in, spoil};
use crate::serve::house::{CARE, House, noise};
use crate::serve::life::Life;
use crate::serve::wait::until;

const HOLIDAYS: &str = "calendar/vn.csv";

/// A pack whose resolutions count working days, by a calendar of its own with `day` off.
fn pack(day: Option<&str>, as_of: &str) -> TempDir {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "\nversion = 1", "\nversion = 2");
    spoil(pack.path(), "policy.toml", "name = \"vn\"", "name = \"vn2\"");
    spoil(pack.path(), "policy.toml", "within = \"3d\"", "within = \"5wd\"");
    spoil(pack.path(), HOLIDAYS, "# as-of: 2026-11-20", &format!("# as-of: {as_of}"));
    if let Some(day) = day {
        let file = pack.path().join(HOLIDAYS);
        let text = std::fs::read_to_string(&file).expect("readable");
        let row = format!("{day},,Ngày nghỉ,Day off,statutory,Decision 1/2026,verified,,ວັນພັກ");
        std::fs::write(&file, format!("{}\n{row}\n", text.trim_end())).expect("written");
    }
    pack
}

/// The next working day after today, by the calendar that ships.
fn next_working_day() -> String {
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone");
    let made = tempfile::NamedTempFile::new().expect("a file");
    let made = made.as_file().metadata().expect("known").modified().expect("its time is kept");
    let today = jiff::Timestamp::try_from(made).expect("a time").to_zoned(zone).date();
    let (from, to) = (today.tomorrow().expect("a day"), today + jiff::Span::new().days(20));
    let line = format!("calendar days --calendar vn --from {from} --to {to} --json");
    let days = run_in(Path::new("."), &[], &line.split_whitespace().collect::<Vec<_>>(), "").json();
    let days = days.as_array().expect("a list");
    let day = days.iter().find(|day| day["working"] == true).expect("within twenty days");
    day["date"].as_str().expect("a date").to_owned()
}

fn check(house: &House, pack: &Path, more: &[&str]) -> Ran {
    let policy = pack.display().to_string();
    let mut arguments = vec!["calendar", "check", "--policy", &policy, "--data", "redress-data"];
    arguments.extend(more);
    arguments.push("--json");
    run_in(house.path(), &[], &arguments, "")
}

fn file(house: &House) -> Connection {
    Connection::open(house.path().join("redress-data/redress.sqlite")).expect("opened")
}

/// How often dates moved, by stream.
fn moved(house: &House) -> BTreeMap<String, u32> {
    let file = file(house);
    let sql = "SELECT stream, count(*) FROM event WHERE kind = 'promise.moved' GROUP BY stream";
    let mut asked = file.prepare(sql).expect("a query");
    let rows = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("read");
    rows.collect::<Result<_, _>>().expect("read")
}

fn due(house: &House, reference: &str) -> Value {
    let shown = house.show(CARE, reference);
    let promises = shown["promises"].as_array().expect("a list");
    let resolution = promises.iter().find(|promise| promise["promise"] == "resolution");
    resolution.expect("it was set")["due"].clone()
}

/// A house under the pack with one more day off, without a complaint.
fn house(pack: &TempDir) -> House {
    House::open_with(&[("REDRESS_POLICY", &pack.path().display().to_string())])
}

#[test]
fn a_change_is_listed_then_applied_beside_a_running_server_which_counts_by_it_at_once() {
    let before = pack(Some(&next_working_day()), "2026-11-20");
    let after = pack(None, "2026-11-21");
    let house = house(&before);
    let first = house.complain(&noise());
    let was = due(&house, &first.reference);

    let listed = check(&house, after.path(), &[]);
    assert_eq!(listed.code, 1, "{listed:?}");
    let listed = listed.json();
    assert_eq!(listed["calendar"], json!({"from": "vn2@2026-11-20", "to": "vn2@2026-11-21"}));
    let row = &listed["moved"][0];
    assert_eq!(
        (&row["reference"], &row["promise"]),
        (&json!(first.reference), &json!("resolution"))
    );
    assert_eq!((&row["round"], &row["due_was"]), (&json!(1), &was));
    assert_eq!((&row["against_customer"], &listed["held"]), (&json!(false), &json!([])));
    assert_eq!(due(&house, &first.reference), was, "listing changes nothing");

    let applied = check(&house, after.path(), &["--apply"]);
    assert_eq!(applied.code, 0, "{applied:?}");
    assert_eq!(applied.json()["applied"], json!({"put_in_force": true, "moved": 1}));
    let would = row["due_would"].clone();
    assert_eq!(due(&house, &first.reference), would);
    until("the server to count by the new days", || {
        let next = house.complain(&noise());
        (due(&house, &next.reference) == would).then_some(())
    });
    until("what came in between to be moved too", || {
        let open =
            file(&house)
                .query_row("SELECT count(DISTINCT due) FROM running_promise", [], |row| row.get(0));
        (open == Ok(1)).then_some(())
    });
    let again = check(&house, after.path(), &[]);
    assert_eq!((again.code, &again.json()["moved"]), (0, &json!([])), "{again:?}");
    assert!(moved(&house).values().all(|times| *times == 1), "each date moved once");

    let path = format!("/api/v1/complaints/{}/promises/resolution/1", first.reference);
    let sum = house.client.get(&path).token(&first.tracking).send().is(200).json();
    assert_eq!((&sum["due"], &sum["moved"][0]["due_was"]), (&would, &was));
    assert_eq!(sum["moved"][0]["sources"], json!(["Decision 1/2026"]));
    let rebuilt = run_in(house.path(), &[], &["rebuild", "--json"], "");
    assert_eq!(rebuilt.json(), json!({"equal": true, "differences": []}));
    assert_eq!(run_in(house.path(), &[], &["log", "verify"], "").code, 0);
}

#[test]
fn a_kill_in_the_middle_of_applying_is_finished_by_asking_again() {
    const COMPLAINTS: usize = 600;
    let before = pack(Some(&next_working_day()), "2026-11-20");
    let after = pack(None, "2026-11-21");
    let house = house(&before);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..COMPLAINTS / 8).for_each(|_| drop(house.complain(&noise()))));
        }
    });
    house.kill();
    let policy = after.path().display().to_string();
    let mut applying = Command::new(env!("CARGO_BIN_EXE_redress"))
        .env_clear()
        .current_dir(house.path())
        .args(["calendar", "check", "--apply", "--policy", &policy, "--data", "redress-data"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let reader = file(&house);
    let sql = "SELECT count(*) FROM event WHERE kind = 'promise.moved'";
    let count = || reader.query_row(sql, [], |row| row.get::<_, u32>(0)).expect("read");
    while count() == 0 && applying.try_wait().expect("asked").is_none() {
        std::thread::yield_now();
    }
    applying.kill().expect("it can be killed");
    applying.wait().expect("it ends");
    assert!(count() > 0, "it had begun");
    let again = check(&house, after.path(), &["--apply"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(again.json()["applied"]["put_in_force"], json!(false), "it was in force already");
    let moved = moved(&house);
    assert_eq!(moved.len(), COMPLAINTS);
    assert!(moved.values().all(|times| *times == 1), "each date moved once");
    assert_eq!(check(&house, after.path(), &[]).code, 0);
    let rebuilt = run_in(house.path(), &[], &["rebuild", "--json"], "");
    assert_eq!(rebuilt.json()["equal"], json!(true), "{rebuilt:?}");
}

#[test]
fn a_folder_of_an_earlier_program_starts_and_its_open_complaints_are_counted() {
    let before = pack(Some(&next_working_day()), "2026-11-20");
    let after = pack(None, "2026-11-21");
    let mut house = house(&before);
    let reference = house.complain(&noise()).reference;
    house.kill();
    // The schema before calendars were kept by themselves, and no event of theirs.
    file(&house)
        .execute_batch(
            "DROP TABLE calendar; DROP TABLE running_promise; DROP TABLE promise_to_count; \
             DELETE FROM migration WHERE name = '0002_calendars'; \
             DELETE FROM event WHERE stream LIKE 'calendar/%' OR stream LIKE 'log/%'",
        )
        .expect("taken back");
    for name in ["log.key", "log.checkpoint"] {
        std::fs::remove_file(house.path().join("redress-data").join(name)).expect("taken back");
    }
    house.restart();
    let was = due(&house, &reference);
    let listed = check(&house, after.path(), &[]).json();
    assert_eq!(listed["moved"][0]["reference"], json!(reference));
    assert_eq!(listed["moved"][0]["due_was"], was);
}

#[test]
fn a_changed_calendar_does_not_serve_and_bad_input_is_named() {
    let before = pack(None, "2026-11-20");
    let house = house(&before);
    house.kill();
    let day = next_working_day();
    let serve = |pack: &Path| {
        let policy = pack.display().to_string();
        run_in(house.path(), &[], &["serve", "--listen", "127.0.0.1:0", "--policy", &policy], "")
    };
    let refused = serve(pack(Some(&day), "2026-11-21").path());
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("redress calendar check --policy DIR --data DIR"), "{refused:?}");

    let kind = |pack: &TempDir| {
        let ran = check(&house, pack.path(), &[]);
        (ran.code, ran.error_kind())
    };
    assert_eq!(kind(&pack(None, "2026-11-19")), (1, "older-calendar".to_owned()));
    assert_eq!(kind(&pack(Some(&day), "2026-11-20")), (1, "same-date".to_owned()));
    let other = pack(None, "2026-11-21");
    spoil(other.path(), "policy.toml", "name = \"vn2\"", "name = \"vn3\"");
    assert_eq!(kind(&other), (1, "other-calendar".to_owned()));
    let broken = pack(None, "2026-11-21");
    spoil(broken.path(), HOLIDAYS, "\n2026-11-24,", "\n2026-11-31,");
    let ran = check(&house, broken.path(), &[]);
    let at = serde_json::from_str::<Value>(&ran.err).expect("an error object");
    let at = at["error"]["at"].as_str().expect("a place").to_owned();
    assert!((ran.code, at.starts_with("calendar/vn.csv:")) == (1, true), "{ran:?}");
    let policy = before.path().display().to_string();
    let nowhere = ["calendar", "check", "--policy", &policy, "--data", "nowhere", "--json"];
    let ran = run_in(house.path(), &[], &nowhere, "");
    assert_eq!((ran.code, ran.error_kind()), (3, "no-installation".to_owned()));
}

#[test]
fn the_past_is_replayed_under_another_policy_beside_a_running_server() {
    let house = House::open();
    let kept = Life::begin(&house);
    kept.answered();
    let kept = kept.case.reference;
    let waits = house.complain(&noise()).reference;
    let other = copy_of_alphatech();
    spoil(other.path(), "policy.toml", "\nversion = 1", "\nversion = 2");
    spoil(other.path(), "policy.toml", "within = \"3d\"", "within = \"2d\"");
    spoil(other.path(), "policy.toml", "within = \"PT3H\"", "within = \"PT0.001S\"");
    let policy = other.path().display().to_string();
    let simulate = |more: &[&str]| {
        let mut line = vec!["policy", "simulate", &policy, "--data", "redress-data"];
        line.extend(more);
        run_in(house.path(), &[], &line, "")
    };
    let events = "SELECT count(*) FROM event";
    let count = || file(&house).query_row(events, [], |row| row.get::<_, u32>(0)).expect("read");
    let before = count();
    let answer = simulate(&["--json"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let answer = answer.json();
    assert_eq!((&answer["from"], &answer["to"]), (&json!("alphatech@1"), &json!("alphatech@2")));
    assert_eq!(answer["complaints"], json!(2));
    let row = |promise: &str, round: u8| {
        let rows = answer["promises"].as_array().expect("a list");
        let row = rows.iter().find(|row| row["promise"] == promise && row["round"] == round);
        row.expect("each promise of either policy").clone()
    };
    let first = row("first-reply", 1);
    assert_eq!(
        (&first["kept"], &first["broken"], &first["moved"]),
        (&json!(0), &json!(2), &json!(2)),
        "{first}"
    );
    let changed = first["changed"].as_array().expect("a list");
    let of =
        |reference: &str| changed.iter().find(|row| row["reference"] == reference).expect("it");
    let verdicts =
        |reference: &str| (of(reference)["kept_was"].clone(), of(reference)["kept_would"].clone());
    assert_eq!(verdicts(&kept), (json!(true), json!(false)));
    assert_eq!(verdicts(&waits), (Value::Null, json!(false)));
    let resolution = row("resolution", 1);
    assert_eq!(
        (&resolution["kept"], &resolution["broken"], &resolution["moved"], &resolution["running"]),
        (&json!(1), &json!(0), &json!(2), &json!(1)),
        "{resolution}"
    );
    let second = row("resolution", 2);
    assert_eq!((&second["kept"], &second["changed"]), (&json!(0), &json!([])), "nobody disagreed");
    assert_eq!(count(), before, "nothing is written");
    let told = simulate(&[]);
    assert!(told.out.contains("resolution 1: 1 kept, 0 broken, 1 running"), "{told:?}");
}

#[test]
fn a_policy_that_cannot_be_read_is_not_replayed() {
    let house = House::open();
    let broken = copy_of_alphatech();
    spoil(broken.path(), "policy.toml", "within = \"3d\"", "within = \"three days\"");
    let policy = broken.path().display().to_string();
    let line = ["policy", "simulate", &policy, "--data", "redress-data", "--json"];
    let ran = run_in(house.path(), &[], &line, "");
    assert_eq!((ran.code, ran.error_kind()), (1, "invalid-policy".to_owned()));
    assert!(ran.err.contains("\"at\":\"policy.toml:"), "{ran:?}");
}

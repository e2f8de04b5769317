//! Verbs that open the data folder: accounts, tokens, intake, commands, rebuild, log.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::kit::{Ran, run_in};

const NOTICE: &str = r#"{"language":"vi","about":"service","text":"Thang máy rung mạnh.",
    "complainant":{"as":"person","name":"bà Hà","phone":"0912345678"}}"#;

/// An empty folder to work in.
fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn try_verb(folder: &Path, line: &str, input: &str) -> Ran {
    let mut arguments: Vec<&str> = line.split_whitespace().collect();
    arguments.extend(["--data", "data", "--json"]);
    run_in(folder, &[], &arguments, input)
}

fn verb(folder: &Path, line: &str, input: &str) -> Value {
    let ran = try_verb(folder, line, input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}: {ran:?}");
    ran.json()
}

fn refused(folder: &Path, line: &str, input: &str, code: i32, kind: &str) {
    let ran = try_verb(folder, line, input);
    assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{line}: {ran:?}");
    assert_eq!(ran.error_kind(), kind, "{line}");
}

fn with_people() -> TempDir {
    let folder = folder();
    let at = folder.path();
    verb(at, "user add --name Ha --email ha@x.vn --role care", "");
    verb(at, "user add --name Huy --email huy@x.vn --role director", "");
    let line = "user add --name Tung --email tung@x.vn --role department --department technical";
    verb(at, line, "");
    folder
}

fn intake(at: &Path) -> String {
    let receipt = verb(at, "intake form -", NOTICE);
    receipt["reference"].as_str().expect("a reference").to_owned()
}

#[test]
fn a_folder_without_an_installation_is_not_made_into_one_by_reading() {
    let folder = folder();
    for line in ["user list", "complaint list", "rebuild", "log verify"] {
        refused(folder.path(), line, "", 3, "no-installation");
    }
    assert!(!folder.path().join("data").exists());
}

#[test]
fn an_account_gets_a_link_or_the_password_from_standard_input() {
    let folder = folder();
    let at = folder.path();
    let line = "user add --name Ha --email Ha@X.vn --role department --department technical \
                --authority technical";
    let made = verb(at, line, "");
    assert_eq!(made["email"], "ha@x.vn");
    assert_eq!(made["authority"], json!(["technical"]));
    assert!(made["setup_link"].as_str().is_some_and(|link| link.starts_with("http://127.0.0.1")));
    let line = "user add --name An --email an@x.vn --role admin --password-stdin";
    assert_eq!(verb(at, line, "một câu dài khó đoán\n")["setup_link"], Value::Null);
    assert_eq!(verb(at, "user list", "").as_array().expect("a list").len(), 2);
    assert!(verb(at, "user reset --email an@x.vn", "")["setup_link"].is_string());
    verb(at, "user disable --email an@x.vn", "");
    let rows = verb(at, "user list", "");
    let disabled: Vec<bool> =
        rows.as_array().expect("a list").iter().map(|row| row["disabled"] == true).collect();
    assert_eq!(disabled, [true, false], "in order of e-mail");
    refused(at, "user reset --email an@x.vn", "", 1, "not-found");
}

#[test]
fn an_account_that_cannot_be_made_says_why() {
    let folder = with_people();
    let rows = [
        ("user add --name Ha --email ha@x.vn --role care", 1, "taken"),
        ("user add --name Ha --email ha --role care", 1, "fields"),
        ("user add --name Ha --email a@x.vn --role department", 1, "fields"),
        ("user add --name Ha --email a@x.vn --role department --department none", 1, "fields"),
        ("user add --name Ha --email a@x.vn --role king", 2, "usage"),
        ("user add --name Ha --email p@x.vn --role care --password-stdin", 1, "fields"),
    ];
    for (line, code, kind) in rows {
        refused(folder.path(), line, "short\n", code, kind);
    }
    for (flags, allowed) in [
        ("--department none", "there is no department “none”: "),
        ("", ": "),
        ("--department technical --authority none", "there is no department “none”: all, "),
    ] {
        let line = format!("user add --name Ha --email a@x.vn --role department {flags}");
        let line: Vec<&str> = line.split_whitespace().collect();
        let said = run_in(folder.path(), &[], &line, "").err;
        assert!(said.contains(allowed) && said.contains("care, technical"), "{flags}: {said}");
    }
}

#[test]
fn the_director_is_stood_in_for_within_dates_and_until_it_is_ended() {
    let folder = with_people();
    let at = folder.path();
    let line = "user delegate --to tung@x.vn --from 2029-12-24 --until 2029-12-31";
    let made = verb(at, line, "");
    assert_eq!(
        (&made["to"], &made["for"], &made["from"], &made["until"]),
        (
            &json!("tung@x.vn"),
            &json!("Huy"),
            &json!("2029-12-24T00:00:00+07:00"),
            &json!("2030-01-01T00:00:00+07:00")
        ),
        "a date holds to its end"
    );
    assert_eq!(verb(at, "user delegations", ""), json!([made]));
    let id = made["id"].as_str().expect("an id");
    verb(at, &format!("user undelegate --id {id}"), "");
    assert_eq!(verb(at, "user delegations", ""), json!([]));
    for (line, code, kind) in [
        (format!("user undelegate --id {id}"), 1, "not-found"),
        ("user delegate --to ai@x.vn --until 2029-12-31".to_owned(), 1, "not-found"),
        ("user delegate --to huy@x.vn --until 2029-12-31".to_owned(), 1, "fields"),
        ("user delegate --to tung@x.vn --until 2020-12-31".to_owned(), 1, "fields"),
        ("user delegate --to tung@x.vn --until tomorrow".to_owned(), 2, "usage"),
    ] {
        refused(at, &line, "", code, kind);
    }
    assert_eq!(verb(at, "rebuild", "")["equal"], true);
}

#[test]
fn a_token_is_printed_once_with_its_end() {
    let folder = with_people();
    let at = folder.path();
    let made = verb(at, "token create --user ha@x.vn --expires 2999-12-31", "");
    assert_eq!(
        (&made["user"], &made["expires"]),
        (&"ha@x.vn".into(), &"3000-01-01T00:00:00+07:00".into())
    );
    assert!(made["token"].as_str().is_some_and(|token| token.len() >= 32));
    assert_eq!(verb(at, "token create --user ha@x.vn", "")["expires"], Value::Null);
    refused(at, "token create --user ha@x.vn --expires 2001-01-01", "", 2, "usage");
    refused(at, "token create --user nobody@x.vn", "", 1, "not-found");
}

#[test]
fn a_form_is_taken_in_once_and_a_dry_run_stores_nothing() {
    let folder = folder();
    let at = folder.path();
    let read = verb(at, "intake form - --dry-run", NOTICE);
    assert_eq!((&read["valid"], &read["about"]), (&json!(true), &json!("service")));
    assert_eq!(verb(at, "complaint list", "")["items"], json!([]));
    let line = "intake form - --idempotency-key 0123456789abcdef";
    let receipt = verb(at, line, NOTICE);
    assert_eq!(receipt["promises"][0]["promise"], "first-reply");
    assert_eq!(verb(at, line, NOTICE), receipt);
    let listed = verb(at, "complaint list", "");
    assert_eq!(listed["items"].as_array().expect("a list").len(), 1);
    assert_eq!(listed["items"][0]["reference"], receipt["reference"]);
    refused(at, "intake form -", "{", 1, "malformed");
    refused(at, "intake form -", "{\"text\":\"\"}", 1, "fields");
    refused(at, "intake form missing.json", "", 3, "unreadable");
}

#[test]
fn a_command_runs_as_an_account_within_its_rights() {
    let folder = with_people();
    let at = folder.path();
    let reference = intake(at);
    let handover = r#"{"command":"handover","body":{"to":"technical"}}"#;
    let run = |user: &str| format!("complaint run {reference} - --as {user}");
    refused(at, &run("tung@x.vn"), handover, 1, "not-found");
    refused(at, &run("ha@x.vn"), handover, 1, "refused");
    refused(at, &format!("{} --if-match 9", run("huy@x.vn")), handover, 1, "moved");
    let ran = verb(at, &run("huy@x.vn"), handover);
    let events = ran["events"].as_array().expect("a list");
    assert_eq!(events.last().map(|event| &event["type"]), Some(&json!("complaint.handed_over")));
    assert_eq!(ran["version"], events.last().expect("some")["version"]);
    let shown = verb(at, &format!("complaint show {}", reference.to_lowercase()), "");
    assert_eq!((&shown["state"], &shown["version"]), (&json!("handed-over"), &ran["version"]));
    assert!(shown["events"].as_array().is_some_and(|events| events.len() > 1));
    let closure = r#"{"command":"closure","body":{"as":"agreed","reason":"x"}}"#;
    let ran = try_verb(at, &run("ha@x.vn"), closure);
    assert_eq!((ran.code, ran.error_kind().as_str()), (1, "refused"), "{ran:?}");
    refused(at, &run("huy@x.vn"), r#"{"cmd":"handover"}"#, 1, "malformed");
    refused(at, &run("huy@x.vn"), r#"{"command":"nonsense","body":{}}"#, 1, "not-found");
    assert_eq!(verb(at, "complaint list --as tung@x.vn", "")["items"][0]["reference"], reference);
    refused(at, "complaint show KN-26-999999-00", "", 1, "not-found");
}

#[test]
fn a_rebuild_equals_the_live_rows_and_names_one_that_was_changed() {
    let folder = with_people();
    let at = folder.path();
    let reference = intake(at);
    assert_eq!(verb(at, "rebuild", ""), json!({ "equal": true, "differences": [] }));
    let database = rusqlite::Connection::open(at.join("data/redress.sqlite")).expect("opened");
    let changed = database
        .execute("UPDATE complaint SET title = 'khác' WHERE reference = ?1", [&reference])
        .expect("changed");
    assert_eq!(changed, 1);
    let ran = try_verb(at, "rebuild", "");
    assert_eq!(ran.code, 1, "{ran:?}");
    let difference = &ran.json()["differences"][0];
    assert_eq!(
        (&difference["table"], &difference["column"]),
        (&json!("complaint"), &json!("title"))
    );
    assert_eq!(difference["live"], "khác");
    let left: Vec<_> = std::fs::read_dir(at.join("data"))
        .expect("listed")
        .filter(|entry| {
            entry.as_ref().is_ok_and(|e| e.file_name().to_string_lossy().starts_with("rebuild"))
        })
        .collect();
    assert!(left.is_empty(), "nothing is left behind");
}

#[test]
fn the_log_is_whole_until_an_event_is_changed() {
    let folder = with_people();
    let at = folder.path();
    intake(at);
    let whole = verb(at, "log verify", "");
    assert_eq!(whole["valid"], true);
    assert!(whole["size"].as_u64() > Some(3));
    let database = rusqlite::Connection::open(at.join("data/redress.sqlite")).expect("opened");
    let sql = "UPDATE event SET facts = replace(facts, '{', '{ ') WHERE pos = 2";
    assert_eq!(database.execute(sql, []).expect("changed"), 1);
    let ran = try_verb(at, "log verify", "");
    assert_eq!((ran.code, &ran.json()["index"]), (1, &json!(1)), "{ran:?}");
}

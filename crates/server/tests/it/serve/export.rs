//! An export beside a working server, and life after its import; an import that is killed. Must not
//! test what a line is made of.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::json;

use super::backup::{answered_with_picture, on_to_the_end};
use super::house::{House, noise, verb};
use super::wait::until;
use crate::kit::{Ran, run_in};

fn tries(house: &House, line: &str) -> Ran {
    run_in(house.path(), &[], &line.split_whitespace().collect::<Vec<_>>(), "")
}

#[test]
fn an_export_imported_into_an_empty_folder_goes_on_living() {
    let mut house = House::open();
    let case = answered_with_picture(&house);
    let made = verb(house.path(), "export all.jsonl --secrets --json").json();
    assert_eq!((&made["files"], &made["secrets"]), (&json!(1), &json!(true)));
    let again = tries(&house, "export all.jsonl --json");
    assert_eq!((again.code, again.error_kind().as_str()), (1, "export"), "{again:?}");
    house.replaced(|folder| {
        let done = verb(folder, "import all.jsonl --data redress-data --json").json();
        assert_eq!(done["events"], made["events"]);
        assert_eq!((&done["complaints"], &done["files"]), (&json!(1), &json!(1)));
    });
    let seen = house.show(&case.tracking, &case.reference);
    assert_eq!(seen["state"], "answered", "the link of the complainant still opens");
    on_to_the_end(&house, case);
    house.complain(&noise());
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], true);
    let found = verb(house.path(), "complaint list --q lech --state all --json").json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(2), "{found}");
}

#[test]
fn an_export_without_secrets_goes_through_a_pipe_and_needs_the_key() {
    let house = House::open();
    house.complain(&noise());
    let lines = verb(house.path(), "export -").out;
    assert!(lines.lines().last().expect("a line").starts_with("{\"is\":\"end\""), "{lines}");
    let import = |flags: &str| {
        let line = format!("import - --data other --json {flags}");
        run_in(house.path(), &[], &line.split_whitespace().collect::<Vec<_>>(), &lines)
    };
    let refused = import("");
    assert_eq!((refused.code, refused.error_kind().as_str()), (1, "import"), "{refused:?}");
    assert!(refused.err.contains("--key"), "{refused:?}");
    let done = import("--key redress-data/installation.key").json();
    assert_eq!((&done["verified"], &done["secrets"]), (&json!(true), &json!(false)));
    assert_eq!(verb(house.path(), "export - --data other").out, lines);
    let missing = tries(&house, "import nowhere.jsonl --data third --json");
    assert_eq!((missing.code, missing.error_kind().as_str()), (3, "import"), "{missing:?}");
}

#[test]
fn a_killed_import_is_served_to_nobody_and_can_be_done_again() {
    let house = House::open();
    house.complain(&noise());
    let lines = verb(house.path(), "export - --secrets").out;
    let half = lines.split_inclusive('\n').take(10).collect::<String>();
    let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
        .env_clear()
        .current_dir(house.path())
        .args(["import", "-", "--data", "other"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("the input is a pipe");
    stdin.write_all(half.as_bytes()).expect("it reads");
    let database = house.path().join("other/redress.sqlite");
    until("a database", || database.exists().then_some(()));
    let beside = tries(&house, "import - --data other --json");
    assert!(beside.err.contains("another import or restore is at work"), "{beside:?}");
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    for line in ["serve --listen 127.0.0.1:0 --data other --json", "log verify --data other --json"]
    {
        let ran = tries(&house, line);
        assert_eq!((ran.code, ran.error_kind().as_str()), (1, "import-unfinished"), "{ran:?}");
    }
    fs::write(house.path().join("all.jsonl"), &lines).expect("it is written");
    verb(house.path(), "import all.jsonl --data other");
    assert_eq!(verb(house.path(), "export - --secrets --data other").out, lines);
}

//! `redress doctor`: what is wrong is named with its cure. Must not test what is only said.

use std::collections::BTreeMap;
use std::net::TcpListener;

use serde_json::Value;

use super::house::{House, noise};
use crate::kit::{Ran, run_in};

fn doctor(folder: &std::path::Path, variables: &[(&str, &str)]) -> (Ran, BTreeMap<String, Value>) {
    let ran = run_in(folder, variables, &["doctor", "--json"], "");
    let said = ran.json();
    let checks = said["checks"].as_array().expect("a list").iter();
    let by_name =
        checks.map(|check| (check["check"].as_str().expect("a word").to_owned(), check.clone()));
    let by_name: BTreeMap<_, _> = by_name.collect();
    for (name, check) in &by_name {
        assert_eq!(check.get("cure").is_none(), check["status"] == "ok", "{name}: {check}");
    }
    (ran, by_name)
}

#[test]
fn a_furnished_house_is_well_and_what_is_missing_is_only_a_warning() {
    let house = House::open();
    house.complain(&noise());
    let (ran, checks) = doctor(house.path(), &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for (check, status) in [
        ("configuration", "ok"),
        ("data", "ok"),
        ("database", "ok"),
        ("clock", "ok"),
        ("calendar", "ok"),
        ("people", "ok"),
        ("work", "ok"),
        ("mail", "warn"),
        ("backup", "warn"),
        ("address", "warn"),
    ] {
        assert_eq!(checks[check]["status"], status, "{:?}", checks[check]);
    }
}

#[test]
fn each_failure_is_named_with_its_cure_and_the_rest_is_still_looked_at() {
    let empty = tempfile::tempdir().expect("a folder");
    // A port nobody listens at any more.
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port().to_string()
    };
    let mail = [
        ("REDRESS_MAIL_SMTP_HOST", "127.0.0.1"),
        ("REDRESS_MAIL_SMTP_PORT", &port),
        ("REDRESS_MAIL_FROM", "a@example.vn"),
        ("REDRESS_BACKUP_FOLDER", "redress-data/inside"),
    ];
    let (ran, checks) = doctor(empty.path(), &mail);
    assert_eq!(ran.code, 1, "{ran:?}");
    for check in ["data", "mail", "backup"] {
        assert_eq!(checks[check]["status"], "fail", "{:?}", checks[check]);
    }
    let (ran, checks) = doctor(empty.path(), &[("REDRESS_LISTEN", "8080")]);
    assert_eq!((ran.code, &checks["configuration"]["status"]), (1, &Value::from("fail")));
}

#[test]
fn a_damaged_database_and_a_house_without_people_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let add = ["user", "add", "--name", "Dũng", "--email", "d@x.vn", "--role", "director"];
    assert_eq!(run_in(folder.path(), &[], &add, "").code, 0);
    let (ran, checks) = doctor(folder.path(), &[]);
    assert_eq!((ran.code, &checks["people"]["status"]), (1, &Value::from("fail")));
    let database = folder.path().join("redress-data/redress.sqlite");
    let mut bytes = std::fs::read(&database).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&database, bytes).expect("written");
    let (ran, checks) = doctor(folder.path(), &[]);
    assert_eq!((ran.code, &checks["database"]["status"]), (1, &Value::from("fail")), "{ran:?}");
}

//! What SQL finds in the file of an installation: rows that somebody changed are named, and words
//! that were redacted are not there any more.

use std::path::Path;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::kit::run_in;
use crate::serve::house::{AUDITOR, CARE, DIRECTOR, House, noise, with};

fn open(house: &House) -> Connection {
    Connection::open(house.path().join("redress-data/redress.sqlite")).expect("opened")
}

fn rebuild(folder: &Path) -> (i32, Value) {
    let ran = run_in(folder, &[], &["rebuild", "--json"], "");
    (ran.code, ran.json())
}

/// Changes rows by SQL and says what `rebuild` names: table, key and column.
fn check(house: &House, sql: &str, named: &[(&str, &str, Value)]) {
    assert_eq!(rebuild(house.path()), (0, json!({"equal": true, "differences": []})));
    let file = open(house);
    file.execute_batch(&format!("SAVEPOINT before; {sql}")).expect("changed");
    file.execute_batch("RELEASE before").expect("kept");
    let (code, answer) = rebuild(house.path());
    assert_eq!((code, &answer["equal"]), (1, &json!(false)), "{sql}");
    let found: Vec<(String, String, Value)> = answer["differences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| {
            let word = |name: &str| d[name].as_str().unwrap_or_default().to_owned();
            (word("table"), word("key"), d["column"].clone())
        })
        .collect();
    let named: Vec<_> =
        named.iter().map(|(t, k, c)| ((*t).to_owned(), (*k).to_owned(), c.clone())).collect();
    assert_eq!(found, named, "{sql}");
}

#[test]
fn a_row_changed_added_or_lost_is_named_by_table_key_and_column() {
    let house = House::open();
    let case = house.complain(&noise());
    house.run(DIRECTOR, &case.reference, "handover", &json!({"to": "technical"})).is(200);
    house.kill();
    let file = open(&house);
    let one = |sql: &str| file.query_row(sql, [], |row| row.get::<_, String>(0)).expect("is there");
    let complaint = one("SELECT id FROM complaint");
    let person = one("SELECT id FROM person");
    let account = one("SELECT id FROM account ORDER BY id LIMIT 1");
    let rows: [(&str, &str, String, &str, &str); 5] = [
        ("complaint", "next_due", complaint.clone(), "next_due + 1", "next_due - 1"),
        ("complaint", "title", complaint, "title || 'x'", "substr(title, 1, length(title) - 1)"),
        ("person", "name", person, "name || 'x'", "substr(name, 1, length(name) - 1)"),
        ("account", "disabled", account, "1 - disabled", "1 - disabled"),
        (
            "notice",
            "interpreted",
            one("SELECT id FROM notice"),
            "1 - interpreted",
            "1 - interpreted",
        ),
    ];
    for (table, column, key, change, back) in rows {
        let update = |to: &str| format!("UPDATE {table} SET {column} = {to} WHERE id = '{key}'");
        check(&house, &update(change), &[(table, &key, json!(column))]);
        file.execute_batch(&update(back)).expect("taken back");
    }
    let sql = format!("DELETE FROM person WHERE id = '{}'", one("SELECT id FROM person"));
    let key = one("SELECT id FROM person");
    check(&house, &sql, &[("person", &key, Value::Null)]);
}

/// How many cells of the whole file hold the words.
fn cells_with(file: &Connection, words: &str) -> usize {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'";
    let mut statement = file.prepare(tables).expect("SQL");
    let names: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .expect("read")
        .map(|name| name.expect("a name"))
        .collect();
    let mut found = 0;
    for name in names {
        let mut statement = file.prepare(&format!("SELECT * FROM {name}")).expect("SQL");
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("read");
        while let Some(row) = rows.next().expect("read") {
            for column in 0..columns {
                let cell = row.get_ref(column).expect("a column");
                let bytes = cell.as_bytes().unwrap_or_default();
                found +=
                    usize::from(bytes.windows(words.len()).any(|part| part == words.as_bytes()));
            }
        }
    }
    found
}

#[test]
fn redacted_words_are_in_no_cell_any_more_and_the_log_still_verifies() {
    const WORDS: &str = "ông Thành căn 1204";
    let house = House::open();
    let body = with(noise(), json!({"text": format!("{WORDS} làm hỏng cửa thang. ").repeat(180)}));
    let case = house.complain(&body);
    let file = open(&house);
    assert_eq!(cells_with(&file, WORDS), 3, "the notice, the complaint, its row");
    let token = house.token(AUDITOR);
    let path = format!("/api/v1/complaints/{}/events", case.reference);
    let events = house.client.get(&path).token(token).send().is(200).json();
    let events = events.as_array().or(events["items"].as_array()).or(events["events"].as_array());
    let opened = events.expect("a list")[0]["pos"].clone();
    let redaction = json!({"event": opened, "fields": ["text"], "ground": "third-party-data"});
    house.run(CARE, &case.reference, "redaction", &redaction).is(200);
    assert_eq!(cells_with(&file, WORDS), 0);
    house.kill();
    file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("written back");
    let bytes = std::fs::read(house.path().join("redress-data/redress.sqlite")).expect("readable");
    let there = bytes.windows(WORDS.len()).any(|part| part == WORDS.as_bytes());
    assert!(!there, "the words are still in a freed page of the file");
    assert_eq!(rebuild(house.path()).0, 0);
    let verified = run_in(house.path(), &[], &["log", "verify", "--json"], "");
    assert_eq!((verified.code, &verified.json()["valid"]), (0, &json!(true)), "{verified:?}");
}

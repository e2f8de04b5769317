//! Test only: no statement of the crate walks a whole table, and no page is sorted.
//! Must not run a statement: the plan is asked for on an empty store.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::{carry, claims, reads, rows, sequencer, sqlite, tiles, write};

/// Statements that may walk or sort, with the reason.
const ALLOWED: &[(&str, &str)] = &[];

/// Every statement both engines share, by name.
fn shared_statements() -> Vec<(String, String)> {
    let fixed = [
        carry::STATEMENTS,
        &carry::every_statement(),
        claims::STATEMENTS,
        reads::ACCESS_STATEMENTS,
        reads::CALENDAR_STATEMENTS,
        reads::COMPLAINT_STATEMENTS,
        reads::EVENT_STATEMENTS,
        reads::FILE_STATEMENTS,
        reads::OTHER_STATEMENTS,
        rows::CALENDAR_STATEMENTS,
        rows::COMPLAINT_STATEMENTS,
        rows::OTHER_STATEMENTS,
        rows::PEOPLE_STATEMENTS,
        sequencer::BATCH_STATEMENTS,
        sequencer::PLAN_STATEMENTS,
        tiles::STATEMENTS,
        write::ACCESS_STATEMENTS,
        write::FILE_STATEMENTS,
        write::WORK_STATEMENTS,
        &reads::dump_statements(),
    ]
    .concat();
    let built = [reads::list_statements(), reads::find_statements()].concat();
    fixed
        .into_iter()
        .map(|(name, sql)| (name.to_owned(), sql.to_owned()))
        .chain(built.into_iter().map(|(name, statement)| (name, statement.sql.into_owned())))
        .collect()
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut asked = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let lines = asked.raw_query().mapped(|row| row.get(3)).collect::<Result<_, _>>();
    lines.unwrap()
}

/// A line without the number of the search's own plan.
fn plain(line: &str) -> &str {
    line.split_once("INDEX ").map_or(line, |(before, _)| &line[..before.len() + 5])
}

#[test]
fn every_statement_walks_an_index_and_sorts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("redress.db");
    let wait = std::time::Duration::from_secs(1);
    drop(sqlite::Writer::open(&path, wait, None, Timestamp::UNIX_EPOCH).unwrap());
    let connection = Connection::open(&path).unwrap();
    let own = sqlite::search::STATEMENTS.iter();
    let own = own.map(|(name, sql)| ((*name).to_owned(), (*sql).to_owned()));
    let statements: Vec<_> = shared_statements().into_iter().chain(own).collect();
    assert!(statements.len() > 100, "the list is whole");
    let mut wrong = Vec::new();
    for (name, sql) in statements {
        if ALLOWED.iter().any(|(allowed, _)| *allowed == name) {
            continue;
        }
        for line in plan(&connection, &sql) {
            // A subquery of limited size is walked, not a table; the search is an index.
            let bounded = ["SCAN capped", "SCAN search VIRTUAL TABLE INDEX"];
            let walks = line.starts_with("SCAN") && !bounded.contains(&plain(&line));
            let sorts = line.contains("TEMP B-TREE");
            if walks || sorts {
                wrong.push(format!("{name}: {line}\n    {sql}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_both_engines_share_has_no_word_of_one_of_them() {
    let foreign = ["rowid", "OR REPLACE", "OR IGNORE", "PRAGMA", "?", "IFNULL", "NOW(", "::"];
    for (name, sql) in shared_statements() {
        // The search is a part that each engine writes its own way.
        if sql.contains("AS h") {
            continue;
        }
        for word in foreign {
            assert!(!sql.to_uppercase().contains(&word.to_uppercase()), "{name}: {word}");
        }
    }
}

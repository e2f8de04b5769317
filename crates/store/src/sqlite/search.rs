//! Full-text search with FTS5, which knows no upsert and speaks a query language of its own.
//! Must not let that language through: every word of a query is quoted.

use crate::value::{Statement, statements, stmt};

/// Most matches a query looks at, the newest ones.
const HITS_MAX: u32 = 1_000;

statements! {
    PUT_KEY = "INSERT INTO search_key (complaint) VALUES ($1) ON CONFLICT (complaint) DO NOTHING";
    PUT_BODY = "INSERT OR REPLACE INTO search (rowid, body) \
        SELECT number, $2 FROM search_key WHERE complaint = $1";
}

/// The statements that make `complaint` found by these words and no others.
pub(crate) fn put(complaint: &str, words: &str) -> [Statement; 2] {
    [stmt!(PUT_KEY; complaint), stmt!(PUT_BODY; complaint, words)]
}

/// A table `h(complaint)` of the newest matches; `parameter` holds the [`text`] of the query.
pub(crate) fn hits(parameter: &str) -> String {
    format!(
        "(SELECT k.complaint FROM search JOIN search_key k ON k.number = search.rowid \
         WHERE search MATCH {parameter} ORDER BY search.rowid DESC LIMIT {HITS_MAX}) AS h"
    )
}

/// Every word must be there; the last one may be the beginning of a word.
pub(crate) fn text(words: &[String]) -> String {
    let quoted = words.iter().map(|word| format!("\"{}\"", word.replace(['"', '\0'], " ")));
    quoted.collect::<Vec<_>>().join(" ") + "*"
}

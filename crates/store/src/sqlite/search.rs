//! Full-text search with FTS5, which knows no upsert and speaks a query language of its own.
//! Must not let that language through: every word of a query is quoted.

use redress_core::search::{Needle, Query, Term};

use crate::value::{Statement, statements, stmt};

statements! {
    ADD_KEY = "INSERT INTO search_key (complaint) VALUES ($1)";
    PUT_KEY = "INSERT INTO search_key (complaint) VALUES ($1) ON CONFLICT (complaint) DO NOTHING";
    ADD_BODY = "INSERT INTO search (rowid, body) \
        VALUES ((SELECT number FROM search_key WHERE complaint = $1), $2)";
    PUT_BODY = "INSERT OR REPLACE INTO search (rowid, body) \
        VALUES ((SELECT number FROM search_key WHERE complaint = $1), $2)";
}

/// The statements that make `complaint` found by these words and no others. One that is new is
/// added without looking for what it replaces.
///
/// Neither is an `INSERT … SELECT`: a statement that may write many rows opens a savepoint of its
/// own, at which the index writes all it has gathered since the transaction began.
pub(crate) fn put<'a>(complaint: &'a str, words: &'a str, is_new: bool) -> [Statement<'a>; 2] {
    let (key, body) = if is_new { (ADD_KEY, ADD_BODY) } else { (PUT_KEY, PUT_BODY) };
    [stmt!(key; complaint), stmt!(body; complaint, words)]
}

/// A table `h(number)` of matches below a number, the newest first. `text` and `below` are the
/// parameters that hold the [`text`] of the question and the number.
pub(crate) fn hits(text: &str, below: &str) -> String {
    format!(
        "(SELECT search.rowid AS number FROM search \
         WHERE search MATCH {text} AND search.rowid < {below} ORDER BY search.rowid DESC) AS h"
    )
}

/// The question in the engine's own language: every needle must be met, and every token of
/// `narrow` be there; `others` asks for what is met only by other spellings.
pub(crate) fn text(query: &Query, narrow: &[String], others: bool) -> String {
    let every = |needles: &dyn Fn(&Needle) -> String| {
        let needles: Vec<String> = query.needles.iter().map(needles).collect();
        needles.join(" AND ")
    };
    let best = every(&|needle| any(needle.best.iter()));
    let mut text = if others {
        let all = every(&|needle| any(needle.best.iter().chain(&needle.also)));
        format!("(({all}) NOT ({best}))")
    } else {
        format!("({best})")
    };
    for token in narrow {
        text.push_str(" AND ");
        text.push_str(&quoted(token));
    }
    text
}

fn any<'t>(terms: impl Iterator<Item = &'t Term>) -> String {
    let terms: Vec<String> = terms
        .map(|term| {
            let star = if term.prefix { "*" } else { "" };
            format!("{}{star}", quoted(&term.token))
        })
        .collect();
    format!("({})", terms.join(" OR "))
}

fn quoted(token: &str) -> String {
    format!("\"{}\"", token.replace(['"', '\0'], " "))
}

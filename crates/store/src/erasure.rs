//! What an erasure makes of every column that holds text or bytes. Must not miss one: a test compares
//! the list with the schema, so that whoever adds a column says what becomes of it.

/// What becomes of a column when a person is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It holds what is personal, and is erased: how.
    Erased(&'static str),
    /// It holds nothing personal of a complainant: why.
    Kept(&'static str),
}

use Fate::{Erased, Kept};

const ID: Fate = Kept("an id, made by chance");
const CODE: Fate = Kept("a word of a closed vocabulary, or an id of the pack");
const HASH: Fate = Kept("a hash of a secret made by chance");
const STAFF: Fate =
    Kept("of an account of the staff, which an erasure of complainants leaves alone");
const ROW: Fate = Erased("the row is written anew from events without words");
const WITH_UPLOAD: Fate = Erased("the row goes with the complaint that used it");
const WITH_FILE: Fate = Erased("the row goes with the bytes, when no upload names them any more");
const WITH_WORK: Fate = Erased("the row goes with its complaint");
const INDEX: Fate =
    Erased("tokens are replaced by those of facts, and the index is written anew as a whole");
const SETTING: Fate = Kept("a setting of the engine");
const LEAVES: Fate = Kept("hashes of leaves");
const POLICY: Fate = Kept("what was published");

/// Every column that holds text or bytes, by table.
pub static FATES: &[(&str, &[(&str, Fate)])] = &[
    (
        "account",
        &[
            ("id", ID),
            ("email", STAFF),
            ("name", STAFF),
            ("role", CODE),
            ("department", CODE),
            ("authority", CODE),
        ],
    ),
    ("account_secret", &[("account", ID), ("password_hash", STAFF)]),
    ("calendar", &[("name", POLICY), ("as_of", POLICY), ("sha256", POLICY), ("bytes", POLICY)]),
    (
        "claim",
        &[
            ("kind", CODE),
            ("key", Kept("a hash of a key that a program or a form made by chance")),
            ("owner", Kept("an id or a reference, or the e-mail of an account")),
            ("fingerprint", Kept("a hash of a whole request; it lapses within 48 hours")),
            ("answer", Kept("nothing writes one: a repeated request is answered from the events")),
        ],
    ),
    ("commit_log", &[("id", ID)]),
    (
        "complaint",
        &[
            ("id", ID),
            ("reference", Kept("a number that was given, never a credential")),
            (
                "tracking_hash",
                Erased("replaced, so that the link of the complainant opens nothing"),
            ),
            ("state", CODE),
            ("kind", CODE),
            ("about", CODE),
            ("category", CODE),
            ("severity", CODE),
            ("channel", CODE),
            ("language", CODE),
            ("title", ROW),
            ("department", CODE),
            ("departments", CODE),
            ("holder", ID),
            ("next_promise", CODE),
            ("next_state", CODE),
            ("person", ID),
            ("policy", Kept("a digest of what was published")),
        ],
    ),
    ("complaint_department", &[("complaint", ID), ("department", CODE), ("state", CODE)]),
    ("counter", &[("name", Kept("the year of a row of numbers"))]),
    ("delegation", &[("id", ID), ("principal", ID), ("deputy", ID)]),
    ("duty", &[("id", ID), ("account", ID), ("phone", STAFF)]),
    (
        "event",
        &[
            ("stream", ID),
            ("kind", CODE),
            ("actor", Kept("ids and roles")),
            ("facts", Kept("ids, codes, instants and hashes: a name or a text is never a fact")),
            ("words", Erased("set to nothing, together with their salt")),
            ("salt", Kept("opens the facts alone")),
            ("words_salt", Erased("set to nothing: what is left of the words cannot be guessed")),
            ("words_commitment", Kept("under a salt that is gone it says nothing")),
            ("leaf", Kept("a time and a salted commitment")),
        ],
    ),
    ("file", &[("digest", WITH_FILE), ("state", WITH_FILE), ("finding", WITH_FILE)]),
    ("head", &[("frontier", LEAVES), ("policy", POLICY)]),
    ("lease", &[("name", Kept("a part of the program")), ("owner", Kept("a process"))]),
    ("migration", &[("name", Kept("a part of the program"))]),
    (
        "notice",
        &[
            ("id", ID),
            ("reference", Kept("a number that was given, never a credential")),
            ("channel", CODE),
            ("complaint", ID),
        ],
    ),
    (
        "outbox",
        &[
            ("id", WITH_WORK),
            ("lease_owner", WITH_WORK),
            ("kind", WITH_WORK),
            ("complaint", WITH_WORK),
            ("payload", WITH_WORK),
        ],
    ),
    ("pack", &[("digest", POLICY), ("pack", POLICY), ("bytes", POLICY)]),
    ("person", &[("id", ID), ("name", ROW), ("organisation", ROW), ("language", CODE)]),
    ("person_contact", &[("person", ROW), ("hash", ROW), ("kind", ROW), ("value", ROW)]),
    ("promise_to_count", &[("complaint", ID)]),
    (
        "running_promise",
        &[
            ("calendar", CODE),
            ("complaint", ID),
            ("promise", CODE),
            ("reference", Kept("a number that was given, never a credential")),
            ("within", CODE),
            ("paused", Kept("instants")),
            ("policy", POLICY),
        ],
    ),
    ("search", &[("body", INDEX)]),
    ("search_config", &[("k", SETTING), ("v", SETTING)]),
    ("search_data", &[("block", INDEX)]),
    ("search_docsize", &[("sz", INDEX)]),
    ("search_idx", &[("segid", INDEX), ("term", INDEX), ("pgno", INDEX)]),
    ("search_key", &[("complaint", ID)]),
    ("session", &[("token_hash", HASH), ("account", ID), ("form_secret", Kept("made by chance"))]),
    ("setup_link", &[("hash", HASH), ("account", ID)]),
    ("tile", &[("root", LEAVES), ("hashes", LEAVES)]),
    ("token", &[("hash", HASH), ("account", ID)]),
    (
        "upload",
        &[
            ("id_hash", WITH_UPLOAD),
            ("owner", WITH_UPLOAD),
            ("digest", WITH_UPLOAD),
            ("name", WITH_UPLOAD),
            ("media_type", WITH_UPLOAD),
            ("used_by", WITH_UPLOAD),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;
    use rusqlite::Connection;

    use super::*;

    /// Every column of every table of a new store whose type is not a number.
    fn columns() -> BTreeSet<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("redress.db");
        let wait = std::time::Duration::from_secs(1);
        drop(crate::sqlite::Writer::open(&path, wait, None, Timestamp::UNIX_EPOCH).unwrap());
        let file = Connection::open(&path).unwrap();
        let sql = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
            AND c.type NOT IN ('BIGINT', 'INTEGER')";
        let mut asked = file.prepare(sql).unwrap();
        let pairs = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        pairs.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn an_erasure_knows_every_column_that_holds_text_or_bytes() {
        let known: BTreeSet<(String, String)> = FATES
            .iter()
            .flat_map(|(table, columns)| columns.iter().map(move |(column, _)| (table, column)))
            .map(|(table, column)| ((*table).to_owned(), (*column).to_owned()))
            .collect();
        let there = columns();
        let unknown: Vec<_> = there.difference(&known).collect();
        assert!(unknown.is_empty(), "say in FATES what an erasure makes of {unknown:?}");
        let gone: Vec<_> = known.difference(&there).collect();
        assert!(gone.is_empty(), "no longer in the schema: {gone:?}");
    }
}

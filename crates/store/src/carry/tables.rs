//! The tables that are carried, with the type of each column.
//! Must not leave one out: a test compares them with the schema.

/// How a column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarriedKind {
    /// A text.
    Text,
    /// A text or nothing.
    MaybeText,
    /// A whole number.
    Number,
    /// Bytes.
    Bytes,
    /// An instant.
    Instant,
    /// An instant, or nothing for one that never comes.
    MaybeInstant,
}

/// A column of a carried table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CarriedColumn {
    /// Its name.
    pub name: &'static str,
    /// How it is read.
    pub kind: CarriedKind,
}

/// A table whose rows events do not say again. The columns of its key come first.
#[derive(Debug, PartialEq, Eq)]
pub struct CarriedTable {
    /// Its name.
    pub name: &'static str,
    /// How many columns its key has.
    pub key: usize,
    /// Its columns.
    pub columns: &'static [CarriedColumn],
    /// Whether its rows let somebody in.
    pub secret: bool,
    /// Whether its rows come before the events, which are read by them.
    pub before_events: bool,
    pub(super) select: &'static str,
    pub(super) insert: &'static str,
}

const fn column(name: &'static str, kind: CarriedKind) -> CarriedColumn {
    CarriedColumn { name, kind }
}

use CarriedKind::{Bytes, Instant, MaybeInstant, MaybeText, Number, Text};

/// Every carried table, in the order in which an export lists them.
pub static CARRIED: [CarriedTable; 9] = [
    CarriedTable {
        name: "pack",
        key: 1,
        columns: &[
            column("digest", Text),
            column("pack", Text),
            column("version", Number),
            column("bytes", Bytes),
            column("put_in_force_at", Instant),
        ],
        secret: false,
        before_events: true,
        select: "SELECT digest, pack, version, bytes, put_in_force_at FROM pack \
            WHERE digest > $1 ORDER BY digest LIMIT $2",
        insert: "INSERT INTO pack (digest, pack, version, bytes, put_in_force_at) \
            VALUES ($1, $2, $3, $4, $5)",
    },
    CarriedTable {
        name: "calendar",
        key: 2,
        columns: &[
            column("name", Text),
            column("as_of", Text),
            column("sha256", Text),
            column("bytes", Bytes),
            column("put_in_force_at", Instant),
        ],
        secret: false,
        before_events: true,
        select: "SELECT name, as_of, sha256, bytes, put_in_force_at FROM calendar \
            WHERE (name, as_of) > ($1, $2) ORDER BY name, as_of LIMIT $3",
        insert: "INSERT INTO calendar (name, as_of, sha256, bytes, put_in_force_at) \
            VALUES ($1, $2, $3, $4, $5)",
    },
    CarriedTable {
        name: "claim",
        key: 2,
        columns: &[
            column("kind", Text),
            column("key", Bytes),
            column("owner", Text),
            column("fingerprint", Bytes),
            column("answer", MaybeText),
            column("expires_at", MaybeInstant),
        ],
        secret: false,
        before_events: false,
        select: "SELECT kind, key, owner, fingerprint, answer, expires_at FROM claim \
            WHERE (kind, key) > ($1, $2) ORDER BY kind, key LIMIT $3",
        insert: "INSERT INTO claim (kind, key, owner, fingerprint, answer, expires_at) \
            VALUES ($1, $2, $3, $4, $5, $6)",
    },
    CarriedTable {
        name: "upload",
        key: 1,
        columns: &[
            column("id_hash", Bytes),
            column("owner", Text),
            column("digest", Text),
            column("name", Text),
            column("media_type", Text),
            column("bytes", Number),
            column("created_at", Instant),
            column("used_by", Text),
        ],
        secret: false,
        before_events: false,
        select: "SELECT id_hash, owner, digest, name, media_type, bytes, created_at, used_by \
            FROM upload WHERE id_hash > $1 AND used_by <> '' ORDER BY id_hash LIMIT $2",
        insert: "INSERT INTO upload (id_hash, owner, digest, name, media_type, bytes, \
            created_at, used_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    },
    CarriedTable {
        name: "file",
        key: 1,
        columns: &[
            column("digest", Text),
            column("bytes", Number),
            column("state", Text),
            column("finding", Text),
            column("attempts", Number),
            column("next_try_at", MaybeInstant),
            column("stored_at", Instant),
        ],
        secret: false,
        before_events: false,
        select: "SELECT digest, bytes, state, finding, attempts, next_try_at, stored_at FROM file \
            WHERE digest > $1 AND EXISTS (SELECT 1 FROM upload u WHERE u.digest = file.digest \
            AND u.used_by <> '') ORDER BY digest LIMIT $2",
        insert: "INSERT INTO file (digest, bytes, state, finding, attempts, next_try_at, \
            stored_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    },
    CarriedTable {
        name: "outbox",
        key: 1,
        columns: &[
            column("id", Text),
            column("due_at", Instant),
            column("attempts", Number),
            column("kind", Text),
            column("complaint", Text),
            column("payload", Text),
            column("done", Number),
            column("done_at", MaybeInstant),
            column("gravity", Number),
            column("urgent_at", MaybeInstant),
            column("received_at", MaybeInstant),
        ],
        secret: false,
        before_events: false,
        select: "SELECT id, due_at, attempts, kind, complaint, payload, done, done_at, gravity, \
            urgent_at, received_at FROM outbox WHERE id > $1 ORDER BY id LIMIT $2",
        insert: "INSERT INTO outbox (id, due_at, lease_owner, lease_until, attempts, kind, \
            complaint, payload, done, done_at, gravity, urgent_at, received_at) \
            VALUES ($1, $2, '', 0, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    },
    CarriedTable {
        name: "counter",
        key: 1,
        columns: &[column("name", Text), column("next", Number)],
        secret: false,
        before_events: false,
        select: "SELECT name, next FROM counter WHERE name > $1 ORDER BY name LIMIT $2",
        insert: "INSERT INTO counter (name, next) VALUES ($1, $2)",
    },
    CarriedTable {
        name: "account_secret",
        key: 1,
        columns: &[column("account", Text), column("password_hash", Text)],
        secret: true,
        before_events: false,
        select: "SELECT account, password_hash FROM account_secret WHERE account > $1 \
            ORDER BY account LIMIT $2",
        insert: "INSERT INTO account_secret (account, password_hash) VALUES ($1, $2)",
    },
    CarriedTable {
        name: "token",
        key: 1,
        columns: &[
            column("hash", Bytes),
            column("account", Text),
            column("created_at", Instant),
            column("expires_at", MaybeInstant),
        ],
        secret: true,
        before_events: false,
        select: "SELECT hash, account, created_at, expires_at FROM token WHERE hash > $1 \
            ORDER BY hash LIMIT $2",
        insert: "INSERT INTO token (hash, account, created_at, expires_at) \
            VALUES ($1, $2, $3, $4)",
    },
];

/// Every statement of this module, by table.
#[cfg(test)]
pub(crate) fn every_statement() -> Vec<(&'static str, &'static str)> {
    CARRIED
        .iter()
        .flat_map(|table| [(table.name, table.select), (table.name, table.insert)])
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rusqlite::Connection;

    use super::*;

    /// Tables that an import makes anew from the events, or that end with the machine.
    const LEFT: &[&str] = &[
        "account",
        "commit_log",
        "complaint",
        "complaint_department",
        "delegation",
        "duty",
        "event",
        "file_total",
        "head",
        "lease",
        "migration",
        "notice",
        "person",
        "person_contact",
        "promise_to_count",
        "running_promise",
        "search_key",
        "session",
        "setup_link",
        "tile",
    ];

    fn names(connection: &Connection, sql: &str) -> Vec<String> {
        let mut asked = connection.prepare(sql).unwrap();
        let names = asked.query_map([], |row| row.get(0)).unwrap();
        names.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn every_table_is_carried_whole_or_left_for_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("redress.db");
        let wait = std::time::Duration::from_secs(1);
        drop(crate::sqlite::Writer::open(&path, wait, None, Timestamp::UNIX_EPOCH).unwrap());
        let connection = Connection::open(&path).unwrap();
        let every = "SELECT name FROM sqlite_schema WHERE type = 'table' \
            AND name NOT LIKE 'sqlite%' AND name <> 'search' AND name NOT LIKE 'search\\_%' ESCAPE '\\' \
            OR name = 'search_key' ORDER BY name";
        let mut known: Vec<&str> = LEFT.to_vec();
        known.extend(CARRIED.iter().map(|table| table.name));
        known.sort_unstable();
        assert_eq!(names(&connection, every), known);
        for table in &CARRIED {
            let sql = format!("SELECT name FROM pragma_table_info('{}') ORDER BY name", table.name);
            let mut carried: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            if table.name == "outbox" {
                carried.extend(["lease_owner", "lease_until"]);
            }
            carried.sort_unstable();
            assert_eq!(names(&connection, &sql), carried, "{}", table.name);
        }
    }
}

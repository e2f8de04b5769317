//! The floor: the very rows that the program wrote, written again by a bare loop with group commit
//! and `synchronous=FULL`, without any of our code between them and the disk; and the disk itself.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags, types::Value};

/// Tables an intake writes to: by which column new rows are known, and whose key that is.
const TABLES: &[(&str, &str, &str)] = &[
    ("event", "pos", "pos FROM event"),
    ("commit_log", "first_pos", "pos FROM event"),
    ("complaint", "id", "id FROM complaint"),
    ("complaint_department", "complaint", "id FROM complaint"),
    ("person", "id", "id FROM person"),
    ("person_contact", "person", "id FROM person"),
    ("notice", "id", "id FROM notice"),
    ("running_promise", "complaint", "id FROM complaint"),
    ("outbox", "id", "id FROM outbox"),
    ("search_key", "number", "number FROM search_key"),
];
/// Bytes of one write to the bare disk.
const PAGE: [u8; 4096] = [7; 4096];

/// The last key of each table before the program was measured.
pub(crate) struct Mark(Vec<Value>);

/// A bare database beside the program's own.
pub(crate) struct Bare {
    from: Connection,
    database: Connection,
}

impl Bare {
    /// A new database at `target` with the schema of `source`.
    pub(crate) fn beside(source: &Path, target: &Path) -> Self {
        let from = Connection::open_with_flags(source, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .expect("the program's database opens");
        let database = Connection::open(target).expect("a new database opens");
        let pragmas =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;";
        database.execute_batch(pragmas).expect("the engine takes its settings");
        let schema = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE \
            'search\\__%' ESCAPE '\\' OR name LIKE 'search\\_key%' ESCAPE '\\' ORDER BY type DESC";
        let mut statement = from.prepare(schema).expect("the schema is readable");
        let texts = statement.query_map([], |row| row.get::<_, Option<String>>(0));
        for text in texts.expect("the schema is readable") {
            let Some(text) = text.expect("the schema is text") else { continue };
            database.execute_batch(&text).expect("the schema is copied");
        }
        drop(statement);
        Self { from, database }
    }

    /// Where the program's rows end now.
    pub(crate) fn mark(&self) -> Mark {
        let last = |(_, _, key): &(&str, &str, &str)| {
            let sql = format!("SELECT {key} ORDER BY 1 DESC LIMIT 1");
            let last = self.from.query_row(&sql, [], |row| row.get(0));
            last.unwrap_or(Value::Null)
        };
        Mark(TABLES.iter().map(last).collect())
    }

    /// Writes what the program wrote since `mark`, `group` intakes in one transaction; answers how
    /// many intakes, and in what time.
    pub(crate) fn again(&mut self, mark: &Mark, group: usize) -> (usize, Duration) {
        let mut tables: Vec<_> =
            TABLES.iter().zip(&mark.0).map(|(table, mark)| self.rows(*table, mark)).collect();
        tables.extend(mark.0.last().map(|number| self.words(number)));
        let intakes = tables.last().map_or(0, |(_, rows)| rows.len());
        let groups = intakes.div_ceil(group).max(1);
        let began = Instant::now();
        for n in 0..groups {
            self.database.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
            for (sql, rows) in &tables {
                let mut statement = self.database.prepare_cached(sql).expect("it is ours");
                for row in &rows[rows.len() * n / groups..rows.len() * (n + 1) / groups] {
                    statement.execute(rusqlite::params_from_iter(row)).expect("the row is new");
                }
            }
            self.database.execute_batch("COMMIT").expect("the disk takes it");
        }
        (intakes, began.elapsed())
    }

    fn rows(
        &self,
        (table, column, _): (&str, &str, &str),
        mark: &Value,
    ) -> (String, Vec<Vec<Value>>) {
        let select = format!("SELECT * FROM {table} WHERE ?1 IS NULL OR {column} > ?1");
        let mut statement = self.from.prepare(&select).expect("a table of ours");
        let columns = statement.column_count();
        let read = statement
            .query_map([mark], |row| {
                (0..columns).map(|column| row.get::<_, Value>(column)).collect()
            })
            .expect("the rows are readable");
        let rows = read.map(|row| row.expect("a row is readable")).collect();
        let marks = vec!["?"; columns].join(", ");
        (format!("INSERT INTO {table} VALUES ({marks})"), rows)
    }

    /// What the search index was given: it keeps no text, so the words are cut again.
    fn words(&self, number: &Value) -> (String, Vec<Vec<Value>>) {
        let select = "SELECT k.number, o.words || p.words FROM search_key k \
            JOIN event o ON o.stream = 'complaint/' || k.complaint AND o.version = 1 \
            JOIN complaint c ON c.id = k.complaint \
            JOIN event p ON p.stream = 'person/' || c.person AND p.version = 1 WHERE k.number > coalesce(?1, 0)";
        let mut statement = self.from.prepare(select).expect("tables of ours");
        let read = statement
            .query_map([number], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
            .expect("the words are readable");
        let rows = read.map(|row| {
            let (number, said) = row.expect("words are text");
            let words = redress_core::search::tokens([said.as_str()]);
            vec![Value::Integer(number), Value::Text(words)]
        });
        ("INSERT INTO search (rowid, body) VALUES (?, ?)".to_owned(), rows.collect())
    }
}

/// How many small writes a second the disk makes durable one after the other.
pub(crate) fn flushes(folder: &Path, span: Duration) -> f64 {
    let mut file = File::create(folder.join("flushed")).expect("there is room for a file");
    let began = Instant::now();
    let mut flushed = 0_u64;
    while began.elapsed() < span {
        file.write_all(&PAGE).expect("there is room for a page");
        file.sync_data().expect("the disk takes it");
        flushed += 1;
    }
    redress_testkit::bench::count(flushed) / began.elapsed().as_secs_f64()
}

//! The read rows as text, in the order of their keys, and their comparison with another store's.
//! Must not contain what is not rebuilt: sessions, tokens, uploads, leases, claims, packs.

use std::cmp::Ordering;
use std::fmt;

use super::all;
use crate::error::StoreError;
use crate::store::Store;
use crate::value::{Line, Statement, Val};

/// Rows of one page of a dump.
const DUMP_PAGE: i64 = 500;

/// One read row as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpLine {
    /// The table.
    pub table: &'static str,
    /// The values of the key, in order.
    pub key: Vec<String>,
    /// Each column with its value, the key included; bytes in hex.
    pub columns: Vec<(&'static str, String)>,
}

impl fmt::Display for DumpLine {
    /// `table key: column="value" …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}:", self.table, self.key.join("/"))?;
        self.columns.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))
    }
}

/// A place in which two stores differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The key, its values joined by `/`.
    pub key: String,
    /// The column, or nothing if the whole row is missing on one side.
    pub column: Option<&'static str>,
    /// The value in the first store; nothing if the row is missing there.
    pub live: Option<String>,
    /// The value in the second store; nothing if the row is missing there.
    pub rebuilt: Option<String>,
}

struct Table {
    name: &'static str,
    key: &'static [&'static str],
    columns: &'static [&'static str],
    sql: &'static str,
}

/// Declares a table of the dump: its key comes first among the columns. `$1, $2` are the key of
/// the row before, `$3` (or `$2`) the size of a page.
macro_rules! table {
    ($name:literal, [$key:literal] $(, $column:literal)*) => {
        Table {
            name: $name,
            key: &[$key],
            columns: &[$key $(, $column)*],
            sql: concat!("SELECT ", $key $(, ", ", $column)*, " FROM ", $name, " WHERE ", $key,
                " > $1 ORDER BY ", $key, " LIMIT $2"),
        }
    };
    ($name:literal, [$key:literal, $second:literal] $(, $column:literal)*) => {
        Table {
            name: $name,
            key: &[$key, $second],
            columns: &[$key, $second $(, $column)*],
            sql: concat!("SELECT ", $key, ", ", $second $(, ", ", $column)*, " FROM ", $name,
                " WHERE (", $key, ", ", $second, ") > ($1, $2) ORDER BY ", $key, ", ", $second,
                " LIMIT $3"),
        }
    };
}

const COMPLAINT: Table = table!(
    "complaint",
    ["id"],
    "reference",
    "tracking_hash",
    "state",
    "round",
    "kind",
    "about",
    "category",
    "severity",
    "safety",
    "channel",
    "language",
    "title",
    "received_at",
    "department",
    "departments",
    "holder",
    "next_promise",
    "next_round",
    "next_due",
    "next_soon_at",
    "next_state",
    "unread",
    "open",
    "director",
    "next_timer_at",
    "person",
    "policy",
    "version",
    "pos",
    "gravity"
);
const COMPLAINT_DEPARTMENT: Table =
    table!("complaint_department", ["complaint", "department"], "open", "state", "next_due");
const RUNNING_PROMISE: Table = table!(
    "running_promise",
    ["complaint", "promise"],
    "calendar",
    "due",
    "round",
    "reference",
    "from_at",
    "within",
    "paused",
    "policy"
);
const PERSON: Table =
    table!("person", ["id"], "name", "organisation", "language", "erased", "version", "pos");
const PERSON_CONTACT: Table =
    table!("person_contact", ["person", "hash"], "kind", "value", "verified");
const NOTICE: Table = table!(
    "notice",
    ["id"],
    "reference",
    "channel",
    "received_at",
    "interpreted",
    "next_try_at",
    "next_due",
    "complaint",
    "version",
    "pos"
);
const ACCOUNT: Table = table!(
    "account",
    ["id"],
    "email",
    "name",
    "role",
    "department",
    "authority",
    "disabled",
    "created_at",
    "version",
    "pos"
);
const DUTY: Table = table!("duty", ["id"], "account", "from_at", "until_at", "phone");
const DELEGATION: Table =
    table!("delegation", ["id"], "principal", "deputy", "from_at", "until_at");

/// The rebuilt tables, in the order of the dump.
const TABLES: [Table; 9] = [
    COMPLAINT,
    COMPLAINT_DEPARTMENT,
    RUNNING_PROMISE,
    PERSON,
    PERSON_CONTACT,
    NOTICE,
    ACCOUNT,
    DUTY,
    DELEGATION,
];

/// Every statement of this module, by table.
#[cfg(test)]
pub(crate) fn every_statement() -> Vec<(&'static str, &'static str)> {
    TABLES.iter().map(|table| (table.name, table.sql)).collect()
}

fn shown(value: &Val<'_>) -> String {
    match value {
        Val::Null => "null".to_owned(),
        Val::Int(number) => number.to_string(),
        Val::Text(text) => text.clone().into_owned(),
        Val::Bytes(bytes) => hex(bytes),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Table {
    /// Where the first page begins: before every key.
    fn start(&self) -> Vec<Val<'static>> {
        let second = if self.key.get(1) == Some(&"hash") {
            Val::from(Vec::new())
        } else {
            Val::from(String::new())
        };
        [Val::from(String::new()), second].into_iter().take(self.key.len()).collect()
    }

    fn read(&self, line: &mut Line) -> Result<Vec<Val<'static>>, StoreError> {
        self.columns.iter().map(|_| line.any()).collect()
    }

    fn key(&self, values: &[Val<'_>]) -> Vec<String> {
        values.iter().take(self.key.len()).map(shown).collect()
    }

    fn show(&self, values: &[Val<'_>]) -> DumpLine {
        let columns = self.columns.iter().copied().zip(values.iter().map(shown)).collect();
        DumpLine { table: self.name, key: self.key(values), columns }
    }

    /// Which of two rows comes first; millions are equal, and only others are made readable.
    fn order(&self, left: &[Val<'_>], right: &[Val<'_>]) -> Ordering {
        if left == right { Ordering::Equal } else { self.key(left).cmp(&self.key(right)) }
    }
}

/// Reads one table row by row, a page at a time.
struct Walk<'a> {
    store: &'a Store,
    table: &'static Table,
    after: Vec<Val<'static>>,
    page: std::vec::IntoIter<Vec<Val<'static>>>,
    ended: bool,
}

impl<'a> Walk<'a> {
    fn new(store: &'a Store, table: &'static Table) -> Self {
        Self { store, table, after: table.start(), page: Vec::new().into_iter(), ended: false }
    }

    async fn next(&mut self) -> Result<Option<Vec<Val<'static>>>, StoreError> {
        loop {
            if let Some(line) = self.page.next() {
                return Ok(Some(line));
            }
            if self.ended {
                return Ok(None);
            }
            let mut params = self.after.clone();
            params.push(Val::Int(DUMP_PAGE));
            let statement = Statement { sql: self.table.sql.into(), params };
            let table = self.table;
            let read = move |line: &mut Line| table.read(line);
            let lines = self.store.read(move |reader| all(reader, &statement, read)).await?;
            self.ended = i64::try_from(lines.len()).unwrap_or(i64::MAX) < DUMP_PAGE;
            if let Some(last) = lines.last() {
                self.after = last.iter().take(table.key.len()).cloned().collect();
            }
            self.page = lines.into_iter();
        }
    }
}

impl Store {
    /// Hands every read row to `each`, table by table, in the order of the keys.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn dump(&self, mut each: impl FnMut(DumpLine) + Send) -> Result<(), StoreError> {
        for table in &TABLES {
            let mut walk = Walk::new(self, table);
            while let Some(line) = walk.next().await? {
                each(table.show(&line));
            }
        }
        Ok(())
    }

    /// Compares the read rows of this store (live) with another's (rebuilt); answers the first
    /// `limit` differences.
    ///
    /// # Errors
    ///
    /// Whatever either engine says.
    pub async fn compare_rows(
        &self,
        rebuilt: &Self,
        limit: usize,
    ) -> Result<Vec<Difference>, StoreError> {
        let mut found = Vec::new();
        for table in &TABLES {
            let (mut here, mut there) = (Walk::new(self, table), Walk::new(rebuilt, table));
            let (mut left, mut right) = tokio::try_join!(here.next(), there.next())?;
            while found.len() < limit {
                let order = match (&left, &right) {
                    (None, None) => break,
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(left), Some(right)) => table.order(left, right),
                };
                if left != right {
                    let live = left.as_ref().filter(|_| order.is_le());
                    let rebuilt = right.as_ref().filter(|_| order.is_ge());
                    let show = |values: &Vec<Val<'static>>| table.show(values);
                    found.extend(differences(&(live.map(show), rebuilt.map(show))));
                }
                match order {
                    Ordering::Less => left = here.next().await?,
                    Ordering::Greater => right = there.next().await?,
                    Ordering::Equal => {
                        (left, right) = tokio::try_join!(here.next(), there.next())?;
                    }
                }
            }
        }
        found.truncate(limit);
        Ok(found)
    }
}

/// How two rows of the same key differ; one of them may be missing.
fn differences(pair: &(Option<DumpLine>, Option<DumpLine>)) -> Vec<Difference> {
    let missing = |line: &DumpLine, live: bool| Difference {
        table: line.table,
        key: line.key.join("/"),
        column: None,
        live: live.then(|| line.to_string()),
        rebuilt: (!live).then(|| line.to_string()),
    };
    match pair {
        (None, None) => Vec::new(),
        (Some(line), None) => vec![missing(line, true)],
        (None, Some(line)) => vec![missing(line, false)],
        (Some(left), Some(right)) => left
            .columns
            .iter()
            .zip(&right.columns)
            .filter(|(left, right)| left != right)
            .map(|((column, live), (_, rebuilt))| Difference {
                table: left.table,
                key: left.key.join("/"),
                column: Some(*column),
                live: Some(live.clone()),
                rebuilt: Some(rebuilt.clone()),
            })
            .collect(),
    }
}

//! The queue: complaints by filter, in the order in which they fall due, page by page.
//! Must not sort or count without an index: each filter has one that drives it.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use super::{all, first};
use crate::error::{NEVER, StoreError, micros, micros_or_never};
use crate::rows::{ComplaintRow, complaint_columns, read_complaint};
use crate::store::Store;
use crate::value::{Line, Statement, Val};

/// Most complaints of one page.
pub const LIST_MAX: u32 = 200;

/// How many of the next complaints a count of those due soon looks at: whatever is due soon is
/// among the next to fall due, and no page may cost more because the queue is long.
const NEAR_MAX: u32 = 2_000;

/// A promise counts as due soon only if it is due within this time, whatever its warning says.
const SOON_MAX: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Which states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StateFilter {
    /// Neither closed nor archived.
    #[default]
    Open,
    /// Every state.
    All,
    /// One state, by its word.
    Is(String),
}

/// Which state of the next promise, seen at the filter's `now`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromiseFilter {
    /// Due later, and not soon.
    Running,
    /// The warning has come, the due instant has not.
    Soon,
    /// The due instant has come.
    Late,
    /// The stored word is this one (`kept`, `missed`).
    Stored(String),
}

/// What is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFilter {
    /// Which states.
    pub state: StateFilter,
    /// Only what this department may see.
    pub department: Option<String>,
    /// Only what this person holds.
    pub holder: Option<String>,
    /// Only this state of the next promise.
    pub promise: Option<PromiseFilter>,
    /// Only what waits for the Director.
    pub director: bool,
    /// The instant at which promises are judged.
    pub now: Timestamp,
    /// Where the page before ended.
    pub after: Option<ListCursor>,
    /// Most complaints of the page, at most [`LIST_MAX`].
    pub limit: u32,
}

impl ListFilter {
    /// Every open complaint, the first page of 50.
    pub const fn open(now: Timestamp) -> Self {
        Self {
            state: StateFilter::Open,
            department: None,
            holder: None,
            promise: None,
            director: false,
            now,
            after: None,
            limit: 50,
        }
    }
}

/// Where a page ended. The text form goes into links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCursor {
    /// Due instant of the last complaint of the page.
    pub next_due: Option<Timestamp>,
    /// Its id.
    pub id: String,
}

impl fmt::Display for ListCursor {
    /// `micros.id`; `never.id` if nothing is due.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.next_due {
            Some(at) => write!(f, "{}.{}", micros(at), self.id),
            None => write!(f, "never.{}", self.id),
        }
    }
}

impl FromStr for ListCursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let bad = || StoreError::BadName { name: text.chars().take(200).collect() };
        let (due, id) = text.split_once('.').ok_or_else(bad)?;
        let next_due = if due == "never" {
            None
        } else {
            let value = due.parse().map_err(|_| bad())?;
            Some(Timestamp::from_microsecond(value).map_err(|_| bad())?)
        };
        Ok(Self { next_due, id: id.to_owned() })
    }
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// The complaints, what falls due first coming first.
    pub items: Vec<ComplaintRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<ListCursor>,
}

/// A statement under construction: conditions and their values grow together.
pub(super) struct Build {
    /// The tables; the first one's index drives the query.
    from: String,
    due: &'static str,
    id: &'static str,
    conditions: Vec<String>,
    /// That the warning has come: no index holds it, so a count looks at the next few only.
    soon: Option<String>,
    params: Vec<Val<'static>>,
}

impl Build {
    fn value<'v>(&mut self, value: impl Into<Val<'v>>) -> String {
        self.params.push(value.into().into_owned());
        format!("${}", self.params.len())
    }

    fn equal<'v>(&mut self, column: &str, value: impl Into<Val<'v>>) {
        let number = self.value(value);
        self.conditions.push(format!("{column} = {number}"));
    }

    /// Chooses what drives the query: the department's own table (`d`), or an index of complaints
    /// (`c`).
    fn new(filter: &ListFilter) -> Self {
        let by_department = filter.department.is_some() && filter.holder.is_none();
        let mut build = Self {
            from: "complaint c".to_owned(),
            due: if by_department { "d.next_due" } else { "c.next_due" },
            id: if by_department { "d.complaint" } else { "c.id" },
            conditions: Vec::new(),
            soon: None,
            params: Vec::new(),
        };
        if by_department {
            "complaint_department d JOIN complaint c ON c.id = d.complaint"
                .clone_into(&mut build.from);
        }
        build.filter(filter, by_department);
        build
    }

    /// The matches of a question drive the query; `h` is their table.
    pub(super) fn of_matches(
        filter: &ListFilter,
        text: &str,
        below: i64,
        hits: fn(&str, &str) -> String,
    ) -> Self {
        let mut build = Self {
            from: String::new(),
            due: "c.next_due",
            id: "c.id",
            conditions: Vec::new(),
            soon: None,
            params: Vec::new(),
        };
        let (text, below) = (build.value(text), build.value(below));
        // `CROSS`: the few matches drive the query, never the queue.
        build.from = format!(
            "{} CROSS JOIN search_key k ON k.number = h.number \
             CROSS JOIN complaint c ON c.id = k.complaint",
            hits(&text, &below)
        );
        build.filter(filter, false);
        build
    }

    /// The newest matches first.
    pub(super) fn matches(mut self, limit: u32) -> Statement<'static> {
        self.conditions.extend(self.soon.take());
        self.conditions.push("1 = 1".to_owned());
        let limit = self.value(i64::from(limit));
        let sql = format!(
            "SELECT {}, h.number FROM {} WHERE {} ORDER BY h.number DESC LIMIT {limit}",
            complaint_columns!(),
            self.from,
            self.conditions.join(" AND "),
        );
        Statement { sql: sql.into(), params: self.params }
    }

    fn filter(&mut self, filter: &ListFilter, by_department: bool) {
        let table = if by_department { "d" } else { "c" };
        if let Some(holder) = &filter.holder {
            self.equal("c.holder", holder);
        }
        if let Some(department) = &filter.department {
            if by_department {
                self.equal("d.department", department);
            } else {
                let number = self.value(department);
                self.conditions.push(format!(
                    "EXISTS (SELECT 1 FROM complaint_department d \
                     WHERE d.complaint = c.id AND d.department = {number})"
                ));
            }
        }
        if filter.director {
            self.equal("c.director", true);
        }
        match &filter.state {
            StateFilter::Open => self.equal(&format!("{table}.open"), true),
            StateFilter::All => {}
            StateFilter::Is(state) => self.equal(&format!("{table}.state"), state),
        }
        self.promise(filter);
    }

    fn promise(&mut self, filter: &ListFilter) {
        let due = self.due;
        match &filter.promise {
            None => {}
            Some(PromiseFilter::Late) => {
                let now = self.value(filter.now);
                self.conditions.push(format!("{due} <= {now}"));
            }
            Some(PromiseFilter::Soon) => {
                let now = self.value(filter.now);
                let bound = self.value(filter.now.saturating_add(SOON_MAX).unwrap_or(filter.now));
                self.conditions.push(format!("{due} > {now}"));
                self.conditions.push(format!("{due} <= {bound}"));
                self.soon = Some(format!("c.next_soon_at <= {now}"));
            }
            Some(PromiseFilter::Running) => {
                let now = self.value(filter.now);
                let never = self.value(NEVER);
                self.conditions.push(format!("{due} > {now}"));
                self.conditions.push(format!("{due} < {never}"));
                self.conditions.push(format!("c.next_soon_at > {now}"));
            }
            Some(PromiseFilter::Stored(word)) => self.equal("c.next_state", word),
        }
    }

    fn page(mut self, filter: &ListFilter) -> Statement<'static> {
        let soon = self.soon.take();
        self.conditions.extend(soon);
        let (due, id) = match &filter.after {
            Some(cursor) => (micros_or_never(cursor.next_due), cursor.id.clone()),
            None => (i64::MIN, String::new()),
        };
        let (due, id) = (self.value(due), self.value(&id));
        self.conditions.push(format!("({}, {}) > ({due}, {id})", self.due, self.id));
        let limit = self.value(i64::from(filter.limit.clamp(1, LIST_MAX)) + 1);
        let sql = format!(
            "SELECT {} FROM {} WHERE {} ORDER BY {}, {} LIMIT {limit}",
            complaint_columns!(),
            self.from,
            self.conditions.join(" AND "),
            self.due,
            self.id,
        );
        Statement { sql: sql.into(), params: self.params }
    }

    fn count(mut self, cap: u32) -> Statement<'static> {
        let floor = self.value(i64::MIN);
        self.conditions.push(format!("{} > {floor}", self.due));
        let soon = self.soon.take();
        let most = self.value(i64::from(if soon.is_some() { NEAR_MAX } else { cap }));
        let (from, conditions) = (&self.from, self.conditions.join(" AND "));
        let sql = match soon {
            None => format!(
                "SELECT COUNT(*) FROM (SELECT 1 FROM {from} WHERE {conditions} LIMIT {most}) AS capped"
            ),
            Some(soon) => format!(
                "SELECT COUNT(*) FROM (SELECT c.next_soon_at FROM {from} WHERE {conditions} \
                 ORDER BY {}, {} LIMIT {most}) AS capped WHERE {}",
                self.due,
                self.id,
                soon.replace("c.next_soon_at", "capped.next_soon_at"),
            ),
        };
        Statement { sql: sql.into(), params: self.params }
    }
}

impl Store {
    /// One page of complaints.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn list(&self, filter: ListFilter) -> Result<ListPage, StoreError> {
        let statement = Build::new(&filter).page(&filter);
        let limit = filter.limit.clamp(1, LIST_MAX) as usize;
        let mut items = self.read(move |r| all(r, &statement, read_complaint)).await?;
        let more = items.len() > limit;
        items.truncate(limit);
        let cursor = |row: &ComplaintRow| ListCursor { next_due: row.next_due, id: row.id.clone() };
        let next = if more { items.last().map(cursor) } else { None };
        Ok(ListPage { items, next })
    }

    /// How many complaints the filter finds, counted up to `cap`; page and cursor do not matter.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn count(&self, filter: ListFilter, cap: u32) -> Result<u64, StoreError> {
        let statement = Build::new(&filter).count(cap);
        let counted = self.read(move |r| first(r, &statement, Line::count)).await?;
        Ok(counted.unwrap_or(0))
    }
}

/// Every filter there can be, for the test of query plans.
#[cfg(test)]
pub(crate) fn every_filter() -> Vec<(String, ListFilter)> {
    let states = [StateFilter::Open, StateFilter::All, StateFilter::Is("x".to_owned())];
    let promises = [
        None,
        Some(PromiseFilter::Running),
        Some(PromiseFilter::Soon),
        Some(PromiseFilter::Late),
        Some(PromiseFilter::Stored("x".to_owned())),
    ];
    let mut list = Vec::new();
    for bits in 0..8_u8 {
        for state in &states {
            for promise in &promises {
                let given = |bit: u8| (bits & bit != 0).then(|| "x".to_owned());
                let filter = ListFilter {
                    state: state.clone(),
                    department: given(1),
                    holder: given(2),
                    director: bits & 4 != 0,
                    promise: promise.clone(),
                    ..ListFilter::open(Timestamp::UNIX_EPOCH)
                };
                list.push((format!("{bits:03b} {state:?} {promise:?}"), filter));
            }
        }
    }
    list
}

/// Every text the builder can make, for the test of query plans.
#[cfg(test)]
pub(crate) fn every_statement() -> Vec<(String, Statement<'static>)> {
    let mut list = Vec::new();
    for (name, filter) in every_filter() {
        list.push((format!("list {name}"), Build::new(&filter).page(&filter)));
        list.push((format!("count of list {name}"), Build::new(&filter).count(9)));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_from_its_text() {
        for next_due in [None, Some(Timestamp::UNIX_EPOCH), "2026-11-24T06:00:00Z".parse().ok()] {
            let cursor = ListCursor { next_due, id: "0192.e4-x".to_owned() };
            assert_eq!(cursor.to_string().parse::<ListCursor>().unwrap(), cursor);
        }
        for bad in ["", "x", "x.y", "99999999999999999999.y"] {
            assert!(bad.parse::<ListCursor>().is_err(), "{bad}");
        }
    }
}

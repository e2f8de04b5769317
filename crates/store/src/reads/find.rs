//! Finding complaints by words: what was asked for first, other spellings after, the newest first.
//! Must not read a question: `redress_core::search` made tokens of it.

use std::fmt;
use std::str::FromStr;

use redress_core::search::Query;

use super::list::Build;
use super::{LIST_MAX, ListFilter, all};
use crate::error::StoreError;
use crate::rows::{ComplaintRow, read_complaint};
use crate::sqlite::search;
use crate::store::Store;
use crate::value::{Line, Statement};

/// What is looked for, and among which complaints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindFilter {
    /// The question.
    pub query: Query,
    /// Tokens that must be there as well: they keep what the list would leave out from being
    /// looked at. The list is the judge.
    pub narrow: Vec<String>,
    /// Among which complaints, and how many. Its own cursor does not count here.
    pub list: ListFilter,
    /// Where the page before ended.
    pub after: Option<FindCursor>,
}

/// Where a page of matches ended. The text form goes into links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindCursor {
    /// Whether it ended among other spellings.
    others: bool,
    /// Matches below this number come next.
    below: i64,
}

impl FindCursor {
    const START: Self = Self { others: false, below: i64::MAX };
    const OTHERS: Self = Self { others: true, below: i64::MAX };
}

impl fmt::Display for FindCursor {
    /// `0.number` among what was asked for, `1.number` among other spellings.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", u8::from(self.others), self.below)
    }
}

impl FromStr for FindCursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let bad = || StoreError::BadName { name: text.chars().take(200).collect() };
        let (others, below) = text.split_once('.').ok_or_else(bad)?;
        let others = match others {
            "0" => false,
            "1" => true,
            _ => return Err(bad()),
        };
        Ok(Self { others, below: below.parse().map_err(|_| bad())? })
    }
}

/// One page of matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindPage {
    /// The complaints.
    pub items: Vec<ComplaintRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<FindCursor>,
}

impl FindFilter {
    fn statement(&self, cursor: FindCursor, limit: u32) -> Statement<'static> {
        let text = search::text(&self.query, &self.narrow, cursor.others);
        Build::of_matches(&self.list, &text, cursor.below, search::hits).matches(limit)
    }
}

impl Store {
    /// One page of what a question finds.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn find(&self, filter: FindFilter) -> Result<FindPage, StoreError> {
        let limit = filter.list.limit.clamp(1, LIST_MAX);
        let mut page = FindPage { items: Vec::new(), next: None };
        if filter.query.is_empty() {
            return Ok(page);
        }
        let mut cursor = filter.after.unwrap_or(FindCursor::START);
        loop {
            let wanted = limit - u32::try_from(page.items.len()).unwrap_or(limit);
            let statement = filter.statement(cursor, wanted + 1);
            let mut lines = self.read(move |r| all(r, &statement, read_match)).await?;
            let more = lines.len() > wanted as usize;
            lines.truncate(wanted as usize);
            let last = lines.last().map_or(cursor.below, |(_, number)| *number);
            page.items.extend(lines.into_iter().map(|(row, _)| row));
            let here = FindCursor { others: cursor.others, below: last };
            match (more, cursor.others) {
                (true, _) => page.next = Some(here),
                (false, false) if page.items.len() == limit as usize => {
                    page.next = Some(FindCursor::OTHERS);
                }
                (false, false) => {
                    cursor = FindCursor::OTHERS;
                    continue;
                }
                (false, true) => {}
            }
            return Ok(page);
        }
    }
}

fn read_match(line: &mut Line) -> Result<(ComplaintRow, i64), StoreError> {
    Ok((read_complaint(line)?, line.int()?))
}

/// Every text the builder can make, for the test of query plans.
#[cfg(test)]
pub(crate) fn every_statement() -> Vec<(String, Statement<'static>)> {
    let filters = super::list::every_filter();
    let statement = |(name, list): (String, ListFilter)| {
        let query = Query::read("thang kẹt");
        let filter = FindFilter { query, narrow: vec!["x".to_owned()], list, after: None };
        (format!("find {name}"), filter.statement(FindCursor::START, 9))
    };
    filters.into_iter().map(statement).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_from_its_text() {
        for cursor in [FindCursor::START, FindCursor::OTHERS, FindCursor { others: true, below: 7 }]
        {
            assert_eq!(cursor.to_string().parse::<FindCursor>().unwrap(), cursor);
        }
        for bad in ["", "0", "2.1", "0.x", "never.x"] {
            assert!(bad.parse::<FindCursor>().is_err(), "{bad}");
        }
    }
}

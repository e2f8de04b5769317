//! The queue: pages of complaints by time left, each caller seeing what they may.
//! Must not filter after reading a page: permission is part of the query.

use redress_core::{
    complaint::people::Member,
    kinds::Role,
    reference::Reference,
    search::{Query, unit_token},
};
use redress_store::{
    ComplaintRow, FindCursor, FindFilter, ListCursor, ListFilter, NoticeRow, PromiseFilter,
    StateFilter,
};

use crate::{
    App, AppError,
    search::{self, Hit},
};

/// Counts stop here: nobody reads a larger number.
const COUNT_CAP: u32 = 1_000;

/// What somebody wants to see, as typed.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// A state, `open` or `all`.
    pub state: Option<String>,
    /// A department.
    pub department: Option<String>,
    /// `running`, `soon`, `late`, `kept`, `missed`.
    pub promise: Option<String>,
    /// Only what the caller holds.
    pub mine: bool,
    /// Only what waits for the Director.
    pub director: bool,
    /// Words, a telephone, a code, or a reference.
    pub q: Option<String>,
    /// Most items, 1 to 200.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub after: Option<String>,
}

/// A page of the queue.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The complaints, next due first.
    pub rows: Vec<ComplaintRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Why each complaint was found; empty where nothing was asked for.
    pub hits: Vec<Option<Hit>>,
}

impl App {
    /// A page of complaints the member may see.
    ///
    /// # Errors
    ///
    /// Faults of the query, [`AppError::Forbidden`] for who sees no complaints.
    pub async fn list(&self, query: &ListQuery, member: &Member) -> Result<Listed, AppError> {
        if let Some(asked) = query.q.as_deref().filter(|q| !q.trim().is_empty()) {
            return match asked.parse::<Reference>() {
                Ok(reference) => self.find_one(&reference.to_string(), member).await,
                Err(_) => self.find(asked, query, member).await,
            };
        }
        let page = self.store.list(self.filter(query, member)?).await?;
        let next = page.next.map(|cursor| cursor.to_string());
        Ok(Listed { rows: page.items, next, hits: vec![] })
    }

    /// How many complaints the query finds, up to a thousand.
    ///
    /// # Errors
    ///
    /// As [`App::list`].
    pub async fn count(&self, query: &ListQuery, member: &Member) -> Result<u64, AppError> {
        Ok(self.store.count(self.filter(query, member)?, COUNT_CAP).await?)
    }

    async fn find_one(&self, reference: &str, member: &Member) -> Result<Listed, AppError> {
        let found = match self.load(reference).await {
            Ok(loaded) if redress_core::complaint::people::may_see(member, &loaded.complaint) => {
                vec![loaded.row]
            }
            Ok(_) | Err(AppError::NotFound) => vec![],
            Err(error) => return Err(error),
        };
        Ok(Listed { rows: found, next: None, hits: vec![] })
    }

    /// What was asked for first, other spellings after, the newest first.
    async fn find(
        &self,
        asked: &str,
        wanted: &ListQuery,
        member: &Member,
    ) -> Result<Listed, AppError> {
        let list = self.filter(&ListQuery { after: None, ..wanted.clone() }, member)?;
        let after = wanted.after.as_deref().filter(|after| !after.is_empty());
        let after = after.map(str::parse::<FindCursor>).transpose().map_err(|_| {
            let mut errors = redress_core::field::FieldErrors::default();
            errors.add("/after", "not-a-cursor", vec![]);
            AppError::Fields(errors)
        })?;
        let mut narrow: Vec<String> = list.department.iter().map(|unit| unit_token(unit)).collect();
        narrow.extend((list.state == StateFilter::Open).then(|| search::OPEN.to_owned()));
        let query = Query::read(asked);
        let filter = FindFilter { query: query.clone(), narrow, list, after };
        let page = self.store.find(filter).await?;
        let hits = self.hits(&page.items, &query).await?;
        Ok(Listed { rows: page.items, next: page.next.map(|cursor| cursor.to_string()), hits })
    }

    fn filter(&self, query: &ListQuery, member: &Member) -> Result<ListFilter, AppError> {
        let mut errors = redress_core::field::FieldErrors::default();
        let mut filter = ListFilter::open(self.world.now());
        filter.state = match query.state.as_deref() {
            // A late objection waits for the Director though its file is closed.
            None | Some("") if query.director => StateFilter::All,
            None | Some("" | "open") => StateFilter::Open,
            Some("all") => StateFilter::All,
            Some(word)
                if redress_core::complaint::Stage::ALL.iter().any(|s| s.as_str() == word) =>
            {
                StateFilter::Is(word.to_owned())
            }
            Some(_) => {
                errors.add("/state", "not-a-choice", vec![("allowed", states())]);
                StateFilter::Open
            }
        };
        filter.promise = match query.promise.as_deref() {
            None | Some("") => None,
            Some("running") => Some(PromiseFilter::Running),
            Some("soon") => Some(PromiseFilter::Soon),
            Some("late") => Some(PromiseFilter::Late),
            Some(word @ ("kept" | "missed" | "paused")) => {
                Some(PromiseFilter::Stored(word.to_owned()))
            }
            Some(_) => {
                errors.add(
                    "/promise",
                    "not-a-choice",
                    vec![("allowed", "running, soon, late, paused, kept, missed".to_owned())],
                );
                None
            }
        };
        if let Some(after) = query.after.as_deref().filter(|after| !after.is_empty()) {
            match after.parse::<ListCursor>() {
                Ok(cursor) => filter.after = Some(cursor),
                Err(_) => errors.add("/after", "not-a-cursor", vec![]),
            }
        }
        match query.limit {
            Some(limit) if !(1..=redress_store::LIST_MAX).contains(&limit) => {
                errors.add(
                    "/limit",
                    "not-in-range",
                    vec![("min", "1".to_owned()), ("max", redress_store::LIST_MAX.to_string())],
                );
            }
            Some(limit) => filter.limit = limit,
            None => {}
        }
        filter.holder = query.mine.then(|| member.id.to_string());
        filter.director = query.director;
        filter.department = query.department.clone().filter(|department| !department.is_empty());
        match member.role {
            Role::Care | Role::Director | Role::Auditor => {}
            Role::Department if member.directs() => {}
            Role::Department => filter.department = Some(own(member)?),
            Role::Admin => return Err(AppError::Forbidden),
        }
        if errors.is_empty() { Ok(filter) } else { Err(errors.into()) }
    }

    /// Notices nobody could interpret yet: a person must look.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn notices_waiting(&self) -> Result<Vec<NoticeRow>, AppError> {
        Ok(self.store.notices_waiting(redress_store::PAGE_MAX).await?)
    }
}

fn own(member: &Member) -> Result<String, AppError> {
    member.department.as_ref().map(ToString::to_string).ok_or(AppError::Forbidden)
}

fn states() -> String {
    let states = redress_core::complaint::Stage::ALL.iter().map(|stage| stage.as_str());
    ["open", "all"].into_iter().chain(states).collect::<Vec<_>>().join(", ")
}

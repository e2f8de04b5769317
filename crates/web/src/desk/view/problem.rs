//! Pages of the desk that say why something was not done.
//! Must not name what the reader may not know of: 404 looks the same for unknown and for hidden.

use askama::Template;

use crate::desk::DeskFrame;
use crate::desk::form::Refused;

/// A page for an answer that is no success.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/problem.html")]
pub struct Problem {
    /// Around the page.
    pub frame: DeskFrame,
    /// What happened.
    pub kind: ProblemKind,
    /// Where to go on, `/desk/complaints/KN-…`; empty for the queue.
    pub back: String,
    /// What was typed, to be copied out: label and value; empty when nothing was.
    pub typed: Vec<(String, String)>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// 403: this account may not do this.
    Forbidden,
    /// 404: there is no such page for this account.
    NotFound,
    /// 409: the rules say no.
    Refused(Refused),
    /// 412: somebody else changed the complaint meanwhile.
    Stale,
    /// 400: what was sent could not be read.
    Spoilt,
    /// 413: a file or form over the bound.
    TooLarge,
    /// 429: too many of this within a time.
    TooMany,
    /// 500: something must not have happened.
    Broken,
    /// 507: the disk is full.
    Full,
    /// 503: not known whether it was done.
    Unknown,
}

impl ProblemKind {
    /// The HTTP status, which is also part of the text ids.
    pub fn status(&self) -> u16 {
        match self {
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Refused(_) => 409,
            Self::Stale => 412,
            Self::Spoilt => 400,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Unknown => 503,
            Self::Full => 507,
        }
    }
}

impl Problem {
    /// A text of this problem: `desk-403-title`.
    pub fn text(&self, part: &str) -> String {
        self.frame.w.t(&format!("desk-{}-{part}", self.kind.status()))
    }

    /// The refusal, if it is one.
    pub fn refusal(&self) -> Option<&Refused> {
        match &self.kind {
            ProblemKind::Refused(refused) => Some(refused),
            _ => None,
        }
    }

    /// Where to go on.
    pub fn on(&self) -> &str {
        if self.back.is_empty() { "/desk/queue" } else { &self.back }
    }
}

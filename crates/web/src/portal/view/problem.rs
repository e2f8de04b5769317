//! Error pages: what happened, what was kept, what to do, and the hotline.
//! Must not tell a stranger whether a complaint exists.

use askama::Template;

use crate::components::Frame;

/// A page for a request that did not end well.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/problem.html")]
pub struct Problem {
    /// Around the page.
    pub frame: Frame,
    /// What went wrong.
    pub kind: ProblemKind,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// 400: the form arrived damaged, nothing was stored.
    Spoilt,
    /// 404: no such page, or not for this person.
    NotFound,
    /// 409: the rules say no.
    Refused {
        /// The refusal in words.
        detail: String,
        /// Path of the rule, `rounds.other_people`; empty when there is none.
        rule: String,
    },
    /// 413: more than the pack allows.
    TooLarge {
        /// Bytes of one file at most.
        file_bytes: u64,
        /// Files at most.
        files: usize,
    },
    /// 429: too many from one address.
    TooMany {
        /// After how many seconds it is worth trying again.
        retry_after: u32,
    },
    /// 500: our mistake.
    Broken {
        /// Number to quote on the telephone.
        incident: String,
    },
    /// 503: not possible now, or not known whether it was stored.
    Unavailable,
    /// The disk is full: nothing was stored, the telephone works.
    Full,
}

impl ProblemKind {
    /// The status of the answer.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Spoilt => 400,
            Self::NotFound => 404,
            Self::Refused { .. } => 409,
            Self::TooLarge { .. } => 413,
            Self::TooMany { .. } => 429,
            Self::Broken { .. } => 500,
            Self::Unavailable => 503,
            Self::Full => 507,
        }
    }
}

impl Problem {
    /// Heading.
    pub fn title(&self) -> String {
        self.frame.w.t(&format!("problem-{}-title", self.kind.status()))
    }

    /// What happened.
    pub fn happened(&self) -> String {
        let w = &self.frame.w;
        match &self.kind {
            ProblemKind::Spoilt => w.t("problem-400-happened"),
            ProblemKind::NotFound => w.t("problem-404-happened"),
            ProblemKind::Refused { detail, .. } => detail.clone(),
            ProblemKind::TooLarge { file_bytes, files } => {
                w.t2("problem-413-happened", "files", files, "size", w.size(file_bytes))
            }
            ProblemKind::TooMany { .. } => w.t("problem-429-happened"),
            ProblemKind::Broken { .. } => w.t("problem-500-happened"),
            ProblemKind::Unavailable => w.t("problem-503-happened"),
            ProblemKind::Full => w.t("problem-507-happened"),
        }
    }

    /// What was kept and what to do.
    pub fn cure(&self) -> String {
        let w = &self.frame.w;
        match &self.kind {
            ProblemKind::TooMany { retry_after } => {
                w.t1("problem-429-cure", "seconds", retry_after)
            }
            other => w.t(&format!("problem-{}-cure", other.status())),
        }
    }

    /// Small print: the rule or the incident; empty when there is nothing.
    pub fn small_print(&self) -> String {
        let w = &self.frame.w;
        match &self.kind {
            ProblemKind::Refused { rule, .. } if !rule.is_empty() => {
                w.t1("problem-rule", "rule", rule)
            }
            ProblemKind::Broken { incident } => w.t1("problem-incident", "incident", incident),
            _ => String::new(),
        }
    }
}

//! What one look found. Must not look.

use std::fmt;

use serde::Serialize;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// As it should be.
    Ok,
    /// It works, and somebody should know.
    Warn,
    /// It does not work, or what is promised cannot be kept.
    Fail,
}

/// What one look found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    /// What was looked at.
    pub(super) check: &'static str,
    /// How it stands.
    pub(super) status: Status,
    /// What was seen.
    pub(super) says: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cure: Option<String>,
}

impl Finding {
    pub(super) fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self { check, status: Status::Ok, says: says.into(), cure: None }
    }

    pub(super) fn warn(
        check: &'static str,
        says: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { check, status: Status::Warn, says: says.into(), cure: Some(cure.into()) }
    }

    pub(super) fn fail(
        check: &'static str,
        says: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { check, status: Status::Fail, says: says.into(), cure: Some(cure.into()) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.status {
            Status::Ok => "ok",
            Status::Warn => "warn",
            Status::Fail => "FAIL",
        };
        write!(f, "{word:<5} {:<14} {}", self.check, self.says)?;
        self.cure.as_ref().map_or(Ok(()), |cure| write!(f, "\n      {:<14} cure: {cure}", ""))
    }
}

//! Why a command stopped: a kind for programs, a message for people, a place, and the exit code.
//! Must not print: `output` does.

use redress_calendar::{CalendarError, LunarError, RuleError};
use redress_core::policy::{DeadlineError, Problem};

use crate::exit::Exit;

/// Why a command stopped without its answer.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// How the process ends; [`Exit::Done`] means that nobody reads on and nothing is said.
    pub(crate) exit: Exit,
    /// A stable word for programs, `invalid-policy`.
    pub(crate) kind: &'static str,
    /// What happened and what to do, in English.
    pub(crate) message: String,
    /// Where: a path, `file:line:column`, or an argument.
    pub(crate) at: Option<String>,
    /// What is wrong with a policy, when that is the cause.
    pub(crate) problems: Vec<Problem>,
}

impl Fault {
    fn new(exit: Exit, kind: &'static str, message: impl Into<String>) -> Self {
        Self { exit, kind, message: message.into(), at: None, problems: Vec::new() }
    }

    /// The answer is no.
    pub(crate) fn no(kind: &'static str, message: impl Into<String>) -> Self {
        Self::new(Exit::No, kind, message)
    }

    /// The command was used wrongly.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// Disk, network or another part of the environment failed.
    pub(crate) fn environment(kind: &'static str, message: impl Into<String>) -> Self {
        Self::new(Exit::Environment, kind, message)
    }

    /// Whoever read our output has gone: we stop in silence.
    pub(crate) fn nobody_reads() -> Self {
        Self::new(Exit::Done, "nobody-reads", "nobody reads the output any more")
    }

    /// The same fault with its place.
    #[must_use]
    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.at = Some(place.into());
        self
    }

    /// A policy that cannot be used, with everything that is wrong with it.
    pub(crate) fn invalid_policy(problems: Vec<Problem>) -> Self {
        let count = problems.len();
        let many = if count == 1 { "1 problem" } else { &format!("{count} problems") };
        let message = format!("the policy has {many}; `redress policy check` lists them");
        let at = problems.first().map(place);
        Self { at, problems, ..Self::no("invalid-policy", message) }
    }
}

/// `file:line:column` of a problem.
pub(crate) fn place(problem: &Problem) -> String {
    format!("{}:{}:{}", problem.file, problem.line, problem.column)
}

/// The stable word for a failure of a calendar.
pub(crate) fn calendar_kind(error: &CalendarError) -> &'static str {
    match error {
        CalendarError::BeyondCoverage { .. } | CalendarError::Rules(_) => "beyond-coverage",
        CalendarError::TooLong { .. } => "too-long",
        CalendarError::OutOfTime => "out-of-time",
        CalendarError::Unreadable { .. }
        | CalendarError::UnreadableShifts { .. }
        | CalendarError::NotUtf8 { .. }
        | CalendarError::CoverageUnstated
        | CalendarError::AsOfUnstated
        | CalendarError::CoverageReversed { .. }
        | CalendarError::NoWorkingTime
        | CalendarError::UnknownZone { .. }
        | CalendarError::UnknownWeekday { .. }
        | CalendarError::WeekdayTwice { .. }
        | CalendarError::UnknownTime { .. }
        | CalendarError::IntervalReversed { .. }
        | CalendarError::IntervalsOverlap { .. }
        | CalendarError::ShiftTwice { .. } => "invalid-calendar",
    }
}

impl From<CalendarError> for Fault {
    fn from(error: CalendarError) -> Self {
        Self::no(calendar_kind(&error), error.to_string())
    }
}

impl From<LunarError> for Fault {
    fn from(error: LunarError) -> Self {
        let kind = match error {
            LunarError::DateBeyond { .. } | LunarError::YearBeyond { .. } => "beyond-coverage",
            LunarError::NoSuchMonth { .. }
            | LunarError::NoSuchLeapMonth { .. }
            | LunarError::NoSuchDay { .. } => "no-such-day",
        };
        Self::no(kind, error.to_string())
    }
}

impl From<RuleError> for Fault {
    fn from(error: RuleError) -> Self {
        Self::no("beyond-coverage", error.to_string())
    }
}

impl From<DeadlineError> for Fault {
    fn from(error: DeadlineError) -> Self {
        match &error {
            DeadlineError::UnknownPromise { .. } => {
                Self { kind: "unknown-promise", ..Self::usage(error.to_string()) }.at("--promise")
            }
            DeadlineError::Calendar { source, .. } => {
                Self::no(calendar_kind(source), format!("{error}: {source}"))
            }
        }
    }
}

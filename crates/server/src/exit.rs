//! The four ways a command ends. Must not end the process: `main` returns the code.

use std::process::ExitCode;

/// How a command ended; the numbers are fixed, companies script them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done.
    Done,
    /// 1: the answer is no (invalid policy, failed check).
    No,
    /// 2: wrong usage.
    Usage,
    /// 3: the environment failed (disk, network, database).
    Environment,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::No => Self::from(1),
            Exit::Usage => Self::from(2),
            Exit::Environment => Self::from(3),
        }
    }
}

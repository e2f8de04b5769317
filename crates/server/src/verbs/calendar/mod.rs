//! `redress calendar`: days, batches and what a change of days moves. Must not compute terms: `redress-calendar` does.

mod batch;
mod check;
mod days;

use clap::Subcommand;

use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// What to ask a calendar.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List days: working or not, and why.
    Days(days::Days),
    /// List the dates of open complaints that a changed calendar moves; with --apply, put it in
    /// force.
    Check(check::Check),
    /// Answer one JSON request a line from standard input, one answer a line.
    Batch,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Days(verb) => verb.run(output),
            Self::Check(verb) => verb.run(output),
            Self::Batch => batch::run(output),
        }
    }
}

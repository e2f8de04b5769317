//! `redress calendar`: days and batches. Must not compute terms: `redress-calendar` does.

mod batch;
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
    /// Answer one JSON request a line from standard input, one answer a line.
    Batch,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Days(verb) => verb.run(output),
            Self::Batch => batch::run(output),
        }
    }
}

//! `redress calendar`: days, lunar dates, drafts, batches and what a change of days moves. Must not
//! compute terms: `redress-calendar` does.

mod batch;
mod check;
mod days;
mod draft;
mod lunar;
mod week;

use clap::Subcommand;

use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// What to ask a calendar.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List days: working or not, and why.
    Days(days::Days),
    /// Say a date in the Vietnamese lunar calendar.
    Lunar(lunar::Lunar),
    /// Say the first day of Tết of a year.
    Tet(lunar::Tet),
    /// Print a year's days off by rule as CSV, to correct when the notice is out.
    Draft(draft::Draft),
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
            Self::Lunar(verb) => verb.run(output),
            Self::Tet(verb) => verb.run(output),
            Self::Draft(verb) => verb.run(output),
            Self::Check(verb) => verb.run(output),
            Self::Batch => batch::run(output),
        }
    }
}

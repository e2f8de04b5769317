//! `redress policy`: check, test, show. Must not know what makes a policy valid.

mod check;
mod show;
mod simulate;
mod test;

use clap::Subcommand;

use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// What to do with a policy.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List every problem of a policy, each with file, line, column and a hint.
    Check(check::Check),
    /// Run the policy's own tests.
    Test(test::Test),
    /// Replay past complaints under another policy: what would have been kept, moved, broken.
    Simulate(simulate::Simulate),
    /// Write the published text, generated from the running rules.
    Show(show::Show),
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Check(verb) => verb.run(output),
            Self::Test(verb) => verb.run(output),
            Self::Simulate(verb) => verb.run(output),
            Self::Show(verb) => verb.run(output),
        }
    }
}

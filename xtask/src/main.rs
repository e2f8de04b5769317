//! `cargo xtask VERB`: everything a developer and CI run, with nothing to install first.
//!
//! Must stay under 1,000 lines in all, and must not know anything about complaints.

mod bench;
mod ci;
mod journeys;
mod needs;
mod run;
mod stage;
mod test;
mod tidy;
mod workspace;

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// A verb: its name, what it does, whether it has anything to do here, and the function itself.
struct Verb {
    name: &'static str,
    does: &'static str,
    offered: fn(&Workspace) -> bool,
    run: fn(&Workspace, &[String]) -> Result<bool>,
}

#[rustfmt::skip]
const VERBS: &[Verb] = &[
    Verb { name: "run", does: "run the server from this tree: cargo xtask run demo", offered: always, run: run::verb },
    Verb { name: "test", does: "set up what the tests need, then run them all; --list-needs only lists", offered: always, run: test::verb },
    Verb { name: "ci", does: "exactly what CI runs: format, tidy, lints, tests, documentation", offered: always, run: ci::verb },
    Verb { name: "tidy", does: "check the rules of the house that no compiler checks", offered: always, run: tidy::verb },
    Verb { name: "e2e", does: "run the browser journeys of e2e/journeys, or those named; --long runs the long tests", offered: journeys::exist, run: journeys::verb },
    Verb { name: "bench", does: "list the figures, or measure those named, or --all", offered: bench::exists, run: bench::verb },
    Verb { name: "sim", does: "simulate the whole program by seeds: --seed N or --seeds A..B, --steps N", offered: always, run: run::simulation },
];

fn main() -> ExitCode {
    dispatch().unwrap_or_else(|error| {
        // If even this cannot be said, the exit code still tells it.
        writeln!(std::io::stderr(), "xtask: {error:#}").ok();
        ExitCode::FAILURE
    })
}

fn dispatch() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let workspace = Workspace::of_this_source();
    let offered: Vec<&Verb> = VERBS.iter().filter(|verb| (verb.offered)(&workspace)).collect();
    let Some((name, rest)) = arguments.split_first() else {
        return usage(&offered);
    };
    let Some(verb) = offered.iter().find(|verb| verb.name == name) else {
        return usage(&offered);
    };
    Ok(if (verb.run)(&workspace, rest)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lists the verbs that have something to do; wrong usage is exit 2.
fn usage(offered: &[&Verb]) -> Result<ExitCode> {
    say("usage: cargo xtask VERB [ARGUMENTS]")?;
    for verb in offered {
        say(&format!("  {:6} {}", verb.name, verb.does))?;
    }
    Ok(ExitCode::from(2))
}

fn always(_: &Workspace) -> bool {
    true
}

/// The only place that prints: one line to standard output.
fn say(line: &str) -> Result<()> {
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

/// Refuses arguments that a verb does not know: a mistyped flag must not be ignored.
fn no_more(arguments: &[String]) -> Result<()> {
    if let Some(unknown) = arguments.first() {
        bail!("unknown argument `{unknown}`");
    }
    Ok(())
}

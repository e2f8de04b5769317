//! `redress policy check`: every problem of a pack at once; exit 1 if there is any.
//! Must not stop at the first problem.

use std::path::{Path, PathBuf};

use redress_app::parse_pack;
use redress_core::policy::{Pack, Problem};
use serde::Serialize;

use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::{Output, ProblemRow};
use crate::pack;

/// Arguments of `policy check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The folder of the policy.
    dir: PathBuf,
}

#[derive(Serialize)]
struct Answer<'a> {
    valid: bool,
    policy: Option<String>,
    digest: Option<&'a str>,
    problems: Vec<ProblemRow<'a>>,
    warnings: Vec<ProblemRow<'a>>,
}

impl Check {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let files = pack::files(&self.dir)?;
        let checked = parse_pack(&files, SystemClock.today());
        let exit = if checked.is_ok() { Exit::Done } else { Exit::No };
        if output.is_json() {
            output.json(&answer(&checked))?;
            return Ok(exit);
        }
        match &checked {
            Ok(pack) => {
                for warning in &pack.warnings {
                    output.line(format_args!("warning: {}", inside(&self.dir, warning)))?;
                }
                let (name, digest) = (pack.policy.name(), &pack.policy.digest);
                output.line(format_args!("{name} is valid (digest {digest})"))?;
            }
            Err(problems) => {
                for problem in problems {
                    output.line(inside(&self.dir, problem))?;
                }
                output.line(count(problems.len()))?;
            }
        }
        Ok(exit)
    }
}

fn answer(checked: &Result<Pack, Vec<Problem>>) -> Answer<'_> {
    match checked {
        Ok(pack) => Answer {
            valid: true,
            policy: Some(pack.policy.name()),
            digest: Some(&pack.policy.digest),
            problems: Vec::new(),
            warnings: pack.warnings.iter().map(ProblemRow::from).collect(),
        },
        Err(problems) => Answer {
            valid: false,
            policy: None,
            digest: None,
            problems: problems.iter().map(ProblemRow::from).collect(),
            warnings: Vec::new(),
        },
    }
}

/// The problem with the path from where the operator stands.
fn inside(dir: &Path, problem: &Problem) -> Problem {
    Problem { file: dir.join(&problem.file).display().to_string(), ..problem.clone() }
}

fn count(problems: usize) -> String {
    match problems {
        1 => "1 problem".to_owned(),
        many => format!("{many} problems"),
    }
}

//! The one place that prints: answers to standard output, everything else to standard error, for
//! people or as JSON. Must not decide what to say.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _};

use redress_core::policy::Problem;
use serde::Serialize;

use crate::exit::Exit;
use crate::fault::Fault;

/// Standard output and standard error of one command.
pub(crate) struct Output {
    out: BufWriter<StdoutLock<'static>>,
    json: bool,
}

/// A problem of a policy as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ProblemRow<'p> {
    file: &'p str,
    line: usize,
    column: usize,
    message: &'p str,
    hint: Option<&'p str>,
}

impl<'p> From<&'p Problem> for ProblemRow<'p> {
    fn from(problem: &'p Problem) -> Self {
        let Problem { file, line, column, message, hint } = problem;
        Self { file, line: *line, column: *column, message, hint: hint.as_deref() }
    }
}

#[derive(Serialize)]
struct FaultRow<'f> {
    kind: &'f str,
    message: &'f str,
    at: Option<&'f str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<ProblemRow<'f>>,
}

#[derive(Serialize)]
struct ErrorObject<'f> {
    error: FaultRow<'f>,
}

impl Output {
    /// Takes standard output; `json` speaks to programs.
    pub(crate) fn new(json: bool) -> Self {
        Self { out: BufWriter::new(io::stdout().lock()), json }
    }

    /// Whether the answer is wanted as JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Says one line of the answer.
    pub(crate) fn line(&mut self, text: impl Display) -> Result<(), Fault> {
        writeln!(self.out, "{text}").map_err(|error| lost(&error))
    }

    /// Says text that ends as it ends.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.out.write_all(text.as_bytes()).map_err(|error| lost(&error))
    }

    /// Says one JSON value on one line.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Fault> {
        serde_json::to_writer(&mut self.out, value).map_err(|error| lost(&error.into()))?;
        self.line("")
    }

    /// Hands on what was said so far.
    pub(crate) fn flush(&mut self) -> Result<(), Fault> {
        self.out.flush().map_err(|error| lost(&error))
    }

    /// Ends the command: says a fault, hands everything on, and tells how it ended.
    pub(crate) fn finish(mut self, ended: Result<Exit, Fault>) -> Exit {
        match ended.and_then(|exit| self.flush().map(|()| exit)) {
            Ok(exit) => exit,
            Err(fault) => {
                if fault.exit != Exit::Done {
                    // What was said before the fault is still worth reading; if it cannot be
                    // said, the fault is what matters.
                    drop(self.out.flush());
                    say_fault(&fault, self.json);
                }
                fault.exit
            }
        }
    }
}

/// Prints a usage error as clap words it, or as JSON.
pub(crate) fn say_usage(error: &clap::Error, json: bool) -> Exit {
    if !error.use_stderr() {
        drop(error.print());
        return Exit::Done;
    }
    if json {
        let text = error.render().to_string();
        let message = text.strip_prefix("error: ").unwrap_or(&text).trim();
        say_fault(&Fault::usage(message), true);
    } else {
        drop(error.print());
    }
    Exit::Usage
}

/// Shows on a terminal how far a long work is, each time over the last; nothing elsewhere. An empty
/// text takes it away.
pub(crate) fn progress(text: &str) {
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        // Only an ornament: a terminal that does not take it changes nothing.
        drop(write!(err, "\r\x1b[K{text}").and_then(|()| err.flush()));
    }
}

fn say_fault(fault: &Fault, json: bool) {
    let mut text;
    if json {
        let problems = fault.problems.iter().map(ProblemRow::from).collect();
        let Fault { kind, message, at, .. } = fault;
        let error = FaultRow { kind, message, at: at.as_deref(), problems };
        text = serde_json::to_string(&ErrorObject { error }).expect("strings and numbers only");
    } else {
        let mut lines: Vec<String> = fault.problems.iter().map(ToString::to_string).collect();
        lines.push(match fault.at.as_ref().filter(|_| fault.problems.is_empty()) {
            Some(at) => format!("error: {at}: {}", fault.message),
            None => format!("error: {}", fault.message),
        });
        text = lines.join("\n");
    }
    text.push('\n');
    // Without a standard error there is nobody left to tell.
    drop(io::stderr().lock().write_all(text.as_bytes()));
}

/// Why standard output no longer takes anything.
fn lost(error: &io::Error) -> Fault {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Fault::nobody_reads();
    }
    Fault::environment("output", format!("standard output takes no more: {error}"))
}

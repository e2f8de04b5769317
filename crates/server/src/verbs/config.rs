//! `redress config`: check or print the configuration, secrets masked. Must not show a secret.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::config::{self, ConfigProblem, Configured, Sources};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// Where the keys come from that receipts are checked with.
const KEY_FILE: &str = "the public half of log.key in the data folder";

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List every value that cannot be used.
    Check(Place),
    /// Print every key with its value and where it comes from.
    Print(Place),
}

/// Where the configuration file is.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The configuration file; ./redress.toml without it, if there is one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let (Self::Check(place) | Self::Print(place)) = self;
        match (config::read(&Sources::of_process(place.config.clone()))?, self) {
            (Err(problems), _) => refuse(&problems, output),
            (Ok(configured), Self::Check(_)) => accept(&configured, output),
            (Ok(configured), Self::Print(_)) => print(&configured, output),
        }
    }
}

fn refuse(problems: &[ConfigProblem], output: &mut Output) -> Result<Exit, Fault> {
    if output.is_json() {
        let rows = problems.iter().map(|problem| {
            let (name, message, origin) = (&problem.name, &problem.message, &problem.origin);
            json!({ "key": name, "message": message, "from": origin.to_string() })
        });
        output.json(&json!({ "valid": false, "problems": rows.collect::<Vec<Value>>() }))?;
    } else {
        for problem in problems {
            output.line(problem)?;
        }
    }
    Ok(Exit::No)
}

fn accept(configured: &Configured, output: &mut Output) -> Result<Exit, Fault> {
    let warnings = &configured.warnings;
    if output.is_json() {
        output.json(&json!({ "valid": true, "problems": [], "warnings": warnings }))?;
    } else {
        for warning in warnings {
            output.line(format_args!("warning: {warning}"))?;
        }
        output.line("the configuration is usable")?;
    }
    Ok(Exit::Done)
}

fn print(configured: &Configured, output: &mut Output) -> Result<Exit, Fault> {
    let rows = configured.shown();
    // What receipts are checked with: not a setting, but asked for where settings are.
    let keys = redress_app::log_keys_of(&configured.config.data)
        .map_err(|error| Fault::environment("log-key", error.to_string()))?;
    if output.is_json() {
        let rows = rows.iter().map(|row| {
            let from = row.origin.to_string();
            (row.name.to_owned(), json!({ "value": row.value, "from": from }))
        });
        let shown = keys.iter().map(|key| json!({ "value": key.to_string(), "from": KEY_FILE }));
        let keys = ("log.keys".to_owned(), Value::Array(shown.collect()));
        output.json(&Value::Object(rows.chain([keys]).collect()))?;
    } else {
        for row in &rows {
            let value = row.value.as_deref().unwrap_or("-");
            output.line(format_args!("{:<26} {value}  ({})", row.name, row.origin))?;
        }
        for key in &keys {
            output.line(format_args!("{:<26} {key}  ({KEY_FILE})", "log.key"))?;
        }
    }
    Ok(Exit::Done)
}

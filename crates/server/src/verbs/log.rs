//! `redress log`: the log recomputed from its first event, and its keys. Must not trust what is stored
//! beside it.

use std::sync::Arc;

use clap::Subcommand;
use redress_app::{App, proof::VerificationKey};
use redress_store::{Options, Store, StoreError};
use serde_json::json;

use crate::app_fault::{named, of_flags};
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::chain;
use crate::operator::{Expect, Place, in_runtime};
use crate::output::{Output, progress};
use crate::verbs::user::OPERATOR;

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Recompute the whole log and name the first wrong index.
    Verify(Verify),
    /// Print the keys that receipts are checked with, the oldest first.
    Keys(Here),
    /// Let a new key sign, beside the one before.
    AddKey(Here),
    /// Let the older of two keys sign no longer; what it signed stays valid.
    RetireKey(Here),
    /// Say that you know that an older state of the data was put back.
    Confirm(Here),
}

/// Arguments of the verbs that only need to know where.
#[derive(Debug, clap::Args)]
pub(crate) struct Here {
    #[command(flatten)]
    place: Place,
}

/// Arguments of `log verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    place: Place,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Verify(verify) => verify.run(output),
            Self::Keys(here) => here.keys(output),
            Self::AddKey(here) => {
                let make = async |app: &App| app.add_log_key(&OPERATOR).await.map_err(of_flags);
                one_key(&here.place.with_app(Expect::Existing, make)?, "signs", output)
            }
            Self::RetireKey(here) => {
                let retire = async |app: &App| {
                    let retired = app.retire_log_key(&OPERATOR).await;
                    retired.map_err(named("older key", "of two that sign"))
                };
                one_key(&here.place.with_app(Expect::Existing, retire)?, "is retired", output)
            }
            Self::Confirm(here) => here.confirm(output),
        }
    }
}

fn one_key(key: &VerificationKey, does: &str, output: &mut Output) -> Result<Exit, Fault> {
    if output.is_json() {
        output.json(&json!({ "key": key.to_string() }))?;
    } else {
        output.line(format_args!("{does}: {key}"))?;
    }
    Ok(Exit::Done)
}

impl Here {
    fn keys(&self, output: &mut Output) -> Result<Exit, Fault> {
        let read = async |app: &App| Ok((app.log_origin(), app.log_keys()));
        let (origin, keys) = self.place.with_app(Expect::Existing, read)?;
        if output.is_json() {
            let rows = keys.iter().map(|known| {
                json!({
                    "key": known.key.to_string(), "epoch": known.epoch,
                    "since": known.since.to_string(),
                    "retired_at": known.retired_at.map(|at| at.to_string()),
                })
            });
            output.json(&json!({ "origin": origin, "keys": rows.collect::<Vec<_>>() }))?;
            return Ok(Exit::Done);
        }
        for known in &keys {
            let until = known.retired_at.map(|at| format!(" to {at:.0}")).unwrap_or_default();
            output.line(format_args!("{}  (from {:.0}{until})", known.key, known.since))?;
        }
        Ok(Exit::Done)
    }

    fn confirm(&self, output: &mut Output) -> Result<Exit, Fault> {
        let told = async |app: &App| {
            let found = app.log_restarted();
            let confirmed = app.confirm_log_restart(&OPERATOR).await;
            confirmed.map_err(named("restart of the log", "that waits for a word"))?;
            Ok(found)
        };
        let found = self.place.with_app(Expect::Existing, told)?;
        let Some(found) = found else { return Ok(Exit::Done) };
        if output.is_json() {
            output.json(&json!({
                "epoch": found.epoch, "reason": found.reason.as_str(), "signed": found.signed,
                "kept": found.kept,
            }))?;
        } else {
            output.line(format_args!("the log goes on as number {}", found.epoch))?;
        }
        Ok(Exit::Done)
    }
}

impl Verify {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let database = self.place.database()?;
        let failed = |error: StoreError| Fault::environment("store", chain(&error));
        let report = in_runtime(async {
            let options = Options::new(Arc::new(|| SystemClock.now()));
            let store = Store::open(&database, options).map_err(failed)?;
            let report = store.verify_log(|pos| progress(&format!("{pos} events"))).await;
            progress("");
            store.close().await.map_err(failed)?;
            report.map_err(failed)
        })?;
        let fault = report.fault.as_ref();
        if output.is_json() {
            output.json(&json!({
                "valid": fault.is_none(), "size": report.size,
                "index": fault.map(|fault| fault.index), "reason": fault.map(|fault| fault.what),
            }))?;
        } else if let Some(fault) = fault {
            output.line(fault)?;
        } else {
            output.line(format_args!("the log of {} events is whole", report.size))?;
        }
        Ok(if fault.is_none() { Exit::Done } else { Exit::No })
    }
}

//! `redress log`: the log recomputed from its first event. Must not trust what is stored beside it.

use std::sync::Arc;

use clap::Subcommand;
use redress_store::{Options, Store, StoreError};
use serde_json::json;

use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::chain;
use crate::operator::{Place, in_runtime};
use crate::output::{Output, progress};

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Recompute the whole log and name the first wrong index.
    Verify(Verify),
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
        }
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

//! `redress policy simulate`: the company's past under another policy. Must not judge a promise:
//! `redress-core` does.

use std::path::PathBuf;

use jiff::{Timestamp, tz::TimeZone};
use redress_app::{Changed, SimulateFault, Simulated, Simulation};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::chain;
use crate::operator::{Expect, Place};
use crate::output::{Output, progress};
use crate::pack;

/// Complaints that are listed for people under each promise; JSON lists them all.
const LISTED_MAX: usize = 20;

/// Arguments of `policy simulate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Simulate {
    /// The folder of the policy to replay the past under.
    #[arg(value_name = "DIR")]
    policy: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Simulate {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let pack = pack::asked(&self.policy)?;
        let simulation = self.place.with_app(Expect::Existing, async |app| {
            let done = app.simulate(&pack, |many| progress(&format!("{many} complaints"))).await;
            progress("");
            Ok(done?)
        })?;
        if output.is_json() {
            output.json(&answer(&simulation))?;
        } else {
            say(&simulation, output)?;
        }
        Ok(Exit::Done)
    }
}

fn answer(simulation: &Simulation) -> Value {
    let zone = &simulation.zone;
    let promises = simulation.promises.iter().map(|row| {
        json!({
            "promise": row.promise,
            "round": row.round,
            "kept": row.kept,
            "moved": row.moved,
            "broken": row.broken,
            "running": row.running,
            "ended": row.ended,
            "new": row.new,
            "gone": row.gone,
            "changed": row.changed.iter().map(|changed| line(changed, zone)).collect::<Vec<_>>(),
        })
    });
    json!({
        "from": simulation.from,
        "to": simulation.to,
        "complaints": simulation.complaints,
        "promises": promises.collect::<Vec<_>>(),
    })
}

fn line(changed: &Changed, zone: &TimeZone) -> Value {
    let instant = |at: Option<Timestamp>| {
        at.map(|at| at.display_with_offset(at.to_zoned(zone.clone()).offset()).to_string())
    };
    json!({
        "reference": changed.reference,
        "due_was": instant(changed.due_was),
        "due_would": instant(changed.due_would),
        "kept_was": changed.kept_was,
        "kept_would": changed.kept_would,
    })
}

fn say(simulation: &Simulation, output: &mut Output) -> Result<(), Fault> {
    let Simulation { from, to, complaints, .. } = simulation;
    output.line(format_args!("{complaints} complaints under {from}, replayed under {to}"))?;
    for row in &simulation.promises {
        let Simulated { promise, round, kept, moved, broken, running, ended, .. } = row;
        output.line(format_args!(
            "{promise} {round}: {kept} kept, {broken} broken, {running} running, {ended} ended; \
             {moved} at another date"
        ))?;
        if row.new > 0 {
            output.line(format_args!("  {} never had it, and would have", row.new))?;
        }
        if row.gone > 0 {
            output.line(format_args!("  {} had it, and would not have", row.gone))?;
        }
        for changed in row.changed.iter().take(LISTED_MAX) {
            output.line(told(changed, &simulation.zone))?;
        }
        if row.changed.len() > LISTED_MAX {
            output.line(format_args!(
                "  and {} more; --json lists all",
                row.changed.len() - LISTED_MAX
            ))?;
        }
    }
    Ok(())
}

/// `  KN-26-000384-KB  2026-11-27 00:00 kept -> 2026-11-26 00:00 broken`
fn told(changed: &Changed, zone: &TimeZone) -> String {
    let side = |due: Option<Timestamp>, kept: Option<bool>| {
        let Some(due) = due else { return "no such promise".to_owned() };
        let word = match kept {
            Some(true) => "kept",
            Some(false) => "broken",
            None => "open",
        };
        format!("{} {word}", due.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M"))
    };
    let was = side(changed.due_was, changed.kept_was);
    let would = side(changed.due_would, changed.kept_would);
    format!("  {}  {was} -> {would}", changed.reference)
}

impl From<SimulateFault> for Fault {
    fn from(error: SimulateFault) -> Self {
        match error {
            SimulateFault::Coverage { .. } => Self::no("beyond-coverage", chain(&error)),
            SimulateFault::App(error) => error.into(),
        }
    }
}

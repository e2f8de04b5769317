//! `redress doctor`: looks at everything an installation needs, and says the cure of each failure.
//! Must not change anything, nor stop at the first failure.

mod checks;
mod finding;

use redress_app::OtherPolicy;
use serde_json::json;

use self::finding::{Finding, Status};
use crate::config::Config;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::{self, Place};
use crate::operator::in_runtime;
use crate::output::Output;

/// Arguments of `doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    place: Place,
}

impl Doctor {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let findings = match self.place.configuration(&[]) {
            Ok(config) => in_runtime(async { Ok(examine(config).await) })?,
            Err(fault) => vec![Finding::fail(
                "configuration",
                fault.message,
                "mend what it names; `redress config check` says the same",
            )],
        };
        let healthy = findings.iter().all(|finding| finding.status != Status::Fail);
        if output.is_json() {
            output.json(&json!({ "healthy": healthy, "checks": findings }))?;
        } else {
            for finding in &findings {
                output.line(finding)?;
            }
        }
        Ok(if healthy { Exit::Done } else { Exit::No })
    }
}

/// Looks at everything, the deepest first: without the folder nothing else can be looked at.
async fn examine(mut config: Config) -> Vec<Finding> {
    let mut findings = vec![Finding::ok("configuration", "every value can be used")];
    findings.extend(checks::folder(&config.data));
    findings.push(checks::address(&config));
    findings.extend(checks::proxies(&config));
    findings.push(checks::mail(config.mail.as_ref()).await);
    findings.push(checks::scanner(config.files.clamd.as_ref()).await);
    findings.push(checks::backup(&config));
    if findings.iter().any(|finding| finding.check == "data" && finding.status == Status::Fail) {
        return findings;
    }
    if let Some(finding) = checks::version(&config.data) {
        findings.push(finding);
        return findings;
    }
    // The policy in force is looked at; only `serve` puts another one there.
    config.policy = None;
    match install::open(&config, OtherPolicy::Stays).await {
        Ok(app) => {
            findings.extend(checks::inside(&app).await);
            if let Err(error) = app.close().await {
                findings.push(checks::database_failed(&install::chain(&error)));
            }
        }
        Err(fault) => findings.push(checks::database_failed(&fault.message)),
    }
    findings
}

//! Opens an installation for one verb of an operator, beside whatever else has it open. Must not put
//! a policy in force, or do the work of a verb.

use std::path::PathBuf;

use redress_app::{App, OtherPolicy};

use crate::config::Config;
use crate::fault::Fault;
use crate::install;

/// The database inside the data folder.
const DATABASE: &str = "redress.sqlite";

/// Where the installation is.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The data folder [default: ./redress-data].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The configuration file; ./redress.toml without it, if there is one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What a verb expects of the data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    /// An installation is there; a mistyped folder must not become a new one.
    Existing,
    /// One is made if there is none.
    OrNew,
}

impl Place {
    /// The data folder of an installation that must be there.
    pub(crate) fn folder(&self) -> Result<PathBuf, Fault> {
        let config = self.configuration()?;
        existing(&config)?;
        Ok(config.data)
    }

    /// The database of an installation that must be there.
    pub(crate) fn database(&self) -> Result<PathBuf, Fault> {
        Ok(self.folder()?.join(DATABASE))
    }

    /// Opens the installation, does the work, and closes it in order.
    pub(crate) fn with_app<T>(
        &self,
        expect: Expect,
        work: impl AsyncFnOnce(&App) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut config = self.configuration()?;
        if expect == Expect::Existing {
            existing(&config)?;
        }
        // The policy in force stays in force: only `serve` puts another one there.
        config.policy = None;
        if config.public_url.is_none() {
            config.public_url = install::kept_public_url(&config);
        }
        in_runtime(async {
            let app = install::open(&config, OtherPolicy::Stays).await?;
            let done = work(&app).await;
            app.close().await?;
            done
        })
    }

    fn configuration(&self) -> Result<Config, Fault> {
        let (data, config) = (self.data.clone(), self.config.clone());
        install::Place { data, policy: None, config }.configuration(&[])
    }
}

/// Runs a future to its end on this thread.
pub(crate) fn in_runtime<T>(work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Fault::environment("runtime", error.to_string()))?;
    runtime.block_on(work)
}

fn existing(config: &Config) -> Result<(), Fault> {
    if redress_app::unfinished_import(&config.data) {
        let message = "an import or a restore into this folder did not come to its end: run it \
                       again, or delete the folder";
        let place = config.data.display().to_string();
        return Err(Fault::no("import-unfinished", message).at(place));
    }
    if config.data.join(DATABASE).is_file() {
        return Ok(());
    }
    let message = "there is no installation in this folder; name it by --data";
    Err(Fault::environment("no-installation", message).at(config.data.display().to_string()))
}

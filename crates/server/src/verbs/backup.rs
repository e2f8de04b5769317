//! `redress backup` and `redress restore`: everything into one file, and back onto an empty folder.
//! Must not copy anything itself.

use std::path::PathBuf;

use redress_app::{BackupError, Manifest};
use serde_json::json;

use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::{self, chain};
use crate::operator::{Expect, Place, in_runtime};
use crate::output::{Output, progress};

/// Arguments of `backup`.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// The new file, outside the data folder.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Arguments of `restore`.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The data folder to make; empty, or not there yet.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Backup {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let manifest = self.place.with_app(Expect::Existing, async |app| {
            app.backup(&self.file, |done| progress(&done)).await.map_err(|error| fault(&error))
        });
        progress("");
        say(&manifest?, &format!("backup in {}", self.file.display()), output)
    }
}

impl Restore {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let world = install::world();
        let manifest = in_runtime(async {
            let done = |done: String| progress(&done);
            let restored = redress_app::restore(&self.file, &self.data, &world, done).await;
            restored.map_err(|error| fault(&error))
        });
        progress("");
        say(&manifest?, &format!("restored into {}", self.data.display()), output)
    }
}

fn say(manifest: &Manifest, what: &str, output: &mut Output) -> Result<Exit, Fault> {
    let Manifest { events, files, missing, made_at, .. } = manifest;
    let rotten: Vec<&String> = manifest.rotten_files.iter().map(|file| &file.sha256).collect();
    if output.is_json() {
        output.json(&json!({
            "made_at": made_at, "events": events, "files": files, "missing": missing,
            "rotten": rotten, "database_bytes": manifest.database_bytes, "verified": true,
        }))?;
    } else {
        output.line(format_args!(
            "{what}: {events} events, {files} files, as of {made_at}; read back and verified"
        ))?;
        if *missing > 0 {
            output.line(format_args!(
                "without {missing} files that complaints name: they were not in the data folder; an \
                 older backup may have them, keep it"
            ))?;
        }
        say_rotten(&rotten, output)?;
    }
    Ok(Exit::Done)
}

/// Names the attachments that are not as they were sent, by what they are called in `files/`.
pub(super) fn say_rotten(rotten: &[&String], output: &mut Output) -> Result<(), Fault> {
    if rotten.is_empty() {
        return Ok(());
    }
    output.line(format_args!(
        "{} files are in it that are rotten, their bytes are not those that were sent; an older backup \
         may have them, keep it:",
        rotten.len()
    ))?;
    rotten.iter().try_for_each(|sha256| output.line(format_args!("  {sha256}")))
}

fn fault(error: &BackupError) -> Fault {
    if error.is_answer() {
        Fault::no("backup", chain(error))
    } else {
        Fault::environment("backup", chain(error))
    }
}

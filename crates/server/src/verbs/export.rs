//! `redress export` and `redress import`: everything as lines of JSON, and back into an empty folder.
//! Must not read or write a line itself.

use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use redress_app::{ExportError, Exported, ImportError, Imported, Secrets};
use serde_json::json;

use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::{self, chain};
use crate::operator::{Expect, Place, in_runtime};
use crate::output::{Output, progress};
use crate::verbs::backup::say_rotten;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// The new file; `-` is standard output.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Passwords, tokens of the API and the key of the installation go with it.
    #[arg(long)]
    secrets: bool,
    #[command(flatten)]
    place: Place,
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The export; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The data folder to make; empty, or not there yet.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The file `installation.key` of the folder the export comes from, where it holds no secrets.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

impl Export {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let secrets = if self.secrets { Secrets::Included } else { Secrets::LeftOut };
        let done = |done: String| progress(&done);
        let piped = self.file == Path::new("-");
        let exported = self.place.with_app(Expect::Existing, async |app| {
            let exported = if piped {
                app.export_to(&mut BufWriter::new(io::stdout()), secrets, done).await
            } else {
                app.export_into(&self.file, secrets, done).await
            };
            exported.map_err(|error| self.fault(&error))
        });
        progress("");
        let Exported { lines, events, files, rotten } = exported?;
        let rotten: Vec<&String> = rotten.iter().map(|file| &file.sha256).collect();
        if piped {
            return Ok(Exit::Done);
        }
        if output.is_json() {
            let said = json!({ "lines": lines, "events": events, "files": files,
                "rotten": rotten, "secrets": self.secrets });
            output.json(&said)?;
        } else {
            let file = self.file.display();
            output.line(format_args!("{file}: {lines} lines, {events} events, {files} files"))?;
            say_rotten(&rotten, output)?;
            output.line(if self.secrets {
                "whoever has this file can sign in as anybody: keep it like a password"
            } else {
                "without passwords, tokens and key: an import needs the key of this folder by --key"
            })?;
        }
        Ok(Exit::Done)
    }

    fn fault(&self, error: &ExportError) -> Fault {
        match error {
            ExportError::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => {
                Fault::nobody_reads()
            }
            ExportError::Exists { .. } | ExportError::Log { .. } | ExportError::Spoilt { .. } => {
                Fault::no("export", chain(error))
            }
            ExportError::Store(_) | ExportError::Io { .. } => {
                Fault::environment("export", chain(error)).at(self.file.display().to_string())
            }
        }
    }
}

impl Import {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let imported = if self.file == Path::new("-") {
            self.read(&mut BufReader::new(io::stdin()))
        } else {
            let file = File::open(&self.file).map_err(|error| {
                Fault::environment("import", format!("cannot be read: {error}"))
                    .at(self.file.display().to_string())
            })?;
            self.read(&mut BufReader::new(file))
        };
        progress("");
        let Imported { events, files, rotten, complaints, secrets } = imported?;
        let rotten: Vec<&String> = rotten.iter().map(|file| &file.sha256).collect();
        if output.is_json() {
            let said = json!({ "events": events, "files": files, "complaints": complaints,
                "rotten": rotten, "secrets": secrets, "verified": true });
            output.json(&said)?;
        } else {
            let data = self.data.display();
            output.line(format_args!(
                "imported into {data}: {events} events, {complaints} complaints, {files} files; \
                 every leaf verified"
            ))?;
            say_rotten(&rotten, output)?;
            if !secrets {
                let words = "nobody has a password yet: `redress user reset` gives each a link";
                output.line(words)?;
            }
        }
        Ok(Exit::Done)
    }

    fn read(&self, from: &mut (impl io::BufRead + Send)) -> Result<Imported, Fault> {
        let (world, key) = (install::world(), self.key.as_deref());
        in_runtime(async {
            let done = |done: String| progress(&done);
            let imported = redress_app::import(from, &self.data, key, &world, done).await;
            imported.map_err(|error| self.fault(&error))
        })
    }

    fn fault(&self, error: &ImportError) -> Fault {
        let fault = if error.is_answer() { Fault::no } else { Fault::environment };
        let fault = fault("import", chain(error));
        match error {
            ImportError::Line { .. } | ImportError::Cut { .. } => {
                fault.at(self.file.display().to_string())
            }
            _ => fault,
        }
    }
}

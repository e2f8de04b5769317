//! `redress demo`: serves a folder filled with invented complaints and prints how to sign in.
//! Must not touch an installation that is not a demo, or send any mail.

use std::path::{Path, PathBuf};

use redress_app::demo::{self, Demo as Opened, DemoError, Door};
use serde::Serialize;

use crate::chance;
use crate::config::Config;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::{self, Place, chain};
use crate::output::Output;
use crate::verbs::serve::{self, How};

/// Serves a demo: some forty invented complaints in every state.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Address and port to listen at [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The folder of the demo, kept; a new one in the system's place for such, removed at the end,
    /// when absent.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Somebody to sign in as, as JSON.
#[derive(Serialize)]
struct PersonRow<'d> {
    role: &'d str,
    department: Option<&'d str>,
    title: &'d str,
    name: &'d str,
    email: &'d str,
    link: &'d str,
}

impl<'d> From<&'d Door> for PersonRow<'d> {
    fn from(door: &'d Door) -> Self {
        Self {
            role: &door.role,
            department: door.department.as_deref(),
            title: &door.title,
            name: &door.name,
            email: &door.email,
            link: &door.link,
        }
    }
}

/// A complaint as its complainant follows it, as JSON.
#[derive(Serialize)]
struct TrackingRow<'d> {
    shows: &'d str,
    url: &'d str,
}

#[derive(Serialize)]
struct DemoRow<'d> {
    url: &'d str,
    folder: &'d Path,
    password: &'d str,
    people: Vec<PersonRow<'d>>,
    tracking: Vec<TrackingRow<'d>>,
}

impl Demo {
    /// Runs until a signal ends it; a folder of its own goes with it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let config = self.configuration()?;
        serve::start_log(&config);
        let folder = match &self.data {
            Some(named) => Folder::Named(named.clone()),
            None => Folder::own()?,
        };
        serve::runtime()?.block_on(async {
            let listener = serve::listen(&config).await?;
            let config = serve::with_port(config, &listener)?;
            let url = install::public_url(&config);
            tracing::info!("opening the demo; a new one takes a few seconds to fill");
            let opened = demo::open(folder.path(), &url, &install::world()).await;
            let opened = opened.map_err(|error| fault(&error))?;
            let stop = serve::signal();
            announce(&opened, &folder, output)?;
            let how = How { demo: true, ..How::default() };
            Box::pin(serve::serve(opened.app, listener, &config, how, stop)).await
        })
    }

    /// The configuration of the process, but for what belongs to a real installation: its data,
    /// its policy and its public address.
    fn configuration(&self) -> Result<Config, Fault> {
        let place = Place { data: None, policy: None, config: None };
        let mut config = place.configuration(&[("listen", self.listen.clone())])?;
        config.public_url = None;
        Ok(config)
    }
}

/// Where the demo lives.
enum Folder {
    /// Kept.
    Named(PathBuf),
    /// Removed at the end.
    Own(PathBuf),
}

impl Folder {
    /// A new folder that only this account of the machine may read.
    fn own() -> Result<Self, Fault> {
        let mut bytes = [0; 8];
        chance::fill(&mut bytes);
        let name = format!("redress-demo-{:016x}", u64::from_be_bytes(bytes));
        let path = std::env::temp_dir().join(name);
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(|error| {
            Fault::environment("folder", error.to_string()).at(path.display().to_string())
        })?;
        Ok(Self::Own(path))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Named(path) | Self::Own(path) => path,
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Self::Own(path) = self
            && let Err(error) = std::fs::remove_dir_all(path)
        {
            tracing::warn!(%error, "the folder of the demo stays behind");
        }
    }
}

fn fault(error: &DemoError) -> Fault {
    match error {
        DemoError::NotADemo { folder } | DemoError::Unfinished { folder } => {
            Fault::no("demo-folder", error.to_string()).at(folder.display().to_string())
        }
        DemoError::Start(_) | DemoError::Data(_) | DemoError::Story { .. } | DemoError::App(_) => {
            Fault::environment("demo", chain(error))
        }
    }
}

fn announce(demo: &Opened, folder: &Folder, output: &mut Output) -> Result<(), Fault> {
    if output.is_json() {
        output.json(&DemoRow {
            url: demo.app.public_url(),
            folder: folder.path(),
            password: &demo.password,
            people: demo.doors.iter().map(PersonRow::from).collect(),
            tracking: demo.shown.iter().map(|(shows, url)| TrackingRow { shows, url }).collect(),
        })?;
        return output.flush();
    }
    let url = demo.app.public_url();
    output.line(format_args!("Redress demo at {url}"))?;
    output.line("Every person and complaint in it is invented, and no mail leaves.")?;
    match folder {
        Folder::Named(path) => output.line(format_args!("It stays in {}.", path.display()))?,
        Folder::Own(path) => {
            output.line(format_args!("It is in {} and goes when it ends.", path.display()))?;
        }
    }
    output.line("\nSign in by one of these links; each works once, for 72 hours:")?;
    for door in &demo.doors {
        let unit = door.department.as_deref().map(|unit| format!(", {unit}")).unwrap_or_default();
        output.line(format_args!("\n  {} ({}{unit}): {}", door.name, door.role, door.title))?;
        output.line(format_args!("  {}", door.link))?;
    }
    output.line(format_args!("\nOr at {url}/desk/sign-in with the password {}", demo.password))?;
    for door in &demo.doors {
        output.line(format_args!("  {}", door.email))?;
    }
    if !demo.shown.is_empty() {
        output.line("\nWhat the complainant sees:")?;
    }
    for (words, link) in &demo.shown {
        output.line(format_args!("  {words}: {link}"))?;
    }
    output.flush()
}

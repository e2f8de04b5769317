//! Opens an installation from its configuration: data folder, policy, mail server.
//! Must not serve or print.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;
use redress_app::{App, FileSettings, OtherPolicy, Schedule, Settings, StartError, World};
use redress_channels::email::{From, SignIn, Smtp, SmtpConfig, Tls as SmtpTls};
use redress_channels::{Registry, Secret as ChannelSecret};
use redress_core::plain::Email;

use crate::chance;
use crate::clock::SystemClock;
use crate::config::{self, Backup, Config, Mail, Protection, Sources};
use crate::fault::Fault;
use crate::pack;

/// Longest wait for each answer of the mail server.
const MAIL_WAIT: Duration = Duration::from_secs(15);

/// Where the installation is; every verb that opens the store takes these.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The data folder [default: ./redress-data].
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The folder of the policy to put in force; without it the one in force goes on, at first the
    /// shipped one.
    #[arg(long, value_name = "DIR")]
    pub(crate) policy: Option<PathBuf>,
    /// The configuration file; ./redress.toml without it, if there is one.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

impl Place {
    /// The configuration with these flags over it, and more flags of the verb.
    pub(crate) fn configuration(
        &self,
        more: &[(&'static str, Option<String>)],
    ) -> Result<Config, Fault> {
        let mut sources = Sources::of_process(self.config.clone());
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let flags = [("data", path(&self.data)), ("policy", path(&self.policy))];
        for (name, value) in flags.iter().chain(more) {
            if let Some(value) = value {
                sources.flags.insert(name, value.clone());
            }
        }
        let configured = config::read(&sources)?.map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Fault::no("configuration", lines.join("\n"))
        })?;
        Ok(configured.config)
    }
}

/// The file in the data folder that keeps the address it was last served under.
const SERVED_UNDER: &str = "public-url";

/// The address people reach the installation under.
pub(crate) fn public_url(config: &Config) -> String {
    config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen))
}

/// Keeps the address for the verbs that print links beside a running server.
pub(crate) fn keep_public_url(config: &Config) {
    let path = config.data.join(SERVED_UNDER);
    if let Err(error) = std::fs::write(&path, public_url(config)) {
        tracing::warn!(%error, "other commands will not know the address of this server");
    }
}

/// The address that was kept, if this folder was ever served.
pub(crate) fn kept_public_url(config: &Config) -> Option<String> {
    let kept = std::fs::read_to_string(config.data.join(SERVED_UNDER)).ok()?;
    Some(kept.trim().to_owned()).filter(|kept| kept.starts_with("http"))
}

/// The backups by the clock, if there are any; their folder is made, outside the data folder.
pub(crate) fn schedule(config: &Config) -> Result<Option<Schedule>, Fault> {
    let Some(backup) = &config.backup else { return Ok(None) };
    let place = |path: &Path| {
        std::fs::create_dir_all(path).and_then(|()| path.canonicalize()).map_err(|error| {
            Fault::environment("backup", format!("the folder cannot be used: {error}"))
                .at(path.display().to_string())
        })
    };
    if place(&backup.folder)?.starts_with(place(&config.data)?) {
        let message = "a backup inside the data folder is lost with it; choose a folder elsewhere";
        return Err(Fault::no("configuration", message).at("backup.folder"));
    }
    Ok(Some(as_schedule(backup)))
}

fn as_schedule(backup: &Backup) -> Schedule {
    Schedule {
        folder: backup.folder.clone(),
        every: SignedDuration::from_hours(backup.every_hours.into()),
        keep: usize::try_from(backup.keep).unwrap_or(usize::MAX),
    }
}

/// The machine's time and chance.
pub(crate) fn world() -> World {
    World::new(Arc::new(|| SystemClock.now()), Arc::new(chance::fill))
}

/// Opens the installation.
pub(crate) async fn open(config: &Config, other: OtherPolicy) -> Result<App, Fault> {
    let pack = match &config.policy {
        Some(folder) => Some(pack::checked(folder, SystemClock.today())?),
        None => None,
    };
    let channels = channels(config)?;
    let public_url = public_url(config);
    let files = files(config);
    let settings = Settings { folder: config.data.clone(), pack, channels, public_url, files };
    let opened = App::start_with(settings, world(), other).await;
    let app = opened.map_err(|error| match &error {
        StartError::SameVersion { .. }
        | StartError::CalendarChanged { .. }
        | StartError::OtherPolicy { .. }
        | StartError::NotYet { .. } => Fault::no("policy", chain(&error)),
        StartError::UnfinishedImport { .. } => Fault::no("import-unfinished", chain(&error)),
        StartError::Folder { .. } | StartError::Store(_) | StartError::App(_) => {
            Fault::environment("start", chain(&error))
        }
    })?;
    if let Some(backup) = &config.backup {
        app.keeps_backups(as_schedule(backup));
    }
    Ok(app)
}

/// How much may be uploaded.
fn files(config: &Config) -> FileSettings {
    let bytes = |mebibytes: u32| u64::from(mebibytes) << 20;
    FileSettings {
        per_hour: config.files.per_hour.into(),
        day_bytes: bytes(config.files.day_mb),
        total_bytes: bytes(config.files.total_mb),
        scanner: config.files.clamd.clone(),
    }
}

/// An error with its causes on one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn channels(config: &Config) -> Result<Registry, Fault> {
    let mut channels = Registry::default();
    if let Some(mail) = &config.mail {
        let smtp = smtp(mail)?;
        channels
            .add(Arc::new(smtp))
            .map_err(|error| Fault::no("configuration", error.to_string()))?;
    }
    Ok(channels)
}

fn smtp(mail: &Mail) -> Result<Smtp, Fault> {
    let fault = |error: &dyn std::error::Error| Fault::no("configuration", chain(error)).at("mail");
    let address = Email::parse(&mail.from).map_err(|_| {
        Fault::no("configuration", format!("`{}` is not an e-mail address", mail.from))
            .at("mail.from")
    })?;
    let sign_in = mail.user.as_ref().map(|user| SignIn {
        user: user.clone(),
        password: ChannelSecret::new(mail.password.as_ref().map_or("", |secret| secret.reveal())),
    });
    Smtp::new(SmtpConfig {
        host: mail.smtp_host.clone(),
        port: mail.smtp_port,
        tls: match mail.tls {
            Protection::None => SmtpTls::None,
            Protection::StartTls => SmtpTls::StartTls,
            Protection::Tls => SmtpTls::Tls,
        },
        own_authority_pem: None,
        sign_in,
        from: From { name: address.as_str().to_owned(), address },
        timeout: MAIL_WAIT,
    })
    .map_err(|error| fault(&error))
}

//! The values of the configuration, parsed once. Must not read files or the environment.

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use redress_channels::{NotAnAddress, ScannerAddress};
use redress_web::{NoProxy, Proxies};

use super::ConfigProblem;
use super::keys;
use super::layers::Layers;
use super::secret::{MASK, Secret};

/// Everything that can be configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Config {
    /// Address and port to listen at.
    pub(crate) listen: SocketAddr,
    /// The data folder.
    pub(crate) data: PathBuf,
    /// The folder of the policy; without it the one in force, at first the shipped one.
    pub(crate) policy: Option<PathBuf>,
    /// The address under which people reach the installation, without a slash at its end.
    pub(crate) public_url: Option<String>,
    /// Requests a minute from one address, 0 is no limit; without it what the policy says.
    pub(crate) public_per_minute: Option<u32>,
    /// Connections at once.
    pub(crate) connections: u32,
    /// Machines before the server that say where a request came from; without any nobody is believed.
    pub(crate) proxies: Proxies,
    /// How much may be uploaded.
    pub(crate) files: Files,
    /// Backups by the clock; without a folder there are none.
    pub(crate) backup: Option<Backup>,
    /// The mail server; without it letters wait for a person.
    pub(crate) mail: Option<Mail>,
    /// What is written about the work.
    pub(crate) log: Log,
}

/// How much may be uploaded, 0 is no limit, and who looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Files {
    /// Files from one address or account within an hour.
    pub(crate) per_hour: u32,
    /// Mebibytes from one address or account within 24 hours.
    pub(crate) day_mb: u32,
    /// Mebibytes stored in all, each content once.
    pub(crate) total_mb: u32,
    /// `ClamAV`'s daemon; without it nobody looks for harmful files.
    pub(crate) clamd: Option<ScannerAddress>,
}

/// Backups by the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Backup {
    /// The folder they go to.
    pub(crate) folder: PathBuf,
    /// Hours from one to the next.
    pub(crate) every_hours: u32,
    /// How many are kept.
    pub(crate) keep: u32,
}

/// How the mail server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mail {
    /// Its name or address.
    pub(crate) smtp_host: String,
    /// Its port.
    pub(crate) smtp_port: u16,
    /// How the connection is protected.
    pub(crate) tls: Protection,
    /// The account on it.
    pub(crate) user: Option<String>,
    /// The password of the account.
    pub(crate) password: Option<Secret>,
    /// The address letters come from.
    pub(crate) from: String,
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// Not at all.
    None,
    /// Readable first, then protected, or nothing is sent.
    StartTls,
    /// From the first byte.
    Tls,
}

impl Protection {
    const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
        }
    }

    /// The usual port (RFC 5321, RFC 6409, RFC 8314).
    const fn port(self) -> u16 {
        match self {
            Self::None => 25,
            Self::StartTls => 587,
            Self::Tls => 465,
        }
    }
}

/// What is written about the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Log {
    /// From which level on: error, warn, info, debug or trace.
    pub(crate) level: &'static str,
    /// Whether each line is a JSON object.
    pub(crate) json: bool,
}

/// Levels of the log, weightiest first.
const LEVELS: &[&str] = &["error", "warn", "info", "debug", "trace"];

impl Config {
    /// Every key with its value as text, secrets masked.
    pub(super) fn rows(&self) -> Vec<(&'static str, Option<String>)> {
        let (mail, backup) = (self.mail.as_ref(), self.backup.as_ref());
        let value = |name: &str| match name {
            "listen" => Some(self.listen.to_string()),
            "data" => Some(self.data.display().to_string()),
            "policy" => self.policy.as_ref().map(|dir| dir.display().to_string()),
            "public_url" => self.public_url.clone(),
            "limits.public_per_minute" => self.public_per_minute.map(|many| many.to_string()),
            "limits.connections" => Some(self.connections.to_string()),
            "limits.proxies" => Some(self.proxies.to_string()).filter(|_| !self.proxies.is_empty()),
            "files.per_hour" => Some(self.files.per_hour.to_string()),
            "files.day_mb" => Some(self.files.day_mb.to_string()),
            "files.total_mb" => Some(self.files.total_mb.to_string()),
            "files.clamd" => self.files.clamd.as_ref().map(ToString::to_string),
            "backup.folder" => backup.map(|backup| backup.folder.display().to_string()),
            "backup.every_hours" => backup.map(|backup| backup.every_hours.to_string()),
            "backup.keep" => backup.map(|backup| backup.keep.to_string()),
            "mail.smtp_host" => mail.map(|mail| mail.smtp_host.clone()),
            "mail.smtp_port" => mail.map(|mail| mail.smtp_port.to_string()),
            "mail.tls" => mail.map(|mail| mail.tls.as_str().to_owned()),
            "mail.user" => mail.and_then(|mail| mail.user.clone()),
            "mail.password" => mail.and_then(|m| m.password.as_ref()).map(|_| MASK.to_owned()),
            "mail.from" => mail.map(|mail| mail.from.clone()),
            "log.level" => Some(self.log.level.to_owned()),
            "log.json" => Some(self.log.json.to_string()),
            _ => None,
        };
        keys::KEYS.iter().map(|key| (key.name, value(key.name))).collect()
    }
}

/// Parses every key; problems are added to `problems`, and `None` means that there are some.
pub(super) fn parse(layers: &Layers, problems: &mut Vec<ConfigProblem>) -> Option<Config> {
    let mut reader = Reader { layers, problems };
    let listen = reader.need("listen", "an address with a port, 127.0.0.1:8080");
    let data = reader.need("data", "a folder");
    let policy = reader.parsed("policy", "a folder");
    let public_url = reader.with("public_url", web_address);
    let public_per_minute = reader.parsed("limits.public_per_minute", "a number, 0 is no limit");
    let connections = reader.above_zero("limits.connections");
    let proxies = reader
        .with("limits.proxies", |text| text.parse().map_err(|error: NoProxy| error.to_string()));
    let files = reader.files();
    let backup = reader.backup();
    let mail = reader.mail();
    let level = reader.with("log.level", |text| {
        let known = LEVELS.iter().find(|level| **level == text).copied();
        known.ok_or_else(|| format!("write one of {}", LEVELS.join(", ")))
    });
    let json = reader.need("log.json", "true or false");
    let log = Log { level: level?, json: json? };
    let (listen, data, connections, files) = (listen?, data?, connections?, files?);
    let config = Config {
        listen,
        data,
        policy,
        public_url,
        public_per_minute,
        connections,
        proxies: proxies.unwrap_or_default(),
        files,
        backup,
        mail,
        log,
    };
    Some(config)
}

fn web_address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(char::is_whitespace) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err("write an address such as https://complaints.example.vn".to_owned()),
    }
}

struct Reader<'r> {
    layers: &'r Layers,
    problems: &'r mut Vec<ConfigProblem>,
}

impl Reader<'_> {
    /// A value; an empty one counts as none.
    fn text(&self, name: &str) -> Option<&str> {
        self.layers.get(name).map(|found| found.text.as_str()).filter(|text| !text.is_empty())
    }

    fn problem(&mut self, name: &str, message: impl Display) {
        let origin = self.layers.origin(name);
        let message = message.to_string();
        self.problems.push(ConfigProblem { name: name.to_owned(), origin, message });
    }

    /// A value that a function reads.
    fn with<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        match read(self.text(name)?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problem(name, message);
                None
            }
        }
    }

    /// A value that may be missing.
    fn parsed<T: FromStr>(&mut self, name: &str, wanted: &str) -> Option<T> {
        let read = |text: &str| text.parse().map_err(|_| format!("\"{text}\" is not {wanted}"));
        self.with(name, read)
    }

    /// A value that must be there.
    fn need<T: FromStr>(&mut self, name: &str, wanted: &str) -> Option<T> {
        if self.text(name).is_none() {
            self.problem(name, format_args!("a value is needed: {wanted}"));
        }
        self.parsed(name, wanted)
    }

    /// How much may be uploaded.
    fn files(&mut self) -> Option<Files> {
        let wanted = "a number, 0 is no limit";
        let per_hour = self.need("files.per_hour", wanted);
        let day_mb = self.need("files.day_mb", wanted);
        let total_mb = self.need("files.total_mb", wanted);
        let clamd = self.with("files.clamd", |text| {
            text.parse().map_err(|error: NotAnAddress| error.to_string())
        });
        Some(Files { per_hour: per_hour?, day_mb: day_mb?, total_mb: total_mb?, clamd })
    }

    /// Backups by the clock, if a folder is named.
    fn backup(&mut self) -> Option<Backup> {
        let every_hours = self.above_zero("backup.every_hours");
        let keep = self.above_zero("backup.keep");
        let folder = self.parsed("backup.folder", "a folder")?;
        Some(Backup { folder, every_hours: every_hours?, keep: keep? })
    }

    fn above_zero(&mut self, name: &str) -> Option<u32> {
        self.with(name, |text| match text.parse() {
            Ok(number @ 1..=10_000) => Ok(number),
            _ => Err(format!("\"{text}\" is not a number from 1 to 10000")),
        })
    }

    /// The mail server, if one is named.
    fn mail(&mut self) -> Option<Mail> {
        let Some(smtp_host) = self.text("mail.smtp_host").map(str::to_owned) else {
            let others = ["mail.smtp_port", "mail.user", "mail.password", "mail.from"];
            if let Some(other) = others.iter().find(|name| self.text(name).is_some()) {
                self.problem("mail.smtp_host", format_args!("is needed, for `{other}` is set"));
            }
            return None;
        };
        let tls = self.with("mail.tls", |text| match text {
            "none" => Ok(Protection::None),
            "starttls" => Ok(Protection::StartTls),
            "tls" => Ok(Protection::Tls),
            _ => Err("write one of none, starttls, tls".to_owned()),
        });
        let port = self.parsed("mail.smtp_port", "a port, 1 to 65535");
        let from = self.text("mail.from").map(str::to_owned);
        if from.as_ref().is_none_or(|from| !from.contains('@')) {
            self.problem("mail.from", "the address letters come from is needed");
        }
        let user = self.text("mail.user").map(str::to_owned);
        let password = self.text("mail.password").map(Secret::new);
        if user.is_some() != password.is_some() {
            let missing = if user.is_some() { "mail.password" } else { "mail.user" };
            self.problem(missing, "user and password are given together");
        }
        let tls = tls?;
        let smtp_port = port.unwrap_or(tls.port());
        Some(Mail { smtp_host, smtp_port, tls, user, password, from: from? })
    }
}

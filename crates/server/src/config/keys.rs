//! Every key of the configuration: its name, default and meaning. The same name serves as flag,
//! environment variable and key of the file. Must not parse values.

/// One key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// The name in the file, `mail.smtp_host`.
    pub(crate) name: &'static str,
    /// The value when nobody sets one; `None` is no value.
    pub(crate) default: Option<&'static str>,
    /// Whether the value is hidden, and may come from a file of its own.
    pub(crate) secret: bool,
}

impl Key {
    /// The environment variable, `REDRESS_MAIL_SMTP_HOST`.
    pub(crate) fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.replace('.', "_").to_uppercase())
    }

    /// The key that names a file with the value, `mail.password_file`; secrets only.
    pub(crate) fn file_name(&self) -> Option<String> {
        self.secret.then(|| format!("{}_file", self.name))
    }
}

/// What every environment variable of ours begins with.
pub(crate) const PREFIX: &str = "REDRESS_";

const fn key(name: &'static str, default: Option<&'static str>) -> Key {
    Key { name, default, secret: false }
}

/// Every key, in the order in which they are printed.
pub(crate) const KEYS: &[Key] = &[
    key("listen", Some("127.0.0.1:8080")),
    key("data", Some("./redress-data")),
    key("policy", None),
    key("public_url", None),
    key("limits.public_per_minute", None),
    key("limits.connections", Some("1000")),
    key("limits.proxies", None),
    key("files.per_hour", Some("60")),
    key("files.day_mb", Some("1000")),
    key("files.total_mb", Some("100000")),
    key("files.clamd", None),
    key("backup.folder", None),
    key("backup.every_hours", Some("24")),
    key("backup.keep", Some("7")),
    key("mail.smtp_host", None),
    key("mail.smtp_port", None),
    key("mail.tls", Some("starttls")),
    key("mail.user", None),
    Key { name: "mail.password", default: None, secret: true },
    key("mail.from", None),
    key("log.level", Some("info")),
    key("log.json", Some("false")),
];

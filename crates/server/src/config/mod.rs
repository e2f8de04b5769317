//! The configuration: flags over environment `REDRESS_*` over a file over defaults, typed.
//! Must not be read anywhere but at the start of a command, and never shows a secret.

mod keys;
mod layers;
mod secret;
mod typed;

pub(crate) use layers::{Origin, Sources};
pub(crate) use typed::{Backup, Config, Mail, Protection};

use crate::fault::Fault;
use layers::Layers;

/// One value that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigProblem {
    /// The key, `mail.smtp_port`.
    pub(crate) name: String,
    /// Where its value comes from.
    pub(crate) origin: Origin,
    /// What is wrong and what to write.
    pub(crate) message: String,
}

impl std::fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.name, self.message, self.origin)
    }
}

/// One key as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The key.
    pub(crate) name: &'static str,
    /// Its value, a secret masked; `None` is no value.
    pub(crate) value: Option<String>,
    /// Where it comes from.
    pub(crate) origin: Origin,
}

/// A configuration that was read, with what it is made from.
pub(crate) struct Configured {
    /// The values.
    pub(crate) config: Config,
    /// Values nobody asks for, such as a misspelt variable.
    pub(crate) warnings: Vec<String>,
    layers: Layers,
}

/// Reads the configuration; the inner error is every value that cannot be used.
pub(crate) fn read(sources: &Sources) -> Result<Result<Configured, Vec<ConfigProblem>>, Fault> {
    let mut problems = Vec::new();
    let mut layers = Layers::read(sources, &mut problems)?;
    let warnings = std::mem::take(&mut layers.warnings);
    let config = typed::parse(&layers, &mut problems);
    Ok(match config {
        Some(config) if problems.is_empty() => Ok(Configured { config, warnings, layers }),
        _ => Err(problems),
    })
}

impl Configured {
    /// Every key in order, secrets masked.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        let row = |(name, value)| Shown { name, value, origin: self.layers.origin(name) };
        self.config.rows().into_iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests;

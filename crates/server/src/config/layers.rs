//! The layers of the configuration, flags over environment over file over default, as texts with
//! their origin. Must not know what a value means.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::ConfigProblem;
use super::keys::{KEYS, Key, PREFIX};
use crate::fault::Fault;
use crate::pack;

/// The file that is read when it is there and no other is named.
const FILE_DEFAULT: &str = "./redress.toml";
/// Bytes of a configuration file at most.
const FILE_BYTES_MAX: u64 = 1024 * 1024;
/// Bytes of a secret's file at most.
const SECRET_BYTES_MAX: u64 = 64 * 1024;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A flag of the command line.
    Flag,
    /// This environment variable.
    Environment(String),
    /// The configuration file.
    File(PathBuf),
    /// Nobody set it.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Environment(variable) => f.write_str(variable),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value as text, with its origin.
#[derive(Clone)]
pub(crate) struct Found {
    /// The text.
    pub(crate) text: String,
    /// Where it comes from.
    pub(crate) origin: Origin,
}

/// What the layers are made from; all of it is given, nothing is asked for here.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Flags by the key they set.
    pub(crate) flags: BTreeMap<&'static str, String>,
    /// The environment.
    pub(crate) environment: BTreeMap<String, String>,
    /// The configuration file that was asked for.
    pub(crate) file: Option<PathBuf>,
}

impl Sources {
    /// The variables of the process that are ours.
    pub(crate) fn of_process(file: Option<PathBuf>) -> Self {
        let ours = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok().filter(|name| name.starts_with(PREFIX))?;
            // A value that is not UTF-8 is no value of ours; its replacement fails to parse.
            Some((name, value.to_string_lossy().into_owned()))
        });
        Self { flags: BTreeMap::new(), environment: ours.collect(), file }
    }
}

/// Every key with its strongest value.
#[derive(Default)]
pub(crate) struct Layers {
    values: BTreeMap<&'static str, Found>,
    /// Values nobody asks for, such as a misspelt variable.
    pub(crate) warnings: Vec<String>,
}

impl Layers {
    /// Lays the sources over each other; problems are added to `problems`.
    pub(crate) fn read(
        sources: &Sources,
        problems: &mut Vec<ConfigProblem>,
    ) -> Result<Self, Fault> {
        let mut layers = Self::default();
        for key in KEYS {
            if let Some(text) = key.default {
                layers.set(key, text.to_owned(), Origin::Default);
            }
        }
        if let Some(path) = file_of(sources) {
            layers.lay_file(&path, problems)?;
        }
        layers.lay_environment(&sources.environment, problems)?;
        for key in KEYS {
            if let Some(text) = sources.flags.get(key.name) {
                layers.set(key, text.clone(), Origin::Flag);
            }
        }
        Ok(layers)
    }

    /// The strongest value of a key.
    pub(crate) fn get(&self, name: &str) -> Option<&Found> {
        self.values.get(name)
    }

    /// Where a key's value comes from.
    pub(crate) fn origin(&self, name: &str) -> Origin {
        self.get(name).map_or(Origin::Default, |found| found.origin.clone())
    }

    fn set(&mut self, key: &'static Key, text: String, origin: Origin) {
        self.values.insert(key.name, Found { text, origin });
    }

    fn lay_file(&mut self, path: &Path, problems: &mut Vec<ConfigProblem>) -> Result<(), Fault> {
        let place = path.display().to_string();
        let bytes = pack::read_file(path, FILE_BYTES_MAX)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Fault::no("invalid-config", "the file is not UTF-8").at(&*place))?;
        let table: Table = toml::from_str(&text).map_err(|error| {
            Fault::no("invalid-config", error.to_string().trim_end()).at(&*place)
        })?;
        let mut values = BTreeMap::new();
        flatten("", table, &mut values);
        for key in KEYS {
            let direct = values.remove(key.name);
            let by_file = key.file_name().and_then(|name| values.remove(&name));
            let origin = Origin::File(path.to_owned());
            self.lay(key, (direct, by_file), &origin, problems)?;
        }
        problems.extend(values.into_keys().map(|name| ConfigProblem {
            message: "there is no such key".to_owned(),
            name,
            origin: Origin::File(path.to_owned()),
        }));
        Ok(())
    }

    fn lay_environment(
        &mut self,
        environment: &BTreeMap<String, String>,
        problems: &mut Vec<ConfigProblem>,
    ) -> Result<(), Fault> {
        let mut left = environment.clone();
        for key in KEYS {
            let variable = key.variable();
            let direct = left.remove(&variable);
            let by_file = if key.secret { left.remove(&format!("{variable}_FILE")) } else { None };
            let origin = Origin::Environment(variable);
            self.lay(key, (direct, by_file), &origin, problems)?;
        }
        let unknown = left.into_keys().map(|name| format!("{name} is no variable of Redress"));
        self.warnings.extend(unknown);
        Ok(())
    }

    /// Lays one value, given itself or by the file that holds it.
    fn lay(
        &mut self,
        key: &'static Key,
        (direct, by_file): (Option<String>, Option<String>),
        origin: &Origin,
        problems: &mut Vec<ConfigProblem>,
    ) -> Result<(), Fault> {
        match (direct, by_file) {
            (None, None) => {}
            (Some(text), None) => self.set(key, text, origin.clone()),
            (None, Some(path)) => {
                let text = secret_in(Path::new(&path))?;
                self.set(key, text, origin.clone());
            }
            (Some(_), Some(_)) => problems.push(ConfigProblem {
                name: key.name.to_owned(),
                origin: origin.clone(),
                message: "both the value and a file with it are given; keep one".to_owned(),
            }),
        }
        Ok(())
    }
}

/// The file to read: the one asked for, or the usual one if it is there.
fn file_of(sources: &Sources) -> Option<PathBuf> {
    let usual = || Some(PathBuf::from(FILE_DEFAULT)).filter(|path| path.exists());
    sources.file.clone().or_else(usual)
}

/// The first line of a secret's file.
fn secret_in(path: &Path) -> Result<String, Fault> {
    let bytes = pack::read_file(path, SECRET_BYTES_MAX)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Fault::no("invalid-config", "the file is not UTF-8").at(path.display().to_string())
    })?;
    Ok(text.lines().next().unwrap_or("").to_owned())
}

/// Tables inside tables as dotted names.
fn flatten(prefix: &str, table: Table, into: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let name = format!("{prefix}{name}");
        match value {
            Value::Table(inner) => flatten(&format!("{name}."), inner, into),
            Value::String(text) => {
                into.insert(name, text);
            }
            other => {
                into.insert(name, other.to_string());
            }
        }
    }
}

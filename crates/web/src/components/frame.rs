//! What every public page shows around its content.
//! Must not hold anything of one complaint.

use jiff::Timestamp;
use redress_core::kinds::Lang;

use super::Words;

/// Head and foot of a public page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Language, zone and present.
    pub w: Words,
    /// Whose pages these are.
    pub company: Company,
    /// The policy in force.
    pub policy: PolicyLine,
    /// Languages of the pack, in its order.
    pub languages: Vec<Lang>,
    /// Path and query after `/{lang}`, `/complaints/new`; the language links keep it.
    ///
    /// On an error page of an unknown path this is `/`.
    pub rest: String,
    /// Which entry of the menu is the present page.
    pub section: Section,
    /// Whether every page says that this is a demonstration.
    pub demo: bool,
    /// Whether every page says that an older state of the data was put back.
    pub restarted: bool,
}

impl Frame {
    /// The tag of the page's language.
    pub fn lang(&self) -> &'static str {
        self.w.lang.as_str()
    }

    /// Whether `lang` is the page's language.
    pub fn speaks(&self, lang: &Lang) -> bool {
        self.w.lang == *lang
    }

    /// Whether the page belongs to `section` of the menu, by its name in templates.
    pub fn is(&self, section: &str) -> bool {
        match self.section {
            Section::Policy => section == "policy",
            Section::New => section == "new",
            Section::Track => section == "track",
            Section::Other => false,
        }
    }
}

/// Whose pages these are.
#[derive(Debug, Clone)]
pub struct Company {
    /// Name as published.
    pub name: String,
    /// Site, host name only.
    pub site: String,
    /// Hotline in E.164.
    pub hotline: String,
}

/// The policy in force, for the foot of the page.
#[derive(Debug, Clone)]
pub struct PolicyLine {
    /// Version of the pack.
    pub version: u32,
    /// Since when.
    pub in_force: Timestamp,
    /// SHA-256 of the pack in hexadecimal.
    pub digest: String,
}

impl PolicyLine {
    /// The first twelve digits of the digest.
    pub fn short_digest(&self) -> &str {
        self.digest.get(..12).unwrap_or(&self.digest)
    }
}

/// Entries of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The policy.
    Policy,
    /// The complaint form.
    New,
    /// Looking up a complaint.
    Track,
    /// None of them.
    Other,
}

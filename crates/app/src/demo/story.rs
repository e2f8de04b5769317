//! The people and stories of the demo, as its data files hold them.
//! Must not run them.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A colleague of the demo.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Colleague {
    /// What stories call the person; the e-mail address begins with it.
    pub(super) id: String,
    /// Name as shown.
    pub(super) name: String,
    /// What the person is, in words.
    pub(super) title: String,
    /// What the account may do.
    pub(super) role: String,
    /// The unit.
    pub(super) department: Option<String>,
    /// Units for which the person may approve.
    #[serde(default)]
    pub(super) authority: Vec<String>,
    /// Whether a sign-in link is printed.
    #[serde(default)]
    pub(super) door: bool,
}

/// A line of the duty roster.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Duty {
    /// Who.
    pub(super) who: String,
    /// From when.
    pub(super) from: String,
    /// Until when.
    pub(super) until: String,
    /// Telephone.
    pub(super) phone: String,
}

/// The file of people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct House {
    /// Everybody with an account.
    pub(super) colleague: Vec<Colleague>,
    /// The roster.
    pub(super) duty: Vec<Duty>,
}

/// One complaint and what happened to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// What other stories call it.
    pub(super) id: String,
    /// When the notice was handed in or entered.
    pub(super) when: String,
    /// Who entered it; the person themselves without one.
    pub(super) by: Option<String>,
    /// Under which words its tracking link is printed.
    pub(super) shown_as: Option<String>,
    /// The body of the notice.
    pub(super) notice: Map<String, Value>,
    /// What happened then, in order.
    #[serde(default)]
    pub(super) step: Vec<Step>,
}

/// One command.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Step {
    /// When, counted from the step before.
    pub(super) when: String,
    /// Who; `customer` for the complainant.
    pub(super) who: String,
    /// Name of the command.
    pub(super) run: String,
    /// Its body.
    #[serde(flatten)]
    pub(super) body: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    complaint: Vec<Story>,
}

/// The data files, by name.
const FILES: &[(&str, &str)] = &[
    ("settled.toml", include_str!("../../demo/settled.toml")),
    ("refusals.toml", include_str!("../../demo/refusals.toml")),
    ("rounds.toml", include_str!("../../demo/rounds.toml")),
    ("danger.toml", include_str!("../../demo/danger.toml")),
    ("answered.toml", include_str!("../../demo/answered.toml")),
    ("running.toml", include_str!("../../demo/running.toml")),
    ("today.toml", include_str!("../../demo/today.toml")),
    ("abroad.toml", include_str!("../../demo/abroad.toml")),
];

/// The people.
///
/// # Errors
///
/// What the reader of the file says.
pub(super) fn house() -> Result<House, String> {
    toml::from_str(include_str!("../../demo/people.toml"))
        .map_err(|error| format!("people.toml: {error}"))
}

/// Every story.
///
/// # Errors
///
/// What the reader of a file says.
pub(super) fn stories() -> Result<Vec<Story>, String> {
    let mut stories = Vec::new();
    for (name, text) in FILES {
        let file: Stories = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        stories.extend(file.complaint);
    }
    Ok(stories)
}

//! Letters and messages from the pack's templates, strict: an undefined variable is a failure.
//! Must not choose whom to write to; jobs do.

mod colleagues;
mod complainant;
mod samples;
mod templates;
mod variables;

use jiff::Timestamp;
use minijinja::{Environment, UndefinedBehavior};
use redress_core::{
    complaint::Event,
    kinds::Lang,
    policy::{Pack, message_path},
};
use serde_json::{Map, Value, json};

use crate::{AppError, Loaded};

pub use samples::{SampleFault, render_samples};
pub use templates::parse_pack;

/// A rendered message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its subject, one line.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// Values a template may name.
pub(crate) type Values = Map<String, Value>;

/// Renders a message of the pack in `lang`, or in the pack's first language when it does not
/// speak `lang`. The first line of a template is `Subject: …`.
///
/// # Errors
///
/// [`AppError::Broken`] when the pack has no such message, or the template names what is not there.
pub(crate) fn render(
    pack: &Pack,
    name: &str,
    lang: Lang,
    values: &Values,
) -> Result<Rendered, AppError> {
    let path = message_path(name, spoken(pack, lang));
    let source = pack.files.text(&path);
    let source = source.ok_or_else(|| AppError::broken(format!("the pack has no `{path}`")))?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // Values must not put a line break into the subject, whatever a template does with them.
    let (first, rest) = templates::parts(source);
    let fault = |error: minijinja::Error| AppError::broken(format!("`{path}`: {error:#}"));
    let subject = environment.render_str(first, values).map_err(fault)?;
    let text = environment.render_str(rest, values).map_err(fault)?;
    let subject = subject.strip_prefix("Subject:").unwrap_or(&subject);
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Rendered { subject, text: tidy(&text) })
}

/// The language of ours the pack speaks.
pub(crate) fn spoken(pack: &Pack, lang: Lang) -> Lang {
    let languages = &pack.policy.languages;
    if languages.contains(&lang) { lang } else { languages.first().copied().unwrap_or(lang) }
}

/// At most one empty line in a row, none at the ends.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines() {
        let line = line.trim_end();
        if !(line.is_empty() && lines.last().is_some_and(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The values every template has.
pub(crate) fn common(pack: &Pack, reference: &str) -> Values {
    let company = &pack.policy.company;
    let values = json!({
        "reference": reference,
        "company": {
            "name": company.name,
            "site": company.site,
            "hotline": redress_core::policy::telephone(&company.hotline),
        },
    });
    if let Value::Object(values) = values { values } else { Values::new() }
}

/// The dates of running promises that moved with the calendar: `name`, `was` and `due` of each.
#[expect(clippy::wildcard_enum_match_arm, reason = "only one event matters here")]
pub(crate) fn moved(loaded: &Loaded, lang: Lang, now: Timestamp) -> Value {
    let zone = loaded.pack.policy.calendar.zone();
    let due = |at: Timestamp| redress_text::due(lang, at, zone, now);
    let moved = loaded.complaint.running_promises().filter_map(|promise| {
        let last = loaded.history.iter().rev().find_map(|told| match &told.event {
            Event::PromiseMoved(e)
                if e.promise == promise.set.promise && e.round == promise.set.round =>
            {
                Some(e)
            }
            _ => None,
        })?;
        let name = say(&loaded.pack, lang, &format!("promise.{}", last.promise));
        Some(json!({"name": name, "was": due(last.due_was), "due": due(last.due)}))
    });
    Value::Array(moved.collect())
}

/// A text of the pack, or its id where the pack has none.
pub(crate) fn say(pack: &Pack, lang: Lang, id: &str) -> String {
    pack.speaker(lang).say(id).map_or_else(|_| id.to_owned(), Into::into)
}

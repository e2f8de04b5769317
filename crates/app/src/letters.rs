//! Letters and messages from the pack's templates, strict: an undefined variable is a failure.
//! Must not choose whom to write to; jobs do.

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior};
use redress_core::{kinds::Lang, policy::Pack};

use crate::AppError;

/// A rendered message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its subject, one line.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// Values a template may name.
pub type Values = BTreeMap<&'static str, String>;

/// Renders `messages/<name>/<lang>.txt` of the pack; its first line is `Subject: …`.
///
/// # Errors
///
/// [`AppError::Broken`] when the pack has no such message, or the template names what is not there.
pub fn render(pack: &Pack, name: &str, lang: Lang, values: &Values) -> Result<Rendered, AppError> {
    let first = pack.policy.languages.first().copied().unwrap_or(lang);
    let lang = if pack.policy.languages.contains(&lang) { lang } else { first };
    let path = format!("messages/{name}/{lang}.txt");
    let source = pack.files.text(&path);
    let source = source.ok_or_else(|| AppError::broken(format!("the pack has no `{path}`")))?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let whole = environment
        .render_str(source, values)
        .map_err(|error| AppError::broken(format!("`{path}`: {error:#}")))?;
    let (subject, text) = whole.split_once('\n').unwrap_or((&whole, ""));
    let subject = subject.strip_prefix("Subject:").unwrap_or(subject).trim().to_owned();
    Ok(Rendered { subject, text: text.trim().to_owned() })
}

/// The values every template may name.
pub fn common(pack: &Pack) -> Values {
    let company = &pack.policy.company;
    BTreeMap::from([
        ("company", company.name.clone()),
        ("hotline", redress_core::policy::telephone(&company.hotline)),
        ("site", company.site.clone()),
    ])
}

//! Checks the message templates: one for each name and language, a subject first, nothing literal.
//! Must not render them; `redress-app` does, where the template engine is.

use super::{
    super::{files::PackFiles, model::Policy, problem::Problems, words::Scan},
    Subject,
};
use crate::kinds::Lang;

/// Every message a pack must word. Variables: `messages/README.md` of the shipped pack.
pub const MESSAGES: &[&str] = &[
    "receipt-unverified",
    "response",
    "message",
    "evidence-request",
    "director-notice",
    "warning",
    "duty",
    "new-round",
    "closed",
];

/// Messages that only a pack with the rule `calendar.moves` must word.
pub const MOVES_MESSAGES: &[&str] = &["date-moved", "date-moved-notice"];

/// The messages that `policy` must word.
pub fn messages(policy: &Policy) -> impl Iterator<Item = &'static str> {
    let moves = if policy.moves.stated { MOVES_MESSAGES } else { &[] };
    MESSAGES.iter().chain(moves).copied()
}

/// Path of a message's template inside the pack.
pub fn message_path(name: &str, lang: Lang) -> String {
    format!("messages/{name}/{lang}.txt")
}

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let files = subject.files;
    for name in messages(subject.policy) {
        for lang in &subject.policy.languages {
            one(name, *lang, files, problems);
        }
    }
    unknown(subject.policy, files, problems);
}

fn one(name: &str, lang: Lang, files: &PackFiles, problems: &mut Problems) {
    let path = message_path(name, lang);
    let Some(text) = files.text(&path) else {
        problems.add(&path, "", 0, format!("the message `{name}` is missing in `{lang}`"));
        return;
    };
    let first = text.lines().next().unwrap_or("");
    let subject = first.strip_prefix("Subject: ").map(str::trim);
    if subject.is_none_or(str::is_empty) {
        problems.add(&path, text, 0, "the first line must be `Subject: …`".to_owned());
    }
    for literal in Scan::new(lang, text).literals() {
        problems.add_with_hint(
            (&path, text),
            literal.at,
            format!("the message holds the literal {} `{}`", literal.what, literal.found),
            "use a variable of the message".to_owned(),
        );
    }
}

/// The language of a message that would be sent if the pack spoke it.
fn unlisted(path: &str) -> Option<Lang> {
    let every = MESSAGES.iter().chain(MOVES_MESSAGES);
    let mut all = every.flat_map(|name| Lang::ALL.iter().map(move |lang| (name, *lang)));
    all.find(|(name, lang)| message_path(name, *lang) == path).map(|(_, lang)| lang)
}

/// Reports templates that nothing sends, such as a misspelt name or a language not published.
fn unknown(policy: &Policy, files: &PackFiles, problems: &mut Problems) {
    for (path, _) in files.iter().filter(|(path, _)| path.starts_with("messages/")) {
        let languages = || policy.languages.iter();
        let mut every = MESSAGES.iter().chain(MOVES_MESSAGES);
        let known = every.any(|name| languages().any(|lang| message_path(name, *lang) == path));
        if !known && path.strip_suffix(".txt").is_some() {
            let message = "nothing sends this message".to_owned();
            match unlisted(path) {
                Some(lang) => problems.add_with_hint(
                    (path, ""),
                    0,
                    message,
                    format!("`{lang}` is not in `languages` of policy.toml: add it there, or delete this file"),
                ),
                None => problems.add(path, "", 0, message),
            }
        }
    }
}

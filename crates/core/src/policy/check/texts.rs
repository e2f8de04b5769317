//! Checks the texts: complete in every language, nothing literal, every placeholder known.
//! Must not check rules.

use std::collections::BTreeSet;

use super::{
    super::{
        ids::{self, Id},
        problem::{Problems, nearest},
        speak::Speaker,
        texts::{TextFile, path},
        words::Name,
    },
    Subject,
};
use crate::kinds::Lang;

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let ids = ids::of(subject.policy);
    for (nth, lang) in subject.policy.languages.iter().enumerate() {
        match subject.place(*lang) {
            Some(place) => one_language(subject, place, &ids, problems),
            None => subject.reader.problem_with_hint(
                subject.reader.spot(&format!("languages[{nth}]")),
                format!(
                    "the pack publishes in `{lang}` but has no readable file `{}`",
                    path(*lang)
                ),
                format!("write `{}`, or take `{lang}` out of `languages`", path(*lang)),
            ),
        }
    }
}

fn one_language(subject: &Subject<'_>, place: &TextFile<'_>, ids: &[Id], problems: &mut Problems) {
    let lang = place.lang;
    let names = names(subject, lang);
    let known: BTreeSet<&str> = ids.iter().map(|known| known.id.as_str()).collect();
    for Id { id, extra } in ids {
        let Some(text) = subject.texts.get(lang, id) else {
            problems.add(
                &place.file,
                place.source,
                place.source.len(),
                format!("the text `{id}` is missing"),
            );
            continue;
        };
        if text.trim().is_empty() {
            let at = place.offset(id, 0);
            problems.add(&place.file, place.source, at, format!("the text `{id}` is empty"));
        }
        let extra: Vec<(&str, &str)> = extra.iter().map(|name| (*name, "…")).collect();
        let speaker = Speaker::new(subject.policy, subject.texts, lang);
        if let Err(error) = speaker.fill(text, &extra) {
            let at = place.offset(id, error.at);
            problems.add(&place.file, place.source, at, format!("`{id}`: {}", error.reason));
        }
        literals(subject, place, id, &names, problems);
    }
    for (id, _) in subject.texts.of(lang) {
        if known.contains(id) {
            continue;
        }
        let at = place.offset(id, 0);
        let message = format!("nothing uses the text `{id}`");
        match nearest(id, known.iter().copied()) {
            Some(known) => problems.add_with_hint(
                (&place.file, place.source),
                at,
                message,
                format!("did you mean `{known}`?"),
            ),
            None => problems.add(&place.file, place.source, at, message),
        }
    }
}

/// Reports literal numbers, and in sentences and readings literal names of rules.
fn literals(
    subject: &Subject<'_>,
    place: &TextFile<'_>,
    id: &str,
    names: &[(Name<'_>, String)],
    problems: &mut Problems,
) {
    let Some(scan) = place.scans.get(id) else { return };
    if !id.starts_with("weekday.") {
        for literal in scan.literals() {
            problems.add_with_hint(
                (&place.file, place.source),
                place.offset(id, literal.at),
                format!("`{id}` holds the literal {} `{}`", literal.what, literal.found),
                instead(subject, place.lang, id, &literal.found),
            );
        }
    }
    if !(id.starts_with("sentence.") || id.starts_with("reading.")) {
        return;
    }
    for (name, placeholder) in names {
        if let Some(at) = scan.find(name) {
            problems.add_with_hint(
                (&place.file, place.source),
                place.offset(id, at),
                format!("`{id}` names `{}` literally", name.text),
                format!("write `{{{placeholder}}}`"),
            );
        }
    }
}

/// What to write for a literal: the amount of a rule of that sentence, where there is one.
fn instead(subject: &Subject<'_>, lang: Lang, id: &str, found: &str) -> String {
    let sentences = || subject.policy.sentences.iter();
    let sentence = id.strip_prefix("sentence.");
    let sentence = sentence.and_then(|id| sentences().find(|sentence| sentence.id == id));
    let rules = sentence.map(|sentence| &sentence.rules[..]).unwrap_or_default();
    let speaker = Speaker::new(subject.policy, subject.texts, lang);
    let said = |path: String| {
        let text = speaker.fill(&format!("{{{path}}}"), &[]).ok()?;
        text.contains(|c: char| c.is_ascii_digit()).then_some((path, text))
    };
    let mut amounts: Vec<(String, String)> = rules
        .iter()
        .flat_map(|rule| [rule.clone(), format!("{rule}.within"), format!("{rule}.max")])
        .filter_map(said)
        .collect();
    // The rule that says this very number comes first.
    amounts.sort_by_key(|(_, text)| !text.contains(found));
    match (amounts.first(), rules) {
        (Some((path, text)), _) => format!("write `{{{path}}}`, which says `{text}`"),
        (None, []) => {
            "put the placeholder of a rule there, such as `{promises.first-reply.within}`, \
                       and name the rule in `rules` of the sentence"
                .to_owned()
        }
        (None, rules) => {
            format!("put a placeholder of a rule of this sentence there: {}", rules.join(", "))
        }
    }
}

/// The names of departments, channels and grounds with their placeholders.
fn names<'a>(subject: &Subject<'a>, lang: Lang) -> Vec<(Name<'a>, String)> {
    let policy = subject.policy;
    let departments = policy.departments.iter().map(|department| {
        (format!("department.{}", department.id), format!("departments.{}", department.id))
    });
    let channels = policy
        .channels
        .iter()
        .map(|rule| (format!("channel.{}", rule.kind), format!("channels.{}", rule.kind)));
    let grounds =
        policy.refusal.grounds.iter().map(|ground| {
            (format!("ground.{}", ground.id), format!("refusal.grounds.{}", ground.id))
        });
    departments
        .chain(channels)
        .chain(grounds)
        .filter_map(|(id, name)| Some((Name::new(subject.texts.get(lang, &id)?), name)))
        .collect()
}

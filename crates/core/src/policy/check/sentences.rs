//! Checks that every sentence with a duty has a rule, and every rule a sentence.
//! Must not look at other texts.

use super::{
    super::{
        model::{Policy, Sentence},
        speak::placeholders,
        words::Scan,
    },
    Subject,
};

/// Placeholders that name things and promise nothing; any sentence may use them.
const NAMES: &[&str] = &[
    "company",
    "departments",
    "languages",
    "version",
    "prefix",
    "id",
    "zone",
    "in_force",
    "privacy_notice",
];

pub(super) fn check(subject: &Subject<'_>) {
    for (nth, sentence) in subject.policy.sentences.iter().enumerate() {
        for (inner, rule) in sentence.rules.iter().enumerate() {
            if !is_rule(subject.policy, rule) {
                let at = subject.reader.spot(&format!("text.sentences[{nth}].rules[{inner}]"));
                subject.reader.problem(at, format!("`{rule}` is not a rule of this policy"));
            }
        }
        duty(subject, nth, sentence);
    }
    let announced: Vec<&str> = subject
        .policy
        .sentences
        .iter()
        .flat_map(|sentence| sentence.rules.iter().map(String::as_str))
        .collect();
    for rule in rules(subject.policy) {
        if !announced.iter().any(|path| covers(path, &rule) || covers(&rule, path)) {
            subject.reader.problem_with_hint(
                subject.reader.spot(rule.split('.').next().unwrap_or("")),
                format!("no sentence announces the rule `{rule}`"),
                "name it in the `rules` of a sentence in `text.sentences`".to_owned(),
            );
        }
    }
}

/// A sentence that speaks of a duty, or uses a value of the policy, must name the rule.
fn duty(subject: &Subject<'_>, nth: usize, sentence: &Sentence) {
    let at = subject.reader.spot(&format!("text.sentences[{nth}]"));
    for lang in &subject.policy.languages {
        let id = format!("sentence.{}", sentence.id);
        let Some(text) = subject.texts.get(*lang, &id) else { continue };
        if sentence.rules.is_empty()
            && subject
                .place(*lang)
                .and_then(|place| place.scans.get(&id))
                .is_some_and(Scan::has_duty)
        {
            subject.reader.problem_with_hint(
                at,
                format!("sentence `{}` speaks of a duty in {lang} and has no rule", sentence.id),
                "add `rules = […]`, or say it without must, will or shall".to_owned(),
            );
        }
        for (_, path) in placeholders(text) {
            let root = path.split('.').next().unwrap_or("");
            let is_name = NAMES.contains(&root) || is_channel_name(path);
            if !is_name && !sentence.rules.iter().any(|rule| covers(rule, path)) {
                subject.reader.problem_with_hint(
                    at,
                    format!(
                        "sentence `{}` uses `{{{path}}}` in {lang}, which is none of its rules",
                        sentence.id
                    ),
                    format!("add `{path}` to its `rules`"),
                );
            }
        }
    }
}

fn is_channel_name(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    matches!(parts.as_slice(), ["channels"] | ["channels", _])
}

/// Whether rule path `rule` covers `path`: equal, or an ancestor; `*` is any part, and a promise
/// without its round stands for every round.
fn covers(rule: &str, path: &str) -> bool {
    let path = with_round(path);
    let rule = if rule.starts_with("promises.") { with_round(rule) } else { rule.to_owned() };
    let mut parts = path.split('.');
    rule.split('.')
        .all(|part| parts.next().is_some_and(|here| part == "*" || here == "*" || part == here))
}

/// `promises.x.within` as `promises.x.*.within`.
fn with_round(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        ["promises", id, field, rest @ ..] if *field != "*" && field.parse::<u8>().is_err() => {
            [&["promises", id, "*", field], rest].concat().join(".")
        }
        [..] => path.to_owned(),
    }
}

/// Every rule that some sentence must announce. `handover.safety_waits` belongs to
/// `handover.wait`, and the lesser settings of `rounds` to `rounds.max`.
fn rules(policy: &Policy) -> Vec<String> {
    let mut rules: Vec<String> = [
        "who.may",
        "who.without_contact",
        "handover.inform",
        "handover.by",
        "handover.wait",
        "handover.then",
        "decision.authority",
        "decision.approval",
        "refusal",
        "notices",
        "pause",
        "safety",
        "archive",
        "limits",
        "calendar",
        "rounds.max",
        "rounds.objection",
    ]
    .map(str::to_owned)
    .to_vec();
    rules.extend(
        policy.handover.routes.iter().map(|route| format!("handover.routes.{}", route.about)),
    );
    if policy.moves.stated {
        rules.push("calendar.moves".to_owned());
    }
    rules.extend(policy.channels.iter().map(|rule| format!("channels.{}", rule.kind)));
    for promise in &policy.promises {
        rules.extend(promise.rounds.iter().map(|round| format!("promises.{}.{round}", promise.id)));
    }
    rules
}

/// Fields of a promise that a sentence may announce.
const PROMISE: &[&str] = &["within", "from", "kept_by", "owner", "warn"];

/// Whether a path named in `rules` of a sentence leads anywhere.
fn is_rule(policy: &Policy, path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    let promise = |id: &str| id == "*" || policy.promises.iter().any(|rule| rule.id == id);
    let round = |id: &str, round: &str| {
        round == "*" || round.parse().is_ok_and(|round| policy.promise(id, round).is_some())
    };
    match parts.as_slice() {
        [
            "promises" | "channels" | "rounds" | "refusal" | "decision" | "handover" | "who"
            | "notices" | "pause" | "safety" | "archive" | "limits" | "calendar" | "offices"
            | "company" | "departments",
        ] => true,
        ["promises", id] => promise(id),
        ["promises", id, field] => promise(id) && (PROMISE.contains(field) || round(id, field)),
        ["promises", id, nth, field] => {
            promise(id) && (*id == "*" || round(id, nth)) && PROMISE.contains(field)
        }
        ["channels", kind] => is_channel(policy, kind),
        ["channels", kind, field] => is_channel(policy, kind) && ["answer", "at"].contains(field),
        ["handover", "routes", about] => about.parse::<crate::kinds::About>().is_ok(),
        ["handover", field] => {
            ["inform", "by", "wait", "then", "safety_waits", "routes"].contains(field)
        }
        ["who", field] => ["may", "without_contact"].contains(field),
        ["decision", field] => ["approval", "authority"].contains(field),
        ["refusal", field] => ["approval", "grounds"].contains(field),
        ["refusal", "grounds", id] => policy.refusal.grounds.iter().any(|ground| ground.id == *id),
        ["rounds", field] => {
            ["max", "again_from", "other_people", "if_nobody", "objection", "after_last"]
                .contains(field)
        }
        ["rounds", "objection", field] => ["within", "from", "silence", "late"].contains(field),
        ["archive", field] => ["years", "safety_years"].contains(field),
        ["limits", field] => {
            ["text_chars", "files", "file_bytes", "public_per_minute"].contains(field)
        }
        ["calendar", "moves"] => policy.moves.stated,
        ["calendar", "moves", field] => {
            policy.moves.stated && ["later", "tell_complainant"].contains(field)
        }
        ["calendar", field] => {
            ["name", "holidays", "swaps", "week", "shifts", "disputed_in_lieu", "women_only"]
                .contains(field)
        }
        ["notices", field] => ["join", "ask_again"].contains(field),
        ["pause", field] => ["allowed", "categories", "promises"].contains(field),
        ["safety", field] => ["refuse", "auto_close", "page"].contains(field),
        ["company", field] => ["name", "site", "hotline"].contains(field),
        ["departments", id, ..] => policy.departments.iter().any(|d| d.id.as_str() == *id),
        [..] => false,
    }
}

fn is_channel(policy: &Policy, kind: &str) -> bool {
    kind == "*" || kind.parse().is_ok_and(|kind| policy.channel(kind).is_some())
}

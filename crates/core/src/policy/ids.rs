//! Every text id a pack must have in each of its languages.
//! Must not hold the texts.

use super::{Policy, model::WayBack, read::section_of, section::Section};
use crate::{
    complaint::vocabulary::PauseCategory,
    kinds::{As, Lang},
};

/// A text id with the local placeholders its text may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id {
    /// `sentence.first-reply`.
    pub(super) id: String,
    /// `n`, `time`, `from`, `to`, …
    pub(super) extra: &'static [&'static str],
}

const UNITS: &[&str] = &[
    "hours",
    "minutes",
    "seconds",
    "days",
    "days-rolled",
    "working-days",
    "rounds",
    "years",
    "chars",
    "files",
    "per-minute",
];
const PLAIN: &[&str] = &[
    "unit.thousands",
    "list.comma",
    "list.and",
    "list.or",
    "list.then",
    "about.product",
    "about.service",
    "about.both",
    "about.unsure",
    "weekday.mon",
    "weekday.tue",
    "weekday.wed",
    "weekday.thu",
    "weekday.fri",
    "weekday.sat",
    "weekday.sun",
    "section.about",
    "section.holidays",
    "label.promise",
    "label.round",
    "label.within",
    "label.owner",
    "label.kept-by",
    "label.warned",
    "label.channel",
    "label.at",
    "label.ways-back",
    "label.about",
    "label.department",
    "label.ground",
    "label.needs",
    "label.date",
    "label.day",
    "label.added",
    "label.law",
    "label.company",
    "label.reading",
    "label.policy",
    "label.in-force",
    "label.languages",
    "label.zone",
    "label.prefix",
    "label.privacy",
    "label.calendar",
    "label.week",
    "label.swaps",
    "label.covers",
    "label.archive",
    "label.digest",
    "label.hotline",
    "label.site",
    "label.other-policies",
    "label.offices",
    "label.authority",
    "label.contents",
    "label.safety-waits",
];
const VALUES: &[(&str, &[&str])] = &[
    ("promises.kept_by", &["person-reply", "any-reply", "result-sent"]),
    ("promises.owner", &["holder"]),
    ("promises.from", &["request"]),
    ("promises.warn", &["at-once", "working-time"]),
    ("warn-to", &["duty", "holder", "head", "director"]),
    ("channels.answer", &["wish"]),
    ("handover.inform", &["director", "receiving"]),
    ("handover.by", &["director", "deputy", "receiving"]),
    ("handover.then", &["route", "stay"]),
    ("handover.safety_waits", &["yes", "no"]),
    ("refusal.approval", &["other-person", "authority"]),
    ("refusal.needs", &["who-can-help", "reasons"]),
    ("decision.approval", &["other-person", "authority"]),
    ("decision.authority", &["director"]),
    ("rounds.again_from", &["handover", "verification"]),
    ("rounds.other_people", &["both", "verifier", "decider", "nobody"]),
    ("rounds.if_nobody", &["director", "refuse"]),
    ("rounds.after_last", &["director", "refuse"]),
    ("rounds.objection.silence", &["close", "stay"]),
    ("rounds.objection.late", &["director", "refuse"]),
    ("limits.public_per_minute", &["unlimited"]),
    ("calendar.swaps", &["yes", "no"]),
    ("who.without_contact", &["danger", "never", "always"]),
    ("notices.join", &["suggest", "never"]),
    ("notices.ask_again", &["refuse", "allow"]),
    ("pause.allowed", &["no"]),
    ("pause.categories", PauseCategory::WORDS),
    ("safety.refuse", &["yes", "no"]),
    ("safety.auto_close", &["yes", "no"]),
    ("offices", &["none"]),
];

/// Values of `calendar.moves`; only a pack that states the rule needs them.
const MOVES: &[&str] = &[
    "value.calendar.moves.later.never",
    "value.calendar.moves.later.allowed",
    "value.calendar.moves.tell_complainant.yes",
    "value.calendar.moves.tell_complainant.no",
];

/// Every id that `policy` needs, each once.
pub(super) fn of(policy: &Policy) -> Vec<Id> {
    let mut ids: Vec<Id> = PLAIN.iter().map(|id| plain((*id).to_owned())).collect();
    for unit in UNITS {
        ids.push(Id { id: format!("unit.{unit}"), extra: &["n"] });
        ids.push(Id { id: format!("unit.{unit}-one"), extra: &["n"] });
    }
    for size in ["megabytes", "kilobytes", "bytes"] {
        ids.push(Id { id: format!("unit.{size}"), extra: &["n"] });
    }
    ids.push(Id { id: "unit.working-time".to_owned(), extra: &["time"] });
    ids.push(Id { id: "value.pause.allowed.yes".to_owned(), extra: &["promises", "categories"] });
    ids.push(Id { id: "list.range".to_owned(), extra: &["from", "to"] });
    ids.push(Id { id: "value.handover.routes.joined".to_owned(), extra: &["to", "join"] });
    ids.push(Id { id: "value.refusal.needs.ask-first".to_owned(), extra: &["wait"] });
    ids.push(Id { id: "value.decision.authority.head".to_owned(), extra: &["department"] });
    for (path, words) in VALUES {
        ids.extend(words.iter().map(|word| plain(format!("value.{path}.{word}"))));
    }
    ids.extend(As::ALL.iter().map(|word| plain(format!("value.who.may.{word}"))));
    ids.extend(Lang::ALL.iter().map(|lang| plain(format!("language.{lang}"))));
    ids.extend(Section::ALL.iter().map(|section| plain(format!("section.{}", section.as_str()))));
    if policy.moves.stated {
        ids.extend(MOVES.iter().map(|id| plain((*id).to_owned())));
    }
    ids.extend(of_rules(policy));
    ids.extend(of_calendar(policy));
    ids.sort_by(|a, b| a.id.cmp(&b.id));
    ids.dedup_by(|a, b| a.id == b.id);
    ids
}

/// The ids that the pack's own rules name.
fn of_rules(policy: &Policy) -> Vec<Id> {
    let zone = policy.calendar.zone().iana_name();
    let mut ids: Vec<Id> = zone.map(|zone| plain(format!("zone.{zone}"))).into_iter().collect();
    for sentence in &policy.sentences {
        ids.push(plain(format!("sentence.{}", sentence.id)));
        ids.push(plain(format!("section.{}", section_of(sentence).as_str())));
        ids.extend(sentence.choice.iter().map(|reading| plain(format!("reading.{reading}"))));
    }
    ids.extend(policy.departments.iter().map(|d| plain(format!("department.{}", d.id))));
    ids.extend(policy.refusal.grounds.iter().map(|g| plain(format!("ground.{}", g.id))));
    ids.extend(policy.categories.iter().map(|c| plain(format!("category.{}", c.code))));
    ids.extend(policy.promises.iter().map(|rule| plain(format!("promise.{}", rule.id))));
    for rule in &policy.channels {
        ids.push(plain(format!("channel.{}", rule.kind)));
        ids.extend(rule.answer.iter().filter_map(|way| match way {
            WayBack::Wish => None,
            WayBack::Channel(kind) => Some(plain(format!("channel.{kind}"))),
        }));
    }
    ids
}

/// The words for settings of the calendar that only some packs state.
fn of_calendar(policy: &Policy) -> Vec<Id> {
    let (disputed, women) = (policy.week.disputed_in_lieu, policy.week.women_only);
    let stated = [
        disputed.map(|_| ("disputed-in-lieu", "calendar.disputed_in_lieu")),
        women.map(|_| ("women-only", "calendar.women_only")),
    ];
    let ids = stated.into_iter().flatten().flat_map(|(label, path)| {
        let words = ["yes", "no"].map(|word| format!("value.{path}.{word}"));
        words.into_iter().chain([format!("label.{label}")])
    });
    ids.map(plain).collect()
}

fn plain(id: String) -> Id {
    Id { id, extra: &[] }
}

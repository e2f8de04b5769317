//! Which texts name the fields and values of commands.
//! Must not hold texts: only their ids.

use redress_core::complaint::vocabulary::{
    ClosedAs, FindingSide, HoldGround, Outcome, PauseCategory, UndertakingKind,
};
use redress_core::kinds::{About, ChannelKind, Kind, Severity};

/// Every vocabulary that commands offer, with the first part of its text ids.
pub const GROUPS: &[(&[&str], &str)] = &[
    (Kind::WORDS, "kind"),
    (About::WORDS, "about"),
    (Severity::WORDS, "severity"),
    (ChannelKind::WORDS, "channel"),
    (Outcome::WORDS, "outcome"),
    (FindingSide::WORDS, "side"),
    (UndertakingKind::WORDS, "undertaking-kind"),
    (SETTLED, "undertaking-outcome"),
    (ClosedAs::WORDS, "closed-as"),
    (PauseCategory::WORDS, "pause"),
    (HoldGround::WORDS, "hold-ground"),
    (SCOPES, "scope"),
];

/// How an undertaking ends.
const SETTLED: &[&str] = &["kept", "broken", "cancelled"];
/// What a mandate covers; the registry leaves it open.
pub(super) const SCOPES: &[&str] = &["receive", "decide"];

/// First part of the text ids of a vocabulary, `severity`; `None` for one that has no texts.
pub fn group_of(words: &[&str]) -> Option<&'static str> {
    GROUPS.iter().find(|(known, _)| *known == words).map(|(_, group)| *group)
}

/// Text id of a field's label.
pub(super) fn field(name: &str) -> String {
    format!("field-{name}")
}

/// Text id of the hint of a field, for fields that need one.
pub(super) fn hint(shape: &str, path: &str) -> Option<&'static str> {
    Some(match (shape, path) {
        ("handover", "to") => "hint-to",
        ("acceptance", "verifier") => "hint-verifier",
        ("classification", "safety") => "hint-safety",
        ("notes", "text") => "hint-note",
        ("notes", "mentions") => "hint-mentions",
        ("send" | "evidence-request" | "response", "text") => "hint-send",
        ("tell-words", "text") | ("response-told", "told.words") => "hint-told",
        ("evidence-request", "asks") => "hint-asks",
        ("evidence-request", "by_hand.at") => "hint-by-hand",
        ("findings", "check") => "hint-check",
        ("decision" | "refusal", "reasons") => "hint-reasons",
        ("refusal", "checked") => "hint-checked",
        ("refusal", "who_can_help") => "hint-who-can-help",
        ("reopening", "round") => "hint-round",
        ("redaction", "fields") => "hint-fields",
        ("redaction", "event") => "hint-event",
        (_, "because") => "hint-because",
        (_, "channel") if shape != "enter" && shape != "disagreement-entered" => "hint-channel",
        ("enter" | "disagreement-entered", "received_at") => "hint-received-at",
        (_, "at" | "told.at" | "by_hand.at") => "hint-at",
        _ => return None,
    })
}

//! The table of commands, one file for each topic. Must stay a table: no code but constants.

mod close;
mod complainant;
mod gate;
mod result;
mod terms;
mod verify;
mod words;

use super::{
    CommandSpec, Field, FieldKind,
    Who::{self, Care, Director, Head, JoinedUnit, Owner, Unit},
};
use crate::kinds::ChannelKind;

/// Longest text of a command in characters; intake has the policy's own bound.
pub(super) const TEXT_CHARS_MAX: usize = 10_000;
/// Longest line of a command in characters.
pub(super) const LINE_CHARS_MAX: usize = 300;

const fn must(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: true }
}

const fn may(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: false }
}

const TEXT: FieldKind = FieldKind::Text(TEXT_CHARS_MAX);
const LINE: FieldKind = FieldKind::Line(LINE_CHARS_MAX);
const CHANNEL: FieldKind = FieldKind::Choice(ChannelKind::WORDS);
const BY_HAND: FieldKind = FieldKind::Group(&[
    may("at", FieldKind::Instant),
    may("with", LINE),
    may("proof", FieldKind::Files),
]);
const STAFF: &[Who] = &[Care, Unit, JoinedUnit, Head, Director];
/// Staff, and whoever carries the undertaking out.
const KEEPERS: &[Who] = &[Care, Unit, JoinedUnit, Owner, Head, Director];
const HOLDERS: &[Who] = &[Care, Unit, Head, Director];
const DECIDERS: &[Who] = &[Unit, Head, Director];

/// Every command, in the order of the published interface.
pub const COMMANDS: &[CommandSpec] = &[
    gate::SIGHTING,
    gate::CLASSIFICATION,
    gate::HANDOVER,
    gate::ACCEPTANCE,
    gate::ASSIGNMENT,
    gate::MANDATE,
    words::NOTES,
    words::MESSAGES,
    words::EVIDENCE_REQUEST,
    verify::FINDINGS,
    verify::UNDERTAKINGS,
    terms::PAUSE,
    terms::RESUMPTION,
    result::DECISION,
    result::REFUSAL,
    result::APPROVAL,
    result::RESPONSE,
    complainant::AGREEMENT,
    complainant::DISAGREEMENT,
    complainant::WITHDRAWAL,
    complainant::RATING,
    close::CLOSURE,
    close::REOPENING,
    close::JOINING,
    close::REDACTION,
    close::HOLD,
];

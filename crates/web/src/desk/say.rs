//! Words for values of vocabularies, as templates can ask for them: by reference, one type each.
//! Must not hold texts.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass values by reference")]

use redress_core::kinds::{About, Kind, Role, Severity};
use redress_text::ComplaintState;

use crate::components::Words;

/// The word for a state.
pub(crate) fn state(w: &Words, state: &ComplaintState) -> String {
    w.say(*state)
}

/// The word for a kind.
pub(crate) fn kind(w: &Words, kind: &Kind) -> String {
    w.say(*kind)
}

/// The word for what a complaint is about.
pub(crate) fn about(w: &Words, about: &About) -> String {
    w.say(*about)
}

/// The word for a severity.
pub(crate) fn severity(w: &Words, severity: &Severity) -> String {
    w.say(*severity)
}

/// The word for a role.
pub(crate) fn role(w: &Words, role: &Role) -> String {
    w.say(*role)
}

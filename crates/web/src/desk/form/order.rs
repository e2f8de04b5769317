//! In which order the forms of one complaint stand, and which is the likely next.
//! Must not decide what may be done: every form that is given stays.

use redress_text::ComplaintState;

use super::FormView;

/// The forms with the likely next one first and open; the rest as they came behind the usual ones.
///
/// `found` tells whether the running round has findings. A form that met a refusal or has errors
/// is the next one whatever the state.
pub fn arrange(mut forms: Vec<FormView>, state: ComplaintState, found: bool) -> Vec<FormView> {
    let usual = usual(state, found);
    let rank = |form: &FormView| {
        if form.errors.any() || form.refused.is_some() {
            return 0;
        }
        usual.iter().position(|id| *id == form.id).map_or(usize::MAX, |at| at + 1)
    };
    forms.sort_by_key(rank);
    let next = forms.first().is_some_and(|form| {
        rank(form) == 0 || (rank(form) < usize::MAX && state != ComplaintState::Answered)
    });
    if next {
        let first = forms.remove(0).as_next();
        forms.insert(0, first);
    }
    forms
}

/// Shapes that usually come next in a state, likeliest first.
fn usual(state: ComplaintState, found: bool) -> &'static [&'static str] {
    match state {
        ComplaintState::Received => {
            &["handover", "tell-words", "send", "sighting", "classification"]
        }
        ComplaintState::HandedOver => &["acceptance", "return", "handover", "tell-words", "send"],
        ComplaintState::Verifying if found => {
            &["decision", "findings", "send", "tell-words", "evidence-request", "refusal", "notes"]
        }
        ComplaintState::Verifying => {
            &["findings", "evidence-request", "send", "tell-words", "undertaking", "notes"]
        }
        ComplaintState::Deciding => &["approval", "give-back", "decision", "notes"],
        ComplaintState::Responding => &["response", "response-told", "response-failed", "notes"],
        ComplaintState::Answered => {
            &["agreement", "disagreement-entered", "closure", "undertaking-settled", "notes"]
        }
        ComplaintState::Closed | ComplaintState::Archived => {
            &["undertaking-settled", "reopening", "redaction", "notes"]
        }
    }
}

//! What callers see of a complaint: the shapes of the API, filtered by who looks.
//! Must not decide what may be done, which the rules are asked; only what may be seen.

mod chance;
mod conversation;
mod detail;
mod events;
mod item;
mod shapes;
mod words;

pub use chance::Chance;
pub use conversation::{FileView, MessageView};
pub use events::{ActorView, EventView, is_veiled};
pub use item::{Item, NextPromise};
pub use shapes::{
    AttemptView, ComplainantView, DateMovedView, Detail, FindingView, MoveView, PauseView,
    PromiseView, ProposalView, RequestView, RoundView, TaskView, UndertakingView,
};
pub use words::{DateMove, late_in, moves_of, steps_of};

use jiff::{Timestamp, tz::TimeZone};

/// An instant as the API writes it: RFC 3339 with the offset of the policy's zone.
pub fn instant(at: Timestamp, zone: &TimeZone) -> String {
    let zoned = at.to_zoned(zone.clone());
    at.display_with_offset(zoned.offset()).to_string()
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// The complainant: no notes, no staff e-mail, no internal findings.
    Complainant,
    /// Staff.
    Staff,
}

//! Intake: from a body as it came to a typed notice, and from a notice to the complaint it opens.
//! Must not merge people or complaints: what is not certain opens a complaint of its own.

mod danger;
mod interpret;
mod notice;

pub use danger::suggests_danger;
pub use interpret::{Intake, Interpretation, interpret};
pub use notice::{Body, Complainant, Consent, NewNotice, StaffEntry, parse};

#[cfg(test)]
mod tests;

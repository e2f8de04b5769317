//! Development only: the people of a made-up company, a fake clock, one complaint that reads as
//! history, random moves of everybody around it, and whole lives to millions.
//!
//! Must not be a dependency of anything but tests, and must not hold a rule of the process: what
//! is allowed is what `redress_core` says.

pub mod bench;
mod case;
mod chance;
mod clock;
pub mod lives;
pub mod moves;
pub mod people;
pub mod search;

pub use case::{CUSTOMER, Case, Told, upload};
pub use chance::Chance;
pub use clock::FakeClock;

use redress_core::policy::Policy;
use std::sync::OnceLock;

/// The shipped policy, read once.
pub fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| redress_core::policy::shipped().policy)
}

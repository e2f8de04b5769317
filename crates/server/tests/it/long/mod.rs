//! Faults of the machine: each test runs short among all others, and long under `cargo xtask e2e --long`.
//! Must not hold what only a long run would notice to be broken: both runs are one code.

mod backup;
mod clock;
mod disk;
mod drain;
mod failing;
pub(crate) mod full;
mod fuzz;
mod held;
mod jobs;
mod keys;
mod kills;
mod load;
mod log;
mod mounted;
mod power;
mod reading;
mod room;
mod soak;
mod spare;
mod upgrade;
mod watchdog;
mod whole;
mod writing_back;

use std::env::var_os;

/// Whether the long run was asked for.
fn is_long() -> bool {
    var_os("REDRESS_LONG").is_some()
}

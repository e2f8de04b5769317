//! The use cases against a real store, under a clock that moves when told.
//! Must not speak HTTP or SQL, nor reach into the program.
#![expect(clippy::panic, reason = "helpers of tests say what they found instead")]

mod history;
mod kit;
mod page;
mod processes;
mod promises;
mod rebuild;
mod redaction;
mod undertakings;
mod versions;
mod water;

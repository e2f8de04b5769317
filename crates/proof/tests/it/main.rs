//! The log seen from outside: what it promises to whoever checks it.
//! Must not use anything but what the crate offers to everybody.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]
#![expect(clippy::print_stdout, reason = "tests against referees say what those answered")]

mod browser;
mod growth;
mod kit;
mod logs;
mod long;
mod mutants;
mod notes;
mod paths;
mod receipts;
mod referees;
mod spans;
mod tiles;

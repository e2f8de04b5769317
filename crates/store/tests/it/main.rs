//! The contract of a store: what every engine must do, seen from outside.
//! Must not look into the file, save where a test says why.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod claims;
mod commits;
mod erasure;
mod faults;
mod files;
mod kit;
mod lists;
mod processes;
mod rebuild;
mod tiles;
mod writes;

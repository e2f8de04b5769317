//! The process: policy, notice, complaint, promise.
//!
//! Must not do I/O, be async, read a clock, draw chance or look at the environment: time, chance
//! and the policy travel in as values, so that any decision can be explained years later.
#![deny(clippy::wildcard_enum_match_arm, clippy::float_arithmetic, clippy::indexing_slicing)]

pub use redress_calendar as calendar;

mod apart;
pub mod complaint;
pub mod field;
pub mod id;
pub mod intake;
pub mod kinds;
pub mod plain;
pub mod policy;
pub mod reference;
pub mod search;

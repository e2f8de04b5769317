//! The public pages: policy, complaint form, receipt, tracking, errors.
//! Must not hold rules of the process: handlers translate, views show.

pub mod assemble;
pub(crate) mod door;
mod fields;
mod promises;
pub mod view;

pub use fields::field_errors;
pub use promises::{promise_name, promises_later, promises_now};

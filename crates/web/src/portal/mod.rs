//! The public pages: policy, complaint form, receipt, tracking, errors.
//! Must not hold rules of the process: handlers translate, views show.

mod fields;
mod promises;
pub mod view;

pub use fields::field_errors;
pub use promises::{promises_later, promises_now};

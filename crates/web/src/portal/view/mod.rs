//! The public pages as typed templates: pure data in, HTML out.
//! Must not reach for the application, a clock or a store.

mod form;
mod home;
mod problem;
mod receipt;
mod track;
mod verify;

pub use form::{Call, Choice, ComplaintForm, FormLimits, FormValues, Privacy};
pub use home::{ChannelCard, Home, LogLine, PromiseNow};
pub(crate) use home::{column, is_long, is_wide};
pub use problem::{Problem, ProblemKind};
pub use receipt::{Receipt, ReceiptPromise, Waiting};
pub use track::{
    Decision, EarlierRound, Holder, RatingForm, RespondForm, TrackLookup, Tracking, Undertaking,
    WriteForm,
};
pub use verify::{Moment, Reason, Refused, Valid, Verdict, Verify};
pub(crate) use verify::{VERIFY_FOLDER, VERIFY_MODULES, verify_module};

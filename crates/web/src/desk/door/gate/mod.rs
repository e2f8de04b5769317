//! Getting in and out: sign-in, the single-use links, sign-out.
//! Must not show anything of a complaint.

pub(super) mod sign_in;
pub(super) mod sign_out;
pub(super) mod sign_up;

pub(super) use sign_up::told;

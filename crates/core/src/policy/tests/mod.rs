//! Tests of the policy pack that look inside: every value of `policy.toml` matters.

mod mutation;

use super::*;

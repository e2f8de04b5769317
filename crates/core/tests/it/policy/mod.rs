//! Tests of the policy pack: the shipped one, bad ones, and that every value matters.

mod bad_packs;
mod second_pack;
mod shipped_pack;

use redress_core::policy::*;

/// Parses with a fixed today.
fn parse_today(files: &PackFiles) -> Result<Pack, Vec<Problem>> {
    parse(files, jiff::civil::date(2026, 11, 24))
}

//! Codes of lifts and parts: letters and digits together, found with one slip of the finger.

use std::collections::BTreeSet;

use crate::reference::Reference;

/// Codes of this many characters have a slip forgiven; shorter ones are too much alike.
const FORGIVEN: std::ops::RangeInclusive<usize> = 5..=16;
/// Starts the tokens of slips, so that they meet each other only.
const SLIP: &str = "zz0";

/// Whether joined letters and digits are a code: both are there, and it is neither short nor long.
pub(super) fn is_code(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (4..=20).contains(&text.len()) && digits >= 2 && digits < text.len()
}

/// The code itself, and what is left of it when any one character is left out. A reference has
/// check characters instead: with a slip it is no reference.
pub(super) fn tokens(code: &str) -> Vec<String> {
    let slips = if code.parse::<Reference>().is_ok() { vec![] } else { slips(code) };
    std::iter::once(code.to_owned()).chain(slips).collect()
}

/// The tokens that codes with one wrong, missing, doubled or swapped character have in common.
pub(super) fn slips(code: &str) -> Vec<String> {
    if !FORGIVEN.contains(&code.len()) {
        return vec![];
    }
    let left_out = (0..code.len()).map(|n| {
        let kept = code.char_indices().filter(|(at, _)| *at != n).map(|(_, c)| c);
        format!("{SLIP}{}", kept.collect::<String>())
    });
    let all: BTreeSet<String> = left_out.chain(std::iter::once(format!("{SLIP}{code}"))).collect();
    all.into_iter().collect()
}

//! What every bench needs: the server as a process, a bare client, and figures said with their bound.
//! Must not measure anything itself.

mod client;
mod process;

pub use client::{Answer, Client};
pub use process::{Program, Server};

use std::io::Write as _;

/// Prints a figure with its bound, and whether it holds.
pub fn say(figure: &str, value: f64, unit: &str, holds: bool, bound: &str) {
    let mark = if holds { "ok  " } else { "MISS" };
    line(&format!("{mark} {figure:<58} {value:>10.3} {unit:<10} wanted {bound}"));
}

/// Prints a line beside the figures, indented as they are.
pub fn tell(text: &str) {
    line(&format!("     {text}"));
}

fn line(text: &str) {
    // Nobody reads on: the figures are for people, and no test rests on them.
    writeln!(std::io::stdout(), "{text}").ok();
}

/// The middle of the values; not a number where there are none.
pub fn median(values: Vec<f64>) -> f64 {
    part(values, 0.5)
}

/// The value below which `part` of the values lie, 0.99 for the 99th percentile.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list"
)]
pub fn part(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * part) as usize;
    values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

/// A count as a value to divide.
#[expect(clippy::cast_precision_loss, reason = "counts of a bench are small")]
pub const fn count(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_99th_are_found_in_any_order() {
        let values: Vec<f64> = (0..100).rev().map(f64::from).collect();
        assert!((median(values.clone()) - 50.0).abs() < 1e-9);
        assert!((part(values, 0.99) - 99.0).abs() < 1e-9);
        assert!(median(vec![]).is_nan());
    }
}

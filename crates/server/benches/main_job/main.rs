//! The figures of the main job, measured in one run: durable intake over HTTP against a bare group
//! commit of the same rows, the queue at 10,000 and 100,000 complaints, memory and start.
//!
//! Run by `cargo xtask bench main_job`. Every figure is a ratio of interleaved medians, or a bound.
//! Must not be part of any test: machines differ.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod bare;
mod client;
mod intake;
#[expect(dead_code, reason = "the other bench uses the rest")]
mod process;
mod queue;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    intake::measure();
    queue::measure();
}

/// Prints a figure with its bound, and whether it holds.
fn say(figure: &str, value: f64, unit: &str, holds: bool, bound: &str) {
    let mark = if holds { "ok  " } else { "MISS" };
    println!("{mark} {figure:<58} {value:>10.3} {unit:<10} wanted {bound}");
}

/// The middle of the values.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

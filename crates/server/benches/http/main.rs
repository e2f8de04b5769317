//! The figures of the door: durable intake over HTTP against a bare group commit of the same rows,
//! what it costs of the processor, and memory under load.
//!
//! Run by `cargo xtask bench http`. Every figure is a ratio of interleaved medians, or a bound. Must
//! not be part of any test: machines differ.

mod intake;
#[expect(dead_code, reason = "other benches fill an installation")]
#[path = "../kit/mod.rs"]
mod kit;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    for clients in [32, 64] {
        intake::measure(clients);
    }
}

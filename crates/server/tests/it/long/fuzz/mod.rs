//! Spoilt input at every door and to every reader: nothing panics, nothing takes long, and the answer is a
//! refusal or a yes, never a failure of the server. Must not test what a refusal says.

mod doors;
mod mutate;
mod readers;

use std::env::var_os;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use redress_testkit::Chance;

use super::is_long;

/// The seed of the short run; the long one has another each time, which it prints.
const SEED: u64 = 26;
/// How long each target is fed in the long run.
const TIME: Duration = Duration::from_mins(2);
/// What one input may take: far beyond what any does on an idle machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// The seed: `REDRESS_FUZZ_SEED`, or that of the run.
fn seed() -> u64 {
    if let Some(said) = var_os("REDRESS_FUZZ_SEED") {
        return said.to_str().expect("a text").parse().expect("a number");
    }
    if !is_long() {
        return SEED;
    }
    let mark = tempfile::tempfile().expect("a file");
    let made = mark.metadata().and_then(|made| made.modified()).expect("a time");
    let made = jiff::Timestamp::try_from(made).expect("a time");
    u64::from(made.subsec_nanosecond().unsigned_abs())
}

/// Feeds mutants of the samples, `short` of them or as many as there is time for; says how many.
fn feed(
    target: &str,
    samples: &[Vec<u8>],
    short: u32,
    mut eat: impl FnMut(&mut Chance, &[u8]),
) -> String {
    let (seed, begun) = (seed(), Instant::now());
    let mut chance = Chance::new(seed);
    let mut count = 0;
    let mut slowest = Duration::ZERO;
    while if is_long() { begun.elapsed() < TIME } else { count < short } {
        let mutant = mutate::mutant(&mut chance, samples);
        let started = Instant::now();
        let eaten = catch_unwind(AssertUnwindSafe(|| eat(&mut chance, &mutant)));
        slowest = slowest.max(started.elapsed());
        let at = || format!("{target}, seed {seed}, number {count}: {}", mutant.escape_ascii());
        assert!(eaten.is_ok(), "{}", at());
        assert!(slowest < PATIENCE, "{slowest:?}: {}", at());
        count += 1;
    }
    format!("{target}: {count} mutants by seed {seed}, the slowest took {slowest:.1?}")
}

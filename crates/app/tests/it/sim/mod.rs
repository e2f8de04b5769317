//! The whole program under simulation, by seed: a clock that leaps over holidays, days off that come and
//! go, a disk that fails, a post that drops, doubles and delays, and a program that dies after any step or
//! in the middle of one. `cargo xtask sim` runs as many seeds as wanted; a few run with the tests.
//! Must not use any time or chance but its own: the same seed does the same.

mod days;
mod disk;
mod holds;
mod house;
mod play;
mod post;
mod trace;

use std::io::Write as _;
use std::ops::Range;

use play::{Play, Played};

/// Seeds and steps of each that run with the other tests.
const USUAL: (Range<u64>, usize) = (0..2, 90);
/// Seeds that found something, with their steps and what it was: they stay.
const FOUND: &[(u64, usize, &str)] =
    &[(419, 300, "a lease of the dead outlives its time where the clock goes back by less")];
/// Seeds and steps of each where somebody asks for more and names none.
const ASKED: (Range<u64>, usize) = (0..20, 300);

async fn play(seed: u64, steps: usize) -> Played {
    Play::open(seed).await.play(steps).await
}

/// What `cargo xtask sim` was asked for: `--seed 5 --steps 300`, `--seeds 0..100`.
#[expect(clippy::disallowed_methods, reason = "the runner of tests hands nothing on but variables")]
fn asked() -> (Range<u64>, usize) {
    let Ok(asked) = std::env::var("REDRESS_SIM") else { return USUAL };
    read(&asked).unwrap_or_else(|| panic!("`{asked}` is not --seed N or --seeds A..B, --steps N"))
}

fn read(asked: &str) -> Option<(Range<u64>, usize)> {
    let (mut seeds, mut steps) = ASKED;
    let words: Vec<&str> = asked.split_whitespace().collect();
    for pair in words.chunks(2) {
        match *pair {
            ["--seed", seed] => {
                let seed = seed.parse().ok()?;
                seeds = seed..seed + 1;
            }
            ["--seeds", range] => {
                let (from, to) = range.split_once("..")?;
                seeds = from.parse().ok()?..to.parse().ok()?;
            }
            ["--steps", many] => steps = many.parse().ok()?,
            _ => return None,
        }
    }
    (!seeds.is_empty() && steps > 0).then_some((seeds, steps))
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody listens");
}

#[tokio::test]
async fn the_seeds_hold() {
    let (seeds, steps) = asked();
    for seed in seeds {
        say(&format!("seed {seed} begins; again: cargo xtask sim --seed {seed} --steps {steps}"));
        let played = play(seed, steps).await;
        let Played { trace, notices, accepted, refused, failed, deaths, letters, .. } = &played;
        say(&format!(
            "seed {seed}: {steps} steps, {notices} notices, {accepted} commands, {refused} refused, \
             {failed} failed, {deaths} deaths, {} faults of the disk, {letters} letters, \
             {} ways, trace {trace}",
            played.faults.len(),
            played.ways.len(),
        ));
    }
}

#[tokio::test]
async fn a_seed_does_the_same_again() {
    let (seed, steps) = (7, 60);
    let first = play(seed, steps).await;
    assert!(first.deaths > 0 && !first.faults.is_empty() && first.letters > 0, "{first:?}");
    assert_eq!(play(seed, steps).await, first);
    assert_ne!(play(seed + 1, steps).await.trace, first.trace);
}

#[tokio::test]
async fn seeds_that_found_something_hold_now() {
    for (seed, steps, found) in FOUND {
        say(&format!("seed {seed}, {steps} steps: {found}"));
        let play = Play::open(*seed).await.under_the_same_days();
        assert!(play.play(*steps).await.deaths > 0, "it does not die any more");
    }
}

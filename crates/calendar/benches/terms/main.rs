//! The figures of the calendar: seven working days from a cold date without and with its explanation,
//! 201 years of Tết, and the ratio against the fastest Python library that answers the same question.
//!
//! Run by `cargo xtask bench terms`. Must not be part of any test: machines differ.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod python;

use std::hint::black_box;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use redress_calendar::{Amount, Calendar, LUNAR_YEARS, tet, vietnam};

/// Receipts of one round, each on another day, so that no answer was near the one before.
const RECEIPTS: u32 = 2_000;
/// Rounds; the figure is the median over them.
const ROUNDS: usize = 101;
/// A stride between receipts that visits every day of the data in no order.
const STRIDE_DAYS: u32 = 1_777;
/// Days from 2015-01-05 within which receipts lie, so that every term ends within the data.
const SPAN_DAYS: u32 = 5_800;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let calendar = vietnam().build().expect("the shipped calendar builds");
    let receipts = receipts();
    let amount = Amount::WorkingDays(7);
    let due = median(|| {
        for from in &receipts {
            black_box(calendar.due_at(black_box(*from), amount).expect("covered"));
        }
    });
    let explained = median(|| {
        for from in &receipts {
            black_box(calendar.add(black_box(*from), amount).expect("covered"));
        }
    });
    say("7 working days, the instant", due, "ns", due < 1_000.0, "< 1000");
    say("7 working days with every step", explained, "ns", explained < 10_000.0, "< 10000");
    let years = f64::from(LUNAR_YEARS.1 - LUNAR_YEARS.0 + 1);
    let tets = median(|| {
        for year in LUNAR_YEARS.0..=LUNAR_YEARS.1 {
            black_box(tet(black_box(year)).expect("a year that is computed"));
        }
    }) * f64::from(RECEIPTS)
        / 1e6;
    say(&format!("{years} years of Tết"), tets, "ms", tets < 50.0, "< 50");
    against_python(&calendar, &receipts, due);
}

fn receipts() -> Vec<Timestamp> {
    let first: Timestamp = "2015-01-05T09:30:00+07:00".parse().expect("an instant");
    let days = (0..RECEIPTS).map(|nth| nth * STRIDE_DAYS % SPAN_DAYS);
    days.map(|day| first + SignedDuration::from_hours(24 * i64::from(day))).collect()
}

/// Nanoseconds a receipt, as the median over the rounds.
fn median(mut round: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            round();
            start.elapsed().as_secs_f64() * 1e9 / f64::from(RECEIPTS)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

/// Asks Python's libraries for the same last days, and says how many times longer they take.
fn against_python(calendar: &Calendar, receipts: &[Timestamp], ours: f64) {
    let expected: Vec<String> = receipts
        .iter()
        .map(|from| {
            let due = calendar.add(*from, Amount::WorkingDays(7)).expect("covered");
            due.due_on.to_string()
        })
        .collect();
    match python::measure(calendar, receipts) {
        Err(reason) => println!("     no comparison with Python: {reason}"),
        Ok(libraries) if libraries.is_empty() => {
            println!("     no comparison with Python: none of its libraries is installed");
        }
        Ok(libraries) => {
            for library in &libraries {
                let answer = match &library.last_days {
                    days if days.is_empty() => "another question",
                    days if *days == expected => "the same last days",
                    _ => "OTHER last days",
                };
                let name = &library.name;
                println!("     {name:<58} {:>10.1} ns        {answer}", library.nanos);
            }
            let right = libraries.iter().filter(|library| library.last_days == expected);
            if let Some(fastest) = right.min_by(|a, b| a.nanos.total_cmp(&b.nanos)) {
                let ratio = fastest.nanos / ours;
                say(&format!("times faster than {}", fastest.name), ratio, "", ratio > 1.0, "> 1");
            }
        }
    }
}

/// Prints a figure with its bound, and whether it holds.
fn say(figure: &str, value: f64, unit: &str, holds: bool, bound: &str) {
    let mark = if holds { "ok  " } else { "MISS" };
    println!("{mark} {figure:<58} {value:>10.3} {unit:<10} wanted {bound}");
}

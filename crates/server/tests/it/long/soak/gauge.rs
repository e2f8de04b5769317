//! What the server has of the machine while it works: memory, open files, its log of changes. Linux only,
//! for it asks the kernel. Must not work.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::rest;
use crate::long::is_long;
use crate::serve::house::House;

/// Looks in one life of the server.
const LOOKS: u32 = 100;
/// Looks at the beginning of which nothing is expected: caches fill.
const WARM: usize = 20;
/// Looks that are put together, after the beginning and at the end.
const WINDOW: usize = 20;
/// What the log of changes stays under, or is told after so long: as the program has it.
const CHANGES_BYTES_MAX: u64 = 64 << 20;
const HELD_MAX: Duration = Duration::from_mins(5);
/// What may lie between two looks of the program and of this.
const LATER: Duration = Duration::from_secs(10);
/// Looks within which a log of changes that was held is written back.
const BACK_WITHIN: usize = 10;
/// Growth that counts as none: of memory in hundredths, and of open files. Within the seconds of the short
/// run caches fill and connections are opened that stay.
const LONG: (u64, usize) = (10, 0);
const SHORT: (u64, usize) = (100, 16);

/// What one look saw.
#[derive(Debug, Clone)]
struct Look {
    at: Instant,
    kibibytes: u64,
    files: usize,
    changes: u64,
    held: bool,
    told: bool,
}

pub(super) struct Gauge {
    every: Duration,
    held: Arc<AtomicBool>,
    looks: Mutex<Vec<Look>>,
}

impl Gauge {
    pub(super) fn new(life: Duration, held: Arc<AtomicBool>) -> Self {
        Self { every: life / LOOKS, held, looks: Mutex::default() }
    }

    /// Looks until the server is killed.
    pub(super) fn watch(&self, house: &House) {
        let (_silent, woken) = channel();
        let begun = Instant::now();
        for turn in 1.. {
            rest((self.every * turn).saturating_sub(begun.elapsed()), &woken);
            let Some(look) = self.look(house) else { return };
            self.looks.lock().expect("nobody panics holding it").push(look);
        }
    }

    fn look(&self, house: &House) -> Option<Look> {
        let held = self.held.load(Ordering::Relaxed);
        let changes =
            fs::metadata(house.path().join("redress-data/redress.sqlite-wal")).ok()?.len();
        let ready = house.client.get("/readyz").try_send()?.is(200).text();
        let process = house.process();
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes = resident.trim().split(' ').next()?.parse().expect("a number");
        let files = fs::read_dir(format!("/proc/{process}/fd")).ok()?.count();
        let at = Instant::now();
        Some(Look {
            at,
            kibibytes,
            files,
            changes,
            held,
            told: ready.contains("degraded changes "),
        })
    }

    /// What was seen; fails where something grew.
    pub(super) fn judge(&self) -> String {
        let looks = self.looks.lock().expect("nobody panics holding it").clone();
        changes_are_bounded_or_told(&looks);
        let first = &looks[WARM.min(looks.len())..(WARM + WINDOW).min(looks.len())];
        let last = &looks[looks.len().saturating_sub(WINDOW)..];
        let most = looks.iter().map(|look| look.changes).max();
        let seen = [first, last].map(|looks| (median(looks), fewest(looks)));
        let (memory, files) = if is_long() { LONG } else { SHORT };
        assert!(seen[1].0 * 100 <= seen[0].0 * (100 + memory), "memory grows: {looks:?}");
        assert!(seen[1].1 <= seen[0].1 + files, "open files grow: {looks:?}");
        format!(
            "{} looks; resident {} then {} KiB, open files {} then {}, log of changes at most {} KiB",
            looks.len(),
            seen[0].0,
            seen[1].0,
            seen[0].1,
            seen[1].1,
            most.unwrap_or_default() >> 10,
        )
    }
}

fn changes_are_bounded_or_told(looks: &[Look]) {
    let (mut since_held, mut long_at) = (usize::MAX, None);
    for (n, look) in looks.iter().enumerate() {
        since_held = if look.held { 0 } else { since_held.saturating_add(1) };
        if look.changes > CHANGES_BYTES_MAX {
            assert!(since_held <= BACK_WITHIN, "nobody holds the log of changes: {look:?}");
            let long_for = look.at.duration_since(*long_at.get_or_insert(look.at));
            let must = long_for > HELD_MAX + LATER;
            assert!(look.told || !must, "look {n}: what is held is not told: {look:?}");
        } else {
            long_at = None;
        }
    }
}

/// Of an empty list nothing.
fn median(looks: &[Look]) -> u64 {
    let mut sizes: Vec<u64> = looks.iter().map(|look| look.kibibytes).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

fn fewest(looks: &[Look]) -> usize {
    looks.iter().map(|look| look.files).min().unwrap_or_default()
}

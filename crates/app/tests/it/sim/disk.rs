//! A disk that fails by chance while it is told to. Must not fail the reading of anything.

use std::sync::{Arc, Mutex};

use redress_store::{Fault, Faults};
use redress_testkit::Chance;

/// One transaction in so many fails.
const FAILS_ONCE_IN: u64 = 14;

#[derive(Debug)]
struct State {
    chance: Chance,
    armed: bool,
    struck: Vec<Fault>,
}

/// A disk; copies are the same disk.
#[derive(Debug, Clone)]
pub(crate) struct Disk(Arc<Mutex<State>>);

impl Disk {
    pub(crate) fn new(seed: u64) -> Self {
        let state = State { chance: Chance::new(seed), armed: false, struck: Vec::new() };
        Self(Arc::new(Mutex::new(state)))
    }

    /// Lets it fail from now on, or lets it be well.
    pub(crate) fn arm(&self, armed: bool) {
        self.0.lock().expect("nobody panics holding it").armed = armed;
    }

    /// How often it failed so far.
    pub(crate) fn struck(&self) -> usize {
        self.0.lock().expect("nobody panics holding it").struck.len()
    }

    /// How it failed so far.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        self.0.lock().expect("nobody panics holding it").struck.clone()
    }

    /// What the store asks at the beginning of each transaction.
    pub(crate) fn ask(&self) -> Faults {
        let disk = self.clone();
        Faults(Arc::new(move || {
            let mut state = disk.0.lock().expect("nobody panics holding it");
            if !state.armed || !state.chance.once_in(FAILS_ONCE_IN) {
                return None;
            }
            let every = [Fault::AtBegin, Fault::Full, Fault::Full, Fault::Lost, Fault::Doubt];
            let fault = *state.chance.one(&every);
            state.struck.push(fault);
            Some(fault)
        }))
    }
}

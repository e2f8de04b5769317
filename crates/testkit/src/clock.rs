//! A clock that moves only when told to.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

/// A clock that moves only when told to; copies show the same time.
#[derive(Debug, Clone)]
pub struct FakeClock(Arc<Mutex<Timestamp>>);

impl FakeClock {
    /// A clock that stands at `at`.
    pub fn new(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(at)))
    }

    /// What it shows.
    ///
    /// # Panics
    ///
    /// Never: nobody panics while holding the lock.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics while holding it")
    }

    /// Sets it; going back is allowed, for machines do it too.
    ///
    /// # Panics
    ///
    /// Never: nobody panics while holding the lock.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().expect("nobody panics while holding it") = at;
    }

    /// Lets time pass.
    ///
    /// # Panics
    ///
    /// When the instant lies beyond what a timestamp holds.
    pub fn pass(&self, time: SignedDuration) {
        self.set(self.now().checked_add(time).expect("tests stay within the calendar"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_show_the_same_time() {
        let clock = FakeClock::new(Timestamp::UNIX_EPOCH);
        let copy = clock.clone();
        clock.pass(SignedDuration::from_secs(90));
        assert_eq!(copy.now(), clock.now());
        assert_eq!(copy.now().as_second(), 90);
    }
}

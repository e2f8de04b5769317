//! What the program takes from outside: the time and chance, as values that tests replace.

use std::sync::Arc;

use jiff::Timestamp;
use redress_core::id::Chance;

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Fills a buffer with random bytes nobody can guess.
pub type Dice = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The time and chance.
#[derive(Clone)]
pub struct World {
    clock: Clock,
    dice: Dice,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

impl World {
    /// A world of this clock and these dice.
    pub fn new(clock: Clock, dice: Dice) -> Self {
        Self { clock, dice }
    }

    /// The time, in whole milliseconds: leaves and events carry no more.
    pub fn now(&self) -> Timestamp {
        let now = (self.clock)();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// The clock, for the store.
    pub fn clock(&self) -> Clock {
        Arc::clone(&self.clock)
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.dice)(&mut bytes);
        bytes
    }

    /// Chance for an id.
    pub fn chance(&self) -> Chance {
        self.bytes()
    }
}

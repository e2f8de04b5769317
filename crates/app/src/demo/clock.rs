//! A clock that is set by hand while the demo is filled, and goes with the real one afterwards.
//! Must not be used for anything but the demo.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::Timestamp;

use crate::{Clock, World};

/// The value that says: go with the real clock.
const RELEASED: i64 = i64::MIN;
/// How many random bytes are asked for at a time.
const CHANCE_BYTES: usize = 32;

/// A clock that somebody moves forward until it is released.
#[derive(Clone)]
pub(super) struct ShiftedClock {
    /// Milliseconds since the epoch, or [`RELEASED`].
    set_to: Arc<AtomicI64>,
    real: Clock,
}

impl ShiftedClock {
    /// A clock that still goes with the real one of `world`.
    pub(super) fn beside(world: &World) -> Self {
        Self { set_to: Arc::new(AtomicI64::new(RELEASED)), real: world.clock() }
    }

    /// The world of these hands: its chance stays real.
    pub(super) fn world(&self, of: &World) -> World {
        let (clock, chance) = (self.clone(), of.clone());
        let dice = move |buffer: &mut [u8]| {
            for part in buffer.chunks_mut(CHANCE_BYTES) {
                let bytes: [u8; CHANCE_BYTES] = chance.bytes();
                part.copy_from_slice(bytes.get(..part.len()).unwrap_or(&bytes));
            }
        };
        World::new(Arc::new(move || clock.now()), Arc::new(dice))
    }

    /// Sets the clock.
    pub(super) fn set(&self, at: Timestamp) {
        self.set_to.store(at.as_millisecond(), Ordering::SeqCst);
    }

    /// Lets the clock go with the real one.
    pub(super) fn release(&self) {
        self.set_to.store(RELEASED, Ordering::SeqCst);
    }

    fn now(&self) -> Timestamp {
        let set_to = self.set_to.load(Ordering::SeqCst);
        match Timestamp::from_millisecond(set_to) {
            Ok(at) if set_to != RELEASED => at,
            Ok(_) | Err(_) => (self.real)(),
        }
    }
}

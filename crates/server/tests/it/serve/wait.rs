//! Waiting for what another process does, with a deadline. Must not sleep without looking.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(40);
/// How often one looks.
const PAUSE: Duration = Duration::from_millis(60);

/// Looks until `look` finds something; fails after [`DEADLINE`] with what was waited for.
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let (_silent, pause) = channel::<()>();
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < DEADLINE, "waited in vain for {what}");
        // Nobody sends: this only lets time pass between two looks.
        pause.recv_timeout(PAUSE).ok();
    }
}

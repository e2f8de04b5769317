//! Keeping promises: judged by their own time, and not by looking back without proof.
//! Must not say what keeps which promise; the policy does.

use super::{
    super::{Event, Refusal, RefusalCode, event::PromiseKept, state::Promise},
    Draft, pause,
};
use crate::complaint::file::NamedFile;

/// Keeps the promises of `kept`. One that stands still goes on first, so that it is judged by its
/// own time. `proof` shows that it was so, where somebody states a moment of the past.
pub(super) fn keep(
    d: &mut Draft<'_, '_>,
    kept: Vec<Event>,
    proof: &[NamedFile],
) -> Result<(), Refusal> {
    for event in kept {
        let Event::PromiseKept(mut kept) = event else {
            d.push(event);
            continue;
        };
        if let Some(promise) = named(d, &kept).filter(|promise| promise.paused().is_some()) {
            pause::go_on(d, &promise, kept.kept_at, None)?;
        }
        if let Some(promise) = named(d, &kept) {
            kept.late = kept.kept_at >= promise.set.due;
            // Whoever entered the complaint itself too late could not record the reply in time.
            let over = d.at.now >= promise.set.due && d.complaint.recorded_at < promise.set.due;
            if over && !kept.late && proof.is_empty() {
                return Err(Refusal::new(RefusalCode::ProofNeeded, "promises.*.kept_by")
                    .with("due", promise.set.due));
            }
        }
        d.push(kept);
    }
    Ok(())
}

fn named(d: &Draft<'_, '_>, kept: &PromiseKept) -> Option<Promise> {
    let same = |p: &&Promise| p.set.promise == kept.promise && p.set.round == kept.round;
    d.complaint.promises.iter().find(same).cloned()
}

//! The calendar changed: dates that move, and the word of it to the complainant (A18).
//! Must not move a date the policy holds; `moves` says which.

use super::{
    super::{
        Refusal,
        event::{MessageQueued, QueuedWords},
        moves,
        vocabulary::Purpose,
        ways,
    },
    Draft, beyond_calendar, words,
};

/// Counts the running promises again. Asking twice changes nothing: a date that moved is the
/// date the calendar gives.
pub(super) fn recount(d: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    let policy = d.at.policy;
    let moved =
        moves::moves(&d.complaint, policy, d.at.now).map_err(|error| beyond_calendar(&error))?;
    let tells = policy.moves.tell_complainant && !moved.is_empty();
    for event in moved {
        d.push(event);
    }
    if tells {
        tell(d);
    }
    Ok(())
}

/// One message for all dates of the complaint, by the way back the policy plans. Where that way
/// does not send by itself, whoever holds the complaint tells the person.
fn tell(d: &mut Draft<'_, '_>) {
    let channel = ways::planned(&d.complaint, d.at.policy);
    let Some(channel) = channel.filter(|channel| words::sends(d, *channel).is_ok()) else { return };
    d.push(MessageQueued {
        attempt: words::next_attempt(&d.complaint),
        channel,
        purpose: Purpose::DateMoved,
        proposal: None,
        files: vec![],
        words: Some(QueuedWords::default()),
    });
}

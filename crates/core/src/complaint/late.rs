//! By how much a promise is or was missed, in the unit it was made in. Must not judge whether it
//! was: [`Promise::word`] does.

use jiff::{SignedDuration, Timestamp};
use redress_calendar::{Amount, CalendarError};

use super::{pause, state::Promise};
use crate::policy::Policy;

/// By how much `promise` is late at `now`, as an amount of its own unit; `None` in time or paused.
///
/// It no longer grows once the promise was kept or ended. Days are counted as the term counts
/// them: the last good day is day zero, so `2wd` says that a term two working days longer would
/// have been kept; zero says that no working day has passed yet.
///
/// # Errors
///
/// [`CalendarError::BeyondCoverage`] when the calendar does not know the days since.
pub fn late_in(
    promise: &Promise,
    policy: &Policy,
    now: Timestamp,
) -> Result<Option<Amount>, CalendarError> {
    let (judged, due) = (promise.judged_at(now), promise.set.due);
    if judged < due || promise.paused().is_some() {
        return Ok(None);
    }
    let calendar = &policy.calendar;
    let elapsed = Amount::Elapsed(SignedDuration::from_secs(judged.duration_since(due).as_secs()));
    let last_good = due.saturating_sub(SignedDuration::from_micros(1)).unwrap_or(due);
    Ok(Some(match pause::within(promise, policy) {
        None | Some(Amount::Elapsed(_)) => elapsed,
        Some(Amount::WorkingTime(_)) => {
            let measured = calendar.measure(due, judged)?;
            Amount::WorkingTime(SignedDuration::from_secs(measured.working_seconds))
        }
        Some(Amount::CalendarDays { .. }) => {
            let days = calendar.local_date(judged).duration_since(calendar.local_date(last_good));
            let days = i32::try_from(days.as_hours() / 24).unwrap_or(i32::MAX);
            Amount::CalendarDays { days, roll: false }
        }
        Some(Amount::WorkingDays(_)) => {
            let measured = calendar.measure(last_good, judged)?;
            Amount::WorkingDays(i32::try_from(measured.working_days).unwrap_or(i32::MAX))
        }
    }))
}

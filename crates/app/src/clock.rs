//! The machine's clock against the one that only runs: a clock that jumped is told, kept in the log, and
//! shown to who administers. Must not set a clock, nor ask for the time: both come as values.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use jiff::{SignedDuration, Timestamp};
use redress_core::complaint::{Event, event::ClockJumped, people::Actor};
use redress_store::StreamKind;

use crate::{
    App, AppError,
    load::Told,
    record::{self, ActorFact},
};

/// A step back of more than this is told; less is what keeping time by the network does.
const BACK: SignedDuration = SignedDuration::from_mins(1);
/// A leap forward of more than this is told, and the jobs wait.
const FORWARD: SignedDuration = SignedDuration::from_hours(1);
/// How long the jobs wait after a leap forward: what they would do then, missed promises above all, could
/// never be taken back if the clock is put right a moment later.
const HOLD: Duration = Duration::from_mins(5);
/// How long a jump is shown: over a weekend.
const SHOWN: SignedDuration = SignedDuration::from_hours(72);
/// The stream of the log that keeps the jumps: `log/clock`.
const STREAM: &str = "clock";

/// A clock that jumped between two looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockJump {
    /// What it should have shown.
    pub expected: Timestamp,
    /// What it showed.
    pub found: Timestamp,
}

/// Compares the clock of the day with the time that passed, look by look.
#[derive(Debug, Default)]
pub struct ClockWatch {
    last: Option<(Timestamp, Duration)>,
    held_until: Option<Duration>,
}

impl ClockWatch {
    /// A look: what the clock shows, and how much time has passed since the start, by a clock nobody
    /// sets. Answers a jump since the last look.
    pub fn look(&mut self, now: Timestamp, passed: Duration) -> Option<ClockJump> {
        let (before, then) = self.last.replace((now, passed))?;
        let expected = before.checked_add(passed.saturating_sub(then)).unwrap_or(before);
        let ahead = now.duration_since(expected);
        if ahead > FORWARD {
            self.held_until = Some(passed.saturating_add(HOLD));
        } else if ahead < -BACK {
            self.held_until = None;
        } else {
            return None;
        }
        Some(ClockJump { expected, found: now })
    }

    /// Whether the jobs must wait, because the clock leapt forward a moment ago.
    pub fn holds(&self, passed: Duration) -> bool {
        self.held_until.is_some_and(|until| passed < until)
    }
}

impl App {
    /// Keeps a jump of the clock in the log, to be seen by who administers.
    ///
    /// # Errors
    ///
    /// [`AppError::DiskFull`] or [`AppError::Store`]; the jump is shown all the same.
    pub async fn keep_clock_jump(&self, jump: ClockJump) -> Result<(), AppError> {
        self.clock_jump.send_replace(Some(jump));
        let event = Event::from(ClockJumped { expected: jump.expected, found: jump.found });
        let actor = ActorFact::of(&Actor::System("clock"), "").to_json();
        let stream = record::stream(StreamKind::Log, STREAM)?;
        let mut commit = record::new_commit(&self.world);
        commit.events.push(record::new_event(&self.world, &stream, &event, &actor, jump.found));
        self.store.commit(commit).await?;
        Ok(())
    }

    /// The jobs believe the clock as far as it may have run since it showed `now`: between two looks a
    /// leap must bring nothing about either. Whoever never says this believes every clock.
    pub fn believe_clock_after(&self, now: Timestamp) {
        let until = now.checked_add(FORWARD).unwrap_or(now);
        self.believed_until.store(until.as_microsecond(), Relaxed);
    }

    /// Whether the clock shows what the jobs may act on.
    pub(crate) fn believes_clock(&self) -> bool {
        self.world.now().as_microsecond() <= self.believed_until.load(Relaxed)
    }

    /// The last jump, while it must be shown.
    pub fn clock_jump(&self) -> Option<ClockJump> {
        let jump = (*self.clock_jump.borrow())?;
        let since = self.world.now().duration_since(jump.found);
        // A clock that went back since does not hide it.
        (since.abs() <= SHOWN).then_some(jump)
    }

    /// Remembers the last jump that another process, or this one before its start, kept.
    pub(crate) async fn recall_clock_jump(&self) -> Result<(), AppError> {
        let kept = self.store.stream(&record::stream(StreamKind::Log, STREAM)?).await?;
        let Some(last) = kept.into_iter().next_back() else { return Ok(()) };
        if let Event::ClockJumped(jumped) = Told::read(last)?.event {
            let jump = ClockJump { expected: jumped.expected, found: jumped.found };
            self.clock_jump.send_replace(Some(jump));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_485_600 + seconds).unwrap()
    }

    #[test]
    fn a_clock_that_jumps_is_told_once_and_only_a_leap_forward_holds_the_jobs() {
        const DAY: i64 = 86_400;
        let mut watch = ClockWatch::default();
        for (seconds, passed, jumped_by, holds) in [
            (0, 0, None, false),
            (1, 1, None, false),
            (61, 2, None, false),        // A minute ahead: kept by the network.
            (3, 3, None, false),         // And back by 59 seconds.
            (3_604, 4, None, false),     // An hour to the second.
            (3_606, 6, None, false),     // Time runs.
            (6, 7, Some(-3_601), false), // An hour back.
            (3 * DAY, 8, Some(259_193), true),
            (3 * DAY + 299, 307, None, true),
            (3 * DAY + 300, 308, None, false), // Five minutes later it is believed.
            (6 * DAY, 309, Some(258_899), true),
            (310, 310, Some(-518_091), false), // Put right: the jobs go on at once.
        ] {
            let jump = watch.look(at(seconds), Duration::from_secs(passed));
            let by = jump.map(|jump| jump.found.duration_since(jump.expected).as_secs());
            assert_eq!(
                (by, watch.holds(Duration::from_secs(passed))),
                (jumped_by, holds),
                "{passed}"
            );
        }
    }
}

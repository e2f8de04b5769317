//! What would have become of a complaint's promises under another policy. Pure: past events in,
//! verdicts out. Must not decide what people would have done otherwise: what reached the
//! complainant reached them when it did.

use jiff::Timestamp;
use redress_calendar::{CalendarError, Pause};

use super::{
    Complaint, Event,
    event::PromiseSet,
    evolve::{Happened, evolve},
    promise::{keeps, reach, set},
    state::{AttemptFate, Promise},
};
use crate::policy::Policy;

/// How a promise came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Kept before it was due.
    Kept,
    /// Kept too late, or not before it was due.
    Broken,
    /// It runs, and is not due yet.
    Running,
    /// The complaint closed, or its next round began, before it was due.
    Ended,
}

/// One promise of one round, under a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which promise.
    pub promise: String,
    /// Of which round.
    pub round: u8,
    /// The first instant that is, or would be, too late.
    pub due: Timestamp,
    /// How it came out.
    pub verdict: Verdict,
}

/// What happened to one round, as far as promises go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RoundFacts {
    number: u8,
    from: Timestamp,
    /// Whether people were in danger when its promises were set.
    safety: bool,
    /// When nobody could keep its promises any more.
    ended_at: Option<Timestamp>,
}

/// A complaint replayed from its events.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    complaint: Option<Complaint>,
    rounds: Vec<RoundFacts>,
}

impl Replay {
    /// Takes the next event of the complaint's stream.
    #[must_use]
    pub fn then(mut self, event: &Event, happened: &Happened) -> Self {
        let was_open = self.complaint.as_ref().is_some_and(|c| c.stage.is_open());
        self.complaint = evolve(self.complaint, event, happened);
        let Some(complaint) = &self.complaint else { return self };
        let round = complaint.round();
        if self.rounds.last().is_none_or(|last| last.number != round.number) {
            if let Some(last) = self.rounds.last_mut() {
                last.ended_at = last.ended_at.or(Some(happened.at));
            }
            let (number, from) = (round.number, round.from);
            let safety = complaint.safety;
            self.rounds.push(RoundFacts { number, from, safety, ended_at: None });
        }
        if let Some(last) = self.rounds.last_mut() {
            match (was_open, complaint.stage.is_open()) {
                (true, false) => last.ended_at = Some(happened.at),
                (false, true) => last.ended_at = None,
                (true, true) | (false, false) => {}
            }
        }
        self
    }

    /// The complaint as it stands; `None` before its first event.
    pub const fn complaint(&self) -> Option<&Complaint> {
        self.complaint.as_ref()
    }

    /// How its promises came out as they were set, by `now`.
    pub fn as_it_was(&self, now: Timestamp) -> Vec<Outcome> {
        let promises = self.complaint.iter().flat_map(|complaint| &complaint.promises);
        let outcome = |promise: &Promise| Outcome {
            promise: promise.set.promise.clone(),
            round: promise.set.round,
            due: promise.set.due,
            verdict: verdict(promise.set.due, promise.kept_at, self.ended(promise.set.round), now),
        };
        promises.map(outcome).collect()
    }

    /// How the promises of `policy` would have come out, by `now`.
    ///
    /// # Errors
    ///
    /// [`CalendarError::BeyondCoverage`] when its calendar does not know the days.
    pub fn under(&self, policy: &Policy, now: Timestamp) -> Result<Vec<Outcome>, CalendarError> {
        let mut outcomes = Vec::new();
        for round in &self.rounds {
            for mut promise in set(policy, round.number, round.from, round.safety)? {
                self.give_back(policy, &mut promise)?;
                let kept_at = self.kept_at(policy, &promise.promise, round.number);
                outcomes.push(Outcome {
                    promise: promise.promise,
                    round: round.number,
                    due: promise.due,
                    verdict: verdict(promise.due, kept_at, round.ended_at, now),
                });
            }
        }
        Ok(outcomes)
    }

    /// What the promise stood still is given back, where `policy` lets it stand still.
    fn give_back(&self, policy: &Policy, set: &mut PromiseSet) -> Result<(), CalendarError> {
        let promises = self.complaint.iter().flat_map(|complaint| &complaint.promises);
        let same =
            |known: &&Promise| (&known.set.promise, known.set.round) == (&set.promise, set.round);
        let stood = promises.filter(|_| policy.pause.allowed).find(same);
        let allowed = policy.pause.promises.contains(&set.promise);
        let pauses = stood.filter(|_| allowed).map(|stood| &stood.pauses[..]).unwrap_or_default();
        let over = pauses.iter().filter(|pause| policy.pause.categories.contains(&pause.category));
        let over: Vec<Pause> = over
            .filter_map(|pause| Some(Pause { from: pause.from, until: pause.until? }))
            .collect();
        if let (false, Ok(within)) = (over.is_empty(), set.within.parse()) {
            set.due = policy.calendar.add_paused(set.from, within, &over)?.at;
        }
        Ok(())
    }

    fn ended(&self, round: u8) -> Option<Timestamp> {
        self.rounds.iter().find(|facts| facts.number == round).and_then(|facts| facts.ended_at)
    }

    /// When the first thing reached the complainant that keeps this promise by `policy`.
    fn kept_at(&self, policy: &Policy, promise: &str, round: u8) -> Option<Timestamp> {
        let rule = policy.promise(promise, round.min(policy.rounds.max.max(1)));
        let attempts = self.complaint.iter().flat_map(|complaint| &complaint.attempts);
        let keeping = attempts.filter(|a| a.round == round && keeps(rule, reach(a.purpose)));
        let reached = keeping.filter_map(|attempt| match attempt.fate {
            AttemptFate::Reached(at) => Some(at),
            AttemptFate::Queued | AttemptFate::Failed(_) => None,
        });
        reached.min()
    }
}

fn verdict(
    due: Timestamp,
    kept_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    now: Timestamp,
) -> Verdict {
    match (kept_at, ended_at) {
        (Some(at), _) if at < due => Verdict::Kept,
        (Some(_), _) => Verdict::Broken,
        (None, ended) if ended.unwrap_or(now) >= due => Verdict::Broken,
        (None, Some(_)) => Verdict::Ended,
        (None, None) => Verdict::Running,
    }
}

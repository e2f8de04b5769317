//! The company's past replayed under another policy: read from the log stream by stream, one
//! complaint in memory at a time. Must not write.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use redress_core::{
    calendar::CalendarError,
    complaint::simulate::{Outcome, Replay, Verdict},
    policy::Pack,
};
use redress_store::{PAGE_MAX, StoredEvent, StreamKind};

use crate::{App, AppError, Told};

/// What another policy would have made of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    /// The policy in force, `alphatech@1`.
    pub from: String,
    /// The one asked about.
    pub to: String,
    /// How many complaints were replayed.
    pub complaints: u64,
    /// Each promise of each round that either policy makes, in order of name and round.
    pub promises: Vec<Simulated>,
    /// The zone to show instants in.
    pub zone: TimeZone,
}

/// One promise of one round over all complaints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Simulated {
    /// Which promise.
    pub promise: String,
    /// Of which round.
    pub round: u8,
    /// Complaints in which it would have been kept.
    pub kept: u64,
    /// Complaints in which it would have been due at another instant.
    pub moved: u64,
    /// Complaints in which it would have been kept too late, or not at all.
    pub broken: u64,
    /// Complaints in which it would run still.
    pub running: u64,
    /// Complaints that ended before it would have been due.
    pub ended: u64,
    /// Complaints in which it was never made, but would have been.
    pub new: u64,
    /// Complaints in which it was made, and would not have been.
    pub gone: u64,
    /// The complaints in which anything differs, in the order they were opened.
    pub changed: Vec<Changed>,
}

/// A complaint in which a promise would have come out otherwise, or at another date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The complaint.
    pub reference: String,
    /// When it was due; none if it was never made.
    pub due_was: Option<Timestamp>,
    /// When it would have been due; none if it would never have been made.
    pub due_would: Option<Timestamp>,
    /// Whether it was kept; none while it runs, if it ended before, or was never made.
    pub kept_was: Option<bool>,
    /// Whether it would have been kept, likewise.
    pub kept_would: Option<bool>,
}

/// Why the past cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum SimulateFault {
    /// The calendar of the other policy does not know the days of a complaint.
    #[error("the promises of {reference} cannot be counted by the calendar of this policy")]
    Coverage {
        /// The complaint.
        reference: String,
        /// Why.
        #[source]
        source: CalendarError,
    },
    /// Anything else.
    #[error("the past cannot be read")]
    App(#[from] AppError),
}

impl App {
    /// Replays every complaint under `pack`, whatever state it is in. `progress` hears now and
    /// then how many were replayed.
    ///
    /// # Errors
    ///
    /// [`SimulateFault`].
    pub async fn simulate(
        &self,
        pack: &Pack,
        mut progress: impl FnMut(u64),
    ) -> Result<Simulation, SimulateFault> {
        let current = self.pack();
        let mut past = Past {
            pack,
            now: self.world.now(),
            complaints: 0,
            promises: BTreeMap::new(),
            replay: Replay::default(),
        };
        for rule in current.policy.promises.iter().chain(&pack.policy.promises) {
            for round in &rule.rounds {
                past.row(&rule.id, *round);
            }
        }
        let mut last: Option<StoredEvent> = None;
        loop {
            let page = self.store.events_by_stream(StreamKind::Complaint, last.as_ref(), PAGE_MAX);
            let page = page.await.map_err(AppError::from)?;
            if page.is_empty() {
                break;
            }
            for stored in page {
                if last.as_ref().is_some_and(|last| last.stream != stored.stream) {
                    past.finish()?;
                }
                past.take(&stored)?;
                last = Some(stored);
            }
            progress(past.complaints);
        }
        past.finish()?;
        Ok(Simulation {
            from: current.policy.name(),
            to: pack.policy.name(),
            complaints: past.complaints,
            promises: past.promises.into_values().collect(),
            zone: current.policy.calendar.zone().clone(),
        })
    }
}

/// What was replayed so far, and the complaint that is being replayed.
struct Past<'a> {
    pack: &'a Pack,
    now: Timestamp,
    complaints: u64,
    promises: BTreeMap<(String, u8), Simulated>,
    replay: Replay,
}

impl Past<'_> {
    fn row(&mut self, promise: &str, round: u8) -> &mut Simulated {
        self.promises.entry((promise.to_owned(), round)).or_insert_with(|| Simulated {
            promise: promise.to_owned(),
            round,
            ..Simulated::default()
        })
    }

    fn take(&mut self, stored: &StoredEvent) -> Result<(), AppError> {
        let told = Told::read(stored.clone())?;
        self.replay = std::mem::take(&mut self.replay).then(&told.event, &told.happened());
        Ok(())
    }

    /// Judges the complaint that was replayed, and forgets it.
    fn finish(&mut self) -> Result<(), SimulateFault> {
        let replay = std::mem::take(&mut self.replay);
        let Some(complaint) = replay.complaint() else { return Ok(()) };
        let reference = complaint.reference.to_string();
        self.complaints += 1;
        let was = replay.as_it_was(self.now);
        let would = replay.under(&self.pack.policy, self.now);
        let would = would
            .map_err(|source| SimulateFault::Coverage { reference: reference.clone(), source })?;
        let same = |a: &Outcome, b: &Outcome| a.promise == b.promise && a.round == b.round;
        for outcome in &would {
            let before = was.iter().find(|known| same(known, outcome));
            self.row(&outcome.promise, outcome.round).note(&reference, before, Some(outcome));
        }
        for outcome in was.iter().filter(|known| !would.iter().any(|other| same(known, other))) {
            self.row(&outcome.promise, outcome.round).note(&reference, Some(outcome), None);
        }
        Ok(())
    }
}

impl Simulated {
    fn note(&mut self, reference: &str, was: Option<&Outcome>, would: Option<&Outcome>) {
        match would.map(|would| would.verdict) {
            Some(Verdict::Kept) => self.kept += 1,
            Some(Verdict::Broken) => self.broken += 1,
            Some(Verdict::Running) => self.running += 1,
            Some(Verdict::Ended) => self.ended += 1,
            None => self.gone += 1,
        }
        let (due_was, due_would) = (was.map(|was| was.due), would.map(|would| would.due));
        self.new += u64::from(was.is_none());
        self.moved += u64::from(was.is_some() && would.is_some() && due_was != due_would);
        let (kept_was, kept_would) = (kept(was), kept(would));
        if due_was != due_would || kept_was != kept_would {
            let reference = reference.to_owned();
            self.changed.push(Changed { reference, due_was, due_would, kept_was, kept_would });
        }
    }
}

fn kept(outcome: Option<&Outcome>) -> Option<bool> {
    match outcome?.verdict {
        Verdict::Kept => Some(true),
        Verdict::Broken => Some(false),
        Verdict::Running | Verdict::Ended => None,
    }
}

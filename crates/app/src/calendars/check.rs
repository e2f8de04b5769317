//! Which running promises of open complaints another calendar would move.
//! Must not change anything.

use std::{collections::HashMap, sync::Arc};

use jiff::{SignedDuration, Timestamp, civil::Date};
use redress_core::{
    calendar::{Amount, Calendar, CalendarError, Day},
    complaint::moves::{Counted, Fate, HeldFor, fate},
    policy::Pack,
};
use redress_store::{PAGE_MAX, RunningCursor, RunningPromise};

use super::Days;
use crate::{App, AppError, row};

/// How far ahead the date of a list may lie.
const AS_OF_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 366);

/// A running promise whose date another calendar would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMoved {
    /// The complaint's id.
    pub complaint: String,
    /// Its reference.
    pub reference: String,
    /// Which promise.
    pub promise: String,
    /// Of which round.
    pub round: i64,
    /// When it is due as it stands.
    pub due_was: Timestamp,
    /// When it would be due.
    pub due_would: Timestamp,
    /// Why it keeps its date; `None` when it moves.
    pub held: Option<HeldFor>,
    /// The changed days between receipt and the later of both dates.
    pub because: Vec<Date>,
}

impl DateMoved {
    /// Whether the other date is later: against the complainant.
    pub fn is_against_customer(&self) -> bool {
        self.due_would > self.due_was
    }
}

/// A day that is worked by one calendar and not by the other, or at other hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChanged {
    /// The day as it was.
    pub was: Day,
    /// The day as it is now.
    pub now: Day,
}

/// What a calendar would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarCheck {
    /// The calendar in force, `vn@2026-11-20`.
    pub from: String,
    /// The one asked about.
    pub to: String,
    /// Whether they differ.
    pub is_new: bool,
    /// The zone of its days.
    pub zone: jiff::tz::TimeZone,
    /// The days that change.
    pub days: Vec<DayChanged>,
    /// Dates that move, the most urgent first.
    pub moved: Vec<DateMoved>,
    /// Dates that stay though they would be others, the most urgent first.
    pub held: Vec<DateMoved>,
    /// Running promises that keep their dates.
    pub unchanged: u64,
}

/// Why a calendar cannot be asked about, or put in force.
#[derive(Debug, thiserror::Error)]
pub enum CalendarFault {
    /// No complaint counts by a calendar of this name.
    #[error("no complaint here counts by a calendar `{wanted}`; in force is `{in_force}`")]
    OtherName {
        /// The name asked for.
        wanted: String,
        /// The one the policy in force counts by.
        in_force: String,
    },
    /// The data is older than what is in force.
    #[error(
        "the calendar `{wanted}` is older than `{in_force}`, which is in force: state the date of \
         the decree in the line `# as-of:` of the holidays"
    )]
    Older {
        /// The calendar asked for.
        wanted: String,
        /// The one in force.
        in_force: String,
    },
    /// Other days under the same date.
    #[error(
        "the calendar in force is `{calendar}` too, with another content{}: state the date \
         of the decree in the line `# as-of:` of the holidays",
        first.map(|day| format!(", the first other day is {day}")).unwrap_or_default()
    )]
    SameDate {
        /// The calendar, `vn@2026-11-20`.
        calendar: String,
        /// The first day that differs.
        first: Option<Date>,
    },
    /// The calendar ends before a running promise falls due.
    #[error("the promise `{promise}` of {reference} cannot be counted by this calendar")]
    Coverage {
        /// The complaint.
        reference: String,
        /// The promise.
        promise: String,
        /// Why.
        #[source]
        source: CalendarError,
    },
    /// The data say that they are of a day far to come: a slip, after which nothing could follow.
    #[error(
        "the calendar `{wanted}` is of a day more than a year from now: its line `# as-of:` states \
         the day on which the list was changed, and no older one could replace it later"
    )]
    Future {
        /// The calendar asked for.
        wanted: String,
    },
    /// Not only the holidays changed.
    #[error(
        "more than the holidays of `{policy}` changed (its week, its own days, or its rules): raise \
         `version` in policy.toml; the holidays alone are put in force by a pack that is else the same"
    )]
    OtherRules {
        /// The policy, `alphatech@1`.
        policy: String,
    },
    /// Anything else.
    #[error("the calendar cannot be checked")]
    App(#[from] AppError),
}

impl From<redress_store::StoreError> for CalendarFault {
    fn from(error: redress_store::StoreError) -> Self {
        Self::App(error.into())
    }
}

/// The days, within what both calendars know, that are not the same.
pub fn days_changed(was: &Calendar, now: &Calendar) -> Vec<DayChanged> {
    let (from, until) = (was.covers().0.max(now.covers().0), was.covers().1.min(now.covers().1));
    let (Ok(was), Ok(now)) = (was.days(from, until), now.days(from, until)) else {
        return vec![];
    };
    let pairs = was.into_iter().zip(now).map(|(was, now)| DayChanged { was, now });
    pairs.filter(|pair| pair.was.hours != pair.now.hours).collect()
}

/// Packs with the days asked about, amounts as they are written: each read once.
struct Memo<'a> {
    app: &'a App,
    days: &'a Days,
    packs: HashMap<String, Arc<Pack>>,
    amounts: HashMap<String, Amount>,
}

impl Memo<'_> {
    async fn pack(&mut self, digest: &str) -> Result<Arc<Pack>, CalendarFault> {
        if let Some(pack) = self.packs.get(digest) {
            return Ok(Arc::clone(pack));
        }
        let pack = self.app.packs.by_digest(&self.app.store, digest).await?;
        let pack = Arc::new(pack.with_holidays(&self.days.csv).map_err(AppError::broken)?);
        self.packs.insert(digest.to_owned(), Arc::clone(&pack));
        Ok(pack)
    }

    fn amount(&mut self, within: &str) -> Result<Amount, AppError> {
        if let Some(amount) = self.amounts.get(within) {
            return Ok(*amount);
        }
        let amount = within
            .parse()
            .map_err(|_| AppError::broken(format!("a stored promise has the amount `{within}`")))?;
        self.amounts.insert(within.to_owned(), amount);
        Ok(amount)
    }
}

impl App {
    /// Which dates of open complaints would be others by the calendar of `pack`. `progress` hears
    /// now and then how many promises were looked at.
    ///
    /// # Errors
    ///
    /// [`CalendarFault`]: another name, an older or equal date with other days, a calendar that
    /// ends too early, or a failure.
    pub async fn check_calendar(
        &self,
        pack: &Pack,
        mut progress: impl FnMut(u64),
    ) -> Result<CalendarCheck, CalendarFault> {
        while self.count_some_promises().await? > 0 {
            progress(0);
        }
        let days = Days::of(pack);
        let today = pack.policy.calendar.local_date(self.world.now());
        if today.checked_add(AS_OF_AHEAD).is_ok_and(|latest| days.as_of > latest) {
            return Err(CalendarFault::Future { wanted: days.id() });
        }
        let in_force = self.days_to_replace(&days).await?;
        let current = self.pack();
        let same = pack.policy.name() == current.policy.name();
        if same && pack.rules_digest() != current.rules_digest() {
            return Err(CalendarFault::OtherRules { policy: pack.policy.name() });
        }
        let before = current.with_holidays(&in_force.csv).map_err(AppError::broken)?;
        let now = current.with_holidays(&days.csv).map_err(AppError::broken)?;
        let changed = days_changed(&before.policy.calendar, &now.policy.calendar);
        if days.as_of == in_force.as_of && days.csv != in_force.csv {
            let first = changed.first().map(|day| day.was.date);
            return Err(CalendarFault::SameDate { calendar: days.id(), first });
        }
        let mut check = CalendarCheck {
            from: in_force.id(),
            to: days.id(),
            is_new: days.as_of != in_force.as_of,
            zone: current.policy.calendar.zone().clone(),
            days: changed,
            moved: vec![],
            held: vec![],
            unchanged: 0,
        };
        self.look(&days, &mut check, &mut progress).await?;
        Ok(check)
    }

    /// The days in force that `days` are to replace.
    pub(super) async fn days_to_replace(&self, days: &Days) -> Result<Days, CalendarFault> {
        let Some(row) = self.store.calendar_in_force(&days.name).await? else {
            let in_force = self.pack().policy.calendar.id().name.clone();
            return Err(CalendarFault::OtherName { wanted: days.name.clone(), in_force });
        };
        let in_force = Days::stored(&row)?;
        if days.as_of < in_force.as_of {
            return Err(CalendarFault::Older { wanted: days.id(), in_force: in_force.id() });
        }
        Ok(in_force)
    }

    async fn look(
        &self,
        days: &Days,
        check: &mut CalendarCheck,
        progress: &mut impl FnMut(u64),
    ) -> Result<(), CalendarFault> {
        let now = self.world.now();
        let mut memo = Memo { app: self, days, packs: HashMap::new(), amounts: HashMap::new() };
        let mut after = RunningCursor::due_after(now);
        let mut seen = 0;
        loop {
            let page = self.store.running_promises(&days.name, &after, PAGE_MAX).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = RunningCursor::after(last);
            seen += page.len() as u64;
            progress(seen);
            for running in page {
                let policy = memo.pack(&running.policy).await?;
                let within = memo.amount(&running.within)?;
                let pauses = row::read_paused(&running.paused).ok_or_else(|| {
                    AppError::broken(format!("a stored pause reads `{}`", running.paused))
                })?;
                let (from, due) = (running.from_at, running.due);
                let counted = Counted { within, from, due, pauses };
                let fate = fate(&policy.policy, &counted, now);
                let fate = fate.map_err(|source| CalendarFault::Coverage {
                    reference: running.reference.clone(),
                    promise: running.promise.clone(),
                    source,
                })?;
                check.note(running, fate);
            }
        }
    }
}

impl CalendarCheck {
    fn note(&mut self, running: RunningPromise, fate: Fate) {
        let (due_would, held) = match fate {
            Fate::Stays => {
                self.unchanged += 1;
                return;
            }
            Fate::Moves(due) => (due, None),
            Fate::Held(due, why) => (due, Some(why)),
        };
        let local = |at: Timestamp| at.to_zoned(self.zone.clone()).date();
        let (from, until) = (local(running.from_at), local(running.due.max(due_would)));
        let dates = self.days.iter().map(|day| day.was.date);
        let moved = DateMoved {
            because: dates.filter(|date| (from..=until).contains(date)).collect(),
            complaint: running.complaint,
            reference: running.reference,
            promise: running.promise,
            round: running.round,
            due_was: running.due,
            due_would,
            held,
        };
        if held.is_some() { self.held.push(moved) } else { self.moved.push(moved) }
    }
}

//! `redress calendar check`: which dates of open complaints a changed calendar moves, and with
//! `--apply` the change itself. Must not count a date: `redress-app` does.

use std::path::PathBuf;

use jiff::{Timestamp, Zoned, tz::TimeZone};
use redress_app::core::complaint::moves::HeldFor;
use redress_app::{CalendarApplied, CalendarFault, DateMoved};
use serde_json::{Value, json};

use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::chain;
use crate::operator::{Expect, Place};
use crate::output::{Output, progress};
use crate::pack;

/// Arguments of `calendar check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The folder of the policy with the changed calendar.
    #[arg(long, value_name = "DIR")]
    policy: PathBuf,
    /// Put the calendar in force and move the dates; can be asked for again and again.
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    place: Place,
}

impl Check {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let pack = pack::checked(&self.policy, SystemClock.today())?;
        let done = self.place.with_app(Expect::Existing, async |app| {
            let done = if self.apply {
                app.apply_calendar(&pack, told).await
            } else {
                let check = app.check_calendar(&pack, |seen| told(seen, 0)).await;
                check.map(|check| CalendarApplied { check, put_in_force: false, moved: 0 })
            };
            progress("");
            Ok(done?)
        })?;
        if output.is_json() {
            output.json(&self.answer(&done))?;
        } else {
            self.say(&done, output)?;
        }
        let found =
            !done.check.moved.is_empty() || done.check.is_new && !done.check.held.is_empty();
        Ok(if found && !self.apply { Exit::No } else { Exit::Done })
    }

    fn answer(&self, done: &CalendarApplied) -> Value {
        let check = &done.check;
        let row = |moved: &DateMoved| row(moved, &check.zone);
        let days = check.days.iter().map(|day| {
            json!({"date": day.now.date, "was": day.was.kind.as_str(), "now": day.now.kind.as_str(),
                   "source": day.now.source.as_deref().or(day.was.source.as_deref())})
        });
        let mut answer = json!({
            "calendar": {"from": check.from, "to": check.to},
            "days": days.collect::<Vec<_>>(),
            "moved": check.moved.iter().map(row).collect::<Vec<_>>(),
            "held": check.held.iter().map(row).collect::<Vec<_>>(),
            "unchanged": check.unchanged,
        });
        if self.apply {
            answer["applied"] = json!({"put_in_force": done.put_in_force, "moved": done.moved});
        }
        answer
    }

    fn say(&self, done: &CalendarApplied, output: &mut Output) -> Result<(), Fault> {
        let check = &done.check;
        if check.is_new {
            output.line(format_args!("{} -> {}", check.from, check.to))?;
        } else {
            output.line(format_args!("{} is in force", check.to))?;
        }
        for day in &check.days {
            let (was, now) = (day.was.kind.as_str(), day.now.kind.as_str());
            let source = day.now.source.as_deref().or(day.was.source.as_deref()).unwrap_or("");
            let line = format!("  {}  {was} -> {now}  {source}", day.now.date);
            output.line(line.trim_end())?;
        }
        for moved in check.moved.iter().chain(&check.held) {
            output.line(line(moved, &check.zone))?;
        }
        let (moves, held) = (check.moved.len(), check.held.len());
        let unchanged = check.unchanged;
        output.line(format_args!("{moves} dates move, {held} are held, {unchanged} stay"))?;
        if self.apply {
            let force = if done.put_in_force { "is in force now" } else { "was in force already" };
            output.line(format_args!("{} {force}; {} dates moved", check.to, done.moved))?;
        } else if check.is_new {
            output.line("put it in force with --apply")?;
        }
        Ok(())
    }
}

fn told(seen: u64, moved: u64) {
    if moved == 0 {
        progress(&format!("{seen} promises counted"));
    } else {
        progress(&format!("{moved} dates moved"));
    }
}

fn local(at: Timestamp, zone: &TimeZone) -> Zoned {
    at.to_zoned(zone.clone())
}

fn instant(at: Timestamp, zone: &TimeZone) -> String {
    let at = local(at, zone);
    at.timestamp().display_with_offset(at.offset()).to_string()
}

fn row(moved: &DateMoved, zone: &TimeZone) -> Value {
    let mut row = json!({
        "reference": moved.reference,
        "promise": moved.promise,
        "round": moved.round,
        "due_was": instant(moved.due_was, zone),
        "due_would": instant(moved.due_would, zone),
        "against_customer": moved.is_against_customer(),
        "because": moved.because,
    });
    if let Some(why) = moved.held {
        row["why"] = json!(word(why));
    }
    row
}

const fn word(why: HeldFor) -> &'static str {
    match why {
        HeldFor::Later => "later",
        HeldFor::Passed => "passed",
    }
}

/// `KN-26-000384-KB  resolution 2  2026-12-05 00:00 -> 2026-12-04 00:00  earlier  2026-11-25`
fn line(moved: &DateMoved, zone: &TimeZone) -> String {
    let clock = |at| local(at, zone).strftime("%Y-%m-%d %H:%M").to_string();
    let how = match moved.held {
        None if moved.is_against_customer() => "later, as the policy allows",
        None => "earlier",
        Some(HeldFor::Later) => "HELD: it would be later",
        Some(HeldFor::Passed) => "HELD: the earlier date has passed",
    };
    let because: Vec<String> = moved.because.iter().map(ToString::to_string).collect();
    let (was, would) = (clock(moved.due_was), clock(moved.due_would));
    let DateMoved { reference, promise, round, .. } = moved;
    let line =
        format!("{reference}  {promise} {round}  {was} -> {would}  {how}  {}", because.join(" "));
    line.trim_end().to_owned()
}

impl From<CalendarFault> for Fault {
    fn from(error: CalendarFault) -> Self {
        match error {
            CalendarFault::OtherName { .. } => Self::no("other-calendar", error.to_string()),
            CalendarFault::Older { .. } => Self::no("older-calendar", error.to_string()),
            CalendarFault::SameDate { .. } => Self::no("same-date", error.to_string()),
            CalendarFault::Future { .. } => Self::no("future-calendar", error.to_string()),
            CalendarFault::OtherRules { .. } => Self::no("other-rules", error.to_string()),
            CalendarFault::Coverage { .. } => Self::no("beyond-coverage", chain(&error)),
            CalendarFault::App(error) => error.into(),
        }
    }
}

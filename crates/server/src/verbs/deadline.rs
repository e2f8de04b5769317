//! `redress deadline`: when a promise falls due, and the reason for every day on the way.
//! Must not compute: the steps come from the calendar, and the date from the steps.

use std::path::PathBuf;

use jiff::civil::Date;
use redress_calendar::Due;
use redress_core::kinds::Lang;
use redress_core::policy::{Policy, deadline, shipped};
use serde::Serialize;

use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::instant;
use crate::output::Output;
use crate::pack;

/// Arguments of `deadline`.
#[derive(Debug, clap::Args)]
pub(crate) struct Deadline {
    /// The folder of the policy; the shipped one without it.
    #[arg(long, value_name = "DIR")]
    policy: Option<PathBuf>,
    /// The promise, as the policy names it.
    #[arg(long, value_name = "first-reply|resolution")]
    promise: String,
    /// The round.
    #[arg(long, value_name = "N", default_value_t = 1)]
    round: u8,
    /// When the request was received, such as 2026-02-13T16:00:00+07:00.
    #[arg(long, value_name = "INSTANT")]
    received: String,
    /// The language of the reasons: vi, en or lo.
    #[arg(long, default_value = "en")]
    lang: Lang,
}

#[derive(Serialize)]
struct Answer<'a> {
    promise: &'a str,
    round: u8,
    policy: String,
    calendar: String,
    received: String,
    due: String,
    due_on: Date,
    steps: Vec<Row>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
struct Row {
    on: Date,
    counts: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl Deadline {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let pack = match &self.policy {
            Some(dir) => pack::asked(dir)?,
            None => shipped(),
        };
        let policy = &pack.policy;
        let received = instant::read(&self.received, &policy.calendar)
            .map_err(|error| Fault::usage(error.to_string()).at("--received"))?;
        let due = deadline(policy, &self.promise, self.round, received.at)?;
        let zone = policy.calendar.zone();
        let answer = Answer {
            promise: &self.promise,
            round: self.round,
            policy: policy.name(),
            calendar: policy.calendar.id().to_string(),
            received: instant::show(received.at, zone),
            due: instant::show(due.at, zone),
            due_on: due.due_on,
            steps: self.rows(&due),
            note: received.note,
        };
        if output.is_json() {
            output.json(&answer)?;
        } else {
            self.say(&answer, policy, &due, output)?;
        }
        Ok(Exit::Done)
    }

    /// An ordinary day that counts needs no reason: its number says it.
    fn rows(&self, due: &Due) -> Vec<Row> {
        let rows = redress_text::arithmetic(self.lang, due).into_iter();
        rows.map(|row| Row {
            on: row.on,
            counts: row.counts,
            day: row.day,
            why: (!row.plain).then_some(row.why),
        })
        .collect()
    }

    fn say(
        &self,
        answer: &Answer<'_>,
        policy: &Policy,
        due: &Due,
        output: &mut Output,
    ) -> Result<(), Fault> {
        let Answer { promise, round, policy: name, calendar, received, .. } = answer;
        output.line(format_args!("{promise}, round {round}: {name}, {calendar}"))?;
        output.line(format_args!("received  {received}"))?;
        let zone = policy.calendar.zone();
        let words = redress_text::due(self.lang, due.at, zone, SystemClock.now());
        output.line(format_args!("due       {} ({words})", answer.due))?;
        output.line(format_args!("due on    {}", answer.due_on))?;
        for row in &answer.steps {
            let weekday = redress_text::weekday(self.lang, row.on);
            let day = match (row.day, row.counts) {
                (Some(day), _) => day.to_string(),
                (None, true) => "+".to_owned(),
                (None, false) => "-".to_owned(),
            };
            let why = row.why.as_deref().unwrap_or("");
            let line = format!("{} {weekday:<9} {day:>3}  {why}", row.on);
            output.line(line.trim_end())?;
        }
        answer.note.as_ref().map_or(Ok(()), |note| output.line(format_args!("note: {note}")))
    }
}

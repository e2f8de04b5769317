//! `redress user delegate`: who stands in for the Director, from when until when. Must not judge:
//! the use case does.

use jiff::Timestamp;
use redress_app::{App, Delegation, NewDelegation};
use redress_calendar::Calendar;
use serde_json::{Value, json};

use crate::app_fault::{named, of_flags};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::instant;
use crate::operator::{Expect, Place};
use crate::output::Output;
use crate::verbs::{token, user::OPERATOR};

/// Arguments of `user delegate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Delegate {
    /// The e-mail address of who stands in.
    #[arg(long)]
    to: String,
    /// The e-mail address of the Director, where there are several.
    #[arg(long = "for", value_name = "DIRECTOR")]
    director: Option<String>,
    /// From when: a date (from its beginning) or an instant [default: now].
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
    /// Until when: a date (to its end) or an instant.
    #[arg(long, value_name = "WHEN")]
    until: String,
    #[command(flatten)]
    place: Place,
}

/// Arguments of `user delegations`.
#[derive(Debug, clap::Args)]
pub(crate) struct Delegations {
    #[command(flatten)]
    place: Place,
}

/// Arguments of `user undelegate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Undelegate {
    /// The id of the delegation, as `user delegations` shows it.
    #[arg(long)]
    id: String,
    #[command(flatten)]
    place: Place,
}

impl Delegate {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let made = self.place.with_app(Expect::Existing, async |app| self.make(app).await);
        tell(&[made?], output)
    }

    async fn make(&self, app: &App) -> Result<(Delegation, Calendar), Fault> {
        let calendar = app.pack().policy.calendar.clone();
        let from = match &self.from {
            Some(from) => when(from, "--from", &calendar)?,
            None => app.now(),
        };
        let until = token::end(&self.until, "--until", &calendar)?;
        let director = self.director.as_deref();
        let new = NewDelegation { to: &self.to, director, from, until };
        let made = app.delegate(new, &OPERATOR).await;
        let made = made.map_err(|error| match error {
            redress_app::AppError::NotFound => {
                let named_both = format!("{} {}", self.to, director.unwrap_or_default());
                named("account", named_both.trim())(error)
            }
            other => of_flags(other),
        })?;
        Ok((made, calendar))
    }
}

fn when(text: &str, flag: &str, calendar: &Calendar) -> Result<Timestamp, Fault> {
    let reading = instant::read(text, calendar);
    Ok(reading.map_err(|error| Fault::usage(error.to_string()).at(flag))?.at)
}

impl Delegations {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let held = self.place.with_app(Expect::Existing, async |app| {
            let calendar = app.pack().policy.calendar.clone();
            let held = app.delegations().await?.into_iter();
            Ok(held.map(|held| (held, calendar.clone())).collect::<Vec<_>>())
        })?;
        if output.is_json() {
            output.json(&held.iter().map(shape).collect::<Vec<_>>())?;
            return Ok(Exit::Done);
        }
        tell(&held, output)
    }
}

impl Undelegate {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        self.place.with_app(Expect::Existing, async |app| {
            let ended = app.end_delegation(&self.id, &OPERATOR).await;
            ended.map_err(named("delegation", &self.id))
        })?;
        if output.is_json() {
            output.json(&json!({ "id": self.id, "ended": true }))?;
        } else {
            output.line(format_args!("{} is ended", self.id))?;
        }
        Ok(Exit::Done)
    }
}

fn tell(held: &[(Delegation, Calendar)], output: &mut Output) -> Result<Exit, Fault> {
    for one in held {
        if output.is_json() {
            output.json(&shape(one))?;
            continue;
        }
        let (Delegation { id, director, email, from, until, .. }, calendar) = one;
        let show = |at: Timestamp| instant::show(at, calendar.zone());
        let line =
            format!("{id}  {email} for {director}, from {} until {}", show(*from), show(*until));
        output.line(line)?;
    }
    Ok(Exit::Done)
}

fn shape((held, calendar): &(Delegation, Calendar)) -> Value {
    let show = |at: Timestamp| instant::show(at, calendar.zone());
    json!({
        "id": held.id, "to": held.email, "name": held.name, "for": held.director,
        "from": show(held.from), "until": show(held.until),
    })
}

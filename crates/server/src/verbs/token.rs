//! `redress token`: bearer tokens for the API, shown once. Must not store one.

use clap::Subcommand;
use jiff::Timestamp;
use jiff::civil::Date;
use redress_app::App;
use redress_calendar::Calendar;
use serde_json::json;

use crate::app_fault::named;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::instant;
use crate::operator::{Expect, Place};
use crate::output::Output;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make a token; it is printed once.
    Create(Create),
}

/// Arguments of `token create`.
#[derive(Debug, clap::Args)]
pub(crate) struct Create {
    /// The e-mail address of the account it acts for.
    #[arg(long, alias = "email")]
    user: String,
    /// Until when it holds: a date (to its end) or an instant.
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Create(create) => create.run(output),
        }
    }
}

impl Create {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let made = self.place.with_app(Expect::Existing, async |app| self.make(app).await);
        let (token, expires) = made?;
        if output.is_json() {
            output.json(&json!({ "token": token, "user": self.user, "expires": expires }))?;
        } else {
            output.line(token)?;
        }
        Ok(Exit::Done)
    }

    async fn make(&self, app: &App) -> Result<(String, Option<String>), Fault> {
        let pack = app.pack();
        let calendar = &pack.policy.calendar;
        let expires =
            self.expires.as_deref().map(|text| end(text, "--expires", calendar)).transpose()?;
        if expires.is_some_and(|expires| expires <= app.now()) {
            return Err(Fault::usage("this lies in the past").at("--expires"));
        }
        let secret = app.add_token(&self.user, expires).await;
        let secret = secret.map_err(named("account", &self.user))?;
        let shown = expires.map(|expires| instant::show(expires, calendar.zone()));
        Ok((secret.reveal().to_owned(), shown))
    }
}

/// The first instant after a date, or the instant itself; a fault of `flag` where it is neither.
pub(crate) fn end(text: &str, flag: &str, calendar: &Calendar) -> Result<Timestamp, Fault> {
    let wrong = |message: String| Fault::usage(message).at(flag);
    let date = text.parse::<Date>().ok().filter(|_| !text.contains('T'));
    let Some(date) = date else {
        let neither = || {
            format!(
                "\"{text}\" is neither a date nor an instant; write 2026-12-31, or 2026-12-31T16:00:00+07:00"
            )
        };
        return instant::read(text, calendar).map(|read| read.at).map_err(|_| wrong(neither()));
    };
    let after = date.tomorrow().map_err(|error| wrong(error.to_string()))?;
    let midnight = after.to_datetime(jiff::civil::Time::midnight());
    let (at, _) = calendar.read_local(midnight).map_err(|error| wrong(error.to_string()))?;
    Ok(at)
}

//! `redress calendar draft`: next year's days off by rule, for a person to compare with the notice.
//! Must not be taken for official: every row says `estimated`.

use clap::ValueEnum;
use redress_calendar::{Country, draft};
use serde_json::json;

use super::week::WeekName;
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// Arguments of `calendar draft`.
#[derive(Debug, clap::Args)]
pub(crate) struct Draft {
    /// The year, 2013 to 2100.
    #[arg(value_name = "YEAR", allow_negative_numbers = true)]
    year: i16,
    /// Whose days off.
    #[arg(long, value_enum, default_value = "vn")]
    country: CountryName,
    /// The company's working week: days in lieu are made for it.
    #[arg(long, value_enum, default_value = "mon-fri")]
    week: WeekName,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CountryName {
    /// Vietnam.
    Vn,
    /// Laos.
    La,
}

impl Draft {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let country = match self.country {
            CountryName::Vn => Country::Vietnam,
            CountryName::La => Country::Laos,
        };
        let csv = draft(country, self.year, &self.week.week(), SystemClock.today())?;
        if output.is_json() {
            output.json(&json!({ "year": self.year, "country": country.as_str(), "csv": csv }))?;
        } else {
            output.text(&csv)?;
        }
        Ok(Exit::Done)
    }
}

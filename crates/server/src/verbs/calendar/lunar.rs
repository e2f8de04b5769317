//! `redress calendar lunar` and `calendar tet`: a date in the Vietnamese lunar calendar, and the
//! first day of Tết. Must not compute: `redress-calendar` does.

use jiff::civil::{Date, Weekday};
use redress_calendar::{LunarDate, tet};
use serde::Serialize;

use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// Arguments of `calendar lunar`.
#[derive(Debug, clap::Args)]
pub(crate) struct Lunar {
    /// The date, 1900-01-01 to the end of the lunar year 2100.
    #[arg(value_name = "DATE")]
    date: Date,
}

/// Arguments of `calendar tet`.
#[derive(Debug, clap::Args)]
pub(crate) struct Tet {
    /// The year, 1900 to 2100.
    #[arg(value_name = "YEAR", allow_negative_numbers = true)]
    year: i16,
}

#[derive(Serialize)]
struct LunarAnswer {
    date: Date,
    lunar: LunarRow,
    can_chi: CanChiRow,
}

#[derive(Serialize)]
struct LunarRow {
    day: u8,
    month: u8,
    leap: bool,
    year: i16,
}

#[derive(Serialize)]
struct CanChiRow {
    year: String,
    month: String,
    day: String,
}

#[derive(Serialize)]
struct TetAnswer {
    year: i16,
    date: Date,
}

impl Lunar {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let lunar = LunarDate::of(self.date)?;
        let answer = LunarAnswer {
            date: self.date,
            lunar: LunarRow {
                day: lunar.day(),
                month: lunar.month(),
                leap: lunar.is_leap(),
                year: lunar.year(),
            },
            can_chi: CanChiRow {
                year: lunar.year_name().to_string(),
                month: lunar.month_name().to_string(),
                day: lunar.day_name().to_string(),
            },
        };
        if output.is_json() {
            output.json(&answer)?;
        } else {
            output.line(in_words(&answer))?;
        }
        Ok(Exit::Done)
    }
}

impl Tet {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let answer = TetAnswer { year: self.year, date: tet(self.year)? };
        if output.is_json() {
            output.json(&answer)?;
        } else {
            let name = LunarDate::of(answer.date)?.year_name();
            let weekday = weekday(answer.date.weekday());
            output.line(format!("{}  {weekday}, mùng 1 Tết {name}", answer.date))?;
        }
        Ok(Exit::Done)
    }
}

/// A day as a Vietnamese wall calendar names it.
fn in_words(answer: &LunarAnswer) -> String {
    let LunarAnswer { date, lunar, can_chi } = answer;
    let day = if lunar.day <= 10 {
        format!("mùng {}", lunar.day)
    } else {
        format!("ngày {}", lunar.day)
    };
    let month = match lunar.month {
        1 => "Giêng".to_owned(),
        12 => "Chạp".to_owned(),
        month => month.to_string(),
    };
    let leap = if lunar.leap { " nhuận" } else { "" };
    let weekday = weekday(date.weekday());
    let CanChiRow { year, month: month_name, day: day_name } = can_chi;
    format!(
        "{date}  {weekday}, {day} tháng {month}{leap} năm {year} ({}); ngày {day_name}, tháng {month_name}",
        lunar.year
    )
}

fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

//! Says amounts: durations, counts, bytes, telephone numbers, days of the week.
//! Must not compute with them.

use jiff::{SignedDuration, civil::Weekday};
use redress_calendar::Amount;

use super::{super::model::WeekRow, Speaker};

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

/// The word of the pack for a day of the week, `mon`.
pub(in super::super) fn weekday_word(day: Weekday) -> &'static str {
    WEEK.iter().find(|(weekday, _)| *weekday == day).map_or("mon", |(_, word)| word)
}

/// The day of the week for a word of the pack.
pub(in super::super) fn weekday(word: &str) -> Option<Weekday> {
    WEEK.iter().find(|(_, known)| *known == word).map(|(weekday, _)| *weekday)
}

impl Speaker<'_> {
    /// An amount of time: `3 giờ`, `7 ngày làm việc`.
    pub(super) fn amount(&self, amount: Amount) -> Result<String, String> {
        match amount {
            Amount::Elapsed(duration) => self.duration(duration),
            Amount::WorkingTime(duration) => {
                let time = self.duration(duration)?;
                self.inner_with("unit.working-time", &[("time", &time)])
            }
            Amount::CalendarDays { days, roll: false } => {
                self.counted("unit.days", i64::from(days))
            }
            Amount::CalendarDays { days, roll: true } => {
                self.counted("unit.days-rolled", i64::from(days))
            }
            Amount::WorkingDays(days) => self.counted("unit.working-days", i64::from(days)),
        }
    }

    fn duration(&self, duration: SignedDuration) -> Result<String, String> {
        let seconds = duration.as_secs();
        let parts = [
            ("unit.hours", seconds / 3600),
            ("unit.minutes", seconds / 60 % 60),
            ("unit.seconds", seconds % 60),
        ];
        let said: Result<Vec<String>, String> = parts
            .into_iter()
            .filter(|(_, count)| *count != 0)
            .map(|(unit, count)| self.counted(unit, count))
            .collect();
        Ok(said?.join(" "))
    }

    /// `unit` in the singular (`<unit>-one`) or the plural with its number.
    pub(super) fn counted(&self, unit: &str, count: i64) -> Result<String, String> {
        let id = if count == 1 { format!("{unit}-one") } else { unit.to_owned() };
        self.inner_with(&id, &[("n", &self.integer(count))])
    }

    /// A whole number with the separator `unit.thousands` of the language.
    pub(super) fn integer(&self, number: i64) -> String {
        let separator = self.texts.get(self.lang, "unit.thousands").unwrap_or("");
        let digits = number.unsigned_abs().to_string();
        let mut said = String::new();
        for (nth, digit) in digits.chars().enumerate() {
            if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
                said.push_str(separator);
            }
            said.push(digit);
        }
        if number < 0 { format!("-{said}") } else { said }
    }

    /// Bytes in the largest unit that divides them: `25 MB`.
    pub(super) fn bytes(&self, bytes: u64) -> Result<String, String> {
        let units = [("unit.megabytes", 1024 * 1024), ("unit.kilobytes", 1024), ("unit.bytes", 1)];
        let (unit, size) = units
            .into_iter()
            .find(|(_, size)| bytes.is_multiple_of(*size))
            .unwrap_or(("unit.bytes", 1));
        let count = i64::try_from(bytes / size).unwrap_or(i64::MAX);
        self.inner_with(unit, &[("n", &self.integer(count))])
    }

    /// The weekly hours: `thứ Hai đến thứ Sáu, 08:00–12:00 và 13:00–17:00`.
    pub(super) fn week(&self, rows: &[WeekRow]) -> Result<String, String> {
        let said: Result<Vec<String>, String> = rows.iter().map(|row| self.week_row(row)).collect();
        Ok(said?.join("; "))
    }

    fn week_row(&self, row: &WeekRow) -> Result<String, String> {
        let name = |day: &Weekday| self.inner(&format!("weekday.{}", weekday_word(*day)));
        let names: Result<Vec<String>, String> = row.days.iter().map(name).collect();
        let names = names?;
        let numbers = || row.days.iter().map(|day| day.to_monday_zero_offset());
        let is_run = numbers().zip(numbers().skip(1)).all(|(a, b)| b == a + 1);
        let days = match names.as_slice() {
            [first, _, .., last] if is_run => {
                self.inner_with("list.range", &[("from", first), ("to", last)])?
            }
            names => self.list(names),
        };
        let hours: Vec<String> =
            row.hours.iter().map(|(from, until)| format!("{from}–{until}")).collect();
        Ok(format!("{days}, {}", self.list(&hours)))
    }
}

/// A telephone number as people of its country write it; `0933.26.98.98` for a Vietnamese mobile.
pub fn telephone(number: &str) -> String {
    let national = number.strip_prefix("+84").map(|rest| format!("0{rest}"));
    let Some(national) = national else {
        let parsed = phonenumber::parse(None, number).ok();
        return parsed.map_or_else(
            || number.to_owned(),
            |parsed| parsed.format().mode(phonenumber::Mode::International).to_string(),
        );
    };
    let cuts: &[usize] =
        if national.len() == 10 { &[4, 6, 8, 10] } else { &[3, 7, national.len()] };
    let mut from = 0;
    let mut parts = Vec::new();
    for cut in cuts {
        parts.extend(national.get(from..*cut));
        from = *cut;
    }
    parts.retain(|part| !part.is_empty());
    parts.join(".")
}

//! The days between a receipt and its due date, row by row: the one form in which command line,
//! API and pages show them. Must not count: the calendar did.

use jiff::civil::Date;
use redress_calendar::{Due, Step, Why};
use redress_core::kinds::Lang;

use crate::{span, t_args, why};

/// One row of the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The day.
    pub on: Date,
    /// Whether it counts.
    pub counts: bool,
    /// Its number among the days that count.
    pub day: Option<u32>,
    /// Why, in words.
    pub why: String,
    /// Whether it is an ordinary day that counts, so that its number says enough.
    pub plain: bool,
}

/// The rows of a term: one a day; one for all where hours run day and night.
pub fn arithmetic(lang: Lang, due: &Due) -> Vec<Row> {
    let elapsed = due.steps.iter().all(|step| step.why == Why::Elapsed);
    let shown = if elapsed { 1 } else { due.steps.len() };
    let row = |step: &Step| Row {
        on: step.on,
        counts: step.counts,
        day: step.day,
        why: reason(lang, step),
        plain: matches!(step.why, Why::WorkingDay | Why::CalendarDay) && step.day.is_some(),
    };
    due.steps.iter().take(shown).map(row).collect()
}

/// Why, and within working hours how much of the time was spent on the day.
fn reason(lang: Lang, step: &Step) -> String {
    let why = why(lang, &step.why);
    if step.why != Why::WorkingTime || step.time.is_zero() {
        return why;
    }
    let time = span(lang, step.time);
    t_args(lang, "why-with-time", &[("why", why.into()), ("time", time.into())])
}

#[cfg(test)]
mod tests {
    use redress_core::policy::shipped;

    use super::*;

    #[test]
    fn working_hours_say_how_much_of_them_each_day_took() {
        let calendar = &shipped().policy.calendar;
        let from = "2026-11-27T15:30:00+07:00".parse().unwrap();
        let due = calendar.add(from, "PT3H working".parse().unwrap()).unwrap();
        let rows = arithmetic(Lang::En, &due).into_iter();
        let said: Vec<_> = rows.map(|row| (row.on.to_string(), row.why)).collect();
        let said: Vec<_> = said.iter().map(|(on, why)| (&**on, &**why)).collect();
        assert_eq!(
            said,
            [
                ("2026-11-27", "counted within working hours only: 1\u{a0}h\u{a0}30\u{a0}min"),
                ("2026-11-28", "weekly rest"),
                ("2026-11-29", "weekly rest"),
                ("2026-11-30", "counted within working hours only: 1\u{a0}h\u{a0}30\u{a0}min"),
            ]
        );
    }
}

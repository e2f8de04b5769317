//! The days between a receipt and its due date, row by row: the one form in which command line,
//! API and pages show them. Must not count: the calendar did.

use jiff::civil::Date;
use redress_calendar::{Due, Why};
use redress_core::kinds::Lang;

use crate::why;

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
    let row = |step: &redress_calendar::Step| Row {
        on: step.on,
        counts: step.counts,
        day: step.day,
        why: why(lang, &step.why),
        plain: matches!(step.why, Why::WorkingDay | Why::CalendarDay) && step.day.is_some(),
    };
    due.steps.iter().take(shown).map(row).collect()
}

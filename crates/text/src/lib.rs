//! Words for people in Vietnamese, English and Lao: message texts, dates, amounts, reasons.
//! Must not decide anything, read a clock or know of HTTP; `now` and the zone are always given.

mod amount;
mod arithmetic;
mod bundle;
mod ids;
mod number;
mod phone;
mod say;
mod when;
mod why;

pub use amount::{amount, amount_in_figures, late_time, left, over, over_by, span};
pub use arithmetic::{Row as ArithmeticRow, arithmetic};
pub use bundle::{Arg, t, t_args};
pub use ids::ids;
pub use number::{file_size, number, percent};
pub use phone::{hotline, phone, phone_masked};
pub use say::{ComplaintState, PromiseState, Spoken, Step, say};
pub use when::{
    clock_time, date, date_in_figures, due, due_in_full, end_of_day, instant, instant_in_full,
    instant_pattern, weekday,
};
pub use why::why;

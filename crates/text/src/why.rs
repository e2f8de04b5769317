//! The reason of one step of a deadline, in words.
//! Must not judge whether a day counts: the calendar did.

use redress_calendar::{DayName, Why};
use redress_core::kinds::Lang;

use crate::bundle::{t, t_args};

/// Why a day counts or not: `ngày nhận`, `nghỉ hằng tuần`, the name of the holiday.
///
/// A holiday without a Lao name reads as a public holiday in Lao.
pub fn why(lang: Lang, reason: &Why) -> String {
    match reason {
        Why::DayOfReceipt => t(lang, "why-day-of-receipt"),
        Why::CalendarDay => t(lang, "why-calendar-day"),
        Why::WorkingDay => t(lang, "why-working-day"),
        Why::MakeUpDay => t(lang, "why-make-up-day"),
        Why::WeeklyRest => t(lang, "why-weekly-rest"),
        Why::Holiday(name) => named(lang, name),
        Why::InLieu(name) => with_name(lang, "why-in-lieu", name),
        Why::SwappedOff(name) => with_name(lang, "why-swapped-off", name),
        Why::RolledOver => t(lang, "why-rolled-over"),
        Why::Elapsed => t(lang, "why-elapsed"),
        Why::WorkingTime => t(lang, "why-working-time"),
        Why::Paused => t(lang, "why-paused"),
    }
}

fn named(lang: Lang, name: &DayName) -> String {
    match lang {
        Lang::Vi => (*name.vi).to_owned(),
        Lang::En => (*name.en).to_owned(),
        Lang::Lo => match &name.lo {
            Some(lo) => (**lo).to_owned(),
            None => t(lang, "why-holiday"),
        },
    }
}

fn with_name(lang: Lang, id: &str, name: &DayName) -> String {
    t_args(lang, id, &[("name", named(lang, name).into())])
}

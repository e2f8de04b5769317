//! Amounts of time in words: what a promise allows, what is left of it, by how much it was missed.
//! Must not add or measure time: that is the calendar's work.

use jiff::SignedDuration;
use redress_calendar::Amount;
use redress_core::kinds::Lang;

use crate::bundle::t_args;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// From here on, time left is told in days and hours (two days).
const DAYS_FROM: i64 = 2 * DAY;

/// What an amount allows, in words: `3 giờ`, `7 ngày làm việc`.
///
/// A negative amount carries a minus sign.
pub fn amount(lang: Lang, amount: Amount) -> String {
    match amount {
        Amount::Elapsed(time) => signed(time.is_negative(), hours_and_minutes(lang, time)),
        Amount::WorkingTime(time) => {
            let shown = signed(time.is_negative(), hours_and_minutes(lang, time));
            t_args(lang, "amount-working-time", &[("time", shown.into())])
        }
        Amount::CalendarDays { days, roll } => {
            let id = if roll { "amount-days-rolled" } else { "amount-days" };
            t_args(lang, id, &[("n", i64::from(days).into())])
        }
        Amount::WorkingDays(days) => {
            t_args(lang, "amount-working-days", &[("n", i64::from(days).into())])
        }
    }
}

/// An amount as its figure and its unit, for large figures: `3` and `ngày`; the unit may wrap.
pub fn amount_in_figures(lang: Lang, given: Amount) -> (String, String) {
    let shown = amount(lang, given);
    match shown.split_once('\u{a0}') {
        Some((figure, unit)) => (figure.to_owned(), unit.replace('\u{a0}', " ")),
        None => (shown, String::new()),
    }
}

/// A length of time by its two largest units: `2 giờ 29 phút`, `5 ngày`; never negative.
///
/// Under a minute it reads as less than a minute. Rounded down to what is shown.
pub fn span(lang: Lang, time: SignedDuration) -> String {
    let seconds = time.as_secs().saturating_abs();
    let unit = |id: &str, n: i64| t_args(lang, id, &[("n", n.into())]);
    let (first, second) = if seconds >= DAYS_FROM {
        (unit("span-days", seconds / DAY), (seconds % DAY / HOUR, "span-hours"))
    } else if seconds >= HOUR {
        (unit("span-hours", seconds / HOUR), (seconds % HOUR / MINUTE, "span-minutes"))
    } else if seconds >= MINUTE {
        (unit("span-minutes", seconds / MINUTE), (0, "span-minutes"))
    } else {
        (unit("span-under-a-minute", 1), (0, "span-minutes"))
    };
    match second {
        (0, _) => first,
        (n, id) => format!("{first}\u{a0}{}", unit(id, n)),
    }
}

/// Time left: `còn 38 phút`.
pub fn left(lang: Lang, time: SignedDuration) -> String {
    t_args(lang, "format-left", &[("time", span(lang, time).into())])
}

/// Time over: `quá 2 giờ 29 phút`.
pub fn over(lang: Lang, time: SignedDuration) -> String {
    t_args(lang, "format-over", &[("time", span(lang, time).into())])
}

/// By how much something is late, without the word for late: `2 ngày làm việc`; below the unit it
/// reads `chưa đến 1 ngày làm việc`.
pub fn late_time(lang: Lang, late: Amount) -> String {
    match late {
        Amount::Elapsed(time) => span(lang, time),
        Amount::WorkingTime(time) => {
            t_args(lang, "amount-working-time", &[("time", span(lang, time).into())])
        }
        Amount::CalendarDays { days: 0, roll } => {
            under(lang, Amount::CalendarDays { days: 1, roll })
        }
        Amount::WorkingDays(0) => under(lang, Amount::WorkingDays(1)),
        Amount::CalendarDays { .. } | Amount::WorkingDays(_) => amount(lang, late),
    }
}

/// Late and still going on: `quá 2 ngày làm việc`.
pub fn over_by(lang: Lang, late: Amount) -> String {
    t_args(lang, "format-over", &[("time", late_time(lang, late).into())])
}

fn under(lang: Lang, one: Amount) -> String {
    t_args(lang, "format-under", &[("time", amount(lang, one).into())])
}

fn hours_and_minutes(lang: Lang, time: SignedDuration) -> String {
    let minutes = time.as_secs().saturating_abs() / MINUTE;
    let unit = |id: &str, n: i64| t_args(lang, id, &[("n", n.into())]);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => unit("amount-minutes", minutes),
        (hours, 0) => unit("amount-hours", hours),
        (hours, minutes) => {
            format!("{}\u{a0}{}", unit("amount-hours", hours), unit("amount-minutes", minutes))
        }
    }
}

fn signed(negative: bool, shown: String) -> String {
    if negative { format!("\u{2212}{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shown: impl Fn(Lang) -> String, wanted: [&str; 3]) {
        for (lang, wanted) in [Lang::Vi, Lang::En, Lang::Lo].into_iter().zip(wanted) {
            let shown = shown(lang);
            assert_eq!(shown.replace('\u{a0}', " "), wanted);
        }
    }

    #[test]
    fn amounts_of_promises_read_as_words() {
        let rows = [
            (Amount::Elapsed(SignedDuration::from_hours(3)), ["3 giờ", "3 hours", "3 ຊົ່ວໂມງ"]),
            (
                Amount::Elapsed(SignedDuration::from_mins(90)),
                ["1 giờ 30 phút", "1 hour 30 minutes", "1 ຊົ່ວໂມງ 30 ນາທີ"],
            ),
            (
                Amount::WorkingTime(SignedDuration::from_hours(3)),
                ["3 giờ làm việc", "3 hours of working time", "3 ຊົ່ວໂມງ ໃນໂມງເຮັດວຽກ"],
            ),
            (Amount::CalendarDays { days: 3, roll: false }, ["3 ngày", "3 days", "3 ມື້"]),
            (Amount::WorkingDays(7), ["7 ngày làm việc", "7 working days", "7 ມື້ເຮັດວຽກ"]),
            (Amount::WorkingDays(1), ["1 ngày làm việc", "1 working day", "1 ມື້ເຮັດວຽກ"]),
        ];
        for (given, wanted) in rows {
            check(|lang| amount(lang, given), wanted);
        }
    }

    #[test]
    fn lateness_is_told_in_the_unit_of_the_promise() {
        let rows = [
            (Amount::WorkingDays(2), ["2 ngày làm việc", "2 working days", "2 ມື້ເຮັດວຽກ"]),
            (
                Amount::WorkingDays(0),
                ["chưa đến 1 ngày làm việc", "less than 1 working day", "ບໍ່ຮອດ 1 ມື້ເຮັດວຽກ"],
            ),
            (Amount::CalendarDays { days: 3, roll: false }, ["3 ngày", "3 days", "3 ມື້"]),
            (
                Amount::Elapsed(SignedDuration::from_mins(90)),
                ["1 giờ 30 phút", "1 h 30 min", "1 ຊົ່ວໂມງ 30 ນາທີ"],
            ),
            (
                Amount::WorkingTime(SignedDuration::from_hours(2)),
                ["2 giờ làm việc", "2 h of working time", "2 ຊົ່ວໂມງ ໃນໂມງເຮັດວຽກ"],
            ),
        ];
        for (given, wanted) in rows {
            check(|lang| late_time(lang, given), wanted);
        }
    }

    #[test]
    fn time_left_and_over_show_two_units() {
        check(
            |lang| left(lang, SignedDuration::from_mins(38)),
            ["còn 38 phút", "38 min left", "ເຫຼືອ 38 ນາທີ"],
        );
        check(
            |lang| over(lang, SignedDuration::from_mins(-149)),
            ["quá 2 giờ 29 phút", "2 h 29 min over", "ກາຍ 2 ຊົ່ວໂມງ 29 ນາທີ"],
        );
        check(
            |lang| left(lang, SignedDuration::from_hours(120)),
            ["còn 5 ngày", "5 days left", "ເຫຼືອ 5 ມື້"],
        );
        check(
            |lang| left(lang, SignedDuration::from_secs(20)),
            ["còn chưa đến 1 phút", "less than 1 min left", "ເຫຼືອ ບໍ່ຮອດ 1 ນາທີ"],
        );
    }
}

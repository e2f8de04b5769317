//! Instants and dates as people say them; the zone and `now` are given.
//! Must not compute a term: that is the calendar's work.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use redress_core::kinds::Lang;

use crate::bundle::{t, t_args};

/// A day with its weekday, `thứ Tư 25/11`; with its year when that is not `this_year`.
pub fn date(lang: Lang, date: Date, this_year: i16) -> String {
    let weekday = weekday(lang, date);
    let day =
        if date.year() == this_year { short(lang, date) } else { date_in_figures(lang, date) };
    t_args(lang, "format-date", &[("weekday", weekday.into()), ("day", day.into())])
}

/// A day without its weekday, always with its year: `25/11/2026`, in English `25 Nov 2026`.
pub fn date_in_figures(lang: Lang, date: Date) -> String {
    let year = date.year().to_string();
    let day = short(lang, date);
    t_args(lang, "format-day-year", &[("day", day.into()), ("year", year.into())])
}

/// The name of the weekday: `thứ Tư`, `Wed`, `ວັນພຸດ`.
pub fn weekday(lang: Lang, date: Date) -> String {
    t(lang, &format!("weekday-{}", date.weekday().to_monday_one_offset()))
}

/// A minute of a day, `10:24 thứ Tư 25/11`; with the year when that is not the year of `now`.
pub fn instant(lang: Lang, at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
    let local = at.to_zoned(zone.clone()).datetime();
    let this_year = now.to_zoned(zone.clone()).year();
    let day = date(lang, local.date(), this_year);
    on_day(lang, local.time(), day)
}

/// A minute of a day, always with its year and never as today: for what is printed and kept.
pub fn instant_in_full(lang: Lang, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone()).datetime();
    on_day(lang, local.time(), date_in_full(lang, local.date()))
}

/// The form of [`instant_in_full`] with `{time}`, `{weekday}`, `{day}`, `{month}` and `{year}` in it,
/// for pages that put in what they learn in the browser; `{month}` is a text `month-N`, and `{day}`
/// has two figures except in English.
pub fn instant_pattern(lang: Lang) -> String {
    let day = t_args(lang, "format-day", &[("day", "{day}".into()), ("month", "{month}".into())]);
    let day = t_args(lang, "format-day-year", &[("day", day.into()), ("year", "{year}".into())]);
    let date = t_args(lang, "format-date", &[("weekday", "{weekday}".into()), ("day", day.into())]);
    t_args(lang, "format-instant", &[("time", "{time}".into()), ("date", date.into())])
}

/// Like [`due`], always with its year and never as today: for what is printed and kept.
pub fn due_in_full(lang: Lang, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone()).datetime();
    if local.time() != Time::midnight() {
        return instant_in_full(lang, at, zone);
    }
    let last = date_in_full(lang, day_before(local.date()));
    t_args(lang, "format-end-of-day", &[("date", last.into())])
}

/// Like [`instant`], and `13:24 hôm nay` on the day of `now`.
pub fn clock_time(lang: Lang, at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
    let local = at.to_zoned(zone.clone()).datetime();
    if local.date() == now.to_zoned(zone.clone()).date() {
        let time = time(local.time());
        return t_args(lang, "format-today", &[("time", time.into())]);
    }
    instant(lang, at, zone, now)
}

/// The end of a day, `hết ngày thứ Bảy 28/11 (24:00)`.
pub fn end_of_day(lang: Lang, day: Date, this_year: i16) -> String {
    t_args(lang, "format-end-of-day", &[("date", date(lang, day, this_year).into())])
}

/// Until when something is in time, for `at` = the first instant that is too late.
///
/// Midnight reads as the end of the day before, which is how day counts end (Civil Code 148);
/// any other instant reads as [`clock_time`].
pub fn due(lang: Lang, at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
    let local = at.to_zoned(zone.clone()).datetime();
    if local.time() != Time::midnight() {
        return clock_time(lang, at, zone, now);
    }
    end_of_day(lang, day_before(local.date()), now.to_zoned(zone.clone()).year())
}

/// The day before; the first day of all stays itself.
fn day_before(day: Date) -> Date {
    day.checked_sub(1.day()).unwrap_or(day)
}

fn date_in_full(lang: Lang, day: Date) -> String {
    let weekday = weekday(lang, day);
    let day = date_in_figures(lang, day);
    t_args(lang, "format-date", &[("weekday", weekday.into()), ("day", day.into())])
}

fn on_day(lang: Lang, at: Time, day: String) -> String {
    t_args(lang, "format-instant", &[("time", time(at).into()), ("date", day.into())])
}

fn time(at: Time) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn short(lang: Lang, date: Date) -> String {
    let day = if lang == Lang::En { date.day().to_string() } else { format!("{:02}", date.day()) };
    let month = t(lang, &format!("month-{}", date.month()));
    t_args(lang, "format-day", &[("day", day.into()), ("month", month.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGS: [Lang; 3] = [Lang::Vi, Lang::En, Lang::Lo];

    fn check(shown: impl Fn(Lang) -> String, wanted: [&str; 3]) {
        for (lang, wanted) in LANGS.into_iter().zip(wanted) {
            assert_eq!(shown(lang).replace('\u{a0}', " "), wanted);
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("the test's own instant")
    }

    fn hanoi() -> TimeZone {
        TimeZone::get("Asia/Ho_Chi_Minh").expect("the zone is bundled")
    }

    #[test]
    fn an_instant_reads_as_time_weekday_and_day() {
        let now = at("2026-11-25T10:24:00+07:00");
        check(
            |lang| instant(lang, now, &hanoi(), now),
            ["10:24 thứ Tư 25/11", "10:24, Wed 25 Nov", "10:24 ວັນພຸດ 25/11"],
        );
    }

    #[test]
    fn the_form_of_an_instant_has_its_parts_in_place() {
        let at = at("2026-11-25T10:24:00+07:00");
        for lang in LANGS {
            let day = weekday(lang, jiff::civil::date(2026, 11, 25));
            let filled = instant_pattern(lang)
                .replace("{time}", "10:24")
                .replace("{weekday}", &day)
                .replace("{day}", "25")
                .replace("{month}", &t(lang, "month-11"))
                .replace("{year}", "2026");
            assert_eq!(filled, instant_in_full(lang, at, &hanoi()));
        }
    }

    #[test]
    fn another_year_is_named() {
        let now = at("2026-11-25T10:24:00+07:00");
        check(
            |lang| instant(lang, at("2027-01-01T00:30:00+07:00"), &hanoi(), now),
            ["00:30 thứ Sáu 01/01/2027", "00:30, Fri 1 Jan 2027", "00:30 ວັນສຸກ 01/01/2027"],
        );
    }

    #[test]
    fn the_same_day_reads_as_today() {
        let now = at("2026-11-25T10:24:00+07:00");
        check(
            |lang| due(lang, at("2026-11-25T13:24:00+07:00"), &hanoi(), now),
            ["13:24 hôm nay", "13:24 today", "13:24 ມື້ນີ້"],
        );
    }

    #[test]
    fn midnight_reads_as_the_end_of_the_day_before() {
        let now = at("2026-11-25T10:24:00+07:00");
        check(
            |lang| due(lang, at("2026-11-29T00:00:00+07:00"), &hanoi(), now),
            [
                "hết ngày thứ Bảy 28/11 (24:00)",
                "the end of Sat 28 Nov (24:00)",
                "ໝົດວັນເສົາ 28/11 (24:00)",
            ],
        );
    }

    #[test]
    fn what_is_kept_always_names_the_year() {
        check(
            |lang| due_in_full(lang, at("2026-11-29T00:00:00+07:00"), &hanoi()),
            [
                "hết ngày thứ Bảy 28/11/2026 (24:00)",
                "the end of Sat 28 Nov 2026 (24:00)",
                "ໝົດວັນເສົາ 28/11/2026 (24:00)",
            ],
        );
        check(
            |lang| due_in_full(lang, at("2026-11-25T13:24:00+07:00"), &hanoi()),
            ["13:24 thứ Tư 25/11/2026", "13:24, Wed 25 Nov 2026", "13:24 ວັນພຸດ 25/11/2026"],
        );
    }

    #[test]
    fn a_day_in_figures_always_has_its_year() {
        let day = jiff::civil::date(2026, 11, 5);
        check(|lang| date_in_figures(lang, day), ["05/11/2026", "5 Nov 2026", "05/11/2026"]);
    }
}

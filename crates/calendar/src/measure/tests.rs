//! Measured spans as tables.

use jiff::civil::date;

use crate::{Calendar, CalendarError, Week, vietnam};

fn check(calendar: &Calendar, from: &str, to: &str, seconds: i64, days: i64) {
    let measured = calendar.measure(from.parse().unwrap(), to.parse().unwrap()).unwrap();
    let got = (measured.working_seconds, measured.working_days);
    assert_eq!(got, (seconds, days), "{from} to {to}");
}

#[test]
fn spans_are_measured_in_working_time() {
    let vn = vietnam().build().unwrap();
    let table = [
        ("2026-02-12T08:00:00+07:00", "2026-02-12T17:00:00+07:00", 8 * 3600, 0),
        ("2026-02-12T11:30:00+07:00", "2026-02-12T13:30:00+07:00", 3600, 0),
        ("2026-02-12T16:00:00+07:00", "2026-02-13T09:00:00+07:00", 2 * 3600, 1),
        ("2026-02-13T16:00:00+07:00", "2026-03-03T23:59:59+07:00", (1 + 7 * 8) * 3600, 7),
        ("2026-02-14T00:00:00+07:00", "2026-02-22T23:00:00+07:00", 0, 0),
        ("2026-02-12T08:00:00+07:00", "2026-02-12T08:00:00.9+07:00", 0, 0),
    ];
    for (from, to, seconds, days) in table {
        check(&vn, from, to, seconds, days);
        check(&vn, from, from, 0, 0);
    }
}

#[test]
fn a_reversed_span_is_negative_and_counts_days_from_its_first_instant() {
    let vn = vietnam().build().unwrap();
    check(&vn, "2026-03-03T17:00:00+07:00", "2026-02-13T16:00:00+07:00", -57 * 3600, -7);
    // From Saturday back to Friday: Friday is the first working day before.
    check(&vn, "2026-02-14T09:00:00+07:00", "2026-02-13T17:00:00+07:00", 0, -1);
}

#[test]
fn a_day_of_twenty_five_hours_has_twenty_five() {
    let week = Week::parse([("sun", [("00:00", "24:00")])]).unwrap();
    let berlin = Calendar::builder("b").zone("Europe/Berlin").week(week).build().unwrap();
    let (from, to) = ("2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00");
    check(&berlin, from, to, 25 * 3600, 1);
    check(&berlin, to, from, -25 * 3600, -1);
}

#[test]
fn a_span_across_the_coverage_is_refused() {
    let vn = vietnam().build().unwrap();
    let (from, to) = ("2030-12-30T09:00:00+07:00", "2031-01-02T09:00:00+07:00");
    let error = vn.measure(from.parse().unwrap(), to.parse().unwrap()).unwrap_err();
    let CalendarError::BeyondCoverage { wanted, .. } = error else { unreachable!("{error}") };
    assert_eq!(wanted, date(2031, 1, 1));
}

#[test]
fn the_next_working_instant_is_now_within_hours() {
    let vn = vietnam().build().unwrap();
    let table = [
        ("2026-02-12T09:15:00+07:00", "2026-02-12T09:15:00+07:00"),
        ("2026-02-12T12:00:00+07:00", "2026-02-12T13:00:00+07:00"),
        ("2026-02-13T17:00:00+07:00", "2026-02-23T08:00:00+07:00"),
    ];
    for (from, next) in table {
        let got = vn.next_working_instant(from.parse().unwrap()).unwrap();
        assert_eq!(got, next.parse().unwrap(), "{from}");
    }
}

//! Putting calendars together: what beats what, and every mistake named.

use jiff::civil::{Date, date};
use redress_calendar::{
    Calendar, CalendarBuilder, CalendarError, ClockChange, DAY_END, DayKind, DayName, Hours,
    Problem, Week, clock, vietnam,
};

fn hours(pairs: &[(&str, &str)]) -> Result<Hours, CalendarError> {
    Hours::parse(pairs.iter().copied())
}

fn check_refused(builder: CalendarBuilder, error: &CalendarError) {
    assert_eq!(builder.build().map(|calendar| calendar.id().to_string()).as_ref(), Err(error));
}

fn check_day(builder: &CalendarBuilder, on: Date, kind: &str, printed: &str) {
    let calendar = builder.clone().build().expect("the calendar builds");
    let day = calendar.day(on).expect("the day is covered");
    let hours: Vec<_> = day
        .hours
        .iter()
        .map(|(from, until)| format!("{}-{}", clock(*from), clock(*until)))
        .collect();
    assert_eq!((day.kind.as_str(), &*hours.join(" ")), (kind, printed), "{on}");
    assert_eq!(day.working, !hours.is_empty());
}

#[test]
fn a_shift_beats_a_swap_beats_a_holiday_beats_the_week() {
    let short = hours(&[("09:00", "11:00")]).unwrap();
    let office = "08:00-12:00 13:00-17:00";
    let plain = vietnam();
    check_day(&plain, date(2026, 8, 20), "work", office);
    check_day(&plain, date(2026, 8, 22), "weekly-rest", "");
    check_day(&plain, date(2026, 9, 2), "holiday", "");
    check_day(&plain, date(2026, 4, 26), "holiday", "");
    check_day(&plain, date(2026, 4, 27), "in-lieu", "");
    let swapping = vietnam().swaps(true);
    check_day(&swapping, date(2026, 8, 22), "make-up", office);
    check_day(&swapping, date(2026, 8, 31), "swap-off", "");
    let shift = |on, hours: &Hours| vietnam().swaps(true).shift(on, hours.clone());
    check_day(&shift(date(2026, 8, 20), &short), date(2026, 8, 20), "work", "09:00-11:00");
    check_day(&shift(date(2026, 8, 22), &short), date(2026, 8, 22), "make-up", "09:00-11:00");
    check_day(&shift(date(2026, 8, 31), &short), date(2026, 8, 31), "make-up", "09:00-11:00");
    check_day(&shift(date(2026, 9, 2), &short), date(2026, 9, 2), "make-up", "09:00-11:00");
    check_day(&shift(date(2026, 8, 20), &Hours::rest()), date(2026, 8, 20), "swap-off", "");
    check_day(&shift(date(2026, 8, 23), &Hours::rest()), date(2026, 8, 23), "weekly-rest", "");
    check_day(&shift(date(2026, 9, 2), &Hours::rest()), date(2026, 9, 2), "holiday", "");
}

#[test]
fn a_day_off_may_have_no_name_and_a_given_one_beats_the_file() {
    let calendar = vietnam()
        .holiday(date(2026, 7, 1), None)
        .holiday(date(2026, 9, 2), Some(DayName::new("Nghỉ riêng", "Own day").with_lo("ພັກ")))
        .build()
        .unwrap();
    let unnamed = calendar.day(date(2026, 7, 1)).unwrap();
    assert_eq!((unnamed.kind, unnamed.name, unnamed.source), (DayKind::Holiday, None, None));
    let named = calendar.day(date(2026, 9, 2)).unwrap().name.unwrap();
    assert_eq!((&*named.vi, named.lo.as_deref()), ("Nghỉ riêng", Some("ພັກ")));
}

#[test]
fn weeks_hold_several_intervals_and_part_days() {
    let office = vec![("13:00", "17:00"), ("08:00", "12:00")];
    let week = Week::parse([("sat", vec![("08:00", "11:30")]), ("mon", office)]).unwrap();
    let morning = vec![("08:00", "12:00"), ("13:00", "17:00")];
    let other_order = Week::parse([("mon", morning), ("sat", vec![("08:00", "11:30")])]).unwrap();
    assert_eq!(week, other_order, "order does not matter");
    let builder = Calendar::builder("x").week(week.clone());
    check_day(&builder, date(2026, 8, 22), "work", "08:00-11:30");
    check_day(&builder, date(2026, 8, 24), "work", "08:00-12:00 13:00-17:00");
    check_day(&builder, date(2026, 8, 25), "weekly-rest", "");
    assert_eq!(week.first_working_hours(), *Week::mon_fri().hours(jiff::civil::Weekday::Friday));
    let night = hours(&[("22:00:30", "24:00")]).unwrap();
    let printed: Vec<_> = night.iter().map(|(from, until)| (clock(from), until)).collect();
    assert_eq!(printed, [("22:00:30".to_owned(), DAY_END)]);
}

#[test]
fn hours_that_make_no_sense_are_refused() {
    let unknown = |text: &str| Err(CalendarError::UnknownTime { text: text.to_owned() });
    for text in ["8:00", "24:01", "25:00", "08:60", "08", "08:00:00:00", "", "+8:00", "08:00:60"] {
        assert_eq!(hours(&[(text, "17:00")]), unknown(text));
    }
    let reversed = |from: &str, until: &str| {
        let (from, until) = (from.to_owned(), until.to_owned());
        Err(CalendarError::IntervalReversed { from, until })
    };
    assert_eq!(hours(&[("17:00", "08:00")]), reversed("17:00", "08:00"));
    assert_eq!(hours(&[("08:00", "08:00")]), reversed("08:00", "08:00"));
    let overlap = Err(CalendarError::IntervalsOverlap { at: "11:59".to_owned() });
    assert_eq!(hours(&[("11:59", "17:00"), ("08:00", "12:00")]), overlap);
    assert!(hours(&[("12:00", "17:00"), ("08:00", "12:00")]).is_ok(), "touching is no overlap");
    let office = [("08:00", "12:00")];
    let unknown = CalendarError::UnknownWeekday { name: "monday".to_owned() };
    assert_eq!(Week::parse([("monday", office)]), Err(unknown));
    let twice = CalendarError::WeekdayTwice { name: "mon" };
    assert_eq!(Week::parse([("mon", office), ("mon", office)]), Err(twice));
}

#[test]
fn calendars_that_make_no_sense_are_refused() {
    let plain = || Calendar::builder("x");
    let zone = CalendarError::UnknownZone { name: "Asia/Hanoi".to_owned() };
    check_refused(plain().zone("Asia/Hanoi"), &zone);
    check_refused(plain().week(Week::empty()), &CalendarError::NoWorkingTime);
    let (from, until) = (date(2026, 2, 1), date(2026, 1, 1));
    let reversed = CalendarError::CoverageReversed { from, until };
    check_refused(plain().covers(from, until), &reversed);
    let on = date(2026, 1, 5);
    let twice = plain().shift(on, Hours::rest()).shift(on, Hours::rest());
    check_refused(twice, &CalendarError::ShiftTwice { on });
    let no_coverage = "# as-of: 2026-01-01\ndate,kind\n";
    check_refused(plain().holidays(no_coverage), &CalendarError::CoverageUnstated);
    let no_date = "# covers: 2026-01-01 2026-12-31\ndate,kind\n";
    check_refused(plain().holidays(no_date), &CalendarError::AsOfUnstated);
    let (line, column, reason) = (2, 1, Problem::Date("soon".to_owned()));
    let unreadable = CalendarError::Unreadable { line, column, reason };
    check_refused(plain().holidays("date,kind\nsoon,tet\n"), &unreadable);
    assert_eq!(unreadable.to_string(), "line 2, column 1: \"soon\" is not a date YYYY-MM-DD",);
}

#[test]
fn what_the_caller_states_beats_what_the_file_states() {
    let (from, until) = (date(2026, 1, 1), date(2026, 12, 31));
    let builder = vietnam().covers(from, until).as_of(date(2026, 12, 1));
    let calendar = builder.build().unwrap();
    assert_eq!(calendar.covers(), (from, until));
    assert_eq!(calendar.id().to_string(), "vn@2026-12-01");
    let error = calendar.day(date(2027, 1, 1)).unwrap_err();
    assert!(matches!(error, CalendarError::BeyondCoverage { .. }), "{error}");
    assert_eq!(calendar.days(until, from), Ok(vec![]));
    assert_eq!(calendar.days(from, date(2027, 1, 1)), Err(error));
    assert_eq!(Calendar::builder("plain").build().unwrap().id().to_string(), "plain");
}

#[test]
fn a_local_time_that_is_skipped_or_happens_twice_is_said() {
    let berlin = Calendar::builder("b").zone("Europe/Berlin").build().unwrap();
    let table = [
        ("2026-03-29T02:30", "2026-03-29T03:30+02:00", Some(ClockChange::Skipped)),
        ("2026-10-25T02:30", "2026-10-25T02:30+02:00", Some(ClockChange::Twice)),
        ("2026-10-25T04:30", "2026-10-25T04:30+01:00", None),
    ];
    for (local, at, change) in table {
        let read = berlin.read_local(local.parse().unwrap()).unwrap();
        assert_eq!(read, (at.parse().unwrap(), change), "{local}");
    }
}

#[test]
fn the_companys_own_days_come_from_a_list_too() {
    let list = "date,hours,name_vi,name_en,name_lo,source\n\
                2026-02-14,08:00-12:00,Làm bù,Make-up day,,notice 7\n\
                2026-02-13,off,Nghỉ sớm,Early leave,,notice 7\n";
    let builder = vietnam().shifts(list);
    check_day(&builder, date(2026, 2, 14), "make-up", "08:00-12:00");
    check_day(&builder, date(2026, 2, 13), "swap-off", "");
    let day = builder.clone().build().unwrap().day(date(2026, 2, 13)).unwrap();
    assert_eq!(&*day.name.unwrap().vi, "Nghỉ sớm");
    assert_eq!(day.source.as_deref(), Some("notice 7"));
    let on = date(2026, 2, 14);
    check_refused(builder.shift(on, Hours::rest()), &CalendarError::ShiftTwice { on });
    let (line, column, reason) = (2, 1, Problem::Date("soon".to_owned()));
    let error = CalendarError::UnreadableShifts { line, column, reason };
    check_refused(vietnam().shifts("date,hours\nsoon,off\n"), &error);
    assert_eq!(error.to_string(), "shifts, line 2, column 1: \"soon\" is not a date YYYY-MM-DD");
}

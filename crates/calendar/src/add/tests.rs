//! Terms as a lawyer would check them: receipt, amount, last day or instant.

use jiff::Timestamp;
use jiff::civil::date;

use crate::{
    Amount, Calendar, CalendarError, DayName, Due, Hours, Step, Week, Why, clock, laos, vietnam,
};

fn mon_fri() -> Calendar {
    vietnam().build().unwrap()
}

fn swapping() -> Calendar {
    vietnam().swaps(true).build().unwrap()
}

fn mon_sat() -> Calendar {
    vietnam().week(Week::mon_sat()).build().unwrap()
}

/// The same hours every day of the year in a zone with daylight saving.
fn every_day(zone: &str, from: &str, until: &str) -> Calendar {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let week = Week::parse(days.map(|day| (day, [(from, until)]))).unwrap();
    Calendar::builder("every-day").zone(zone).week(week).build().unwrap()
}

fn add(calendar: &Calendar, from: &str, amount: &str) -> Result<Due, CalendarError> {
    let amount = amount.parse::<Amount>().unwrap();
    let due = calendar.add(from.parse().unwrap(), amount)?;
    assert_eq!(calendar.due_at(from.parse().unwrap(), amount)?, due.at, "one algorithm");
    Ok(due)
}

fn check_last_day(calendar: &Calendar, from: &str, amount: &str, last_day: &str) {
    let due = add(calendar, from, amount).unwrap();
    assert_eq!(due.due_on.to_string(), last_day, "{amount} from {from}");
    assert_eq!(due.at, calendar.end_of(due.due_on).unwrap(), "{amount} from {from}");
}

fn check_instant(calendar: &Calendar, from: &str, amount: &str, at: &str) {
    let due = add(calendar, from, amount).unwrap();
    assert_eq!(due.at, at.parse::<Timestamp>().unwrap(), "{amount} from {from}: {}", due.at);
    assert_eq!(due.due_on, calendar.local_date(due.at));
}

fn story(due: &Due) -> String {
    let line = |step: &Step| {
        let day = step.day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let name = step.why.name().map_or("", |name| &name.en);
        let counts = if step.counts { "counts" } else { "" };
        format!("{} {day:>2} {counts:6} {} {name}", step.on, step.why.as_str()).trim().to_owned()
    };
    due.steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_last_days_of_the_reference_table_are_met() {
    let table = [
        // received     3 days        7 wd          with swaps    Mon–Sat
        ["2026-11-20", "2026-11-23", "2026-12-02", "2026-12-02", "2026-11-30"],
        ["2026-02-12", "2026-02-15", "2026-03-02", "2026-03-02", "2026-02-26"],
        ["2026-08-20", "2026-08-23", "2026-08-31", "2026-08-28", "2026-08-28"],
        ["2026-04-24", "2026-04-27", "2026-05-08", "2026-05-08", "2026-05-06"],
        ["2025-12-30", "2026-01-02", "2026-01-09", "2026-01-10", "2026-01-08"],
    ];
    for [received, days, working, with_swaps, with_saturday] in table {
        for hour in ["T00:00:00+07:00", "T09:30:00+07:00", "T23:59:59+07:00"] {
            let received = format!("{received}{hour}");
            check_last_day(&mon_fri(), &received, "3d", days);
            check_last_day(&mon_fri(), &received, "7wd", working);
            check_last_day(&swapping(), &received, "7wd", with_swaps);
            check_last_day(&mon_sat(), &received, "7wd", with_saturday);
        }
    }
}

#[test]
fn a_second_answer_over_tet_is_explained_day_by_day() {
    let due = add(&mon_fri(), "2026-02-13T16:00:00+07:00", "7wd").unwrap();
    assert_eq!(due.at, "2026-03-04T00:00:00+07:00".parse().unwrap());
    insta::assert_snapshot!(story(&due), @r"
    2026-02-13  -        day-of-receipt
    2026-02-14  -        weekly-rest
    2026-02-15  -        weekly-rest
    2026-02-16  -        holiday Lunar New Year (day 29 of month 12)
    2026-02-17  -        holiday Lunar New Year (day 1 of month 1)
    2026-02-18  -        holiday Lunar New Year (day 2 of month 1)
    2026-02-19  -        holiday Lunar New Year (day 3 of month 1)
    2026-02-20  -        holiday Lunar New Year (day 4 of month 1)
    2026-02-21  -        weekly-rest
    2026-02-22  -        weekly-rest
    2026-02-23  1 counts working-day
    2026-02-24  2 counts working-day
    2026-02-25  3 counts working-day
    2026-02-26  4 counts working-day
    2026-02-27  5 counts working-day
    2026-02-28  -        weekly-rest
    2026-03-01  -        weekly-rest
    2026-03-02  6 counts working-day
    2026-03-03  7 counts working-day
    ");
}

#[test]
fn swapped_days_are_explained() {
    let due = add(&swapping(), "2026-08-20T10:00:00+07:00", "8wd").unwrap();
    insta::assert_snapshot!(story(&due), @r"
    2026-08-20  -        day-of-receipt
    2026-08-21  1 counts working-day
    2026-08-22  2 counts make-up-day
    2026-08-23  -        weekly-rest
    2026-08-24  3 counts working-day
    2026-08-25  4 counts working-day
    2026-08-26  5 counts working-day
    2026-08-27  6 counts working-day
    2026-08-28  7 counts working-day
    2026-08-29  -        weekly-rest
    2026-08-30  -        weekly-rest
    2026-08-31  -        swapped-off Swapped day off
    2026-09-01  -        holiday National Day (adjacent day)
    2026-09-02  -        holiday National Day
    2026-09-03  8 counts working-day
    ");
}

#[test]
fn a_rolled_term_says_which_day_moved() {
    let due = add(&mon_fri(), "2026-04-23T10:00:00+07:00", "3d roll").unwrap();
    assert_eq!(due.due_on, date(2026, 4, 28));
    insta::assert_snapshot!(story(&due), @r"
    2026-04-23  -        day-of-receipt
    2026-04-24  1 counts calendar-day
    2026-04-25  2 counts calendar-day
    2026-04-26  -        rolled-over
    2026-04-27  -        in-lieu Hung Kings Commemoration Day (in lieu)
    2026-04-28  3 counts working-day
    ");
}

#[test]
fn day_counts_end_on_these_days() {
    let table = [
        ("2026-04-24T09:00:00+07:00", "3d", "2026-04-27"),
        ("2026-04-24T09:00:00+07:00", "3d roll", "2026-04-28"),
        ("2026-04-27T23:59:59+07:00", "1d", "2026-04-28"),
        ("2026-04-27T17:00:00Z", "1d", "2026-04-29"), // already the 28th in Vietnam
        ("2026-04-24T09:00:00+07:00", "0d", "2026-04-24"),
        ("2026-04-25T09:00:00+07:00", "0d", "2026-04-25"),
        ("2026-04-25T09:00:00+07:00", "0d roll", "2026-04-28"),
        ("2026-04-25T09:00:00+07:00", "0wd", "2026-04-25"),
        ("2026-04-25T09:00:00+07:00", "1wd", "2026-04-28"),
        ("2026-04-28T09:00:00+07:00", "-3d", "2026-04-25"),
        ("2026-04-28T09:00:00+07:00", "-3d roll", "2026-04-24"),
        ("2026-04-28T09:00:00+07:00", "-1wd", "2026-04-24"),
        ("2026-03-03T09:00:00+07:00", "-7wd", "2026-02-13"),
        ("2024-02-28T09:00:00+07:00", "1d", "2024-02-29"),
        ("2026-12-30T09:00:00+07:00", "3d", "2027-01-02"),
        ("2026-11-23T09:00:00+07:00", "1wd", "2026-11-25"),
    ];
    for (from, amount, last_day) in table {
        check_last_day(&mon_fri(), from, amount, last_day);
    }
}

#[test]
fn elapsed_time_runs_day_and_night() {
    let table = [
        ("2026-02-13T16:00:00+07:00", "PT3H", "2026-02-13T19:00:00+07:00"),
        ("2026-02-16T23:00:00+07:00", "PT3H", "2026-02-17T02:00:00+07:00"),
        ("2026-02-13T16:00:00+07:00", "PT72H", "2026-02-16T16:00:00+07:00"),
        ("2026-02-13T16:00:00+07:00", "-PT72H", "2026-02-10T16:00:00+07:00"),
        ("2026-02-13T16:00:00+07:00", "PT0S", "2026-02-13T16:00:00+07:00"),
        ("2026-02-13T16:00:00.25+07:00", "PT0.5S", "2026-02-13T16:00:00.75+07:00"),
        ("2026-02-13T16:00:00+07:00", "PT8H", "2026-02-14T00:00:00+07:00"),
    ];
    for (from, amount, at) in table {
        check_instant(&mon_fri(), from, amount, at);
    }
    // Summer time began in Berlin at 02:00 on 29 March: three hours after 01:00 it is 05:00.
    let berlin = every_day("Europe/Berlin", "00:00", "24:00");
    check_instant(&berlin, "2026-03-29T01:00:00+01:00", "PT3H", "2026-03-29T05:00:00+02:00");
}

#[test]
fn working_time_runs_within_working_hours() {
    let table = [
        ("2026-02-13T16:00:00+07:00", "PT3H working", "2026-02-23T10:00:00+07:00"),
        ("2026-02-12T08:00:00+07:00", "PT4H working", "2026-02-12T12:00:00+07:00"),
        ("2026-02-12T08:00:00+07:00", "PT8H working", "2026-02-12T17:00:00+07:00"),
        ("2026-02-12T11:30:00+07:00", "PT1H working", "2026-02-12T13:30:00+07:00"),
        ("2026-02-12T12:30:00+07:00", "PT0S working", "2026-02-12T13:00:00+07:00"),
        ("2026-02-12T12:00:00+07:00", "PT0S working", "2026-02-12T13:00:00+07:00"),
        ("2026-02-12T09:15:00+07:00", "PT0S working", "2026-02-12T09:15:00+07:00"),
        ("2026-02-13T17:00:00+07:00", "PT0S working", "2026-02-23T08:00:00+07:00"),
        ("2026-02-12T13:00:00+07:00", "-PT1H working", "2026-02-12T11:00:00+07:00"),
        ("2026-02-12T17:00:00+07:00", "-PT8H working", "2026-02-12T08:00:00+07:00"),
        ("2026-02-23T08:30:00+07:00", "-PT1H working", "2026-02-13T16:30:00+07:00"),
        ("2026-02-12T08:00:00.5+07:00", "PT1S working", "2026-02-12T08:00:01.5+07:00"),
    ];
    for (from, amount, at) in table {
        check_instant(&mon_fri(), from, amount, at);
    }
    check_instant(
        &swapping(),
        "2026-08-21T16:30:00+07:00",
        "PT1H working",
        "2026-08-22T08:30:00+07:00",
    );
}

#[test]
fn working_time_is_explained_and_sums_to_its_amount() {
    let due = add(&mon_fri(), "2026-04-24T16:00:00+07:00", "PT3H working").unwrap();
    assert_eq!(due.at, "2026-04-28T10:00:00+07:00".parse().unwrap());
    let spent: Vec<_> =
        due.steps.iter().map(|step| (step.why.as_str(), step.time.as_hours())).collect();
    let expected = [
        ("working-time", 1),
        ("weekly-rest", 0),
        ("holiday", 0),
        ("in-lieu", 0),
        ("working-time", 2),
    ];
    assert_eq!(spent, expected);
}

#[test]
fn clock_changes_neither_lose_nor_double_an_hour() {
    // 29 March 2026: 02:00 to 03:00 is skipped. 25 October 2026: 02:00 to 03:00 happens twice.
    let day = every_day("Europe/Berlin", "00:00", "24:00");
    check_instant(&day, "2026-03-29T00:00:00+01:00", "PT23H working", "2026-03-30T00:00:00+02:00");
    check_instant(&day, "2026-10-25T00:00:00+02:00", "PT25H working", "2026-10-26T00:00:00+01:00");
    check_instant(&day, "2026-10-26T00:00:00+01:00", "-PT25H working", "2026-10-25T00:00:00+02:00");
    // A start that is skipped is read as the same distance after midnight: 02:30 becomes 03:30.
    let night = every_day("Europe/Berlin", "02:30", "06:00");
    check_instant(&night, "2026-03-29T00:00:00+01:00", "PT0S working", "2026-03-29T03:30:00+02:00");
    check_instant(&night, "2026-03-29T00:00:00+01:00", "PT1H working", "2026-03-29T04:30:00+02:00");
    // A start that happens twice is the first: 02:30 to 06:00 lasts four and a half hours.
    check_instant(
        &night,
        "2026-10-25T00:00:00+02:00",
        "PT270M working",
        "2026-10-25T06:00:00+01:00",
    );
    // São Paulo skipped midnight itself: 18 October 2015 began at 01:00.
    let sao_paulo = every_day("America/Sao_Paulo", "00:00", "24:00");
    let due = add(&sao_paulo, "2015-10-17T12:00:00-03:00", "0d").unwrap();
    assert_eq!(due.at, "2015-10-18T01:00:00-02:00".parse().unwrap());
    check_instant(
        &sao_paulo,
        "2015-10-18T01:00:00-02:00",
        "PT23H working",
        "2015-10-19T00:00:00-02:00",
    );
    // Samoa had no 30 December 2011 at all: its hours do not exist.
    let apia = every_day("Pacific/Apia", "08:00", "16:00");
    check_instant(&apia, "2011-12-29T08:00:00-10:00", "PT9H working", "2011-12-31T09:00:00+14:00");
    check_instant(&apia, "2011-12-29T08:00:00-10:00", "PT17H working", "2012-01-01T09:00:00+14:00");
    // St John's put its clocks back at 00:01, over midnight.
    let st_johns = every_day("America/St_Johns", "00:00", "24:00");
    check_instant(
        &st_johns,
        "2010-11-06T12:00:00-02:30",
        "PT13H working",
        "2010-11-07T00:00:00-03:30",
    );
    check_instant(
        &st_johns,
        "2010-11-06T23:30:00-03:30",
        "-PT1H working",
        "2010-11-06T23:30:00-02:30",
    );
}

#[test]
fn intervals_pushed_together_by_a_skipped_hour_count_once() {
    let days = ["sun", "mon"];
    let pairs = [("01:00", "02:50"), ("02:55", "03:10"), ("03:20", "04:00")];
    let week = Week::parse(days.map(|day| (day, pairs))).unwrap();
    let berlin = Calendar::builder("b").zone("Europe/Berlin").week(week).build().unwrap();
    // Read literally: 01:00+01 to 03:50+02, nothing, 03:20+02 to 04:00+02; together two hours.
    check_instant(
        &berlin,
        "2026-03-29T00:00:00+01:00",
        "PT2H working",
        "2026-03-29T04:00:00+02:00",
    );
}

#[test]
fn nothing_beyond_the_coverage_is_ever_a_working_day() {
    let table = [
        ("2030-12-27T09:00:00+07:00", "3wd", "2031-01-01"),
        ("2030-12-31T09:00:00+07:00", "1wd", "2031-01-01"),
        ("2030-12-31T16:30:00+07:00", "PT1H working", "2031-01-01"),
        ("2030-12-29T09:00:00+07:00", "3d roll", "2031-01-01"),
        ("2015-01-05T09:00:00+07:00", "-2wd", "2014-12-31"),
        ("2031-06-01T09:00:00+07:00", "PT0S working", "2031-06-01"),
    ];
    for (from, amount, wanted) in table {
        let calendar = mon_fri();
        let expected = CalendarError::BeyondCoverage {
            calendar: calendar.id().clone(),
            covered_from: date(2015, 1, 1),
            covered_until: date(2030, 12, 31),
            wanted: wanted.parse().unwrap(),
        };
        assert_eq!(add(&calendar, from, amount), Err(expected), "{amount} from {from}");
    }
    let message = add(&mon_fri(), "2030-12-31T09:00:00+07:00", "1wd").unwrap_err().to_string();
    assert_eq!(message, "vn@2026-11-20 covers 2015-01-01 to 2030-12-31, but 2031-01-01 is needed");
}

#[test]
fn terms_that_need_no_knowledge_of_days_need_no_coverage() {
    check_last_day(&mon_fri(), "2030-12-31T09:00:00+07:00", "3d", "2031-01-03");
    check_instant(&mon_fri(), "2030-12-31T23:00:00+07:00", "PT3H", "2031-01-01T02:00:00+07:00");
}

#[test]
fn absurd_amounts_are_refused_at_once() {
    let too_long = Err(CalendarError::TooLong { days_max: Calendar::DAYS_WALKED_MAX });
    let calendar = Calendar::builder("plain").build().unwrap();
    let amounts = ["2147483647d", "-2147483648wd", "PT2562047788015215H", "-PT2000000H working"];
    for amount in amounts {
        assert_eq!(add(&calendar, "2026-01-01T00:00:00Z", amount), too_long, "{amount}");
    }
    let least = Amount::Elapsed(jiff::SignedDuration::MIN);
    assert_eq!(calendar.add("2026-01-01T00:00:00Z".parse().unwrap(), least), too_long);
}

#[test]
fn a_calendar_of_one_shift_works_that_day_and_no_other() {
    let hours = Hours::parse([("08:00", "12:00")]).unwrap();
    let calendar = Calendar::builder("fair")
        .week(Week::empty())
        .shift(date(2026, 5, 1), hours)
        .holiday(date(2026, 5, 1), Some(DayName::new("Lễ", "Feast")))
        .covers(date(2026, 1, 1), date(2026, 12, 31))
        .build()
        .unwrap();
    let due = add(&calendar, "2026-04-29T09:00:00+07:00", "1wd").unwrap();
    assert_eq!(due.due_on, date(2026, 5, 1));
    assert_eq!(due.steps.last().unwrap().why, Why::MakeUpDay);
    let over = add(&calendar, "2026-05-01T11:00:00+07:00", "PT2H working");
    assert!(matches!(over, Err(CalendarError::BeyondCoverage { .. })), "{over:?}");
}

#[test]
fn laos_works_on_the_day_off_for_women_only() {
    // 8 March 2027 is a Monday; 14 to 16 April is the Lao New Year.
    check_last_day(&laos().build().unwrap(), "2027-03-05T09:00:00+07:00", "1wd", "2027-03-08");
    let women = laos().women_only(true).build().unwrap();
    check_last_day(&women, "2027-03-05T09:00:00+07:00", "1wd", "2027-03-09");
    check_last_day(&women, "2027-04-13T09:00:00+07:00", "1wd", "2027-04-19");
}

#[test]
fn the_disputed_day_in_lieu_is_a_setting() {
    check_last_day(&mon_fri(), "2029-11-23T09:00:00+07:00", "1wd", "2029-11-26");
    let strict = vietnam().disputed_in_lieu(true).build().unwrap();
    check_last_day(&strict, "2029-11-23T09:00:00+07:00", "1wd", "2029-11-27");
}

#[test]
fn a_made_up_saturday_has_the_hours_of_the_first_working_day() {
    let day = swapping().day(date(2026, 8, 22)).unwrap();
    let hours: Vec<_> = day
        .hours
        .iter()
        .map(|(from, until)| format!("{}-{}", clock(*from), clock(*until)))
        .collect();
    assert_eq!(hours, ["08:00-12:00", "13:00-17:00"]);
    assert_eq!(day.kind.as_str(), "make-up");
    assert_eq!(mon_fri().day(date(2026, 8, 22)).unwrap().kind.as_str(), "weekly-rest");
}

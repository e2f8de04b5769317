//! The shipped holiday files: every row is explained by the calendar built from them.

use std::path::Path;

use jiff::civil::Date;
use redress_calendar::shipped::{LA_CSV, VN_CSV};
use redress_calendar::{Calendar, CalendarBuilder, DayKind, Week, laos, vietnam};

/// `date, name_vi, name_en, kind, source, name_lo` of every row, read apart from the library.
fn rows(csv: &str) -> Vec<(Date, [String; 5])> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(csv.as_bytes());
    let records = reader.records().map(|record| {
        let record = record.expect("the shipped file is well formed");
        let text = [2, 3, 4, 5, 8].map(|column| record[column].to_owned());
        (record[0].parse().expect("a date"), text)
    });
    records.collect()
}

/// The calendar over every row: the first one lies before the stated coverage on purpose.
fn wide(builder: CalendarBuilder) -> Calendar {
    let (from, until) = (Date::constant(2014, 12, 1), Date::constant(2030, 12, 31));
    builder.covers(from, until).build().expect("the shipped file builds")
}

#[test]
fn the_pack_ships_the_same_vietnamese_holidays() {
    let pack =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/alphatech/calendar/vn.csv");
    assert!(std::fs::read_to_string(pack).unwrap() == VN_CSV, "copy one file over the other");
}

#[test]
fn the_shipped_calendars_state_their_date_and_coverage() {
    for (builder, id) in [(vietnam(), "vn@2026-11-20"), (laos(), "la@2026-11-20")] {
        let calendar = builder.build().unwrap();
        assert_eq!(calendar.id().to_string(), id);
        let (from, until) = calendar.covers();
        assert_eq!(format!("{from} {until}"), "2015-01-01 2030-12-31");
        assert_eq!(calendar.days(from, until).unwrap().len(), 16 * 365 + 4);
    }
}

#[test]
fn every_vietnamese_row_is_what_its_kind_says() {
    let rows = rows(VN_CSV);
    assert_eq!(rows.len(), 239);
    let builders = [vietnam(), vietnam().swaps(true), vietnam().disputed_in_lieu(true)];
    let calendars = builders.map(wide);
    for (date, [vi, en, kind, source, lo]) in rows {
        let [plain, swapping, disputing] =
            calendars.each_ref().map(|calendar| calendar.day(date).unwrap());
        let (day, kind) = match kind.as_str() {
            "statutory" | "tet" | "tet_weekend" => (plain, DayKind::Holiday),
            "observed" => (plain, DayKind::InLieu),
            "observed_disputed" => {
                assert_eq!(plain.kind, DayKind::Work, "{date}");
                (disputing, DayKind::InLieu)
            }
            "swap_off" => {
                assert_eq!(plain.kind, DayKind::Work, "{date}");
                (swapping, DayKind::SwapOff)
            }
            "swap_work" => {
                assert_eq!(plain.kind, DayKind::WeeklyRest, "{date}");
                (swapping, DayKind::MakeUp)
            }
            _ => unreachable!("{date} {kind}"),
        };
        assert_eq!(day.kind, kind, "{date}");
        assert_eq!(day.working, kind == DayKind::MakeUp, "{date}");
        let name = day.name.unwrap();
        assert_eq!((&*name.vi, &*name.en, name.lo.as_deref()), (&*vi, &*en, Some(&*lo)), "{date}");
        assert_eq!(day.source.as_deref(), Some(&*source), "{date}");
    }
}

#[test]
fn every_lao_row_is_what_its_kind_says() {
    let rows = rows(LA_CSV);
    assert_eq!(rows.len(), 152);
    let calendars = [laos(), laos().women_only(true)].map(wide);
    for (date, [.., kind, _, lo]) in rows {
        let [plain, women] = calendars.each_ref().map(|calendar| calendar.day(date).unwrap());
        let off = match kind.as_str() {
            "public" => Some(DayKind::Holiday),
            "observed" => Some(DayKind::InLieu),
            "women_only" | "women_only_observed" => None,
            _ => unreachable!("{date} {kind}"),
        };
        if let Some(off) = off {
            assert_eq!(plain.kind, off, "{date}");
            assert_eq!(plain.name.unwrap().lo.as_deref(), Some(&*lo), "{date}");
        } else {
            assert!(matches!(plain.kind, DayKind::Work | DayKind::WeeklyRest), "{date}");
        }
        assert!(!women.working, "{date}");
    }
}

#[test]
fn names_in_lao_hold_no_latin_letter_and_names_in_vietnamese_are_composed() {
    for (date, [vi, en, .., lo]) in rows(VN_CSV).into_iter().chain(rows(LA_CSV)) {
        assert!(!lo.is_empty() && !lo.chars().any(|c| c.is_ascii_alphabetic()), "{date} {lo}");
        let combining = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
        assert!(!vi.is_empty() && !vi.contains(combining), "{date} {vi}");
        assert!(en.is_ascii(), "{date} {en}");
    }
}

#[test]
fn the_working_days_of_a_year_are_the_known_numbers() {
    // 2026: 261 weekdays less 12 off (1/1, five of Tết, 27/4, 30/4, 1/5, 1/9, 2/9, 24/11).
    let days = |builder: CalendarBuilder, year: i16| {
        let (from, to) = (Date::constant(year, 1, 1), Date::constant(year, 12, 31));
        let days = builder.build().unwrap().days(from, to).unwrap();
        days.iter().filter(|day| day.working).count()
    };
    assert_eq!(days(vietnam(), 2026), 261 - 12);
    assert_eq!(days(vietnam().swaps(true), 2026), 261 - 12, "swaps only move days");
    assert_eq!(days(vietnam().week(Week::mon_sat()), 2026), 313 - 12);
}

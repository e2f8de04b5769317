//! The lunar calendar against tables made by others for the years 1900 to 2100, and against itself
//! day by day. `data/tet.csv` compares five sources; `data/months.csv` is computed with
//! astronomy-engine 2.1.19 at UTC+7, which shares no code and no formula with ours.

use jiff::civil::{Date, date};
use redress_calendar::{LUNAR_YEARS, LunarDate, LunarError, hung_kings, leap_month, tet};

fn table(file: &str) -> Vec<csv::StringRecord> {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).expect("the table is there");
    reader.records().map(|row| row.expect("a row")).collect()
}

fn check_lunar(on: Date, lunar: &str, names: &str) {
    let day = LunarDate::of(on).expect("a day of these years");
    let [of_day, of_month, of_year] = [day.day_name(), day.month_name(), day.year_name()];
    assert_eq!(
        (day.to_string().as_str(), format!("{of_day}, {of_month}, {of_year}").as_str()),
        (lunar, names),
        "{on}"
    );
}

#[test]
fn every_year_of_the_table_is_met() {
    let rows = table("tet.csv");
    assert_eq!(rows.len(), 201);
    for row in rows {
        let year: i16 = row[0].parse().unwrap();
        let first = tet(year).unwrap();
        let name = LunarDate::of(first).unwrap().year_name().to_string();
        let leap = leap_month(year).unwrap().map_or_else(String::new, |month| month.to_string());
        let weekday = format!("{:?}", first.weekday());
        let expected = (&row[2], &row[1], &row[4], &row[3]);
        assert_eq!((first.to_string().as_str(), &*name, &*leap, &weekday[..3]), expected, "{year}");
        assert_eq!(first.to_string() != row[5], &row[6] == "yes", "{year}");
    }
}

#[test]
fn every_month_starts_where_another_ephemeris_has_it() {
    let rows = table("months.csv");
    assert_eq!(rows.len(), 201 * 12 + 74, "74 leap months");
    let mut in_doubt = Vec::new();
    for row in rows {
        let first: Date = row[0].parse().unwrap();
        let lunar = LunarDate::of(first).unwrap();
        let leap = if lunar.is_leap() { "yes" } else { "no" };
        let (month, year) = (lunar.month().to_string(), lunar.year().to_string());
        let ours = format!("{} {month} {leap} {year}", lunar.day());
        let theirs = format!("1 {} {} {}", &row[1], &row[2], &row[3]);
        if ours != theirs {
            in_doubt.push(format!("{first}: {ours}, there {theirs}"));
        }
    }
    // The Sun enters Virgo within minutes of a midnight: leap 7 there, leap 8 by Meeus and by the
    // table of the years. In 2085 the moon is new within half a minute of a midnight.
    let known = [
        "1938-08-25: 1 8 no 1938, there 1 7 yes 1938",
        "1938-09-24: 1 8 yes 1938, there 1 8 no 1938",
        "2085-10-19: 2 9 no 2085, there 1 9 no 2085",
    ];
    assert_eq!(in_doubt, known);
}

#[test]
fn every_day_there_and_back_is_the_same_day_and_follows_the_one_before() {
    let (mut day, mut before) = (date(1900, 1, 1), None::<LunarDate>);
    let mut days = 0;
    while let Ok(lunar) = LunarDate::of(day) {
        let (year, month, nth) = (lunar.year(), lunar.month(), lunar.day());
        if year >= LUNAR_YEARS.0 {
            assert_eq!(LunarDate::new(year, month, lunar.is_leap(), nth), Ok(lunar), "{day}");
        }
        if let Some(before) = before {
            let same = (before.year(), before.month(), before.is_leap());
            let goes_on = same == (year, month, lunar.is_leap()) && nth == before.day() + 1;
            let begins = nth == 1 && matches!(before.day(), 29 | 30);
            assert!(goes_on || begins, "{before} then {lunar}");
        }
        (before, days) = (Some(lunar), days + 1);
        day = day.tomorrow().unwrap();
    }
    assert_eq!(days, 73_442, "1900-01-01 to the eve of Tết 2101");
    assert_eq!(
        LunarDate::of(day),
        Err(LunarError::DateBeyond { date: day, until: before.unwrap().date() })
    );
}

#[test]
fn vietnam_and_china_differ_where_they_are_known_to() {
    // Tết here, and the Chinese new year.
    let rows = [
        (1968, "1968-01-29", "1968-01-30"),
        (1969, "1969-02-16", "1969-02-17"),
        (1985, "1985-01-21", "1985-02-20"),
        (2007, "2007-02-17", "2007-02-18"),
        (2030, "2030-02-02", "2030-02-03"),
        (2053, "2053-02-18", "2053-02-19"),
    ];
    for (year, here, there) in rows {
        assert_eq!(tet(year).unwrap().to_string(), here, "not {there}");
    }
    let differing: Vec<i16> = table("tet.csv")
        .iter()
        .filter(|row| row[2] != row[5])
        .map(|row| row[0].parse().unwrap())
        .collect();
    assert_eq!(differing, [1903, 1916, 1935, 1965, 1968, 1969, 1985, 2007, 2030, 2053]);
}

#[test]
fn leap_months_are_vietnams_own() {
    // China: 1984 leap 10, 1985 none, 1987 leap 6.
    let rows = [
        (1984, None),
        (1985, Some(2)),
        (1987, Some(7)),
        (2023, Some(2)),
        (2025, Some(6)),
        (2026, None),
        (2033, Some(11)),
    ];
    for (year, leap) in rows {
        assert_eq!(leap_month(year), Ok(leap), "{year}");
    }
    let absent = Err(LunarError::NoSuchLeapMonth { year: 2025, month: 7 });
    assert_eq!(LunarDate::new(2025, 7, true, 1), absent);
    let absent = Err(LunarError::NoSuchLeapMonth { year: 2026, month: 6 });
    assert_eq!(LunarDate::new(2026, 6, true, 1), absent);
    assert_eq!(LunarDate::new(2025, 6, true, 1).unwrap().date(), date(2025, 7, 25));
    assert_eq!(LunarDate::new(2025, 6, false, 1).unwrap().date(), date(2025, 6, 25));
    assert_eq!(LunarDate::new(2033, 11, true, 1).unwrap().date(), date(2033, 12, 22));
}

#[test]
fn the_day_of_the_hung_kings_is_never_in_a_leap_month() {
    let rows = [
        (2015, "2015-04-28"),
        (2023, "2023-04-29"),
        (2024, "2024-04-18"),
        (2026, "2026-04-26"),
        (2050, "2050-04-01"),
        (2083, "2083-04-26"),
    ];
    for (year, day) in rows {
        assert_eq!(hung_kings(year).unwrap().to_string(), day);
    }
    for year in LUNAR_YEARS.0..=LUNAR_YEARS.1 {
        let lunar = LunarDate::of(hung_kings(year).unwrap()).unwrap();
        let whole = (lunar.year(), lunar.month(), lunar.day(), lunar.is_leap());
        assert_eq!(whole, (year, 3, 10, false));
    }
}

#[test]
fn days_months_and_years_have_their_names() {
    check_lunar(date(1968, 1, 29), "1/1/1968", "Mậu Tuất, Giáp Dần, Mậu Thân");
    check_lunar(date(1984, 2, 2), "1/1/1984", "Bính Dần, Bính Dần, Giáp Tý");
    check_lunar(date(2000, 1, 1), "25/11/1999", "Mậu Ngọ, Bính Tý, Kỷ Mão");
    check_lunar(date(2024, 2, 10), "1/1/2024", "Giáp Thìn, Bính Dần, Giáp Thìn");
    check_lunar(date(2025, 7, 25), "1/6 leap/2025", "Ất Mùi, Quý Mùi, Ất Tỵ");
    check_lunar(date(2026, 2, 17), "1/1/2026", "Nhâm Tuất, Canh Dần, Bính Ngọ");
}

#[test]
fn what_is_not_a_lunar_day_is_named() {
    assert_eq!(tet(1899), Err(LunarError::YearBeyond { year: 1899 }));
    assert_eq!(tet(2101), Err(LunarError::YearBeyond { year: 2101 }));
    assert_eq!(tet(i16::MIN), Err(LunarError::YearBeyond { year: i16::MIN }));
    let until = date(2101, 1, 28);
    for day in [date(1899, 12, 31), date(2101, 1, 29), Date::MIN, Date::MAX] {
        assert_eq!(LunarDate::of(day), Err(LunarError::DateBeyond { date: day, until }));
    }
    assert_eq!(LunarDate::of(until).unwrap().to_string(), "29/12/2100");
    assert_eq!(LunarDate::new(2026, 0, false, 1), Err(LunarError::NoSuchMonth { month: 0 }));
    assert_eq!(LunarDate::new(2026, 13, false, 1), Err(LunarError::NoSuchMonth { month: 13 }));
    let long = LunarError::NoSuchDay { year: 2025, month: 12, days: 29, day: 30 };
    assert_eq!(LunarDate::new(2025, 12, false, 30), Err(long.clone()));
    assert_eq!(long.to_string(), "month 12 of the lunar year 2025 has 29 days, not 30");
    let zero = LunarError::NoSuchDay { year: 2025, month: 1, days: 29, day: 0 };
    assert!(LunarDate::new(2025, 1, false, 0).is_err(), "{zero}");
}

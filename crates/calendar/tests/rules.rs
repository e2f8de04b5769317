//! The days by rule against every row of the shipped lists: each row is reproduced by a rule or named
//! here with the reason why only a notice can know it.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use redress_calendar::shipped::{LA_CSV, VN_CSV};
use redress_calendar::{
    Calendar, CalendarBuilder, Country, Day, DayKind, RuleError, Week, draft, laos, vietnam,
};

/// A row that no rule gives: date, kind, and why.
type Known = (&'static str, &'static str, &'static str);

/// The law leaves open whether 24 November is made up.
const DISPUTED: [Known; 2] = [
    ("2029-11-26", "observed_disputed", "in lieu of 24 November 2029, outside art 112(1)"),
    ("2030-11-25", "observed_disputed", "in lieu of 24 November 2030, outside art 112(1)"),
];

const SWAP: &str = "days of the public sector are swapped by notice, year by year";
const BRIDGE: &str = "rest days at the end of a run of Tết that the law does not need";
const EXTRA: &str = "the Lao government added a day to the New Year";

/// Rows that only a notice can know.
const ONLY_A_NOTICE: [Known; 20] = [
    ("2014-12-27", "swap_work", SWAP),
    ("2015-01-02", "swap_off", SWAP),
    ("2015-02-14", "swap_work", SWAP),
    ("2015-02-16", "swap_off", SWAP),
    ("2015-04-25", "swap_work", SWAP),
    ("2015-04-29", "swap_off", SWAP),
    ("2018-12-31", "swap_off", SWAP),
    ("2019-01-05", "swap_work", SWAP),
    ("2019-04-29", "swap_off", SWAP),
    ("2019-05-04", "swap_work", SWAP),
    ("2024-04-29", "swap_off", SWAP),
    ("2024-05-04", "swap_work", SWAP),
    ("2025-04-26", "swap_work", SWAP),
    ("2025-05-02", "swap_off", SWAP),
    ("2026-01-02", "swap_off", SWAP),
    ("2026-01-10", "swap_work", SWAP),
    ("2026-08-22", "swap_work", SWAP),
    ("2026-08-31", "swap_off", SWAP),
    ("2015-04-17", "public", EXTRA),
    ("2020-04-17", "observed", EXTRA),
];

/// A calendar of nothing but rules, 2013 to 2030.
fn by_rule(country: Country) -> CalendarBuilder {
    Calendar::builder("rule")
        .holidays("# as-of: 2012-12-31\n# covers: 2012-12-31 2012-12-31\ndate,kind\n")
        .estimates_until(country, 2030)
}

fn days(builder: CalendarBuilder, from: Date, to: Date) -> BTreeMap<Date, Day> {
    let days = builder.build().expect("it builds").days(from, to).expect("covered");
    days.into_iter().map(|day| (day.date, day)).collect()
}

fn rows(csv: &str) -> Vec<(Date, String)> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(csv.as_bytes());
    let row =
        |record: csv::StringRecord| (record[0].parse().expect("a date"), record[4].to_owned());
    reader.records().map(|record| row(record.expect("well formed"))).collect()
}

/// How a row of the list comes about, by the calendar of the rules alone.
fn explain(
    on: Date,
    kind: &str,
    ruled: &BTreeMap<Date, Day>,
    women: &BTreeMap<Date, Day>,
) -> String {
    let known = DISPUTED.iter().chain(&ONLY_A_NOTICE);
    if let Some((.., why)) =
        known.clone().find(|known| known.0 == on.to_string() && known.1 == kind)
    {
        return (*why).to_owned();
    }
    let by_rule = if kind.starts_with("women") { &women[&on] } else { &ruled[&on] };
    match (kind, by_rule.kind) {
        ("statutory" | "public" | "tet" | "tet_weekend" | "women_only", DayKind::Holiday) => {
            "by rule".to_owned()
        }
        ("tet" | "observed" | "women_only_observed", DayKind::InLieu) => {
            "in lieu by rule".to_owned()
        }
        ("tet_weekend", DayKind::WeeklyRest) => BRIDGE.to_owned(),
        _ => format!("unexplained: {on} {kind} {}", by_rule.kind.as_str()),
    }
}

fn check_rows(csv: &str, country: Country) -> BTreeMap<String, usize> {
    let (from, to) = (date(2014, 1, 1), date(2030, 12, 31));
    let ruled = days(by_rule(country), from, to);
    let women = days(by_rule(country).women_only(true), from, to);
    let mut counts = BTreeMap::new();
    for (on, kind) in rows(csv) {
        *counts.entry(explain(on, &kind, &ruled, &women)).or_default() += 1;
    }
    counts
}

#[test]
fn every_row_of_the_vietnamese_list_is_reproduced_or_named_here() {
    let counts = check_rows(VN_CSV, Country::Vietnam);
    let expected = [
        ("by rule", 175),
        ("in lieu by rule", 41),
        (BRIDGE, 3),
        (SWAP, 18),
        (DISPUTED[0].2, 1),
        (DISPUTED[1].2, 1),
    ];
    let expected = expected.map(|(why, count)| (why.to_owned(), count)).into();
    assert_eq!(counts, expected);
}

#[test]
fn every_row_of_the_lao_list_is_reproduced_or_named_here() {
    let counts = check_rows(LA_CSV, Country::Laos);
    let expected = [("by rule", 118), ("in lieu by rule", 32), (EXTRA, 2)];
    let expected = expected.map(|(why, count)| (why.to_owned(), count)).into();
    assert_eq!(counts, expected);
}

fn check_same_days(listed: CalendarBuilder, ruled: CalendarBuilder, differing: &[&str]) {
    let (from, to) = (date(2015, 1, 1), date(2030, 12, 31));
    let (listed, ruled) = (days(listed, from, to), days(ruled, from, to));
    let mut found = Vec::new();
    for (on, day) in &listed {
        if day.working != ruled[on].working {
            found.push(on.to_string());
        }
    }
    assert_eq!(found, differing);
}

#[test]
fn the_rules_give_the_days_off_of_every_notice_since_2015() {
    check_same_days(vietnam(), by_rule(Country::Vietnam), &[]);
    let disputing = |builder: CalendarBuilder| builder.disputed_in_lieu(true);
    check_same_days(disputing(vietnam()), disputing(by_rule(Country::Vietnam)), &[]);
    check_same_days(laos(), by_rule(Country::Laos), &["2015-04-17", "2020-04-17"]);
}

#[test]
fn names_and_days_in_lieu_by_rule_are_those_of_the_lists() {
    for (listed, country) in
        [(vietnam(), Country::Vietnam), (laos().women_only(true), Country::Laos)]
    {
        let (from, to) = (date(2015, 1, 1), date(2030, 12, 31));
        let ruled = days(by_rule(country).women_only(true), from, to);
        for (on, day) in days(listed, from, to) {
            if day.kind == ruled[&on].kind && day.kind != DayKind::WeeklyRest {
                assert_eq!(day.name, ruled[&on].name, "{on}");
            }
        }
    }
}

#[test]
fn a_company_makes_up_only_what_falls_on_its_own_rest_days() {
    let off = |week: Week, from: Date, to: Date| {
        let all = days(vietnam().week(week), from, to).into_values();
        let off = all.filter(|day| !matches!(day.kind, DayKind::Work | DayKind::WeeklyRest));
        off.map(|day| format!("{} {}", day.date, day.kind.as_str())).collect::<Vec<_>>()
    };
    let office = [("08:00", "12:00"), ("13:00", "17:00")];
    let sun_thu = Week::parse(["sun", "mon", "tue", "wed", "thu"].map(|day| (day, office)));
    let mut noon: Vec<_> =
        ["mon", "tue", "wed", "thu", "fri"].map(|day| (day, office.to_vec())).into();
    noon.push(("sat", vec![("08:00", "12:00")]));
    // 10 April 2022 is a Sunday and 30 April a Saturday; 1 May is a Sunday.
    let (from, to) = (date(2022, 4, 1), date(2022, 5, 31));
    let base = ["2022-04-10 holiday"];
    let with = |more: &[&'static str]| [&base, more].concat();
    assert_eq!(
        off(Week::mon_fri(), from, to),
        with(&[
            "2022-04-11 in-lieu",
            "2022-04-30 holiday",
            "2022-05-01 holiday",
            "2022-05-02 in-lieu",
            "2022-05-03 in-lieu"
        ])
    );
    let sundays = with(&[
        "2022-04-11 in-lieu",
        "2022-04-30 holiday",
        "2022-05-01 holiday",
        "2022-05-02 in-lieu",
    ]);
    assert_eq!(off(Week::mon_sat(), from, to), sundays);
    assert_eq!(off(Week::parse(noon).unwrap(), from, to), sundays);
    assert_eq!(
        off(sun_thu.unwrap(), from, to),
        with(&["2022-04-30 holiday", "2022-05-01 holiday", "2022-05-02 in-lieu"])
    );
}

#[test]
fn tet_is_five_days_of_the_company_and_not_the_seven_of_another_week() {
    let off = |week: Week, year: i16| {
        let all = days(vietnam().week(week), date(year, 1, 15), date(year, 2, 28)).into_values();
        let off = all.filter(|day| !matches!(day.kind, DayKind::Work | DayKind::WeeklyRest));
        off.map(|day| (day.date.month(), day.date.day(), day.kind == DayKind::InLieu))
            .collect::<Vec<_>>()
    };
    // 2024: 8 to 12 February are Thursday to Monday.
    let five = [(2, 8, false), (2, 9, false), (2, 10, false), (2, 11, false), (2, 12, false)];
    assert_eq!(off(Week::mon_sat(), 2024), [&five[..], &[(2, 13, true)]].concat());
    let official = [&five[..], &[(2, 13, false), (2, 14, false)]].concat();
    assert_eq!(off(Week::mon_fri(), 2024), official);
    // 2026: Monday to Friday, nothing to make up.
    assert_eq!(off(Week::mon_sat(), 2026).len(), 5);
}

#[test]
fn a_run_of_tet_that_the_company_chose_itself_holds_as_it_stands() {
    let header = "# as-of: 2026-01-01\n# covers: 2026-01-01 2026-12-31\ndate,kind\n";
    let rows: Vec<String> = (10..=20).map(|day| format!("2026-02-{day},tet")).collect();
    let text = format!("{header}{}\n", rows.join("\n"));
    let builder = Calendar::builder("own").week(Week::mon_sat()).holidays(&text);
    let off = days(builder, date(2026, 2, 1), date(2026, 2, 28));
    let off: Vec<_> = off.values().filter(|day| day.kind != DayKind::Work).collect();
    assert_eq!(off.iter().filter(|day| day.kind == DayKind::Holiday).count(), 11);
    assert!(off.iter().all(|day| day.kind != DayKind::InLieu), "nothing is made up");
}

#[test]
fn the_disputed_day_follows_the_week_and_the_setting() {
    // 24 November 2028 is a Friday.
    let office = [("08:00", "12:00")];
    let week =
        || Week::parse(["sun", "mon", "tue", "wed", "thu"].map(|day| (day, office))).unwrap();
    let monday = date(2028, 11, 26);
    let kind = |builder: CalendarBuilder| builder.build().unwrap().day(monday).unwrap().kind;
    assert_eq!(kind(vietnam().week(week())), DayKind::Work);
    assert_eq!(kind(vietnam().week(week()).disputed_in_lieu(true)), DayKind::InLieu);
}

#[test]
fn women_only_days_follow_the_week_and_the_setting() {
    // 8 March 2026 is a Sunday, 8 March 2025 a Saturday.
    let kind = |builder: CalendarBuilder, on| builder.build().unwrap().day(on).unwrap().kind;
    let (sunday, saturday) = (date(2026, 3, 9), date(2025, 3, 10));
    for on in [sunday, saturday] {
        assert_eq!(kind(laos(), on), DayKind::Work);
        assert_eq!(kind(laos().women_only(true), on), DayKind::InLieu);
    }
    let six_days = || laos().week(Week::mon_sat()).women_only(true);
    assert_eq!(kind(six_days(), sunday), DayKind::InLieu);
    assert_eq!(kind(six_days(), saturday), DayKind::Work);
    assert_eq!(kind(six_days(), date(2025, 3, 8)), DayKind::Holiday);
}

#[test]
fn official_rows_win_and_estimates_say_so() {
    let calendar = vietnam().estimates_until(Country::Vietnam, 2035).build().unwrap();
    assert_eq!(calendar.covers().1, date(2035, 12, 31));
    assert_eq!(calendar.id().to_string(), "vn@2026-11-20");
    let day = |on| calendar.day(on).unwrap();
    assert!(!day(date(2026, 2, 17)).estimated, "by notice");
    assert!(day(date(2028, 1, 26)).estimated, "the list says so");
    let tet = day(date(2031, 1, 23));
    assert!(tet.estimated && tet.source.as_deref() == Some("Labour Code 45/2019/QH14 art 112"));
    assert!(!day(date(2031, 4, 30)).estimated, "the law gives the date");
    assert!(calendar.day(date(2036, 1, 1)).is_err(), "beyond the coverage");
    let unchanged = vietnam().estimates_until(Country::Vietnam, 2020).build().unwrap();
    assert_eq!(unchanged.covers().1, date(2030, 12, 31));
    let beyond = vietnam().estimates_until(Country::Vietnam, 2101).build().map(|_| ());
    let error = RuleError::YearBeyond { year: 2101 };
    assert_eq!(beyond, Err(error.into()));
}

#[test]
fn before_2021_and_before_2026_the_law_had_fewer_days() {
    let count = |year| Country::Vietnam.rule_days(year).unwrap().len();
    assert_eq!([2013, 2020, 2021, 2025, 2026, 2100].map(count), [10, 10, 11, 11, 12, 12]);
    assert_eq!(Country::Vietnam.rule_days(2012), Err(RuleError::YearBeyond { year: 2012 }));
    assert_eq!(Country::Laos.rule_days(2101), Err(RuleError::YearBeyond { year: 2101 }));
}

#[test]
fn a_draft_reads_back_as_the_calendar_of_the_rules() {
    let office = [("08:00", "12:00")];
    let fri_sat =
        Week::parse(["sun", "mon", "tue", "wed", "thu"].map(|day| (day, office))).unwrap();
    for week in [Week::mon_fri(), Week::mon_sat(), fri_sat] {
        for (country, year) in
            [(Country::Vietnam, 2027), (Country::Vietnam, 2030), (Country::Laos, 2029)]
        {
            let text = draft(country, year, &week, date(2026, 11, 24)).unwrap();
            let (from, to) = (date(year, 1, 1), date(year, 12, 31));
            let read = days(Calendar::builder("d").week(week.clone()).holidays(&text), from, to);
            let ruled = days(by_rule(country).week(week.clone()), from, to);
            for (on, day) in read {
                assert_eq!(
                    (day.kind, day.name),
                    (ruled[&on].kind, ruled[&on].name.clone()),
                    "{on}"
                );
            }
            // Another week reads the same draft and makes up its own rest days.
            let other = if week == Week::mon_sat() { Week::mon_fri() } else { Week::mon_sat() };
            let read = days(Calendar::builder("d").week(other.clone()).holidays(&text), from, to);
            let ruled = days(by_rule(country).week(other), from, to);
            assert!(read.values().all(|day| day.working == ruled[&day.date].working), "{year}");
        }
    }
}

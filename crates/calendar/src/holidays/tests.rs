//! Holiday files with mistakes: each is named with its line and column.

use jiff::civil::date;

use super::{Holidays, RowKind};
use crate::error::{CalendarError, Problem};

const HEADER: &str = "date,weekday,name_vi,name_en,kind,source,confidence,note,name_lo\n";

fn check_unreadable(text: &str, line: u64, column: u64, reason: Problem) {
    let expected = CalendarError::Unreadable { line, column, reason };
    assert_eq!(Holidays::parse(text), Err(expected), "{text}");
}

fn check_row(row: &str, column: u64, reason: Problem) {
    check_unreadable(
        &format!("# covers: 2026-01-01 2026-12-31\n{HEADER}{row}\n"),
        3,
        column,
        reason,
    );
}

#[test]
fn every_flaw_of_a_row_is_named_with_its_place() {
    check_row("2026-02-30,,Tết,Tet,tet,,,,", 1, Problem::Date("2026-02-30".into()));
    check_row("30/04/2026,,Lễ,Feast,statutory,,,,", 1, Problem::Date("30/04/2026".into()));
    check_row("2026-4-30,,Lễ,Feast,statutory,,,,", 1, Problem::Date("2026-4-30".into()));
    check_row(",,Lễ,Feast,statutory,,,,", 1, Problem::Date(String::new()));
    check_row("2026-04-30,Fri,Lễ,Feast,statutory,,,,", 2, Problem::Weekday("Fri".into()));
    check_row("2026-04-30,Thu,Lễ,Feast,festival,,,,", 5, Problem::Kind("festival".into()));
    check_row("2026-04-30,Thu,,Feast,statutory,,,,", 3, Problem::NameMissing("vi"));
    check_row("2026-04-30,Thu,Lễ,,statutory,,,,", 4, Problem::NameMissing("en"));
}

#[test]
fn a_date_may_not_stand_twice_but_may_be_swapped_too() {
    let first = "2026-04-29,Wed,Lễ,Feast,statutory,,,,\n";
    let twice = format!("{HEADER}{first}{}", first.replace("statutory", "observed"));
    check_unreadable(&twice, 3, 1, Problem::Duplicate(date(2026, 4, 29)));
    let swapped = format!("{HEADER}{first}{}", first.replace("statutory", "swap_work"));
    let rows = Holidays::parse(&swapped).unwrap().rows;
    assert_eq!(
        rows.iter().map(|row| row.kind).collect::<Vec<_>>(),
        [RowKind::Holiday, RowKind::SwapWork]
    );
}

#[test]
fn flaws_of_the_file_are_named() {
    check_unreadable("", 1, 0, Problem::ColumnMissing("date"));
    check_unreadable("date,name_vi\n", 1, 0, Problem::ColumnMissing("kind"));
    let statement = |text: &str| Problem::Statement(text.to_owned());
    check_unreadable("# covers: 2026-01-01\n", 1, 0, statement("covers: 2026-01-01"));
    check_unreadable("# covers: a b\n", 1, 0, statement("covers: a b"));
    check_unreadable("#\n# as-of: soon\n", 2, 0, statement("as-of: soon"));
    check_unreadable("# rest: sat sat\n", 1, 0, statement("rest: sat sat"));
    check_unreadable("# rest: saturday\n", 1, 0, statement("rest: saturday"));
    check_unreadable("date,kind,date\n", 1, 3, Problem::ColumnTwice("date".into()));
    let short = Holidays::parse(&format!("{HEADER}2026-04-29,Wed\n"));
    let place =
        matches!(short, Err(CalendarError::Unreadable { line: 2, reason: Problem::Csv(_), .. }));
    assert!(place, "{short:?}");
}

#[test]
fn a_short_file_of_the_company_is_enough() {
    let text = "\u{feff}# as-of: 2026-01-02\r\n# covers: 2026-01-01 2026-12-31\r\n\
                date,kind\r\n2026-04-29, statutory\r\n";
    let file = Holidays::parse(text).unwrap();
    assert_eq!(file.as_of, Some(date(2026, 1, 2)));
    assert_eq!(file.covers, Some((date(2026, 1, 1), date(2026, 12, 31))));
    let [row] = &file.rows[..] else { unreachable!("one row") };
    assert_eq!((row.date, row.kind, &row.name), (date(2026, 4, 29), RowKind::Holiday, &None));
}

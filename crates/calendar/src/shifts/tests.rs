//! Shift files with mistakes: each is named with its line and column.

use jiff::civil::date;

use super::parse;
use crate::error::{CalendarError, Problem};
use crate::hours::Hours;

const HEADER: &str = "date,hours,name_vi,name_en,name_lo,source\n";

fn check_unreadable(rows: &str, line: u64, column: u64, reason: Problem) {
    let expected = CalendarError::UnreadableShifts { line, column, reason };
    assert_eq!(parse(&format!("{HEADER}{rows}\n")), Err(expected), "{rows}");
}

fn hours(reason: &str) -> Problem {
    Problem::Hours(reason.to_owned())
}

#[test]
fn every_flaw_of_a_shift_is_named_with_its_place() {
    check_unreadable("2026-02-30,off,,,,", 2, 1, Problem::Date("2026-02-30".into()));
    let twice = Problem::Duplicate(date(2026, 1, 2));
    check_unreadable("2026-01-02,off,,,,\n2026-01-02,off,,,,", 3, 1, twice);
    let write = "is no hours; write 08:00-12:00 13:00-17:00, or off";
    check_unreadable("2026-01-02,closed,,,,", 2, 2, hours(&format!("\"closed\" {write}")));
    check_unreadable("2026-01-02,,,,,", 2, 2, hours(&format!("\"\" {write}")));
    let overlap = "working hours overlap at 11:00";
    check_unreadable("2026-01-02,08:00-12:00 11:00-13:00,,,,", 2, 2, hours(overlap));
    let reversed = "working hours from 17:00 to 08:00 end before they start";
    check_unreadable("2026-01-02,17:00-08:00,,,,", 2, 2, hours(reversed));
    let unknown = "\"8:00\" is not a time of day; write 08:00, up to 24:00";
    check_unreadable("2026-01-02,8:00-12:00,,,,", 2, 2, hours(unknown));
    check_unreadable("2026-01-02,off,Nghỉ,,,", 2, 4, Problem::NameMissing("en"));
    let missing = CalendarError::UnreadableShifts {
        line: 1,
        column: 0,
        reason: Problem::ColumnMissing("hours"),
    };
    assert_eq!(parse("date\n"), Err(missing));
    let doubled = CalendarError::UnreadableShifts {
        line: 1,
        column: 3,
        reason: Problem::ColumnTwice("date".into()),
    };
    assert_eq!(parse("date,hours,date\n"), Err(doubled));
}

#[test]
fn shifts_are_read_with_names_and_source() {
    let text = format!(
        "\u{feff}# own days\r\n{HEADER}2026-02-14, 08:00-12:00 13:00-17:00 ,Làm bù,Make-up,,note 7\r\n"
    );
    let shifts = parse(&text).unwrap();
    let [shift] = &shifts[..] else { unreachable!("one row") };
    assert_eq!(shift.date, date(2026, 2, 14));
    assert_eq!(shift.hours, Hours::parse([("08:00", "12:00"), ("13:00", "17:00")]).unwrap());
    assert_eq!(shift.name.as_ref().map(|name| &*name.vi), Some("Làm bù"));
    assert_eq!(shift.source.as_deref(), Some("note 7"));
}

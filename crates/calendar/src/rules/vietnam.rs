//! Vietnam's days off of a year. Must not know notices: where the law leaves a choice to the Prime
//! Minister (art 112(3)), it takes the one that every notice of 2015 to 2026 took and says so.

use jiff::Span;
use jiff::civil::{Date, Weekday, date};

use super::{RuleDay, RuleError, day};
use crate::day::DayName;
use crate::holidays::{RowKind, TET_DAYS};
use crate::lunar::{LunarDate, hung_kings, tet};

/// Until 2020 the Labour Code 10/2012/QH13, with one day for the National Day.
const CODE_2012: &str = "Labour Code 10/2012/QH13 art 115";
/// From 2021 the Labour Code 45/2019/QH14, with a second day beside the National Day.
const CODE_2019: &str = "Labour Code 45/2019/QH14 art 112";
/// In force since 2026-07-01.
const CULTURE_DAY: &str = "Resolution 28/2026/QH16 art 2 (in force 01/07/2026)";

/// The first year of the second day off beside the National Day.
const SECOND_DAY_FROM: i16 = 2021;
/// The first year of the Vietnam Culture Day.
const CULTURE_DAY_FROM: i16 = 2026;

/// All days off of a year, in no order.
pub(super) fn days(year: i16) -> Result<Vec<RuleDay>, RuleError> {
    let source = if year < SECOND_DAY_FROM { CODE_2012 } else { CODE_2019 };
    let fixed =
        |month, nth, names| day(date(year, month, nth), names, RowKind::Holiday, source, false);
    let mut days = vec![
        fixed(1, 1, ["Tết Dương lịch", "New Year's Day", "ວັນປີໃໝ່ສາກົນ"]),
        fixed(4, 30, ["Ngày Chiến thắng", "Victory (Reunification) Day", "ວັນໄຊຊະນະ"]),
        fixed(5, 1, ["Ngày Quốc tế lao động", "International Labour Day", "ວັນກຳມະກອນສາກົນ"]),
        fixed(9, 2, ["Quốc khánh", "National Day", "ວັນຊາດຫວຽດນາມ"]),
    ];
    let kings =
        ["Giỗ Tổ Hùng Vương (10/3 âm lịch)", "Hung Kings Commemoration Day", "ວັນບູຊາບັນພະບຸລຸດກະສັດຮຸ່ງ"];
    days.push(day(hung_kings(year)?, kings, RowKind::Holiday, source, false));
    if year >= SECOND_DAY_FROM {
        let names =
            ["Quốc khánh (ngày liền kề)", "National Day (adjacent day)", "ວັນຊາດຫວຽດນາມ (ມື້ຕິດກັນ)"];
        days.push(day(beside_national_day(year), names, RowKind::Holiday, source, true));
    }
    if year >= CULTURE_DAY_FROM {
        let names = ["Ngày Văn hóa Việt Nam", "Vietnam Culture Day", "ວັນວັດທະນະທຳຫວຽດນາມ"];
        let on = date(year, 11, 24);
        days.push(day(on, names, RowKind::DisputedHoliday, CULTURE_DAY, false));
    }
    days.extend(tet_days(year, source)?);
    Ok(days)
}

/// The five days of Tết: two before it and three from it on; one and four if it begins on a Monday or
/// a Tuesday.
fn tet_days(year: i16, source: &'static str) -> Result<Vec<RuleDay>, RuleError> {
    let first = tet(year)?;
    let early = matches!(first.weekday(), Weekday::Monday | Weekday::Tuesday);
    let start = first - Span::new().days(if early { 1 } else { 2 });
    let mut days = Vec::new();
    for nth in (0_i64..).take(TET_DAYS) {
        let on = start + Span::new().days(nth);
        let name = tet_name(LunarDate::of(on)?);
        days.push(RuleDay { date: on, name, source, estimated: true, kind: RowKind::Tet });
    }
    Ok(days)
}

/// A day of Tết by its lunar date, as the notices name it.
fn tet_name(lunar: LunarDate) -> DayName {
    let (nth, month) = (lunar.day(), lunar.month());
    let vi = if month == 12 {
        format!("Tết Nguyên đán ({nth} tháng Chạp)")
    } else {
        format!("Tết Nguyên đán (mùng {nth})")
    };
    let en = format!("Lunar New Year (day {nth} of month {month})");
    DayName::new(&vi, &en).with_lo("ບຸນປີໃໝ່ຫວຽດນາມ (ບຸນເຕັດ)")
}

/// The day before or after 2 September that lengthens the weekend: 1 September from Tuesday,
/// Wednesday, Friday and Saturday, else 3 September.
fn beside_national_day(year: i16) -> Date {
    let national_day = date(year, 9, 2);
    match national_day.weekday() {
        Weekday::Tuesday | Weekday::Wednesday | Weekday::Friday | Weekday::Saturday => {
            date(year, 9, 1)
        }
        Weekday::Monday | Weekday::Thursday | Weekday::Sunday => date(year, 9, 3),
    }
}

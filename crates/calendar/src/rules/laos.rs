//! The days off of a year in Laos. Must not know the extra days that the government adds to the New
//! Year in some years (17 April 2015, 17 April 2020): only a notice knows those.

use jiff::civil::date;

use super::{RuleDay, day};
use crate::holidays::RowKind;

const DECREE: &str = "Decree on Holidays 386/2017 (Laos)";

/// The last year in which Children's Day was off for everybody.
const CHILDRENS_DAY_UNTIL: i16 = 2017;

/// All days off of a year, in no order.
pub(super) fn days(year: i16) -> Vec<RuleDay> {
    let public =
        |month, nth, names| day(date(year, month, nth), names, RowKind::Holiday, DECREE, false);
    let women = ["Ngày Quốc tế Phụ nữ", "International Women's Rights Day", "ວັນແມ່ຍິງສາກົນ"];
    let mut days = vec![
        public(1, 1, ["Tết Dương lịch", "New Year's Day", "ວັນປີໃໝ່ສາກົນ"]),
        day(date(year, 3, 8), women, RowKind::WomenHoliday, DECREE, false),
        public(5, 1, ["Ngày Quốc tế lao động", "International Labor Day", "ວັນກຳມະກອນສາກົນ"]),
        public(12, 2, ["Quốc khánh Lào", "Lao National Day", "ວັນຊາດ"]),
    ];
    if year <= CHILDRENS_DAY_UNTIL {
        let names = ["Ngày Quốc tế Thiếu nhi", "International Children's Day", "ວັນເດັກສາກົນ"];
        days.push(public(6, 1, names));
    }
    let (first, last) = new_year(year);
    for nth in first..=last {
        let names = ["Tết Lào (Bunpimay)", "Lao New Year's Day", "ບຸນປີໃໝ່ລາວ"];
        days.push(day(date(year, 4, nth), names, RowKind::Holiday, DECREE, true));
    }
    days
}

/// The days of April of the New Year: 14 to 16, but for the years that are known to differ.
fn new_year(year: i16) -> (i8, i8) {
    match year {
        2016 | 2020 | 2024 => (13, 16),
        2017 => (13, 15),
        _ => (14, 16),
    }
}

//! Reasons of deadline steps in words.
//! Must not count days.

use std::sync::Arc;

use redress_calendar::{DayName, Why};
use redress_core::kinds::Lang;
use redress_text::why;

fn tet(lo: Option<&str>) -> DayName {
    DayName {
        vi: Arc::from("Tết Nguyên đán"),
        en: Arc::from("Lunar New Year"),
        lo: lo.map(Arc::from),
    }
}

#[test]
fn reasons_read_in_three_languages() {
    let rows = [
        (Why::DayOfReceipt, ["ngày nhận, không tính", "day of receipt", "ມື້ທີ່ໄດ້ຮັບ, ບໍ່ນັບ"]),
        (Why::Paused, ["tạm dừng, không tính", "paused, not counted", "ຢຸດຊົ່ວຄາວ, ບໍ່ນັບ"]),
        (Why::WeeklyRest, ["nghỉ hằng tuần", "weekly rest", "ມື້ພັກປະຈຳອາທິດ"]),
        (Why::Holiday(tet(None)), ["Tết Nguyên đán", "Lunar New Year", "ວັນພັກທາງການ"]),
        (Why::Holiday(tet(Some("ບຸນ"))), ["Tết Nguyên đán", "Lunar New Year", "ບຸນ"]),
        (
            Why::InLieu(tet(None)),
            ["nghỉ bù: Tết Nguyên đán", "day in lieu: Lunar New Year", "ພັກຊົດເຊີຍ: ວັນພັກທາງການ"],
        ),
    ];
    for (reason, wanted) in rows {
        for (lang, wanted) in [Lang::Vi, Lang::En, Lang::Lo].into_iter().zip(wanted) {
            assert_eq!(why(lang, &reason), wanted);
        }
    }
}

//! Days off that come and go while complaints are open. Must not name the same days twice by one date.

use redress_app::core::policy::{Pack, shipped_files};
use redress_testkit::Chance;

use crate::kit::{decide, read};

const HOLIDAYS: &str = "calendar/vn.csv";
const AS_OF: &str = "# as-of: 2026-11-20";
/// Wednesdays somebody may declare off, after each of the holidays a seed begins before.
const MAY_BE_OFF: [&str; 5] =
    ["2026-02-25", "2026-05-06", "2026-09-09", "2027-01-06", "2027-01-13"];

/// The list of days as of the `n`th day after the shipped one, with some days off more.
pub(super) fn list(n: i64, chance: &mut Chance) -> Pack {
    let mut files = shipped_files();
    decide(&mut files, HOLIDAYS);
    let as_of = jiff::civil::date(2026, 11, 20) + jiff::SignedDuration::from_hours(24 * n);
    let text = files.text(HOLIDAYS).expect("the pack has it");
    let text = text.replacen(AS_OF, &format!("# as-of: {as_of}"), 1);
    let (head, rows) = text.split_at(text.find("\n2014-").expect("its first row") + 1);
    let mut rows: Vec<String> = rows.lines().map(str::to_owned).collect();
    for day in MAY_BE_OFF.iter().filter(|_| chance.once_in(2)) {
        rows.push(format!(
            "{day},Wed,Ngày nghỉ thêm,One more day off,statutory,Decision {n}/2026,verified,,ວັນພັກເພີ່ມ"
        ));
    }
    rows.sort_unstable();
    files.insert(HOLIDAYS, format!("{head}{}\n", rows.join("\n")));
    read(&files)
}

//! The pack before and after the decree: resolutions count working days, and one day off of the
//! next days is taken back. Must not touch the shipped pack.

use std::path::{Path, PathBuf};

/// Both packs.
pub(crate) struct Packs {
    /// With the day off.
    pub(crate) before: PathBuf,
    /// Without it, of a later date.
    pub(crate) after: PathBuf,
}

impl Packs {
    /// Writes both below `room`.
    pub(crate) fn make(room: &Path) -> Self {
        let day = next_working_day(room);
        let row = format!("{day},,Ngày nghỉ,Day off,statutory,Decision 1/2026,verified,,ວັນພັກ\n");
        Self {
            before: write(&room.join("before"), "2026-11-20", &row),
            after: write(&room.join("after"), "2026-11-21", ""),
        }
    }
}

fn write(to: &Path, as_of: &str, row: &str) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/alphatech");
    copy(&from, to);
    let edit = |file: &str, change: &dyn Fn(String) -> String| {
        let path = to.join(file);
        let text = std::fs::read_to_string(&path).expect("it was copied");
        std::fs::write(&path, change(text)).expect("it is ours");
    };
    edit("policy.toml", &|text| text.replacen("within = \"3d\"", "within = \"5wd\"", 1));
    edit("calendar/vn.csv", &|text| {
        let dated = text.replacen("# as-of: 2026-11-20", &format!("# as-of: {as_of}"), 1);
        format!("{}\n{row}", dated.trim_end())
    });
    to.to_owned()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("there is room");
    for entry in std::fs::read_dir(from).expect("it is listed") {
        let entry = entry.expect("it is listed");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("known").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("it is copied");
        }
    }
}

/// The next working day after today by the calendar that ships.
fn next_working_day(room: &Path) -> String {
    let made = std::fs::metadata(room).expect("it was just made").modified().expect("a time");
    let made = jiff::Timestamp::try_from(made).expect("a time");
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone");
    let from = made.to_zoned(zone).date().tomorrow().expect("a day");
    let days = redress_core::policy::shipped()
        .policy
        .calendar
        .days(from, from + jiff::Span::new().days(20));
    let days = days.expect("the calendar reaches that far");
    days.iter().find(|day| day.working).expect("within twenty days").date.to_string()
}

/// A complaint of usual length.
pub(crate) fn complaint(client: u64, number: u64) -> String {
    let phone = 100_000 + (client * 7919 + number) % 900_000;
    format!(
        "{{\"language\":\"vi\",\"about\":\"service\",\"category\":\"LEVELLING\",\"text\":\"Thang máy số {client} dừng lệch tầng, lần {number}.\",\"complainant\":{{\"as\":\"person\",\"name\":\"Trần Thị Thu Hà\",\"phone\":\"0933{phone}\"}},\"reply_by\":\"zalo\"}}"
    )
}

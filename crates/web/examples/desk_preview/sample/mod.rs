//! Sample data of the preview; all names and events are invented.
//! Must not be shipped.

mod case;
mod lists;
mod pages;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use redress_core::kinds::Lang;
use redress_text::PromiseState;
use redress_web::components::{Clock, FileItem, StepLine, Words};
use redress_web::desk::form::Choice;
use redress_web::desk::{DeskFrame, Duty, DutyPerson, MenuItem, Place, User};

pub(crate) use case::{case, case_refused};
pub(crate) use lists::{director, queue, queue_empty};
pub(crate) use pages::{accounts, duty_page, entered, entry, not_found, refused, set_up, sign_in};

/// One of three, by language.
pub(crate) fn pick(lang: Lang, vi: &str, en: &str, lo: &str) -> String {
    match lang {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
        Lang::Lo => lo.to_owned(),
    }
}

pub(crate) fn at(text: &str) -> Timestamp {
    format!("2026-11-{text}:00+07:00").parse().expect("the sample's own instant")
}

pub(crate) fn frame(lang: Lang, place: Place) -> DeskFrame {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("the zone is bundled");
    let item = |place, count| MenuItem { place, count };
    DeskFrame {
        w: Words { lang, zone, now: at("25T10:24") },
        company: "Alphatech Việt Nam".to_owned(),
        user: Some(User {
            name: "Phạm Ngọc Anh".to_owned(),
            role: pick(lang, "Chăm sóc khách hàng", "Customer Care", "ບໍລິການລູກຄ້າ"),
        }),
        menu: vec![
            item(Place::Queue, Some(18)),
            item(Place::Director, Some(3)),
            item(Place::New, None),
            item(Place::Duty, None),
            item(Place::Accounts, None),
        ],
        place,
        languages: Lang::ALL.to_vec(),
        path: place.href().to_owned(),
        key: "k1".to_owned(),
        done: None,
        alarms: vec![],
        demo: true,
    }
}

pub(crate) fn duty() -> Duty {
    Duty {
        now: vec![DutyPerson {
            name: "Đỗ Văn Tùng".to_owned(), phone: "+84912345618".to_owned()
        }],
        gap: Some((at("28T18:00"), at("28T22:00"))),
    }
}

pub(crate) fn departments(lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new("care", pick(lang, "Chăm sóc khách hàng", "Customer Care", "ບໍລິການລູກຄ້າ")),
        Choice::new(
            "technical",
            pick(
                lang,
                "Phòng Lắp đặt, Vận hành, Bảo trì, Sửa chữa",
                "Installation, Operation, Maintenance and Repair",
                "ພະແນກຕິດຕັ້ງ, ເດີນເຄື່ອງ, ບຳລຸງຮັກສາ ແລະ ສ້ອມແປງ",
            ),
        ),
    ]
}

pub(crate) fn first_reply(lang: Lang) -> String {
    pick(lang, "Trả lời", "Reply", "ຕອບກັບ")
}

pub(crate) fn resolution(lang: Lang) -> String {
    pick(lang, "Kết quả lần đầu", "First result", "ຜົນຄັ້ງທຳອິດ")
}

pub(crate) fn clock(
    what: String,
    state: PromiseState,
    from: &str,
    due: &str,
    kept: Option<&str>,
) -> Clock {
    Clock {
        what,
        state,
        from: at(from),
        due: at(due),
        kept_at: kept.map(at),
        late: None,
        paused_since: None,
        pauses: vec![],
        within: String::new(),
        moved: vec![],
        steps: vec![],
    }
}

pub(crate) fn with_steps(lang: Lang, mut clock: Clock) -> Clock {
    clock.within = pick(lang, "3 ngày", "3 days", "3 ມື້");
    let day = |day: i8| Date::constant(2026, 11, day);
    let why = |id: &str| redress_text::t(lang, id);
    clock.steps = vec![
        StepLine { on: day(23), counts: false, nth: None, why: why("why-day-of-receipt") },
        StepLine { on: day(24), counts: true, nth: Some(1), why: why("why-calendar-day") },
        StepLine { on: day(25), counts: true, nth: Some(2), why: why("why-calendar-day") },
        StepLine { on: day(26), counts: true, nth: Some(3), why: why("why-calendar-day") },
    ];
    clock
}

pub(crate) fn files(count: usize) -> Vec<FileItem> {
    (1..=count)
        .map(|n| FileItem {
            name: format!("anh-{n}.jpg"),
            bytes: 412_000,
            href: "#".to_owned(),
            thumb: Some("assets/picture.svg".to_owned()),
            alt: format!("{n}/{count}"),
            held: None,
        })
        .collect()
}

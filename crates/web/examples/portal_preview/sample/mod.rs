//! Sample data of the preview; all names and events are invented.
//! Must not be shipped: only the policy page shows the real pack.

mod track;
mod verify;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use redress_core::kinds::{About, As, ChannelKind, Lang};
use redress_core::policy::{Pack, shipped, show};
use redress_text::t_args;
use redress_web::components::{
    Company, FieldErrors, FileItem, Frame, KeptFile, PolicyLine, Section, Words,
};
use redress_web::portal::view::{
    Call, Choice, ComplaintForm, FormLimits, FormValues, Home, Privacy, Problem, ProblemKind,
    PromiseNow, Receipt, ReceiptPromise, TrackLookup,
};
use redress_web::portal::{promises_later, promises_now};

pub(crate) use track::{again, answered, verifying};
pub(crate) use verify::{verify, verify_missing, verify_refused, verify_valid};

/// One of three, by language.
pub(crate) fn pick(lang: Lang, vi: &str, en: &str, lo: &str) -> String {
    match lang {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
        Lang::Lo => lo.to_owned(),
    }
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("the sample's own instant")
}

pub(crate) fn frame(lang: Lang, rest: &str, section: Section) -> Frame {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("the zone is bundled");
    Frame {
        w: Words { lang, zone, now: at("2026-11-25T10:24:00+07:00") },
        company: Company {
            name: "Alphatech Việt Nam".to_owned(),
            site: "atvin.com.vn".to_owned(),
            hotline: "+84933269898".to_owned(),
        },
        policy: PolicyLine {
            version: 1,
            in_force: at("2026-01-01T00:00:00+07:00"),
            digest: "4e1f09c2a7b35d8816e0".to_owned(),
        },
        languages: Lang::ALL.to_vec(),
        rest: rest.to_owned(),
        section,
        demo: section == Section::Track,
        restarted: false,
    }
}

fn pack() -> Pack {
    shipped()
}

pub(crate) fn promises(lang: Lang) -> Vec<PromiseNow> {
    let now = frame(lang, "/", Section::Policy).w.now;
    promises_now(&pack(), lang, now).expect("the shipped pack is complete")
}

pub(crate) fn home(lang: Lang) -> Home {
    let pack = pack();
    let mut promises = promises(lang);
    promises.extend(promises_later(&pack, lang).expect("the shipped pack is complete"));
    let page = show(&pack, lang).expect("the shipped pack is complete");
    Home::new(frame(lang, "/", Section::Policy), page, &pack.policy, promises)
}

pub(crate) fn first_reply(lang: Lang) -> String {
    pick(lang, "Có người trả lời", "Somebody answers", "ມີຄົນຕອບທ່ານ")
}

pub(crate) fn resolution(lang: Lang) -> String {
    pick(lang, "Có kết quả lần đầu", "The first result", "ມີຜົນຄັ້ງທຳອິດ")
}

pub(crate) fn account(lang: Lang) -> String {
    pick(
        lang,
        "Thang dừng thấp hơn sàn tầng 3 khoảng một đốt ngón tay, mẹ tôi 74 tuổi bị vấp sáng Chủ nhật.\nTôi đã hẹn bảo trì hai lần (14/11 và 21/11) nhưng không ai đến.",
        "The lift stops a finger's breadth below the third floor; my mother tripped on Sunday.\nMaintenance was booked twice (14 and 21 Nov) and nobody came.",
        "ລິບຈອດຕ່ຳກວ່າພື້ນຊັ້ນ 3, ແມ່ຂອງຂ້ອຍສະດຸດລົ້ມມື້ວັນອາທິດ.\nໄດ້ນັດບຳລຸງຮັກສາສອງຄັ້ງ ແຕ່ບໍ່ມີໃຜມາ.",
    )
}

pub(crate) fn files() -> Vec<FileItem> {
    let file = |name: &str, thumb: Option<&str>, bytes| FileItem {
        name: name.to_owned(),
        bytes,
        href: "#".to_owned(),
        thumb: thumb.map(str::to_owned),
        alt: name.to_owned(),
        held: None,
    };
    let grey = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Crect width='9' height='9' fill='%23789'/%3E%3Cpath d='M2 9V3h5v6' fill='%23345'/%3E%3C/svg%3E";
    vec![
        file("IMG_0742.jpg", Some(grey), 1_812_000),
        file("IMG_0744.jpg", Some(grey), 2_101_000),
        file("hop-dong-bao-tri-2026.pdf", None, 84_000),
    ]
}

pub(crate) fn form(lang: Lang) -> ComplaintForm {
    let category = |value: &str, label: String| Choice { value: value.to_owned(), label };
    ComplaintForm {
        frame: frame(lang, "/complaints/new", Section::New),
        key: "0f5e5b0c6a7c4f6a8f1d".to_owned(),
        values: FormValues::default(),
        errors: FieldErrors::default(),
        categories: vec![
            category("LEVELLING", pick(lang, "Dừng lệch tầng", "Mis-levelling", "ຈອດບໍ່ກົງຊັ້ນ")),
            category("NOISE", pick(lang, "Tiếng ồn", "Noise", "ສຽງດັງ")),
        ],
        reply_ways: vec![
            ChannelKind::Phone,
            ChannelKind::Zalo,
            ChannelKind::Viber,
            ChannelKind::Email,
            ChannelKind::Sms,
            ChannelKind::Letter,
            ChannelKind::Visit,
        ],
        capacities: As::ALL.to_vec(),
        limits: FormLimits { text_chars: 10_000, files: 10, file_bytes: 26_214_400 },
        promises: promises(lang),
        privacy: Privacy { version: jiff::civil::date(2026, 1, 1), years: 5 },
        calls: vec![],
        kept: vec![],
    }
}

pub(crate) fn form_with_errors(lang: Lang) -> ComplaintForm {
    let mut form = form(lang);
    form.values = FormValues {
        about: Some(About::Service),
        category: "LEVELLING".to_owned(),
        asset: "AT-HN-2147".to_owned(),
        capacity: Some(As::Representative),
        name: "Trần Minh Đức".to_owned(),
        phone: "091 234 567".to_owned(),
        represents: "Trần Thị Thu Hà".to_owned(),
        reply_by: Some(ChannelKind::Zalo),
        ..FormValues::default()
    };
    let wrong = |id: &str, value: &str| t_args(lang, id, &[("value", value.into())]);
    form.errors.add("text", wrong("error-text-missing", ""));
    form.errors.add("phone", wrong("error-phone", "091 234 567"));
    form.kept = files()
        .into_iter()
        .map(|file| KeptFile { upload: file.name.clone(), name: file.name, bytes: file.bytes })
        .collect();
    form
}

/// The form that could not be stored, for want of room.
pub(crate) fn form_without_room(lang: Lang) -> ComplaintForm {
    let by = [ChannelKind::Phone, ChannelKind::Zalo, ChannelKind::Viber];
    let mut form = form(lang);
    let by = by.iter().map(|kind| form.frame.w.channel(kind)).collect();
    form.calls = vec![Call { number: "+84933269898".to_owned(), by }];
    form.values.text =
        pick(lang, "Thang số 2 dừng lệch tầng.", "Lift 2 stops between floors.", "ລິຟເບີ 2 ຢຸດບໍ່ຕົງຊັ້ນ.");
    form
}

pub(crate) fn receipt(lang: Lang) -> Receipt {
    let row =
        |what: String, within: String, due: &str| ReceiptPromise { what, within, due: at(due) };
    let hours = pick(lang, "3 giờ", "3 hours", "3 ຊົ່ວໂມງ");
    let days = pick(lang, "3 ngày", "3 days", "3 ມື້");
    Receipt {
        frame: frame(lang, "/complaints/KN-26-000384-KB/receipt", Section::Other),
        reference: "KN-26-000384-KB".to_owned(),
        received_at: at("2026-11-25T10:24:00+07:00"),
        with: pick(
            lang,
            "Tổng Giám đốc và Chăm sóc khách hàng",
            "General Director and Customer Care",
            "ຜູ້ອຳນວຍການໃຫຍ່ ແລະ ບໍລິການລູກຄ້າ",
        ),
        danger: lang == Lang::En,
        promises: vec![
            row(first_reply(lang), hours, "2026-11-25T13:24:00+07:00"),
            row(resolution(lang), days, "2026-11-29T00:00:00+07:00"),
        ],
        again: pick(
            lang,
            "Nếu xem lại: người khác kiểm tra, trả lời trong 7 ngày làm việc.",
            "A new check is made by other people and answered within 7 working days.",
            "ຖ້າກວດສອບຄືນ: ຄົນອື່ນກວດສອບ ແລະ ຕອບພາຍໃນ 7 ມື້ເຮັດວຽກ.",
        ),
        tracking_url: format!("https://khieunai.example.vn/{lang}/track/6rT0vYw2mQ8aXc5Jk1ZpLg"),
        sent: vec![
            (pick(lang, "Sự việc", "What happened", "ເຫດການ"), account(lang)),
            (pick(lang, "Số điện thoại", "Telephone", "ເບີໂທລະສັບ"), "0912 ••• 618".to_owned()),
        ],
        files: files(),
    }
}

pub(crate) fn lookup(lang: Lang) -> TrackLookup {
    TrackLookup {
        frame: frame(lang, "/track", Section::Track),
        link: String::new(),
        errors: FieldErrors::default(),
    }
}

pub(crate) fn problems(lang: Lang) -> Vec<Problem> {
    let refusal = pick(
        lang,
        "Lần xem lại phải do người khác xác minh.",
        "A new check needs another verifier.",
        "ການກວດສອບຄືນ ຕ້ອງແມ່ນຄົນອື່ນ.",
    );
    [
        ProblemKind::Spoilt,
        ProblemKind::NotFound,
        ProblemKind::Refused { detail: refusal, rule: "rounds.other_people".to_owned() },
        ProblemKind::TooLarge { file_bytes: 26_214_400, files: 10 },
        ProblemKind::TooMany { retry_after: 40 },
        ProblemKind::Broken { incident: "7f3a-19".to_owned() },
        ProblemKind::Unavailable,
    ]
    .into_iter()
    .map(|kind| Problem { frame: frame(lang, "/", Section::Other), kind })
    .collect()
}

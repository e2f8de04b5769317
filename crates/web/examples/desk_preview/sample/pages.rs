//! The smaller pages of the preview.
//! Must not hold rules.

use redress_core::kinds::{ChannelKind, Lang, Role};
use redress_text::t;
use redress_web::components::FieldErrors;
use redress_web::desk::form::{Choice, Refused};
use redress_web::desk::view::{
    Account, Accounts, Deputy, Entered, EnteredPromise, Entry, EntryValues, Problem, ProblemKind,
    Roster, SetUp, Shift, SignIn,
};
use redress_web::desk::{DeskFrame, Place};

use super::{at, departments, duty, files, first_reply, frame, pick, resolution};

fn outside(lang: Lang) -> DeskFrame {
    DeskFrame { user: None, menu: vec![], ..frame(lang, Place::Other) }
}

pub(crate) fn sign_in(lang: Lang) -> SignIn {
    SignIn {
        frame: outside(lang),
        email: "ngocanh@example.vn".to_owned(),
        next: "/desk/queue".to_owned(),
        wrong: true,
        wait: None,
        signed_out: false,
    }
}

pub(crate) fn set_up(lang: Lang) -> SetUp {
    let mut errors = FieldErrors::default();
    let short = redress_text::t_args(lang, "desk-password-short", &[("n", 8.into())]);
    errors.add("password", short);
    SetUp {
        frame: outside(lang),
        token: "t".to_owned(),
        account: Some(("Phạm Ngọc Anh".to_owned(), "ngocanh@example.vn".to_owned())),
        errors,
    }
}

pub(crate) fn entry(lang: Lang) -> Entry {
    let mut errors = FieldErrors::default();
    let label = t(lang, "desk-entry-text");
    errors.add("text", format!("{label}: {}", t(lang, "field-error-missing")));
    Entry {
        frame: frame(lang, Place::New),
        values: EntryValues {
            channel: Some(ChannelKind::Phone),
            received_at: "2026-11-25T10:20".to_owned(),
            phone: "0912 345 618".to_owned(),
            ..EntryValues::default()
        },
        errors,
        channels: ChannelKind::ALL.iter().copied().filter(|c| *c != ChannelKind::Visit).collect(),
        reply_ways: ChannelKind::ALL.to_vec(),
        categories: vec![Choice::new("LEVELLING", "Dừng lệch tầng")],
        offices: vec![],
        languages: Lang::ALL.to_vec(),
        kept: vec![],
    }
}

pub(crate) fn entered(lang: Lang) -> Entered {
    Entered {
        frame: frame(lang, Place::New),
        reference: "KN-26-000403-G1".to_owned(),
        received_at: at("25T10:20"),
        person: Some("Vũ Quốc Bảo".to_owned()),
        promises: vec![
            EnteredPromise { what: first_reply(lang), due: at("25T13:20") },
            EnteredPromise { what: resolution(lang), due: at("29T00:00") },
        ],
        tracking_url: "https://example.vn/vi/track/7QKX2M9R4T8W1Z5N3C6V0B7J2H".to_owned(),
        hotline: "+84933269898".to_owned(),
        called_out: Some("Đỗ Văn Tùng".to_owned()),
        recorded: vec![
            (
                t(lang, "desk-entry-text"),
                "Hẹn sửa ba lần chưa xong, thang vẫn dừng lệch.".to_owned(),
            ),
            (t(lang, "form-phone"), "0912 345 618".to_owned()),
        ],
        files: files(1),
    }
}

pub(crate) fn duty_page(lang: Lang) -> Roster {
    let shift = |id: &str, person: &str, from, until| Shift {
        id: id.to_owned(),
        person: person.to_owned(),
        phone: "+84912345618".to_owned(),
        from: at(from),
        until: at(until),
    };
    Roster {
        frame: frame(lang, Place::Duty),
        duty: duty(),
        shifts: vec![
            shift("1", "Đỗ Văn Tùng", "25T06:00", "25T18:00"),
            shift("2", "Phạm Ngọc Anh", "25T18:00", "26T06:00"),
        ],
        may_change: true,
        people: vec![Choice::new("tung@example.vn", "Đỗ Văn Tùng")],
        deputies: vec![Deputy {
            id: "1".to_owned(),
            person: "Lê Quang Huy".to_owned(),
            director: "Nguyễn Minh Khang".to_owned(),
            from: at("24T08:00"),
            until: at("27T17:00"),
        }],
        may_delegate: true,
        candidates: vec![Choice::new("huy@example.vn", "Lê Quang Huy")],
        typed: vec![("phone".to_owned(), "0912 345 618".to_owned())],
        errors: FieldErrors::default(),
    }
}

pub(crate) fn accounts(lang: Lang) -> Accounts {
    let account = |name: &str, email: &str, role, disabled| Account {
        id: email.to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        role,
        department: (role == Role::Department).then(|| departments(lang)[1].label.clone()),
        authority: vec![],
        disabled,
        last_seen: (!disabled).then(|| at("25T07:58")),
    };
    let mut head = account("Lê Quang Huy", "huy@example.vn", Role::Department, false);
    head.authority = vec![departments(lang)[1].label.clone()];
    let mut frame = frame(lang, Place::Accounts);
    let w = &frame.w;
    let (expected, found) = (w.instant(&at("25T07:00")), w.instant(&at("28T07:00")));
    frame.alarms = vec![
        w.t1("desk-room-little", "free", w.size(&180_000_000)),
        w.t2("desk-clock-jumped", "expected", &expected, "found", found),
    ];
    Accounts {
        frame,
        holidays: None,
        accounts: vec![
            head,
            account("Nguyễn Minh Khang", "khang@example.vn", Role::Director, false),
            account("Phạm Ngọc Anh", "ngocanh@example.vn", Role::Care, true),
        ],
        departments: departments(lang),
        link: Some((
            "Phạm Ngọc Anh".to_owned(),
            "https://example.vn/desk/set-up/5N3C6V0B7J2H7QKX2M9R4T8W1Z".to_owned(),
        )),
        typed: vec![],
        errors: FieldErrors::default(),
    }
}

pub(crate) fn refused(lang: Lang) -> Problem {
    Problem {
        frame: frame(lang, Place::Other),
        kind: ProblemKind::Refused(Refused {
            words: t(lang, "refusal-own-proposal"),
            rule: "decision.approval".to_owned(),
        }),
        back: "/desk/complaints/KN-26-000384-KB".to_owned(),
        typed: vec![(
            t(lang, "field-reason"),
            pick(lang, "Đã đủ căn cứ.", "The reasons are complete.", "ເຫດຜົນຄົບຖ້ວນ."),
        )],
    }
}

pub(crate) fn not_found(lang: Lang) -> Problem {
    Problem {
        frame: frame(lang, Place::Other),
        kind: ProblemKind::NotFound,
        back: String::new(),
        typed: vec![],
    }
}

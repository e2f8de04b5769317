//! The page of one complaint of the preview.
//! Must not hold rules: which commands show is simply written down here.

use redress_core::complaint::registry;
use redress_core::kinds::{About, ChannelKind, Kind, Lang, Severity};
use redress_text::{ComplaintState, PromiseState, Step, t};
use redress_web::components::{Clock, FieldErrors, Message, Rail, Side, Stop, StopState};
use redress_web::desk::Place;
use redress_web::desk::form::{Choice, Filled, FormView, Options, Refused};
use redress_web::desk::view::{
    Case, Contact, EarlierFindings, EarlierRound, EventLine, Finding, Note, PersonView, Proposal,
    TalkItem, UndertakingLine,
};

use super::{at, clock, departments, files, first_reply, frame, pick, resolution, with_steps};

const ACCOUNT: &str = "Thang dừng thấp hơn sàn tầng 3 khoảng một đốt ngón tay, mẹ tôi 74 tuổi bị vấp sáng Chủ nhật.\nTôi đã hẹn bảo trì hai lần (14/11 và 21/11) nhưng không ai đến, cũng không ai gọi báo.";

fn options(lang: Lang) -> Options {
    let colleagues = vec![
        Choice::new("tung@example.vn", "Đỗ Văn Tùng"),
        Choice::new("huy@example.vn", "Lê Quang Huy"),
    ];
    Options {
        departments: departments(lang),
        accounts: colleagues.clone(),
        verifiers: colleagues.clone(),
        deciders: colleagues,
        categories: vec![Choice::new("LEVELLING", "Dừng lệch tầng")],
        grounds: vec![Choice::new("no-evidence", "Không có bằng chứng")],
        promises: vec![],
        proposals: vec![Choice::new("pro_1", t(lang, "outcome-upheld"))],
        undertakings: vec![Choice::new("und_1", "Đến đo lại sàn tầng 3")],
        attempts: vec![],
        channels: vec![],
    }
}

fn forms(lang: Lang) -> Vec<FormView> {
    let w = frame(lang, Place::Other).w;
    let make = |id: &str| {
        let (_, shape) = registry::find_shape(id).expect("a shape of the registry");
        FormView::new(&w, shape, ("KN-26-000384-KB", 12), &options(lang), &Filled::default())
    };
    let others = [
        "approval",
        "give-back",
        "send",
        "tell-words",
        "enter",
        "notes",
        "evidence-request",
        "findings",
        "undertaking",
        "undertaking-settled",
        "undertaking-moved",
        "refusal",
        "response-told",
        "classification",
        "handover",
        "assignment",
        "mandate",
        "redaction",
    ];
    let mut forms = vec![make("decision").as_next()];
    forms.extend(others.iter().map(|id| make(id)));
    forms
}

fn finding(lang: Lang) -> Finding {
    Finding {
        check: "Sai lệch dừng tầng 3".to_owned(),
        side: t(lang, "side-measurement"),
        text: Some("38 mm, mức cho phép 10 mm.".to_owned()),
        at: at("24T14:20"),
        by: "Đỗ Văn Tùng".to_owned(),
        files: files(1),
    }
}

fn talk() -> Vec<TalkItem> {
    let said = |side, at_text: &str, text: &str, delivery: &str| {
        TalkItem::Message(Message {
            side,
            at: at(at_text),
            channel: ChannelKind::Zalo,
            text: text.to_owned(),
            erased: false,
            files: vec![],
            delivery: delivery.to_owned(),
        })
    };
    vec![
        said(
            Side::Company {
                name: "Phạm Ngọc Anh".to_owned(),
                unit: "Chăm sóc khách hàng".to_owned(),
            },
            "23T09:05",
            "Chào chị Hà, em là Ngọc Anh. Kỹ thuật viên đến lúc 14:00 ngày mai được không ạ?",
            "đã gửi, khách xem 09:06",
        ),
        TalkItem::Note(Note {
            by: "Lê Quang Huy".to_owned(),
            at: at("23T10:12"),
            text: Some("Mang thước đo và một cảm biến dự phòng. Kiểm tra luôn con lăn.".to_owned()),
            mentions: vec!["Đỗ Văn Tùng".to_owned()],
            files: vec![],
        }),
        said(Side::Complainant, "24T14:31", "Cảm ơn em. Bạn Tùng đến đúng giờ, giải thích rõ.", ""),
    ]
}

fn rail(round: u8) -> Rail {
    let steps = [Step::Receive, Step::Verify, Step::Decide, Step::Respond, Step::Close];
    let stops = steps.iter().enumerate().map(|(n, step)| Stop {
        step: *step,
        state: match n {
            0 | 1 if round == 1 => StopState::Done,
            0 => StopState::Done,
            2 if round == 1 => StopState::Now,
            1 => StopState::Now,
            _ => StopState::Next,
        },
        at: (n < 2).then(|| at("23T08:31")),
        note: String::new(),
    });
    Rail { stops: stops.collect() }
}

fn events(lang: Lang) -> Vec<EventLine> {
    let event = |pos, at_text: &str, actor: &str, what: &str, why: &str, name: &str| EventLine {
        pos,
        at: at(at_text),
        recorded_at: None,
        actor: actor.to_owned(),
        what: what.to_owned(),
        why: why.to_owned(),
        name: Some(name.to_owned()),
    };
    let handed = t(lang, "command-handover");
    let found = t(lang, "command-findings");
    vec![
        event(64, "24T14:25", "Đỗ Văn Tùng", &found, "38 mm", "finding.recorded"),
        event(58, "23T08:31", "Nguyễn Minh Khang", &handed, "", "complaint.handed_over"),
        event(57, "23T08:26", "Nguyễn Minh Khang", &t(lang, "desk-seen"), "", "director.saw"),
    ]
}

fn person(lang: Lang) -> PersonView {
    PersonView {
        erase: None,
        name: Some("Trần Thị Thu Hà".to_owned()),
        capacity: t(lang, "as-representative"),
        mandate: Some(false),
        contacts: vec![
            Contact {
                channel: ChannelKind::Zalo,
                shown: "0912 345 618".to_owned(),
                href: Some("tel:+84912345618".to_owned()),
            },
            Contact {
                channel: ChannelKind::Email,
                shown: "ha@example.vn".to_owned(),
                href: Some("mailto:ha@example.vn".to_owned()),
            },
        ],
        reply_by: Some(ChannelKind::Zalo),
        language: Some(Lang::Vi),
        needs: pick(lang, "Gọi sau 11:30", "Call after 11:30", "ໂທຫຼັງ 11:30"),
        others: vec!["KN-25-000102-3M".to_owned()],
    }
}

pub(crate) fn case(lang: Lang) -> Case {
    let kept = Some("23T09:05");
    let due = at("27T16:00");
    let units = departments(lang);
    Case {
        frame: frame(lang, Place::Queue),
        reference: "KN-26-000384-KB".to_owned(),
        title: Some("Thang dừng lệch sàn tầng 3, lỡ hẹn bảo trì hai lần".to_owned()),
        state: ComplaintState::Deciding,
        round: 1,
        kind: Kind::Complaint,
        about: About::Service,
        severity: Severity::High,
        safety: false,
        category: Some(pick(lang, "Dừng lệch tầng", "Mis-levelling", "ຈອດບໍ່ກົງຊັ້ນ")),
        channel: ChannelKind::Zalo,
        received_at: at("23T08:17"),
        recorded_at: at("23T08:20"),
        policy: "alphatech@1".to_owned(),
        hands: vec![
            (t(lang, "desk-filter-department"), units[1].label.clone()),
            (t(lang, "field-join"), units[0].label.clone()),
            (t(lang, "desk-col-holder"), "Lê Quang Huy".to_owned()),
            (t(lang, "field-verifier"), "Đỗ Văn Tùng".to_owned()),
        ],
        clocks: vec![
            with_steps(
                lang,
                clock(resolution(lang), PromiseState::Running, "23T08:17", "27T00:00", None),
            ),
            Clock {
                within: pick(lang, "3 giờ", "3 hours", "3 ຊົ່ວໂມງ"),
                ..clock(first_reply(lang), PromiseState::Kept, "23T08:17", "23T11:17", kept)
            },
        ],
        rail: rail(1),
        earlier: vec![],
        person: person(lang),
        text: Some(ACCOUNT.to_owned()),
        facts: vec![(t(lang, "desk-asset"), "AT-HN-2147".to_owned())],
        files: files(3),
        talk: talk(),
        findings: vec![finding(lang)],
        proposals: vec![Proposal {
            outcome: t(lang, "outcome-upheld"),
            reasons: Some("Cabin dừng thấp hơn sàn 38 mm. Hai buổi bảo trì bị bỏ lỡ.".to_owned()),
            remedies: vec![("Thay cảm biến".to_owned(), "Đỗ Văn Tùng".to_owned(), due)],
            by: "Đỗ Văn Tùng".to_owned(),
            at: at("25T09:10"),
            fate: pick(lang, "chờ người khác duyệt", "waits for another person", "ລໍຖ້າຜູ້ອື່ນອະນຸມັດ"),
            waits: true,
        }],
        undertakings: vec![UndertakingLine {
            what: Some("Đến đo lại sàn tầng 3".to_owned()),
            kind: t(lang, "undertaking-kind-visit"),
            owner: "Đỗ Văn Tùng".to_owned(),
            due: at("25T09:00"),
            state: t(lang, "undertaking-running"),
            tag: ("line", "clock"),
            moves: vec![],
            kept_at: None,
            calendar: Some("/desk/complaints/KN-26-000384-KB/undertakings/und_1.ics".to_owned()),
        }],
        tasks: vec![],
        events: events(lang),
        forms: forms(lang),
        waits: None,
    }
}

/// Round two, a refused command with what was typed.
pub(crate) fn case_refused(lang: Lang) -> Case {
    let mut page = case(lang);
    let w = page.frame.w.clone();
    let (_, shape) = registry::find_shape("acceptance").expect("a shape of the registry");
    let (_, findings) = registry::find_shape("findings").expect("a shape of the registry");
    let mut errors = FieldErrors::default();
    let side = format!("{}: {}", t(lang, "field-side"), t(lang, "field-error-not-a-choice"));
    errors.add("side", side);
    let mut filled = Filled {
        values: vec![("verifier".to_owned(), "tung@example.vn".to_owned())],
        refused: Some(Refused {
            words: t(lang, "refusal-independence"),
            rule: "rounds.other_people".to_owned(),
        }),
        ..Filled::default()
    };
    let case = ("KN-26-000384-KB", 31);
    let accept = FormView::new(&w, shape, case, &options(lang), &filled).as_next();
    filled = Filled { errors, ..Filled::default() };
    filled.values = vec![("text".to_owned(), "12 mm".to_owned())];
    page.forms = vec![accept, FormView::new(&w, findings, case, &options(lang), &filled)];
    page.round = 2;
    page.safety = true;
    page.state = ComplaintState::HandedOver;
    page.rail = rail(2);
    page.findings = vec![];
    page.proposals = vec![];
    page.earlier = vec![EarlierRound {
        number: 1,
        verifier: Some("Đỗ Văn Tùng".to_owned()),
        decider: Some("Lê Quang Huy".to_owned()),
        outcome: t(lang, "outcome-upheld-in-part"),
        answered_at: Some(at("25T09:20")),
        findings: EarlierFindings::HiddenUntilOwn,
    }];
    page
}

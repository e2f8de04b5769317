//! The tracking page of the preview in three states.
//! Must not hold rules: what is allowed is simply written down here.

use jiff::civil::Date;
use redress_core::kinds::{ChannelKind, Lang};
use redress_text::{ComplaintState, PromiseState, Step};
use redress_web::components::{
    Clock, FieldErrors, Message, Rail, Section, Side, StepLine, Stop, StopState,
};
use redress_web::portal::view::{
    Decision, EarlierRound, Holder, RatingForm, RespondForm, Tracking, Undertaking, WriteForm,
};

use super::{account, at, files, first_reply, frame, pick, resolution};

pub(crate) fn verifying(lang: Lang) -> Tracking {
    let mut page = base(lang);
    page.state = ComplaintState::Verifying;
    page.lead = redress_text::t(lang, "track-lead-verifying");
    page.clocks = vec![kept(lang), running(lang)];
    page.rail = rail(lang, 2);
    page.write = Some(WriteForm {
        text: String::new(),
        asked: vec![pick(lang, "Ảnh khe hở ở tầng 3", "A photo of the gap", "ຮູບຊ່ອງຫວ່າງຊັ້ນ 3")],
        asked_until: Some(at("2026-11-26T17:00:00+07:00")),
        files: 10,
        file_bytes: 26_214_400,
    });
    page
}

pub(crate) fn answered(lang: Lang) -> Tracking {
    let mut page = base(lang);
    page.state = ComplaintState::Answered;
    page.lead = redress_text::t(lang, "track-lead-answered");
    page.rail = rail(lang, 4);
    page.clocks = vec![
        kept(lang),
        Clock {
            state: PromiseState::Kept,
            kept_at: Some(at("2026-11-25T10:04:00+07:00")),
            late: None,
            paused_since: None,
            pauses: vec![],
            ..running(lang)
        },
    ];
    page.decision = Some(decision(lang));
    page.respond = Some(RespondForm {
        agreed: false,
        may_agree: true,
        may_disagree: true,
        until: at("2026-12-11T00:00:00+07:00"),
        silence: pick(
            lang,
            "Sau ngày đó, nếu không có ý kiến, hồ sơ được kết thúc; ý kiến gửi muộn vẫn được nhận.",
            "After that day silence closes the file; a later objection is still taken.",
            "ຫຼັງມື້ນັ້ນ ຖ້າບໍ່ມີຄຳເຫັນ ເອກະສານຈະປິດ.",
        ),
        again: pick(
            lang,
            "Chúng tôi kiểm tra lại từ đầu, do người khác phụ trách.",
            "Other people check everything again from the start.",
            "ຄົນອື່ນຈະກວດສອບຄືນແຕ່ຕົ້ນ.",
        ),
        again_due: Some(at("2026-12-05T00:00:00+07:00")),
        send: redress_text::t(lang, "respond-send"),
        text: String::new(),
    });
    page.ratings = vec![RatingForm { round: 1, result: None, handling: Some(4) }];
    page.write = Some(WriteForm {
        text: String::new(),
        asked: vec![],
        asked_until: None,
        files: 10,
        file_bytes: 26_214_400,
    });
    page
}

pub(crate) fn again(lang: Lang) -> Tracking {
    let mut page = base(lang);
    let first = decision(lang);
    page.round = 2;
    page.state = ComplaintState::HandedOver;
    page.lead = redress_text::t(lang, "track-lead-handed-over");
    page.danger = true;
    page.done = redress_text::t(lang, "done-disagreement");
    page.rail = rail(lang, 2);
    page.clocks = vec![
        Clock {
            due: at("2026-11-25T10:50:00+07:00"),
            from: at("2026-11-25T07:50:00+07:00"),
            state: PromiseState::Soon,
            kept_at: None,
            moved: vec![],
            late: None,
            paused_since: None,
            pauses: vec![],
            steps: vec![],
            ..kept(lang)
        },
        Clock {
            due: at("2026-11-25T07:55:00+07:00"),
            from: at("2026-11-20T07:55:00+07:00"),
            state: PromiseState::Late,
            ..running(lang)
        },
    ];
    page.earlier = vec![EarlierRound {
        round: 1,
        outcome: first.outcome,
        answered_at: first.at,
        reasons: first.reasons,
        objection: pick(
            lang,
            "Cảm biến mới vẫn lệch.",
            "The new sensor is still off.",
            "ເຊັນເຊີໃໝ່ຍັງຜິດ.",
        ),
        clocks: vec![kept(lang)],
    }];
    page.waiver = pick(
        lang,
        "Không còn ai khác có chuyên môn; Tổng Giám đốc tự quyết định.",
        "Nobody else is qualified; the General Director decides.",
        "ບໍ່ມີຄົນອື່ນທີ່ມີຄວາມຊຳນານ.",
    );
    page
}

fn base(lang: Lang) -> Tracking {
    let path = format!("/{lang}/track/6rT0vYw2mQ8aXc5Jk1ZpLg");
    Tracking {
        frame: frame(lang, "/track/6rT0vYw2mQ8aXc5Jk1ZpLg", Section::Track),
        reference: "KN-26-000384-KB".to_owned(),
        path,
        key: "b1946ac92492d2347c62".to_owned(),
        done: String::new(),
        errors: FieldErrors::default(),
        state: ComplaintState::Received,
        lead: redress_text::t(lang, "track-lead-received"),
        round: 1,
        danger: false,
        rail: rail(lang, 1),
        clocks: vec![],
        undertakings: undertakings(lang),
        decision: None,
        respond: None,
        earlier: vec![],
        waiver: String::new(),
        messages: messages(lang),
        evidence: files(),
        write: None,
        ratings: vec![],
        holder: Some(Holder { name: "Lê Quang Huy".to_owned(), unit: unit(lang) }),
    }
}

fn unit(lang: Lang) -> String {
    pick(
        lang,
        "Phòng Lắp đặt, Vận hành, Bảo trì, Sửa chữa",
        "Installation, Operation, Maintenance and Repair",
        "ພະແນກຕິດຕັ້ງ, ເດີນເຄື່ອງ, ບຳລຸງຮັກສາ ແລະ ສ້ອມແປງ",
    )
}

fn rail(lang: Lang, now: usize) -> Rail {
    let stops = Step::ALL
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let state = match (index + 1).cmp(&now) {
                std::cmp::Ordering::Less => StopState::Done,
                std::cmp::Ordering::Equal => StopState::Now,
                std::cmp::Ordering::Greater => StopState::Next,
            };
            let reached = state != StopState::Next;
            let note = pick(
                lang,
                "Lê Quang Huy đang phụ trách",
                "Lê Quang Huy has it",
                "Lê Quang Huy ກຳລັງດຳເນີນການ",
            );
            Stop {
                step: *step,
                state,
                at: reached.then(|| at("2026-11-23T08:17:00+07:00")),
                note: if state == StopState::Now { note } else { String::new() },
            }
        })
        .collect();
    Rail { stops }
}

fn kept(lang: Lang) -> Clock {
    Clock {
        what: first_reply(lang),
        state: PromiseState::Kept,
        from: at("2026-11-23T08:17:00+07:00"),
        due: at("2026-11-23T11:17:00+07:00"),
        kept_at: Some(at("2026-11-23T09:05:00+07:00")),
        late: None,
        paused_since: None,
        pauses: vec![],
        within: pick(lang, "3 giờ", "3 hours", "3 ຊົ່ວໂມງ"),
        moved: vec![],
        steps: vec![StepLine {
            on: day(23),
            counts: true,
            nth: Some(1),
            why: redress_text::t(lang, "why-elapsed"),
        }],
    }
}

fn running(lang: Lang) -> Clock {
    let why = |id: &str| redress_text::t(lang, id);
    let line = |on, nth: Option<u32>, id| StepLine {
        on: day(on),
        counts: nth.is_some(),
        nth,
        why: why(id),
    };
    Clock {
        what: resolution(lang),
        state: PromiseState::Running,
        from: at("2026-11-23T08:17:00+07:00"),
        due: at("2026-11-27T00:00:00+07:00"),
        kept_at: None,
        late: None,
        paused_since: None,
        pauses: vec![],
        within: pick(lang, "3 ngày", "3 days", "3 ມື້"),
        moved: vec![],
        steps: vec![
            line(23, None, "why-day-of-receipt"),
            line(24, Some(1), "why-holiday"),
            line(25, Some(2), "why-calendar-day"),
            line(26, Some(3), "why-calendar-day"),
        ],
    }
}

fn day(day: i8) -> Date {
    jiff::civil::date(2026, 11, day)
}

fn undertakings(lang: Lang) -> Vec<Undertaking> {
    let under = |what: String, (state, tag), due: &str| Undertaking {
        what,
        kind: redress_text::t(lang, "undertaking-kind-visit"),
        tag,
        state: redress_text::t(lang, state),
        due: at(due),
        moves: vec![(
            at("2026-11-25T16:00:00+07:00"),
            Some(pick(lang, "Khách bận", "You were away", "ທ່ານບໍ່ວ່າງ")),
        )],
        calendar: Some("/vi/track/x/undertakings/und_1.ics".to_owned()),
    };
    vec![
        under(
            pick(lang, "Thay cảm biến dừng tầng", "Replace the levelling sensor", "ປ່ຽນເຊັນເຊີ"),
            ("undertaking-running", ("line", "clock")),
            "2026-11-27T16:00:00+07:00",
        ),
        under(
            pick(
                lang,
                "Miễn phí bảo trì ba tháng",
                "Three months of free maintenance",
                "ບຳລຸງຮັກສາຟຣີສາມເດືອນ",
            ),
            ("undertaking-outcome-kept", ("ok", "check")),
            "2026-11-26T00:00:00+07:00",
        ),
    ]
}

fn decision(lang: Lang) -> Decision {
    Decision {
        outcome: pick(lang, "Khiếu nại có cơ sở", "Upheld", "ຄຳຮ້ອງທຸກມີມູນ"),
        refused: false,
        ground: String::new(),
        reasons: pick(
            lang,
            "Quý khách nói đúng. Cabin dừng thấp hơn sàn tầng 3 là 38 mm, mức cho phép là 10 mm. Hai buổi bảo trì bị bỏ lỡ do chúng tôi xếp trùng lịch. Chúng tôi xin lỗi Quý khách.",
            "You are right. The car stopped 38 mm below the floor; 10 mm is allowed. Two visits were missed because we booked them twice. We are sorry.",
            "ທ່ານເວົ້າຖືກ. ລິບຈອດຕ່ຳກວ່າພື້ນຊັ້ນ 3. ພວກເຮົາຂໍອະໄພທ່ານ.",
        ),
        checked: String::new(),
        who_can_help: String::new(),
        at: at("2026-11-25T10:04:00+07:00"),
        by: format!("Lê Quang Huy, {}", unit(lang)),
        rights: vec![pick(
            lang,
            "Quý khách có thể nhờ cơ quan bảo vệ người tiêu dùng hỗ trợ thương lượng, hòa giải, trọng tài hoặc tòa án.",
            "You may turn to consumer protection, mediation, arbitration or court.",
            "ທ່ານສາມາດຂໍຄວາມຊ່ວຍເຫຼືອຈາກອົງການປົກປ້ອງຜູ້ບໍລິໂພກ.",
        )],
    }
}

fn messages(lang: Lang) -> Vec<Message> {
    let message = |side, sent: &str, text: String, delivery: String| Message {
        side,
        at: at(sent),
        channel: ChannelKind::Zalo,
        text,
        erased: false,
        files: vec![],
        delivery,
    };
    let care = Side::Company {
        name: "Phạm Ngọc Anh".to_owned(),
        unit: pick(lang, "Chăm sóc khách hàng", "Customer Care", "ບໍລິການລູກຄ້າ"),
    };
    let hello = pick(
        lang,
        "Chào chị Hà, em là Ngọc Anh. Chị cho phép em hẹn kỹ thuật viên 14:00 ngày mai được không ạ?",
        "Hello, this is Ngọc Anh. May a technician come tomorrow at 14:00?",
        "ສະບາຍດີ, ພະນັກງານມາມື້ອື່ນ 14:00 ໄດ້ບໍ?",
    );
    let seen = pick(lang, "đã xem 09:06", "seen 09:06", "ອ່ານແລ້ວ 09:06");
    let mut own =
        message(Side::Complainant, "2026-11-23T08:17:00+07:00", account(lang), String::new());
    own.files = files();
    vec![message(care, "2026-11-23T09:05:00+07:00", hello, seen), own]
}

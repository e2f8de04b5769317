//! The queue and the Director's inbox of the preview.
//! Must not hold rules.

use redress_core::kinds::{ChannelKind, Lang};
use redress_core::policy::{HolidaysDue, Lack};
use redress_text::{ComplaintState, PromiseState};
use redress_web::desk::Place;
use redress_web::desk::form::Choice;
use redress_web::desk::view::{
    Card, Danger, Director, Figures, Filter, Notice, Queue, Risk, Row, Task, TaskKind, groups,
};

use super::{at, clock, departments, duty, files, first_reply, frame, pick, resolution};

fn row(lang: Lang, reference: &str, title: &str) -> Row {
    Row {
        hit: None,
        reference: reference.to_owned(),
        title: Some(title.to_owned()),
        person: Some("Trần Thị Thu Hà".to_owned()),
        asset: Some("AT-HN-2147".to_owned()),
        state: ComplaintState::Verifying,
        round: 1,
        department: departments(lang).pop().map(|d| d.label),
        holder: Some("Lê Quang Huy".to_owned()),
        channel: ChannelKind::Zalo,
        language: Lang::Vi,
        safety: false,
        unread: false,
        next: None,
    }
}

fn rows(lang: Lang) -> Vec<Row> {
    let reply = || first_reply(lang);
    let result = || resolution(lang);
    let mut trapped = row(lang, "KN-26-000402-0F", "Kẹt trong cabin tầng 7, hai người, có trẻ nhỏ");
    trapped.state = ComplaintState::Received;
    (trapped.safety, trapped.unread, trapped.holder) = (true, true, None);
    trapped.channel = ChannelKind::Phone;
    trapped.next = Some(clock(reply(), PromiseState::Running, "25T10:02", "25T13:02", None));
    let mut late = row(lang, "KN-26-000371-B4", "Bảo trì xong, cửa vẫn kêu to khi đóng");
    late.state = ComplaintState::Deciding;
    late.next = Some(clock(result(), PromiseState::Late, "22T07:55", "25T07:55", None));
    let mut soon = row(lang, "KN-26-000401-C2", "Đèn cabin chập chờn, nút tầng 2 không sáng");
    (soon.unread, soon.channel, soon.holder) = (true, ChannelKind::Web, None);
    soon.state = ComplaintState::Received;
    soon.next = Some(clock(reply(), PromiseState::Soon, "25T08:02", "25T11:02", None));
    let mut calm =
        row(lang, "KN-26-000384-KB", "Thang dừng lệch sàn tầng 3, lỡ hẹn bảo trì hai lần");
    calm.next = Some(clock(result(), PromiseState::Running, "23T08:17", "27T00:00", None));
    let mut again = row(lang, "KN-26-000362-R1", "Không đồng ý mức bồi thường kính cửa vỡ");
    (again.round, again.channel) = (2, ChannelKind::Letter);
    again.next = Some(clock(result(), PromiseState::Running, "19T08:17", "29T00:00", None));
    let mut lao = row(lang, "KN-26-000391-M2", "ລິບຢຸດບໍ່ພຽງກັບພື້ນຊັ້ນ 3");
    (lao.language, lao.channel, lao.state) =
        (Lang::Lo, ChannelKind::Viber, ComplaintState::Answered);
    lao.person = Some("ທ້າວ ບຸນມີ".to_owned());
    vec![trapped, late, soon, calm, again, lao]
}

pub(crate) fn queue(lang: Lang) -> Queue {
    let frame = frame(lang, Place::Queue);
    let now = frame.w.now;
    Queue {
        frame,
        filter: Filter::default(),
        may_enter: true,
        open: 18,
        late: 1,
        mine: 6,
        soon: 2,
        groups: groups(rows(lang), now),
        next: Some("1764126000000000.c9".to_owned()),
        notices: vec![Notice {
            channel: ChannelKind::Email,
            received_at: at("25T09:41"),
            reference: "KN-26-000401-4X".to_owned(),
            name: "Ban quản trị Hồ Sen".to_owned(),
            phone: "+84933269898".to_owned(),
            text: "Thang số 2 dừng giữa tầng, gọi chưa ai đến.".to_owned(),
            danger: false,
            due: Some(at("25T12:41")),
        }],
        tasks: vec![
            Task {
                kind: TaskKind::FailedDelivery,
                reference: "KN-26-000377-J3".to_owned(),
                since: at("25T08:10"),
                detail: "ha@example.vn, 5.1.1".to_owned(),
            },
            Task {
                kind: TaskKind::LateObjection,
                reference: "KN-26-000290-7P".to_owned(),
                since: at("24T16:02"),
                detail: String::new(),
            },
        ],
        duty: duty(),
        departments: departments(lang),
    }
}

pub(crate) fn queue_empty(lang: Lang) -> Queue {
    Queue { groups: vec![], next: None, notices: vec![], tasks: vec![], ..queue(lang) }
}

fn card(lang: Lang) -> Card {
    let [care, technical]: [Choice; 2] =
        departments(lang).try_into().expect("the sample has two departments");
    Card {
        reference: "KN-26-000401-C2".to_owned(),
        version: 2,
        disagreement: None,
        title: Some("Đèn cabin chập chờn, nút tầng 2 không sáng".to_owned()),
        text: "Thang mới bàn giao tháng 10. Cư dân lớn tuổi không thấy đường khi đèn tắt."
            .to_owned(),
        files: files(4),
        channel: ChannelKind::Web,
        received_at: at("25T08:02"),
        person: Some("Ban quản trị tòa nhà Hồ Sen".to_owned()),
        phone: Some("+84912345618".to_owned()),
        place: "Hải Phòng".to_owned(),
        safety: false,
        round: 1,
        seen: true,
        clock: Some(clock(first_reply(lang), PromiseState::Soon, "25T08:02", "25T11:02", None)),
        suggested: care,
        why: pick(
            lang,
            "Đề xuất vì khiếu nại nói về sản phẩm.",
            "Suggested because the complaint is about the product.",
            "ສະເໜີຍ້ອນຄຳຮ້ອງທຸກກ່ຽວກັບຜະລິດຕະພັນ.",
        ),
        others: vec![technical],
        waits_until: Some(at("25T10:40")),
        refused: None,
    }
}

pub(crate) fn director(lang: Lang) -> Director {
    let [care, technical]: [Choice; 2] =
        departments(lang).try_into().expect("the sample has two departments");
    let danger = Card {
        reference: "KN-26-000402-0F".to_owned(),
        title: Some("Kẹt trong cabin tầng 7, hai người, có trẻ nhỏ".to_owned()),
        text: String::new(),
        files: vec![],
        channel: ChannelKind::Phone,
        safety: true,
        seen: false,
        waits_until: None,
        suggested: technical,
        others: vec![care],
        ..card(lang)
    };
    let again = Card {
        reference: "KN-26-000362-R1".to_owned(),
        round: 2,
        disagreement: Some("Thợ chưa tới mà đã báo xong.".to_owned()),
        files: files(1),
        ..card(lang)
    };
    Director {
        frame: frame(lang, Place::Director),
        danger: vec![Danger {
            reference: "KN-26-000403-1A".to_owned(),
            version: 3,
            text: Some("Cửa thang mở khi cabin chưa tới tầng".to_owned()),
            phone: Some("+84912345618".to_owned()),
            received_at: at("25T07:40"),
        }],
        waiting: vec![danger, card(lang), again],
        tasks: queue(lang).tasks,
        more: 2,
        risk: vec![Risk {
            reference: "KN-26-000371-B4".to_owned(),
            title: Some("Bảo trì xong, cửa vẫn kêu to".to_owned()),
            holder: "Lê Quang Huy".to_owned(),
            clock: clock(resolution(lang), PromiseState::Late, "22T07:55", "25T07:55", None),
        }],
        figures: Figures { received: Some(6), replies: Some((2, 2)), open: 18, late: 1 },
        holidays: Some(redress_app::holiday_words(
            HolidaysDue { year: 2027, lack: Lack::Estimated },
            lang,
        )),
        duty: duty(),
    }
}

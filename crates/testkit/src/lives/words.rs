//! What people of a lift company's customers write, in Vietnamese, English and Lao: sentences put
//! together by chance, so that some words stand in half of all complaints and others in a few.
//! Must not name anybody who lives.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::Chance;

const FAMILY: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý",
];
const MIDDLE: &[&str] =
    &["Thị", "Văn", "Minh", "Thanh", "Quang", "Thu", "Đức", "Ngọc", "Hữu", "Kim"];
const GIVEN: &[&str] = &[
    "Hà", "Lan", "Hương", "Tùng", "Sơn", "Đạt", "Mai", "Huy", "Quân", "Linh", "Trang", "Phúc",
    "Yến", "Khánh", "Bảo", "Châu", "Giang", "Hiếu", "Nga", "Oanh",
];
const LAO_NAMES: &[&str] =
    &["ສົມພອນ ວົງສາ", "ບຸນມີ ແກ້ວມະນີ", "ຄຳຫຼ້າ ພົມມະຈັນ", "ວຽງໄຊ ສີສຸກ", "ຈັນທອນ ໄຊຍະວົງ", "ນາງ ມະນີວັນ"];
const HOUSES: &[&str] = &[
    "Bình Minh",
    "Sông Hồng",
    "Hòa Phát",
    "Ánh Dương",
    "Tây Hồ",
    "Kim Liên",
    "Thăng Long",
    "Đông Đô",
    "Phú Mỹ",
    "An Khánh",
    "Vạn Xuân",
    "Hải Đăng",
    "Trúc Bạch",
    "Nghĩa Tân",
    "Cầu Giấy",
    "Mỹ Đình",
];
const FAULTS_VI: &[&str] = &[
    "dừng lệch tầng khoảng {n} cm, người già và trẻ nhỏ dễ vấp ngã",
    "kêu rất to mỗi khi đi qua tầng {n}, cả đêm không ngủ được",
    "cửa đóng quá nhanh, đã kẹp tay người đi chợ về lần thứ {n}",
    "bị kẹt giữa tầng {n}, mọi người phải chờ gần một giờ",
    "rung lắc mạnh khi bắt đầu chạy, đèn báo tầng {n} không sáng",
    "nút gọi ở tầng {n} hỏng đã hai tuần, gọi nhiều lần không ai tới",
    "có mùi khét trong cabin, quạt thông gió ở tầng {n} không chạy",
    "được bảo dưỡng trễ hẹn {n} ngày mà không ai báo trước",
];
const MORE_VI: &[&str] = &[
    "Tôi đã gọi tổng đài hai lần nhưng chưa thấy ai đến.",
    "Mong công ty cử người kiểm tra sớm.",
    "Ban quản lý tòa nhà cũng đã ghi nhận việc này.",
    "Thợ lần trước chỉ lau dầu rồi về, không đo lại.",
    "Hóa đơn tháng này vẫn tính đủ tiền bảo trì.",
    "Nếu không xử lý, chúng tôi sẽ ngừng thanh toán hợp đồng.",
    "Nhà tôi có người đi xe lăn nên rất bất tiện.",
    "Xin trả lời bằng điện thoại vào buổi chiều.",
];
const FAULTS_EN: &[&str] = &[
    "stops about {n} cm below the floor, and my mother tripped over the step",
    "makes a grinding noise near floor {n} the whole night",
    "closed its doors on a guest for the time number {n}",
    "was out of service for {n} days and nobody told the tenants",
    "shakes when it starts, and the display of floor {n} is dark",
];
const MORE_EN: &[&str] = &[
    "We called the hotline twice and nobody came.",
    "Please send an engineer to measure it.",
    "The invoice still charges full maintenance.",
    "A wheelchair user lives on our floor.",
];
const FAULTS_LO: &[&str] = &[
    "ລິຟຈອດບໍ່ພໍດີກັບຊັ້ນ {n}, ຜູ້ເຖົ້າເກືອບລົ້ມ",
    "ລິຟມີສຽງດັງຫຼາຍຢູ່ຊັ້ນ {n} ຕະຫຼອດຄືນ",
    "ປະຕູລິຟປິດໄວເກີນໄປ ເປັນເທື່ອທີ {n} ແລ້ວ",
    "ລິຟຄ້າງຢູ່ຊັ້ນ {n} ຕ້ອງລໍຖ້າດົນ",
];
const MORE_LO: &[&str] =
    &["ພວກເຮົາໄດ້ໂທຫາສອງເທື່ອແລ້ວ ແຕ່ບໍ່ມີໃຜມາ.", "ກະລຸນາສົ່ງຊ່າງມາກວດໂດຍໄວ.", "ຂໍໃຫ້ຕອບກັບທາງໂທລະສັບ."];

/// A notice, and whether staff enter it.
pub(super) fn notice(chance: &mut Chance) -> (Value, bool) {
    let staff = chance.once_in(4);
    let language = *chance.one(&["vi", "vi", "vi", "vi", "vi", "vi", "vi", "en", "en", "lo"]);
    let mut body = json!({
        "language": language,
        "about": chance.one(&["service", "service", "service", "product", "both", "unsure"]),
        "text": complaining(language, chance),
        "place": format!("Tòa nhà {}, thang số {}", chance.one(HOUSES), 1 + chance.below(6)),
        "complainant": {"name": name(language, chance), "phone": phone(chance)},
        "danger": chance.once_in(40),
    });
    if chance.once_in(2) {
        body["asset"] = json!(format!("LIFT-{:05}", chance.below(20_000)));
    }
    if chance.once_in(2) {
        body["category"] = json!("LEVELLING");
    }
    if chance.once_in(2) {
        body["complainant"]["email"] = json!(format!("khach{}@example.vn", chance.below(900_000)));
    }
    if chance.once_in(3) {
        body["reply_by"] = json!("phone");
    }
    if staff {
        body["channel"] = json!(chance.one(&["phone", "phone", "zalo", "letter"]));
    }
    (body, staff)
}

fn complaining(language: &str, chance: &mut Chance) -> String {
    let (start, faults, more) = match language {
        "lo" => ("", FAULTS_LO, MORE_LO),
        "en" => ("The lift of our house ", FAULTS_EN, MORE_EN),
        _ => ("Thang máy nhà tôi ", FAULTS_VI, MORE_VI),
    };
    let number = (1 + chance.below(29)).to_string();
    let mut text = format!("{start}{}.", chance.one(faults).replace("{n}", &number));
    for _ in 0..=chance.below(3) {
        text.push(' ');
        text.push_str(chance.one::<&str>(more));
    }
    text
}

fn name(language: &str, chance: &mut Chance) -> String {
    if language == "lo" {
        return (*chance.one(LAO_NAMES)).to_owned();
    }
    format!("{} {} {}", chance.one(FAMILY), chance.one(MIDDLE), chance.one(GIVEN))
}

fn phone(chance: &mut Chance) -> String {
    format!("{}{:06}", chance.one(&["0903", "0912", "0933", "0988"]), chance.below(1_000_000))
}

pub(super) fn calling(chance: &mut Chance) -> &'static str {
    let said: &'static [&'static str] = &[
        "Đã gọi, báo số hồ sơ và ngày trả lời.",
        "Đã gọi, hẹn tới đo vào sáng mai.",
        "Đã gọi, người khiếu nại gửi thêm ảnh sau.",
    ];
    chance.one::<&str>(said)
}

pub(super) fn note(chance: &mut Chance) -> &'static str {
    let said: &'static [&'static str] = &[
        "Đã xem hồ sơ bảo trì, lần gần nhất cách đây hai tháng.",
        "Khách quen, cần gọi trước khi tới.",
        "Trùng với phản ánh của ban quản lý tòa nhà.",
    ];
    chance.one::<&str>(said)
}

pub(super) fn finding(chance: &mut Chance) -> String {
    let number = 1 + chance.below(60);
    match chance.below(3) {
        0 => format!("Đo lệch tầng {number} mm, mức cho phép là 10 mm."),
        1 => format!("Nhật ký bảo trì thiếu {number} mục trong quý vừa qua."),
        _ => format!("Cửa tầng đóng sau {number} giây, cảm biến còn tốt."),
    }
}

pub(super) fn decision(owner: &str, now: Timestamp, chance: &mut Chance) -> Value {
    let outcome = chance.one(&["upheld", "upheld", "upheld-in-part", "not-upheld"]);
    let mut body =
        json!({"outcome": outcome, "reasons": "Đã đo tại chỗ và xem hồ sơ bảo trì của tòa nhà."});
    if chance.once_in(8) {
        let due = now.checked_add(SignedDuration::from_hours(24 * 20)).expect("some years");
        body["remedies"] =
            json!([{"what": "Thay cáp chính", "owner": owner, "due": due.to_string()}]);
    }
    body
}

pub(super) fn refusal(chance: &mut Chance) -> Value {
    if chance.once_in(2) {
        return json!({
            "ground": "no-basis", "checked": "Hợp đồng và hồ sơ lắp đặt",
            "reasons": "Thang do hãng khác lắp và bảo trì.",
        });
    }
    json!({
        "ground": "outside-competence", "checked": "Hợp đồng của tòa nhà",
        "reasons": "Việc thuộc ban quản lý tòa nhà.", "who_can_help": "Ban quản lý tòa nhà",
    })
}

pub(super) fn answer(chance: &mut Chance) -> &'static str {
    let said: &'static [&'static str] = &[
        "Kính gửi anh chị, chúng tôi đã đo lại và chỉnh cáp, thang dừng đúng tầng.",
        "Kính gửi anh chị, cửa tầng đã thay cảm biến, xin lỗi vì sự bất tiện.",
        "Kính gửi anh chị, kết quả đo nằm trong mức cho phép, số đo kèm theo đây.",
    ];
    chance.one::<&str>(said)
}

pub(super) fn thanks(chance: &mut Chance) -> &'static str {
    let said: &'static [&'static str] =
        &["Cảm ơn công ty.", "Tôi đồng ý với kết quả này.", "Thang đã chạy êm, cảm ơn."];
    chance.one::<&str>(said)
}

pub(super) fn disagreeing(chance: &mut Chance) -> &'static str {
    let said: &'static [&'static str] = &[
        "Tôi chưa đồng ý, thang vẫn lệch tầng như trước.",
        "Kết quả chưa thỏa đáng, đề nghị đo lại khi có mặt tôi.",
    ];
    chance.one::<&str>(said)
}

pub(super) fn withdrawing(chance: &mut Chance) -> &'static str {
    let said: &'static [&'static str] =
        &["Đã tự giải quyết với thợ.", "Tôi chuyển nhà nên xin rút."];
    chance.one::<&str>(said)
}

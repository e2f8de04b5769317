//! Bodies of commands and notices, drawn by chance.

use jiff::{SignedDuration, Timestamp};
use redress_core::complaint::Complaint;
use serde_json::{Value, json};

use super::proposal;
use crate::{CUSTOMER, Chance, people};

/// Commands that may be drawn.
pub(super) const NAMES: &[&str] = &[
    "sighting",
    "classification",
    "handover",
    "acceptance",
    "assignment",
    "mandate",
    "notes",
    "messages",
    "evidence-request",
    "findings",
    "undertakings",
    "pause",
    "resumption",
    "decision",
    "refusal",
    "approval",
    "response",
    "agreement",
    "disagreement",
    "withdrawal",
    "rating",
    "closure",
    "reopening",
    "joining",
    "redaction",
    "hold",
];

const STAFF: &[&str] =
    &[people::HUY, people::TUNG, people::SON, people::LAN, people::MAI, people::DAT];
const CHANNELS: &[&str] = &["phone", "email", "zalo", "visit", "letter", "sms"];
const PROMISES: &[&str] = &["first-reply", "resolution"];
const ABOUT: &[&str] = &["product", "service", "both", "unsure"];

/// A notice, and whether staff enter it.
pub(super) fn notice(chance: &mut Chance) -> (Value, bool) {
    let staff = chance.once_in(3);
    let mut body = json!({
        "language": chance.one(&["vi", "en", "lo"]),
        "about": chance.one(ABOUT),
        "text": chance.one(&["Cửa đóng rất ồn.", "The lift stops 4 cm too low.", "ມີສຽງດັງ"]),
        "complainant": {"name": "Trần Thị Hà", "phone": "0912345678"},
        "danger": chance.once_in(5),
    });
    if chance.once_in(2) {
        body["complainant"]["email"] = json!("ha@example.vn");
    }
    if chance.once_in(3) {
        body["reply_by"] = json!(chance.one(&["phone", "email", "zalo"]));
    }
    if staff {
        body["channel"] = json!(chance.one(&["phone", "zalo", "letter", "email"]));
    }
    (body, staff)
}

/// The body of `name` as `who` might send it.
pub(super) fn body(
    name: &str,
    who: &str,
    complaint: &Complaint,
    now: Timestamp,
    chance: &mut Chance,
) -> Value {
    match name {
        "classification" => classification(chance),
        "handover" => handover(chance),
        "acceptance" if chance.once_in(8) => {
            json!({"accept": false, "reason": "Không phải việc của phòng"})
        }
        "acceptance" if chance.once_in(2) => json!({"accept": true}),
        "acceptance" => json!({"accept": true, "verifier": chance.one(STAFF)}),
        "assignment" => json!({"verifier": chance.one(STAFF), "reason": "Đổi người"}),
        "mandate" if who == CUSTOMER || complaint.mandate.is_none() => {
            json!({"document": "upl_m", "scope": ["receive"]})
        }
        "mandate" => json!({"verified": !chance.once_in(4)}),
        "notes" => json!({"text": "Đã xem hồ sơ bảo trì", "files": ["upl_n"]}),
        "messages" => message(who, now, chance),
        "evidence-request" => json!({
            "asks": [chance.one(&["ảnh", "ảnh khe hở", "số điện thoại"])],
            "text": "Xin anh chị gửi giúp", "channel": chance.one(CHANNELS), "because": "Tiện hơn",
            "by_hand": {"with": "bà Hà"},
        }),
        "findings" => json!({"check": "levelling", "side": "measurement", "text": "38 mm"}),
        "undertakings" => undertaking(complaint, now, chance),
        "pause" => json!({
            "promise": chance.one(PROMISES), "category": "waiting-for-complainant", "reason": "Chờ ảnh",
            "at": back(now, chance),
        }),
        "resumption" => json!({"promise": chance.one(PROMISES), "at": back(now, chance)}),
        "decision" => decision(now, chance),
        "refusal" => json!({
            "ground": chance.one(&["no-basis", "no-evidence", "outside-competence"]),
            "reasons": "Thang của hãng khác", "checked": "Hồ sơ", "who_can_help": "Hãng lắp đặt",
        }),
        "approval" if chance.once_in(5) => {
            json!({"proposal": proposal(complaint, chance), "approve": false, "reason": "Thiếu số đo"})
        }
        "approval" => json!({"proposal": proposal(complaint, chance), "approve": true}),
        "response" => response(complaint, chance),
        "agreement" => json!({"text": "Cảm ơn"}),
        "disagreement" => json!({"text": "Tôi chưa đồng ý, thang vẫn lệch"}),
        "withdrawal" => json!({"reason": "Đã tự xử lý"}),
        "rating" => json!({"round": 1 + chance.below(2), "result": 2, "handling": 4}),
        "closure" => {
            json!({"as": chance.one(&["agreed", "no-objection", "last-round", "withdrawn", "joined"])})
        }
        "reopening" if chance.once_in(2) => json!({"reason": "Có chứng cứ mới"}),
        "reopening" => json!({"reason": "Xem lại từ đầu", "round": 2 + chance.below(2)}),
        "joining" if chance.once_in(2) => json!({"undo": true, "reason": "Nhầm"}),
        "joining" => json!({"into": "KN-26-000384-KB", "reason": "Cùng một việc"}),
        "redaction" => json!({"event": 3, "fields": ["text"], "ground": "third-party-data"}),
        "hold" if complaint.hold.is_some() => json!({"lift": true, "reason": "Vụ việc đã xong"}),
        "hold" => json!({"ground": "claim", "reason": "Có yêu cầu bồi thường"}),
        _ => json!({}),
    }
}

fn classification(chance: &mut Chance) -> Value {
    let mut body = json!({"about": chance.one(ABOUT), "reason": "Xếp lại"});
    if chance.once_in(3) {
        body["safety"] = json!(chance.once_in(2));
    }
    body
}

fn handover(chance: &mut Chance) -> Value {
    match chance.below(4) {
        0 => json!({"to": "care", "join": ["technical"]}),
        1 => json!({"to": "technical", "note": "Xử lý gấp"}),
        _ => json!({}),
    }
}

fn message(who: &str, now: Timestamp, chance: &mut Chance) -> Value {
    if who == CUSTOMER {
        return json!({"text": "Bao giờ có người tới?", "files": if chance.once_in(2) { vec!["upl_p"] } else { vec![] }});
    }
    match chance.below(4) {
        0 => {
            json!({"direction": "in", "channel": "zalo", "received_at": back(now, chance), "text": "Vẫn lệch"})
        }
        1 => {
            json!({"direction": "out", "text": "Chúng tôi đã nhận", "channel": "email", "because": "Khách muốn"})
        }
        _ => json!({
            "direction": "out", "channel": chance.one(CHANNELS), "text": "Đã gọi", "because": "Tiện hơn",
            "by_hand": {"at": back(now, chance), "with": "bà Hà"},
        }),
    }
}

fn undertaking(complaint: &Complaint, now: Timestamp, chance: &mut Chance) -> Value {
    let open: Vec<_> = complaint.running_undertakings().map(|u| u.id.to_string()).collect();
    if open.is_empty() || chance.once_in(3) {
        return json!({"kind": "visit", "what": "Tới đo lại", "owner": chance.one(STAFF), "due": later(now, chance)});
    }
    let id = chance.one(&open);
    match chance.below(4) {
        0 => {
            json!({"id": id, "outcome": "moved", "due": later(now, chance), "reason": "Khách bận"})
        }
        _ => {
            json!({"id": id, "outcome": chance.one(&["kept", "broken", "cancelled"]), "reason": "Xong"})
        }
    }
}

fn decision(now: Timestamp, chance: &mut Chance) -> Value {
    let mut body = json!({"outcome": chance.one(&["upheld", "upheld-in-part", "not-upheld"]), "reasons": "Đã đo"});
    if chance.once_in(2) {
        body["remedies"] =
            json!([{"what": "Chỉnh cáp", "owner": chance.one(STAFF), "due": later(now, chance)}]);
    }
    body
}

fn response(complaint: &Complaint, chance: &mut Chance) -> Value {
    if chance.once_in(6) && !complaint.attempts.is_empty() {
        let attempt = chance.one(&complaint.attempts).id;
        return json!({"attempt": attempt.to_string(), "failed": "Thư bị trả lại"});
    }
    let proposal = proposal(complaint, chance);
    if chance.once_in(3) {
        return json!({"proposal": proposal, "channel": "email", "text": "Kết quả", "because": "Khách muốn"});
    }
    let told = json!({"by": chance.one(CHANNELS), "to": "bà Hà", "words": "Đã báo kết quả"});
    json!({"proposal": proposal, "told": told, "because": "Tiện hơn"})
}

/// An instant some minutes ago.
fn back(now: Timestamp, chance: &mut Chance) -> String {
    moved(now, -i64::try_from(chance.below(90)).unwrap_or(0))
}

/// An instant within the next days.
fn later(now: Timestamp, chance: &mut Chance) -> String {
    moved(now, 60 + i64::try_from(chance.below(9_000)).unwrap_or(0))
}

fn moved(now: Timestamp, minutes: i64) -> String {
    now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(now).to_string()
}

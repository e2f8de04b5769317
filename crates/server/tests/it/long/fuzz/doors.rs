//! The doors of a served installation: forms, JSON, files, commands, addresses, questions. Must not reach
//! into the program.

use std::fmt::Write as _;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use serde_json::{Value, json};

use super::feed;
use crate::long::full::sign_in_as;
use crate::serve::house::{A, CARE, Case, DIRECTOR, House, noise};
use crate::serve::http::Ask;
use crate::serve::life::{finding, told as words};
use crate::serve::uploads::PIXEL;

/// How the fields of a form are parted.
const BOUNDARY: &str = "a-boundary";

fn open() -> House {
    House::open_with(&[("REDRESS_FILES_PER_HOUR", "0"), ("REDRESS_FILES_DAY_MB", "0")])
}

/// Sends; the answer is never a failure of the server, and none breaks off.
fn answered(house: &House, ask: Ask) -> (u16, Value) {
    let Some(answer) = ask.try_send() else {
        assert!(house.runs() && !house.log().contains("panicked"), "{}", house.log());
        return (0, Value::Null);
    };
    assert!(answer.status < 500, "{} {}", answer.status, answer.text());
    (answer.status, serde_json::from_slice(&answer.bytes).unwrap_or_default())
}

/// At the end everything is as it must be.
fn is_well(house: &House) {
    house.client.get("/readyz").send().is(200);
    let log = house.log();
    assert!(!log.contains("panicked") && !log.contains("ERROR"), "{log}");
}

/// Bytes as a part of an address; what parts addresses stays.
fn in_address(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let stays = byte.is_ascii_alphanumeric() || b"/&=._-".contains(byte);
        let put =
            if stays { write!(text, "{}", char::from(*byte)) } else { write!(text, "%{byte:02X}") };
        put.expect("a text takes it");
        text
    })
}

/// Small pictures of each kind that is shown.
pub(super) fn pictures() -> Vec<Vec<u8>> {
    let paint = |x: u32, y: u32| image::Rgb([x * 5, y * 7, x ^ y].map(|n| n.to_le_bytes()[0]));
    let picture = DynamicImage::from(RgbImage::from_fn(48, 32, paint));
    let mut made = vec![PIXEL.to_vec()];
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("it can be made");
        made.push(bytes.into_inner());
    }
    made
}

#[test]
fn a_spoilt_form_is_answered() {
    let house = open();
    let mut form = String::new();
    for (name, value) in [
        ("key", "a-form-that-is-spoilt"),
        ("consent.notice", "2026-01-01"),
        ("text", "Cửa thang máy đóng vào người già"),
        ("name", "Nguyễn Thị Hà"),
        ("phone", "0912 345 678"),
        ("place", "Sảnh B"),
        ("happened_on", "2026-11-20"),
    ] {
        write!(
            form,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
        .expect("a text takes it");
    }
    write!(
        form,
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nwords\r\n--{BOUNDARY}--\r\n"
    )
    .expect("a text takes it");
    let told = feed("forms", &[form.into_bytes()], 100, |_, mutant| {
        let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let ask = house.client.that_stays().post("/vi/complaints").body(&media_type, mutant);
        answered(&house, ask);
    });
    is_well(&house);
    println!("{told}");
}

#[test]
fn a_spoilt_receipt_is_answered() {
    let house = open();
    let head = "Content-Disposition: form-data; name=\"receipt\"; filename=\"a.tlog-proof\"";
    let receipt = crate::receipt::vector();
    let form = format!("--{BOUNDARY}\r\n{head}\r\n\r\n{receipt}\r\n--{BOUNDARY}--\r\n");
    let told = feed("receipts", &[form.into_bytes()], 100, |_, mutant| {
        let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let ask = house.client.that_stays().post("/vi/verify").body(&media_type, mutant);
        answered(&house, ask);
    });
    is_well(&house);
    println!("{told}");
}

#[test]
fn a_spoilt_notice_or_command_is_answered() {
    let house = open();
    let case = house.complain(&noise());
    let told = feed("notices", &[noise().to_string().into_bytes()], 100, |_, mutant| {
        let ask = house.client.post("/api/v1/complaints").body("application/json", mutant);
        answered(&house, ask);
    });
    println!("{told}");
    // The name of the command and its body, spoilt together.
    let samples = [
        ("handover", json!({"to": "technical", "join": ["care"]})),
        ("acceptance", json!({"accept": true, "verifier": A})),
        ("findings", finding()),
        ("decision", json!({"outcome": "upheld", "reasons": "Lệch 38 mm."})),
        ("approval", json!({"proposal": "pro_1", "approve": true})),
        ("response", words("pro_1")),
        ("notes", json!({"text": "Ghi chú", "files": []})),
        (
            "evidence-request",
            json!({"asks": ["ảnh"], "text": "?", "channel": "email",
                                    "answer_by": "2099-01-01T08:00:00+07:00"}),
        ),
        ("undertakings", json!({"kind": "visit", "due": "2099-01-01T08:00:00+07:00", "what": "x"})),
        ("classification", json!({"kind": "complaint", "severity": "high", "safety": true})),
    ];
    let samples = samples.map(|(name, body)| format!("{name}\n{body}").into_bytes());
    let told = feed("commands", &samples, 100, |chance, mutant| {
        let at = mutant.iter().position(|byte| *byte == b'\n').unwrap_or(mutant.len());
        let (name, body) = (in_address(&mutant[..at]), mutant.get(at + 1..).unwrap_or_default());
        let path = format!("/api/v1/complaints/{}/{name}", case.reference);
        let who = *chance.one(&[CARE, DIRECTOR, A]);
        let ask = house.client.post(&path).token(house.token(who)).body("application/json", body);
        answered(&house, ask);
    });
    is_well(&house);
    println!("{told}");
}

#[test]
fn a_spoilt_question_or_address_is_answered() {
    let house = open();
    let session = sign_in_as(&house, "director");
    let cases: Vec<Case> = (0..3).map(|_| house.complain(&noise())).collect();
    let page = house.client.get("/api/v1/complaints?state=all&limit=1").token(house.token(CARE));
    let cursor = page.send().is(200).json()["next"].as_str().expect("there is more").to_owned();
    let samples = [
        format!("state=all&q=lệch tầng&order=due&limit=50&after={cursor}"),
        format!("state=open&department=technical&promise=resolution&after={cursor}"),
        "q=\"thang máy\" -cửa LIFT-0042 0912345678 KN-26-000001".to_owned(),
        "state=all&q=ລິຟຄ້າງ ຊັ້ນ ຫົກ&limit=200".to_owned(),
    ];
    let samples = samples.map(String::into_bytes);
    let told = feed("questions", &samples, 100, |_, mutant| {
        let question = in_address(mutant);
        let path = format!("/api/v1/complaints?{question}");
        answered(&house, house.client.get(&path).token(house.token(CARE)));
        let path = format!("/desk/queue?{question}");
        answered(&house, house.client.get(&path).header("cookie", &session));
    });
    println!("{told}");
    let (case, token) = (&cases[0].reference, &cases[0].tracking);
    let samples = [
        format!("vi/track/{token}"),
        format!("lo/track/{token}/files/{}", "0a".repeat(32)),
        format!("en/complaints/{case}/receipt"),
        format!("desk/complaints/{case}/pictures/{}", "0a".repeat(32)),
        format!("api/v1/complaints/{case}/promises/resolution/1"),
        format!("api/v1/complaints/{case}/events"),
    ];
    let samples = samples.map(String::into_bytes);
    let told = feed("addresses", &samples, 100, |_, mutant| {
        let path = format!("/{}", in_address(mutant));
        let ask = house.client.that_stays().get(&path).token(house.token(DIRECTOR));
        answered(&house, ask.header("cookie", &session));
    });
    is_well(&house);
    println!("{told}");
}

#[test]
fn a_spoilt_picture_is_taken_or_refused_and_shown_or_not() {
    let house = open();
    let session = sign_in_as(&house, "care");
    let told = feed("pictures", &pictures(), 30, |_, mutant| {
        let ask = house.client.post("/api/v1/uploads").file("file", "a.png", mutant);
        let (status, kept) = answered(&house, ask);
        if status != 201 {
            return;
        }
        let mut body = noise();
        body["attachments"] = json!([kept["id"]]);
        let case = house.complain(&body);
        let shown = house.show(CARE, &case.reference);
        let digest = shown["files"][0]["sha256"].as_str().expect("it is named");
        let path = format!("/desk/complaints/{}/pictures/{digest}", case.reference);
        answered(&house, house.client.get(&path).header("cookie", &session));
    });
    is_well(&house);
    println!("{told}");
}

//! Files: hostile until looked at, kept as they came, used once, bounded. Must not test other fields.

use serde_json::{Value, json};

use super::house::{A, CARE, DIRECTOR, House, noise, with};

/// The smallest PNG there is: one pixel.
pub(crate) const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xfc\xff\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82";

pub(crate) fn upload(house: &House, name: &str, bytes: &[u8]) -> Value {
    house.client.post("/api/v1/uploads").file("file", name, bytes).send().is(201).json()
}

#[test]
fn a_picture_is_taken_with_the_complaint_and_seen_by_everybody_who_may() {
    let house = House::open();
    let kept = upload(&house, "ảnh khe cửa.png", PIXEL);
    assert_eq!(kept["name"], "ảnh khe cửa.png");
    assert_eq!((&kept["media_type"], &kept["bytes"]), (&json!("image/png"), &json!(PIXEL.len())));
    let id = kept["id"].as_str().expect("a text");
    let digits = id.strip_prefix("upl_").expect("an upload's id");
    assert!(digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    let case = house.complain(&with(noise(), json!({"attachments": [id], "text": ""})));
    for who in [CARE, &case.tracking] {
        let files = house.show(who, &case.reference)["files"].clone();
        assert_eq!(files.as_array().expect("a list").len(), 1);
        assert_eq!((&files[0]["name"], &files[0]["picture"]), (&kept["name"], &json!(true)));
        assert!(!files.to_string().contains(id), "the id is spent and is nobody's business");
    }
}

#[test]
fn a_renamed_executable_is_kept_as_bytes_and_never_as_a_picture() {
    let house = House::open();
    let program = b"MZ\x90\0\x03 This program cannot be run in DOS mode";
    let page = b"<html><script>alert(1)</script></html>";
    for (name, bytes, kept_name) in [
        ("anh.jpg", &program[..], "anh.jpg"),
        ("..\\\\..\\\\run.png", page, "run.png"),
        ("a/../../etc/passwd", page, "passwd"),
    ] {
        let kept = upload(&house, name, bytes);
        assert_eq!(
            (&kept["name"], &kept["media_type"]),
            (&json!(kept_name), &json!("application/octet-stream"))
        );
        let case = house.complain(&with(noise(), json!({"attachments": [kept["id"]]})));
        let file = house.show(CARE, &case.reference)["files"][0].clone();
        assert_eq!((&file["picture"], &file["media_type"]), (&json!(false), &kept["media_type"]));
    }
}

#[test]
fn an_upload_is_used_once_and_an_unknown_one_is_named() {
    let house = House::open();
    let fault = |body: &Value| {
        let problem = house.client.post("/api/v1/complaints").json(body).send().problem(422);
        format!("{} {}", problem["errors"][0]["pointer"], problem["errors"][0]["code"])
    };
    let id = upload(&house, "a.png", PIXEL)["id"].clone();
    let once = with(noise(), json!({"attachments": [id]}));
    let case = house.complain(&once);
    let unknown = r#""/attachments" "unknown-file""#;
    assert_eq!(fault(&once), unknown);
    assert_eq!(fault(&with(noise(), json!({"attachments": ["upl_0", id]}))), unknown);
    let note = json!({"text": "Ảnh", "files": [id]});
    let refusal = house.run(CARE, &case.reference, "notes", &note).refusal();
    assert_eq!(refusal.0, "/refusals/unknown-file");
    let many: Vec<String> = (0..11).map(|n| format!("upl_{n}")).collect();
    assert_eq!(fault(&with(noise(), json!({"attachments": many}))), r#""/attachments" "too-many""#);
    let fresh = upload(&house, "b.png", PIXEL)["id"].clone();
    let note = json!({"text": "Ảnh", "files": [fresh]});
    house.run(CARE, &case.reference, "notes", &note).is(200);
    assert_eq!(fault(&with(noise(), json!({"attachments": [fresh]}))), unknown);
    assert_eq!(house.run(A, &case.reference, "notes", &note).status, 404);
}

#[test]
fn one_upload_named_twice_in_one_notice_is_no_failure() {
    let house = House::open();
    let id = upload(&house, "a.png", PIXEL)["id"].clone();
    let twice = with(noise(), json!({"attachments": [id, id]}));
    let answer = house.client.post("/api/v1/complaints").json(&twice).send();
    assert!([201, 422].contains(&answer.status), "{}", answer.text());
    let case = house.complain(&noise());
    let id = upload(&house, "b.png", PIXEL)["id"].clone();
    let note = json!({"text": "Ảnh", "files": [id, id]});
    let answer = house.run(CARE, &case.reference, "notes", &note);
    assert!([200, 409, 422].contains(&answer.status), "{}", answer.text());
}

#[test]
fn files_that_are_empty_too_large_or_no_files_are_refused_in_words() {
    let house = House::open();
    let ask = || house.client.post("/api/v1/uploads").header("accept-language", "en");
    assert_eq!(
        ask().file("file", "a.png", b"").send().problem(422)["type"],
        "/problems/empty-file"
    );
    ask().file("photo", "a.png", PIXEL).send().problem(400);
    ask().json(&json!({"file": "a"})).send().problem(400);
    ask().body("multipart/form-data; boundary=x", "--x\r\nContent-Disp").send().problem(400);
    let large = vec![0; 27 * 1024 * 1024];
    let problem = ask().file("file", "video.mp4", &large).send().problem(413);
    assert_eq!(problem["max"], 26_214_400);
    let fits = vec![0; 25 * 1024 * 1024];
    ask().file("file", "video.mp4", &fits).send().is(201);
}

#[test]
fn sixty_uploads_an_hour_are_taken_from_one_address() {
    let house = House::open();
    for n in 0..60 {
        upload(&house, "a.txt", format!("file {n}").as_bytes());
    }
    let answer = house.client.post("/api/v1/uploads").file("file", "a.txt", b"one more").send();
    assert_eq!(answer.header("retry-after"), "3600");
    answer.problem(429);
    let staff = house.client.post("/api/v1/uploads").token(house.token(DIRECTOR));
    staff.file("file", "a.txt", b"of staff").send().is(201);
}

/// Where the complainant opens the first file of a case, as it came.
fn original(house: &House, tracking: &str, reference: &str) -> String {
    let file = house.show(tracking, reference)["files"][0].clone();
    format!("/vi/track/{tracking}/files/{}", file["sha256"].as_str().expect("a digest"))
}

#[test]
fn a_file_comes_back_as_it_was_sent_with_its_length() {
    let house = House::open();
    let bytes: Vec<u8> = (0..3_000_001_u32).map(|n| n.to_le_bytes()[(n % 3) as usize]).collect();
    let id = upload(&house, "biên bản.bin", &bytes)["id"].clone();
    let case = house.complain(&with(noise(), json!({"attachments": [id]})));
    let path = original(&house, &case.tracking, &case.reference);
    let answer = house.client.get(&path).send().is(200);
    assert_eq!(answer.header("content-length"), bytes.len().to_string());
    assert!(answer.header("content-disposition").starts_with("attachment;"), "never in the page");
    assert!(answer.bytes == bytes, "the bytes are those that were sent");
}

#[test]
fn what_one_address_sends_in_a_day_and_what_is_kept_in_all_has_a_bound() {
    let bounds = [("REDRESS_FILES_DAY_MB", "3"), ("REDRESS_FILES_TOTAL_MB", "2")];
    let house = House::open_with(&bounds);
    let mebibyte = |fill: u8| vec![fill; 1 << 20];
    let ask = || house.client.post("/api/v1/uploads").header("accept-language", "vi");
    for fill in [1, 2] {
        ask().file("file", "a.bin", &mebibyte(fill)).send().is(201);
    }
    let full = ask().file("file", "b.bin", &mebibyte(3)).send().problem(507);
    assert_eq!(
        (&full["type"], &full["title"]),
        (&json!("/problems/no-room"), &json!("Không còn chỗ dành cho tệp"))
    );
    // The same bytes again take no room, but they are sent.
    let kept = ask().file("file", "c.bin", &mebibyte(1)).send();
    assert_eq!(kept.status, 507, "nothing is begun without room: {}", kept.text());
    let room = House::open_with(&bounds[..1]);
    let ask = || room.client.post("/api/v1/uploads").header("accept-language", "vi");
    for _ in 0..3 {
        ask().file("file", "a.bin", &mebibyte(1)).send().is(201);
    }
    let answer = ask().file("file", "a.bin", b"one byte more").send();
    assert_eq!(answer.header("retry-after"), "3600");
    assert_eq!(answer.problem(429)["title"], "Đã gửi quá nhiều tệp");
    let staff = room.client.post("/api/v1/uploads").token(room.token(CARE));
    staff.file("file", "a.bin", b"of staff").send().is(201);
}

/// Files on the shelves and on their way to them.
fn kept(house: &House) -> usize {
    let files = house.path().join("redress-data/files");
    let list = |folder: &std::path::Path| {
        let entries = std::fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("listed").path()).collect::<Vec<_>>()
    };
    let shelves = list(&files).into_iter().filter(|path| path.is_dir());
    let shelves = shelves.flat_map(|path| list(&path));
    let all = shelves.flat_map(|path| if path.is_dir() { list(&path) } else { vec![path] });
    all.filter(|path| !path.ends_with(".lock")).count()
}

#[test]
fn bytes_that_are_refused_take_no_room() {
    let bounds = [("REDRESS_FILES_DAY_MB", "2")];
    let house = House::open_with(&bounds);
    let ask = |bytes: &[u8]| house.client.post("/api/v1/uploads").file("file", "a", bytes).send();
    ask(b"taken").is(201);
    for fill in 1..4 {
        ask(&vec![fill; 3 << 20]).problem(429);
    }
    assert_eq!(kept(&house), 1, "an address that is refused must not fill the disk");
    ask(b"taken, too").is(201);
    assert_eq!(kept(&house), 2);
    // Bytes that somebody else has stay when they are refused.
    let same = vec![9; 2 << 20];
    let staff = house.client.post("/api/v1/uploads").token(house.token(CARE));
    staff.file("file", "a", &same).send().is(201);
    ask(&same).problem(429);
    assert_eq!(kept(&house), 3);
}

#[test]
fn a_form_whose_file_cannot_be_taken_comes_back_with_everything_typed() {
    let house = House::open_with(&[("REDRESS_FILES_TOTAL_MB", "1")]);
    let most = vec![7; 1_048_570];
    let id =
        house.client.post("/api/v1/uploads").file("file", "a.bin", &most).send().is(201).json();
    let case = house.complain(&with(noise(), json!({"attachments": [id["id"]]})));
    let form = |text: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"ảnh.jpg\"\r\n\r\n\
             more than is left\r\n--x--\r\n"
        )
    };
    for path in ["/vi/complaints".to_owned(), format!("/vi/track/{}/messages", case.tracking)] {
        let ask =
            house.client.post(&path).body("multipart/form-data; boundary=x", form("Cửa kêu to"));
        let page = ask.send().is(422).text();
        assert!(page.contains("Cửa kêu to"), "{path}: what was typed is kept");
        assert!(page.contains("hết chỗ dành cho tệp"), "{path}: {page}");
    }
}

#[test]
fn a_file_field_nobody_used_is_no_file() {
    let house = House::open();
    let parts = [("text", "Cửa kêu to"), ("phone", "0912 345 678")].map(|(name, value)| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    let unused = "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n";
    let form = house.client.post("/vi/complaints");
    let form = form.body("multipart/form-data; boundary=x", format!("{}{unused}", parts.concat()));
    form.send();
    let list = house.client.get("/api/v1/complaints?state=all").token(house.token(CARE)).send();
    assert_eq!(list.is(200).json()["items"].as_array().map(Vec::len), Some(1), "it is taken");
    let empty = house.client.post("/api/v1/uploads").file("file", "", b"").send().problem(422);
    assert_eq!(empty["type"], "/problems/empty-file");
}

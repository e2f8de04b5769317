//! Files as commands and notices name them. Must not test what becomes of their bytes.

use redress_testkit::people::*;
use serde_json::{Value, json};

use crate::kit::{House, noise, with};

/// How often the complaint has each of its files.
async fn files(house: &House, reference: &str) -> Vec<String> {
    let files = house.load(reference).await.complaint.files;
    files.into_iter().map(|file| file.upload).collect()
}

async fn upload(house: &House, name: &str) -> Value {
    let made = house.app.upload("front", name, name.as_bytes()).await.expect("there is room");
    json!(made.id)
}

#[tokio::test]
async fn a_file_named_twice_in_a_command_is_recorded_once() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&noise()).await.reference;
    let mut expected = Vec::new();
    for (command, body) in [
        ("notes", json!({"text": "Xem biên bản"})),
        ("messages", json!({"direction": "in", "channel": "zalo", "text": "Gửi anh biên bản"})),
    ] {
        let [first, second] = [upload(&house, command).await, upload(&house, "b").await];
        let named = json!({"files": [&first, &second, &first, &second, &second]});
        house.does(LAN, &reference, command, &with(body, &named)).await;
        expected.extend([first, second]);
        assert_eq!(json!(files(&house, &reference).await), json!(expected), "{command}");
    }
}

#[tokio::test]
async fn a_mandate_that_is_an_attachment_too_is_one_file() {
    let house = House::open("2026-11-23 08:17").await;
    let paper = upload(&house, "giay-uy-quyen.pdf").await;
    let body = json!({
        "attachments": [&paper], "mandate": &paper,
        "complainant": {
            "as": "representative", "name": "Trần Thị Hà", "phone": "0912345678",
            "represents": "Nguyễn Văn Minh",
        },
    });
    let reference = house.complain(&with(noise(), &body)).await.reference;
    assert_eq!(json!(files(&house, &reference).await), json!([&paper]));
}

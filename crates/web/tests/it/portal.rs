//! The public pages against a whole installation.

use axum::http::StatusCode;
use redress_app::Asked;
use redress_core::complaint::people::Actor;
use serde_json::{Value, json};

use crate::world::{House, house, house_after_its_days};

/// The path of the page behind a tracking address.
fn path(url: &str) -> String {
    format!("/vi/track/{}", url.rsplit('/').next().unwrap_or_default())
}

#[tokio::test]
async fn only_the_holder_of_a_link_may_leave_files() {
    let house = house().await;
    let mine = path(&house.notice("Cửa không đóng", false).await.tracking_url);
    let parts: [(&str, &[u8]); 2] =
        [("name=\"text\"", b"xem anh"), ("name=\"files\"; filename=\"a.txt\"", b"anh")];
    let page = house.stranger().post_parts(&format!("{mine}/messages"), &parts).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.words());
    // A form nobody could read is not even looked at behind a link that opens nothing.
    let broken: [(&str, &[u8]); 1] = [("name=\"text\"", b"\xff")];
    let page = house.stranger().post_parts("/vi/track/made-up/messages", &broken).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_damaged_form_is_told_as_one_and_a_huge_text_as_too_large() {
    let house = house().await;
    let huge = vec![b'a'; 256 * 1024 + 1];
    for (text, status) in
        [(&b"\xff"[..], StatusCode::BAD_REQUEST), (&huge[..], StatusCode::PAYLOAD_TOO_LARGE)]
    {
        let page = house.stranger().post_parts("/vi/complaints", &[("name=\"text\"", text)]).await;
        assert_eq!(page.status, status);
        assert!(!page.words().contains("do hệ thống của chúng tôi"), "{}", page.words());
    }
    let page = house.stranger().post("/vi/complaints", &[("text", "không phải tệp")]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.words().contains("Nội dung gửi lên bị hỏng"), "{}", page.words());
}

#[tokio::test]
async fn the_receipt_of_a_danger_claims_nothing_that_may_not_be_so() {
    let house = house().await;
    let got = house.notice("Có người kẹt trong thang", true).await;
    let cookie = got.tracking_url.rsplit('/').next().unwrap_or_default().to_owned();
    let browser = house.stranger().with_cookie("redress-receipt", &cookie);
    let page = browser.get(&format!("/vi/complaints/{}/receipt", got.reference)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.location);
    let words = page.words();
    assert!(words.contains("đứng đầu danh sách việc"), "{words}");
    assert!(!words.contains("báo động"), "nobody may have been told: {words}");
    let with = words.split("Hồ sơ đang ở: ").nth(1).unwrap_or_default();
    assert!(!with.starts_with("Tổng Giám đốc"), "it was handed straight over: {with}");
}

#[tokio::test]
async fn a_notice_that_waits_for_a_person_is_there_for_its_sender_and_readable_on_the_desk() {
    let house = house_after_its_days().await;
    let got = house.notice("Thang dừng giữa tầng", false).await;
    let link = path(&got.tracking_url);
    let cookie = got.tracking_url.rsplit('/').next().unwrap_or_default().to_owned();
    let browser = house.stranger().with_cookie("redress-receipt", &cookie);
    for at in [link.clone(), format!("/vi/complaints/{}/receipt", got.reference)] {
        let page = browser.get(&at).await;
        assert_eq!(page.status, StatusCode::OK, "{at}");
        let words = page.words();
        assert!(words.contains(&got.reference), "{words}");
        assert!(words.contains("Nhân viên đang mở hồ sơ"), "{words}");
        assert!(words.contains("15:00"), "three hours from noon are counted all the same: {words}");
    }
    let found = house.stranger().post("/vi/track", &[("link", &got.tracking_url)]).await;
    assert_eq!(found.location, link);
    let stranger = house.stranger().get("/vi/track/made-up").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);

    let queue = async |who: &str| house.sign_in(who).await.get("/desk/queue").await.words();
    let care = queue("care@x.vn").await;
    assert!(care.contains("Thang dừng giữa tầng") && care.contains("0912345618"), "{care}");
    let technician = queue("tung@x.vn").await;
    assert!(technician.contains(&got.reference), "{technician}");
    assert!(!technician.contains("Thang dừng giữa tầng"), "{technician}");
}

#[tokio::test]
async fn a_form_with_a_file_that_is_sent_twice_is_one_complaint() {
    let house = house().await;
    let send = async |file: &[u8]| {
        let parts: [(&str, &[u8]); 6] = [
            ("name=\"key\"", b"a-form-that-is-sent-twice"),
            ("name=\"consent.notice\"", b"2026-01-01"),
            ("name=\"text\"", "Cửa thang không đóng".as_bytes()),
            ("name=\"name\"", "Nguyễn Thị Hà".as_bytes()),
            ("name=\"phone\"", b"0912345618"),
            ("name=\"files\"; filename=\"bang-chung.txt\"", file),
        ];
        house.stranger().post_parts("/vi/complaints", &parts).await
    };
    let first = send(b"cua ket").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.words());
    let second = send(b"cua ket").await;
    assert_eq!((second.status, &second.location), (first.status, &first.location));
    let other = send(b"cua ket lan nua").await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "another file is another request");
}

#[tokio::test]
async fn words_sent_twice_with_a_picture_are_one_message_and_another_picture_is_another() {
    let house = house().await;
    let got = house.notice("Cửa không đóng", false).await;
    let at = format!("{}/messages", path(&got.tracking_url));
    let send = async |file: &[u8]| {
        let parts: [(&str, &[u8]); 3] = [
            ("name=\"key\"", b"words-that-are-sent-twice"),
            ("name=\"text\"", "Thêm ảnh".as_bytes()),
            ("name=\"files\"; filename=\"anh.txt\"", file),
        ];
        let page = house.stranger().post_parts(&at, &parts).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.words());
        let history = house.app.load(&got.reference).await.expect("it is there").history;
        history.iter().filter(|told| told.event.name() == "message.received").count()
    };
    assert_eq!(send(b"cua ket").await, 1);
    assert_eq!(send(b"cua ket").await, 1, "the same pressed twice");
    assert_eq!(send(b"tam lot").await, 2, "another picture under the same words is not dropped");
}

/// Staff carry out a command.
async fn does(house: &House, who: &str, reference: &str, (name, body): (&str, Value)) {
    let actor = Actor::Staff(house.app.member(who).await.expect("the account is there"));
    let loaded = house.app.load(reference).await.expect("the complaint is there");
    let asked = Asked { name, body: &body, actor: &actor, owner: "test", if_match: None };
    house.app.run(loaded, asked).await.expect("the rules allow it");
}

/// A complaint answered in its first round; the path of its page and its reference.
async fn answered(house: &House) -> (String, String) {
    let (page, of, proposal) = approved(house, json!([])).await;
    respond(house, &of, &proposal).await;
    (page, of)
}

/// The result is told by telephone.
async fn respond(house: &House, of: &str, proposal: &str) {
    let told = json!({"by": "phone", "to": "bà Hà", "words": "Đã chỉnh lại."});
    does(house, "tung@x.vn", of, ("response", json!({"proposal": proposal, "told": told}))).await;
}

/// A complaint whose decision was approved; the path of its page, its reference and the proposal.
async fn approved(house: &House, remedies: Value) -> (String, String, String) {
    let got = house.notice("Sàn lệch", false).await;
    let of = got.reference;
    does(house, "binh@x.vn", &of, ("handover", json!({"to": "technical"}))).await;
    does(house, "tung@x.vn", &of, ("acceptance", json!({"accept": true}))).await;
    let finding = json!({"check": "levelling", "side": "company", "text": "lệch 38 mm"});
    does(house, "tung@x.vn", &of, ("findings", finding)).await;
    let reasons = "Lệch quá 10 mm cho phép.";
    let decision = json!({"outcome": "upheld", "reasons": reasons, "remedies": remedies});
    does(house, "tung@x.vn", &of, ("decision", decision)).await;
    let loaded = house.app.load(&of).await.expect("the complaint is there");
    let proposal = loaded.complaint.current_proposal().expect("one was made").id.to_string();
    let approval = json!({"proposal": proposal, "approve": true});
    does(house, "huy@x.vn", &of, ("approval", approval)).await;
    (path(&got.tracking_url), of, proposal)
}

#[tokio::test]
async fn the_page_shows_remedies_once_the_answer_reached_its_reader() {
    let house = house().await;
    let remedy =
        json!({"what": "Thay cáp tải", "owner": "tung@x.vn", "due": "2026-11-27T16:00:00+07:00"});
    let (page, of, proposal) = approved(&house, json!([remedy])).await;
    let (browser, entry) = (house.stranger(), format!("{page}/undertakings/und_1.ics"));
    let before = browser.get(&page).await;
    assert!(!before.text.contains("Thay cáp tải") && !before.text.contains("und_1"));
    assert_eq!(browser.get(&entry).await.status, StatusCode::NOT_FOUND);
    respond(&house, &of, &proposal).await;
    let after = browser.get(&page).await;
    assert!(after.words().contains("Thay cáp tải"), "{}", after.words());
    let entry = browser.get(&entry).await;
    assert!(entry.status == StatusCode::OK && entry.text.contains("SUMMARY"), "{}", entry.text);
}

#[tokio::test]
async fn whoever_agreed_is_not_asked_again() {
    let house = house().await;
    let (page, _) = answered(&house).await;
    let browser = house.stranger();
    let before = browser.get(&page).await.words();
    assert!(before.contains("Quý khách có đồng ý không?"), "{before}");
    assert!(!before.contains("Hồ sơ được kết thúc."), "closing is an act of staff: {before}");
    let done = browser.post(&format!("{page}/agreement"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    assert!(done.location.ends_with("?done=agreement"), "{}", done.location);
    let after = browser.get(&page).await;
    let words = after.words();
    assert!(words.contains("đã ghi nhận Quý khách đồng ý và sẽ kết thúc hồ sơ"), "{words}");
    assert!(!words.contains("Quý khách có đồng ý không?"), "{words}");
    assert!(!after.text.contains("/agreement\""), "no button to agree");
    assert!(after.text.contains("/disagreement\""), "the rules still take a disagreement");
}

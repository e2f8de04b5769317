//! The public pages against a whole installation.

use axum::http::StatusCode;

use crate::world::house;

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

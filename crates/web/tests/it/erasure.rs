//! The page that erases a person: who may open it, what it asks, and what it says afterwards.

use axum::http::StatusCode;

use crate::world::house;

#[tokio::test]
async fn the_director_erases_a_person_after_a_ground_and_a_yes() {
    let house = house().await;
    let reference = house.complaint("Cửa kêu kẽo kẹt").await;
    let director = house.sign_in("binh@x.vn").await;
    let case = director.get(&format!("/desk/complaints/{reference}")).await;
    let (_, rest) = case.text.split_once("/desk/people/").expect("a link to the person");
    let path = format!("/desk/people/{}", rest.split('"').next().expect("it ends"));
    let care = house.sign_in("care@x.vn").await;
    let seen = care.get(&format!("/desk/complaints/{reference}")).await;
    assert!(!seen.text.contains("/desk/people/"), "who may not erase is offered nothing");
    assert_eq!(care.get(&path).await.status, StatusCode::FORBIDDEN);

    let page = director.get(&path).await;
    assert!(page.status.is_success() && page.text.contains(&reference), "{}", page.words());
    let key = page.value("key");
    let wrong = director.post(&path, &[("key", &key)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.words().contains("Hãy xác nhận rằng yêu cầu đã được kiểm tra"));
    let fields = [("key", key.as_str()), ("ground", "person-asked"), ("sure", "yes")];
    let foreign = [("key", "other"), ("ground", "person-asked"), ("sure", "yes")];
    assert_eq!(director.post(&path, &foreign).await.status, StatusCode::FORBIDDEN);

    director.command(&reference, "hold", &[("ground", "court"), ("reason", "Tòa yêu cầu")]).await;
    let held = director.get(&path).await;
    assert!(held.words().contains("giữ theo pháp luật") && !held.text.contains("name=\"sure\""));
    assert_eq!(director.post(&path, &fields).await.status, StatusCode::CONFLICT);
    director.command(&reference, "hold-lifting", &[("reason", "Xong")]).await;

    let done = director.post(&path, &fields).await;
    assert_eq!(done.location, format!("{path}?done=erased"));
    let after = director.get(&done.location).await;
    assert!(after.words().contains("không còn giữ dữ liệu nào"), "{}", after.words());
    let case = director.get(&format!("/desk/complaints/{reference}")).await;
    assert!(case.status.is_success() && !case.text.contains("kẽo kẹt"), "{}", case.words());
    assert!(case.words().contains("Đã xóa dữ liệu cá nhân trong hồ sơ"), "the history says so");
    assert_eq!(director.get("/desk/people/x/erasure").await.status, StatusCode::NOT_FOUND);
}

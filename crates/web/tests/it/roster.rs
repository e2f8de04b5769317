//! The roster page: turns that end, and who stands in for the Director.

use axum::http::StatusCode;

use crate::world::{House, Page, house};

/// The address in which a form of the page ends, the first that begins with `start`.
fn address(page: &Page, start: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("action=\"{start}")).expect("a form");
    format!("{start}{}", rest.split('"').next().expect("it ends"))
}

async fn name_huy(house: &House) -> Page {
    let director = house.sign_in("binh@x.vn").await;
    let key = director.get("/desk/duty").await.value("key");
    let fields = [
        ("key", key.as_str()),
        ("deputy", "huy@x.vn"),
        ("deputy_from", "2026-11-25T08:00"),
        ("deputy_until", "2026-11-30T17:00"),
    ];
    director.post("/desk/delegations", &fields).await
}

#[tokio::test]
async fn a_deputy_has_the_directors_inbox_until_the_delegation_ends() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let huy = house.sign_in("huy@x.vn").await;
    assert_eq!(huy.get("/desk/director").await.status, StatusCode::FORBIDDEN);
    assert_eq!(name_huy(&house).await.location, "/desk/duty?done=deputy");
    let inbox = huy.get("/desk/director").await;
    assert!(inbox.status.is_success() && inbox.text.contains(&reference));
    assert!(huy.get("/desk/queue").await.text.contains("href=\"/desk/director\""));
    assert!(inbox.words().contains("huy") && inbox.words().contains("thay Tổng Giám đốc"));
    huy.command(&reference, "handover", &[("to", "technical")]).await;
    let file = huy.get(&format!("/desk/complaints/{reference}")).await;
    assert!(file.words().contains("huy, thay Tổng Giám đốc"), "the history says for whom");

    let director = house.sign_in("binh@x.vn").await;
    let roster = director.get("/desk/duty").await;
    let (key, end) = (roster.value("key"), address(&roster, "/desk/delegations/"));
    let foreign = huy.get("/desk/duty").await;
    assert!(!foreign.text.contains("/desk/delegations"), "a deputy names and ends none");
    let refused = huy.post(&end, &[("key", &foreign.value("key"))]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let ended = director.post(&end, &[("key", &key)]).await;
    assert_eq!(ended.location, "/desk/duty?done=deputy-ended");
    assert_eq!(huy.get("/desk/director").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn wrong_dates_and_people_stand_beside_their_fields() {
    let house = house().await;
    let director = house.sign_in("binh@x.vn").await;
    let key = director.get("/desk/duty").await.value("key");
    for (deputy, from, until, words) in [
        ("", "2026-11-25T08:00", "2026-11-30T17:00", "deputy"),
        ("ai@x.vn", "2026-11-25T08:00", "2026-11-30T17:00", "deputy"),
        ("audit@x.vn", "2026-11-25T08:00", "2026-11-30T17:00", "không thể thay Tổng Giám đốc"),
        ("huy@x.vn", "hôm nay", "2026-11-30T17:00", "deputy_from"),
        ("huy@x.vn", "2026-11-25T08:00", "2026-11-24T17:00", "deputy_until"),
        ("huy@x.vn", "2026-11-25T08:00", "2028-11-24T17:00", "dài nhất"),
    ] {
        let fields = [
            ("key", key.as_str()),
            ("deputy", deputy),
            ("deputy_from", from),
            ("deputy_until", until),
        ];
        let page = director.post("/desk/delegations", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{deputy} {from} {until}");
        assert!(page.text.contains(words), "{words}");
        assert!(page.text.contains(&format!("value=\"{until}\"")), "nothing typed is lost");
    }
    let care = house.sign_in("care@x.vn").await;
    let key = care.get("/desk/duty").await.value("key");
    let refused = care.post("/desk/delegations", &[("key", &key), ("deputy", "huy@x.vn")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_turn_can_be_ended_and_nobody_ends_it_who_may_not() {
    let house = house().await;
    let care = house.sign_in("care@x.vn").await;
    let key = care.get("/desk/duty").await.value("key");
    let fields = [
        ("key", key.as_str()),
        ("person", "tung@x.vn"),
        ("phone", "0912345618"),
        ("from", "2026-11-25T08:00"),
        ("until", "2026-11-25T18:00"),
    ];
    assert_eq!(care.post("/desk/duty", &fields).await.location, "/desk/duty?done=duty");
    let end = address(&care.get("/desk/duty").await, "/desk/duty/");
    let tung = house.sign_in("tung@x.vn").await;
    let foreign = tung.get("/desk/duty").await.value("key");
    assert_eq!(tung.post(&end, &[("key", &foreign)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(care.post(&end, &[("key", &key)]).await.location, "/desk/duty?done=duty-ended");
    let on_duty = house.app.on_duty().await.expect("it is read");
    assert!(on_duty.by_default);
    assert_eq!(care.post(&end, &[("key", &key)]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_can_load_holidays_sees_that_they_are_lacking() {
    let house = house().await;
    for (email, path) in [("admin@x.vn", "/desk/accounts"), ("binh@x.vn", "/desk/director")] {
        let page = house.sign_in(email).await.get(path).await;
        assert!(page.words().contains("Lịch nghỉ lễ năm 2027"), "{path}");
    }
}

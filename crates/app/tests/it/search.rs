//! Finding by words: who may find what, why it was found, and words that are gone.

use redress_app::{Hit, ListQuery, Listed};
use redress_testkit::people::*;
use serde_json::{Value, json};

use crate::kit::{House, noise, with};

fn asked(q: &str) -> ListQuery {
    ListQuery { q: Some(q.to_owned()), ..ListQuery::default() }
}

async fn find(house: &House, who: &str, query: &ListQuery) -> Listed {
    let member = house.app.member(who).await.expect("a member of the company");
    house.app.list(query, &member).await.expect("it is found, or nothing is")
}

async fn references(house: &House, who: &str, q: &str) -> Vec<String> {
    find(house, who, &asked(q)).await.rows.into_iter().map(|row| row.reference).collect()
}

fn about(text: &str) -> Value {
    with(noise(), &json!({ "text": text }))
}

/// Where a hit is, and its parts, those that match in brackets.
fn shown(hit: Option<&Hit>) -> String {
    let hit = hit.expect("a match says why");
    let part = |part: &redress_app::HitPart| {
        if part.met { format!("[{}]", part.text) } else { part.text.clone() }
    };
    format!("{}: {}", hit.place, hit.parts.iter().map(part).collect::<String>())
}

#[tokio::test]
async fn what_anybody_said_finds_the_complaint_and_says_where() {
    let house = House::open("2026-11-23 08:17").await;
    let asset = json!({"asset": "LIFT-0042", "place": "12 đường Láng"});
    let reference = house.complain(&with(about("Cửa khoá không khít"), &asset)).await.reference;
    house.complain(&about("Đèn cabin nhấp nháy")).await;
    let told = json!({"direction": "out", "channel": "phone", "text": "Đã hẹn sáng thứ Ba",
        "by_hand": {"at": "2026-11-23T08:17:00+07:00", "with": "bà Hà"}});
    house.does(LAN, &reference, "messages", &told).await;
    house.does(LAN, &reference, "notes", &json!({"text": "Khách rất bực"})).await;
    for (q, why) in [
        ("khóa", "text: Cửa [khoá] không khít"),
        ("khoa khit", "text: Cửa [khoá] không [khít]"),
        ("LIFT-0043", "asset: [LIFT-0042]"),
        ("duong lang", "place: 12 [đường] [Láng]"),
        ("hẹn thứ ba", "message: Đã [hẹn] sáng [thứ] [Ba]"),
        ("bực", "note: Khách rất [bực]"),
        ("0912.345.678 khít", "text: Cửa khoá không [khít]"),
    ] {
        let listed = find(&house, LAN, &asked(q)).await;
        let found: Vec<&str> = listed.rows.iter().map(|row| row.reference.as_str()).collect();
        assert_eq!(found, [reference.as_str()], "{q}");
        assert_eq!(shown(listed.hits[0].as_ref()), why, "{q}");
    }
    assert_eq!(references(&house, LAN, &reference).await.len(), 1, "by reference");
    assert_eq!(references(&house, LAN, "0912345678").await.len(), 2, "both are of one telephone");
    assert_eq!(references(&house, LAN, "Dương").await, Vec::<String>::new());
    assert_eq!(references(&house, LAN, " —,. ").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_unit_finds_only_what_was_handed_to_it() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&about("Mùi khét buồng máy")).await.reference;
    assert_eq!(references(&house, TUNG, "khét").await, Vec::<String>::new());
    // Writing the unit's own token into a complaint shows it to nobody.
    let token = redress_core::search::unit_token("technical");
    house.complain(&about(&format!("khét {token}"))).await;
    assert_eq!(references(&house, TUNG, "khét").await, Vec::<String>::new());
    house.does(DIRECTOR, &reference, "handover", &json!({"to": "technical"})).await;
    assert_eq!(references(&house, TUNG, "khet").await, std::slice::from_ref(&reference));
    let care = ListQuery { department: Some("care".to_owned()), ..asked("khét") };
    assert_eq!(find(&house, LAN, &care).await.rows.len(), 1, "the other waits with care");
}

#[tokio::test]
async fn a_closed_complaint_is_found_among_all_and_not_among_the_open() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&about("Quạt không chạy")).await.reference;
    house.does(redress_testkit::CUSTOMER, &reference, "withdrawal", &json!({})).await;
    house.does(LAN, &reference, "closure", &json!({"as": "withdrawn"})).await;
    assert_eq!(references(&house, LAN, "quạt").await, Vec::<String>::new());
    let all = ListQuery { state: Some("all".to_owned()), ..asked("quạt") };
    assert_eq!(find(&house, LAN, &all).await.rows.len(), 1);
}

#[tokio::test]
async fn redacted_words_find_nothing_any_more_also_after_the_index_is_made_anew() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&about("Ông Thành ở căn 1204 phá cửa")).await.reference;
    assert_eq!(references(&house, LAN, "Thành").await.len(), 1);
    let pos = house.load(&reference).await.history[0].stored.pos;
    let body = json!({"event": pos, "fields": ["text"], "ground": "third-party-data"});
    house.does(LAN, &reference, "redaction", &body).await;
    assert_eq!(references(&house, LAN, "Thành").await, Vec::<String>::new());
    assert_eq!(house.app.reindex(|_| {}).await.expect("it is made anew"), 1);
    assert_eq!(references(&house, LAN, "1204").await, Vec::<String>::new());
    assert_eq!(references(&house, LAN, "Hà").await, [reference], "the name stays");
}

#[tokio::test]
async fn pages_of_matches_hold_each_once_and_what_was_asked_for_first() {
    let house = House::open("2026-11-23 08:17").await;
    for n in 0..7 {
        let text = if n % 2 == 0 { "thang rung lắc" } else { "thang rung lac" };
        house.complain(&about(&format!("{text} lần {n}"))).await;
    }
    let mut query = ListQuery { limit: Some(2), ..asked("rung lac") };
    let mut titles = Vec::new();
    loop {
        let listed = find(&house, LAN, &query).await;
        titles.extend(listed.rows.into_iter().map(|row| row.title));
        query.after = listed.next;
        if query.after.is_none() {
            break;
        }
    }
    let numbers: String = titles.iter().filter_map(|title| title.chars().last()).collect();
    assert_eq!(numbers, "5316420");
    query.after = Some("2026.x".to_owned());
    let member = house.app.member(LAN).await.expect("a member of the company");
    let error = house.app.list(&query, &member).await.expect_err("no such place");
    assert!(matches!(error, redress_app::AppError::Fields(_)), "{error:?}");
}

//! A water company, the second pack: two languages, three rounds, one unit, replies within working
//! hours. It lives a whole life with no Rust changed.

use redress_app::core::{
    complaint::{Stage, people::Member, vocabulary::ClosedAs},
    kinds::{Lang, Role},
    policy::{Pack, PackFiles, shipped_files, show, to_html},
};
use redress_testkit::{CUSTOMER, people::*};
use serde_json::{Value, json};

use crate::{
    history::{call, disagreed, finding, told},
    kit::{House, clock_time, decide, read, with},
};

/// The company's own files; calendar, offices and the two languages' messages are shared.
const OWN: [(&str, &str); 4] = [
    ("policy.toml", include_str!("../../../core/tests/it/policy/water/policy.toml")),
    ("categories.csv", include_str!("../../../core/tests/it/policy/water/categories.csv")),
    ("text/vi.toml", include_str!("../../../core/tests/it/policy/water/text/vi.toml")),
    ("text/en.toml", include_str!("../../../core/tests/it/policy/water/text/en.toml")),
];

fn water() -> Pack {
    let shared = shipped_files();
    let shared = shared.iter().filter(|(path, _)| {
        let message = path.starts_with("messages/") && !path.ends_with("/lo.txt");
        message || ["offices.csv", "calendar/vn.csv"].contains(path)
    });
    let mut files: PackFiles =
        shared.chain(OWN.iter().map(|(path, text)| (*path, text.as_bytes()))).collect();
    decide(&mut files, "calendar/vn.csv");
    read(&files)
}

/// The people of the one unit, its head, and the director.
fn company() -> Vec<Member> {
    let office = |n, email, name| member(n, email, name, Role::Care, Some("office"));
    vec![
        member(1, DIRECTOR, "Đỗ Minh Quân", Role::Director, None),
        heading(office(2, LAN, "Nguyễn Thị Lan"), "office"),
        office(3, MAI, "Phạm Tuyết Mai"),
        office(4, SON, "Hoàng Văn Sơn"),
        office(5, TUNG, "Vũ Thanh Tùng"),
    ]
}

async fn house(at: &str) -> House {
    House::open_under(at, Some(water()), &company()).await
}

fn dirty_water() -> Value {
    json!({
        "language": "vi", "about": "product", "text": "Nước đục từ sáng, có mùi lạ.",
        "complainant": {"as": "person", "name": "Lê Thị Thu", "phone": "0912345678"},
    })
}

/// Promises of a round as people read them.
async fn promises(house: &House, reference: &str, round: u8) -> Vec<String> {
    let complaint = house.load(reference).await.complaint;
    let of_round = complaint.promises.iter().filter(|promise| promise.set.round == round);
    of_round.map(|p| format!("{} {}", p.set.promise, clock_time(p.set.due))).collect()
}

/// Taken, verified and proposed by one of the unit; the proposal.
async fn proposed(house: &House, reference: &str, who: &str) -> String {
    house.does(who, reference, "acceptance", &json!({"accept": true})).await;
    house.does(who, reference, "findings", &with(finding(), &json!({"check": "turbidity"}))).await;
    let decision = json!({"outcome": "upheld-in-part", "reasons": "Độ đục 3 NTU, quá 2 NTU."});
    let done = house.does(who, reference, "decision", &decision).await;
    assert_eq!(done, ["decision.proposed"], "who has no authority only proposes");
    waiting(house, reference).await
}

/// The proposal that waits.
async fn waiting(house: &House, reference: &str) -> String {
    let complaint = house.load(reference).await.complaint;
    complaint.current_proposal().expect("one was made").id.to_string()
}

async fn stage(house: &House, reference: &str) -> Stage {
    house.load(reference).await.complaint.stage
}

#[tokio::test]
async fn a_complaint_lives_three_rounds_under_the_water_company() {
    let house = house("2026-11-25 16:30").await;
    let receipt = house.complain(&dirty_water()).await;
    let reference = receipt.reference.as_str();
    assert!(reference.starts_with("NS-26-"), "{reference}");
    let first = ["first-reply 2026-11-26 09:00", "resolution 2026-12-02 00:00"];
    assert_eq!(promises(&house, reference, 1).await, first);
    house.settle().await;
    assert_eq!(house.letters_to(DIRECTOR).len(), 0, "the receiving unit is informed, not he");
    assert_eq!(house.letters_to(SON).len(), 1);

    // Four working hours pass over night; then the only route there is hands over.
    house.at("2026-11-26 08:45");
    house.does(MAI, reference, "messages", &call()).await;
    house.at("2026-11-26 10:59").settle().await;
    assert_eq!(stage(&house, reference).await, Stage::Received);
    house.at("2026-11-26 11:00").settle().await;
    assert_eq!(stage(&house, reference).await, Stage::HandedOver);
    let proposal = proposed(&house, reference, MAI).await;
    let approve = |proposal: &str| json!({"proposal": proposal, "approve": true});
    house.does(LAN, reference, "approval", &approve(&proposal)).await;
    house.does(MAI, reference, "response", &told(&proposal)).await;

    // Round 2 begins with the unit; only the decider must be another.
    house.at("2026-11-28 11:00");
    disagreed(&house, reference).await;
    assert_eq!(stage(&house, reference).await, Stage::HandedOver);
    let second = ["first-reply 2026-11-30 08:30", "resolution 2026-12-08 00:00"];
    assert_eq!(promises(&house, reference, 2).await, second);
    house.does(MAI, reference, "acceptance", &json!({"accept": true})).await;
    house.does(MAI, reference, "findings", &finding()).await;
    let decision = json!({"outcome": "not-upheld", "reasons": "Đã trong."});
    for who in [MAI, LAN] {
        let again = house.refuses(who, reference, "decision", &decision).await;
        assert_eq!((again.code.as_str(), again.rule), ("independence", "rounds.other_people"));
    }
    house.does(SON, reference, "decision", &decision).await;
    let proposal = waiting(&house, reference).await;
    house.does(DIRECTOR, reference, "approval", &approve(&proposal)).await;
    house.does(MAI, reference, "response", &told(&proposal)).await;

    // Round 3: whoever may decide has decided before, so the waiver is shown.
    house.at("2026-12-01 09:00");
    disagreed(&house, reference).await;
    let third = ["first-reply 2026-12-01 11:00", "resolution 2026-12-12 00:00"];
    assert_eq!(promises(&house, reference, 3).await, third);
    let proposal = proposed(&house, reference, TUNG).await;
    let done = house.does(DIRECTOR, reference, "approval", &approve(&proposal)).await;
    assert!(done.contains(&"independence.waived"), "{done:?}");
    house.does(TUNG, reference, "response", &told(&proposal)).await;

    // There is no fourth, and nobody reopens by it.
    let over =
        house.refuses(CUSTOMER, reference, "disagreement", &json!({"text": "Vẫn đục"})).await;
    assert_eq!((over.code.as_str(), over.rule), ("objection-over", "rounds.objection.late"));
    assert!(!house.load(reference).await.complaint.late_objection);
    house.does(LAN, reference, "closure", &json!({"as": "last-round"})).await;
    let complaint = house.load(reference).await.complaint;
    assert_eq!(
        (complaint.stage, complaint.closed_as),
        (Stage::Archived, Some(ClosedAs::LastRound))
    );
    assert_eq!(house.differences().await, []);
    house.verify_log().await;
}

#[tokio::test]
async fn where_authority_is_enough_its_holder_needs_no_second_person() {
    let house = house("2026-11-25 09:00").await;
    let reference = house.complain(&dirty_water()).await.reference;
    house.does(MAI, &reference, "handover", &json!({})).await;
    house.does(LAN, &reference, "acceptance", &json!({"accept": true})).await;
    house.does(LAN, &reference, "findings", &finding()).await;
    let decision = json!({"outcome": "upheld", "reasons": "Đã xả cặn."});
    let done = house.does(LAN, &reference, "decision", &decision).await;
    assert_eq!(done, ["decision.proposed", "proposal.approved"]);
}

#[tokio::test]
async fn its_warnings_wait_for_its_working_hours() {
    let house = house("2026-11-25 16:30").await;
    house.complain(&dirty_water()).await;
    house.at("2026-11-26 07:59").settle().await;
    assert_eq!(house.letters_to(LAN).len(), 1, "informed, not warned: nobody works at night");
    house.at("2026-11-26 08:00").settle().await;
    let warned = house.letters_to(LAN);
    assert_eq!(warned.len(), 2, "{warned:?}");
    assert!(warned[1].starts_with("Sắp đến hạn"), "{warned:?}");
    house.at("2026-11-26 09:00").settle().await;
    assert_eq!(house.letters_to(LAN).len(), 3);
    assert!(house.letters_to(LAN)[2].starts_with("Quá hạn"));
}

/// A body that is not taken, and where its fault lies.
async fn check(house: &House, more: Value, by: Option<&str>, pointer: &str) {
    let faults = house.faults(&with(dirty_water(), &more), by).await;
    let faults: Vec<_> = faults.iter().map(|fault| fault.pointer.clone()).collect();
    assert_eq!(faults, [pointer], "{more}");
}

#[tokio::test]
async fn what_this_company_does_not_offer_is_refused() {
    let house = house("2026-11-25 09:00").await;
    check(&house, json!({"language": "lo"}), None, "/language").await;
    check(&house, json!({"channel": "zalo"}), Some(MAI), "/channel").await;
    check(&house, json!({"reply_by": "zalo"}), None, "/reply_by").await;
    check(&house, json!({"category": "LEVELLING"}), None, "/category").await;
    let represented =
        json!({"as": "representative", "phone": "0912345678", "represents": "ông An"});
    check(&house, json!({"complainant": represented}), None, "/complainant/as").await;
    let reference = house.complain(&dirty_water()).await.reference;
    let unknown = house.refuses(MAI, &reference, "handover", &json!({"to": "technical"})).await;
    assert_eq!((unknown.code.as_str(), unknown.rule), ("unknown-department", "departments"));
    house.does(DIRECTOR, &reference, "handover", &json!({})).await;
    let by_zalo = json!({"direction": "out", "channel": "zalo", "text": "Đã nhận", "by_hand": {}});
    let refusal = house.refuses(MAI, &reference, "messages", &by_zalo).await;
    assert_eq!(refusal.code.as_str(), "channel-not-offered");
    house.does(MAI, &reference, "acceptance", &json!({"accept": true})).await;
    house.does(MAI, &reference, "findings", &finding()).await;
    let ground = json!({"ground": "no-evidence", "reasons": "x", "checked": "Hồ sơ"});
    let refusal = house.refuses(MAI, &reference, "refusal", &ground).await;
    assert_eq!(refusal.code.as_str(), "unknown-ground");
}

#[tokio::test]
async fn its_page_speaks_its_two_languages() {
    let house = house("2026-11-25 09:00").await;
    let pack = house.app.pack();
    for (lang, words) in [(Lang::Vi, "Nước Sạch Ví Dụ"), (Lang::En, "You have 3 resolutions")]
    {
        let page = to_html(&show(&pack, lang).expect("a checked pack has every text"));
        assert!(page.contains(words), "{lang}: {words} is missing");
    }
    assert!(show(&pack, Lang::Lo).is_err(), "it does not publish in Lao");
}

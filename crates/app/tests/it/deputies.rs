//! Who stands in for the Director: within the dates, as the Director may, and seen to act for them.

use jiff::Timestamp;
use redress_app::{
    AppError, Delegation, ListQuery, NewDelegation,
    core::complaint::{Stage, people::Actor},
};
use redress_testkit::people::*;
use serde_json::json;

use crate::kit::{House, local, noise};

async fn delegated(house: &House, to: &str, from: &str, until: &str) -> Delegation {
    let director = house.actor(DIRECTOR).await;
    let new = NewDelegation { to, director: None, from: local(from), until: local(until) };
    house.app.delegate(new, &director).await.expect("a delegation is made")
}

async fn is_deputy(house: &House, who: &str) -> bool {
    let member = house.app.member(who).await.expect("a member of the company");
    let listed = house.app.members().await.expect("they are read");
    let listed = listed.into_iter().find(|other| other.id == member.id);
    assert_eq!(listed.as_ref(), Some(&member), "one place says who stands in");
    member.stands_in_for.is_some()
}

#[tokio::test]
async fn a_delegation_holds_within_its_dates_and_not_a_moment_longer() {
    let house = House::open("2026-11-23 08:00").await;
    delegated(&house, HUY, "2026-11-23 09:00", "2026-11-27 18:00").await;
    for (time, holds) in [
        ("2026-11-23 08:59", false),
        ("2026-11-23 09:00", true),
        ("2026-11-27 17:59", true),
        ("2026-11-27 18:00", false),
    ] {
        assert_eq!(is_deputy(house.at(time), HUY).await, holds, "{time}");
    }
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn it_ends_early_and_with_the_account_of_either() {
    let house = House::open("2026-11-23 08:00").await;
    let director = house.actor(DIRECTOR).await;
    let (from, until) = ("2026-11-23 08:00", "2026-11-30 08:00");
    let first = delegated(&house, HUY, from, until).await;
    let coming = delegated(&house, LAN, "2026-11-25 08:00", until).await;
    delegated(&house, HUY, "2026-11-26 08:00", until).await;
    house.at("2026-11-24 08:00");
    house.app.end_delegation(&first.id, &director).await.expect("it ends");
    house.app.end_delegation(&coming.id, &director).await.expect("it never begins");
    let again = house.app.end_delegation(&first.id, &director).await;
    assert!(matches!(again, Err(AppError::NotFound)), "{again:?}");
    assert!(!is_deputy(&house, HUY).await && !is_deputy(house.at("2026-11-25 09:00"), LAN).await);
    assert!(is_deputy(house.at("2026-11-26 08:00"), HUY).await, "another one runs by itself");
    let left = house.app.delegations().await.expect("they are read");
    assert_eq!(left.iter().map(|one| one.email.as_str()).collect::<Vec<_>>(), [HUY]);

    house.app.set_active(DIRECTOR, false, &Actor::System("test")).await.expect("it is disabled");
    assert!(!is_deputy(&house, HUY).await, "nobody stands in for who has left");
    assert_eq!(house.differences().await, []);
    house.verify_log().await;
}

#[tokio::test]
async fn a_deputy_does_what_the_director_may_and_is_seen_to_act_for_them() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&noise()).await.reference;
    assert!(matches!(
        house.run(SON, &reference, "sighting", &json!({})).await,
        Err(AppError::NotFound)
    ));
    delegated(&house, SON, "2026-11-23 08:17", "2026-11-24 08:17").await;
    let member = house.app.member(SON).await.expect("a member of the company");
    let inbox = ListQuery { director: true, ..ListQuery::default() };
    assert_eq!(house.app.count(&inbox, &member).await.expect("it is counted"), 1);
    house.does(SON, &reference, "sighting", &json!({})).await;
    house.does(SON, &reference, "handover", &json!({"to": "technical"})).await;
    house.does(SON, &reference, "acceptance", &json!({"accept": true, "verifier": TUNG})).await;
    let loaded = house.load(&reference).await;
    assert_eq!(loaded.complaint.stage, Stage::Verifying);
    let director = house.app.member(DIRECTOR).await.expect("a member").id.to_string();
    let acted: Vec<_> = loaded
        .history
        .iter()
        .filter(|told| told.actor.kind == "user")
        .map(|told| (told.event.name(), told.actor.role.as_str(), told.actor.acts_for.clone()))
        .collect();
    let for_them = Some(director);
    assert_eq!(
        acted,
        [
            ("director.saw", "deputy", for_them.clone()),
            ("complaint.handed_over", "deputy", for_them),
            ("handover.accepted", "department", None),
        ],
        "where their own right reaches they act in it"
    );
    let seen = house.app.event_views(&loaded.history).await.expect("they are told");
    assert!(seen.iter().any(|event| event.actor.acts_for.as_deref() == Some(DIRECTOR)));

    house.at("2026-11-24 08:17");
    let over = house.run(SON, &reference, "reopening", &json!({"reason": "Cần xem lại"})).await;
    assert!(matches!(over, Err(AppError::Forbidden)), "{over:?}");
}

#[tokio::test]
async fn a_deputy_is_told_what_the_director_is_told() {
    let house = House::open("2026-11-23 08:17").await;
    delegated(&house, LAN, "2026-11-23 08:00", "2026-11-24 08:00").await;
    house.complain(&noise()).await;
    house.settle().await;
    for who in [DIRECTOR, LAN] {
        assert_eq!(house.letters_to(who).len(), 1, "{who}");
    }
}

/// A delegation that is not made, and the fault of which field.
async fn check(
    house: &House,
    (to, director): (&str, Option<&str>),
    (from, until): (Timestamp, Timestamp),
    by: &Actor,
    fault: (&str, &str),
) {
    let new = NewDelegation { to, director, from, until };
    match house.app.delegate(new, by).await {
        Err(AppError::Fields(errors)) => {
            let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
            assert_eq!(found, [fault]);
        }
        other => panic!("{fault:?}: {other:?}"),
    }
}

#[tokio::test]
async fn wrong_dates_and_wrong_people_are_named() {
    let house = House::open("2026-11-23 08:00").await;
    let director = house.actor(DIRECTOR).await;
    let operator = Actor::System("operator");
    let (now, end) = (local("2026-11-23 08:00"), local("2026-11-30 08:00"));
    let past = local("2026-11-20 08:00");
    let to = |email| (email, None);
    for (who, dates, by, fault) in [
        (to(HUY), (end, now), &director, ("/until", "ends-before-it-begins")),
        (to(HUY), (now, now), &director, ("/until", "ends-before-it-begins")),
        (to(HUY), (past, now), &director, ("/until", "too-early")),
        (to(HUY), (now, local("2027-11-25 08:00")), &director, ("/until", "longer-than-a-year")),
        (to(DIRECTOR), (now, end), &director, ("/to", "cannot-stand-in")),
        (to(KIEM), (now, end), &director, ("/to", "cannot-stand-in")),
        (to(ADMIN), (now, end), &director, ("/to", "cannot-stand-in")),
        ((HUY, Some(LAN)), (now, end), &operator, ("/for", "not-the-director")),
    ] {
        check(&house, who, dates, by, fault).await;
    }
    let new = NewDelegation { to: HUY, director: None, from: now, until: end };
    for who in [LAN, ADMIN] {
        let made = house.app.delegate(new, &house.actor(who).await).await;
        assert!(matches!(made, Err(AppError::Forbidden)), "{who}: {made:?}");
    }
    let stranger = NewDelegation { to: "ai@x.vn", ..new };
    let made = house.app.delegate(stranger, &director).await;
    assert!(matches!(made, Err(AppError::NotFound)), "{made:?}");
    house.app.delegate(new, &operator).await.expect("there is one Director only");
    let deputy = house.actor(HUY).await;
    let made = house.app.delegate(NewDelegation { to: LAN, ..new }, &deputy).await;
    assert!(matches!(made, Err(AppError::Forbidden)), "a deputy names no deputies: {made:?}");
}

//! What the program does by itself as time goes on, and whom it writes to.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use redress_app::core::complaint::{Event, Stage, state::Promise, vocabulary::ClosedAs};
use redress_testkit::{CUSTOMER, people::*};
use serde_json::{Value, json};

use crate::{
    history::{answered, call, disagreed},
    kit::{House, local, noise, with},
};

/// What happened to a complaint by itself: name and local time.
async fn by_itself(house: &House, reference: &str) -> Vec<String> {
    let loaded = house.load(reference).await;
    let system = loaded.history.iter().filter(|told| told.actor.kind == "system");
    system
        .map(|told| format!("{} {}", told.event.name(), crate::kit::clock_time(told.stored.at)))
        .collect()
}

/// To whom letters with this word in their subject went at the time the clock shows.
fn written_to(house: &House, word: &str) -> BTreeSet<String> {
    let now = house.clock.now();
    let all = house.post.recorded().into_iter();
    let here = all.filter(|kept| kept.at == now && kept.letter.subject.contains(word));
    here.map(|kept| kept.letter.to).collect()
}

fn people(who: &[&str]) -> BTreeSet<String> {
    who.iter().map(|who| (*who).to_owned()).collect()
}

#[tokio::test]
async fn after_sixty_minutes_without_anybody_the_route_hands_over() {
    let house = House::open("2026-11-23 10:00").await;
    let reference = house.complain(&noise()).await.reference;
    house.settle().await;
    assert_eq!(written_to(&house, "Khiếu nại mới"), people(&[DIRECTOR]));
    house.at("2026-11-23 10:59").settle().await;
    assert_eq!(house.load(&reference).await.complaint.stage, Stage::Received);
    house.at("2026-11-23 11:00").settle().await;
    let loaded = house.load(&reference).await;
    assert_eq!(loaded.complaint.stage, Stage::HandedOver);
    let handed = loaded.history.iter().find_map(|told| match &told.event {
        Event::HandedOver(e) => Some((e.to.to_string(), e.automatic, told.actor.kind.clone())),
        _ => None,
    });
    assert_eq!(handed, Some(("technical".to_owned(), true, "system".to_owned())));
    assert_eq!(written_to(&house, "Cần trả lời"), people(&[HUY, TUNG, SON, DAT]));
    house.at("2026-11-23 11:20").settle().await;
    assert_eq!(by_itself(&house, &reference).await, ["complaint.handed_over 2026-11-23 11:00"]);
}

#[tokio::test]
async fn where_people_are_in_danger_nobody_waits_and_whoever_is_on_duty_is_called_at_once() {
    let house = House::open("2026-11-22 23:40").await;
    let body = with(noise(), &json!({"danger": true, "text": "Có người kẹt trong thang."}));
    let reference = house.complain(&body).await.reference;
    house.settle().await;
    assert_eq!(house.load(&reference).await.complaint.stage, Stage::HandedOver);
    let urgent = written_to(&house, "KHẨN: có người gặp nguy hiểm");
    assert!(urgent.is_superset(&people(&[DIRECTOR, LAN])), "{urgent:?}");
}

/// The ladder of the first reply on a Sunday night: 50, 80 and 100 of a hundred of three hours.
async fn check_ladder(roster: &[&str], steps: [&[&str]; 3]) {
    let house = House::open("2026-11-22 22:30").await;
    let director = house.actor(DIRECTOR).await;
    let (from, until) = (local("2026-11-22 20:00"), local("2026-11-23 08:00"));
    for who in roster {
        let line = house.app.set_duty(who, from, until, "0987654321", &director).await;
        line.expect("a line of the roster");
    }
    let reference = house.complain(&noise()).await.reference;
    house.at("2026-11-22 23:30").settle().await;
    let times = ["2026-11-23 00:00", "2026-11-23 00:54", "2026-11-23 01:30"];
    for ((time, who), word) in times.iter().zip(steps).zip(["Sắp", "Sắp", "Quá hạn"]) {
        let before = house.post.recorded().len();
        house.clock.set(local(time) - SignedDuration::from_secs(1));
        house.settle().await;
        assert_eq!(house.post.recorded().len(), before, "nothing before {time}");
        house.at(time).settle().await;
        assert_eq!(written_to(&house, word), people(who), "{roster:?} at {time}");
    }
    let handed_over = house.load(&reference).await.complaint.department.is_some();
    assert!(handed_over, "the route handed over at half past eleven");
}

#[tokio::test]
async fn warnings_go_at_once_to_the_roster_or_to_those_who_stand_in() {
    check_ladder(&[], [&[DIRECTOR, LAN], &[DIRECTOR, LAN, HUY], &[DIRECTOR, LAN, HUY]]).await;
    check_ladder(&[SON], [&[SON], &[SON, HUY], &[SON, HUY, DIRECTOR]]).await;
    check_ladder(&[SON, MAI], [&[SON, MAI], &[SON, MAI, HUY], &[SON, MAI, HUY, DIRECTOR]]).await;
}

#[tokio::test]
async fn a_server_that_was_down_catches_up_without_a_storm() {
    let house = House::open("2026-11-23 10:00").await;
    let reference = house.complain(&noise()).await.reference;
    house.settle().await;
    let before = house.post.recorded().len();
    house.at("2026-11-24 09:00").settle().await;
    let done = by_itself(&house, &reference).await;
    assert_eq!(
        done,
        [
            "promise.warned 2026-11-24 09:00",
            "promise.warned 2026-11-24 09:00",
            "promise.warned 2026-11-24 09:00",
            "promise.missed 2026-11-24 09:00",
            "complaint.handed_over 2026-11-24 09:00",
        ]
    );
    let more: Vec<_> = house.post.recorded().split_off(before);
    let late: Vec<_> = more.iter().filter(|kept| kept.letter.subject.starts_with("Quá")).collect();
    let to: BTreeSet<_> = late.iter().map(|kept| kept.letter.to.clone()).collect();
    assert_eq!(late.len(), to.len(), "each colleague is warned once");
}

#[tokio::test]
async fn a_week_ahead_the_roster_shows_its_gaps() {
    let house = House::open("2026-11-23 08:00").await;
    assert_eq!(house.app.duty_gaps().await.expect("it is read"), [], "the roster is not used");
    let director = house.actor(DIRECTOR).await;
    let lines = [
        (MAI, "2026-11-22 20:00", "2026-11-25 08:00"),
        (SON, "2026-11-25 09:00", "2026-12-09 08:00"),
    ];
    for (who, from, until) in lines {
        let line = house.app.set_duty(who, local(from), local(until), "0987654321", &director);
        line.await.expect("a line of the roster");
    }
    let gaps = house.app.duty_gaps().await.expect("it is read");
    let gaps: Vec<_> = gaps.iter().map(|gap| (gap.from, gap.until)).collect();
    assert_eq!(gaps, [(local("2026-11-25 08:00"), local("2026-11-25 09:00"))]);
    let now = house.app.on_duty().await.expect("it is read");
    let on: Vec<_> = now.members.iter().map(|member| member.email.as_str()).collect();
    assert_eq!((on, now.by_default), (vec![MAI], false));
    house.at("2026-11-25 08:30");
    let now = house.app.on_duty().await.expect("it is read");
    let on: BTreeSet<_> = now.members.iter().map(|member| member.email.clone()).collect();
    assert_eq!((on, now.by_default), (people(&[DIRECTOR, LAN]), true));
}

#[tokio::test]
async fn silence_closes_after_the_term_and_seals_the_file() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&noise()).await.reference;
    house.at("2026-11-25 15:00");
    answered(&house, &reference).await;
    let until = house.load(&reference).await.complaint.round().objection_until;
    assert_eq!(until, Some(local("2026-12-11 00:00")), "fifteen days, the last one whole");
    house.at("2026-12-10 23:59").settle().await;
    assert_eq!(house.load(&reference).await.complaint.stage, Stage::Answered);
    house.at("2026-12-11 00:00").settle().await;
    let complaint = house.load(&reference).await.complaint;
    assert_eq!(
        (complaint.stage, complaint.closed_as),
        (Stage::Archived, Some(ClosedAs::NoObjection))
    );
    house.at("2026-12-20 10:00");
    disagreed(&house, &reference).await;
    assert!(house.load(&reference).await.complaint.late_objection, "the Director is asked");
    house.settle().await;
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn danger_is_never_closed_by_silence() {
    let house = House::open("2026-11-23 08:17").await;
    let body = with(noise(), &json!({"danger": true}));
    let reference = house.complain(&body).await.reference;
    house.settle().await;
    answered(&house, &reference).await;
    house.at("2027-01-11 08:00").settle().await;
    assert_eq!(house.load(&reference).await.complaint.stage, Stage::Answered);
    let silent = house.refuses(LAN, &reference, "closure", &json!({"as": "no-objection"})).await;
    assert_eq!(silent.code.as_str(), "safety-not-silent");
    house.does(CUSTOMER, &reference, "agreement", &json!({})).await;
    house.does(LAN, &reference, "closure", &json!({"as": "agreed"})).await;
    assert_eq!(house.load(&reference).await.complaint.stage, Stage::Archived);
}

#[tokio::test]
async fn a_call_in_time_keeps_the_first_reply_and_ends_its_warnings() {
    let house = House::open("2026-11-23 10:00").await;
    let reference = house.complain(&noise()).await.reference;
    house.at("2026-11-23 11:29").settle().await;
    house.does(LAN, &reference, "messages", &call()).await;
    house.at("2026-11-23 13:00").settle().await;
    assert_eq!(by_itself(&house, &reference).await, ["complaint.handed_over 2026-11-23 11:29"]);
}

fn by_mail(address: &str, text: &str) -> Value {
    with(noise(), &json!({"text": text, "complainant": {"email": address}, "reply_by": "email"}))
}

#[tokio::test]
async fn an_address_nobody_proved_gets_one_fixed_mail_a_day() {
    let house = House::open("2026-11-23 10:00").await;
    let insult = "Mua ngay tại http://lua.example";
    let first = house.complain(&by_mail("ha@example.vn", insult)).await;
    house.settle().await;
    house.complain(&by_mail("Ha@Example.vn", insult)).await;
    house.complain(&by_mail("an@example.vn", insult)).await;
    house.settle().await;
    house.at("2026-11-24 09:59");
    house.complain(&by_mail("ha@example.vn", insult)).await;
    house.settle().await;
    let sent = |address: &str| {
        house
            .post
            .recorded()
            .into_iter()
            .filter(|kept| kept.letter.to.eq_ignore_ascii_case(address))
            .map(|kept| kept.letter)
            .collect::<Vec<_>>()
    };
    assert_eq!((sent("ha@example.vn").len(), sent("an@example.vn").len()), (1, 1));
    let letter = sent("ha@example.vn").remove(0);
    assert!(letter.text.contains(&first.tracking_url), "{}", letter.text);
    assert!(
        letter.automatic && !letter.text.contains("lua.example") && !letter.subject.contains("lua")
    );
    house.at("2026-11-24 10:01");
    house.complain(&by_mail("ha@example.vn", insult)).await;
    house.settle().await;
    assert_eq!(sent("ha@example.vn").len(), 2, "the next day there is one more");
}

#[tokio::test]
async fn the_automatic_mail_is_no_reply_of_a_person() {
    let house = House::open("2026-11-23 10:00").await;
    let reference = house.complain(&by_mail("ha@example.vn", "Thang rung.")).await.reference;
    house.settle().await;
    assert_eq!(house.letters_to("ha@example.vn").len(), 1);
    let loaded = house.load(&reference).await;
    assert!(loaded.complaint.promises.iter().all(Promise::is_running));
    assert_eq!(loaded.complaint.attempts.len(), 0, "it is no attempt to answer");
}

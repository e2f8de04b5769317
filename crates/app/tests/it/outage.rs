//! Days without the program, by the fake clock: every step that was missed happens once, the most
//! serious first, and nobody is written to twice about one promise.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use redress_app::{Ticked, core::complaint::Event};
use redress_channels::{Handover, memory::Recorded};
use serde_json::{Value, json};

use crate::kit::{House, local, noise, with};

/// More than run in one turn.
const COMPLAINTS: usize = 260;

/// How serious, and which of all: the order in which an outage is caught up.
type Rank = (u8, usize);

/// The nth of many complaints, of every seriousness, received a second after the other.
fn nth(n: usize) -> (Value, u8) {
    let (more, rank) = match n % 10 {
        0 => (json!({"danger": true}), 0),
        3 | 7 => (json!({"category": "LEVELLING"}), 2),
        _ => (json!({}), 3),
    };
    (with(noise(), &more), rank)
}

/// The steps of the ladders and what else went by itself, in the order of the log:
/// `reference: promise step`.
async fn by_itself(house: &House, references: &BTreeMap<String, Rank>) -> Vec<(u64, String)> {
    let mut all = Vec::new();
    for reference in references.keys() {
        for told in house.load(reference).await.history {
            let what = match &told.event {
                Event::PromiseWarned(e) => format!("{} warned {}", e.promise, e.step),
                Event::PromiseMissed(e) => format!("{} missed", e.promise),
                Event::HandedOver(_) => "handed over".to_owned(),
                _ => continue,
            };
            all.push((told.stored.pos, format!("{reference}: {what}")));
        }
    }
    all.sort();
    all
}

/// References in the order in which they first occur.
fn order(texts: impl Iterator<Item = String>, references: &BTreeMap<String, Rank>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let named = texts.filter_map(|text| {
        references.keys().find(|reference| text.contains(reference.as_str())).cloned()
    });
    named.filter(|reference| seen.insert(reference.clone())).collect()
}

async fn down_for_three_days() -> (House, BTreeMap<String, Rank>) {
    let house = House::open("2026-11-23 08:00").await;
    let mut references = BTreeMap::new();
    for n in 0..COMPLAINTS {
        let seconds = i64::try_from(n).expect("few");
        house.clock.set(local("2026-11-23 08:00") + SignedDuration::from_secs(seconds));
        let (body, rank) = nth(n);
        references.insert(house.complain(&body).await.reference, (rank, n));
    }
    // What receiving brings about has gone out; then everything stands still.
    house.settle().await;
    (house, references)
}

/// Lets the program do what is due, turn by turn; every letter it hands over, in order.
async fn caught_up(house: &House) -> Vec<Recorded> {
    let known = |kept: &Recorded| kept.key.to_string();
    let mut seen: BTreeSet<String> = house.post.recorded().iter().map(known).collect();
    let mut letters = Vec::new();
    while house.app.tick().await.expect("a turn is taken") != Ticked::default() {
        let new = house.post.recorded().into_iter().filter(|kept| seen.insert(known(kept)));
        letters.extend(new);
    }
    letters
}

const EACH: [&str; 5] = [
    "first-reply missed",
    "first-reply warned 1",
    "first-reply warned 2",
    "first-reply warned 3",
    "handed over",
];
const AND_RESOLUTION: [&str; 4] =
    ["resolution missed", "resolution warned 1", "resolution warned 2", "resolution warned 3"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_days_are_caught_up_the_most_serious_first_and_nothing_twice() {
    let (house, references) = down_for_three_days().await;
    let events_before = by_itself(&house, &references).await.len();
    house.at("2026-11-27 09:00");
    let letters = caught_up(&house).await;
    let happened = by_itself(&house, &references).await;

    let mut expected: Vec<&String> = references.keys().collect();
    expected.sort_by_key(|reference| &references[*reference]);
    let since = happened.iter().skip(events_before).map(|(_, what)| what.clone());
    let by_events = order(since, &references);
    assert_eq!(by_events.iter().collect::<Vec<_>>(), expected, "in the log");

    let warnings = letters.iter().filter(|kept| kept.letter.subject.starts_with("Quá hạn"));
    let texts = warnings.clone().map(|kept| kept.letter.text.clone());
    let by_letters = order(texts, &references);
    assert_eq!(by_letters.iter().collect::<Vec<_>>(), expected, "in the post");

    let times: BTreeMap<&String, usize> =
        happened.iter().fold(BTreeMap::new(), |mut times, (_, what)| {
            *times.entry(what).or_default() += 1;
            times
        });
    assert!(times.values().all(|times| *times == 1), "a step happened twice");
    for reference in references.keys() {
        let prefix = format!("{reference}: ");
        let steps: BTreeSet<&str> =
            times.keys().filter_map(|what| what.strip_prefix(&prefix)).collect();
        let expected: BTreeSet<&str> = EACH.into_iter().chain(AND_RESOLUTION).collect();
        assert_eq!(steps, expected, "{reference}");
    }
    let mut told = BTreeMap::<(String, String), usize>::new();
    for kept in warnings {
        *told.entry((kept.letter.to.clone(), kept.letter.subject.clone())).or_default() += 1;
    }
    assert!(told.values().all(|times| *times == 1), "one letter for a person and a promise");
    assert_eq!(house.differences().await, []);
    house.verify_log().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_catch_up_together_and_nothing_happens_twice() {
    let (one, references) = down_for_three_days().await;
    let other = one.beside().await;
    one.at("2026-11-27 09:00");
    let ((), ()) = tokio::join!(one.settle(), other.settle());
    one.settle().await;
    let happened = by_itself(&one, &references).await;
    let once: BTreeSet<&String> = happened.iter().map(|(_, what)| what).collect();
    assert_eq!(once.len(), happened.len(), "a step happened twice");
    assert_eq!(once.len(), COMPLAINTS * (EACH.len() + AND_RESOLUTION.len()));
    let letters = one.post.recorded();
    let warnings = letters.iter().filter(|kept| kept.letter.subject.starts_with("Quá hạn"));
    let told: Vec<_> =
        warnings.map(|kept| (kept.letter.to.clone(), kept.letter.subject.clone())).collect();
    assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len(), "a letter left twice");
    assert_eq!(one.differences().await, []);
}

/// Letters about a promise that the post took, as `e-mail: first words of the subject`.
fn taken(house: &House) -> Vec<String> {
    let all = house.post.recorded().into_iter();
    let taken = all.filter(|kept| matches!(kept.handover, Handover::Accepted { .. }));
    let line = |to: &str, subject: &str| {
        let word = ["Sắp đến hạn", "Quá hạn"].into_iter().find(|word| subject.starts_with(word))?;
        Some(format!("{to}: {word}"))
    };
    taken.filter_map(|kept| line(&kept.letter.to, &kept.letter.subject)).collect()
}

#[tokio::test]
async fn a_post_that_is_busy_repeats_nothing_to_those_it_reached() {
    let house = House::open("2026-11-23 10:00").await;
    house.complain(&noise()).await;
    house.settle().await;
    house.at("2026-11-23 11:00").settle().await;
    let busy = |time| Handover::Busy { not_before: local(time) };
    house.post.script([busy("2026-11-23 11:35")]);
    house.at("2026-11-23 11:30").settle().await;
    assert_eq!(taken(&house), ["lan@x.vn: Sắp đến hạn"], "the Director's mailbox was busy");
    house.at("2026-11-23 11:35").settle().await;
    let both = ["lan@x.vn: Sắp đến hạn", "giamdoc@x.vn: Sắp đến hạn"];
    assert_eq!(taken(&house), both);
    // The post is down while the ladder is climbed: the last step says all that is left to say.
    house.post.script([
        busy("2026-11-23 13:05"),
        busy("2026-11-23 13:05"),
        busy("2026-11-23 13:05"),
    ]);
    house.at("2026-11-23 12:24").settle().await;
    house.at("2026-11-23 13:00").settle().await;
    house.at("2026-11-23 13:05").settle().await;
    let mut late: Vec<_> = taken(&house).split_off(2);
    late.sort();
    assert_eq!(late, ["giamdoc@x.vn: Quá hạn", "huy@x.vn: Quá hạn", "lan@x.vn: Quá hạn"]);
}

#[tokio::test]
async fn a_clock_that_leaps_does_not_storm() {
    let house = House::open("2026-11-23 10:00").await;
    let reference = house.complain(&noise()).await.reference;
    house.settle().await;
    house.at("2026-11-24 10:00").settle().await;
    let (events, letters) =
        (house.load(&reference).await.history.len(), house.post.recorded().len());
    for time in ["2026-11-23 10:05", "2026-11-23 12:00", "2026-11-24 09:59", "2026-11-24 10:01"] {
        house.at(time).settle().await;
    }
    assert_eq!(house.load(&reference).await.history.len(), events);
    assert_eq!(house.post.recorded().len(), letters);
    // Another process is not held off by leases of the time that never was.
    let second = house.at("2026-11-23 10:00").complain(&noise()).await.reference;
    let other = house.beside().await;
    drop(house);
    other.at("2026-11-23 11:30").settle().await;
    let warned = other.load(&second).await.history;
    assert!(warned.iter().any(|told| matches!(told.event, Event::PromiseWarned(_))));
}

//! Two programs on one folder: what must happen once happens once.

use std::collections::{BTreeMap, BTreeSet};

use redress_app::core::complaint::Event;
use serde_json::json;

use crate::kit::{House, noise, with};

/// More than a process takes reference numbers at once.
const NOTICES_EACH: usize = 104;

/// How often each step of each ladder, and each hand-over, happened to a complaint.
async fn steps(house: &House, reference: &str) -> BTreeMap<String, usize> {
    let mut steps = BTreeMap::new();
    for told in house.load(reference).await.history {
        let step = match &told.event {
            Event::PromiseWarned(e) => format!("{} {} {}", e.promise, e.round, e.step),
            Event::PromiseMissed(e) => format!("{} {} missed", e.promise, e.round),
            Event::HandedOver(_) => "handed over".to_owned(),
            _ => continue,
        };
        *steps.entry(step).or_default() += 1;
    }
    steps
}

/// Letters are handed over once each: by key, none twice.
fn each_letter_once(house: &House) -> usize {
    let all = house.post.recorded();
    let keys: BTreeSet<_> = all.iter().map(|kept| kept.key.to_string()).collect();
    assert_eq!(keys.len(), all.len(), "a letter left the house twice");
    all.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_never_give_the_same_reference() {
    let one = House::open("2026-11-23 10:00").await;
    let other = one.beside().await;
    let mut references = BTreeSet::new();
    for _ in 0..NOTICES_EACH {
        let body = noise();
        let (here, there) = tokio::join!(one.complain(&body), other.complain(&body));
        references.extend([here.reference, there.reference]);
    }
    assert_eq!(references.len(), 2 * NOTICES_EACH);
    for reference in references.iter().step_by(20) {
        assert_eq!(one.load(reference).await.id, other.load(reference).await.id);
    }
    assert_eq!(one.differences().await, []);
    one.verify_log().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_timer_runs_twice_and_no_letter_leaves_twice() {
    let one = House::open("2026-11-23 10:00").await;
    let other = one.beside().await;
    let mut references = Vec::new();
    for n in 0..6 {
        let mail = json!({"complainant": {"email": format!("a{n}@example.vn")}});
        references.push(one.complain(&with(noise(), &mail)).await.reference);
    }
    let times = ["10:00", "11:00", "11:30", "12:24", "13:00", "13:01"];
    for time in times {
        one.at(&format!("2026-11-23 {time}"));
        for _ in 0..3 {
            let ((), ()) = tokio::join!(one.settle(), other.settle());
        }
    }
    let expected = [
        ("first-reply 1 1", 1),
        ("first-reply 1 2", 1),
        ("first-reply 1 3", 1),
        ("first-reply 1 missed", 1),
        ("handed over", 1),
    ];
    for reference in &references {
        let seen = steps(&other, reference).await;
        let seen: Vec<_> = seen.iter().map(|(step, times)| (step.as_str(), *times)).collect();
        assert_eq!(seen, expected, "{reference}");
    }
    // Informed, confirmed, four of the unit, the ladder: duty 2, duty 2 + head, duty 2 + head.
    assert_eq!(each_letter_once(&one), 6 * (1 + 1 + 4 + 2 + 3 + 3));
    assert_eq!(one.differences().await, []);
}

#[tokio::test]
async fn when_a_process_dies_another_takes_its_timers_over_after_its_lease() {
    let one = House::open("2026-11-23 10:00").await;
    let other = one.beside().await;
    let reference = one.complain(&noise()).await.reference;
    one.at("2026-11-23 11:00").settle().await;
    let second = one.complain(&noise()).await.reference;
    drop(one);
    // The lease of the dead lasts five minutes.
    other.at("2026-11-23 12:03").settle().await;
    assert_eq!(steps(&other, &second).await["handed over"], 1);
    other.at("2026-11-23 13:00").settle().await;
    assert_eq!(steps(&other, &reference).await["first-reply 1 3"], 1);
}

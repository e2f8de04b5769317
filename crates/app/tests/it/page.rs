//! What the tracking page says is what the events say and what the pack reckons.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use redress_app::{
    Loaded,
    core::{
        complaint::{Event, event::PromiseSet},
        id::AttemptId,
        policy::deadline,
    },
    view::{PromiseView, Viewer, instant, steps_of},
};
use redress_testkit::people::*;
use serde_json::json;

use crate::{
    history::{answered, call, disagreed},
    kit::{House, clock_time, noise, with},
};

/// Every promise as the events set it, without asking the folded complaint.
fn set(loaded: &Loaded) -> Vec<PromiseSet> {
    let one = |event: &Event| match event {
        Event::ComplaintOpened(opened) => opened.promises.clone(),
        Event::RoundOpened(opened) => opened.promises.clone(),
        _ => vec![],
    };
    loaded.history.iter().flat_map(|told| one(&told.event)).collect()
}

/// The last instant to disagree of each round, as the events set it: that of the last answer, and
/// none once every answer of the round proved not delivered.
fn terms(loaded: &Loaded) -> BTreeMap<u8, Timestamp> {
    let mut round = 1;
    let mut rounds: BTreeMap<AttemptId, u8> = BTreeMap::new();
    let mut reached: BTreeSet<AttemptId> = BTreeSet::new();
    let mut terms = BTreeMap::new();
    for told in &loaded.history {
        match &told.event {
            Event::RoundOpened(e) => round = e.round,
            Event::MessageQueued(e) => {
                rounds.insert(e.attempt, round);
            }
            Event::ResponseSent(e) => {
                reached.insert(e.attempt);
                terms.insert(rounds[&e.attempt], e.objection_until);
            }
            Event::ResponseTold(e) => {
                rounds.insert(e.attempt, round);
                reached.insert(e.attempt);
                terms.insert(round, e.objection_until);
            }
            Event::ResponseFailed(e) if reached.remove(&e.attempt) => {
                let of = rounds[&e.attempt];
                if reached.iter().all(|attempt| rounds[attempt] != of) {
                    terms.remove(&of);
                }
            }
            _ => {}
        }
    }
    terms
}

/// Compares the page of a complaint with its events and its pack.
pub(crate) async fn says_what_the_events_say(house: &House, reference: &str) {
    let loaded = house.load(reference).await;
    let policy = &loaded.pack.policy;
    let zone = policy.calendar.zone();
    let at = |at: Timestamp| instant(at, zone);
    let page = house.app.detail(&loaded, Viewer::Complainant).await.expect("it is shown");
    let promised = set(&loaded);
    assert_eq!(page.promises.len(), promised.len(), "{reference}");
    for (shown, set) in page.promises.iter().zip(&promised) {
        let known = (shown.promise.as_str(), shown.round, shown.due.as_str(), shown.from.as_str());
        assert_eq!(known, (set.promise.as_str(), set.round, &*at(set.due), &*at(set.from)));
        assert_eq!(shown.due_on, set.due_on.to_string());
        let last = set.round.min(policy.rounds.max);
        let reckoned = deadline(policy, &set.promise, last, set.from).expect("it is promised");
        assert_eq!((reckoned.at, reckoned.due_on), (set.due, set.due_on), "{reference}: {set:?}");
        let promise = loaded.complaint.promises.iter().find(|p| p.set == *set).expect("it is kept");
        let steps = steps_of(promise, policy).expect("it is within the calendar");
        assert_eq!(steps.at, set.due, "the arithmetic shown leads to another instant");
        assert_eq!(shown.state, state(shown, set, &loaded, house.app.now()), "{reference}");
    }
    let terms = terms(&loaded);
    for round in &page.rounds {
        let term = terms.get(&round.round).copied();
        let until = round.objection_until.as_deref();
        assert_eq!(until, term.map(at).as_deref(), "{reference} round {}", round.round);
    }
    let running = loaded.complaint.promises.iter().filter(|p| p.is_running());
    let next = running.filter(|p| p.set.round == loaded.complaint.round().number);
    let next = next.map(|p| p.set.due).min().filter(|_| loaded.complaint.stage.is_open());
    assert_eq!(page.item.next.and_then(|next| next.due), next.map(at), "{reference}");
}

fn state(shown: &PromiseView, set: &PromiseSet, loaded: &Loaded, now: Timestamp) -> String {
    let promise = loaded.complaint.promises.iter().find(|p| p.set == *set).expect("it is kept");
    let quarter = (set.due.as_microsecond() - set.from.as_microsecond()) / 4;
    let word = match promise.kept_at {
        Some(at) if at < set.due => "kept",
        Some(_) => "missed",
        None if promise.ended_at.is_some_and(|at| at < set.due) => "ended",
        None if promise.ended_at.is_some() => "missed",
        None if now >= set.due => "late",
        None if now.as_microsecond() >= set.due.as_microsecond() - quarter => "soon",
        None => "running",
    };
    assert_eq!(shown.kept_at.is_some(), promise.kept_at.is_some());
    word.to_owned()
}

/// Due instants of the page as people read them: promise, round, time, state.
async fn shown(house: &House, reference: &str) -> Vec<String> {
    let loaded = house.load(reference).await;
    let page = house.app.detail(&loaded, Viewer::Complainant).await.expect("it is shown");
    let line = |p: &PromiseView| {
        let due = p.due.parse().expect("an instant");
        format!("{} {} {} {}", p.promise, p.round, clock_time(due), p.state)
    };
    page.promises.iter().map(line).collect()
}

#[tokio::test]
async fn the_page_shows_the_promises_and_the_term_to_disagree_of_both_rounds() {
    let house = House::open("2026-02-13 16:00").await;
    let body = with(noise(), &json!({"complainant": {"phone": "0912345678"}}));
    let reference = house.complain(&body).await.reference;
    says_what_the_events_say(&house, &reference).await;
    let first = ["first-reply 1 2026-02-13 19:00 running", "resolution 1 2026-02-17 00:00 running"];
    assert_eq!(shown(&house, &reference).await, first);

    house.at("2026-02-13 16:40");
    house.does(MAI, &reference, "messages", &call()).await;
    house.at("2026-02-14 09:00");
    answered(&house, &reference).await;
    says_what_the_events_say(&house, &reference).await;
    let loaded = house.load(&reference).await;
    let page = house.app.detail(&loaded, Viewer::Complainant).await.expect("it is shown");
    let until = page.rounds[0].objection_until.as_deref().expect("it may be disagreed with");
    assert_eq!(until, "2026-03-02T00:00:00+07:00", "fifteen days, the last one whole");

    house.at("2026-02-24 10:30");
    disagreed(&house, &reference).await;
    says_what_the_events_say(&house, &reference).await;
    let second = [
        "first-reply 1 2026-02-13 19:00 kept",
        "resolution 1 2026-02-17 00:00 kept",
        "first-reply 2 2026-02-24 13:30 running",
        "resolution 2 2026-03-06 00:00 running",
    ];
    assert_eq!(shown(&house, &reference).await, second);
    house.at("2026-02-24 13:00");
    assert!(shown(&house, &reference).await[2].ends_with("soon"));
    house.at("2026-02-24 13:30").settle().await;
    assert!(shown(&house, &reference).await[2].ends_with("late"));
    says_what_the_events_say(&house, &reference).await;
}

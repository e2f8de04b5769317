//! The demo holds what it promises, and disturbs nobody.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use redress_core::complaint::{
    Complaint, Stage,
    state::{AttemptFate, Verdict},
};
use redress_store::ListFilter;
use tempfile::TempDir;

use super::{
    Demo, DemoError,
    draw::{self, Picture, Scene},
    open, plan, story,
    when::Reckoning,
};
use crate::{App, Password, Secret, World};

const URL: &str = "http://demo.example";

/// A world whose time stands still and whose chance counts.
fn world(now: &str) -> World {
    let now: Timestamp = now.parse().expect("is an instant");
    let turn = AtomicU64::new(1);
    let dice = move |buffer: &mut [u8]| {
        for part in buffer.chunks_mut(8) {
            let number = turn.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            part.copy_from_slice(&number.to_be_bytes()[..part.len()]);
        }
    };
    World::new(Arc::new(move || now), Arc::new(dice))
}

async fn filled(now: &str) -> (TempDir, Demo) {
    let folder = tempfile::tempdir().expect("there is room");
    let demo = open(folder.path(), URL, &world(now)).await;
    (folder, demo.unwrap_or_else(|error| panic!("{}", chain(&error))))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error}\n{error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}\n{error}");
        cause = error.source();
    }
    text
}

async fn complaints(app: &App) -> Vec<Complaint> {
    let mut filter = ListFilter::open(app.now());
    filter.state = redress_store::StateFilter::All;
    filter.limit = redress_store::LIST_MAX;
    let mut all = Vec::new();
    for row in app.store.list(filter).await.expect("the store answers").items {
        all.push(app.load_row(row).await.expect("a complaint loads").complaint);
    }
    all
}

fn words<T: ToString>(found: impl Iterator<Item = T>) -> BTreeSet<String> {
    found.map(|word| word.to_string()).collect()
}

fn count(all: &[Complaint], holds: impl Fn(&Complaint) -> bool) -> usize {
    all.iter().filter(|complaint| holds(complaint)).count()
}

#[tokio::test]
async fn the_demo_shows_every_state_ground_language_and_way_in() {
    // Shortly after midnight, local time, just after Tết.
    let (_folder, demo) = filled("2027-02-15T17:20:00Z").await;
    let all = complaints(&demo.app).await;
    assert!(all.len() >= 30, "{} complaints", all.len());
    let every = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<BTreeSet<_>>();
    let states = words(all.iter().map(|c| c.stage.as_str()));
    assert_eq!(states, words(Stage::ALL.iter().map(|stage| stage.as_str())));
    assert_eq!(words(all.iter().map(|c| c.language)), every(&["vi", "en", "lo"]));
    assert_eq!(words(all.iter().map(|c| c.kind)), every(&["complaint", "feedback"]));
    let ways = ["web", "phone", "zalo", "viber", "office", "letter", "email"];
    assert_eq!(words(all.iter().map(|c| c.channel)), every(&ways));
    let grounds = all.iter().flat_map(|c| &c.proposals).filter_map(|p| match &p.verdict {
        Verdict::Refusal(ground) => Some(ground.clone()),
        Verdict::Decision(_) => None,
    });
    assert_eq!(words(grounds), every(&["no-basis", "no-evidence", "outside-competence"]));
    let now = demo.app.now();
    let promises = all.iter().flat_map(|c| &c.promises).map(|promise| promise.word(now));
    assert_eq!(words(promises), every(&["running", "soon", "late", "kept", "missed", "ended"]));
    shows_what_seldom_happens(&all);
}

/// What seldom happens, and must be there to be looked at.
fn shows_what_seldom_happens(all: &[Complaint]) {
    assert!(count(all, |c| c.rounds.len() >= 2) >= 2, "two are in round 2");
    assert_eq!(count(all, |c| c.safety && c.category.as_deref() == Some("ENTRAPMENT")), 1);
    assert_eq!(count(all, |c| c.safety), 1, "no words suggest a danger that is none");
    assert!(count(all, |c| c.mandate.as_ref().is_some_and(|m| m.verified)) >= 1);
    assert!(count(all, |c| c.withdrawn) >= 1);
    assert!(count(all, |c| c.joined_into.is_some()) >= 1);
    assert!(count(all, |c| c.late_objection) >= 1);
    assert!(count(all, |c| c.rounds.iter().any(|round| round.rated.is_some())) >= 5);
    let failed = |c: &Complaint| {
        c.attempts.iter().any(|attempt| matches!(attempt.fate, AttemptFate::Failed(_)))
    };
    assert!(count(all, failed) >= 1);
    let promised =
        |c: &Complaint| c.stage == Stage::Closed && c.running_undertakings().next().is_some();
    assert!(count(all, promised) >= 2, "closed while promises still run");
    assert!(count(all, |c| !c.files.is_empty()) >= 10);
}

#[tokio::test]
async fn the_log_of_the_demo_verifies_and_its_doors_open() {
    let (_folder, demo) = filled("2026-11-24T03:10:00Z").await;
    let report = demo.app.store.verify_log(|_| {}).await.expect("the log can be read");
    assert_eq!(report.fault, None);
    assert!(report.size > 300, "{report:?}");
    let first = demo.app.store.events_after(0, 1).await.expect("the log can be read");
    let days = demo.app.now().duration_since(first[0].recorded_at).as_hours() / 24;
    assert_eq!(days, 40, "what happened then was recorded then");
    each_door_opens_once_and_the_password_opens_too(&demo).await;
}

async fn each_door_opens_once_and_the_password_opens_too(demo: &Demo) {
    let roles = words(demo.doors.iter().map(|door| door.role.as_str()));
    let expected = ["care", "department", "director", "admin", "auditor"];
    assert_eq!(roles, words(expected.iter()));
    for door in &demo.doors {
        let secret = door.link.rsplit('/').next().expect("a link has a last part");
        let secret = Secret::received(secret);
        let seen = demo.app.look_at_sign_in_link(&secret).await.expect("looking costs nothing");
        assert_eq!(seen.email, door.email);
        assert!(demo.app.look_at_link(&secret).await.is_err(), "it is no set-up link");
        let (session, member) = demo.app.use_sign_in_link(&secret).await.expect("it signs in");
        assert_eq!(member.email, door.email);
        let signed_in = demo.app.session(&session).await.expect("the session holds");
        assert_eq!(signed_in.member, member);
        assert!(demo.app.use_sign_in_link(&secret).await.is_err(), "once is enough");
    }
    let password = Password::typed(&demo.password);
    demo.app.sign_in("lan@example.vn", &password).await.expect("the password fits");
}

#[tokio::test]
async fn a_folder_of_the_demo_opens_again_and_any_other_is_left_alone() {
    let (folder, demo) = filled("2026-11-24T03:10:00Z").await;
    let before = demo.app.position().await.expect("the store answers");
    let shown = demo.shown.clone();
    demo.app.close().await.expect("the store closes");
    let again = open(folder.path(), URL, &world("2026-11-25T03:10:00Z")).await;
    let again = again.expect("a demo opens again");
    assert_eq!(again.app.position().await.expect("the store answers"), before);
    assert_eq!(again.shown, shown);
    assert!(!shown.is_empty() && !again.doors.is_empty());
    again.app.close().await.expect("the store closes");

    std::fs::remove_file(folder.path().join("demo")).expect("there was a mark");
    let other = open(folder.path(), URL, &world("2026-11-25T03:10:00Z")).await;
    assert!(matches!(other, Err(DemoError::NotADemo { .. })), "{other:?}");

    std::fs::write(folder.path().join("demo"), "begun").expect("there is room");
    let cut_off = open(folder.path(), URL, &world("2026-11-25T03:10:00Z")).await;
    assert!(matches!(cut_off, Err(DemoError::Unfinished { .. })), "{cut_off:?}");
}

#[test]
fn the_stories_fit_any_hour_and_any_day() {
    let stories = story::stories().expect("the files can be read");
    let zone = redress_core::policy::shipped().policy.calendar.zone().clone();
    let mut now: Timestamp = "2026-01-01T17:00:00Z".parse().expect("is an instant");
    for _ in 0..100 {
        let reckoning = Reckoning { now, zone: zone.clone() };
        let planned = plan::plan(&stories, &reckoning);
        assert!(planned.is_ok(), "{now}: {planned:?}");
        now += jiff::SignedDuration::from_mins(23 * 60 + 17);
    }
}

#[test]
fn each_story_is_told_once_and_every_name_is_known() {
    let stories = story::stories().expect("the files can be read");
    let house = story::house().expect("the file can be read");
    let known: BTreeSet<&str> = house.colleague.iter().map(|who| who.id.as_str()).collect();
    let mut told = BTreeMap::new();
    for story in &stories {
        *told.entry(story.id.as_str()).or_insert(0) += 1;
        for step in &story.step {
            let who = step.who.as_str();
            assert!(who == "customer" || known.contains(who), "{}: {who}", story.id);
        }
    }
    assert!(told.values().all(|times| *times == 1), "{told:?}");
}

#[test]
fn every_scene_is_a_picture_of_its_own() {
    let mut seen = BTreeSet::new();
    for scene in Scene::ALL {
        for (value, name) in [(0, "a.jpg"), (21, "b.jpg"), (9_999_999, "c.png")] {
            let picture = Picture { draw: scene, value, name: name.to_owned() };
            let bytes = draw::bytes(&picture).expect("a picture can be drawn");
            let shown = image::load_from_memory(&bytes).expect("a picture can be read back");
            assert_eq!((shown.width(), shown.height()), (800, 600));
            if value == 21 {
                assert!(seen.insert(bytes), "{scene:?} looks like another");
            }
        }
    }
}

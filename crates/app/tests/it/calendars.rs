//! A decree comes late: the days of the calendar change while complaints are open (A18).

use redress_app::{
    CalendarFault, StartError,
    core::{
        complaint::{Event, moves::HeldFor, state::Promise},
        policy::Pack,
    },
};
use redress_testkit::people::*;
use serde_json::json;

use crate::{
    history::{answered, disagreed},
    kit::{House, altered, clock_time, noise, with},
};

const HOLIDAYS: &str = "calendar/vn.csv";
const AS_OF: (&str, &str, &str) = (HOLIDAYS, "# as-of: 2026-11-20", "# as-of: 2026-11-25");
const ALLOWED: (&str, &str, &str) = ("policy.toml", "later = \"never\"", "later = \"allowed\"");
/// A day off more, on a Wednesday in the second round.
const ADDED: (&str, &str, &str) = (
    HOLIDAYS,
    "\n2027-01-01,",
    "\n2026-12-02,Wed,Ngày nghỉ thêm,One more day off,statutory,Decision 99/2026,verified,,ວັນພັກເພີ່ມ\n2027-01-01,",
);
/// The day of culture is worked: its row tells of a Saturday.
const TAKEN: (&str, &str, &str) = (HOLIDAYS, "\n2026-11-24,Tue,", "\n2026-11-28,Sat,");

fn more() -> Pack {
    altered(&[AS_OF, ADDED])
}

fn fewer() -> Pack {
    altered(&[AS_OF, TAKEN])
}

/// A house with one complaint in its second round since Monday the 23rd; its reference.
async fn second_round_under(pack: Option<Pack>) -> (House, String) {
    let house = House::open_under("2026-11-23 08:17", pack, &everybody()).await;
    let mail = json!({"complainant": {"name": "Hà", "email": "ha@example.vn", "phone": "0912345678"}, "reply_by": "email"});
    let reference = house.complain(&with(noise(), &mail)).await.reference;
    answered(&house, &reference).await;
    house.at("2026-11-23 10:00");
    disagreed(&house, &reference).await;
    house.settle().await;
    (house, reference)
}

async fn promise(house: &House, reference: &str) -> Promise {
    let complaint = house.load(reference).await.complaint;
    let found =
        complaint.promises.iter().find(|p| p.set.promise == "resolution" && p.set.round == 2);
    found.expect("it was set").clone()
}

async fn due(house: &House, reference: &str) -> String {
    clock_time(promise(house, reference).await.set.due)
}

/// How often a date of the complaint moved.
async fn moves(house: &House, reference: &str) -> usize {
    let history = house.load(reference).await.history;
    history.iter().filter(|told| matches!(told.event, Event::PromiseMoved(_))).count()
}

#[tokio::test]
async fn a_day_off_more_moves_no_date_against_the_complainant() {
    let (house, reference) = second_round_under(None).await;
    assert_eq!(due(&house, &reference).await, "2026-12-04 00:00");
    let check = house.app.check_calendar(&more(), |_| ()).await.expect("it is counted");
    assert_eq!((&*check.from, &*check.to), ("vn@2026-11-20", "vn@2026-11-25"));
    assert_eq!((check.moved.len(), check.held.len(), check.unchanged), (0, 1, 0));
    let held = &check.held[0];
    assert_eq!((&*held.reference, &*held.promise, held.round), (&*reference, "resolution", 2));
    assert_eq!(clock_time(held.due_would), "2026-12-05 00:00");
    assert_eq!((held.held, held.is_against_customer()), (Some(HeldFor::Later), true));
    assert_eq!(held.because, [jiff::civil::date(2026, 12, 2)]);

    let applied = house.app.apply_calendar(&more(), |_, _| ()).await.expect("it is put in force");
    assert!(applied.put_in_force && applied.moved == 0);
    assert_eq!(due(&house, &reference).await, "2026-12-04 00:00");
    assert_eq!(moves(&house, &reference).await, 0);
    // What was promised is explained by the days it was counted by.
    let loaded = house.load(&reference).await;
    let held = promise(&house, &reference).await;
    let by = loaded.policy_counting_by(&held.set.calendar);
    let steps = redress_app::view::steps_of(&held, by).expect("they are counted");
    assert_eq!(steps.at, held.set.due);

    let later = house.complain(&noise()).await.reference;
    answered(&house, &later).await;
    disagreed(&house, &later).await;
    assert_eq!(due(&house, &later).await, "2026-12-05 00:00", "a new promise counts the new days");
    assert_eq!(promise(&house, &later).await.set.calendar, "vn@2026-11-25");
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn a_day_off_less_moves_the_date_once_and_tells_everybody_once() {
    let (house, reference) = second_round_under(None).await;
    let letters = (house.letters_to("ha@example.vn").len(), house.letters_to(TUNG).len());
    house.at("2026-11-23 11:00");
    let applied = house.app.apply_calendar(&fewer(), |_, _| ()).await.expect("it is put in force");
    assert_eq!((applied.put_in_force, applied.moved), (true, 1));
    assert_eq!(applied.check.moved[0].due_would, promise(&house, &reference).await.set.due);
    assert_eq!(due(&house, &reference).await, "2026-12-03 00:00");
    let moved = promise(&house, &reference).await;
    assert_eq!(
        (moved.set.due_on, &*moved.set.calendar),
        (jiff::civil::date(2026, 12, 2), "vn@2026-11-25")
    );
    assert_eq!(
        moved.set.warn_at.last(),
        Some(&"2026-12-03T01:00:00Z".parse().expect("an instant"))
    );
    let loaded = house.load(&reference).await;
    let shown = redress_app::view::moves_of(&loaded, &moved);
    assert_eq!(
        (clock_time(shown[0].due_was), clock_time(shown[0].due)),
        ("2026-12-04 00:00".to_owned(), "2026-12-03 00:00".to_owned())
    );
    let (day, decree) = &shown[0].because[0];
    assert_eq!(*day, jiff::civil::date(2026, 11, 24));
    assert!(decree.contains("28/2026/QH16"), "{decree}");
    house.settle().await;
    let told = house.letters_to("ha@example.vn");
    assert_eq!(told[letters.0..], [format!("Thời hạn mới của khiếu nại {reference}")]);
    assert!(house.load(&reference).await.complaint.unread, "the desk shows it");

    let again =
        house.app.apply_calendar(&fewer(), |_, _| ()).await.expect("asking twice is no fault");
    assert_eq!((again.put_in_force, again.moved, again.check.moved.len()), (false, 0, 0));
    house.settle().await;
    assert_eq!(moves(&house, &reference).await, 1);
    assert_eq!(house.letters_to("ha@example.vn").len(), letters.0 + 1);
    assert_eq!(house.differences().await, []);
    house.verify_log().await;
}

#[tokio::test]
async fn the_mail_about_a_moved_date_keeps_no_promise_of_a_reply() {
    let (house, reference) = second_round_under(None).await;
    house.app.apply_calendar(&fewer(), |_, _| ()).await.expect("it is put in force");
    house.settle().await;
    let complaint = house.load(&reference).await.complaint;
    let first =
        complaint.promises.iter().find(|p| p.set.promise == "first-reply" && p.set.round == 2);
    assert!(first.expect("it was set").is_running(), "an automatic mail is no reply");
}

#[tokio::test]
async fn whoever_holds_it_is_told_once_though_the_person_has_no_address() {
    let house = House::open("2026-11-23 08:17").await;
    let reference = house.complain(&noise()).await.reference;
    answered(&house, &reference).await;
    disagreed(&house, &reference).await;
    house.does(DIRECTOR, &reference, "handover", &json!({"to": "care"})).await;
    house.settle().await;
    let before = house.letters_to(LAN).len();
    house.app.apply_calendar(&fewer(), |_, _| ()).await.expect("it is put in force");
    house.settle().await;
    let told = house.letters_to(LAN);
    assert_eq!(told[before..], [format!("Thời hạn đổi theo lịch: khiếu nại {reference}")]);
}

#[tokio::test]
async fn a_later_date_takes_effect_where_the_policy_allows_it() {
    let (house, reference) = second_round_under(Some(altered(&[ALLOWED]))).await;
    let changed = altered(&[ALLOWED, AS_OF, ADDED]);
    let applied = house.app.apply_calendar(&changed, |_, _| ()).await.expect("it is put in force");
    assert_eq!((applied.moved, applied.check.held.len()), (1, 0));
    assert!(applied.check.moved[0].is_against_customer());
    assert_eq!(due(&house, &reference).await, "2026-12-05 00:00");
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn what_was_kept_missed_or_ended_never_moves() {
    let (house, kept) = second_round_under(None).await;
    let missed = house.complain(&noise()).await.reference;
    answered(&house, &missed).await;
    disagreed(&house, &missed).await;
    let withdrawn = house.complain(&noise()).await.reference;
    answered(&house, &withdrawn).await;
    disagreed(&house, &withdrawn).await;
    let close = json!({"as": "withdrawn", "reason": "khách rút"});
    house
        .does(redress_testkit::CUSTOMER, &withdrawn, "withdrawal", &json!({"reason": "thôi"}))
        .await;
    house.does(LAN, &withdrawn, "closure", &close).await;
    house.at("2026-12-04 08:00");
    house.settle().await;
    let check = house.app.check_calendar(&fewer(), |_| ()).await.expect("it is counted");
    assert_eq!((check.moved.len(), check.held.len(), check.unchanged), (0, 0, 0), "{check:?}");
    for reference in [kept, missed, withdrawn] {
        assert_eq!(moves(&house, &reference).await, 0);
    }
}

#[tokio::test]
async fn a_date_that_would_lie_in_the_past_stays() {
    let (house, reference) = second_round_under(None).await;
    house.at("2026-12-03 08:00");
    house.settle().await;
    let applied = house.app.apply_calendar(&fewer(), |_, _| ()).await.expect("it is put in force");
    assert_eq!((applied.moved, applied.check.held.len()), (0, 1));
    assert_eq!(applied.check.held[0].held, Some(HeldFor::Passed));
    assert_eq!(due(&house, &reference).await, "2026-12-04 00:00");
}

#[tokio::test]
async fn another_process_counts_by_the_new_days_and_leaves_nothing_behind() {
    let (one, first) = second_round_under(None).await;
    let other = one.beside().await;
    let between = other.complain(&noise()).await.reference;
    answered(&other, &between).await;
    one.app.apply_calendar(&fewer(), |_, _| ()).await.expect("it is put in force");
    // This process has not looked yet: it counts by the days before.
    disagreed(&other, &between).await;
    assert_eq!(due(&other, &between).await, "2026-12-04 00:00");
    assert_eq!(due(&other, &first).await, "2026-12-03 00:00");
    other.settle().await;
    assert_eq!(due(&one, &between).await, "2026-12-03 00:00", "it noticed, and counted again");
    assert_eq!((moves(&one, &first).await, moves(&one, &between).await), (1, 1));
    let after = other.complain(&noise()).await.reference;
    answered(&other, &after).await;
    disagreed(&other, &after).await;
    assert_eq!(due(&other, &after).await, "2026-12-03 00:00");
    assert_eq!(moves(&other, &after).await, 0);
    assert_eq!(one.differences().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_apply_at_once_make_each_event_once() {
    let (one, reference) = second_round_under(None).await;
    let mut all = vec![reference];
    for _ in 0..5 {
        let reference = one.complain(&noise()).await.reference;
        answered(&one, &reference).await;
        disagreed(&one, &reference).await;
        all.push(reference);
    }
    let other = one.beside().await;
    let pack = fewer();
    let (here, there) = tokio::join!(
        one.app.apply_calendar(&pack, |_, _| ()),
        other.app.apply_calendar(&pack, |_, _| ())
    );
    let (here, there) = (here.expect("it is applied"), there.expect("it is applied"));
    assert!(here.put_in_force != there.put_in_force, "by one of them");
    assert_eq!(here.moved + there.moved, 6);
    for reference in &all {
        assert_eq!(moves(&one, reference).await, 1, "{reference}");
        assert_eq!(due(&one, reference).await, "2026-12-03 00:00");
    }
    let store = one.store();
    let stream = redress_store::StreamId::parse("calendar/vn").expect("a stream");
    assert_eq!(
        store.stream(&stream).await.expect("it is read").len(),
        2,
        "first days, and once more"
    );
    assert_eq!(one.differences().await, []);
    one.verify_log().await;
}

#[tokio::test]
async fn a_changed_calendar_does_not_start_by_itself_and_the_cure_is_named() {
    let (house, reference) = second_round_under(None).await;
    let Err(error) = house.restart(Some(fewer())).await else { panic!("it started") };
    assert!(matches!(error, StartError::CalendarChanged { .. }), "{error:?}");
    let cure = "redress calendar check --policy DIR --data DIR";
    assert!(error.to_string().contains(cure) && error.to_string().contains("--apply"), "{error}");
    drop(reference);
}

#[tokio::test]
async fn once_applied_the_same_version_starts_with_its_changed_calendar_and_the_old_folder_too() {
    let (house, reference) = second_round_under(None).await;
    house.app.apply_calendar(&fewer(), |_, _| ()).await.expect("it is put in force");
    let house = house.restart(Some(fewer())).await.expect("it starts with what is in force");
    assert_eq!(house.app.pack().policy.calendar.id().to_string(), "vn@2026-11-25");
    let house = house.restart(Some(altered(&[]))).await.expect("an older folder changes nothing");
    assert_eq!(house.app.pack().policy.calendar.id().to_string(), "vn@2026-11-25");
    let house = house.restart(None).await.expect("it starts");
    let new = house.complain(&noise()).await.reference;
    answered(&house, &new).await;
    disagreed(&house, &new).await;
    assert_eq!(due(&house, &new).await, due(&house, &reference).await);
    assert_eq!(
        house.load(&new).await.pack.policy.digest,
        house.load(&reference).await.pack.policy.digest
    );
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn a_calendar_that_cannot_be_the_next_one_is_refused_by_name() {
    let (house, reference) = second_round_under(None).await;
    let check =
        async |pack: Pack| house.app.check_calendar(&pack, |_| ()).await.expect_err("refused");
    let older = altered(&[(HOLIDAYS, "# as-of: 2026-11-20", "# as-of: 2026-11-19")]);
    assert!(matches!(check(older).await, CalendarFault::Older { .. }));
    let same = check(altered(&[TAKEN])).await;
    assert!(same.to_string().contains("the first other day is 2026-11-24"), "{same}");
    let other = altered(&[("policy.toml", "name = \"vn\"", "name = \"vn2\"")]);
    assert!(matches!(check(other).await, CalendarFault::OtherName { .. }));
    let short = altered(&[
        AS_OF,
        (HOLIDAYS, "# covers: 2015-01-01 2030-12-31", "# covers: 2015-01-01 2026-12-01"),
    ]);
    let CalendarFault::Coverage { reference: named, promise, .. } = check(short).await else {
        panic!("another fault")
    };
    assert_eq!((named, &*promise), (reference, "resolution"));
}

/// Promises may stand still.
const PAUSES: (&str, &str, &str) =
    ("policy.toml", "pause = { allowed = false }", "pause = { allowed = true }");

async fn pauses(house: &House, reference: &str, name: &str, at: &str) {
    let mut body = json!({"promise": "resolution"});
    if name == "pause" {
        body = json!({"promise": "resolution", "category": "waiting-for-complainant", "reason": "chờ ảnh"});
    }
    house.at(at).does(LAN, reference, name, &body).await;
}

#[tokio::test]
async fn a_promise_that_stood_still_while_the_days_changed_is_explained_by_the_days_it_counts() {
    let (house, reference) = second_round_under(Some(altered(&[PAUSES]))).await;
    pauses(&house, &reference, "pause", "2026-11-25 09:00").await;
    let changed = altered(&[PAUSES, AS_OF, ADDED]);
    let applied = house.app.apply_calendar(&changed, |_, _| ()).await.expect("it is put in force");
    assert_eq!((applied.moved, applied.check.held.len()), (0, 0), "it stands still");
    pauses(&house, &reference, "resumption", "2026-11-27 09:00").await;
    // The 25th and 26th are given back, and the 2nd of December is off.
    assert_eq!(due(&house, &reference).await, "2026-12-09 00:00");
    let (loaded, resumed) = (house.load(&reference).await, promise(&house, &reference).await);
    assert_eq!(resumed.set.calendar, "vn@2026-11-25");
    let by = loaded.policy_counting_by(&resumed.set.calendar);
    let steps = redress_app::view::steps_of(&resumed, by).expect("they are counted");
    assert_eq!((steps.at, steps.due_on), (resumed.set.due, resumed.set.due_on));
    assert_eq!(house.differences().await, []);
    // Its pauses count when the days change again: the 24th of November is worked after all.
    let again = altered(&[PAUSES, (HOLIDAYS, "# as-of: 2026-11-20", "# as-of: 2026-11-26"), TAKEN]);
    house.app.apply_calendar(&again, |_, _| ()).await.expect("it is put in force");
    assert_eq!(due(&house, &reference).await, "2026-12-05 00:00");
    // Under the very policy in force nothing would have been otherwise.
    let simulated = house.app.simulate(&again, |_| ()).await.expect("the past is read");
    let changed = simulated.promises.iter().filter(|p| !p.changed.is_empty());
    let changed: Vec<_> = changed.map(|p| (p.promise.as_str(), p.round)).collect();
    assert_eq!(changed, [], "{simulated:?}");
}

#[tokio::test]
async fn how_late_a_promise_was_stays_what_it_was_when_the_days_change() {
    let (house, reference) = second_round_under(None).await;
    house.at("2026-12-07 09:00");
    house.settle().await;
    let late = async |house: &House| {
        let loaded = house.load(&reference).await;
        let detail = house.app.detail(&loaded, redress_app::view::Viewer::Staff).await;
        let promises = detail.expect("it is shown").promises;
        promises.iter().rev().find_map(|promise| promise.late_in.clone())
    };
    assert_eq!(late(&house).await.as_deref(), Some("2wd"), "Friday and Monday");
    let friday = (
        HOLIDAYS,
        "\n2027-01-01,",
        "\n2026-12-04,Fri,Nghỉ,Off,statutory,Decision 98/2026,verified,,ວັນພັກ\n2027-01-01,",
    );
    let changed = altered(&[AS_OF, friday]);
    house.app.apply_calendar(&changed, |_, _| ()).await.expect("it is put in force");
    assert_eq!(late(&house).await.as_deref(), Some("2wd"), "it was late by these days then");
}

#[tokio::test]
async fn a_pack_whose_rules_changed_too_is_not_taken_for_a_calendar() {
    let (house, _) = second_round_under(None).await;
    let swaps = ("policy.toml", "swaps = false", "swaps = true");
    let checked = house.app.check_calendar(&altered(&[AS_OF, ADDED, swaps]), |_| ()).await;
    assert!(matches!(checked, Err(CalendarFault::OtherRules { .. })), "{checked:?}");
    let slip = (HOLIDAYS, "# as-of: 2026-11-20", "# as-of: 2062-11-25");
    let checked = house.app.check_calendar(&altered(&[slip]), |_| ()).await;
    assert!(matches!(checked, Err(CalendarFault::Future { .. })), "{checked:?}");
}

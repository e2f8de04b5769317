//! Another version of the policy comes into force while complaints are open, or comes too late.

use jiff::civil::date;
use redress_app::{
    AppError, NoticeIn, Secret, StartError,
    core::{
        complaint::Stage,
        policy::{Pack, PackFiles, parse, shipped_files},
    },
    view::Viewer,
};
use redress_testkit::{people, people::*};
use serde_json::{Value, json};

use crate::{
    history::{answered, disagreed},
    kit::{House, altered, clock_time, local, noise, with},
};

const VERSION: (&str, &str, &str) = ("policy.toml", "\nversion = 1", "\nversion = 2");

async fn second_result(house: &House, reference: &str) -> (String, String) {
    let complaint = house.load(reference).await.complaint;
    let promise =
        complaint.promises.iter().find(|p| (&*p.set.promise, p.set.round) == ("resolution", 2));
    (complaint.policy.clone(), clock_time(promise.expect("it was set").set.due))
}

#[tokio::test]
async fn a_complaint_keeps_the_days_of_the_version_it_was_opened_under() {
    let house = House::open("2026-11-23 08:17").await;
    let old = house.complain(&noise()).await.reference;
    answered(&house, &old).await;
    let five = altered(&[VERSION, ("policy.toml", "within = \"7wd\"", "within = \"5wd\"")]);
    let house = house.restart(Some(five)).await.expect("it starts");
    let new = house.complain(&noise()).await.reference;
    answered(&house, &new).await;
    house.at("2026-11-25 09:00");
    disagreed(&house, &old).await;
    disagreed(&house, &new).await;
    let seven = ("alphatech@1".to_owned(), "2026-12-05 00:00".to_owned());
    assert_eq!(second_result(&house, &old).await, seven);
    let five = ("alphatech@2".to_owned(), "2026-12-03 00:00".to_owned());
    assert_eq!(second_result(&house, &new).await, five);
    assert_eq!(house.app.pack_version(1).await.expect("it was in force").policy.version, 1);
    assert_eq!(house.app.pack_version(2).await.expect("it is in force").policy.version, 2);
    assert!(matches!(house.app.pack_version(3).await, Err(AppError::NotFound)));
    assert_eq!(house.differences().await, []);
    let house = house.restart(None).await.expect("it starts with what is in force");
    assert_eq!(house.app.pack().policy.version, 2);
    assert_eq!(second_result(&house, &old).await, seven);
}

#[tokio::test]
async fn an_older_version_may_come_back_into_force() {
    let house = House::open("2026-11-23 08:17").await;
    let second = altered(&[VERSION, ("policy.toml", "within = \"7wd\"", "within = \"5wd\"")]);
    let house = house.restart(Some(second)).await.expect("it starts");
    house.at("2026-11-24 08:17");
    let house = house.restart(Some(altered(&[]))).await.expect("it starts");
    house.at("2026-11-25 08:17");
    let house = house.restart(None).await.expect("it starts with what is in force");
    assert_eq!(house.app.pack().policy.version, 1);
    assert_eq!(house.app.pack_version(2).await.expect("it was in force").policy.version, 2);
}

#[tokio::test]
async fn content_changed_under_an_old_version_does_not_start_and_says_what_to_do() {
    let house = House::open("2026-11-23 08:17").await;
    let edited = altered(&[("policy.toml", "prefix = \"KN\"", "prefix = \"KX\"")]);
    let Err(error) = house.restart(Some(edited)).await else { panic!("it started") };
    assert!(matches!(error, StartError::SameVersion { version: 1, .. }), "{error:?}");
    assert!(error.to_string().contains("raise `version`"), "{error}");
}

/// The shipped pack with a calendar that ends with 2026.
fn until_new_year() -> Pack {
    let mut files = shipped_files();
    let text = files.text("calendar/vn.csv").expect("it is there").to_owned();
    let text = text.replace("# covers: 2015-01-01 2030-12-31", "# covers: 2015-01-01 2026-12-31");
    let text = text.replace("# as-of: 2026-11-20", "# as-of: 2026-05-20");
    let later = ["2027-", "2028-", "2029-", "2030-"];
    let kept = text.lines().filter(|line| !later.iter().any(|year| line.starts_with(year)));
    let kept: Vec<_> = kept.collect();
    files.insert("calendar/vn.csv", kept.join("\n") + "\n");
    as_of_summer(&files)
}

fn as_of_summer(files: &PackFiles) -> Pack {
    parse(files, date(2026, 7, 1)).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

async fn house_at_the_end() -> House {
    House::open_under("2026-12-21 09:00", Some(until_new_year()), &people::everybody()).await
}

/// The longer calendar and a second version come into force.
async fn next_year(house: House) -> House {
    let second = altered(&[VERSION]);
    let applied = house.app.apply_calendar(&second, |_, _| ()).await.expect("it is put in force");
    assert!(applied.put_in_force);
    house.restart(Some(second)).await.expect("it starts")
}

/// What the tracking link shows.
async fn shown(house: &House, url: &str) -> Value {
    let loaded = house.track(url).await.expect("the link opens it");
    let detail = house.app.detail(&loaded, Viewer::Complainant).await.expect("it is shown");
    json!(detail)
}

#[tokio::test]
async fn a_notice_past_the_calendar_is_kept_and_understood_once_a_longer_calendar_is_in_force() {
    let house = house_at_the_end().await;
    let before = house.complain(&noise()).await;
    house.at("2027-01-05 09:00");
    let receipt = house.complain(&noise()).await;
    assert_ne!(receipt.reference, before.reference);
    assert!(receipt.reference.starts_with("KN-27-"), "{}", receipt.reference);
    let waiting = house.app.notices_waiting().await.expect("it is read");
    let waiting: Vec<_> = waiting.iter().map(|notice| notice.reference.as_str()).collect();
    assert_eq!(waiting, [receipt.reference.as_str()]);
    assert!(matches!(house.track(&receipt.tracking_url).await, Err(AppError::NotFound)));
    let token = Secret::received(receipt.tracking_url.rsplit('/').next().expect("a token"));
    let seen = house.app.waiting_tracked(&token).await.expect("its sender sees it");
    assert_eq!(seen.reference, receipt.reference);
    assert_eq!(seen.due.map(clock_time).as_deref(), Some("2027-01-05 12:00"));
    let stranger = house.app.waiting_tracked(&Secret::received("no-such-token")).await;
    assert!(matches!(stranger, Err(AppError::NotFound)));
    house.settle().await;
    house.settle().await;
    assert_eq!(house.app.notices_waiting().await.expect("it is read").len(), 1, "tried in vain");
    assert_eq!(house.differences().await, []);
    let subject = format!("Khiếu nại {} chờ người đọc", receipt.reference);
    let told = |who: &str| house.letters_to(who).into_iter().filter(|s| *s == subject).count();
    assert_eq!((told(DIRECTOR), told(LAN), told(TUNG)), (1, 1, 0), "the Director, and the head");
    let read = async |who: &str| {
        let waiting = house
            .app
            .waiting_for(&house.app.member(who).await.expect("known"))
            .await
            .expect("it is read");
        waiting.into_iter().map(|notice| notice.said.map(|said| said.text)).collect::<Vec<_>>()
    };
    assert_eq!(json!(read(MAI).await), json!([noise()["text"]]));
    assert_eq!(read(TUNG).await, [None], "another unit sees that it is there");
    let (from, until) = (local("2027-01-05 08:00"), local("2027-01-05 17:00"));
    let director = house.actor(DIRECTOR).await;
    let line = house.app.set_duty(TUNG, from, until, "0987654321", &director).await;
    line.expect("they may be on duty");
    assert_eq!(json!(read(TUNG).await), json!([noise()["text"]]), "who is on duty must answer");

    house.at("2027-01-05 10:30");
    let house = next_year(house).await;
    assert_eq!(house.differences().await, [], "a notice that waits is rebuilt as it stands");
    house.settle().await;
    assert!(house.app.notices_waiting().await.expect("it is read").is_empty());
    let page = shown(&house, &receipt.tracking_url).await;
    assert_eq!(page["reference"], receipt.reference);
    assert_eq!((&page["policy"], &page["text"]), (&json!("alphatech@2"), &noise()["text"]));
    assert_eq!(page["received_at"], "2027-01-05T09:00:00+07:00");
    assert_eq!(page["promises"][0]["due"], "2027-01-05T12:00:00+07:00", "from receipt");
    assert_eq!(house.load(&receipt.reference).await.complaint.stage, Stage::HandedOver);
    assert_eq!(house.differences().await, []);
    house.verify_log().await;
}

#[tokio::test]
async fn what_a_waiting_notice_was_promised_stays_under_a_policy_with_other_hours() {
    let house = house_at_the_end().await;
    house.at("2026-12-31 09:00");
    house.complain(&noise()).await;
    house.at("2026-12-31 09:30");
    let two = altered(&[VERSION, ("policy.toml", "within = \"PT3H\"", "within = \"PT2H\"")]);
    house.app.apply_calendar(&two, |_, _| ()).await.expect("it is put in force");
    let house = house.restart(Some(two)).await.expect("it starts");
    let waiting = house.app.notices_waiting().await.expect("it is read");
    assert_eq!(waiting[0].next_due.map(clock_time).as_deref(), Some("2026-12-31 12:00"));
    assert_eq!(house.differences().await, [], "it was received under three hours");
}

#[tokio::test]
async fn a_promise_that_would_end_past_the_calendar_makes_a_notice_wait_too() {
    let house = house_at_the_end().await;
    house.at("2026-12-31 09:00");
    let receipt = house.complain(&noise()).await;
    let promises: Vec<_> = receipt.promises.iter().map(|p| (&*p.promise, &*p.due)).collect();
    assert_eq!(promises, [("first-reply", "2026-12-31T12:00:00+07:00")], "this one can be said");
    let waiting = house.app.notices_waiting().await.expect("it is read");
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].next_due.map(clock_time).as_deref(), Some("2026-12-31 12:00"));
    assert_eq!(house.differences().await, []);
}

#[tokio::test]
async fn files_names_and_the_mandate_of_a_notice_that_waited_are_not_lost() {
    let house = house_at_the_end().await;
    house.at("2027-01-05 09:00");
    let picture = house.app.upload("front", "khe-ho.png", b"\x89PNG\r\n\x1a\n1").await;
    let paper = house.app.upload("front", "uy-quyen.png", b"\x89PNG\r\n\x1a\n2").await;
    let body = with(
        noise(),
        &json!({
            "attachments": [picture.expect("there is room").id],
            "mandate": paper.expect("there is room").id,
            "complainant": {"as": "representative", "name": "Trần Minh", "phone": "0912345678",
                            "represents": "bà Hà"},
        }),
    );
    let receipt = house.complain(&body).await;
    house.at("2027-01-05 10:30");
    let house = next_year(house).await;
    house.settle().await;
    let page = shown(&house, &receipt.tracking_url).await;
    assert_eq!(page["files"][0]["name"], "khe-ho.png", "{page}");
    let complaint = house.load(&receipt.reference).await.complaint;
    assert!(complaint.mandate.is_some(), "the mandate was handed in");
    assert_eq!(page["complainant"]["represents"], "bà Hà");
}

#[tokio::test]
async fn the_same_form_sent_again_gets_the_receipt_of_the_notice_that_waits() {
    let house = house_at_the_end().await;
    house.at("2027-01-05 09:00");
    let text = noise().to_string();
    let input = NoticeIn { body: &text, by: None, owner: "front", key: Some("0123456789abcdef") };
    let first = house.app.receive(input).await.expect("it is taken");
    let again = house.app.receive(input).await.expect("the same form is taken once");
    assert_eq!(again, first);
    assert_eq!(house.app.notices_waiting().await.expect("it is read").len(), 1);
    let staff = house.app.member(LAN).await.expect("a member");
    let entered = NoticeIn { by: Some(&staff), key: None, ..input };
    house.app.receive(entered).await.expect("staff may enter one too");
}

//! A job that fails stays, is shown after some tries, keeps nothing else waiting, and is done once what
//! it needs is there again.

use jiff::SignedDuration;
use redress_app::{hex, sha256};
use redress_testkit::people::MAI;
use serde_json::json;

use crate::kit::{House, noise, with};

#[tokio::test]
async fn a_job_that_always_fails_is_shown_and_never_given_up() {
    const BYTES: &[u8] = b"the bytes of a picture";
    let house = House::open("2026-11-23 08:17").await;
    let by_mail = with(noise(), &json!({"complainant": {"email": "ha@example.vn"}}));
    let reference = house.complain(&by_mail).await.reference;
    house.settle().await;
    let digest = hex(&sha256(BYTES));
    let stored = house.folder().join("files").join(&digest[..2]).join(&digest);
    let owner = house.actor_name(MAI).await;
    let file = house.app.upload(&owner, "a.png", BYTES).await.expect("it is taken");
    let words = json!({"direction": "out", "channel": "email", "text": "Xem ảnh giúp tôi", "files": [file.id]});
    house.does(MAI, &reference, "messages", &words).await;
    // A disk that lost the file: the letter cannot be made.
    std::fs::rename(&stored, house.folder().join("lost")).expect("it was there");
    let sent = || {
        house
            .letters_to("ha@example.vn")
            .iter()
            .filter(|subject| subject.starts_with("Về khiếu nại"))
            .count()
    };
    let failing = async || house.app.condition().await.expect("it stands").failing_work;
    let mut hours = 0;
    let found = loop {
        house.settle().await;
        if let Some(found) = failing().await {
            break found;
        }
        assert!(hours < 3, "nobody is told");
        house.clock.pass(SignedDuration::from_mins(10));
        hours += usize::from(house.clock.now().as_second() % 3_600 < 600);
    };
    assert_eq!((found.count, found.reference.as_str()), (1, reference.as_str()));
    assert_eq!((found.kind.as_str(), found.attempts), ("deliver", 8));
    assert_eq!(house.app.failing_count(), 1);
    let other = house.complain(&by_mail).await.reference;
    for _ in 0..24 * 7 {
        house.clock.pass(SignedDuration::from_hours(1));
        house.settle().await;
    }
    assert!(house.load(&other).await.history.len() > 1, "the rest went on");
    assert!(failing().await.is_some_and(|work| work.attempts > 60), "it is tried for ever");
    assert_eq!(sent(), 0);
    std::fs::rename(house.folder().join("lost"), &stored).expect("it is back");
    house.clock.pass(SignedDuration::from_hours(2));
    house.settle().await;
    assert_eq!((sent(), failing().await, house.app.failing_count()), (1, None, 0));
}

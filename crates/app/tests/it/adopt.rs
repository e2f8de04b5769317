//! Whole lives, taken in with their past: the rows, the log and the search are what the program
//! itself would have written.

use redress_app::{Following, ListQuery};
use redress_testkit::{lives::Lives, people};

use crate::kit::{House, local};

/// Enough for second rounds and refusals.
const LIVES: u64 = 150;

/// A house in which these lives were taken in, and its clock at their end.
async fn lived(seed: u64) -> House {
    let house = House::open("2026-01-02 08:00").await;
    let until = local("2026-11-23 16:00");
    let members = house.app.members().await.expect("the company");
    let pack = house.app.pack();
    for life in Lives::new(seed, (&pack.policy, members), LIVES, until) {
        // Nothing is recorded before the house was opened.
        house.clock.set(life.notice.received_at.max(house.clock.now()));
        house.app.adopt(vec![life], Following::Done).await.expect("it is taken in");
    }
    house.clock.set(until);
    house
}

#[tokio::test]
async fn lives_taken_in_are_what_the_program_would_have_written() {
    let house = lived(1).await;
    assert_eq!(house.differences().await, vec![]);
    house.verify_log().await;
    let care = house.app.member(people::LAN).await.expect("a member");
    let all = ListQuery { state: Some("all".to_owned()), ..ListQuery::default() };
    assert_eq!(house.app.count(&all, &care).await.expect("counted"), LIVES);
    // What followed from it was sent when it happened: nothing waits.
    house.settle().await;
    assert_eq!(house.letters_to(people::LAN), Vec::<String>::new());
}

#[tokio::test]
async fn lives_taken_in_are_found_by_their_words_and_go_on() {
    let house = lived(2).await;
    let care = house.app.member(people::LAN).await.expect("a member");
    for words in ["thang may", "ລິຟ", "wheelchair", "Bình Minh"] {
        let query = ListQuery {
            q: Some(words.to_owned()),
            state: Some("all".to_owned()),
            ..ListQuery::default()
        };
        let found = house.app.list(&query, &care).await.expect("it is looked for");
        assert!(!found.rows.is_empty(), "{words}");
    }
    let open = house.app.list(&ListQuery::default(), &care).await.expect("a queue");
    let first = open.rows.first().expect("somebody waits").reference.clone();
    let note = serde_json::json!({"text": "Đã xem"});
    assert_eq!(house.does(people::LAN, &first, "notes", &note).await, ["note.added"]);
    let fresh = house.complain(&crate::kit::noise()).await.reference;
    assert_eq!(house.load(&fresh).await.row.state, "received");
    assert_eq!(house.differences().await, vec![]);
}

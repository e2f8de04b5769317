//! What is left of erased words: nothing in the files, and in the log a leaf that names them.

use redress_store::{Commit, Row, SearchRow, Store};

use crate::kit::{Kit, event, stream, with_words};

/// Words of nobody else.
const SECRET: &str = "nguyenvanbimat";

/// Whether a file of the store still holds the words.
fn holds(kit: &Kit, words: &str) -> bool {
    let folder = kit.path().parent().unwrap().to_owned();
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(words.len()).any(|part| part == words.as_bytes())
    })
}

async fn found_by(store: &Store, kit: &Kit, complaint: &str, words: &str) {
    let mut commit = Commit::new(kit.id());
    let row = SearchRow { complaint: complaint.to_owned(), words: words.to_owned() };
    commit.rows.push(Row::Search(row));
    store.commit(commit).await.unwrap();
}

#[tokio::test]
async fn words_that_were_searched_by_are_in_no_page_after_a_scrub() {
    let kit = Kit::new();
    let store = kit.open();
    for number in 0..300 {
        found_by(&store, &kit, &format!("c{number}"), &format!("thang may {number} {SECRET}"))
            .await;
    }
    for number in 0..300 {
        found_by(&store, &kit, &format!("c{number}"), &format!("thang may {number}")).await;
    }
    assert!(holds(&kit, SECRET), "the test proves nothing where the words go by themselves");
    assert!(store.scrub().await.unwrap());
    assert!(!holds(&kit, SECRET));
    assert!(store.scrub().await.unwrap(), "a second time has nothing to do");
    store.close().await.unwrap();
    assert!(!holds(&kit, SECRET));
}

#[tokio::test]
async fn words_may_only_be_missing_where_an_erasure_names_them() {
    let kit = Kit::new();
    let store = kit.open();
    let mut commit = kit.commit("c1", 0);
    commit.events[0] = with_words(commit.events[0].clone(), r#"{"name":"bà Hà"}"#);
    store.commit(commit).await.unwrap();
    let mut erase = Commit::new(kit.id());
    erase.rows.push(Row::WordsErased { pos: 1 });
    assert!(store.commit(erase).await.unwrap().positions.is_empty());
    let events = store.stream(&stream("c1")).await.unwrap();
    assert!(events[0].is_erased() && events[0].words_salt.is_none());
    let fault = store.verify_log(|_| {}).await.unwrap().fault.expect("nothing names it");
    assert_eq!((fault.index, fault.what), (0, "its words are gone, and no erasure names it"));

    let log = redress_store::StreamId::new(redress_store::StreamKind::Log, "erasures").unwrap();
    let mut named = Commit::new(kit.id());
    let mut erasure = event(&log, "log.erased");
    erasure.facts = r#"{"ground":"person-asked","indices":[[0,0]]}"#.to_owned();
    named.events.push(erasure);
    store.commit(named).await.unwrap();
    let erasure = store.stream(&log).await.unwrap().remove(0);
    assert!(erasure.leaf.contains(r#""k":"erasure""#), "{}", erasure.leaf);
    assert_eq!(store.verify_log(|_| {}).await.unwrap().fault, None);
}

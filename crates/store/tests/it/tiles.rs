//! The tree over the log: tiles as it grows, proofs out of them, and what a changed tile does.
//! Must not look at a signature.

use redress_proof::{Tile, Tree, empty_root, leaf_hash};
use redress_store::{Commit, EVENTS_MAX, Store, StoredEvent};
use rusqlite::Connection;

use super::kit::{Kit, event, stream};

/// Appends so many events, many in a commit.
async fn grow(kit: &Kit, store: &Store, events: usize) {
    let mut left = events;
    while left > 0 {
        let some = left.min(EVENTS_MAX);
        let mut commit = Commit::new(kit.id());
        commit.events = vec![event(&stream("c1"), "note.added"); some];
        store.commit(commit).await.unwrap();
        left -= some;
    }
}

async fn leaves(store: &Store, size: u64) -> Vec<StoredEvent> {
    let mut all: Vec<StoredEvent> = Vec::new();
    while (all.len() as u64) < size {
        all.extend(store.events_after(all.len() as u64, 1_000).await.unwrap());
    }
    all
}

fn is_proved(tree: &Tree, event: &StoredEvent, path: &[[u8; 32]]) -> bool {
    tree.check_leaf(event.pos - 1, &leaf_hash(event.leaf.as_bytes()), path).is_ok()
}

#[tokio::test]
async fn every_leaf_and_every_growth_is_proved_at_any_size() {
    let kit = Kit::new();
    let store = kit.open();
    assert_eq!(store.tree_at(0).await.unwrap().root, empty_root());
    grow(&kit, &store, 700).await;
    let events = leaves(&store, 700).await;
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 700] {
        let tree = store.tree_at(size).await.unwrap();
        for index in [0, size / 3, size / 2, size - 1] {
            let path = store.inclusion(index, size).await.unwrap();
            let mut from = events.iter().skip_while(|event| event.pos <= index).chain(&events);
            assert!(is_proved(&tree, from.next().unwrap(), &path), "{index} of {size}");
            assert!(!is_proved(&tree, from.next().unwrap(), &path), "{index} of {size}");
        }
        for old in [1, 255, 256, 300].into_iter().filter(|old| *old <= size) {
            let path = store.consistency(old, size).await.unwrap();
            let before = store.tree_at(old).await.unwrap();
            assert_eq!(tree.check_growth(&before, &path), Ok(()), "{old} to {size}");
        }
    }
    let head = store.head().await.unwrap();
    assert_eq!(store.tree_at(700).await.unwrap(), head.frontier.tree());
    assert!(store.inclusion(700, 700).await.is_err() && store.tree_at(701).await.is_err());
}

#[tokio::test]
async fn a_tile_is_the_hashes_of_its_leaves_and_its_bundle_their_texts() {
    let kit = Kit::new();
    let store = kit.open();
    grow(&kit, &store, 600).await;
    let events = leaves(&store, 600).await;
    for (tile, count) in [("tile/0/000", 256), ("tile/0/001", 256), ("tile/0/002.p/88", 88)] {
        let tile = Tile::parse(tile).unwrap();
        let own = || events.iter().skip_while(|event| event.pos <= 256 * tile.index).take(count);
        let hashes: Vec<_> = own().flat_map(|event| leaf_hash(event.leaf.as_bytes())).collect();
        assert_eq!(store.tile(tile).await.unwrap(), hashes, "{tile:?}");
        let texts: Vec<_> = own().map(|event| event.leaf.clone()).collect();
        assert_eq!(store.leaves_of(tile).await.unwrap(), texts, "{tile:?}");
    }
    // What was asked for before the tile was full is answered as it was.
    let cut = store.tile(Tile::parse("tile/0/000.p/7").unwrap()).await.unwrap();
    assert_eq!(cut, store.tile(Tile::parse("tile/0/000").unwrap()).await.unwrap()[..7 * 32]);
    assert_eq!(store.tile(Tile::parse("tile/1/000.p/2").unwrap()).await.unwrap().len(), 64);
    assert!(store.tile(Tile::parse("tile/0/003").unwrap()).await.is_err());
}

/// What is wrong after one statement on a log of 65,800 events, which has a full tile of level 1.
async fn tampered(store: &Store, path: &std::path::Path, sql: &str) -> Option<(u64, &'static str)> {
    let other = Connection::open(path).unwrap();
    other.execute_batch("CREATE TEMP TABLE kept AS SELECT * FROM tile").unwrap();
    other.execute_batch(sql).unwrap();
    let fault = store.verify_log(|_| {}).await.unwrap().fault;
    other.execute_batch("DELETE FROM tile; INSERT INTO tile SELECT * FROM kept").unwrap();
    fault.map(|fault| (fault.index, fault.what))
}

#[tokio::test]
async fn a_changed_tile_is_found_with_the_first_leaf_under_it() {
    let kit = Kit::new();
    let store = kit.open();
    grow(&kit, &store, 65_800).await;
    let what = "a stored hash is not that of its leaves";
    let zero = "zeroblob(32)";
    for (sql, index) in [
        (
            format!(
                "UPDATE tile SET hashes = CAST(substr(hashes, 1, 96) || {zero} || \
            substr(hashes, 129) AS BLOB) WHERE level = 0 AND number = 7"
            ),
            7 * 256 + 3,
        ),
        (format!("UPDATE tile SET root = {zero} WHERE level = 0 AND number = 2"), 2 * 256),
        ("DELETE FROM tile WHERE level = 0 AND number = 4".to_owned(), 4 * 256),
        (
            "UPDATE tile SET hashes = substr(hashes, 1, 8000) WHERE level = 0 AND number = 5"
                .to_owned(),
            5 * 256,
        ),
        (
            format!(
                "UPDATE tile SET hashes = CAST(substr(hashes, 1, 64) || {zero} || \
            substr(hashes, 97) AS BLOB) WHERE level = 1 AND number = 0"
            ),
            2 * 256,
        ),
        ("DELETE FROM tile WHERE level = 1".to_owned(), 0),
    ] {
        assert_eq!(tampered(&store, &kit.path(), &sql).await, Some((index, what)), "{sql}");
    }
    assert_eq!(tampered(&store, &kit.path(), "SELECT 1").await, None);
    let tree = store.tree_at(65_800).await.unwrap();
    let path = store.inclusion(70, 65_800).await.unwrap();
    let event = store.events_after(70, 1).await.unwrap().remove(0);
    assert!(is_proved(&tree, &event, &path));
    assert_eq!(store.tree_at(65_536).await.unwrap().size, 65_536);
}

#[tokio::test]
async fn a_log_somebody_took_a_leaf_from_goes_on_and_the_leaf_is_named() {
    let kit = Kit::new();
    let store = kit.open();
    grow(&kit, &store, 200).await;
    let other = Connection::open(kit.path()).unwrap();
    other.execute_batch("DELETE FROM event WHERE pos = 101").unwrap();
    grow(&kit, &store, 400).await;
    let fault = store.verify_log(|_| {}).await.unwrap().fault.expect("a leaf is missing");
    assert_eq!((fault.index, fault.what), (100, "a position is missing"));
    assert!(store.inclusion(3, 600).await.is_err());
    store.close().await.unwrap();
    other.execute_batch("DELETE FROM tile").unwrap();
    let store = kit.open();
    grow(&kit, &store, 400).await;
    assert_eq!(store.verify_log(|_| {}).await.unwrap().fault, Some(fault));
}

#[tokio::test]
async fn a_log_of_an_earlier_program_gets_its_tiles_at_the_start() {
    let kit = Kit::new();
    let store = kit.open();
    grow(&kit, &store, 1_000).await;
    store.close().await.unwrap();
    Connection::open(kit.path()).unwrap().execute_batch("DELETE FROM tile").unwrap();
    let store = kit.open();
    assert_eq!(store.verify_log(|_| {}).await.unwrap().fault, None);
    grow(&kit, &store, 100).await;
    assert_eq!(store.verify_log(|_| {}).await.unwrap().fault, None);
    assert_eq!(store.inclusion(3, 1_100).await.unwrap().len(), 11);
}

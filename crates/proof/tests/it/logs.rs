//! A whole log checked: every kind of tampering is found, and the first wrong leaf is named.

use std::ops::RangeInclusive;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use redress_proof::{
    Frontier, Leaf, LeafKind, LogCheck, LogFault, Opening, Row, RowFault, Tree, check_log,
};

use crate::kit::Log;

/// A row that owns what it is made of.
#[derive(Clone)]
struct Stored {
    index: u64,
    recorded_at: Timestamp,
    leaf: String,
    salt: Vec<u8>,
    payload: String,
    words: Option<String>,
    words_salt: Option<Vec<u8>>,
    erased: Vec<RangeInclusive<u64>>,
}

impl Stored {
    fn new(index: u64, opening: &Opening) -> Self {
        Self {
            index,
            recorded_at: Leaf::parse(&opening.leaf).unwrap().recorded_at,
            leaf: opening.leaf.clone(),
            salt: opening.salt.to_vec(),
            payload: opening.payload.clone(),
            words: opening.words.as_ref().map(|words| words.text.clone()),
            words_salt: opening.words.as_ref().map(|words| words.salt.to_vec()),
            erased: Vec::new(),
        }
    }

    /// A leaf that says that words were erased.
    fn erasure(index: u64, kind: LeafKind, erased: &[RangeInclusive<u64>]) -> Self {
        let recorded_at = "2027-01-01T00:00:00Z".parse().unwrap();
        let payload = r#"{"ground":"person-asked"}"#.to_owned();
        let leaf = Leaf::new(kind, recorded_at, &[4; 32], &payload).text();
        let (words, words_salt, erased) = (None, None, erased.to_vec());
        Self { index, recorded_at, leaf, salt: vec![4; 32], payload, words, words_salt, erased }
    }

    fn erase(&mut self) {
        (self.words, self.words_salt) = (None, None);
    }

    fn row(&self) -> Row<'_> {
        Row {
            index: self.index,
            recorded_at: self.recorded_at,
            leaf: &self.leaf,
            salt: &self.salt,
            payload: &self.payload,
            words: self.words.as_deref(),
            words_salt: self.words_salt.as_deref(),
            erased: &self.erased,
        }
    }
}

fn rows(count: u64) -> Vec<Stored> {
    let log = Log::new(count);
    (0..).zip(&log.openings).map(|(index, opening)| Stored::new(index, opening)).collect()
}

fn check(rows: &[Stored]) -> Result<Tree, (u64, RowFault)> {
    check_log(rows.iter().map(Stored::row)).map_err(|LogFault { index, what }| (index, what))
}

#[test]
fn a_sound_log_has_the_tree_of_its_leaves() {
    let rows = rows(50);
    let mut frontier = Frontier::new();
    let mut log = LogCheck::default();
    for row in &rows {
        frontier.append(redress_proof::leaf_hash(row.leaf.as_bytes()));
        log.append(row.row().check().unwrap()).unwrap();
        assert_eq!(log.frontier(), &frontier);
    }
    assert_eq!(check(&rows), Ok(frontier.tree()));
    assert_eq!(check(&[]), Ok(Tree::empty()));
}

/// Tampers with a log of 50 leaves and answers what is found.
fn tampered(tamper: impl Fn(&mut Vec<Stored>)) -> (u64, RowFault) {
    let mut rows = rows(50);
    tamper(&mut rows);
    check(&rows).unwrap_err()
}

#[test]
fn tampering_of_every_kind_is_found_and_the_first_wrong_leaf_named() {
    let second = SignedDuration::from_secs(1);
    let other = || rows(50).swap_remove(8);
    assert_eq!(tampered(|rows| rows[7].payload += " "), (7, RowFault::Payload));
    assert_eq!(tampered(|rows| rows[7].salt[0] ^= 1), (7, RowFault::Payload));
    assert_eq!(tampered(|rows| rows[7].salt.truncate(31)), (7, RowFault::Salt));
    assert_eq!(tampered(|rows| rows[7].leaf += " "), (7, RowFault::Leaf));
    assert_eq!(tampered(|rows| rows[7].recorded_at += second), (7, RowFault::Time));
    assert_eq!(tampered(|rows| rows[7].words = other().words), (7, RowFault::Words));
    assert_eq!(tampered(|rows| rows[7].words_salt = other().words_salt), (7, RowFault::Words));
    assert_eq!(tampered(|rows| rows[7].words_salt = Some(vec![0])), (7, RowFault::Salt));
    assert_eq!(tampered(|rows| rows[7].words = None), (7, RowFault::Halves));
    assert_eq!(tampered(|rows| rows[7].words_salt = None), (7, RowFault::Halves));
    let unsaid = |rows: &mut Vec<Stored>| {
        (rows[6].words, rows[6].words_salt) = (other().words, other().words_salt);
    };
    assert_eq!(tampered(unsaid), (6, RowFault::NoWords));
    assert_eq!(tampered(|rows| drop(rows.remove(7))), (7, RowFault::Missing));
    assert_eq!(tampered(|rows| rows.swap(7, 8)), (7, RowFault::Missing));
    assert_eq!(tampered(|rows| rows.insert(7, rows[6].clone())), (7, RowFault::OutOfOrder));
    assert_eq!(tampered(|rows| rows[7].erase()), (7, RowFault::Gone));
}

#[test]
fn a_leaf_dated_before_its_predecessor_is_found() {
    // Inserted with all numbers behind it moved: only the time tells, and the signed root.
    let mut rows = rows(50);
    let early = rows[2].clone();
    rows.insert(7, early);
    (0..).zip(&mut rows).for_each(|(index, row)| row.index = index);
    assert_eq!(check(&rows), Err((7, RowFault::Backwards)));
}

#[test]
fn words_may_be_gone_where_an_erasure_says_so() {
    let erased = |ranges: &[RangeInclusive<u64>], gone: &[usize]| {
        let mut rows = rows(50);
        for at in gone {
            rows[*at].erase();
        }
        rows.push(Stored::erasure(50, LeafKind::Erasure, ranges));
        check(&rows).map(|tree| tree.size)
    };
    assert_eq!(erased(&[7..=8], &[7, 8]), Ok(51));
    assert_eq!(erased(&[7..=7, 8..=8], &[7, 8]), Ok(51));
    assert_eq!(erased(&[10..=11, 5..=9, 0..=5], &[4, 5, 7, 8, 10, 11]), Ok(51));
    assert_eq!(erased(&[0..=49], &[7]), Ok(51));
    // A leaf without words has nothing to erase, and may be named.
    assert_eq!(erased(&[6..=6], &[]), Ok(51));
    assert_eq!(erased(&[7..=7], &[7, 8]), Err((8, RowFault::Gone)));
    assert_eq!(erased(&[8..=8], &[7, 8]), Err((7, RowFault::Gone)));
    assert_eq!(erased(&[], &[4, 5]), Err((4, RowFault::Gone)));
    #[expect(clippy::reversed_empty_ranges, reason = "a hostile erasure may say so")]
    let reversed = erased(&[9..=7], &[8]);
    assert_eq!(reversed, Err((8, RowFault::Gone)));
}

#[test]
fn only_an_erasure_erases_and_only_what_came_before_it() {
    let with = |kind, erased: RangeInclusive<u64>| {
        let mut rows = rows(50);
        rows.push(Stored::erasure(50, kind, &[erased]));
        check(&rows).map(|tree| tree.size)
    };
    assert_eq!(with(LeafKind::Erasure, 0..=49), Ok(51));
    for (kind, erased) in [
        (LeafKind::Event, 0..=49),
        (LeafKind::Key, 0..=0),
        (LeafKind::Erasure, 0..=50),
        (LeafKind::Erasure, 0..=u64::MAX),
    ] {
        assert_eq!(with(kind, erased), Err((50, RowFault::Erased)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn words_that_are_gone_are_compared_with_erasures_leaf_by_leaf(
        gone in prop::collection::btree_set(0_u64..40, 0..20),
        ranges in prop::collection::vec((0_u64..40, 0_u64..6), 0..10),
    ) {
        let mut rows = rows(40);
        for at in &gone {
            rows[usize::try_from(*at).unwrap()].erase();
        }
        let ranges: Vec<_> =
            ranges.into_iter().map(|(start, more)| start..=(start + more).min(39)).collect();
        rows.push(Stored::erasure(40, LeafKind::Erasure, &ranges));
        let unnamed = |at: &&u64| !at.is_multiple_of(3) && !ranges.iter().any(|range| range.contains(at));
        let first = gone.iter().find(unnamed).map(|at| (*at, RowFault::Gone));
        prop_assert_eq!(check(&rows).err(), first);
    }
}

//! The rule on back-dating: what times of others say of the time in a leaf.

use jiff::{SignedDuration, Timestamp};
use redress_proof::{Anchor, Bounds, TimeFault, late_by};

/// Minutes of one day.
fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 / 60 * 60 + minute * 60).unwrap()
}

fn bounds(index: u64, seen: &[(u64, i64)]) -> (Option<Timestamp>, Option<Timestamp>) {
    let anchors = seen.iter().map(|(size, minute)| Anchor { size: *size, at: at(*minute) });
    let bounds = Bounds::of(index, anchors);
    (bounds.not_before, bounds.not_after)
}

#[test]
fn a_leaf_lies_between_the_last_tree_without_it_and_the_first_with_it() {
    for (index, seen, not_before, not_after) in [
        (4, &[][..], None, None),
        (4, &[(4, 10)], Some(10), None), // Leaf 4 is the fifth: a tree of 4 has it not.
        (4, &[(5, 10)], None, Some(10)),
        (4, &[(0, 1), (3, 5), (4, 8), (6, 20), (9, 30)], Some(8), Some(20)),
        (4, &[(9, 30), (6, 20), (4, 8), (3, 5)], Some(8), Some(20)), // In any order.
        (4, &[(4, 8), (4, 12), (6, 20)], Some(12), Some(20)),        // A quiet log, seen twice.
        (4, &[(4, 8), (6, 20), (4, 25)], Some(8), Some(20)), // An old checkpoint shown again.
        (4, &[(6, 20), (4, 25)], None, Some(20)),
        (4, &[(4, 20), (6, 20)], Some(20), Some(20)),
    ] {
        assert_eq!(bounds(index, seen), (not_before.map(at), not_after.map(at)), "{seen:?}");
    }
}

#[test]
fn a_time_outside_is_dated_back_or_ahead() {
    let (early, late) = (at(10), at(20));
    let bounds = Bounds { not_before: Some(early), not_after: Some(late) };
    let tolerance = SignedDuration::from_mins(2);
    let second = SignedDuration::from_secs(1);
    let milli = SignedDuration::from_millis(1);
    let back = |recorded_at| Err(TimeFault::BackDated { recorded_at, not_before: early });
    let ahead = |recorded_at| Err(TimeFault::DatedAhead { recorded_at, not_after: late });
    for (recorded_at, tolerance, answer) in [
        (at(10), SignedDuration::ZERO, Ok(())),
        (at(10) - milli, SignedDuration::ZERO, back(at(10) - milli)),
        // The witness cut off the part of a second after which it saw the leaf.
        (at(20) + second - milli, SignedDuration::ZERO, Ok(())),
        (at(20) + second, SignedDuration::ZERO, ahead(at(20) + second)),
        (at(8), tolerance, Ok(())),
        (at(8) - milli, tolerance, back(at(8) - milli)),
        (at(22), tolerance, Ok(())),
        (at(22) + second, tolerance, ahead(at(22) + second)),
    ] {
        assert_eq!(bounds.check(recorded_at, tolerance), answer, "{recorded_at}");
    }
    assert_eq!(Bounds::default().check(Timestamp::MIN, SignedDuration::ZERO), Ok(()));
    let edges = Bounds { not_before: Some(Timestamp::MIN), not_after: Some(Timestamp::MAX) };
    assert_eq!(edges.check(at(0), SignedDuration::MAX), Ok(()));
}

#[test]
fn what_is_entered_long_after_it_was_received_is_late() {
    let margin = SignedDuration::from_mins(15);
    assert_eq!(late_by(at(0), at(15), margin), None);
    assert_eq!(late_by(at(0), at(16), margin), Some(SignedDuration::from_mins(16)));
    assert_eq!(late_by(at(5), at(0), margin), None);
}

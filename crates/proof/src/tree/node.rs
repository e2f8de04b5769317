//! Complete subtrees: where a hash stands in the tree, and how hashes join.
//! Must not know what a log holds.

use super::{Hash, node_hash};

/// A complete subtree: that of the 2^`level` leaves from leaf `index` · 2^`level` on.
/// Its hash never changes once its last leaf is there, so it may be stored for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Height: 0 is a leaf. At most 62.
    pub level: u32,
    /// Which subtree of that height, from the left, from 0.
    pub index: u64,
}

/// The fewest complete subtrees that together hold the leaves `start..end`, from the left.
pub(super) fn cover(start: u64, end: u64) -> impl Iterator<Item = Node> {
    let mut start = start;
    std::iter::from_fn(move || {
        let left = end.checked_sub(start).filter(|left| *left > 0)?;
        let level = start.trailing_zeros().min(left.ilog2());
        let node = Node { level, index: start >> level };
        start += 1 << level;
        Some(node)
    })
}

/// The hash over subtrees that stand side by side and grow smaller to the right, as those of
/// [`cover`] do when they begin at a split of the tree; nothing without a hash.
pub(super) fn join(hashes: &[Hash]) -> Option<Hash> {
    let (last, rest) = hashes.split_last()?;
    Some(rest.iter().rev().fold(*last, |right, left| node_hash(left, &right)))
}

/// Where a tree of `leaves` (2 or more) parts: the largest power of two smaller than it.
pub(super) const fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_parts_at_the_largest_power_of_two_below_its_size() {
        for (leaves, at) in [(2, 1), (3, 2), (4, 2), (5, 4), (8, 4), (9, 8), (1 << 40, 1 << 39)] {
            assert_eq!(split(leaves), at, "{leaves}");
        }
    }

    #[test]
    fn a_range_is_covered_by_complete_subtrees_from_the_left() {
        let nodes = |start, end| -> Vec<(u32, u64)> {
            cover(start, end).map(|node| (node.level, node.index)).collect()
        };
        assert_eq!(nodes(0, 7), [(2, 0), (1, 2), (0, 6)]);
        assert_eq!(nodes(4, 6), [(1, 2)]);
        assert_eq!(nodes(4, 4), []);
        assert_eq!(nodes(0, u64::MAX >> 1).len(), 63);
    }
}

//! Proofs that a leaf is in the tree: made, checked, and refused when anything of them changes.

use proptest::prelude::*;
use redress_proof::{Hash, PathError, ProveError, SIZE_MAX, Tree, inclusion_proof, tree_at};

use crate::kit::{Stored, Uniform, leaves, naive_path, naive_root};

fn check(leaves: &[Hash], index: usize) {
    let mut stored = Stored::new(leaves);
    let size = leaves.len() as u64;
    let tree = tree_at(&mut stored, size).unwrap();
    assert_eq!(tree, Tree { size, root: naive_root(leaves) });
    let path = inclusion_proof(&mut stored, index as u64, size).unwrap();
    assert_eq!(path, naive_path(index, leaves), "leaf {index} of {size}");
    assert_eq!(tree.check_leaf(index as u64, &leaves[index], &path), Ok(()));
}

#[test]
fn every_leaf_of_every_small_tree_is_proved_as_the_definition_says() {
    for size in 1..=70 {
        let leaves = leaves(size);
        (0..size).for_each(|index| check(&leaves, index));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn leaves_of_larger_trees_are_proved_as_the_definition_says(
        size in 1_usize..4000,
        at in any::<prop::sample::Index>(),
    ) {
        check(&leaves(size), at.index(size));
    }
}

proptest! {
    #[test]
    fn a_proof_that_is_changed_is_refused(
        size in 1_usize..600,
        at in any::<prop::sample::Index>(),
        change in 0..7,
        place in any::<prop::sample::Index>(),
        bit in 0..256_usize,
    ) {
        let leaves = leaves(size);
        let index = at.index(size);
        let tree = Tree { size: size as u64, root: naive_root(&leaves) };
        let (mut path, mut changed) = (naive_path(index, &leaves), tree);
        let (mut leaf, mut claimed) = (leaves[index], index as u64);
        let flip = |hash: &mut Hash| hash[bit / 8] ^= 1 << (bit % 8);
        match change {
            0 if !path.is_empty() => flip(&mut path[place.index(naive_path(index, &leaves).len())]),
            1 => path.insert(place.index(path.len() + 1), leaf),
            2 if !path.is_empty() => drop(path.remove(place.index(path.len()))),
            3 => flip(&mut changed.root),
            4 => claimed = place.index(size + 3) as u64,
            5 if path.len() > 1 => {
                let last = path.len() - 1;
                path.swap(place.index(last), last);
            }
            _ => flip(&mut leaf),
        }
        prop_assume!(claimed != index as u64 || change != 4);
        prop_assert!(changed.check_leaf(claimed, &leaf, &path).is_err(), "change {change}");
    }
}

#[test]
fn the_reasons_of_a_refusal_are_told_apart() {
    let leaves = leaves(7);
    let tree = Tree { size: 7, root: naive_root(&leaves) };
    let path = naive_path(4, &leaves);
    let refused = |tree: Tree, index, path: &[Hash]| tree.check_leaf(index, &leaves[4], path);
    assert_eq!(refused(tree, 7, &path), Err(PathError::Outside { inner: 7, size: 7 }));
    assert_eq!(refused(Tree::empty(), 0, &[]), Err(PathError::Outside { inner: 0, size: 0 }));
    assert_eq!(refused(tree, 4, &path[..2]), Err(PathError::Length { wanted: 3, got: 2 }));
    assert_eq!(refused(tree, 5, &path), Err(PathError::Root));
    let huge = Tree { size: u64::MAX, root: tree.root };
    assert_eq!(refused(huge, 4, &path), Err(PathError::Outside { inner: 4, size: u64::MAX }));
}

#[test]
fn a_leaf_that_is_not_there_has_no_proof() {
    let mut stored = Stored::new(&leaves(3));
    let none = |index, size| Err(ProveError::NoSuchLeaf { index, size });
    assert_eq!(inclusion_proof(&mut stored, 3, 3), none(3, 3));
    assert_eq!(inclusion_proof(&mut stored, 0, 0), none(0, 0));
    assert_eq!(inclusion_proof(&mut stored, 0, SIZE_MAX + 1), none(0, SIZE_MAX + 1));
    assert_eq!(stored.asked, 0);
}

#[test]
fn a_proof_at_ten_million_leaves_reads_at_most_two_hashes_a_level() {
    for size in [10_000_000, 9_999_999, 8_388_608, 16_777_215, 10_485_761, SIZE_MAX] {
        let mut log = Uniform::new();
        let tree = tree_at(&mut log, size).unwrap();
        for index in [0, 1, size / 3, size / 2, size - 2, size - 1] {
            log.asked = 0;
            let path = inclusion_proof(&mut log, index, size).unwrap();
            assert_eq!(tree.check_leaf(index, &log.leaf(), &path), Ok(()), "{index} of {size}");
            assert!(log.asked <= 2 * size.ilog2() as usize, "{index} of {size}: {}", log.asked);
        }
    }
}

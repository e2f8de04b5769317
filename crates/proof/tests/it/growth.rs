//! Proofs that a tree grew out of an older one: made, checked, refused when changed.

use proptest::prelude::*;
use redress_proof::{Frontier, Hashes as _};
use redress_proof::{Hash, Node, PathError, ProveError, Tree, consistency_proof, tree_at};

use crate::kit::{Stored, Uniform, leaves, naive_growth, naive_root};

fn tree(leaves: &[Hash]) -> Tree {
    Tree { size: leaves.len() as u64, root: naive_root(leaves) }
}

fn check(leaves: &[Hash], old: usize) {
    let new = leaves.len();
    let path = consistency_proof(&mut Stored::new(leaves), old as u64, new as u64).unwrap();
    let naive = if old == 0 { Vec::new() } else { naive_growth(old, leaves, true) };
    assert_eq!(path, naive, "{old} of {new}");
    assert_eq!(tree(leaves).check_growth(&tree(&leaves[..old]), &path), Ok(()), "{old} of {new}");
}

#[test]
fn every_growth_of_small_trees_is_proved_as_the_definition_says() {
    for new in 0..=70 {
        let leaves = leaves(new);
        (0..=new).for_each(|old| check(&leaves, old));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn growth_of_larger_trees_is_proved_as_the_definition_says(
        new in 1_usize..4000,
        old in any::<prop::sample::Index>(),
    ) {
        check(&leaves(new), old.index(new + 1));
    }
}

proptest! {
    #[test]
    fn a_proof_of_growth_that_is_changed_is_refused(
        new in 2_usize..600,
        old in any::<prop::sample::Index>(),
        change in 0..6,
        place in any::<prop::sample::Index>(),
        bit in 0..256_usize,
    ) {
        let leaves = leaves(new);
        let size = old.index(new - 1) + 1;
        let (mut before, mut after) = (tree(&leaves[..size]), tree(&leaves));
        let mut path = naive_growth(size, &leaves, true);
        let flip = |hash: &mut Hash| hash[bit / 8] ^= 1 << (bit % 8);
        match change {
            0 => {
                let at = place.index(path.len());
                flip(&mut path[at]);
            }
            1 => path.insert(place.index(path.len() + 1), before.root),
            2 => drop(path.remove(place.index(path.len()))),
            3 => flip(&mut before.root),
            4 => flip(&mut after.root),
            _ => before.size = (before.size + 1 + place.index(new - 1) as u64) % (new as u64 + 1),
        }
        prop_assert!(after.check_growth(&before, &path).is_err(), "change {change}");
    }
}

#[test]
fn from_nothing_and_from_itself_a_tree_grows_by_an_empty_path() {
    let (one, other) = (tree(&leaves(5)), tree(&leaves(6)));
    assert_eq!(one.check_growth(&Tree::empty(), &[]), Ok(()));
    assert_eq!(one.check_growth(&one, &[]), Ok(()));
    let false_start = Tree { size: 0, root: other.root };
    assert_eq!(one.check_growth(&false_start, &[]), Err(PathError::Root));
    assert_eq!(one.check_growth(&one, &[one.root]), Err(PathError::Length { wanted: 0, got: 1 }));
    let another = Tree { size: 5, root: other.root };
    assert_eq!(one.check_growth(&another, &[]), Err(PathError::Root));
    assert_eq!(one.check_growth(&other, &[]), Err(PathError::Outside { inner: 6, size: 5 }));
    let shrunk = consistency_proof(&mut Stored::new(&leaves(5)), 6, 5);
    assert_eq!(shrunk, Err(ProveError::NoGrowth { old: 6, new: 5 }));
}

#[test]
fn growth_to_ten_million_leaves_is_proved_by_few_hashes() {
    let mut log = Uniform::new();
    let after = tree_at(&mut log, 10_000_000).unwrap();
    for old in [1, 9_999_999, 8_388_608, 4_194_305, 7_654_321] {
        let before = tree_at(&mut log, old).unwrap();
        log.asked = 0;
        let path = consistency_proof(&mut log, old, 10_000_000).unwrap();
        assert_eq!(after.check_growth(&before, &path), Ok(()), "{old}");
        assert!(log.asked <= 2 * 24, "{old}: {}", log.asked);
    }
}

#[test]
fn a_growing_frontier_tells_each_subtree_once_when_it_is_complete() {
    let leaves = leaves(1000);
    let mut stored = Stored::new(&leaves);
    let (mut told, mut frontier) = (Vec::new(), Frontier::new());
    for leaf in &leaves {
        frontier.append_with(*leaf, |node, hash| told.push((node, *hash)));
    }
    let nodes: Vec<Node> = told.iter().map(|(node, _)| *node).collect();
    let hashes: Vec<Hash> = told.iter().map(|(_, hash)| *hash).collect();
    assert_eq!(stored.hashes(&nodes).unwrap(), hashes);
    let mut once = nodes.clone();
    once.sort_unstable();
    once.dedup();
    let all: u64 = (0..10).map(|level| 1000 >> level).sum();
    assert_eq!((once.len() as u64, nodes.len() as u64), (all, all));
    assert_eq!(frontier.tree(), tree(&leaves));
}

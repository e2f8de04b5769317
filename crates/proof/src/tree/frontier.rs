//! The append-only frontier of the tree.
//! Must not keep leaves: a frontier is what a log needs to grow and to name its root.

use super::node::{Node, join};
use super::{Hash, Tree, empty_root, node_hash};

/// The right edge of the tree: the roots of its complete subtrees, largest first, one for each bit
/// set in the number of leaves; at most 64.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

/// The bytes are not a frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{bytes} bytes are not a frontier")]
pub struct FrontierParseError {
    /// How many bytes were given.
    pub bytes: usize,
}

impl Frontier {
    /// The frontier of an empty log.
    pub const fn new() -> Self {
        Self { size: 0, roots: Vec::new() }
    }

    /// Number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf by its hash; its index is the size before.
    ///
    /// # Panics
    ///
    /// Never: a root stands for each bit set in the size.
    pub fn append(&mut self, leaf: Hash) {
        self.append_with(leaf, |_, _| ());
    }

    /// Appends a leaf by its hash, and tells `completed` of each subtree that is now complete, the
    /// leaf itself first: what a log that keeps hashes for proofs has to store. On average two for
    /// a leaf; in levels that are a multiple of 8, which tiles hold, one and a little.
    ///
    /// # Panics
    ///
    /// Never: a root stands for each bit set in the size.
    pub fn append_with(&mut self, leaf: Hash, mut completed: impl FnMut(Node, &Hash)) {
        let mut hash = leaf;
        completed(Node { level: 0, index: self.size }, &hash);
        for level in 1..=self.size.trailing_ones() {
            let left = self.roots.pop().expect("a root stands for each bit of the size");
            hash = node_hash(&left, &hash);
            completed(Node { level, index: self.size >> level }, &hash);
        }
        self.roots.push(hash);
        self.size += 1;
    }

    /// The root hash; of an empty log, the SHA-256 of nothing.
    pub fn root(&self) -> Hash {
        join(&self.roots).unwrap_or_else(empty_root)
    }

    /// Size and root: what a checkpoint says.
    pub fn tree(&self) -> Tree {
        Tree { size: self.size, root: self.root() }
    }

    /// The stored form: the size as 8 bytes, big-endian, then the roots, largest subtree first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.roots.iter().flatten());
        bytes
    }

    /// Reads the stored form.
    ///
    /// # Errors
    ///
    /// [`FrontierParseError`] when the length does not fit the size.
    pub fn parse(bytes: &[u8]) -> Result<Self, FrontierParseError> {
        let bad = FrontierParseError { bytes: bytes.len() };
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(bad)?;
        let size = u64::from_be_bytes(*size);
        let (roots, left) = rest.as_chunks::<32>();
        let fits = left.is_empty() && roots.len() == size.count_ones() as usize;
        if fits { Ok(Self { size, roots: roots.to_vec() }) } else { Err(bad) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::leaf_hash;
    use super::*;

    /// The definition of RFC 6962, section 2.1, word for word.
    fn naive(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => empty_root(),
            [leaf] => leaf_hash(leaf),
            many => {
                let half = many.len().next_power_of_two() / 2;
                node_hash(&naive(&many[..half]), &naive(&many[half..]))
            }
        }
    }

    fn hex(text: &str) -> Hash {
        std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
    }

    fn frontier(leaves: &[Vec<u8>]) -> Frontier {
        let mut frontier = Frontier::new();
        for leaf in leaves {
            frontier.append(leaf_hash(leaf));
        }
        frontier
    }

    proptest! {
        #[test]
        fn the_frontier_has_the_root_of_the_whole_tree(
            leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..6), 0..140),
        ) {
            let grown = frontier(&leaves);
            prop_assert_eq!(grown.size(), leaves.len() as u64);
            prop_assert_eq!(grown.root(), naive(&leaves));
        }

        #[test]
        fn a_frontier_reads_back_and_grows_on(
            leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..6), 1..80),
            cut in 0_usize..80,
        ) {
            let cut = cut.min(leaves.len());
            let mut stored = Frontier::parse(&frontier(&leaves[..cut]).to_bytes()).unwrap();
            leaves[cut..].iter().for_each(|leaf| stored.append(leaf_hash(leaf)));
            prop_assert_eq!(stored, frontier(&leaves));
        }

        #[test]
        fn bytes_of_another_length_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            if let Ok(read) = Frontier::parse(&bytes) {
                prop_assert_eq!(read.to_bytes(), bytes);
            }
        }
    }

    #[test]
    fn the_roots_of_the_first_trees_are_those_of_the_reference_implementation() {
        // Certificate-transparency test data: the tree of these eight leaves.
        let leaves: Vec<Vec<u8>> = [
            vec![],
            vec![0x00],
            vec![0x10],
            vec![0x20, 0x21],
            vec![0x30, 0x31],
            vec![0x40, 0x41, 0x42, 0x43],
            (0x50..=0x57).collect(),
            (0x60..=0x6f).collect(),
        ]
        .into();
        for (size, root) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(frontier(&leaves[..size]).root(), hex(root), "{size} leaves");
        }
    }
}

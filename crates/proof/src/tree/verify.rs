//! Checking proofs: what a verifier recomputes from a path of hashes.
//! Must not trust a length or an index that it was given.

use super::{Hash, SIZE_MAX, Tree, empty_root, node_hash};

/// A proof does not prove what it claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The leaf lies outside the tree, or the old tree is larger than the new one.
    #[error("{inner} lies outside a tree of {size} leaves")]
    Outside {
        /// The index of the leaf, or the size of the old tree.
        inner: u64,
        /// The number of leaves.
        size: u64,
    },
    /// A proof for this place has another number of hashes.
    #[error("the proof has {got} hashes instead of {wanted}")]
    Length {
        /// How many it must have.
        wanted: usize,
        /// How many it has.
        got: usize,
    },
    /// The hashes lead to another root.
    #[error("the hashes lead to another root")]
    Root,
}

/// The levels of a path: `inner` where the way to the root may turn either way, then `border` where
/// it runs along the right edge and only meets hashes on its left.
struct Way {
    inner: usize,
    border: usize,
}

impl Way {
    /// That of leaf `index` in a tree of `size` leaves; `index < size`.
    fn of(index: u64, size: u64) -> Self {
        let inner = u64::BITS - (index ^ (size - 1)).leading_zeros();
        let border = index.checked_shr(inner).unwrap_or(0).count_ones();
        Self { inner: inner as usize, border: border as usize }
    }
}

fn equal_length(path: &[Hash], wanted: usize) -> Result<(), PathError> {
    let got = path.len();
    if got == wanted { Ok(()) } else { Err(PathError::Length { wanted, got }) }
}

fn equal_root(root: &Hash, recomputed: &Hash) -> Result<(), PathError> {
    if root == recomputed { Ok(()) } else { Err(PathError::Root) }
}

/// Whether the way at `level` comes from the right, so that the hash beside it stands left.
const fn from_right(index: u64, level: usize) -> bool {
    (index >> level) & 1 == 1
}

fn along_border(seed: Hash, border: &[Hash]) -> Hash {
    border.iter().fold(seed, |right, left| node_hash(left, &right))
}

impl Tree {
    /// The tree without leaves.
    pub fn empty() -> Self {
        Self { size: 0, root: empty_root() }
    }

    /// Checks that the leaf with hash `leaf` is at `index`, by the hashes beside its way to the
    /// root, from the leaf upwards (RFC 6962, 2.1.1; algorithm as in RFC 9162, 2.1.3.2).
    ///
    /// # Errors
    ///
    /// [`PathError`]: no such leaf, another number of hashes than this place needs, or another root.
    pub fn check_leaf(&self, index: u64, leaf: &Hash, path: &[Hash]) -> Result<(), PathError> {
        if index >= self.size || self.size > SIZE_MAX {
            return Err(PathError::Outside { inner: index, size: self.size });
        }
        let way = Way::of(index, self.size);
        equal_length(path, way.inner + way.border)?;
        let (inner, border) = path.split_at(way.inner);
        let mut hash = *leaf;
        for (level, beside) in inner.iter().enumerate() {
            hash = if from_right(index, level) {
                node_hash(beside, &hash)
            } else {
                node_hash(&hash, beside)
            };
        }
        equal_root(&self.root, &along_border(hash, border))
    }

    /// Checks that this tree begins with the leaves of `old` (RFC 6962, 2.1.2; algorithm as in
    /// RFC 9162, 2.1.4.2). A tree grows out of the empty one and out of itself by an empty path.
    ///
    /// # Errors
    ///
    /// [`PathError`]: `old` is larger, another number of hashes than these sizes need, or one of
    /// both roots differs.
    pub fn check_growth(&self, old: &Self, path: &[Hash]) -> Result<(), PathError> {
        if old.size > self.size || self.size > SIZE_MAX {
            return Err(PathError::Outside { inner: old.size, size: self.size });
        }
        if old.size == 0 || old.size == self.size {
            equal_length(path, 0)?;
            let root = if old.size == 0 { empty_root() } else { self.root };
            return equal_root(&old.root, &root);
        }
        // The largest subtree of the old tree's right edge is a subtree of both; the path begins
        // with its hash, unless it is the whole old tree.
        let shared = old.size.trailing_zeros();
        let whole = old.size.is_power_of_two();
        let way = Way::of(old.size - 1, self.size);
        let inner = way.inner - shared as usize;
        equal_length(path, usize::from(!whole) + inner + way.border)?;
        let (seed, path) = match path.split_first() {
            Some((first, rest)) if !whole => (*first, rest),
            _ => (old.root, path),
        };
        let (inner, border) = path.split_at(inner);
        let index = (old.size - 1) >> shared;
        let (mut before, mut after) = (seed, seed);
        for (level, beside) in inner.iter().enumerate() {
            if from_right(index, level) {
                before = node_hash(beside, &before);
                after = node_hash(beside, &after);
            } else {
                after = node_hash(&after, beside);
            }
        }
        equal_root(&old.root, &along_border(before, border))?;
        equal_root(&self.root, &along_border(after, border))
    }
}

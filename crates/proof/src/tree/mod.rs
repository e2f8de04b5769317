//! The Merkle tree of RFC 6962, section 2.1: hashes, proofs and tiles.
//! Must not keep leaves or read anything by itself: hashes come from a reader.

mod frontier;
mod node;
mod plan;
mod tile;
mod tile_hashes;
mod verify;

use sha2::{Digest, Sha256};

pub use frontier::{Frontier, FrontierParseError};
pub use node::Node;
pub use plan::{Hashes, ProofPlan, ProveError, consistency_proof, inclusion_proof, tree_at};
pub use tile::{
    ENTRY_BYTES_MAX, TILE_BYTES_MAX, TILE_HEIGHT, TILE_WIDTH, Tile, TilePathError, entry_bundle,
    tiles_grown,
};
pub use tile_hashes::{TileHashes, TileHashesError, TileReader};
pub use verify::PathError;

/// A SHA-256 hash of the tree.
pub type Hash = [u8; 32];

/// Most leaves of a tree: 2⁶³ − 1, so that every size and index is also a positive signed number,
/// as other programs keep it (tlog-cosignature has the same bound for times).
pub const SIZE_MAX: u64 = i64::MAX.unsigned_abs();

/// Most hashes of a proof for a leaf: one a level. A proof of growth may have one more.
pub const PATH_HASHES_MAX: usize = 63;

/// What a log claims to be: how many leaves, and the hash over all of them.
///
/// ```
/// use redress_proof::{Frontier, Tree, inclusion_proof, leaf_hash, node_hash};
/// let mut log = Frontier::new();
/// log.append(leaf_hash(b"one"));
/// log.append(leaf_hash(b"two"));
/// let tree = log.tree();
/// assert_eq!(tree.root, node_hash(&leaf_hash(b"one"), &leaf_hash(b"two")));
/// assert_eq!(tree.check_leaf(1, &leaf_hash(b"two"), &[leaf_hash(b"one")]), Ok(()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tree {
    /// Number of leaves, at most [`SIZE_MAX`].
    pub size: u64,
    /// The root hash.
    pub root: Hash,
}

/// The hash of a leaf: SHA-256 of `0x00` and the leaf's bytes.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

/// The hash of an inner node: SHA-256 of `0x01`, the left hash and the right hash.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree without leaves: the SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

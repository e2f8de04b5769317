//! The transparency log: leaf, commitment, Merkle tree.
//! Must not know what an event is about, read a clock, or make randomness: all of it is passed in.
//!
//! ```text
//! words ──HMAC(words_salt)──▶ words commitment ─┐
//! facts ────────────────────────────────────────┴▶ payload ──HMAC(salt)──▶ leaf ──▶ tree
//! ```

mod leaf;
mod tree;

pub use leaf::{Commitment, Leaf, LeafKind, LeafParseError, SALT_BYTES, payload};
pub use tree::{Frontier, FrontierParseError, Hash, leaf_hash, node_hash};

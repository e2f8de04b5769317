//! A transparency log that anybody can check: leaf, commitment, Merkle tree, checkpoint,
//! witness, receipt and its verifier.
//!
//! Must not know what an event is about, read or write anything, read a clock, or make randomness:
//! all of it is passed in. It compiles to WebAssembly (`wasm32-unknown-unknown`) as it is.
//!
//! ```text
//! words ──HMAC(words_salt)──▶ words commitment ─┐
//! facts ────────────────────────────────────────┴▶ payload ──HMAC(salt)──▶ leaf ──▶ tree
//! tree ──▶ checkpoint ──signed by the log, cosigned by witnesses──▶ note
//! payload, words, salts, way from leaf to root, note ──▶ receipt ──verify(keys)──▶ what it proves
//! ```
//!
//! The forms are those of others, so that their programs check what this one makes: the tree of
//! RFC 6962, and of C2SP (<https://c2sp.org>) signed-note, tlog-checkpoint, tlog-cosignature (Ed25519),
//! tlog-tiles and tlog-proof. Base64 is always that of RFC 4648, section 4, with padding and without stray bits.

mod commitment;
mod leaf;
mod log;
mod note;
mod receipt;
mod span;
mod tree;

pub use commitment::{Commitment, SALT_BYTES, payload, words_commitment};
pub use leaf::{Leaf, LeafKind, LeafParseError};
pub use log::{CheckedRow, LogCheck, LogFault, Row, RowFault, check_log};
pub use note::{
    Checkpoint, CheckpointError, KeyError, KeyKind, NAME_BYTES_MAX, NOTE_BYTES_MAX, Note,
    NoteError, Opened, SIGNATURES_MAX, Signature, SigningKey, VerificationKey,
};
pub use receipt::{
    Cosigned, OpenWords, Opening, OpeningError, RECEIPT_BYTES_MAX, Receipt, Refusal, Verified,
    Words, verify,
};
pub use span::{Anchor, Bounds, TimeFault, late_by};
pub use tree::{
    ENTRY_BYTES_MAX, Frontier, FrontierParseError, Hash, Hashes, Node, PATH_HASHES_MAX, PathError,
    ProofPlan, ProveError, SIZE_MAX, TILE_BYTES_MAX, TILE_HEIGHT, TILE_WIDTH, Tile, TileHashes,
    TileHashesError, TilePathError, TileReader, Tree, consistency_proof, empty_root, entry_bundle,
    inclusion_proof, leaf_hash, node_hash, tiles_grown, tree_at,
};

//! The tree over the leaves: proofs, tiles, bundles of entries.
//! Must not sign anything, and must not answer for more leaves than it is asked for.

use redress_proof::{
    Hash, ProveError, Tile, TileHashes, TileHashesError, Tree, consistency_proof, inclusion_proof,
    tree_at,
};

use crate::error::StoreError;
use crate::store::Store;
use crate::tiles::{self, Stored};

impl Store {
    /// The way from leaf `index` to the root of the tree over the first `size` leaves.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] where the log has not these leaves or a stored hash is missing;
    /// whatever else the engine says.
    pub async fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
        self.read(move |reader| {
            inclusion_proof(&mut TileHashes::new(Stored(reader), size), index, size).map_err(told)
        })
        .await
    }

    /// The proof that the tree over `new` leaves grew out of that over `old`.
    ///
    /// # Errors
    ///
    /// As [`Store::inclusion`].
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, StoreError> {
        self.read(move |reader| {
            consistency_proof(&mut TileHashes::new(Stored(reader), new), old, new).map_err(told)
        })
        .await
    }

    /// The tree as it was when the log had `size` leaves.
    ///
    /// # Errors
    ///
    /// As [`Store::inclusion`].
    pub async fn tree_at(&self, size: u64) -> Result<Tree, StoreError> {
        self.read(move |reader| {
            tree_at(&mut TileHashes::new(Stored(reader), size), size).map_err(told)
        })
        .await
    }

    /// The hashes of a tile, 32 bytes each, as wide as asked. The log must have them.
    ///
    /// # Errors
    ///
    /// As [`Store::inclusion`].
    pub async fn tile(&self, tile: Tile) -> Result<Vec<u8>, StoreError> {
        self.read(move |reader| tiles::read(reader, tile)).await
    }

    /// The texts of the leaves under a tile of level 0.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn leaves_of(&self, tile: Tile) -> Result<Vec<String>, StoreError> {
        self.read(move |reader| tiles::entries(reader, tile)).await
    }
}

fn told(error: ProveError<TileHashesError<StoreError>>) -> StoreError {
    if let ProveError::Unreadable(TileHashesError::Unreadable(error)) = error {
        return error;
    }
    StoreError::Corrupt { what: error.to_string() }
}

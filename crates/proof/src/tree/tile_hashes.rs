//! Hashes of subtrees out of stored tiles.
//! Must not read a tile twice for one question.

use std::collections::BTreeMap;

use super::node::{Node, join};
use super::plan::Hashes;
use super::tile::{TILE_HEIGHT, TILE_WIDTH, Tile};
use super::{Hash, node_hash};

/// Gives stored tiles.
pub trait TileReader {
    /// Why a tile could not be given.
    type Error: std::error::Error + 'static;

    /// The bytes of `tiles`, in their order: 32 for each hash, as wide as asked. A tile that is
    /// stored wider, because the log has grown, is cut.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    fn tiles(&mut self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Self::Error>;
}

/// Reads hashes of subtrees from tiles, for a tree of a given number of leaves. A proof at ten
/// million leaves needs at most six tiles.
#[derive(Debug)]
pub struct TileHashes<R> {
    tiles: R,
    size: u64,
}

/// A hash could not be had from tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileHashesError<E: std::error::Error + 'static> {
    /// The tree has not that subtree.
    #[error("a tree of {size} leaves has no subtree {index} of height {level}")]
    NoSuchNode {
        /// Height of the subtree.
        level: u32,
        /// Its number.
        index: u64,
        /// The number of leaves.
        size: u64,
    },
    /// A tile has another length than its width says, or was not given at all.
    #[error("tile {index} of level {level} has {bytes} bytes, not 32 for each of {width} hashes")]
    Length {
        /// Level of the tile.
        level: u32,
        /// Its number.
        index: u64,
        /// How many hashes were asked for.
        width: u16,
        /// How many bytes were given.
        bytes: usize,
    },
    /// The reader failed.
    #[error("the stored tiles cannot be read")]
    Unreadable(#[source] E),
}

impl<R: TileReader> TileHashes<R> {
    /// Of a tree of `size` leaves whose tiles `tiles` gives.
    pub const fn new(tiles: R, size: u64) -> Self {
        Self { tiles, size }
    }

    /// The reader of tiles back.
    pub fn into_inner(self) -> R {
        self.tiles
    }

    fn read(
        &mut self,
        wanted: Vec<Tile>,
    ) -> Result<BTreeMap<Tile, Vec<Hash>>, TileHashesError<R::Error>> {
        let mut given = self.tiles.tiles(&wanted).map_err(TileHashesError::Unreadable)?.into_iter();
        let parsed = wanted.into_iter().map(|tile| {
            let bytes = given.next().unwrap_or_default();
            let (hashes, left) = bytes.as_chunks::<32>();
            if left.is_empty() && hashes.len() == usize::from(tile.width) {
                return Ok((tile, hashes.to_vec()));
            }
            let Tile { level, index, width } = tile;
            Err(TileHashesError::Length { level, index, width, bytes: bytes.len() })
        });
        parsed.collect()
    }
}

impl<R: TileReader> Hashes for TileHashes<R> {
    type Error = TileHashesError<R::Error>;

    fn hashes(&mut self, nodes: &[Node]) -> Result<Vec<Hash>, Self::Error> {
        let size = self.size;
        let held = nodes.iter().map(|node| {
            let Node { level, index } = *node;
            let missing = TileHashesError::NoSuchNode { level, index, size };
            Tile::holding(*node, size).map(|tile| (*node, tile)).ok_or(missing)
        });
        let held: Vec<(Node, Tile)> = held.collect::<Result<_, _>>()?;
        let mut wanted: Vec<Tile> = held.iter().map(|(_, tile)| *tile).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let tiles = self.read(wanted)?;
        let found = held.iter().filter_map(|(node, tile)| subtree(*node, tiles.get(tile)?));
        Ok(found.collect())
    }
}

/// The hash of a subtree out of the hashes of its tile.
fn subtree(node: Node, tile: &[Hash]) -> Option<Hash> {
    let inside = node.level % TILE_HEIGHT;
    let first = usize::try_from((node.index << inside) % u64::from(TILE_WIDTH)).ok()?;
    let mut hashes = tile.get(first..first + (1 << inside))?.to_vec();
    while hashes.len() > 1 {
        hashes =
            hashes.as_chunks::<2>().0.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    join(&hashes)
}

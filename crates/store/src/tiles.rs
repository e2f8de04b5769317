//! The tiles of the log: written once they are full, read for proofs and for whoever mirrors the log.
//! Must not trust a tile without its length; whether it is right is for a verification to say.

use std::ops::Range;

use redress_proof::{Frontier, Hash, TILE_HEIGHT, TILE_WIDTH, Tile, TileReader, leaf_hash};

use crate::engine::{Engine, Query};
use crate::error::StoreError;
use crate::sequencer::read_head;
use crate::value::{Line, statements, stmt};

statements! {
    LEAVES = "SELECT leaf FROM event WHERE pos > $1 AND pos <= $2 ORDER BY pos";
    ROOTS = "SELECT root FROM tile WHERE level = $1 AND number >= $2 AND number < $3 \
        ORDER BY number";
    TILE = "SELECT root, hashes FROM tile WHERE level = $1 AND number = $2";
    LAST_TILE = "SELECT number FROM tile WHERE level = 0 ORDER BY number DESC LIMIT 1";
    PUT_TILE = "INSERT INTO tile (level, number, root, hashes) VALUES ($1, $2, $3, $4)";
}

/// Hashes of a full tile.
const WIDTH: u64 = TILE_WIDTH as u64;
/// Tiles of leaves that are made in one transaction where many are missing.
const FILL_TILES: u64 = 256;

/// Writes the tiles that a log of `new` leaves has full and one of `old` had not. Where leaves are
/// missing there is no tile: that somebody took them away must not keep complaints out, and a
/// verification names the place.
pub(crate) fn grow(engine: &mut dyn Engine, old: u64, new: u64) -> Result<(), StoreError> {
    for level in 0.. {
        let full = |size: u64| size.checked_shr((level + 1) * TILE_HEIGHT).unwrap_or(0);
        let numbers = full(old)..full(new);
        if numbers.is_empty() {
            return Ok(());
        }
        for index in numbers {
            let hashes = match below(engine, Tile { level, index, width: TILE_WIDTH }) {
                Err(StoreError::Corrupt { what }) => {
                    tracing::error!(what, "the log is not whole: `redress log verify` says where");
                    continue;
                }
                found => found?,
            };
            let mut tree = Frontier::new();
            for hash in &hashes {
                tree.append(*hash);
            }
            let root = tree.root();
            engine.execute(&stmt!(PUT_TILE; i64::from(level), index, root.as_slice(),
                hashes.concat()))?;
        }
    }
    Ok(())
}

/// Writes every full tile that is missing: those of a log that is older than its tiles, or was
/// brought by an import.
pub(crate) fn fill(engine: &mut dyn Engine) -> Result<(), StoreError> {
    let mut missing = missing_tiles(engine)?;
    while !missing.is_empty() {
        engine.begin()?;
        // Another process may have written some of them by now.
        let from = missing_tiles(engine).map(|now| now.start.max(missing.start));
        let to = from.map(|from| (from, missing.end.min(from + FILL_TILES)));
        let grown = to.and_then(|(from, to)| grow(engine, from * WIDTH, to * WIDTH).map(|()| to));
        missing.start = grown.inspect_err(|_| engine.rollback())?;
        engine.commit()?;
    }
    Ok(())
}

/// The same inside the open transaction.
pub(crate) fn fill_within(engine: &mut dyn Engine) -> Result<(), StoreError> {
    let missing = missing_tiles(engine)?;
    grow(engine, missing.start * WIDTH, missing.end * WIDTH)
}

/// Which tiles of the first level the log should have after the last that is there.
fn missing_tiles(engine: &mut dyn Engine) -> Result<Range<u64>, StoreError> {
    let mut last = engine.query(&stmt!(LAST_TILE;))?;
    let there = last.first_mut().map(Line::count).transpose()?.map_or(0, |number| number + 1);
    Ok(there..read_head(engine)?.pos / WIDTH)
}

/// The hashes of a tile out of what lies below it: leaves, or the tiles of the level below.
fn below<Q: Query + ?Sized>(query: &mut Q, tile: Tile) -> Result<Vec<Hash>, StoreError> {
    let first = tile.index * WIDTH;
    let end = first + u64::from(tile.width);
    let hashes: Vec<Hash> = match tile.level.checked_sub(1) {
        None => {
            let leaves = query.query(&stmt!(LEAVES; first, end))?;
            let leaves = leaves.into_iter().map(|mut line| line.text());
            leaves.map(|leaf| Ok(leaf_hash(leaf?.as_bytes()))).collect::<Result<_, StoreError>>()?
        }
        Some(level) => {
            let roots = query.query(&stmt!(ROOTS; i64::from(level), first, end))?;
            roots.into_iter().map(|mut line| hash(&line.bytes()?)).collect::<Result<_, _>>()?
        }
    };
    if hashes.len() == usize::from(tile.width) { Ok(hashes) } else { Err(missing(tile)) }
}

fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    let what = || StoreError::Corrupt { what: "a hash has not 32 bytes".to_owned() };
    bytes.try_into().map_err(|_| what())
}

fn missing(tile: Tile) -> StoreError {
    StoreError::Corrupt { what: format!("{} is not whole", tile.path()) }
}

/// The bytes of a tile as wide as asked, which the log must have.
pub(crate) fn read<Q: Query + ?Sized>(query: &mut Q, tile: Tile) -> Result<Vec<u8>, StoreError> {
    if tile.width < TILE_WIDTH {
        return Ok(below(query, tile)?.concat());
    }
    let (_, hashes) = stored(query, tile)?.ok_or_else(|| missing(tile))?;
    Ok(hashes)
}

/// A full tile as it is stored: the hash over it, and its bytes.
pub(crate) fn stored<Q: Query + ?Sized>(
    query: &mut Q,
    tile: Tile,
) -> Result<Option<(Hash, Vec<u8>)>, StoreError> {
    let mut lines = query.query(&stmt!(TILE; i64::from(tile.level), tile.index))?;
    let Some(line) = lines.first_mut() else { return Ok(None) };
    Ok(Some((hash(&line.bytes()?)?, line.bytes()?)))
}

/// The texts of the leaves of a tile of level 0.
pub(crate) fn entries<Q: Query + ?Sized>(
    query: &mut Q,
    tile: Tile,
) -> Result<Vec<String>, StoreError> {
    let first = tile.index * WIDTH;
    let lines = query.query(&stmt!(LEAVES; first, first + u64::from(tile.width)))?;
    lines.into_iter().map(|mut line| line.text()).collect()
}

/// Reads tiles for proofs.
pub(crate) struct Stored<'q, Q: Query + ?Sized>(pub(crate) &'q mut Q);

impl<Q: Query + ?Sized> TileReader for Stored<'_, Q> {
    type Error = StoreError;

    fn tiles(&mut self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, StoreError> {
        tiles.iter().map(|tile| read(self.0, *tile)).collect()
    }
}

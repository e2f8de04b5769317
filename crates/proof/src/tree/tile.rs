//! Tiles: the hashes of a tree in pieces that a file, a row or an address holds
//! (C2SP tlog-tiles v0.1.0). Must not read or write them.

use super::node::Node;

/// Levels of the tree in a tile.
pub const TILE_HEIGHT: u32 = 8;
/// Hashes in a full tile.
pub const TILE_WIDTH: u16 = 1 << TILE_HEIGHT;
/// Bytes of a full tile.
pub const TILE_BYTES_MAX: usize = 32 * TILE_WIDTH as usize;
/// Most bytes of one entry in a bundle: its length is written in 16 bits.
pub const ENTRY_BYTES_MAX: usize = u16::MAX as usize;
/// Highest level of a tile in a tree of at most 2⁶³ leaves.
const LEVEL_MAX: u32 = 7;

/// The `width` hashes of the complete subtrees of height 8 · `level` from the one with number
/// `index` · 256 on.
///
/// ```
/// use redress_proof::Tile;
/// let tile = Tile { level: 0, index: 1_234_067, width: 8 };
/// assert_eq!(tile.path(), "tile/0/x001/x234/067.p/8");
/// assert_eq!(Tile::parse("tile/0/x001/x234/067.p/8"), Ok(tile));
/// assert_eq!(tile.entries_path().as_deref(), Some("tile/entries/x001/x234/067.p/8"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// From 0 (hashes of leaves) to 7.
    pub level: u32,
    /// Which tile of that level, from the left, from 0.
    pub index: u64,
    /// How many hashes: 1 to 256. Less than 256 is a partial tile, at the right edge.
    pub width: u16,
}

/// The text is not the path of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a tile: tile/LEVEL/NUMBER or tile/LEVEL/NUMBER.p/WIDTH is expected")]
pub struct TilePathError;

impl Tile {
    /// Whether a tree of `size` leaves has all hashes of this tile.
    pub fn is_in(&self, size: u64) -> bool {
        self.end().is_some_and(|end| end <= complete(self.level, size))
    }

    /// The tile that holds the hash of a subtree, as wide as a tree of `size` leaves has it.
    /// Nothing if the tree has not that subtree. A subtree between the levels of tiles is made of
    /// hashes of the tile below it.
    pub fn holding(node: Node, size: u64) -> Option<Self> {
        let level = node.level / TILE_HEIGHT;
        let inside = node.level % TILE_HEIGHT;
        let there = size.checked_shr(node.level).unwrap_or(0) > node.index;
        let index = (node.index >> (TILE_HEIGHT - inside)).min(u64::MAX >> TILE_HEIGHT);
        let left = complete(level, size).checked_sub(index << TILE_HEIGHT)?;
        there.then(|| Self { level, index, width: at_most_full(left) })
    }

    /// The subtrees whose hashes the tile is, in order.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        let (level, first) = (self.level * TILE_HEIGHT, self.index << TILE_HEIGHT);
        (0..self.width).map(move |at| Node { level, index: first + u64::from(at) })
    }

    /// Where it is served below the log's address.
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, self.number())
    }

    /// Where the entries (leaves) of a tile of level 0 are served; nothing for a higher one.
    pub fn entries_path(&self) -> Option<String> {
        (self.level == 0).then(|| format!("tile/entries/{}", self.number()))
    }

    /// Reads the path of a tile of hashes. Only the text that [`Tile::path`] prints is accepted.
    ///
    /// # Errors
    ///
    /// [`TilePathError`] for anything else.
    pub fn parse(path: &str) -> Result<Self, TilePathError> {
        let parts = path.strip_prefix("tile/").and_then(|rest| rest.split_once('/'));
        let (level, rest) = parts.ok_or(TilePathError)?;
        let level = (0..=LEVEL_MAX).find(|known| known.to_string() == level);
        Self::read(level.ok_or(TilePathError)?, rest)
    }

    /// Reads the path of a bundle of entries, as [`Tile::entries_path`] prints it.
    ///
    /// # Errors
    ///
    /// [`TilePathError`] for anything else.
    pub fn parse_entries(path: &str) -> Result<Self, TilePathError> {
        Self::read(0, path.strip_prefix("tile/entries/").ok_or(TilePathError)?)
    }

    fn read(level: u32, rest: &str) -> Result<Self, TilePathError> {
        let (place, width) = match rest.split_once(".p/") {
            None => (rest, Some(TILE_WIDTH)),
            Some((place, width)) => {
                (place, width.parse().ok().filter(|width| (1..256).contains(width)))
            }
        };
        let width = width.ok_or(TilePathError)?;
        let tile = Self { level, index: place_number(place).ok_or(TilePathError)?, width };
        // Leading zeros or a sign are another text for the same number.
        let exact = tile.end().is_some() && tile.number() == rest;
        if exact { Ok(tile) } else { Err(TilePathError) }
    }

    /// The number in elements of three digits, all but the last with an `x`, and the width.
    fn number(&self) -> String {
        let mut text = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            text = format!("x{:03}/{text}", rest % 1000);
            rest /= 1000;
        }
        if self.width < TILE_WIDTH { format!("{text}.p/{}", self.width) } else { text }
    }

    /// The number of the subtree of its level after its last one; nothing beyond any tree.
    fn end(&self) -> Option<u64> {
        let first = self.index.checked_mul(u64::from(TILE_WIDTH))?;
        let end = first.checked_add(u64::from(self.width))?;
        (end <= complete(self.level, super::SIZE_MAX)).then_some(end)
    }
}

/// How many complete subtrees of a tile's level a tree of `size` leaves has.
fn complete(level: u32, size: u64) -> u64 {
    size.checked_shr(level * TILE_HEIGHT).unwrap_or(0)
}

fn at_most_full(hashes: u64) -> u16 {
    u16::try_from(hashes).unwrap_or(TILE_WIDTH).min(TILE_WIDTH)
}

fn place_number(text: &str) -> Option<u64> {
    // 2⁶³ has 19 digits: seven elements of up to four characters and a stroke.
    let mut parts = (text.len() <= 7 * 5).then(|| text.split('/'))?.peekable();
    let mut value = 0_u64;
    while let Some(part) = parts.next() {
        let digits = if parts.peek().is_some() { part.strip_prefix('x')? } else { part };
        let plain = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let element: u64 = plain.then(|| digits.parse().ok())??;
        value = value.checked_mul(1000)?.checked_add(element)?;
    }
    Some(value)
}

/// The tiles that a log must write when it grows from `old` to `new` leaves: those that are new and
/// those that have become wider, lowest level first. The partial tiles of `old` may go once the full
/// ones are there.
///
/// ```
/// use redress_proof::tiles_grown;
/// let paths: Vec<String> = tiles_grown(0, 70_000).skip(273).map(|tile| tile.path()).collect();
/// assert_eq!(paths, ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]);
/// ```
pub fn tiles_grown(old: u64, new: u64) -> impl Iterator<Item = Tile> {
    (0..=LEVEL_MAX).flat_map(move |level| {
        let (before, after) = (complete(level, old), complete(level, new));
        let width = u64::from(TILE_WIDTH);
        let last = if after > before { after.div_ceil(width) } else { 0 };
        (before / width..last).map(move |index| Tile {
            level,
            index,
            width: at_most_full(after - index * width),
        })
    })
}

/// A bundle of entries: each leaf's text after its length as 16 bits, big-endian. Nothing if a leaf
/// is longer than [`ENTRY_BYTES_MAX`].
pub fn entry_bundle<'a>(leaves: impl IntoIterator<Item = &'a str>) -> Option<Vec<u8>> {
    let mut bundle = Vec::new();
    for leaf in leaves {
        bundle.extend(u16::try_from(leaf.len()).ok()?.to_be_bytes());
        bundle.extend(leaf.as_bytes());
    }
    Some(bundle)
}

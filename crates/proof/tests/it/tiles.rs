//! Tiles: their paths, which a growing log writes, and proofs read from them.

use std::collections::BTreeSet;
use std::convert::Infallible;

use proptest::prelude::*;
use redress_proof::{
    Hashes as _, Node, Tile, TileHashes, TileHashesError, TilePathError, TileReader,
    consistency_proof, entry_bundle, inclusion_proof, tiles_grown, tree_at,
};

use crate::kit::{Stored, Uniform, leaves};

#[test]
fn paths_are_those_of_the_standard() {
    for (level, index, width, path) in [
        (0, 0, 256, "tile/0/000"),
        (0, 0, 1, "tile/0/000.p/1"),
        (1, 999, 255, "tile/1/999.p/255"),
        (0, 1000, 256, "tile/0/x001/000"),
        (0, 1_234_067, 256, "tile/0/x001/x234/067"),
        (7, 0, 127, "tile/7/000.p/127"),
        (0, 36_028_797_018_963_966, 256, "tile/0/x036/x028/x797/x018/x963/966"),
    ] {
        let tile = Tile { level, index, width };
        assert_eq!(tile.path(), path);
        assert_eq!(Tile::parse(path), Ok(tile), "{path}");
        let entries = tile.entries_path();
        assert_eq!(entries.is_some(), level == 0);
        if let Some(entries) = entries {
            assert_eq!(entries, path.replace("tile/0/", "tile/entries/"));
            assert_eq!(Tile::parse_entries(&entries), Ok(tile));
        }
    }
}

#[test]
fn another_text_is_no_path() {
    for path in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/8/000",
        "tile/-1/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/+1",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/+00",
        "tile/0/x1/000",
        "tile/0/X001/000",
        "tile/0/000.p/1.p/1",
        "tile/0/../000",
        "tile/7/001",
        "tile/7/000",
        "tile/7/000.p/128",
        "tile/entries/000",
        "tile/0/0\u{661}0",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x036/x028/x797/x018/x963/968",
    ] {
        assert_eq!(Tile::parse(path), Err(TilePathError), "{path}");
    }
    assert_eq!(Tile::parse_entries("tile/0/000"), Err(TilePathError));
}

#[test]
fn a_tree_of_seventy_thousand_has_the_tiles_of_the_standards_example() {
    let tiles: Vec<Tile> = tiles_grown(0, 70_000).collect();
    let count = |level, full| {
        tiles.iter().filter(|tile| tile.level == level && (tile.width == 256) == full).count()
    };
    assert_eq!((count(0, true), count(0, false)), (273, 1));
    assert_eq!((count(1, true), count(1, false)), (1, 1));
    assert_eq!((count(2, true), count(2, false)), (0, 1));
    assert!(tiles.iter().all(|tile| tile.is_in(70_000)));
    let partial: Vec<(u32, u16)> =
        tiles.iter().filter(|tile| tile.width < 256).map(|tile| (tile.level, tile.width)).collect();
    assert_eq!(partial, [(0, 112), (1, 17), (2, 1)]);
    assert_eq!(tiles_grown(70_000, 70_000).count(), 0);
    assert_eq!(tiles_grown(70_000, 69_999).count(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_growing_log_writes_exactly_the_tiles_that_differ(
        old in 0_u64..200_000,
        more in 0_u64..70_000,
    ) {
        let new = old + more;
        let all = |size| tiles_grown(0, size).collect::<BTreeSet<Tile>>();
        let grown: BTreeSet<Tile> = tiles_grown(old, new).collect();
        prop_assert_eq!(&grown, &(&all(new) - &all(old)));
        prop_assert!(grown.iter().all(|tile| tile.is_in(new) && !tile.is_in(old)));
    }

    #[test]
    fn a_path_reads_back_and_junk_is_refused(
        level in 0_u32..9,
        index in any::<u64>(),
        width in 0_u16..300,
        junk in "\\PC{0,40}",
    ) {
        let tile = Tile { level, index, width };
        if let Ok(read) = Tile::parse(&tile.path()) {
            prop_assert_eq!(read.path(), tile.path());
        }
        let path = format!("tile/{junk}");
        if let Ok(read) = Tile::parse(&path) {
            prop_assert_eq!(read.path(), path);
        }
    }

    #[test]
    fn proofs_from_tiles_are_those_from_all_hashes(
        size in 1_usize..3000,
        index in any::<prop::sample::Index>(),
        old in any::<prop::sample::Index>(),
    ) {
        let leaves = leaves(size);
        let (index, old, size) = (index.index(size) as u64, old.index(size) as u64, size as u64);
        let mut stored = Stored::new(&leaves);
        let mut tiles = TileHashes::new(Stored::new(&leaves), size);
        prop_assert_eq!(tree_at(&mut tiles, size), Ok(tree_at(&mut stored, size).unwrap()));
        prop_assert_eq!(
            inclusion_proof(&mut tiles, index, size),
            Ok(inclusion_proof(&mut stored, index, size).unwrap())
        );
        prop_assert_eq!(
            consistency_proof(&mut tiles, old, size),
            Ok(consistency_proof(&mut stored, old, size).unwrap())
        );
    }
}

#[test]
fn a_proof_at_ten_million_leaves_reads_at_most_six_tiles() {
    let size = 10_000_000;
    let tree = tree_at(&mut Uniform::new(), size).unwrap();
    for index in [0, 1, 65_535, 5_000_000, 8_388_608, size - 1] {
        let mut tiles = TileHashes::new(Uniform::new(), size);
        let path = inclusion_proof(&mut tiles, index, size).unwrap();
        let read = tiles.into_inner();
        assert_eq!(tree.check_leaf(index, &read.leaf(), &path), Ok(()));
        assert!(read.asked <= 6, "{index}: {}", read.asked);
    }
}

/// Gives every tile short.
struct Short;

impl TileReader for Short {
    type Error = Infallible;

    fn tiles(&mut self, _: &[Tile]) -> Result<Vec<Vec<u8>>, Infallible> {
        Ok(vec![vec![0; 33]])
    }
}

#[test]
fn a_tile_of_another_length_is_named() {
    let mut tiles = TileHashes::new(Short, 300);
    let asked =
        |tiles: &mut TileHashes<Short>, level, index| tiles.hashes(&[Node { level, index }]);
    let error = TileHashesError::Length { level: 0, index: 1, width: 44, bytes: 33 };
    assert_eq!(asked(&mut tiles, 0, 270), Err(error));
    for (level, index) in [(0, 300), (8, 1), (9, 0), (62, 0), (64, 0)] {
        let error = TileHashesError::NoSuchNode { level, index, size: 300 };
        assert_eq!(asked(&mut tiles, level, index), Err(error));
    }
}

#[test]
fn a_bundle_of_entries_tells_the_length_of_each() {
    assert_eq!(entry_bundle(["ab", "c"]).unwrap(), b"\0\x02ab\0\x01c");
    assert_eq!(entry_bundle([]).unwrap(), b"");
    assert_eq!(entry_bundle(["x".repeat(65_536).as_str()]), None);
}

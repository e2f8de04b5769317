//! Hostile files do not fill the memory. The whole storm is `cargo xtask bench memory`; this is a
//! short one, so that it cannot rot. Linux only, for it asks the kernel what the process had.

use super::house::House;
#[path = "../../../benches/memory/storm.rs"]
mod storm;

/// What the whole program may have, in mebibytes.
const MEMORY_MAX: u64 = 256;
/// Large uploads at once, and their size.
const UPLOADS: u64 = 8;
const UPLOAD_BYTES: u64 = 12 << 20;

#[test]
fn hostile_files_are_answered_in_fixed_memory() {
    let bounds = [("REDRESS_FILES_PER_HOUR", "0"), ("REDRESS_FILES_DAY_MB", "0")];
    let house = House::open_with(&bounds);
    let server = house.client.address().parse().expect("an address");
    assert_eq!(storm::flood(server, UPLOADS, UPLOAD_BYTES), vec![201; 8]);
    assert_eq!(storm::upload(server, "bomb.zip", &storm::zip_bomb(1 << 30)), 201, "kept packed");
    assert_eq!(storm::upload(server, "a.png", &storm::flat_png(10_000)), 422);
    assert_eq!(storm::many_parts(server, 2_000), 413);
    assert_eq!(storm::endless_head(server, 64 << 20), 413);
    assert_eq!(storm::compressed_body(server, 1 << 30), 413, "nothing is unpacked at the door");
    let peak = storm::peak_mebibytes(house.process());
    assert!(peak < MEMORY_MAX, "{peak} MiB");
    assert_eq!(house.client.get("/readyz").send().status, 200, "it lives");
}

//! The log of changes, too long for want of a reading that ends. Must not hold a reading: that is the
//! server's long test `held`.

use std::fs::{self, File, OpenOptions};
use std::path::PathBuf;
use std::time::Duration;

use crate::kit::House;

/// More than the log of changes may have, in bytes.
const LONG: u64 = 65 << 20;

fn changes(house: &House) -> File {
    let path = house.folder().join("redress.sqlite-wal");
    OpenOptions::new().write(true).open(path).expect("it is there")
}

fn mark(house: &House) -> PathBuf {
    house.folder().join("changes-held")
}

/// As if it had been too long for so long when it last grew.
fn held_for(house: &House, held: Duration) {
    let grown_at = changes(house).metadata().and_then(|found| found.modified()).expect("a time");
    let mark = OpenOptions::new().write(true).open(mark(house)).expect("it is remembered");
    mark.set_modified(grown_at - held).expect("set");
}

#[tokio::test]
async fn a_log_of_changes_is_told_when_it_was_too_long_for_five_minutes() {
    const MINUTES: Duration = Duration::from_mins(5);
    let house = House::open("2026-11-23 08:17").await;
    changes(&house).set_len(LONG).expect("it grows");
    assert_eq!(house.app.changes_held().expect("looked at"), None, "nobody has seen it yet");
    house.app.look_at_changes().await.expect("looked at");
    for (held, told) in
        [(MINUTES.saturating_sub(Duration::from_millis(1)), None), (MINUTES, Some(LONG))]
    {
        held_for(&house, held);
        house.app.look_at_changes().await.expect("looked at");
        assert_eq!(house.app.changes_held().expect("looked at"), told, "{held:?}");
    }
    changes(&house).set_len(LONG - (2 << 20)).expect("it is given back");
    house.app.look_at_changes().await.expect("looked at");
    assert!(!mark(&house).exists(), "the next time counts from its own beginning");
    assert_eq!(house.app.changes_held().expect("looked at"), None);
}

#[cfg(unix)]
#[tokio::test]
async fn a_log_of_changes_that_cannot_be_looked_at_is_an_error() {
    let house = House::open("2026-11-23 08:17").await;
    changes(&house).set_len(LONG).expect("it grows");
    std::os::unix::fs::symlink("changes-held", mark(&house)).expect("made");
    house.app.changes_held().expect_err("a name that leads to itself");
    fs::remove_file(mark(&house)).expect("taken away");
    assert_eq!(house.app.changes_held().expect("looked at"), None);
}

//! A server asked to end while twenty clients submit. Must not test a sudden end: that is `serve::crash`.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::is_long;
use crate::serve::crash::{all_is_there, nothing_else_is_there, under_load};
use crate::serve::house::{House, verb};

/// How long the end may take; a service manager kills after ninety seconds, a person after ten.
const END: Duration = Duration::from_secs(10);

#[test]
fn a_server_asked_to_end_under_load_ends_in_time_and_loses_nothing_it_answered() {
    let mut house = House::open();
    let (mut references, mut longest) = (BTreeSet::new(), Duration::ZERO);
    for round in 0..if is_long() { 20 } else { 1 } {
        let told = under_load(&mut house, round, |house| {
            let asked = Instant::now();
            house.terminate();
            assert_eq!(house.ended(), Some(0), "{}", house.log());
            longest = longest.max(asked.elapsed());
        });
        references.extend(all_is_there(&house, &told));
    }
    assert!(longest <= END, "{longest:?}");
    nothing_else_is_there(&house, &references);
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    println!("{} complaints, the longest end took {longest:?}", references.len());
}

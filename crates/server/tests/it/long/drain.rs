//! A server asked to end while twenty clients submit. Must not test a sudden end: that is `kills`.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use redress_testkit::Chance;

use super::is_long;
use super::load::{Moment, all_is_there, nothing_else_is_there, until_the_end};
use super::whole::log_and_rows_are_whole;
use crate::serve::house::House;

/// How long the end may take; a service manager kills after ninety seconds, a person after ten.
const END: Duration = Duration::from_secs(10);
/// Each end comes after fewer answers than this.
const ANSWERS_BELOW: u64 = 50;

#[test]
fn a_server_asked_to_end_under_load_ends_in_time_and_loses_nothing_it_answered() {
    let mut house = House::open();
    let (mut references, mut longest) = (BTreeSet::new(), Duration::ZERO);
    let mut chance = Chance::new(0);
    for round in 0..if is_long() { 20 } else { 1 } {
        let moment = Moment::some(&mut chance, ANSWERS_BELOW);
        let told = format!("end {round}, {moment:?}");
        let sent = until_the_end(&house, &format!("{round}"), false, moment, |_| {
            let asked = Instant::now();
            house.terminate();
            assert_eq!(house.ended(), Some(0), "{}", house.log());
            longest = longest.max(asked.elapsed());
        });
        assert!(sent.iter().all(|one| matches!(one.status, None | Some(201))), "{told}: {sent:?}");
        house.restart();
        references.extend(all_is_there(&house, &sent, &told));
    }
    assert!(longest <= END, "{longest:?}");
    nothing_else_is_there(&house, &references, "after all ends");
    house.kill();
    log_and_rows_are_whole(house.path(), "after all ends");
    println!("{} complaints, the longest end took {longest:?}", references.len());
}

//! A disk that fails at reading: one that gives nothing any more ends the server with 3, one bad page does
//! not. Must not fail a write: that is `failing`.

use super::disk::{EIO, FOR_EVER, Failing, VARIABLES};
use super::load::{Sent, all_is_there, nothing_else_is_there};
use super::whole::log_and_rows_are_whole;
use crate::serve::house::CARE;
use crate::serve::wait::until;

#[test]
fn a_server_whose_database_cannot_be_read_ends_with_3_and_loses_nothing() {
    for file in ["redress.sqlite", "redress.sqlite-wal", ""] {
        let disk = Failing::new("read", (1, FOR_EVER), EIO).at(file);
        let mut house = disk.house();
        let mut sent = vec![Sent::new(&house, "before", true)];
        disk.fail();
        let end = until("the server to end, whatever it is asked", || {
            sent.push(Sent::new(&house, &format!("{}", sent.len()), false));
            house.client.get("/api/v1/complaints").token(house.token(CARE)).try_send();
            (!house.runs()).then(|| house.ended())
        });
        assert_eq!(end, Some(3), "{file}: {}", house.log());
        assert!(disk.failed_on().is_some(), "{file}");
        house.restart_without(VARIABLES);
        let references = all_is_there(&house, &sent, file);
        nothing_else_is_there(&house, &references, file);
        house.kill();
        log_and_rows_are_whole(house.path(), file);
    }
}

#[test]
fn a_server_goes_on_when_one_reading_failed() {
    let disk = Failing::new("read", (1, 1), EIO).at("redress.sqlite-wal");
    let house = disk.house();
    disk.fail();
    let mut sent = Vec::new();
    until("a reading to fail", || {
        sent.push(Sent::new(&house, &format!("{}", sent.len()), false));
        house.client.get("/api/v1/complaints").token(house.token(CARE)).send();
        disk.failed_on()
    });
    let references = all_is_there(&house, &sent, "one reading failed");
    nothing_else_is_there(&house, &references, "one reading failed");
    house.client.get("/readyz").send().is(200);
    assert!(house.runs(), "{}", house.log());
}

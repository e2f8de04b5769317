//! An hour of ordinary work with a kill every ten minutes and a reading held open for ten: memory and
//! open files do not grow, the log of changes stays bounded or is told, and everything that was answered
//! is there. Must not know what the work is made of: that is `work`.

mod gauge;
mod lives;
mod work;

use std::env::var_os;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::full::sign_in;
use super::is_long;
use crate::serve::house::{House, verb};
use gauge::Gauge;
use work::Work;

/// How long the whole takes; `REDRESS_SOAK_MINUTES` says otherwise.
const MINUTES: u32 = 60;
/// How often the server is killed at least, and at least within so many minutes.
const KILLS: (u32, u32) = (6, 10);
/// How long the server lives in the short run, and how often it is killed there.
const SHORT: (Duration, u32) = (Duration::from_secs(4), 2);

/// How long the server works before each kill, and how often.
fn plan() -> (Duration, u32) {
    if !is_long() {
        return SHORT;
    }
    let said = var_os("REDRESS_SOAK_MINUTES");
    let minutes =
        said.map_or(MINUTES, |said| said.to_str().expect("a text").parse().expect("minutes"));
    let kills = KILLS.0.max(minutes / KILLS.1);
    (Duration::from_mins(1) * minutes / kills, kills)
}

/// Lets time pass until so much of it has, or until `woken`.
fn rest(time: Duration, woken: &Receiver<()>) {
    match woken.recv_timeout(time) {
        Ok(()) | Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => {}
    }
}

/// Somebody reads the database and does not end for as long as the server lives: from the middle of one
/// life into the next. Answers how many events it read.
fn hold(file: &Path, life: Duration, held: &AtomicBool) -> u32 {
    let (_silent, woken) = channel();
    rest(life / 2, &woken);
    let reader = Connection::open(file).expect("opened");
    reader.execute_batch("BEGIN").expect("begun");
    let count = || {
        let counted =
            reader.query_row("SELECT count(*) FROM event", [], |row| row.get::<_, u32>(0));
        counted.expect("read")
    };
    let seen = count();
    held.store(true, Ordering::Relaxed);
    rest(life, &woken);
    assert_eq!(count(), seen, "it sees one moment");
    drop(reader);
    held.store(false, Ordering::Relaxed);
    seen
}

#[test]
fn an_hour_of_work_with_kills_and_a_long_reading_loses_nothing_and_does_not_grow() {
    let (life, kills) = plan();
    let bounds = [("REDRESS_FILES_PER_HOUR", "0"), ("REDRESS_FILES_DAY_MB", "0")];
    let mut house = House::open_with(&bounds);
    let session = sign_in(&house);
    let work = Work::new(session);
    let begun = Instant::now();
    let held = Arc::new(AtomicBool::new(false));
    let reading = {
        let (file, held) = (house.path().join("redress-data/redress.sqlite"), Arc::clone(&held));
        thread::spawn(move || hold(&file, life, &held))
    };
    for turn in 0..kills {
        work.warm_up(&house);
        let gauge = Gauge::new(life, Arc::clone(&held));
        thread::scope(|scope| {
            let (house, work, gauge) = (&house, &work, &gauge);
            let (_silent, ended) = channel();
            scope.spawn(move || gauge.watch(house));
            for hand in 0..work::HANDS {
                scope.spawn(move || work.do_until_it_breaks(house, hand));
            }
            rest(life, &ended);
            house.kill();
        });
        println!("life {turn}: {}", gauge.judge());
        house.restart();
        work.send_again(&house);
    }
    let seen = reading.join().expect("it ends");
    let took = begun.elapsed();
    work.is_all_there(&house);
    println!("a reading of {seen} events was held open for {life:.0?}");
    println!("{} in {took:.0?}, {kills} kills", work.told());
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], true);
}

//! What a changed calendar makes of a running promise: a table of dates, and what nobody may move.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use redress_core::{
    complaint::{
        event::PromiseSet,
        moves::{Counted, Fate, HeldFor, counted, fate},
        state::{PauseMade, Promise},
        vocabulary::PauseCategory,
    },
    policy::{Pack, shipped},
};

const ADDED: &str = "2026-12-02,Wed,Ngày nghỉ,Day off,statutory,Decision 1/2026,verified,,ວັນພັກ";

fn local(time: &str) -> Timestamp {
    let time: DateTime = time.parse().expect("a local time");
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone");
    time.to_zoned(zone).expect("a time of that zone").timestamp()
}

/// The shipped pack with a day off more, or without that of the 24th of November.
fn changed((more, later): (bool, bool)) -> Pack {
    let pack = shipped();
    let days = pack.holidays();
    let days = if more {
        format!("{}\n{ADDED}\n", days.trim_end())
    } else {
        let kept = days.lines().filter(|line| !line.starts_with("2026-11-24,"));
        kept.collect::<Vec<_>>().join("\n")
    };
    let mut pack = pack.with_holidays(&days).expect("it is a calendar");
    pack.policy.moves.later = later;
    pack
}

fn said(fate: Fate) -> String {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone");
    let time = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string();
    match fate {
        Fate::Stays => "stays".to_owned(),
        Fate::Moves(at) => format!("moves {}", time(at)),
        Fate::Held(at, HeldFor::Later) => format!("held, later {}", time(at)),
        Fate::Held(at, HeldFor::Passed) => format!("held, passed {}", time(at)),
    }
}

#[test]
fn a_date_moves_earlier_never_into_the_past_and_later_only_where_it_is_allowed() {
    let (more, fewer) = ((true, false), (false, false));
    let allowed = (true, true);
    for (change, within, from, now, wanted) in [
        (more, "7wd", "2026-11-23 10:00", "2026-11-25 09:00", "held, later 12-05 00:00"),
        (allowed, "7wd", "2026-11-23 10:00", "2026-11-25 09:00", "moves 12-05 00:00"),
        (fewer, "7wd", "2026-11-23 10:00", "2026-11-25 09:00", "moves 12-03 00:00"),
        (fewer, "7wd", "2026-11-23 10:00", "2026-12-03 08:00", "held, passed 12-03 00:00"),
        (fewer, "7wd", "2026-11-23 10:00", "2026-12-04 00:00", "stays"),
        (more, "2wd", "2026-11-23 10:00", "2026-11-24 09:00", "stays"),
        (fewer, "PT8H working", "2026-11-23 10:00", "2026-11-23 11:00", "moves 11-24 10:00"),
        (fewer, "1d roll", "2026-11-23 10:00", "2026-11-23 11:00", "moves 11-25 00:00"),
        (more, "1d roll", "2026-12-01 10:00", "2026-12-01 11:00", "held, later 12-04 00:00"),
    ] {
        let within = within.parse().expect("an amount");
        let from = local(from);
        let due = shipped().policy.calendar.due_at(from, within).expect("it is counted");
        let counted = Counted { within, from, due, pauses: vec![] };
        let fate = fate(&changed(change).policy, &counted, local(now));
        assert_eq!(said(fate.expect("it is counted")), wanted, "{within} from {from} at {now}");
    }
}

#[test]
fn amounts_that_no_calendar_counts_are_never_counted_again() {
    for (within, movable) in [
        ("PT3H", false),
        ("3d", false),
        ("PT72H", false),
        ("7wd", true),
        ("3d roll", true),
        ("PT3H working", true),
    ] {
        assert_eq!(counted(&promise(within, &[])).is_some(), movable, "{within}");
    }
}

/// A promise of the 23rd of November, with pauses since the 25th until an instant, or still.
fn promise(within: &str, pauses: &[Option<&str>]) -> Promise {
    let set = PromiseSet {
        promise: "resolution".to_owned(),
        round: 1,
        within: within.to_owned(),
        from: local("2026-11-23 10:00"),
        due: local("2026-12-08 00:00"),
        due_on: jiff::civil::date(2026, 12, 7),
        calendar: "vn@2026-11-20".to_owned(),
        warn_at: vec![],
    };
    let pause = |until: Option<&str>| PauseMade {
        category: PauseCategory::ALL[0],
        from: local("2026-11-25 10:00"),
        until: until.map(local),
    };
    let pauses = pauses.iter().copied().map(pause).collect();
    Promise { set, warned: 0, kept_at: None, missed: false, pauses, ended_at: None }
}

#[test]
fn what_a_promise_stood_still_is_given_back_by_the_changed_days_too() {
    // Seven working days after the 23rd with the 24th off; the 25th and 26th ended in the pause.
    let resumed = promise("7wd", &[Some("2026-11-27 09:00")]);
    let counted_again = counted(&resumed).expect("it runs");
    for (change, wanted) in [
        ((true, true), "moves 12-09 00:00"),
        ((true, false), "held, later 12-09 00:00"),
        ((false, false), "moves 12-05 00:00"),
    ] {
        let fate = fate(&changed(change).policy, &counted_again, local("2026-11-27 10:00"));
        assert_eq!(said(fate.expect("it is counted")), wanted, "{change:?}");
    }
    // One that stands still waits for the day it goes on.
    assert_eq!(counted(&promise("7wd", &[None])), None);
}

#[test]
fn a_pack_counts_by_other_days_and_stays_the_version_it_is() {
    let pack = shipped();
    let other = changed((true, false));
    assert_eq!(other.policy.digest, pack.policy.digest);
    assert_eq!(other.rules_digest(), pack.rules_digest());
    assert_ne!(other.holidays(), pack.holidays());
    let day = jiff::civil::date(2026, 12, 2);
    assert!(pack.policy.calendar.day(day).expect("covered").working);
    assert!(!other.policy.calendar.day(day).expect("covered").working);
    let unreadable = pack.with_holidays("2026-12-02,not a row");
    assert!(unreadable.is_err(), "{unreadable:?}");
}

//! The power is cut while twenty clients submit, some with a picture: what was answered is there once,
//! with its bytes. A disk that only says that it flushed shows that a loss would be seen. Must not end
//! a server whose disk stays: that is `kills`.
//!
//! Only root can mount a file system and cut its power. Where that cannot be, the short run tells the same
//! story of a server that is killed, and says so; the long run fails.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use redress_testkit::Chance;

use super::disk::{EIO, FOR_EVER, Failing, VARIABLES};
use super::is_long;
use super::load::{Moment, Sent, all_is_there, lost, nothing_else_is_there, until_the_end};
use super::mounted::{Kind, Mounted};
use super::whole::{database_and_files_are_whole, log_and_rows_are_whole};
use crate::serve::house::House;

/// Houses of each file system, and how often the power of each is cut.
const LONG: (u64, usize) = (10, 10);
const SHORT: (u64, usize) = (1, 2);
/// Each cut comes after fewer answers than this.
const ANSWERS_BELOW: u64 = 60;
/// Size of a disk; xfs is made no smaller than 300.
const MIB: u64 = 512;
/// How often the power of a disk that lies is cut until a loss must have been seen.
const LIES: usize = 10;

/// Where a house stands.
enum Ground {
    Mounted(Mounted),
    /// On the disk of the machine, whose power nobody cuts.
    Machine,
}

impl Ground {
    fn new(kind: Kind) -> Self {
        if is_long() || can_mount() {
            return Self::Mounted(Mounted::new(kind, MIB));
        }
        Self::Machine
    }

    fn house(&self, variables: impl FnOnce(&Path) -> Vec<(String, String)>) -> House {
        match self {
            Self::Mounted(disk) => {
                let house = House::open_on(|data| {
                    disk.mount_new(data);
                    variables(data)
                });
                disk.flush();
                house
            }
            Self::Machine => House::open_on(variables),
        }
    }

    /// How a house on it ends.
    const fn how(&self) -> &'static str {
        match self {
            Self::Mounted(_) => "cut",
            Self::Machine => "only killed: nobody but root can cut, on a machine with loop devices",
        }
    }

    /// What ends the house.
    fn end<'h>(&self, house: &'h House) -> Box<dyn FnOnce(&AtomicBool) + 'h> {
        match self {
            Self::Mounted(disk) => {
                let cutter = disk.cutter();
                Box::new(|is_off| cutter.cut(is_off))
            }
            Self::Machine => Box::new(|_| house.kill()),
        }
    }

    /// Power again, the server being dead.
    fn power_on(&self) {
        if let Self::Mounted(disk) = self {
            disk.power_on();
        }
    }
}

/// Whether this is root, on a machine with loop devices.
fn can_mount() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout == b"0\n" && Path::new("/dev/loop-control").exists()
}

/// What was seen of all cuts.
#[derive(Debug, Default)]
struct Seen {
    cuts: usize,
    answered: usize,
    unanswered: usize,
    pictures: usize,
}

/// Load until the power is cut; afterwards the server is dead and the power is back.
fn cut_under_load(
    ground: &Ground,
    house: &House,
    name: &str,
    moment: Moment,
    seen: &mut Seen,
) -> Vec<Sent> {
    let sent = until_the_end(house, name, true, moment, ground.end(house));
    if house.runs() {
        // Where not even reading works, it has nothing left to commit that could fail.
        house.kill();
    } else if matches!(ground, Ground::Mounted(_)) {
        // By its own decision, or killed by the system over a page of a file that is gone.
        let ended = house.ended();
        assert!(matches!(ended, None | Some(3)), "{ended:?} {}", house.log());
    }
    ground.power_on();
    seen.cuts += 1;
    seen.answered += sent.iter().filter(|one| one.receipt.is_some()).count();
    seen.unanswered += sent.iter().filter(|one| one.receipt.is_none()).count();
    seen.pictures += sent.iter().filter(|one| one.has_picture()).count();
    sent
}

/// One house whose power is cut again and again; the seed says when. Answers how many complaints it has.
fn cut_again_and_again(
    ground: &Ground,
    (kind, seed): (Kind, u64),
    cuts: usize,
    seen: &mut Seen,
) -> usize {
    let mut house = ground.house(|_| vec![]);
    let (mut chance, mut references) = (Chance::new(seed), BTreeSet::new());
    for cut in 0..cuts {
        let moment = Moment::some(&mut chance, ANSWERS_BELOW);
        let told = format!("{kind:?}, seed {seed}, cut {cut}, {moment:?}");
        let sent = cut_under_load(ground, &house, &format!("{cut}"), moment, seen);
        house.restart();
        references.extend(all_is_there(&house, &sent, &told));
        database_and_files_are_whole(house.path(), &told);
    }
    let told = format!("{kind:?}, seed {seed}, after {cuts} cuts");
    nothing_else_is_there(&house, &references, &told);
    house.kill();
    log_and_rows_are_whole(house.path(), &told);
    references.len()
}

#[test]
fn what_was_answered_before_the_power_was_cut_is_there_once_with_its_bytes() {
    let (houses, cuts) = if is_long() { LONG } else { SHORT };
    let kinds: &[Kind] = if is_long() { &[Kind::Ext4, Kind::Xfs] } else { &[Kind::Ext4] };
    for kind in kinds {
        let mut seen = Seen::default();
        for seed in 0..houses {
            let ground = Ground::new(*kind);
            let how = ground.how();
            let complaints = cut_again_and_again(&ground, (*kind, seed), cuts, &mut seen);
            println!("{kind:?}, seed {seed}, {how}: {complaints} complaints, all there once");
        }
        println!("{kind:?}: none lost: {seen:?}");
    }
}

/// A log of changes whose flushes do nothing is what `synchronous=NORMAL` leaves on the disk between two
/// write backs.
#[test]
fn on_a_disk_that_only_says_that_it_flushed_a_power_cut_loses_what_was_answered() {
    let kinds: &[Kind] = if is_long() { &[Kind::Ext4, Kind::Xfs] } else { &[Kind::Ext4] };
    for kind in kinds {
        let (mut seen, mut chance, mut gone) = (Seen::default(), Chance::new(0), 0);
        let mut is_cut = true;
        while gone == 0 && is_cut && seen.cuts < LIES {
            let ground = Ground::new(*kind);
            is_cut = matches!(ground, Ground::Mounted(_));
            let disk = Failing::new("lie", (1, FOR_EVER), EIO).at("redress.sqlite-wal");
            let mut house = ground.house(|data| disk.variables(data));
            disk.fail();
            let moment = Moment::some(&mut chance, ANSWERS_BELOW);
            let sent = cut_under_load(&ground, &house, "lied-to", moment, &mut seen);
            assert!(disk.failed_on().is_some(), "no flush was lied about");
            house.restart_without(VARIABLES);
            gone += lost(&house, &sent).len();
        }
        println!("{kind:?}: {gone} lost, as they must be: {seen:?}");
        assert_eq!(gone > 0, is_cut, "does the test above see a loss?");
    }
}

//! An installation filled with whole lives, in this process: fast, and the same for the same seed
//! and end. Must not be opened while a server runs on the folder.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use jiff::Timestamp;
use redress_app::{
    App, FileSettings, Following, NewAccount, Settings, World,
    core::complaint::{
        past::Past,
        people::{Actor, AuthorityScope, Member},
    },
};
use redress_testkit::{Chance, FakeClock, lives::Lives, people};

/// Lives taken in at once, recorded at the same instant.
const BLOCK: usize = 2_000;

/// An installation with the people of the test company, under a clock of its own.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: FakeClock,
}

impl House {
    /// Opens or makes it, with everybody in it.
    pub(crate) async fn open(folder: &Path, seed: u64) -> Self {
        let opened = redress_app::core::policy::shipped().policy.in_force;
        let clock = FakeClock::new(opened);
        let (shown, chance) = (clock.clone(), Mutex::new(Chance::new(seed)));
        let dice = move |buffer: &mut [u8]| {
            let mut chance = chance.lock().expect("nobody panics while holding it");
            for part in buffer.chunks_mut(8) {
                part.copy_from_slice(&chance.next().to_be_bytes()[..part.len()]);
            }
        };
        let settings = Settings {
            folder: folder.to_owned(),
            pack: None,
            channels: redress_channels::Registry::default(),
            public_url: "http://bench.example".to_owned(),
            files: FileSettings::default(),
        };
        let world = World::new(Arc::new(move || shown.now()), Arc::new(dice));
        let app = App::start(settings, world).await.expect("it starts");
        app.open_log().await.expect("the log begins");
        let house = Self { app, clock };
        for member in people::everybody() {
            house.employ(&member).await;
        }
        house
    }

    async fn employ(&self, member: &Member) {
        let scope = |scope: &AuthorityScope| match scope {
            AuthorityScope::All => "all".to_owned(),
            AuthorityScope::Department(unit) => unit.to_string(),
        };
        let new = NewAccount {
            name: member.name.clone(),
            email: member.email.clone(),
            role: member.role,
            department: member.department.as_ref().map(ToString::to_string),
            authority: member.authority.iter().map(scope).collect(),
        };
        self.app.add_account(&new, &Actor::System("bench")).await.expect("an account is made");
    }

    /// Takes in `count` lives lived until `until`; answers how many events they have.
    pub(crate) async fn fill(&self, seed: u64, count: u64, until: Timestamp) -> u64 {
        let pack = self.app.pack();
        let members = self.app.members().await.expect("the company");
        let mut lives = Lives::new(seed, (&pack.policy, members), count, until);
        let mut events = 0;
        let mut block: Vec<Past> = lives.by_ref().take(BLOCK).collect();
        while let Some(first) = block.first() {
            // Nothing is recorded before the house was opened.
            self.clock.set(first.notice.received_at.max(self.clock.now()));
            let app = self.app.clone();
            let mut taking = tokio::task::JoinSet::new();
            taking.spawn(async move { app.adopt(block, Following::Done).await });
            // The next ones live meanwhile.
            block = lives.by_ref().take(BLOCK).collect();
            let taken = taking.join_next().await.expect("one was taken up");
            events += taken.expect("it does not panic").expect("they are taken in");
        }
        self.clock.set(until);
        events
    }
}

/// A runtime for a filling or for submitters.
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads are to be had")
}

//! The program under simulation: it dies, is started again on the same folder, and goes on.
//! Must not judge anything.

use std::sync::{Arc, Mutex};

use redress_app::{
    App, AppError, FileSettings, NewAccount, OtherPolicy, Settings, Ticked, World,
    core::complaint::people::{Actor, AuthorityScope},
};
use redress_channels::Registry;
use redress_store::{Options, Store};
use redress_testkit::{Chance, FakeClock, people};
use tempfile::TempDir;

use super::{disk::Disk, post::Post};
use crate::kit::altered;

/// Turns after which everything due must be done.
const TURNS_MAX: usize = 1_000;
/// How often a start may fail on a faulty disk.
const STARTS_MAX: usize = 20;

/// What a step came to.
pub(crate) enum Ended<T> {
    /// The program answered.
    Answered(Result<T, AppError>),
    /// It died in the middle.
    Died,
}

impl<T> Ended<T> {
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Ended<U> {
        match self {
            Self::Answered(done) => Ended::Answered(done.map(change)),
            Self::Died => Ended::Died,
        }
    }
}

/// The program, its disk, its clock and its post.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: FakeClock,
    pub(crate) disk: Disk,
    pub(crate) post: Arc<Post>,
    pub(crate) deaths: usize,
    dice: Arc<Mutex<Chance>>,
    folder: TempDir,
}

async fn start(
    (clock, disk, post): (&FakeClock, &Disk, &Arc<Post>),
    dice: &Arc<Mutex<Chance>>,
    folder: &TempDir,
    first: bool,
) -> Result<App, redress_app::StartError> {
    let (now, dice) = (clock.clone(), Arc::clone(dice));
    let roll = move |buffer: &mut [u8]| {
        let mut dice = dice.lock().expect("nobody panics holding it");
        for part in buffer.chunks_mut(8) {
            part.copy_from_slice(&dice.next().to_be_bytes()[..part.len()]);
        }
    };
    let world = World::new(Arc::new(move || now.now()), Arc::new(roll));
    let mut channels = Registry::default();
    channels.add(Arc::clone(post) as Arc<_>).expect("it is the only one");
    let settings = Settings {
        folder: folder.path().to_owned(),
        pack: first.then(|| altered(&[])),
        channels,
        public_url: "https://house.example".to_owned(),
        files: FileSettings::default(),
    };
    let mut options = Options::new(world.clock());
    options.faults = Some(disk.ask());
    let app = App::start_on(settings, world, OtherPolicy::Stays, options).await?;
    app.open_log().await.map_err(redress_app::StartError::App)?;
    Ok(app)
}

impl House {
    /// A house with everybody in it, under a well disk and a well post.
    pub(crate) async fn open(clock: FakeClock, chance: &mut Chance) -> Self {
        let (disk, post) = (Disk::new(chance.next()), Arc::new(Post::new(chance.next())));
        let dice = Arc::new(Mutex::new(Chance::new(chance.next())));
        let folder = tempfile::tempdir().expect("there is room");
        let app = start((&clock, &disk, &post), &dice, &folder, true).await.expect("it starts");
        for member in people::everybody() {
            let scope = |scope: &AuthorityScope| match scope {
                AuthorityScope::All => "all".to_owned(),
                AuthorityScope::Department(unit) => unit.to_string(),
            };
            let new = NewAccount {
                name: member.name,
                email: member.email,
                role: member.role,
                department: member.department.as_ref().map(ToString::to_string),
                authority: member.authority.iter().map(scope).collect(),
            };
            app.add_account(&new, &Actor::System("sim")).await.expect("an account is made");
        }
        Self { app, clock, disk, post, deaths: 0, dice, folder }
    }

    /// Disk and post fail from now on, or are well.
    pub(crate) fn arm(&self, armed: bool) {
        self.disk.arm(armed);
        self.post.arm(armed);
    }

    /// Does one thing. If the program dies of it, it is started again.
    pub(crate) async fn act<T>(
        &mut self,
        act: impl AsyncFnOnce(&App) -> Result<T, AppError>,
    ) -> Ended<T> {
        let (app, post) = (self.app.clone(), Arc::clone(&self.post));
        post.note(self.disk.struck() + self.deaths);
        let ended = tokio::select! {
            biased;
            done = act(&app) => Ended::Answered(done),
            () = post.dies() => Ended::Died,
        };
        drop(app);
        if matches!(ended, Ended::Died) || !self.app.is_ready().await {
            self.die().await;
        }
        ended
    }

    /// The program ends at once, and is started again.
    pub(crate) async fn die(&mut self) {
        self.deaths += 1;
        for _ in 0..STARTS_MAX {
            let world = (&self.clock, &self.disk, &self.post);
            if let Ok(app) = start(world, &self.dice, &self.folder, false).await {
                let before = std::mem::replace(&mut self.app, app);
                // One that broke says so again; that it did is why it ended.
                drop(before.close().await);
                return;
            }
        }
        panic!("it does not start any more");
    }

    /// Lets the program do what is due, until nothing is; disk and post are well meanwhile.
    pub(crate) async fn settle(&mut self) {
        self.arm(false);
        for _ in 0..TURNS_MAX {
            let Ended::Answered(done) = self.act(async |app| app.tick().await).await else {
                panic!("a well post kills nobody");
            };
            if done.expect("a turn is taken") == Ticked::default() {
                return;
            }
        }
        panic!("after {TURNS_MAX} turns at {} something is still due", self.clock.now());
    }

    /// The database, opened by itself over a well disk.
    pub(crate) fn store(&self) -> Store {
        let clock = self.clock.clone();
        let path = self.folder.path().join("redress.sqlite");
        Store::open(&path, Options::new(Arc::new(move || clock.now()))).expect("it opens")
    }
}

//! An installation in a folder of its own, with its people and a post that keeps what it is given.
//! Must not hold expectations.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use redress_app::{
    App, AppError, Asked, FileSettings, Loaded, NewAccount, NoticeIn, Ran, Receipt, Secret,
    Settings, StartError, World,
    core::{
        complaint::{
            Refusal,
            people::{Actor, AuthorityScope, Member},
        },
        field::FieldErrors,
        kinds::ChannelKind,
        policy::{Pack, PackFiles, parse, shipped_files},
    },
};
use redress_channels::{Registry, memory::Memory};
use redress_store::{Difference, Options, Store};
use redress_testkit::{CUSTOMER, FakeClock, people};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Turns after which everything due must be done.
const TURNS_MAX: usize = 500;

/// An installation; copies made by [`House::beside`] are other processes on the same folder.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: FakeClock,
    pub(crate) post: Arc<Memory>,
    folder: Arc<TempDir>,
    dice: Arc<AtomicU64>,
}

/// What makes a process on a folder.
struct Site {
    clock: FakeClock,
    post: Arc<Memory>,
    folder: Arc<TempDir>,
    dice: Arc<AtomicU64>,
}

impl Site {
    async fn start(&self, pack: Option<Pack>) -> Result<App, StartError> {
        let (clock, dice) = (self.clock.clone(), Arc::clone(&self.dice));
        let roll = move |buffer: &mut [u8]| {
            for part in buffer.chunks_mut(8) {
                let number = dice.fetch_add(1, Ordering::Relaxed);
                let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                part.copy_from_slice(&number.to_be_bytes()[..part.len()]);
            }
        };
        let mut channels = Registry::default();
        channels.add(Arc::clone(&self.post) as Arc<_>).expect("it is the only one");
        let settings = Settings {
            folder: self.folder.path().to_owned(),
            pack,
            channels,
            public_url: "https://house.example".to_owned(),
            files: FileSettings::default(),
        };
        let world = World::new(Arc::new(move || clock.now()), Arc::new(roll));
        let app = App::start(settings, world).await?;
        app.open_log().await.map_err(StartError::App)?;
        Ok(app)
    }

    fn with(self, app: App) -> House {
        House { app, clock: self.clock, post: self.post, folder: self.folder, dice: self.dice }
    }
}

impl House {
    /// A house under the shipped policy with everybody of the test company.
    pub(crate) async fn open(at: &str) -> Self {
        Self::open_under(at, Some(altered(&[])), &people::everybody()).await
    }

    /// A house under another policy, with these people.
    pub(crate) async fn open_under(at: &str, pack: Option<Pack>, members: &[Member]) -> Self {
        let site = Site {
            clock: FakeClock::new(local(at)),
            post: Arc::new(Memory::new(ChannelKind::Email)),
            folder: Arc::new(tempfile::tempdir().expect("there is room")),
            dice: Arc::new(AtomicU64::new(1)),
        };
        let app = site.start(pack).await.expect("it starts");
        let house = site.with(app);
        for member in members {
            house.employ(member).await;
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
        self.app.add_account(&new, &Actor::System("test")).await.expect("an account is made");
    }

    fn site(&self) -> Site {
        Site {
            clock: self.clock.clone(),
            post: Arc::clone(&self.post),
            folder: Arc::clone(&self.folder),
            dice: Arc::clone(&self.dice),
        }
    }

    /// Another process on the same folder.
    pub(crate) async fn beside(&self) -> Self {
        let app = self.site().start(None).await.expect("it starts");
        self.site().with(app)
    }

    /// The process ends, and another starts under `pack`, or under the policy in force.
    pub(crate) async fn restart(self, pack: Option<Pack>) -> Result<Self, StartError> {
        let site = self.site();
        self.app.close().await.expect("it ends in order");
        let app = site.start(pack).await?;
        Ok(site.with(app))
    }

    /// The same started again after something was done to its folder.
    pub(crate) async fn restarted_after(
        self,
        done: impl FnOnce(&Path),
    ) -> Result<Self, StartError> {
        let site = self.site();
        self.app.close().await.expect("it ends in order");
        done(site.folder.path());
        let app = site.start(None).await?;
        Ok(site.with(app))
    }

    /// Sets the clock to a local time `2026-11-23 09:05`.
    pub(crate) fn at(&self, time: &str) -> &Self {
        self.clock.set(local(time));
        self
    }

    /// Who acts: the complainant, or a member by e-mail.
    pub(crate) async fn actor(&self, who: &str) -> Actor {
        if who == CUSTOMER {
            return Actor::Complainant;
        }
        Actor::Staff(self.app.member(who).await.expect("a member of the company"))
    }

    /// The name of a member.
    pub(crate) async fn actor_name(&self, who: &str) -> String {
        self.app.member(who).await.expect("a member of the company").name
    }

    /// Somebody of the public complains.
    pub(crate) async fn complain(&self, body: &Value) -> Receipt {
        self.try_complain(body, None).await.expect("it is taken")
    }

    /// The same, or entered by staff; taken or not.
    pub(crate) async fn try_complain(
        &self,
        body: &Value,
        by: Option<&str>,
    ) -> Result<Receipt, AppError> {
        let member = match by {
            Some(who) => Some(self.app.member(who).await.expect("a member of the company")),
            None => None,
        };
        let text = body.to_string();
        let input = NoticeIn { body: &text, by: member.as_ref(), owner: "front", key: None };
        self.app.receive(input).await
    }

    /// Loads the complaint of a receipt or with this reference.
    pub(crate) async fn load(&self, reference: &str) -> Loaded {
        self.app.load(reference).await.expect("it is there")
    }

    /// Loads what a tracking link opens.
    pub(crate) async fn track(&self, url: &str) -> Result<Loaded, AppError> {
        let token = url.rsplit('/').next().expect("a link has a last part");
        self.app.load_tracked(&Secret::received(token)).await
    }

    /// Somebody tries a command.
    pub(crate) async fn run(
        &self,
        who: &str,
        reference: &str,
        name: &str,
        body: &Value,
    ) -> Result<Ran, AppError> {
        let actor = self.actor(who).await;
        let loaded = self.app.load(reference).await?;
        let asked = Asked { name, body, actor: &actor, owner: "front", if_match: None };
        self.app.run(loaded, asked).await
    }

    /// A command that is taken; says what happened.
    pub(crate) async fn does(
        &self,
        who: &str,
        reference: &str,
        name: &str,
        body: &Value,
    ) -> Vec<&'static str> {
        let ran = self.run(who, reference, name, body).await;
        let ran = ran.unwrap_or_else(|error| panic!("{who} {name} {body}: {error:?}"));
        ran.events.iter().map(|told| told.event.name()).collect()
    }

    /// A command that the rules refuse.
    pub(crate) async fn refuses(
        &self,
        who: &str,
        reference: &str,
        name: &str,
        body: &Value,
    ) -> Refusal {
        match self.run(who, reference, name, body).await {
            Err(AppError::Refused(refusal)) => refusal,
            other => panic!("{who} {name} {body}: {other:?}"),
        }
    }

    /// A notice that is not taken; its faults.
    pub(crate) async fn faults(&self, body: &Value, by: Option<&str>) -> FieldErrors {
        match self.try_complain(body, by).await {
            Err(AppError::Fields(errors)) => errors,
            other => panic!("{body}: {other:?}"),
        }
    }

    /// Lets the program do what is due, until nothing is.
    pub(crate) async fn settle(&self) {
        for _ in 0..TURNS_MAX {
            if self.app.tick().await.expect("a turn is taken") == redress_app::Ticked::default() {
                return;
            }
        }
        panic!("after {TURNS_MAX} turns at {} something is still due", self.clock.now());
    }

    /// Its time, for whoever imports or restores.
    pub(crate) fn world(&self) -> World {
        let clock = self.clock.clone();
        let dice = |buffer: &mut [u8]| buffer.fill(7);
        World::new(Arc::new(move || clock.now()), Arc::new(dice))
    }

    /// Its data folder.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The file of the database, opened by itself.
    pub(crate) fn store(&self) -> Store {
        let clock = self.clock.clone();
        let path = self.folder.path().join("redress.sqlite");
        Store::open(&path, Options::new(Arc::new(move || clock.now()))).expect("it opens")
    }

    /// How the rows differ from what the events say; a second file is built for it.
    pub(crate) async fn differences(&self) -> Vec<Difference> {
        let (_room, fresh) = self.rebuilt().await;
        self.store().compare_rows(&fresh, 20).await.expect("both are read")
    }

    /// A second file, its rows built from the events alone.
    pub(crate) async fn rebuilt(&self) -> (TempDir, Store) {
        let room = tempfile::tempdir().expect("there is room");
        let clock = self.clock.clone();
        let options = Options::new(Arc::new(move || clock.now()));
        let fresh = Store::open(&room.path().join("second.sqlite"), options).expect("it opens");
        self.app.rebuild_into(&fresh).await.expect("it is built");
        (room, fresh)
    }

    /// Whether every leaf of the log is as it was written.
    pub(crate) async fn verify_log(&self) {
        let report = self.store().verify_log(|_| {}).await.expect("it is read");
        assert_eq!(report.fault, None);
    }

    /// Letters to `address` so far: their subjects.
    pub(crate) fn letters_to(&self, address: &str) -> Vec<String> {
        let all = self.post.recorded().into_iter();
        all.filter(|kept| kept.letter.to == address).map(|kept| kept.letter.subject).collect()
    }
}

/// The upload, if nothing used it yet.
pub(crate) async fn unused(app: &App, upload: Option<&String>) -> Option<String> {
    let known = app.uploads(std::slice::from_ref(upload?), "front").await;
    known.expect("the store answers").into_iter().next().map(|known| known.id)
}

/// A local time of the shipped policy's zone, `2026-11-23 08:17`.
pub(crate) fn local(time: &str) -> Timestamp {
    let time: DateTime = time.parse().expect("a local time, `2026-11-23 08:17`");
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone");
    time.to_zoned(zone).expect("a time of that zone").timestamp()
}

/// An instant as people of that zone read it, `2026-11-23 08:17`.
pub(crate) fn clock_time(at: Timestamp) -> String {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone");
    at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The shipped pack with texts of its files replaced: file, old, new. Every holiday is decided, so
/// that nobody is reminded to load any.
pub(crate) fn altered(changes: &[(&str, &str, &str)]) -> Pack {
    let mut files = shipped_files();
    decide(&mut files, "calendar/vn.csv");
    for (path, old, new) in changes {
        let text = files.text(path).expect("the pack has it").to_owned();
        assert!(text.contains(old), "{path} has {old}");
        files.insert(*path, text.replacen(old, new, 1));
    }
    read(&files)
}

/// Takes the doubt out of a list of holidays.
pub(crate) fn decide(files: &mut PackFiles, path: &str) {
    let text = files.text(path).expect("the pack has it").replace(",estimated,", ",likely,");
    files.insert(path, text);
}

/// Reads a pack as of the autumn of 2026.
pub(crate) fn read(files: &PackFiles) -> Pack {
    parse(files, jiff::civil::date(2026, 10, 1)).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    })
}

/// A complaint about a service by telephone number.
pub(crate) fn noise() -> Value {
    json!({
        "language": "vi", "about": "service",
        "text": "Thang số 2 dừng lệch tầng khoảng bốn phân.",
        "complainant": {"name": "Nguyễn Thị Hà", "phone": "0912345678"},
        "reply_by": "phone",
    })
}

/// The same with other fields laid over it.
pub(crate) fn with(mut body: Value, more: &Value) -> Value {
    let fields = body.as_object_mut().expect("bodies are objects");
    for (name, value) in more.as_object().expect("bodies are objects") {
        fields.insert(name.clone(), value.clone());
    }
    body
}

//! One seed: everybody's moves by chance, under a clock that leaps, a disk and a post that fail, and
//! a program that dies. Must not use any chance but the seed's.

use std::{collections::BTreeSet, fmt::Display};

use jiff::{SignedDuration, Timestamp};
use redress_app::{
    AppError, Asked, CalendarFault, Loaded, NewDelegation, NoticeIn, Receipt,
    core::complaint::{Stage, people::Actor},
    hex,
};
use redress_store::Fault;
use redress_testkit::{CUSTOMER, Chance, FakeClock, moves, moves::Move, people};
use serde_json::{Value, json};

use super::{
    days,
    holds::Seen,
    house::{Ended, House},
    trace::Trace,
};
use crate::kit::{local, unused, with};

/// Complaints that live at the same time.
const ALIVE: usize = 5;
/// Moves after which a life is left as it is, for the timers to end.
const MOVES_MAX: usize = 60;
/// After so many steps everything is looked at.
const LOOK_EVERY: usize = 60;
/// Other days come into force once in so many steps.
const DAYS_EVERY: u64 = 50;
/// How often a sender whose answer got lost asks again.
const AGAIN_MAX: usize = 40;
/// For how long a sender may ask again with the same key.
const KEY_LIVES: SignedDuration = SignedDuration::from_hours(47);

/// A notice that a sender knows to be taken.
pub(super) struct Taken {
    pub(super) key: String,
    pub(super) body: String,
    pub(super) receipt: Receipt,
    at: Timestamp,
}

/// What a seed did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Played {
    /// Hash of every step and of the log it made.
    pub(super) trace: String,
    pub(super) notices: usize,
    pub(super) accepted: usize,
    pub(super) refused: usize,
    pub(super) failed: usize,
    pub(super) deaths: usize,
    pub(super) letters: usize,
    pub(super) faults: Vec<Fault>,
    /// Steps between stages that were taken.
    pub(super) ways: BTreeSet<(Stage, Stage)>,
}

/// A seed on its way.
pub(super) struct Play {
    pub(super) house: House,
    pub(super) taken: Vec<Taken>,
    pub(super) seen: Seen,
    chance: Chance,
    trace: Trace,
    alive: Vec<(String, usize)>,
    spare: Option<String>,
    uploads: usize,
    /// Chance of its own: seeds from before days changed do as they did.
    days: Option<Chance>,
    lists: i64,
    accepted: usize,
    refused: usize,
    failed: usize,
}

impl Play {
    pub(super) async fn open(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        // Before Tet, before the long holiday of spring, before National Day, before a new year.
        let eves = ["2026-02-12 16:20", "2026-04-29 09:00", "2026-08-28 23:50", "2026-12-30 07:59"];
        let eve = chance.one::<&str>(&eves);
        let clock = FakeClock::new(local(eve));
        let house = House::open(clock, &mut chance).await;
        Self {
            house,
            taken: Vec::new(),
            seen: Seen::default(),
            chance,
            trace: Trace::default(),
            alive: Vec::new(),
            spare: None,
            uploads: 0,
            days: Some(Chance::new(!seed)),
            lists: 0,
            accepted: 0,
            refused: 0,
            failed: 0,
        }
    }

    /// The same days are off all the time.
    pub(super) fn under_the_same_days(self) -> Self {
        Self { days: None, ..self }
    }

    /// Plays so many steps, looks at everything now and then, and in the end lets all letters out.
    pub(super) async fn play(mut self, steps: usize) -> Played {
        for step in 1..=steps {
            self.house.arm(true);
            if self.days.as_mut().is_some_and(|chance| chance.once_in(DAYS_EVERY)) {
                self.other_days().await;
            }
            self.step().await;
            if step.is_multiple_of(LOOK_EVERY) || step == steps {
                self.look().await;
            }
        }
        self.end().await;
        let root = self.house.store().verify_log(|_| {}).await.expect("it is read").root;
        self.trace.note("root", hex(&root));
        Played {
            trace: self.trace.end(),
            notices: self.taken.len(),
            accepted: self.accepted,
            refused: self.refused,
            failed: self.failed,
            deaths: self.house.deaths,
            letters: self.house.post.handed().len(),
            faults: self.house.disk.faults(),
            ways: self.seen.ways,
        }
    }

    fn note(&mut self, what: &str, how: impl Display) {
        let now = self.house.clock.now();
        self.trace.note(what, format_args!("{how} at {now}"));
    }

    async fn step(&mut self) {
        if self.alive.is_empty() || self.alive.len() < ALIVE && self.chance.once_in(3) {
            return self.complain().await;
        }
        match self.chance.below(24) {
            0 => self.again().await,
            1 => {
                self.house.die().await;
                self.note("death", self.house.deaths);
            }
            2 | 3 => self.tick().await,
            5 if self.chance.once_in(3) => self.roster().await,
            4 if self.chance.once_in(3) => self.leap().await,
            _ => self.life().await,
        }
    }

    /// The clock leaps: back by minutes as machines do, or ahead over days nobody worked.
    async fn leap(&mut self) {
        let minutes = self.chance.below(90).cast_signed();
        let time = if self.chance.once_in(3) {
            SignedDuration::from_mins(-minutes)
        } else {
            SignedDuration::from_hours(self.chance.below(24 * 6).cast_signed())
        };
        self.house.clock.pass(time);
        self.note("leap", time);
        self.tick().await;
    }

    /// The Director names who is on duty, or who stands in for them.
    async fn roster(&mut self) {
        let from = self.house.clock.now();
        let until = from + SignedDuration::from_hours(8 + self.chance.below(90).cast_signed());
        let duty = self.chance.once_in(2);
        let who = *self.chance.one::<&str>(&[people::TUNG, people::SON, people::LAN]);
        let done = self.house.act(async |app| {
            let director = Actor::Staff(app.member(people::DIRECTOR).await?);
            if duty {
                return app.set_duty(who, from, until, "0987654321", &director).await.map(drop);
            }
            let deputy = NewDelegation { to: who, director: None, from, until };
            app.delegate(deputy, &director).await.map(drop)
        });
        let done = done.await.map(|()| until);
        self.end_of("roster", done);
    }

    /// Other days come into force; who was interrupted asks again, as an operator does.
    async fn other_days(&mut self) {
        let Some(chance) = &mut self.days else { return };
        self.lists += 1;
        let list = days::list(self.lists, chance);
        for _ in 0..AGAIN_MAX {
            let done =
                self.house.act(async |app| match app.apply_calendar(&list, |_, _| ()).await {
                    Ok(applied) => {
                        Ok((applied.put_in_force, applied.moved, applied.check.held.len()))
                    }
                    Err(CalendarFault::App(error)) => Err(error),
                    Err(other) => panic!("a newer list is refused: {other:?}"),
                });
            let done = done.await;
            let done = done.map(|(new, moved, held)| format!("{new} {moved} moved {held} held"));
            if self.end_of("days", done) {
                return;
            }
        }
        panic!("the days do not come into force after {AGAIN_MAX} times");
    }

    async fn tick(&mut self) {
        let done = self.house.act(async |app| app.tick().await).await;
        self.end_of("tick", done.map(|ticked| format!("{ticked:?}")));
    }

    /// What a step came to; a failure that nothing caused is a bug.
    fn end_of<T: Display>(&mut self, what: &str, ended: Ended<T>) -> bool {
        match ended {
            Ended::Died => {
                self.failed += 1;
                self.note(what, "died");
            }
            Ended::Answered(Ok(done)) => {
                self.note(what, done);
                return true;
            }
            Ended::Answered(Err(error)) if is_no(&error) => {
                self.refused += 1;
                self.note(what, error);
            }
            Ended::Answered(Err(error)) => {
                assert!(!self.house.disk.faults().is_empty(), "{what}: {error:?}");
                self.failed += 1;
                self.note(what, error);
            }
        }
        false
    }

    async fn complain(&mut self) {
        let (body, by) = self.notice().await;
        let key = format!("key-of-notice-{:08}", self.taken.len());
        let at = self.house.clock.now();
        let receipt = self.send(&key, &body.to_string(), by).await;
        self.alive.push((receipt.reference.clone(), 0));
        self.taken.push(Taken { key, body: body.to_string(), receipt, at });
        self.spare = None;
    }

    /// Sends a notice until there is an answer, as a sender does who got none.
    async fn send(&mut self, key: &str, body: &str, by: Option<&str>) -> Receipt {
        for _ in 0..AGAIN_MAX {
            let sent = self.house.act(async |app| {
                let member = match by {
                    Some(who) => Some(app.member(who).await?),
                    None => None,
                };
                let by = member.as_ref();
                app.receive(NoticeIn { body, by, owner: "front", key: Some(key) }).await
            });
            match sent.await {
                Ended::Answered(Ok(receipt)) => {
                    self.note("notice", &receipt.reference);
                    return receipt;
                }
                other => {
                    let other = other.map(|receipt: Receipt| receipt.reference);
                    let refused = self.refused;
                    self.end_of("notice", other);
                    assert_eq!(self.refused, refused, "a good notice is refused: {body}");
                }
            }
        }
        panic!("a notice is not taken after {AGAIN_MAX} times");
    }

    /// A sender asks again for what was answered, and gets the same answer.
    async fn again(&mut self) {
        let now = self.house.clock.now();
        let young = self.taken.iter().filter(|taken| now.duration_since(taken.at) < KEY_LIVES);
        let by_public = young.filter(|taken| !taken.body.contains("\"channel\""));
        let known: Vec<_> =
            by_public.map(|t| (t.key.clone(), t.body.clone(), t.receipt.clone())).collect();
        if known.is_empty() {
            return;
        }
        let (key, body, receipt) = self.chance.one(&known).clone();
        assert_eq!(self.send(&key, &body, None).await, receipt);
    }

    async fn notice(&mut self) -> (Value, Option<&'static str>) {
        let number = self.taken.len();
        let mut body = json!({
            "language": self.chance.one(&["vi", "en", "lo"]),
            "about": self.chance.one(&["product", "service", "both", "unsure"]),
            "text": self.chance.one(&["Cửa đóng rất ồn.", "It stops 4 cm too low.", "ມີສຽງດັງ"]),
            "complainant": {"name": "Trần Thị Hà", "phone": format!("09123{:05}", number % 40)},
            "danger": self.chance.once_in(5),
        });
        if !self.chance.once_in(3) {
            body["complainant"]["email"] = json!(format!("ha{}@example.vn", number % 7));
        }
        if self.chance.once_in(4) {
            let id = self.upload().await;
            body = with(body, &json!({"attachments": [id]}));
        }
        let by = self.chance.once_in(3).then_some(people::MAI);
        if by.is_some() {
            body["channel"] = json!(self.chance.one(&["phone", "zalo", "letter", "email"]));
        }
        (body, by)
    }

    /// One move around one complaint.
    async fn life(&mut self) {
        let turn = usize::try_from(self.chance.below(self.alive.len() as u64)).expect("is small");
        let reference = self.alive[turn].0.clone();
        let loaded = self.house.app.load(&reference).await.expect("it is there");
        let (complaint, policy) = (&loaded.complaint, &loaded.pack.policy);
        match moves::next(complaint, policy, self.house.clock.now(), &mut self.chance) {
            Move::Provider { .. } => self.tick().await,
            Move::Wait(time) if time.as_hours() < 3 || self.chance.once_in(4) => {
                self.house.clock.pass(time);
                self.note("wait", time);
                self.tick().await;
            }
            Move::Wait(_) => {}
            Move::Ask { who, name, body } => self.ask(&loaded, who, name, body).await,
        }
        self.alive[turn].1 += 1;
        let left = !loaded.complaint.stage.is_open() && self.chance.once_in(4);
        if left || self.alive[turn].1 >= MOVES_MAX {
            self.alive.swap_remove(turn);
        }
    }

    async fn ask(&mut self, loaded: &Loaded, who: &str, name: &'static str, body: Value) {
        let body = self.real(loaded, name, body).await;
        let asked = self.house.act(async |app| {
            let actor = match who {
                CUSTOMER => Actor::Complainant,
                who => Actor::Staff(app.member(who).await?),
            };
            let asked = Asked { name, body: &body, actor: &actor, owner: "front", if_match: None };
            app.run(loaded.clone(), asked).await
        });
        let asked = asked.await.map(|ran| format!("{} {}", ran.version, ran.events.len()));
        let what = format!("{who} {name} {}", loaded.row.reference);
        if self.end_of(&what, asked) {
            self.accepted += 1;
        }
    }

    /// The same body with uploads, a complaint and an event that exist.
    async fn real(&mut self, loaded: &Loaded, name: &str, mut body: Value) -> Value {
        if name == "joining" && body.get("into").is_some() {
            body["into"] = json!(self.chance.one(&self.taken).receipt.reference);
        }
        if name == "redaction" {
            let worded: Vec<_> =
                loaded.history.iter().filter(|t| t.stored.words.is_some()).collect();
            body["event"] = json!(self.chance.one(&worded).stored.pos);
        }
        let text = body.to_string();
        if !text.contains("\"upl_") {
            return body;
        }
        let id = self.upload().await;
        let text =
            ["upl_m", "upl_n", "upl_p"].iter().fold(text, |text, old| text.replace(old, &id));
        serde_json::from_str(&text).expect("still JSON")
    }

    /// An upload nobody used yet.
    async fn upload(&mut self) -> String {
        if let Some(spare) = unused(&self.house.app, self.spare.as_ref()).await {
            return spare;
        }
        for _ in 0..AGAIN_MAX {
            self.uploads += 1;
            let owner = format!("front-{}", self.uploads);
            let bytes = b"\x89PNG\r\n\x1a\n a picture".to_vec();
            let made =
                self.house.act(async |app| app.upload(&owner, "anh.png", &bytes).await).await;
            let made = made.map(|made| made.id);
            if let Ended::Answered(Ok(id)) = made {
                self.spare = Some(id.clone());
                return id;
            }
            self.end_of("upload", made);
        }
        panic!("no upload is taken");
    }
}

/// Whether the rules said no, which is an answer.
fn is_no(error: &AppError) -> bool {
    matches!(error, AppError::Refused(_) | AppError::Forbidden | AppError::NotFound)
}

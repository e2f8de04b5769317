//! Two thousand accepted commands of everybody, drawn by chance; the rows built anew from the
//! events are those the program wrote on the way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::SignedDuration;
use redress_app::{App, AppError, Asked, Loaded, NewDelegation, core::complaint::people::Actor};
use redress_channels::Handover;
use redress_store::{DumpLine, Store};
use redress_testkit::{Chance, moves, moves::Move, people};
use serde_json::{Value, json};

use crate::{
    kit::{House, unused, with},
    page,
};

/// Commands and notices that must be accepted.
const ACCEPTED: usize = 2_000;
/// Complaints that live at the same time.
const ALIVE: usize = 6;
/// Moves after which a life is left as it is, for the timers to end.
const MOVES_MAX: usize = 70;
/// One life in so many is looked at as its complainant sees it, at every move.
const WATCHED: usize = 8;

/// Everybody's moves.
pub(crate) struct Play {
    pub(crate) house: House,
    chance: Chance,
    /// References of living complaints, each with its moves so far.
    alive: Vec<(String, usize)>,
    all: Vec<String>,
    pub(crate) accepted: usize,
    /// Complaints as they stand, until something moves.
    loaded: HashMap<String, Loaded>,
    actors: HashMap<&'static str, Actor>,
    /// Accepted commands by name.
    pub(crate) seen: BTreeMap<&'static str, usize>,
    /// An upload nobody used yet.
    spare: Option<String>,
    uploads: usize,
}

impl Play {
    pub(crate) async fn open(seed: u64) -> Self {
        let house = House::open("2026-09-07 08:10").await;
        let mut actors = HashMap::new();
        for who in moves::ACTORS {
            actors.insert(*who, house.actor(who).await);
        }
        Self {
            house,
            chance: Chance::new(seed),
            alive: vec![],
            all: vec![],
            accepted: 0,
            loaded: HashMap::new(),
            actors,
            seen: BTreeMap::new(),
            spare: None,
            uploads: 0,
        }
    }

    fn app(&self) -> &App {
        &self.house.app
    }

    pub(crate) async fn turn(&mut self) {
        if self.alive.len() < ALIVE {
            self.complain().await;
        }
        let turn = usize::try_from(self.chance.below(self.alive.len() as u64)).expect("is small");
        let reference = self.alive[turn].0.clone();
        let loaded = self.load(&reference).await;
        let (complaint, policy) = (&loaded.complaint, &loaded.pack.policy);
        let drawn = moves::next(complaint, policy, self.app().now(), &mut self.chance);
        match drawn {
            Move::Wait(time) => self.wait(time).await,
            Move::Provider { .. } => self.script(),
            Move::Ask { who, name, body } => {
                if self.ask(&loaded, who, name, body).await {
                    self.settle().await;
                    if self.all.len().is_multiple_of(WATCHED) {
                        page::says_what_the_events_say(&self.house, &reference).await;
                    }
                }
            }
        }
        self.alive[turn].1 += 1;
        let archived = !complaint.stage.is_open() && self.chance.once_in(4);
        if archived || self.alive[turn].1 >= MOVES_MAX {
            self.alive.swap_remove(turn);
        }
    }

    async fn complain(&mut self) {
        let (body, by) = self.notice().await;
        let receipt = self.house.try_complain(&body, by).await.expect("a good notice");
        self.alive.push((receipt.reference.clone(), 0));
        self.all.push(receipt.reference);
        self.accept(if by.is_some() { "entry" } else { "notice" });
    }

    async fn notice(&mut self) -> (Value, Option<&'static str>) {
        let number = self.all.len();
        let mut body = json!({
            "language": self.chance.one(&["vi", "en", "lo"]),
            "about": self.chance.one(&["product", "service", "both", "unsure"]),
            "text": self.chance.one(&["Cửa đóng rất ồn.", "It stops 4 cm too low.", "ມີສຽງດັງ"]),
            "complainant": {"name": "Trần Thị Hà", "phone": format!("09123{:05}", number % 40)},
            "danger": self.chance.once_in(5),
        });
        if self.chance.once_in(2) {
            body["complainant"]["email"] = json!(format!("ha{}@example.vn", number % 7));
        }
        if self.chance.once_in(4) {
            let id = self.upload().await;
            body = with(body, &json!({"attachments": [id]}));
            self.spare = None;
        }
        let by = self.chance.once_in(3).then_some(people::MAI);
        if by.is_some() {
            body["channel"] = json!(self.chance.one(&["phone", "zalo", "letter", "email"]));
        }
        (body, by)
    }

    fn accept(&mut self, name: &'static str) {
        self.accepted += 1;
        *self.seen.entry(name).or_default() += 1;
    }

    async fn load(&mut self, reference: &str) -> Loaded {
        if let Some(known) = self.loaded.get(reference) {
            return known.clone();
        }
        let loaded = self.house.load(reference).await;
        self.loaded.insert(reference.to_owned(), loaded.clone());
        loaded
    }

    async fn settle(&mut self) {
        self.loaded.clear();
        self.house.settle().await;
    }

    /// Many lives share the clock, so a long wait of one is not a move of all, or years would pass.
    async fn wait(&mut self, time: SignedDuration) {
        if time.as_hours() < 3 || self.chance.once_in(4) {
            self.house.clock.pass(time);
            self.settle().await;
        }
    }

    /// What a provider will answer next.
    fn script(&mut self) {
        let now = self.app().now();
        let handover = match self.chance.below(3) {
            0 => Handover::Unknown,
            1 => Handover::Busy { not_before: now + SignedDuration::from_mins(7) },
            _ => return,
        };
        self.house.post.script([handover]);
    }

    async fn ask(&mut self, loaded: &Loaded, who: &str, name: &'static str, body: Value) -> bool {
        let body = match name {
            "redaction" => self.redaction(loaded),
            "joining" => self.joining(body),
            _ => self.with_uploads(body).await,
        };
        let uses = body.to_string().contains("upl_");
        let asked =
            Asked { name, body: &body, actor: &self.actors[who], owner: "front", if_match: None };
        match self.app().run(loaded.clone(), asked).await {
            Ok(ran) if ran.events.is_empty() => false,
            Ok(_) => {
                self.accept(name);
                if uses {
                    self.spare = None;
                }
                true
            }
            Err(AppError::Refused(_) | AppError::Forbidden | AppError::NotFound) => false,
            Err(error) => panic!("{who} {name} {body}: {error:?}"),
        }
    }

    /// A redaction of words some event of this complaint holds.
    fn redaction(&mut self, loaded: &Loaded) -> Value {
        let worded: Vec<_> = loaded.history.iter().filter(|t| t.stored.words.is_some()).collect();
        let told = self.chance.one(&worded);
        let words: Value =
            serde_json::from_str(told.stored.words.as_deref().unwrap_or("{}")).expect("is JSON");
        let texts = words.as_object().into_iter().flatten();
        let fields: Vec<&String> =
            texts.filter(|(_, value)| value.is_string()).map(|(name, _)| name).collect();
        let field = fields.first().map_or("text", |field| field.as_str());
        json!({"event": told.stored.pos, "fields": [field], "ground": "third-party-data"})
    }

    /// A joining to a complaint that exists.
    fn joining(&mut self, mut body: Value) -> Value {
        if body.get("into").is_some() {
            body["into"] = json!(self.chance.one(&self.all));
        }
        body
    }

    /// The same body with an upload that exists.
    async fn with_uploads(&mut self, body: Value) -> Value {
        let text = body.to_string();
        if !text.contains("\"upl_") {
            return body;
        }
        let id = self.upload().await;
        let text =
            ["upl_m", "upl_n", "upl_p"].iter().fold(text, |text, old| text.replace(old, &id));
        serde_json::from_str(&text).expect("still JSON")
    }

    async fn upload(&mut self) -> String {
        if let Some(spare) = unused(self.app(), self.spare.as_ref()).await {
            return spare;
        }
        self.uploads += 1;
        let owner = format!("front-{}", self.uploads);
        let bytes = b"\x89PNG\r\n\x1a\n a picture";
        let made = self.app().upload(&owner, "anh.png", bytes).await.expect("there is room");
        self.spare = Some(made.id.clone());
        made.id
    }
}

async fn dump(store: &Store) -> Vec<DumpLine> {
    let mut lines = Vec::new();
    store.dump(|line| lines.push(line)).await.expect("it is read");
    lines
}

async fn same(house: &House) -> Vec<DumpLine> {
    let (_room, fresh) = house.rebuilt().await;
    let live = house.store();
    let differences = live.compare_rows(&fresh, 20).await.expect("both are read");
    assert_eq!(differences, []);
    let lines = dump(&live).await;
    assert_eq!(lines, dump(&fresh).await);
    lines
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_rebuilt_after_two_thousand_accepted_commands_are_the_live_rows() {
    let mut play = Play::open(20_261).await;
    let director = play.house.actor(people::DIRECTOR).await;
    let from = play.app().now();
    let until = from + SignedDuration::from_hours(90);
    let duty = play.app().set_duty(people::TUNG, from, until, "0987654321", &director);
    duty.await.expect("a line of the roster");
    let deputy = NewDelegation { to: people::LAN, director: None, from, until };
    let made = play.app().delegate(deputy, &director).await.expect("a delegation");
    play.app().end_delegation(&made.id, &director).await.expect("it ends early");
    // Complaints are seldom joined; a few more commands come to it.
    let joined = |play: &Play| play.seen.get("joining").is_some_and(|times| *times >= 2);
    while play.accepted < ACCEPTED || !joined(&play) && play.accepted < 2 * ACCEPTED {
        play.turn().await;
    }
    let tables: BTreeSet<&str> = same(&play.house).await.iter().map(|line| line.table).collect();
    let every = [
        "account",
        "complaint",
        "complaint_department",
        "delegation",
        "duty",
        "notice",
        "person",
        "person_contact",
        "running_promise",
    ];
    assert_eq!(tables, BTreeSet::from(every), "an empty table proves nothing");
    assert!(play.seen.len() >= 24, "{:?}", play.seen);
    assert!(play.seen["redaction"] >= 3 && play.seen["joining"] >= 2, "{:?}", play.seen);
    play.house.verify_log().await;
    let mut rounds = 0;
    for reference in &play.all {
        page::says_what_the_events_say(&play.house, reference).await;
        rounds = rounds.max(play.house.load(reference).await.complaint.rounds.len());
    }
    assert!(rounds >= 2, "nobody disagreed");

    let house = play.house.restart(None).await.expect("it starts again");
    same(&house).await;
}

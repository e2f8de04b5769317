//! What people do with a server, five times a second: complain by form and by machine, add pictures, move
//! complaints, search, look at the queue. Keeps what was answered. Must not end by itself.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::lives::Living;
use super::rest;
use crate::long::load::listed;
use crate::serve::house::{CARE, Case, House, noise, with};
use crate::serve::uploads::PIXEL;

/// Hands that work at once.
pub(super) const HANDS: u32 = 4;
/// Time between two deeds.
const EVERY: Duration = Duration::from_millis(200);
/// Complaints that are on their way at once.
const LIVING_MAX: usize = 20;
/// Readings at once at the start of a life, so that every connection and cache there is is used.
const CROWD: usize = 16;
/// The deeds, in turn; half of them move a complaint.
const DEEDS: &[fn(&Work, &House, usize) -> bool] = &[
    Work::complain,
    Work::go_on,
    Work::look_at_queue,
    Work::complain_with_picture,
    Work::go_on,
    Work::search,
    Work::fill_in_form,
    Work::go_on,
    Work::look_at_case,
    Work::go_on,
];

/// A complaint as it is sent, so that it can be sent again.
#[derive(Debug, Clone)]
struct Sent {
    n: usize,
    by_form: bool,
    body: Value,
    picture: Option<Vec<u8>>,
}

/// A complaint that was answered.
#[derive(Debug, Clone)]
struct Kept {
    reference: String,
    receipt: Option<Value>,
    picture: Option<Vec<u8>>,
}

#[derive(Debug, Default)]
struct Ledger {
    kept: Vec<Kept>,
    open: Vec<Sent>,
    living: VecDeque<Living>,
    over: Vec<Living>,
}

pub(super) struct Work {
    session: String,
    deeds: AtomicUsize,
    asked: AtomicU32,
    ledger: Mutex<Ledger>,
}

impl Work {
    /// Whoever works has this session of the desk.
    pub(super) fn new(session: String) -> Self {
        Self {
            session,
            deeds: AtomicUsize::new(0),
            asked: AtomicU32::new(0),
            ledger: Mutex::default(),
        }
    }

    fn ledger<T>(&self, use_it: impl FnOnce(&mut Ledger) -> T) -> T {
        use_it(&mut self.ledger.lock().expect("nobody panics holding it"))
    }

    /// One pair of hands works until the connection breaks.
    pub(super) fn do_until_it_breaks(&self, house: &House, hand: u32) {
        let (_silent, woken) = channel();
        let begun = Instant::now();
        for turn in 0.. {
            let at = EVERY * (HANDS * turn + hand);
            rest(at.saturating_sub(begun.elapsed()), &woken);
            let n = self.deeds.fetch_add(1, Ordering::Relaxed);
            if !DEEDS[n % DEEDS.len()](self, house, n) {
                return;
            }
            self.asked.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Many read at once.
    pub(super) fn warm_up(&self, house: &House) {
        thread::scope(|scope| {
            for n in 0..CROWD {
                scope.spawn(move || {
                    assert!(self.look_at_queue(house, n) && self.search(house, n), "it works");
                });
            }
        });
    }

    fn complain(&self, house: &House, n: usize) -> bool {
        self.send(house, Sent { n, by_form: false, body: says(n), picture: None })
    }

    fn complain_with_picture(&self, house: &House, n: usize) -> bool {
        let bytes = [PIXEL, n.to_string().as_bytes()].concat();
        let upload = house.client.post("/api/v1/uploads").file("file", "a.png", &bytes).try_send();
        let Some(upload) = upload else { return false };
        let body = with(says(n), json!({"attachments": [upload.is(201).json()["id"]]}));
        self.send(house, Sent { n, by_form: false, body, picture: Some(bytes) })
    }

    fn fill_in_form(&self, house: &House, n: usize) -> bool {
        let picture = (n % 20 < 10).then(|| [PIXEL, n.to_string().as_bytes()].concat());
        self.send(house, Sent { n, by_form: true, body: says(n), picture })
    }

    /// Sends a complaint and keeps what is answered; `false` when the connection broke.
    fn send(&self, house: &House, sent: Sent) -> bool {
        let Some(kept) = try_send(house, &sent) else {
            self.ledger(|ledger| ledger.open.push(sent));
            return false;
        };
        self.ledger(|ledger| {
            if ledger.living.len() < LIVING_MAX
                && let Some(receipt) = &kept.receipt
            {
                ledger.living.push_back(Living::new(Case::of(receipt)));
            }
            ledger.kept.push(kept);
        });
        true
    }

    /// One step of one complaint.
    fn go_on(&self, house: &House, _: usize) -> bool {
        let Some(mut living) = self.ledger(|ledger| ledger.living.pop_front()) else { return true };
        let answered = living.step(house);
        self.ledger(|ledger| {
            if living.is_over() {
                ledger.over.push(living);
            } else {
                ledger.living.push_back(living);
            }
        });
        answered
    }

    fn look_at_queue(&self, house: &House, _: usize) -> bool {
        let page = house.client.get("/desk/queue").header("cookie", &self.session).try_send();
        page.is_some_and(|page| page.is(200).text().contains("KN-") || self.is_empty())
    }

    fn is_empty(&self) -> bool {
        self.ledger(|ledger| ledger.kept.is_empty())
    }

    /// Some complaint that was answered.
    fn any(&self, n: usize) -> Option<Kept> {
        self.ledger(|ledger| {
            let count = ledger.kept.len().max(1);
            ledger.kept.get(n.wrapping_mul(2_654_435_761) % count).cloned()
        })
    }

    fn search(&self, house: &House, n: usize) -> bool {
        let Some(kept) = self.any(n) else { return true };
        let path = format!("/api/v1/complaints?state=all&q={}", kept.reference);
        let Some(found) = house.client.get(&path).token(house.token(CARE)).try_send() else {
            return false;
        };
        let found = found.is(200).json();
        assert_eq!(found["items"][0]["reference"], kept.reference, "it is found: {found}");
        true
    }

    fn look_at_case(&self, house: &House, n: usize) -> bool {
        let Some(kept) = self.any(n) else { return true };
        let path = format!("/desk/complaints/{}", kept.reference);
        let page = house.client.get(&path).header("cookie", &self.session).try_send();
        page.is_some_and(|page| page.is(200).text().contains(&kept.reference))
    }

    /// After a kill: what was not answered is sent again, and is answered.
    pub(super) fn send_again(&self, house: &House) {
        for sent in self.ledger(|ledger| std::mem::take(&mut ledger.open)) {
            assert!(self.send(house, sent), "the server works again");
        }
    }

    /// Everything that was answered is there as it was answered, and nothing else is.
    pub(super) fn is_all_there(&self, house: &House) {
        self.ledger(|ledger| {
            assert!(ledger.open.is_empty());
            let references: BTreeSet<String> =
                ledger.kept.iter().map(|kept| kept.reference.clone()).collect();
            assert_eq!(references.len(), ledger.kept.len(), "a reference was given twice");
            let listed = listed(house);
            assert!(listed.values().all(|times| *times == 1), "listed twice");
            assert_eq!(listed.into_keys().collect::<BTreeSet<_>>(), references);
            ledger.kept.iter().for_each(|kept| kept.is_there(house));
            ledger.living.iter().chain(&ledger.over).for_each(|living| living.is_there(house));
        });
    }

    pub(super) fn told(&self) -> String {
        let asked = self.asked.load(Ordering::Relaxed);
        self.ledger(|ledger| {
            let pictures = ledger.kept.iter().filter(|kept| kept.picture.is_some()).count();
            format!(
                "{asked} deeds: {} complaints, {pictures} pictures, {} whole lives of two rounds",
                ledger.kept.len(),
                ledger.over.len()
            )
        })
    }
}

impl Kept {
    fn is_there(&self, house: &House) {
        let seen = house.show(CARE, &self.reference);
        if let Some(receipt) = &self.receipt {
            assert_eq!(seen["received_at"], receipt["received_at"], "{}", self.reference);
            for (n, promise) in receipt["promises"].as_array().expect("a list").iter().enumerate() {
                assert_eq!(seen["promises"][n]["due"], promise["due"], "{}", self.reference);
            }
        }
        if let Some(picture) = &self.picture {
            let digest = seen["files"][0]["sha256"].as_str().expect("it is named");
            let path = house.path().join("redress-data/files").join(&digest[..2]).join(digest);
            assert_eq!(&std::fs::read(path).expect("it is there"), picture, "{}", self.reference);
        }
    }
}

fn says(n: usize) -> Value {
    with(noise(), json!({"text": format!("Thang kêu to và dừng lệch tầng, lần thứ {n}")}))
}

/// Sends; `None` when the connection broke.
fn try_send(house: &House, sent: &Sent) -> Option<Kept> {
    let key = format!("soak-of-an-hour-{:06}", sent.n);
    if sent.by_form {
        let text = sent.body["text"].as_str().expect("a text");
        let fields = [
            ("key", key.as_str()),
            ("consent.notice", "2026-01-01"),
            ("text", text),
            ("name", "Nguyễn Thị Hà"),
            ("phone", "0912 345 678"),
            ("place", "Sảnh B"),
        ];
        let file = sent.picture.as_deref().map(|bytes| ("ảnh.png", bytes));
        let ask = house.client.that_stays().post("/vi/complaints").form(&fields, file);
        let answer = ask.try_send()?.is(303);
        let reference =
            answer.header("location").split('/').nth(3).expect("a reference").to_owned();
        return Some(Kept { reference, receipt: None, picture: sent.picture.clone() });
    }
    let ask = house.client.post("/api/v1/complaints").header("idempotency-key", &key);
    let receipt = ask.json(&sent.body).try_send()?.is(201).json();
    let reference = Case::of(&receipt).reference;
    Some(Kept { reference, receipt: Some(receipt), picture: sent.picture.clone() })
}

//! Clients who submit, and what must be there of it afterwards. Must not end a server.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use redress_testkit::Chance;
use serde_json::{Value, json};

use crate::serve::house::{CARE, Case, House, noise, with};
use crate::serve::http::Ask;
use crate::serve::uploads::PIXEL;
use crate::serve::wait::DEADLINE;

/// Who submits at the same time.
const CLIENTS: usize = 20;
/// One of so many complaints comes with a picture of its own, where pictures are sent.
const PICTURE_EVERY: usize = 3;

/// One complaint: what was sent, and what became of it.
#[derive(Debug)]
pub(super) struct Sent {
    key: String,
    body: Value,
    picture: Option<Vec<u8>>,
    /// `None` when the connection broke.
    pub(super) status: Option<u16>,
    /// `None` also for an answer that came when the power was off.
    pub(super) receipt: Option<Value>,
}

impl Sent {
    /// Sends one complaint, with a picture nobody else has if it is to have one and the upload is taken.
    pub(super) fn new(house: &House, name: &str, has_picture: bool) -> Self {
        Self::until_off(house, name, has_picture, &AtomicBool::new(false))
    }

    /// The same; no answer counts that comes once the power is off.
    fn until_off(house: &House, name: &str, has_picture: bool, is_off: &AtomicBool) -> Self {
        let is_on = || !is_off.load(Ordering::SeqCst);
        let key = format!("complaint-under-load-{name}");
        let mut body = with(noise(), json!({"text": format!("Thang kêu, lần {name}")}));
        let mut picture = None;
        if has_picture {
            let bytes = [PIXEL, name.as_bytes()].concat();
            let upload = house.client.post("/api/v1/uploads").file("file", "a.png", &bytes);
            let taken = upload.try_send().filter(|answer| answer.status == 201 && is_on());
            if let Some(taken) = taken {
                body = with(body, json!({"attachments": [taken.json()["id"]]}));
                picture = Some(bytes);
            }
        }
        let answer = ask(house, &key, &body).try_send();
        let status = answer.as_ref().map(|answer| answer.status);
        assert!(matches!(status, None | Some(201 | 500..)), "{answer:?}");
        let receipt = answer.filter(|answer| answer.status == 201 && is_on());
        let receipt = receipt.map(|answer| answer.json());
        Self { key, body, picture, status, receipt }
    }

    /// Whether it has a picture, whose upload was answered.
    pub(super) const fn has_picture(&self) -> bool {
        self.picture.is_some()
    }
}

fn ask(house: &House, key: &str, body: &Value) -> Ask {
    house.client.post("/api/v1/complaints").header("idempotency-key", key).json(body)
}

/// When it happens: after so many answers, and a little later.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    answers: u64,
    later: Duration,
}

impl Moment {
    /// Some moment, after fewer than `answers_below` answers.
    pub(super) fn some(chance: &mut Chance, answers_below: u64) -> Self {
        let answers = chance.below(answers_below);
        Self { answers, later: Duration::from_micros(chance.below(30_000)) }
    }

    fn wait(self, answered: &Receiver<()>) {
        for _ in 0..self.answers {
            answered.recv_timeout(DEADLINE).expect("answers come");
        }
        let (_silent, pause) = channel::<()>();
        // Nobody sends: this is the time between an answer and the end.
        pause.recv_timeout(self.later).ok();
    }
}

/// Many clients submit until none is answered; `end` is called at the moment, and says by its flag when
/// the power is off.
pub(super) fn until_the_end(
    house: &House,
    name: &str,
    has_pictures: bool,
    moment: Moment,
    end: impl FnOnce(&AtomicBool),
) -> Vec<Sent> {
    let (tell, answered) = channel();
    let is_off = AtomicBool::new(false);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|n| {
                let (name, tell) = (format!("{name}-{n:02}"), tell.clone());
                let is_off = &is_off;
                scope.spawn(move || submit(house, &name, has_pictures, &tell, is_off))
            })
            .collect();
        drop(tell);
        moment.wait(&answered);
        end(&is_off);
        clients.into_iter().flat_map(|client| client.join().expect("it ends")).collect()
    })
}

fn submit(
    house: &House,
    name: &str,
    has_pictures: bool,
    tell: &Sender<()>,
    is_off: &AtomicBool,
) -> Vec<Sent> {
    let mut all = Vec::new();
    loop {
        let n = all.len();
        let (name, has_picture) =
            (format!("{name}-{n:04}"), has_pictures && n % PICTURE_EVERY == 0);
        let sent = Sent::until_off(house, &name, has_picture, is_off);
        let is_answered = sent.receipt.is_some();
        all.push(sent);
        if !is_answered {
            return all;
        }
        // Nobody counts any more once the end was called.
        tell.send(()).ok();
    }
}

/// Of what was answered, the references that are not there any more.
pub(super) fn lost(house: &House, sent: &[Sent]) -> Vec<String> {
    let cases = sent.iter().filter_map(|one| one.receipt.as_ref()).map(Case::of);
    let gone = cases.filter(|case| {
        let path = format!("/api/v1/complaints/{}", case.reference);
        house.client.get(&path).token(&case.tracking).send().status != 200
    });
    gone.map(|case| case.reference).collect()
}

/// What was answered is there as it was answered, to who asks by its link and to who sends it again;
/// what was not answered is answered now. The references of all of it, each of one complaint.
pub(super) fn all_is_there(house: &House, sent: &[Sent], told: &str) -> BTreeSet<String> {
    let mut references = BTreeSet::new();
    for one in sent {
        let again = ask(house, &one.key, &one.body).send().is(201).json();
        let case = Case::of(&again);
        if let Some(receipt) = &one.receipt {
            assert_eq!(Case::of(receipt), case, "{told}: an answer was forgotten");
            let seen = house.show(&case.tracking, &case.reference);
            for (n, promise) in receipt["promises"].as_array().expect("a list").iter().enumerate() {
                assert_eq!(again["promises"][n], *promise, "{told}: {}", case.reference);
                assert_eq!(
                    seen["promises"][n]["due"], promise["due"],
                    "{told}: {}",
                    case.reference
                );
            }
            assert_eq!(again["received_at"], receipt["received_at"], "{told}: {}", case.reference);
        }
        if let Some(bytes) = &one.picture {
            let files = house.show(CARE, &case.reference)["files"].clone();
            let digest = files[0]["sha256"].as_str().expect("the file is named");
            let path = format!("/vi/track/{}/files/{digest}", case.tracking);
            let file = house.client.get(&path).send().is(200);
            assert_eq!(&file.bytes, bytes, "{told}: the bytes of an attachment");
        }
        assert!(references.insert(case.reference), "{told}: a reference was given twice");
    }
    references
}

/// Every complaint there is, each once, is one of these.
pub(super) fn nothing_else_is_there(house: &House, references: &BTreeSet<String>, told: &str) {
    let found = listed(house);
    assert!(found.values().all(|times| *times == 1), "{told}: {found:?}");
    assert_eq!(&found.into_keys().collect::<BTreeSet<_>>(), references, "{told}");
}

/// Every complaint there is: how often its reference is listed.
pub(super) fn listed(house: &House) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut query = "state=all&limit=200".to_owned();
    loop {
        let path = format!("/api/v1/complaints?{query}");
        let page = house.client.get(&path).token(house.token(CARE)).send().is(200).json();
        for item in page["items"].as_array().expect("a list") {
            *found.entry(item["reference"].as_str().expect("a text").to_owned()).or_default() += 1;
        }
        let Some(next) = page["next"].as_str() else { return found };
        query = format!("state=all&limit=200&after={next}");
    }
}

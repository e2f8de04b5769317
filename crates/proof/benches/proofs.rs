//! The figures of the log: events a second of a whole verification, on one thread and on two, and its
//! ratio to bare SHA-256 over the same bytes; a receipt verified; a path made at ten million leaves.
//!
//! Run by `cargo xtask bench proofs`. Must not be part of any test: machines differ.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

use std::convert::Infallible;
use std::hint::black_box;
use std::thread;
use std::time::Instant;

use jiff::Timestamp;
use redress_proof::{
    CheckedRow, Checkpoint, Commitment, Hash, Hashes, KeyKind, Leaf, LogCheck, Node, OpenWords,
    Opening, PATH_HASHES_MAX, Receipt, Row, SigningKey, check_log, inclusion_proof, node_hash,
    payload, verify,
};
use sha2::{Digest, Sha256};

/// Events of the log that is verified. Its bytes are many times the caches of a processor.
const EVENTS: u32 = 100_000;
/// Rounds; each measures the check and the bare hash, one after the other; figures are medians.
const ROUNDS: usize = 11;
/// Questions of one round where a single one is too short to measure.
const ASKED: u32 = 1_000;
/// Rows that a thread checks at once.
const SHARE: usize = 8_192;
/// Leaves of the log whose paths are made.
const LARGE: u64 = 10_000_000;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let openings: Vec<Opening> = (0..EVENTS).map(opening).collect();
    let rows: Vec<Row<'_>> = (0..).zip(&openings).map(row).collect();
    let bytes: Vec<u8> = openings.iter().flat_map(texts).collect();
    let (mut one, mut two, mut ratio) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let bare = seconds(|| Sha256::digest(black_box(&bytes)));
        let checked = seconds(|| check_log(rows.iter().copied()).expect("the log is sound"));
        ratio.push(checked / bare);
        one.push(f64::from(EVENTS) / checked);
        two.push(f64::from(EVENTS) / seconds(|| on_two_threads(&rows)));
    }
    println!("{} bytes of leaf, payload and words an event", bytes.len() / openings.len());
    let fastest = |rounds: &[f64]| rounds.iter().copied().fold(0.0, f64::max);
    println!(
        "fastest round: {:.0} /s on one thread, {:.0} /s on two",
        fastest(&one),
        fastest(&two)
    );
    say("events verified on one thread", median(one), "/s", |it| it >= 500_000.0, ">= 500000");
    say("events verified on two threads", median(two), "/s", |it| it >= 500_000.0, ">= 500000");
    println!("time against bare SHA-256 over these bytes: {:.1} times", median(ratio));
    of_one();
}

/// A receipt and a path: what a person waits for.
fn of_one() {
    let mut large = Large::new();
    let asked = (0..ASKED).map(|nth| u64::from(nth) * 9_973 % LARGE);
    let indices: Vec<u64> = asked.collect();
    let path = each(|nth| drop(black_box(inclusion_proof(&mut large, indices[nth], LARGE))));
    say("path at ten million leaves", path, "us", |it| it < 5_000.0, "< 5000");

    let key = |kind, seed| SigningKey::from_seed("example.org/log/1", kind, &[seed; 32]);
    let (log, witness) = (key(KeyKind::Log, 1), key(KeyKind::Witness, 2));
    let (log, witness) = (log.expect("a name"), witness.expect("a name"));
    let opening = opening(1);
    let leaf = redress_proof::leaf_hash(opening.leaf.as_bytes());
    // A path as long as it can be, with the root that it leads to.
    let path = vec![[7; 32]; PATH_HASHES_MAX];
    let root = path.iter().fold(leaf, |hash, beside| node_hash(&hash, beside));
    let tree = redress_proof::Tree { size: redress_proof::SIZE_MAX, root };
    let mut checkpoint = Checkpoint::new("example.org/log/1", tree).expect("a name").sign(&[&log]);
    let cosignature = witness.cosign(&checkpoint, Timestamp::UNIX_EPOCH).expect("after 1970");
    checkpoint.add(cosignature);
    let receipt = Receipt { opening, index: 0, path, checkpoint }.to_string();
    let known = [&log, &witness].map(|key| key.verification_key().clone());
    assert!(verify(receipt.as_bytes(), &known).is_ok(), "the receipt is sound");
    let verified = each(|_| drop(black_box(verify(receipt.as_bytes(), &known))));
    say("receipt with a witness", verified, "us", |it| it < 1_000.0, "< 1000");
}

/// Checks rows on two threads, and appends them in order on this one.
fn on_two_threads(rows: &[Row<'_>]) -> redress_proof::Tree {
    let mut log = LogCheck::default();
    let check = |rows: &[Row<'_>]| -> Vec<CheckedRow> {
        rows.iter().map(|row| row.check().expect("the log is sound")).collect()
    };
    for pair in rows.chunks(2 * SHARE) {
        let (left, right) = pair.split_at(SHARE.min(pair.len()));
        let (left, right) = thread::scope(|scope| {
            let left = scope.spawn(|| check(left));
            (check(right), left.join().expect("a thread ends"))
        });
        for row in right.into_iter().chain(left) {
            log.append(row).expect("the log is sound");
        }
    }
    log.finish().expect("the log is sound")
}

fn opening(nth: u32) -> Opening {
    let at = Timestamp::from_second(1_795_000_000 + i64::from(nth)).expect("an instant");
    let salt = Commitment::new(&[1; 32], &nth.to_be_bytes()).as_bytes().to_owned();
    // About half of the events of a complaint have words.
    let words = nth.is_multiple_of(2).then(|| OpenWords {
        text: format!(r#"{{"account":"{}","n":{nth}}}"#, "Thang máy dừng giữa tầng. ".repeat(8)),
        salt,
    });
    let committed = words.as_ref().map(|it| Commitment::new(&it.salt, it.text.as_bytes()));
    let facts = format!(
        r#"{{"event":"promise.kept","schema":1,"stream":"complaint-01912f4c-7f1e-7a3b-9d2e-{nth:012x}","version":7,"at":"2026-11-22T08:44:00.000000Z","actor":{{"user":"01912f4c-7f1e-7a3b-9d2e-0123456789ab"}},"facts":{{"promise":"first-reply","due":"2026-11-22T11:44:00Z"}}}}"#
    );
    let payload = payload(&facts, committed.as_ref());
    Opening { leaf: Leaf::event(at, &salt, &payload).text(), salt, payload, words }
}

fn row((index, opening): (u64, &Opening)) -> Row<'_> {
    let second = 1_795_000_000 + i64::try_from(index).expect("small");
    Row {
        index,
        recorded_at: Timestamp::from_second(second).expect("an instant"),
        leaf: &opening.leaf,
        salt: &opening.salt,
        payload: &opening.payload,
        words: opening.words.as_ref().map(|words| words.text.as_str()),
        words_salt: opening.words.as_ref().map(|words| &words.salt[..]),
        erased: &[],
    }
}

fn texts(opening: &Opening) -> Vec<u8> {
    let words = opening.words.as_ref().map_or("", |words| &words.text);
    [&opening.leaf, &opening.payload, words].map(str::as_bytes).concat()
}

/// A tree of equal leaves, whose subtrees of one height have one hash.
struct Large(Vec<Hash>);

impl Large {
    fn new() -> Self {
        let levels = std::iter::successors(Some([7; 32]), |hash| Some(node_hash(hash, hash)));
        Self(levels.take(64).collect())
    }
}

impl Hashes for Large {
    type Error = Infallible;

    fn hashes(&mut self, nodes: &[Node]) -> Result<Vec<Hash>, Infallible> {
        Ok(nodes.iter().map(|node| self.0[node.level as usize]).collect())
    }
}

fn seconds<T>(measured: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(measured());
    start.elapsed().as_secs_f64()
}

/// Microseconds of one question, as the median over the rounds.
fn each(mut asked: impl FnMut(usize)) -> f64 {
    let mut round = || seconds(|| (0..ASKED as usize).for_each(&mut asked));
    let rounds = (0..ROUNDS).map(|_| round() * 1e6 / f64::from(ASKED));
    median(rounds.collect())
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

fn say(what: &str, figure: f64, unit: &str, good: impl Fn(f64) -> bool, wanted: &str) {
    let verdict = if good(figure) { "reached" } else { "MISSED" };
    println!("{what}: {figure:.1} {unit} ({wanted}: {verdict})");
}

//! The modules with which the page in the browser verifies receipts answer as this crate does: the
//! same verdict, the same refusal, the same things proved. Node runs them, as it runs the journeys.

use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use redress_proof::{
    Checkpoint, Commitment, KeyKind, Note, OpenWords, Opening, RECEIPT_BYTES_MAX, Receipt, Refusal,
    SigningKey, Tree, VerificationKey, Verified, Words, leaf_hash, verify,
};

use crate::kit::{Log, ORIGIN, vector};
use crate::mutants::{Numbers, mutate};
use crate::receipts::vector_receipt;
use crate::referees::ask;

/// What is asked, and what this crate answers.
struct Asked {
    questions: Vec<String>,
    answers: Vec<String>,
}

impl Asked {
    fn of(&mut self, receipt: &[u8], known: &[VerificationKey]) {
        let keys: Vec<String> = known.iter().map(|key| format!(r#""{key}""#)).collect();
        let (receipt, answer) = (STANDARD.encode(receipt), answer(&verify(receipt, known)));
        let keys = keys.join(",");
        self.questions.push(format!(r#"{{"Receipt":"{receipt}","Keys":[{keys}]}}"#));
        self.answers.push(answer);
    }
}

fn answer(verified: &Result<Verified, Refusal>) -> String {
    let proved = match verified {
        Ok(proved) => proved,
        Err(refusal) => return refusal.code().to_owned(),
    };
    let seen = proved.cosigned.iter().map(|by| format!("{}@{}", by.name, by.at.as_second()));
    let seen = seen.collect::<Vec<_>>().join(",");
    let words = match proved.words {
        Words::None => "none",
        Words::Closed => "closed",
        Words::Open(_) => "open",
    };
    let Verified { origin, index, tree, recorded_at, kind, payload, .. } = proved;
    let (size, kind, payload) = (tree.size, kind.as_str(), payload.replace('\n', " "));
    format!("ok {origin} {index}/{size} {recorded_at:.3} {kind} {words} {seen} {payload}")
}

/// Receipts of logs of random sizes, whole and changed once or twice.
fn drawn(asked: &mut Asked, numbers: &mut Numbers) {
    for _ in 0..30 {
        let size = 1 + numbers.below(700);
        let mut log = Log::new(size as u64);
        let known = log.known();
        let receipts: Vec<String> =
            (0..5).map(|_| log.receipt(numbers.below(size) as u64).to_string()).collect();
        for (text, other) in receipts.iter().zip(receipts.iter().rev()) {
            asked.of(text.as_bytes(), &known[..1]);
            for turn in 0..30 {
                let mut mutant = mutate(text, other, numbers);
                if let Some(text) = String::from_utf8(mutant.clone()).ok().filter(|_| turn % 3 == 0)
                {
                    mutant = mutate(&(text + "\n"), other, numbers);
                }
                asked.of(&mutant, &known);
            }
        }
    }
}

/// Files that a program or a person has spoilt.
fn spoilt(asked: &mut Asked) {
    let mut log = Log::new(30);
    let known = log.known();
    let whole = log.receipt(7).to_string();
    let signature = log.receipt(7).checkpoint.signatures()[0].to_string();
    let more = (0..63).map(|at| format!("\u{2014} n{at} {}\n", STANDARD.encode([7; 9])));
    let long = whole.clone() + &more.collect::<String>();
    for changed in [
        String::new(),
        "c2sp.org".to_owned(),
        "%PDF-1.7\n".to_owned(),
        whole.replace('\n', "\r\n"),
        whole.replacen("index", "\rindex", 1),
        format!("\u{FEFF}{whole}"),
        format!("{whole}\n"),
        format!("{whole}{signature}\n"),
        whole.replacen("extra ", "extra  ", 1),
        whole.replacen("index 7", "index 9223372036854775808", 1),
        whole.replacen("index 7", "index 9223372036854775807", 1),
        whole.replacen(
            "index 7\n",
            &format!("index 7\n{}", format!("{}\n", vector::PATH[0]).repeat(64)),
            1,
        ),
        whole.replacen("\n30\n", "\n31\n", 1),
        whole.replacen("w.example/1", "w.example/\u{85}", 1),
        whole.replacen("w.example/1", "w.example/\u{FEFF}", 1),
        whole.replacen("w.example/1", "w.example/\u{3000}", 1),
        whole.replacen("w.example/1", &"w".repeat(256), 1),
        whole.replacen("w.example/1", &"ă".repeat(127), 1),
        whole.replacen("w.example/1", &"ă".repeat(128), 1),
        long,
        format!("{whole}\u{2014} n {}\n", STANDARD.encode(vec![7; 100 * 1024])),
        "x".repeat(RECEIPT_BYTES_MAX + 1),
        "\n".repeat(RECEIPT_BYTES_MAX),
    ] {
        asked.of(changed.as_bytes(), &known);
    }
    asked.of(b"\xFF\xD8\xFF", &known);
    asked.of(b"c2sp.org/tlog-proof@v1\n\xED\xA0\x80", &known);
    for cut in (0..whole.len()).step_by(7) {
        asked.of(&whole.as_bytes()[..cut], &known);
    }
}

/// Signed by others, for others, twice, or not at all.
fn signed(asked: &mut Asked) {
    let mut log = Log::new(30);
    let known = log.known();
    let whole = log.receipt(7);
    let tree = whole.verify(&known).unwrap().tree;
    let key = |name: &str, seed| SigningKey::from_seed(name, KeyKind::Log, &[seed; 32]).unwrap();
    let other = key("other.example/log", 4);
    for (origin, keys) in [
        (ORIGIN, vec![&log.key]),
        (ORIGIN, vec![&other]),
        (ORIGIN, vec![&other, &log.key]),
        ("other.example/log", vec![&log.key]),
        ("other.example/log", vec![&log.key, &other]),
    ] {
        let checkpoint = Checkpoint::new(origin, tree).unwrap().sign(&keys);
        let text = Receipt { checkpoint, ..whole.clone() }.to_string();
        let both = [known[0].clone(), other.verification_key().clone()];
        for known in [&known[..], &known[1..], &both[..], &[]] {
            asked.of(text.as_bytes(), known);
        }
    }
    // A witness alone, at the first and at impossible seconds; a signature of another length.
    for second in [0, 253_402_207_200, 253_402_207_201, u64::MAX] {
        let lines = whole.to_string();
        let line = log.receipt(7).checkpoint.signatures()[1].to_string();
        let (name, old) = line.rsplit_once(' ').unwrap();
        let mut bytes = STANDARD.decode(old).unwrap();
        bytes[4..12].copy_from_slice(&second.to_be_bytes());
        let text = lines.replace(&line, &format!("{name} {}", STANDARD.encode(&bytes)));
        asked.of(text.as_bytes(), &known);
        let text = lines.replace(&line, &format!("{name} {}", STANDARD.encode(&bytes[..70])));
        asked.of(text.as_bytes(), &known);
    }
    let mut alone = Note::new(whole.checkpoint.text()).unwrap();
    alone.add(whole.checkpoint.signatures()[1].clone());
    asked.of(Receipt { checkpoint: alone, ..whole.clone() }.to_string().as_bytes(), &known);
    for text in ["no checkpoint\n", "a\n07\nb\n", &format!("{}more\n", whole.checkpoint.text())] {
        let mut note = Note::new(text).unwrap();
        note.add(log.key.sign_note(&note));
        asked.of(Receipt { checkpoint: note, ..whole.clone() }.to_string().as_bytes(), &known);
    }
}

/// Signatures that some verifiers accept and strict ones refuse.
fn lenient(asked: &mut Asked) {
    // Made by the secret key itself: R is the neutral point, S = k · a.
    const NEUTRAL: &str = "FCy8OaWM9+s5EHS3ilww6ClilGvWqbqHAuOVZZWmDAI=";
    let mut log = Log::new(1);
    let known = log.known();
    let whole = log.receipt(0).to_string();
    let line = log.receipt(0).checkpoint.signatures()[0].to_string();
    let (name, old) = line.rsplit_once(' ').unwrap();
    let old = STANDARD.decode(old).unwrap();
    let mut with = |signature: &[u8]| {
        let new = STANDARD.encode([&old[..4], signature].concat());
        asked.of(whole.replace(&line, &format!("{name} {new}")).as_bytes(), &known);
    };
    let mut neutral = [0; 64];
    neutral[0] = 1;
    neutral[32..].copy_from_slice(&STANDARD.decode(NEUTRAL).unwrap());
    with(&neutral);
    // S + L is the same scalar in another text.
    let order = "EDD3F55C1A631258D69CF7A2DEF9DE1400000000000000000000000000000010";
    let mut carry = 0;
    let mut beyond = old[4..].to_vec();
    for (at, byte) in beyond[32..].iter_mut().enumerate() {
        let digit = u16::from_str_radix(&order[2 * at..2 * at + 2], 16).unwrap();
        let sum = u16::from(*byte) + digit + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    with(&beyond);
    with(&old[4..]);
    with(&old[4..67]);
    with(&[0; 64]);
}

/// Leaves, payloads and words that the log itself has signed, and are not as they must be.
fn opened(asked: &mut Asked, numbers: &mut Numbers) {
    let log = Log::new(3);
    let known = log.known();
    let of = |opening: Opening| {
        let tree = Tree { size: 1, root: leaf_hash(opening.leaf.as_bytes()) };
        let checkpoint = Checkpoint::new(ORIGIN, tree).unwrap().sign(&[&log.key]);
        Receipt { opening, index: 0, path: Vec::new(), checkpoint }.to_string()
    };
    let (first, second) = (&log.openings[1], &log.openings[2]);
    for round in 0..300 {
        let leaf = mutate(&first.leaf, &second.leaf, numbers);
        let Ok(leaf) = String::from_utf8(leaf) else { continue };
        let opening = if round % 2 == 0 { first } else { second };
        asked.of(of(Opening { leaf, ..opening.clone() }).as_bytes(), &known);
    }
    for time in [
        "2024-02-29T23:59:59.999Z",
        "2026-02-29T00:00:00.000Z",
        "2026-04-31T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z",
        "2026-00-01T00:00:00.000Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T23:60:00.000Z",
        "2026-11-22T23:59:60.000Z",
        "0000-01-01T00:00:00.000Z",
        "0099-12-31T00:00:00.000Z",
        "9999-12-30T22:00:00.999Z",
        "9999-12-30T22:00:01.000Z",
        "9999-12-31T00:00:00.000Z",
    ] {
        let leaf = format!("{}{time}{}", &first.leaf[..12], &first.leaf[36..]);
        asked.of(of(Opening { leaf, ..first.clone() }).as_bytes(), &known);
    }
    let words = first.words.clone().unwrap();
    let committed = Commitment::new(&words.salt, words.text.as_bytes());
    for payload in [
        String::new(),
        "{}".to_owned(),
        format!(r#"{{"words":"{committed}"}}"#),
        format!(r#"{{"a":1,"words":"{committed}"}}"#),
        format!("{{\"a\":\n1,\"words\":\"{committed}\"}}"),
        format!(r#"{{"a":1 "words":"{committed}"}}"#),
        format!(r#" {{"words":"{committed}"}}"#),
        format!(r#"{{"other_words":"{committed}"}}"#),
        format!(r#"{{"a":{{"words":"{committed}"}}}}"#),
        format!(r#"{{"a":1,"words":"{}"}}"#, "A".repeat(44)),
        format!(r#"{{"a":1,"words":"{}"}}"#, "é".repeat(22)),
    ] {
        let leaf = redress_proof::Leaf::event(jiff::Timestamp::UNIX_EPOCH, &first.salt, &payload);
        let empty = OpenWords { text: String::new(), ..words.clone() };
        for words in [None, Some(words.clone()), Some(empty)] {
            let (leaf, payload) = (leaf.text(), payload.clone());
            let opening = Opening { leaf, payload, words, ..first.clone() };
            asked.of(of(opening).as_bytes(), &known);
        }
    }
}

#[test]
fn the_page_in_the_browser_answers_as_we_do() {
    let mut numbers = Numbers(21);
    let mut asked = Asked { questions: Vec::new(), answers: Vec::new() };
    asked.of(vector_receipt().as_bytes(), &[vector::LOG.parse().unwrap()]);
    drawn(&mut asked, &mut numbers);
    spoilt(&mut asked);
    signed(&mut asked);
    lenient(&mut asked);
    opened(&mut asked, &mut numbers);
    for code in Refusal::CODES {
        assert!(asked.answers.iter().any(|answer| answer == code), "nothing is refused as {code}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut node = Command::new("node");
    node.arg(folder.join("tests/referee/referee.mjs")).arg(folder.join("../web/assets/verify"));
    let answers = ask(node, &asked.questions);
    for ((question, ours), theirs) in asked.questions.iter().zip(&asked.answers).zip(&answers) {
        assert_eq!(theirs, ours, "{question}");
    }
    let proved = answers.iter().filter(|answer| answer.starts_with("ok ")).count();
    println!("{proved} accepted and {} refused, as by us", answers.len() - proved);
}

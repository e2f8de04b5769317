//! `redress receipt verify`: genuine receipts, spoilt ones, and what is no receipt at all.

use std::path::Path;
use std::time::{Duration, Instant};

use redress_proof::{
    Checkpoint, Commitment, Frontier, KeyKind, Leaf, OpenWords, Opening, Receipt, SigningKey,
    payload,
};
use serde_json::{Value, json};

use crate::kit::{Ran, run, run_in, run_line};

const VECTOR_KEY: &str =
    "complaints.example.vn/log+78f4cd8c+AbLQPpt0ks6gedMQB9Dok8Th2z8WZqA/RM8S+fD6UrFm";
const ORIGIN: &str = "complaints.example.vn/log/1";

/// The published example, cut out of its description.
pub(crate) fn vector() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/receipt.md");
    let page = std::fs::read_to_string(page).expect("the description is there");
    let start = page.rfind("c2sp.org/tlog-proof@v1\nextra ").expect("it has an example");
    page[start..].split("```").next().expect("it ends").to_owned()
}

fn key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, KeyKind::Log, &[1; 32]).expect("a name")
}

fn witness() -> SigningKey {
    SigningKey::from_seed("hoi-tieu-dung.example/w1", KeyKind::Witness, &[2; 32]).expect("a name")
}

/// A receipt of a notice recorded at 11:00 that is said to have come at `received_at`.
fn notice(received_at: &str) -> Receipt {
    let words = OpenWords {
        text: r#"{"body":"{\"text\":\"Thang dừng\\u001b[2J giữa tầng\"}"}"#.to_owned(),
        salt: [5; 32],
    };
    let facts = format!(
        r#"{{"event":"notice.received","schema":1,"stream":"notice/1","version":1,"at":"2026-11-25T04:00:00.000000Z","actor":{{"kind":"system"}},"facts":{{"reference":"KN-26-000384-KB","received_at":"{received_at}","z":1,"a":2.50}}}}"#
    );
    let payload = payload(&facts, Some(&Commitment::new(&words.salt, words.text.as_bytes())));
    let recorded_at = "2026-11-25T04:00:00.250Z".parse().expect("an instant");
    let leaf = Leaf::event(recorded_at, &[4; 32], &payload);
    let mut log = Frontier::new();
    log.append(leaf.hash());
    let mut checkpoint = Checkpoint::new(ORIGIN, log.tree()).expect("an origin").sign(&[&key()]);
    let seen = "2026-11-25T04:00:02Z".parse().expect("an instant");
    checkpoint.add(witness().cosign(&checkpoint, seen).expect("after 1970"));
    let opening = Opening { leaf: leaf.text(), salt: [4; 32], payload, words: Some(words) };
    Receipt { opening, index: 0, path: Vec::new(), checkpoint }
}

/// Verifies a text on standard input.
fn verify(receipt: &str, more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    run_in(folder.path(), &[], &[&["receipt", "verify", "-"], more].concat(), receipt)
}

/// The JSON of a verdict that is no.
fn refused(receipt: &str, more: &[&str]) -> Value {
    let ran = verify(receipt, &[&["--json"], more].concat());
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{ran:?}");
    let answer = ran.json();
    assert_eq!(answer["valid"], false);
    assert!(answer["message"].as_str().is_some_and(|words| words.contains(' ')), "{answer}");
    answer
}

#[test]
fn the_published_example_is_valid_under_its_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("example.tlog-proof");
    std::fs::write(&file, vector()).expect("written");
    let file = file.display().to_string();
    let ran = run(&["receipt", "verify", file.as_str(), "--key", VECTOR_KEY, "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let answer = ran.json();
    let expected = json!({
        "valid": true, "origin": "complaints.example.vn/log", "reference": "KN-2026-000003",
        "received_at": null, "recorded_at": "2026-11-22T08:44:00.000Z", "index": 4, "size": 7,
        "payload": {"case": "KN-2026-000003", "event": "complaint.received",
                    "text": "Thang máy dừng giữa tầng"},
        "witnesses": [], "event": "complaint.received", "stream": null, "late_seconds": null,
        "words": null, "words_state": "none",
    });
    assert_eq!(answer, expected);
}

#[test]
fn a_receipt_tells_what_was_recorded_by_whom_it_was_seen_and_that_it_was_late() {
    let (log, seen) = (key().verification_key().to_string(), witness());
    let seen = seen.verification_key().to_string();
    let keys = ["--key", log.as_str(), "--key", seen.as_str()];
    let receipt = notice("2026-11-25T03:50:00Z").to_string();
    let ran = verify(&receipt, &[&["--json"][..], &keys].concat());
    let answer = ran.json();
    assert_eq!((ran.code, &answer["valid"]), (0, &json!(true)));
    assert_eq!(answer["reference"], "KN-26-000384-KB");
    assert_eq!(answer["received_at"], "2026-11-25T03:50:00Z");
    assert_eq!(answer["recorded_at"], "2026-11-25T04:00:00.250Z");
    assert_eq!(answer["late_seconds"], Value::Null);
    let witness = json!([{"name": "hoi-tieu-dung.example/w1", "at": "2026-11-25T04:00:02Z"}]);
    assert_eq!(answer["witnesses"], witness);
    assert!(ran.out.contains(r#""z":1,"a":2.50}"#), "the payload is shown to the letter");

    let late = notice("2026-11-23T04:00:00Z").to_string();
    assert_eq!(verify(&late, &[&["--json"][..], &keys].concat()).json()["late_seconds"], 172_800);
    for (lang, valid, when, late_words) in [
        ("vi", "Biên nhận hợp lệ", "11:00 thứ Tư 25/11/2026 (+07:00)", "Ghi muộn"),
        ("en", "The receipt is valid", "11:00, Wed 25 Nov 2026 (+07:00)", "A late entry"),
        ("lo", "ໃບຮັບຖືກຕ້ອງ", "11:00 ວັນພຸດ 25/11/2026 (+07:00)", "ບັນທຶກຊ້າ"),
    ] {
        let ran = verify(&late, &[&["--lang", lang][..], &keys].concat());
        let out = ran.out.replace('\u{a0}', " ");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        for words in [valid, when, late_words, "KN-26-000384-KB", "hoi-tieu-dung.example/w1"] {
            assert!(out.contains(words), "{words} in {out}");
        }
        assert!(!out.contains('\u{1b}'), "a receipt does not command the terminal");
        assert!(
            !verify(&receipt, &[&["--lang", lang][..], &keys].concat()).out.contains(late_words)
        );
    }
}

#[test]
fn without_a_key_nothing_is_accepted_and_the_wanted_key_is_named() {
    let answer = refused(&vector(), &[]);
    assert_eq!(answer["reason"], "no-key");
    let wanted = json!({"name": "complaints.example.vn/log", "id": "78f4cd8c"});
    assert_eq!(answer["claimed"][0], wanted);
    let ran = verify(&vector(), &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("complaints.example.vn/log+78f4cd8c+"), "{}", ran.out);
    // The key of a witness is none of the log.
    let seen = witness().verification_key().to_string();
    assert_eq!(refused(&vector(), &["--key", &seen])["reason"], "no-key");
    // What contradicts itself is wrong under every key.
    assert_eq!(refused(&vector().replace("index 4", "index 5"), &[])["reason"], "wrong-root");
}

#[test]
fn spoilt_receipts_and_other_files_are_refused_by_name() {
    let key = ["--key", VECTOR_KEY];
    let whole = vector();
    let other = notice("2026-11-25T03:50:00Z").to_string();
    let opening = |text: &str| text.lines().nth(1).expect("a second line").to_owned();
    for (spoilt, reason) in [
        (String::new(), "not-a-receipt"),
        ("%PDF-1.7\n%âãÏÓ".to_owned(), "not-a-receipt"),
        (whole.replace('\n', "\r\n"), "windows-line-ends"),
        (format!("\u{FEFF}{whole}"), "byte-order-mark"),
        (whole[..whole.len() - 1].to_owned(), "truncated"),
        (whole[..whole.len() / 3].to_owned(), "truncated"),
        (whole.replace(&opening(&whole), &opening(&other)), "wrong-root"),
        (whole.replace("\n7\n", "\n8\n"), "forged"),
        (other, "foreign-key"),
        ("x".repeat(5 * 1024 * 1024), "too-long"),
    ] {
        assert_eq!(refused(&spoilt, &key)["reason"], reason);
        for lang in ["vi", "en", "lo"] {
            let ran = verify(&spoilt, &[&key[..], &["--lang", lang]].concat());
            assert_eq!((ran.code, ran.err.as_str()), (1, ""));
            assert!(ran.out.contains(reason) && ran.out.lines().count() > 2, "{}", ran.out);
        }
    }
}

#[test]
fn what_cannot_be_read_or_used_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();
    for (line, code, kind) in [
        (format!("receipt verify {path} --json"), 3, "unreadable"),
        (format!("receipt verify {path}/missing --json"), 3, "unreadable"),
        ("receipt verify --json".to_owned(), 2, "usage"),
        (format!("receipt verify {path} --key nonsense --json"), 2, "usage"),
        (format!("receipt verify {path} --key {}A --json", &VECTOR_KEY[1..]), 2, "usage"),
    ] {
        let ran = run_line(&line);
        assert_eq!((ran.code, ran.error_kind().as_str(), ran.out.as_str()), (code, kind, ""));
    }
    let photo = folder.path().join("photo.jpg");
    std::fs::write(&photo, b"\xFF\xD8\xFF\xE0").expect("written");
    let ran = run_line(&format!("receipt verify {} --json", photo.display()));
    assert_eq!((ran.code, &ran.json()["reason"]), (1, &json!("not-text")));
}

#[test]
fn megabytes_of_lines_are_refused_at_once() {
    let began = Instant::now();
    let lines = "c2sp.org/tlog-proof@v1\nextra \nindex 1\n".to_owned() + &"AAAA\n".repeat(200_000);
    assert_eq!(refused(&lines, &["--key", VECTOR_KEY])["reason"], "truncated");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

//! Receipts: the vector, what is proved, what is refused and why.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use redress_proof::{
    Checkpoint, Cosigned, KeyKind, LeafKind, OpenWords, Opening, RECEIPT_BYTES_MAX, Receipt,
    Refusal, SigningKey, Tree, VerificationKey, Verified, Words, verify,
};

use crate::kit::{Log, ORIGIN, vector};
use crate::mutants::{Numbers, mutate};

/// The receipt of the vector, with our `extra` line.
pub(crate) fn vector_receipt() -> String {
    let base64 = |text: &str| STANDARD.encode(text);
    let json = format!(
        r#"{{"leaf":"{}","salt":"{}","payload":"{}"}}"#,
        base64(vector::LEAF),
        vector::SALT,
        base64(vector::PAYLOAD)
    );
    let path = vector::PATH.join("\n");
    let extra = base64(&json);
    format!("c2sp.org/tlog-proof@v1\nextra {extra}\nindex 4\n{path}\n\n{}", vector::CHECKPOINT)
}

#[test]
fn the_vector_passes() {
    let known: [VerificationKey; 1] = [vector::LOG.parse().unwrap()];
    let text = vector_receipt();
    let receipt = Receipt::parse(text.as_bytes()).unwrap();
    assert_eq!(receipt.to_string(), text);
    let root = STANDARD.decode("JsAfhTCc9GQ10PdJTqk62II0OmkjNth8aP+OykCIaSU=").unwrap();
    let proved = Verified {
        origin: "complaints.example.vn/log".to_owned(),
        tree: Tree { size: 7, root: root.try_into().unwrap() },
        index: 4,
        recorded_at: "2026-11-22T08:44:00Z".parse().unwrap(),
        kind: LeafKind::Event,
        payload: vector::PAYLOAD.to_owned(),
        words: Words::None,
        signed_by: known.to_vec(),
        cosigned: Vec::new(),
    };
    assert_eq!(verify(text.as_bytes(), &known), Ok(proved));
}

#[test]
fn the_page_for_writers_of_verifiers_shows_the_vector_and_every_reason() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/receipt.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains(&format!("```text\n{}```", vector_receipt())));
    assert!(page.contains(vector::LOG));
    for code in Refusal::CODES {
        assert!(page.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn a_receipt_tells_words_and_witnesses_as_far_as_it_has_them() {
    let mut log = Log::new(30);
    let known = log.known();
    let receipt = log.receipt(7);
    let proved = receipt.verify(&known).unwrap();
    let words = receipt.opening.words.clone().unwrap().text;
    assert_eq!((proved.index, proved.tree.size, &proved.words), (7, 30, &Words::Open(words)));
    let at = "2026-11-23T00:00:00Z".parse().unwrap();
    assert_eq!(proved.cosigned, [Cosigned { name: "w.example/1".to_owned(), at }]);
    let anchors: Vec<_> = proved.anchors().map(|anchor| (anchor.size, anchor.at)).collect();
    assert_eq!(anchors, [(30, at)]);

    let erased = Receipt { opening: receipt.opening.clone().without_words(), ..receipt.clone() };
    let read = verify(erased.to_string().as_bytes(), &known).unwrap();
    assert_eq!(read, Verified { words: Words::Closed, ..proved.clone() });
    assert_eq!(log.receipt(6).verify(&known).unwrap().words, Words::None);
    // Who does not know the witness sees what the log says.
    let unwitnessed = receipt.verify(&known[..1]).unwrap();
    assert_eq!(unwitnessed, Verified { cosigned: Vec::new(), ..proved });
}

/// The code of the refusal of `receipt` by a verifier who knows log and witness.
fn code(receipt: &Receipt) -> &'static str {
    let known = Log::new(1).known();
    let refusal = verify(receipt.to_string().as_bytes(), &known).unwrap_err();
    assert!(Refusal::CODES.contains(&refusal.code()), "{refusal}");
    refusal.code()
}

#[test]
fn what_is_wrong_with_a_receipt_is_told() {
    let mut log = Log::new(30);
    let (whole, other) = (log.receipt(7), log.receipt(8));
    let with_opening = |change: &dyn Fn(&mut Opening)| {
        let mut receipt = whole.clone();
        change(&mut receipt.opening);
        code(&receipt)
    };
    let words = || other.opening.words.clone();
    assert_eq!(with_opening(&|opening| opening.words = words()), "wrong-words");
    assert_eq!(with_opening(&|opening| opening.payload += " "), "wrong-payload");
    assert_eq!(with_opening(&|opening| opening.salt[0] ^= 1), "wrong-payload");
    assert_eq!(with_opening(&|opening| *opening = other.opening.clone()), "wrong-root");
    let wordless = Receipt {
        opening: Opening { words: words(), ..log.openings[6].clone() },
        ..log.receipt(6)
    };
    assert_eq!(code(&wordless), "no-words");
    assert_eq!(code(&Receipt { index: 6, ..whole.clone() }), "wrong-root");
    assert_eq!(code(&Receipt { index: 30, ..whole.clone() }), "outside");
    assert_eq!(code(&Receipt { path: other.path[1..].to_vec(), ..whole.clone() }), "path-length");

    // A leaf that is in the tree and is no leaf of ours.
    let mut foreign = whole.clone();
    foreign.opening.leaf = "anything".to_owned();
    let tree = Tree { size: 1, root: redress_proof::leaf_hash(b"anything") };
    foreign.checkpoint = Checkpoint::new(ORIGIN, tree).unwrap().sign(&[&log.key]);
    (foreign.index, foreign.path) = (0, Vec::new());
    assert_eq!(code(&foreign), "leaf");
}

#[test]
fn a_checkpoint_of_somebody_else_is_told() {
    let mut log = Log::new(30);
    let whole = log.receipt(7);
    let signed = |origin: &str, key: &SigningKey| {
        let tree = whole.verify(&Log::new(1).known()).unwrap().tree;
        let checkpoint = Checkpoint::new(origin, tree).unwrap().sign(&[key]);
        code(&Receipt { checkpoint, ..whole.clone() })
    };
    let key = |name: &str, seed| SigningKey::from_seed(name, KeyKind::Log, &[seed; 32]).unwrap();
    assert_eq!(signed(ORIGIN, &key(ORIGIN, 9)), "foreign-key");
    assert_eq!(signed(ORIGIN, &key("other.example/log", 1)), "foreign-key");
    assert_eq!(signed("complaints.example.vn/log/2", &log.key), "foreign-log");
    // A witness alone does not speak for the log.
    let mut unsigned = whole.clone();
    unsigned.checkpoint = redress_proof::Note::new(whole.checkpoint.text()).unwrap();
    unsigned.checkpoint.add(whole.checkpoint.signatures()[1].clone());
    assert_eq!(code(&unsigned), "foreign-log");
    let note = redress_proof::Note::new("no checkpoint\n").unwrap();
    let mut nothing = Receipt { checkpoint: note.clone(), ..whole };
    nothing.checkpoint.add(log.key.sign_note(&note));
    assert_eq!(code(&nothing), "checkpoint");
}

#[test]
fn what_is_wrong_with_the_file_is_told() {
    let mut log = Log::new(30);
    let whole = log.receipt(7).to_string();
    let known = log.known();
    let code = |bytes: &[u8]| verify(bytes, &known).unwrap_err().code();
    let changed = |from: &str, to: &str| {
        let text = whole.replacen(from, to, 1);
        assert_ne!(text, whole);
        code(text.as_bytes())
    };
    assert_eq!(code(b""), "not-a-receipt");
    assert_eq!(code(b"%PDF-1.7\n"), "not-a-receipt");
    assert_eq!(code(b"\xFF\xD8\xFF"), "not-text");
    assert_eq!(code(&vec![b'x'; RECEIPT_BYTES_MAX + 1]), "too-long");
    assert_eq!(code(&vec![b'\n'; RECEIPT_BYTES_MAX]), "not-a-receipt");
    assert_eq!(code(whole.replace('\n', "\r\n").as_bytes()), "windows-line-ends");
    assert_eq!(code(format!("\u{FEFF}{whole}").as_bytes()), "byte-order-mark");
    assert_eq!(changed("index", "in\tdex"), "control");
    assert_eq!(changed("@v1", "@v2"), "not-a-receipt");
    assert_eq!(changed("extra", "Extra"), "line");
    assert_eq!(changed("extra ", "extra  "), "line");
    assert_eq!(changed("index 7", "index 07"), "line");
    assert_eq!(changed("index 7", "index -7"), "line");
    assert_eq!(changed("index 7\n", "index 7\nAAAA\n"), "line");
    assert_eq!(changed("\u{2014}", "-"), "signature-form");
    assert_eq!(changed("\n30\n", "\n31\n"), "forged");
    let line = log.receipt(7).checkpoint.signatures()[0].to_string();
    assert_eq!(code(format!("{whole}{line}\n").as_bytes()), "signed-twice");
    let extra = whole.split('\n').nth(1).unwrap();
    assert_eq!(changed(&format!("{extra}\n"), ""), "no-opening");
    let hashes = "index 7\n".to_owned() + &format!("{}\n", vector::PATH[0]).repeat(64);
    assert_eq!(changed("index 7\n", &hashes), "line");
    // Cut after the log's own line it would be a receipt without its witness.
    for cut in (1..whole.rfind('\u{2014}').unwrap()).filter(|cut| whole.is_char_boundary(*cut)) {
        assert_eq!(code(&whole.as_bytes()[..cut]), "truncated", "{}", &whole[..cut]);
    }
}

#[test]
fn without_a_key_only_what_contradicts_itself_is_found() {
    let mut log = Log::new(30);
    let (whole, other) = (log.receipt(7), log.receipt(8));
    assert_eq!(whole.check_itself(), Ok(()));
    let code = |receipt: Receipt| receipt.check_itself().unwrap_err().code();
    assert_eq!(code(Receipt { index: 6, ..whole.clone() }), "wrong-root");
    assert_eq!(code(Receipt { opening: other.opening.clone(), ..whole.clone() }), "wrong-root");
    let mut swapped = whole.clone();
    swapped.opening.payload = other.opening.payload;
    assert_eq!(code(swapped), "wrong-payload");
    // Whoever signed it is not asked: anybody can make a file that is whole.
    let key = SigningKey::from_seed(ORIGIN, KeyKind::Log, &[9; 32]).unwrap();
    let checkpoint = Checkpoint::parse(whole.checkpoint.text()).unwrap().sign(&[&key]);
    assert_eq!(Receipt { checkpoint, ..whole }.check_itself(), Ok(()));
}

#[test]
fn a_line_that_is_malformed_is_named() {
    let whole = Log::new(30).receipt(7).to_string();
    let line = |change: fn(&str) -> String| match Receipt::parse(change(&whole).as_bytes()) {
        Err(Refusal::Line { number, .. }) => number,
        other => panic!("{other:?}"),
    };
    assert_eq!(line(|text| text.replace("extra e", "extra *")), 2);
    assert_eq!(line(|text| text.replace("index 7", "index x")), 3);
    assert_eq!(line(|text| text.replace("index 7\n", "index 7\nx\n")), 4);
    assert_eq!(line(|text| text.replace("index 7\n", "")), 3);
}

#[test]
fn an_opening_has_one_text() {
    let whole = Log::new(30).receipt(7).to_string();
    let line = whole.split('\n').nth(1).unwrap().strip_prefix("extra ").unwrap();
    let json = String::from_utf8(STANDARD.decode(line).unwrap()).unwrap();
    for other in [
        json.replace("\":\"", "\": \""),
        json.replace('{', "{ "),
        json.replace('}', ",\"more\":\"\"}"),
        json.replace("words_salt", "salt_of_words"),
        json.replace("\"leaf\"", "\"Leaf\""),
        json.replace("=\",\"words\"", "\",\"words\""),
        format!("{json}\n"),
        format!("{json}{json}"),
        "{}".to_owned(),
        "null".to_owned(),
    ] {
        assert_ne!(other, json);
        let text = whole.replace(line, &STANDARD.encode(&other));
        let refusal = Receipt::parse(text.as_bytes()).unwrap_err();
        assert!(matches!(refusal, Refusal::Line { number: 2, .. }), "{other}: {refusal}");
    }
}

#[test]
fn ten_thousand_mutants_are_refused_or_prove_the_same() {
    let mut log = Log::new(300);
    let known = log.known();
    let mut numbers = Numbers(5);
    let (mut refused, mut same) = (0, 0);
    let receipts: Vec<Receipt> = (0..300).map(|index| log.receipt(index)).collect();
    let texts: Vec<String> = receipts.iter().map(Receipt::to_string).collect();
    let proved: Vec<Verified> =
        receipts.iter().map(|receipt| receipt.verify(&known).unwrap()).collect();
    for round in 0..10_000 {
        let (whole, text) = (&proved[round % 300], &texts[round % 300]);
        let mutant = mutate(text, &texts[299 - round % 300], &mut numbers);
        match verify(&mutant, &known) {
            Err(refusal) => {
                refused += 1;
                assert!(Refusal::CODES.contains(&refusal.code()));
                assert!(!refusal.to_string().is_empty());
            }
            // Only a witness may be lost, or stand elsewhere: what is proved is the same.
            Ok(proved) => {
                same += 1;
                let cosigned = whole.cosigned.clone();
                let fewer = proved.cosigned.len() < cosigned.len() || mutant == text.as_bytes();
                let swapped = mutant.len() == text.len() && proved == *whole;
                assert!(fewer || swapped, "{}", String::from_utf8_lossy(&mutant));
                assert_eq!(&Verified { cosigned, ..proved }, whole);
            }
        }
    }
    println!("{refused} mutants refused, {same} prove the same with fewer witnesses");
    assert!(refused > 9_000 && refused + same == 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_receipt_reads_back(
        leaf in "\\PC{0,60}",
        payload in any::<String>(),
        salt in any::<[u8; 32]>(),
        words in proptest::option::of((any::<String>(), any::<[u8; 32]>())),
        index in 0..=i64::MAX.unsigned_abs(),
        path in prop::collection::vec(any::<[u8; 32]>(), 0..=63),
    ) {
        let words = words.map(|(text, salt)| OpenWords { text, salt });
        let checkpoint = Log::new(1).receipt(0).checkpoint;
        let opening = Opening { leaf, salt, payload, words };
        let receipt = Receipt { opening, index, path, checkpoint };
        prop_assert_eq!(Receipt::parse(receipt.to_string().as_bytes()), Ok(receipt));
    }

    #[test]
    fn junk_is_refused_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        lines in "(extra [A-Za-z0-9+/=]{0,20}\n|index [0-9]{0,20}\n|[A-Za-z0-9+/]{43}=\n|\n|\u{2014} a [A-Za-z0-9+/=]{8}\n){0,12}",
    ) {
        let known = Log::new(1).known();
        prop_assert!(verify(&bytes, &known).is_err());
        let text = format!("c2sp.org/tlog-proof@v1\n{lines}");
        prop_assert!(verify(text.as_bytes(), &known).is_err());
    }
}

//! Notes, keys, checkpoints and cosignatures: read, signed, opened; junk refused.

use jiff::Timestamp;
use proptest::prelude::*;
use redress_proof::{
    Checkpoint, CheckpointError, KeyError, KeyKind, Note, NoteError, SigningKey, Tree,
    VerificationKey,
};
use sha2::{Digest, Sha256};

use crate::kit::{leaves, naive_root, vector};

fn log_key(name: &str) -> SigningKey {
    SigningKey::from_seed(name, KeyKind::Log, &[1; 32]).unwrap()
}

fn witness_key(name: &str) -> SigningKey {
    SigningKey::from_seed(name, KeyKind::Witness, &[2; 32]).unwrap()
}

fn public(keys: &[&SigningKey]) -> Vec<VerificationKey> {
    keys.iter().map(|key| key.verification_key().clone()).collect()
}

fn checkpoint() -> Checkpoint {
    Checkpoint::new("log.example/1", Tree { size: 5, root: naive_root(&leaves(5)) }).unwrap()
}

#[test]
fn the_checkpoint_of_the_vector_is_read_opened_and_signed_again() {
    let seed: [u8; 32] = Sha256::digest("recourse test vector key").into();
    let key = SigningKey::from_seed("complaints.example.vn/log", KeyKind::Log, &seed).unwrap();
    assert_eq!(key.verification_key().to_string(), vector::LOG);
    let note = Note::parse(vector::CHECKPOINT).unwrap();
    assert_eq!(note.to_string(), vector::CHECKPOINT);
    let known = [vector::LOG.parse().unwrap()];
    let opened = note.open(&known).unwrap();
    assert_eq!(opened.len(), 1, "the witness is not known, and ignored");
    assert_eq!((opened[0].key, opened[0].at), (&known[0], None));
    let checkpoint = Checkpoint::parse(note.text()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.tree().size), ("complaints.example.vn/log", 7));
    assert_eq!(checkpoint.text(), note.text());
    assert_eq!(checkpoint.sign(&[&key]).signatures(), &note.signatures()[..1]);
}

#[test]
fn a_signature_of_every_known_key_is_checked_and_others_are_ignored() {
    let (old, new) = (log_key("log.example/1"), {
        SigningKey::from_seed("log.example/1", KeyKind::Log, &[3; 32]).unwrap()
    });
    let (witness, foreign) = (witness_key("w.example"), log_key("other.example"));
    let at: Timestamp = "2026-11-22T09:00:00.9Z".parse().unwrap();
    let mut note = checkpoint().sign(&[&new, &old]);
    note.add(witness.cosign(&note, at).unwrap());
    note.add(foreign.sign_note(&note));
    let note = Note::parse(&note.to_string()).unwrap();
    let known = public(&[&old, &witness]);
    let opened = note.open(&known).unwrap();
    let told: Vec<_> = opened.iter().map(|by| (by.key.name(), by.at)).collect();
    let second = "2026-11-22T09:00:00Z".parse().unwrap();
    assert_eq!(told, [("log.example/1", None), ("w.example", Some(second))]);
    let names = ["log.example/1", "log.example/1", "w.example", "other.example"];
    let unknown = NoteError::Unknown { names: names.map(str::to_owned).into() };
    assert_eq!(note.open(&public(&[&log_key("third.example")])), Err(unknown));
}

#[test]
fn a_key_that_is_known_and_did_not_sign_this_text_spoils_the_note() {
    let (log, witness) = (log_key("log.example/1"), witness_key("w.example"));
    let mut note = checkpoint().sign(&[&log]);
    note.add(witness.cosign(&note, Timestamp::UNIX_EPOCH).unwrap());
    let known = public(&[&log, &witness]);
    let forged = |name: &str| Err(NoteError::Forged { name: name.to_owned() });
    let larger = note.to_string().replace("\n5\n", "\n6\n");
    assert_eq!(Note::parse(&larger).unwrap().open(&known), forged("log.example/1"));
    // A witness's line over another checkpoint.
    let other = Checkpoint::new("log.example/1", Tree::empty()).unwrap().sign(&[&log]);
    note.add(witness.cosign(&other, Timestamp::UNIX_EPOCH).unwrap());
    assert_eq!(note.open(&known), forged("w.example"));
    // The id of the key, but a signature of another length.
    let line = note.signatures()[0].to_string();
    let short = format!("{}\n{line}A\n", checkpoint().text());
    assert_eq!(Note::parse(&short), Err(NoteError::Signature { number: 1 }));
    let twice = format!("{}\n{line}\n{line}\n", checkpoint().text());
    let error = NoteError::Twice { name: "log.example/1".to_owned() };
    assert_eq!(Note::parse(&twice).unwrap().open(&known), Err(error));
}

#[test]
fn signing_again_replaces_the_line_of_the_same_key() {
    let witness = witness_key("w.example");
    let mut note = checkpoint().sign(&[&log_key("log.example/1")]);
    for second in [10, 20] {
        note.add(witness.cosign(&note, Timestamp::from_second(second).unwrap()).unwrap());
    }
    let known = public(&[&witness]);
    let opened = note.open(&known).unwrap();
    assert_eq!((opened.len(), opened[0].at), (1, Timestamp::from_second(20).ok()));
    assert_eq!(witness.cosign(&note, Timestamp::from_second(-1).unwrap()), None);
}

#[test]
fn what_is_wrong_with_a_note_is_told() {
    let whole = vector::CHECKPOINT;
    let error = |text: &str| Note::parse(text).unwrap_err();
    assert_eq!(error(""), NoteError::Truncated);
    assert_eq!(error("text\n"), NoteError::Truncated);
    assert_eq!(error(&whole[..whole.len() - 1]), NoteError::Truncated);
    assert_eq!(error("text\n\n"), NoteError::Truncated);
    assert_eq!(error(&whole.replace('\n', "\r\n")), NoteError::Control { code: 13 });
    assert_eq!(error(&whole.replace("log\n7", "log\t7")), NoteError::Control { code: 9 });
    assert_eq!(error(&whole.replace('\u{2014}', "-")), NoteError::Signature { number: 1 });
    assert_eq!(error(&whole.replace("w1 ", "w1  ")), NoteError::Signature { number: 2 });
    assert_eq!(error(&whole.replace("w1 ", "w+1 ")), NoteError::Signature { number: 2 });
    assert_eq!(error(&format!("{whole}\u{2014} a AAAAAA==\n")), NoteError::Signature { number: 3 });
    assert_eq!(error(&"x".repeat(200_000)), NoteError::TooLong);
    let many = format!("{whole}{}", "\u{2014} a AAAAAAA=\n".repeat(63));
    assert_eq!(error(&many), NoteError::TooLong);
    assert!(Note::parse(&format!("{whole}{}", "\u{2014} a AAAAAAA=\n".repeat(62))).is_ok());
    for text in ["", "no line end", "a\r\n", &"x\n".repeat(70_000)] {
        assert_eq!(Note::new(text), None);
    }
}

#[test]
fn what_is_wrong_with_a_checkpoint_is_told() {
    let root = "JsAfhTCc9GQ10PdJTqk62II0OmkjNth8aP+OykCIaSU=";
    let error = |text: String| Checkpoint::parse(&text).unwrap_err();
    for lines in ["", "a\n", "a\n1\n", "a\n1\nx\ny\n", "a\n1\nx\n\n"] {
        assert_eq!(error(lines.to_owned()), CheckpointError::Lines, "{lines:?}");
    }
    for origin in ["", "a b", "a+b", "a\u{a0}b", "a\tb", &"x".repeat(256)] {
        assert_eq!(error(format!("{origin}\n1\n{root}\n")), CheckpointError::Origin, "{origin}");
        assert_eq!(Checkpoint::new(origin, Tree::empty()), Err(CheckpointError::Origin));
    }
    for size in ["", "01", "+1", "-1", "1 ", "1e3", "9223372036854775808", "\u{661}"] {
        assert_eq!(error(format!("a\n{size}\n{root}\n")), CheckpointError::Size, "{size}");
    }
    for root in ["", "AAAA", &root.replace("SU=", "SV="), &root.replace('=', "")] {
        assert_eq!(error(format!("a\n1\n{root}\n")), CheckpointError::Root, "{root}");
    }
    let huge = Tree { size: u64::MAX, root: [0; 32] };
    assert_eq!(Checkpoint::new("a", huge), Err(CheckpointError::Size));
}

#[test]
fn a_key_is_read_from_its_own_text_only() {
    let error = |text: &str| text.parse::<VerificationKey>().unwrap_err();
    let text = vector::LOG;
    for form in ["", "a", "a+b", "a+00000000+", &text.to_uppercase(), &format!("{text}\n")] {
        assert_eq!(error(form), KeyError::Form, "{form}");
    }
    assert_eq!(error(&text.replace("78f4cd8c", "78F4CD8C")), KeyError::Form);
    assert_eq!(error(&text.replace("78f4cd8c", "78f4cd8d")), KeyError::Id);
    assert_eq!(error(&text.replace("complaints.", "complaint.")), KeyError::Id);
    assert_eq!(error(&text.replace("complaints.example.vn/log", "")), KeyError::Name);
    assert_eq!(error(&text.replace("+AbLQ", "+BrLQ")), KeyError::Kind { byte: 6 });
    assert_eq!(error("a+00000000+AQID"), KeyError::Bytes);
    assert_eq!(error(&format!("{text}{}", "A".repeat(400))), KeyError::Form);
    // The neutral element: under it, anybody signs anything.
    let weak = "a+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(error(weak), KeyError::Bytes);
}

#[test]
fn a_secret_key_is_kept_as_text_and_never_shown() {
    for key in [log_key("log.example/1"), witness_key("w.example")] {
        let text = key.to_private_text();
        let read = SigningKey::from_private_text(&text).unwrap();
        assert_eq!(read.verification_key(), key.verification_key());
        assert_eq!(read.to_private_text(), text);
        let secret = text.rsplit('+').next().unwrap();
        let shown = format!("{key:?}");
        assert!(
            !shown.contains(secret) && shown.contains(key.verification_key().name()),
            "{shown}"
        );
    }
    let key = log_key("log.example/1");
    let text = key.verification_key().to_string();
    assert_eq!(SigningKey::from_private_text(&text).unwrap_err(), KeyError::Form);
    let other = key.to_private_text().replace("log.example/1", "log.example/2");
    assert_eq!(SigningKey::from_private_text(&other).unwrap_err(), KeyError::Id);
    let nameless = SigningKey::from_seed("", KeyKind::Log, &[1; 32]);
    assert_eq!(nameless.unwrap_err(), KeyError::Name);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_note_is_never_opened_with_another_text(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        insert in any::<bool>(),
    ) {
        let known = [vector::LOG.parse::<VerificationKey>().unwrap()];
        let whole = Note::parse(vector::CHECKPOINT).unwrap();
        let mut bytes = vector::CHECKPOINT.as_bytes().to_vec();
        let at = at.index(bytes.len());
        if insert { bytes.insert(at, byte) } else { bytes[at] = byte }
        let changed = String::from_utf8_lossy(&bytes);
        if let Ok(note) = Note::parse(&changed) {
            prop_assert_eq!(note.to_string(), changed, "a note has one text");
            if note.open(&known).is_ok() {
                prop_assert_eq!(note.text(), whole.text());
            }
        }
    }

    #[test]
    fn junk_is_refused_without_a_panic(
        note in "(\\PC|\n|\u{2014} ){0,200}",
        key in "(PRIVATE\\+KEY\\+)?[a-z.]{0,9}\\+[0-9a-f]{6,9}\\+[A-Za-z0-9+/=]{0,50}",
        checkpoint in "[a-z. ]{0,5}\n[0-9]{0,25}\n[A-Za-z0-9+/=]{40,46}\n?",
    ) {
        if let Ok(read) = Note::parse(&note) {
            prop_assert_eq!(read.to_string(), note);
        }
        if let Ok(read) = key.parse::<VerificationKey>() {
            prop_assert_eq!(read.to_string(), key.clone());
        }
        if let Ok(read) = SigningKey::from_private_text(&key) {
            prop_assert_eq!(read.to_private_text(), key);
        }
        if let Ok(read) = Checkpoint::parse(&checkpoint) {
            prop_assert_eq!(read.text(), checkpoint);
        }
    }
}

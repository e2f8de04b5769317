//! Everything that can be read, fed with mutants of mutants: nothing panics, and what is read has
//! one text. Short among all tests; as long as it takes with `cargo xtask e2e --long mutants`.

use redress_proof::{
    Checkpoint, Leaf, Note, Receipt, SigningKey, Tile, VerificationKey, verify, words_commitment,
};

use crate::kit::Log;
use crate::mutants::{Numbers, mutate};

/// Reads `bytes` as everything that this crate reads; `signed` is the one text that a known key has
/// signed. As how many things they are read.
fn read(bytes: &[u8], known: &[VerificationKey], signed: &str) -> usize {
    let mut accepted = Vec::new();
    if let Ok(receipt) = Receipt::parse(bytes) {
        accepted.push(receipt.to_string().into_bytes());
        assert_eq!(verify(bytes, known), receipt.verify(known));
    }
    let text = String::from_utf8_lossy(bytes);
    let words = words_commitment(&text).map(|words| text.contains(&words.to_string()));
    assert_ne!(words, Some(false));
    if let Ok(note) = Note::parse(&text) {
        accepted.push(note.to_string().into_bytes());
        assert!(note.open(known).is_err() || note.text() == signed, "{text}");
    }
    let read = [
        Checkpoint::parse(&text).ok().map(|read| read.text()),
        Leaf::parse(&text).ok().map(|read| read.text()),
        SigningKey::from_private_text(&text).ok().map(|read| read.to_private_text()),
        text.parse::<VerificationKey>().ok().map(|read| read.to_string()),
        Tile::parse(&text).ok().map(|read| read.path()),
        Tile::parse_entries(&text).ok().and_then(|read| read.entries_path()),
    ];
    accepted.extend(read.into_iter().flatten().map(String::into_bytes));
    assert!(accepted.iter().all(|printed| printed == text.as_bytes()), "{text}");
    accepted.len()
}

#[test]
fn mutants_of_everything_that_can_be_read() {
    let long = std::env::var_os("REDRESS_LONG").is_some();
    let rounds = if long { 2_000_000 } else { 4_000 };
    let mut log = Log::new(40);
    let known = log.known();
    let receipt = log.receipt(7);
    let whole = [
        receipt.to_string(),
        receipt.checkpoint.to_string(),
        receipt.checkpoint.text().to_owned(),
        receipt.opening.leaf.clone(),
        receipt.opening.payload.clone(),
        log.key.to_private_text(),
        log.witness.verification_key().to_string(),
        "tile/1/x001/x234/067.p/12".to_owned(),
        "tile/entries/x001/067".to_owned(),
    ];
    let other = log.receipt(8).to_string();
    let mut numbers = Numbers(17);
    let mut understood = 0;
    for round in 0..rounds {
        let text = &whole[round % whole.len()];
        let mut mutant = mutate(text, &other, &mut numbers);
        for _ in 0..numbers.below(4) {
            // What is no longer a text is not changed further as one.
            let Ok(text) = String::from_utf8(mutant.clone()) else { break };
            if text.is_empty() {
                break;
            }
            mutant = mutate(&text, &other, &mut numbers);
        }
        understood += read(&mutant, &known, &whole[2]);
    }
    println!("{rounds} mutants of mutants without a panic, {understood} times read as something");
    assert!(understood > rounds / 1_000 && understood < rounds);
}

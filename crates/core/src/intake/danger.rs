//! Words that suggest danger to people. They only suggest: a person confirms.

use crate::plain::fold;

/// Groups of folded Vietnamese words; several words each, for single ones have harmless doubles.
const FOLDED: &[&str] = &[
    "ket thang",
    "ket trong thang",
    "mac ket",
    "ket nguoi",
    "roi tu do",
    "roi thang",
    "tut thang",
    "troi thang",
    "khong co cabin",
    "kep tay",
    "kep chan",
    "bi thuong",
    "tu vong",
    "chap dien",
    "dien giat",
    "boc khoi",
    "boc chay",
];
/// Single Vietnamese words that suggest danger only with their marks.
const MARKED: &[&str] = &["cháy", "khói", "ngất"];
/// English words.
const ENGLISH: &[&str] = &["trapped", "stuck", "fell", "dropped", "injured", "fire", "smoke"];
/// Lao words; Lao is written without spaces.
const LAO: &[&str] = &["ຕິດຄ້າງ", "ຕົກ", "ບາດເຈັບ", "ໄຟໄໝ້"];

/// Whether the words of a complaint suggest that people are in danger.
pub fn suggests_danger(text: &str) -> bool {
    let folded = words(&fold(text));
    let marked = words(&text.to_lowercase());
    FOLDED.iter().chain(ENGLISH).any(|phrase| says(&folded, phrase))
        || MARKED.iter().any(|word| says(&marked, word))
        || LAO.iter().any(|word| text.contains(word))
}

/// Whether `phrase` stands among `words`, and not within one.
fn says(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, _)| {
        let before = words[..at].is_empty() || words[..at].ends_with(' ');
        let after = &words[at + phrase.len()..];
        before && (after.is_empty() || after.starts_with(' '))
    })
}

/// Words separated by single spaces, without punctuation.
fn words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

//! Lao, which puts no spaces between words: cut by a dictionary.

use std::ops::Range;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

/// Whether a character belongs to a run of Lao: its block, or what stands unseen within words.
pub(super) const fn is_lao(c: char) -> bool {
    matches!(c, '\u{e80}'..='\u{eff}')
}

/// Whether a character is unseen and means nothing for finding.
pub(super) const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The words of a run of Lao, each with where it stands in the run.
pub(super) fn words(run: &str) -> Vec<(Range<usize>, String)> {
    let (clean, places) = clean(run);
    let segmenter: WordSegmenterBorrowed<'static> =
        WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut words = Vec::new();
    let mut from = 0;
    for until in segmenter.segment_str(&clean).filter(|until| *until > 0) {
        if let Some(word) = clean.get(from..until)
            && word.chars().any(char::is_alphanumeric)
        {
            let place = |at: usize| places.get(at).copied().unwrap_or(run.len());
            words.push((place(from)..place(until), word.to_owned()));
        }
        from = until;
    }
    words
}

/// The run in the one spelling the index knows: `ຳ`, `ໜ`, `ໝ` as one character, nothing unseen;
/// with the place in the run of each byte.
fn clean(run: &str) -> (String, Vec<usize>) {
    let mut clean = String::with_capacity(run.len());
    let mut places = Vec::with_capacity(run.len());
    let mut put = |clean: &mut String, c: char, at: usize| {
        clean.push(c);
        places.resize(clean.len(), at);
    };
    let mut chars = run.char_indices().filter(|(_, c)| !is_unseen(*c)).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joined = match (c, next) {
            ('\u{ecd}', Some('\u{eb2}')) => Some('\u{eb3}'),
            ('\u{eab}', Some('\u{e99}')) => Some('\u{edc}'),
            ('\u{eab}', Some('\u{ea1}')) => Some('\u{edd}'),
            _ => None,
        };
        if joined.is_some() {
            chars.next();
        }
        put(&mut clean, joined.unwrap_or(c), at);
    }
    (clean, places)
}

//! Words for finding: one tokeniser whose tokens serve the index and the question alike, on any
//! engine. Tokens hold letters and digits only, so no engine folds or cuts them again.
//! Must not know tables, engines or who may see what.
//!
//! A word gives two tokens: its letters without marks (`duong`), and how it was written: with its
//! marks as the digits of VNI (`d9u72o7ng` for *đường*), or with a `0` when it was written without
//! any (`duong0`; `duong00` when nothing in the whole text has marks). So a question without marks
//! finds every spelling, a question with marks finds that spelling and texts typed without any, and
//! never another word: *đường* is not *Dương*, *rừng* is not *rung*. A tone stands behind the first vowel wherever it was typed (`hoà`, `hòa`), a final `y`
//! counts as `i` (`lý`, `lí`), and Lao is cut by a dictionary.

mod code;
mod hit;
mod lao;
mod latin;
mod number;
mod piece;
mod query;

use std::collections::BTreeSet;

pub use hit::{Excerpt, excerpt};
use piece::{Kind, Piece, pieces};
pub use query::{Needle, Query, Term};

/// The tokens under which `texts` are found, each once, in order, joined by spaces.
pub fn tokens<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut found = BTreeSet::new();
    for text in texts {
        let pieces = pieces(text);
        let bare = is_bare(&pieces);
        for piece in &pieces {
            found.extend(of(&piece.kind, bare));
        }
    }
    found.into_iter().collect::<Vec<_>>().join(" ")
}

/// The token that stands for a unit that may see the complaint. Asked for together with the words
/// it keeps matches of other units from being looked at; whoever asks must check the right as well,
/// for a person may write such a token.
pub fn unit_token(unit: &str) -> String {
    use std::fmt::Write as _;
    unit.bytes().fold("unit0".to_owned(), |mut token, byte| {
        write!(token, "{byte:02x}").expect("writing to a string does not fail");
        token
    })
}

/// Whether a text was typed without any marks.
fn is_bare(pieces: &[Piece]) -> bool {
    !pieces.iter().any(|piece| matches!(&piece.kind, Kind::Word(word) if word.marked.is_some()))
}

/// Every token of a piece of a text that is `bare` or not.
fn of(kind: &Kind, bare: bool) -> Vec<String> {
    match kind {
        Kind::Word(word) => word.tokens(bare),
        Kind::Lao(word) => vec![word.clone()],
        Kind::Code(code) => code::tokens(code),
        Kind::Number(digits) => number::tokens(digits),
        Kind::Phone(number) => number.tokens(),
    }
}

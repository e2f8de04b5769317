//! A question in words: what each word of it is found by.

use super::{
    code,
    latin::{bare, plain},
    number,
    piece::{Kind, Piece, pieces},
};

/// Most words of one question; the rest is left out.
const NEEDLES_MAX: usize = 12;
/// Most characters of a question that are read.
const CHARS_MAX: usize = 400;

/// A token to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The token.
    pub token: String,
    /// Whether it may be the beginning of one.
    pub prefix: bool,
}

/// One word of a question: any of its terms will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// As it was asked for; these are ranked first.
    pub best: Vec<Term>,
    /// What else will do: another spelling, one slip.
    pub also: Vec<Term>,
}

/// A question: every needle must be there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Its words.
    pub needles: Vec<Needle>,
}

impl Query {
    /// Reads what somebody typed; no needles when it holds nothing that could be found.
    ///
    /// The last word may be the beginning of one, unless something follows it.
    pub fn read(typed: &str) -> Self {
        let typed: String = typed.chars().take(CHARS_MAX).collect();
        let pieces = pieces(&typed);
        let unfinished = typed.chars().last().is_some_and(|c| !c.is_whitespace());
        let last = pieces.last().map(|piece| piece.at.end);
        let mut needles = Vec::new();
        let mut covered = 0;
        for piece in &pieces {
            if piece.at.end <= covered {
                continue;
            }
            if matches!(piece.kind, Kind::Code(_) | Kind::Phone(_)) {
                covered = piece.at.end;
            }
            needles.push(needle(piece, unfinished && last == Some(piece.at.end)));
        }
        needles.truncate(NEEDLES_MAX);
        Self { needles }
    }

    /// Whether there is nothing to look for.
    pub const fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }
}

fn whole(token: impl Into<String>) -> Term {
    Term { token: token.into(), prefix: false }
}

fn needle(piece: &Piece, unfinished: bool) -> Needle {
    let maybe = |token: &str| Term { token: token.to_owned(), prefix: unfinished };
    match &piece.kind {
        Kind::Word(word) => match &word.marked {
            Some(marked) => {
                Needle { best: vec![maybe(marked)], also: vec![whole(bare(&word.folded))] }
            }
            None => {
                Needle { best: vec![whole(plain(&word.folded))], also: vec![maybe(&word.folded)] }
            }
        },
        Kind::Lao(word) => Needle { best: vec![maybe(word)], also: vec![] },
        Kind::Code(code) => Needle {
            best: vec![maybe(code)],
            also: code::slips(code).into_iter().map(whole).collect(),
        },
        Kind::Number(digits) => {
            let tail = number::TAIL_DIGITS.contains(&digits.len());
            Needle {
                best: number::tokens(digits).into_iter().map(whole).collect(),
                also: std::iter::once(Term { token: digits.clone(), prefix: digits.len() > 2 })
                    .chain(tail.then(|| whole(number::tail_token(digits))))
                    .collect(),
            }
        }
        Kind::Phone(number) => {
            Needle { best: vec![whole(&number.whole)], also: vec![whole(&number.typed)] }
        }
    }
}

//! Cuts a text into what is found: words, Lao words, codes, numbers, telephones, each with where
//! it stands. Must not change the text: places are those of the text as given.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{code, lao, latin::Word, number};

/// Longest word in characters that is kept whole; what is longer is no word of a person.
const WORD_CHARS_MAX: usize = 64;
/// Most runs that one code is put together from.
const CODE_RUNS_MAX: usize = 6;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands in the text, in bytes.
    pub(super) at: Range<usize>,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of letters, perhaps with digits.
    Word(Word),
    /// A Lao word.
    Lao(String),
    /// Letters and digits together, joined: `lift0042`.
    Code(String),
    /// Digits.
    Number(String),
    /// A telephone.
    Phone(number::Number),
}

/// A run of characters of one sort.
struct Run<'t> {
    at: Range<usize>,
    text: &'t str,
    lao: bool,
}

impl Run<'_> {
    fn is_ascii_alnum(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }

    fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Everything in a text that can be found, in order; longer pieces before the parts of them.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let runs = runs(text);
    let mut pieces = Vec::with_capacity(runs.len());
    let mut in_phone = 0;
    let mut in_code = 0;
    for (n, run) in runs.iter().enumerate() {
        if n >= in_phone
            && let Some((count, piece)) = phone(text, &runs, n)
        {
            in_phone = n + count;
            pieces.push(piece);
        }
        if n >= in_code
            && let Some((count, piece)) = joined_code(text, &runs, n)
        {
            in_code = n + count;
            pieces.push(piece);
        }
        pieces.extend(single(run));
    }
    pieces
}

/// The pieces of one run.
fn single(run: &Run<'_>) -> Vec<Piece> {
    if run.lao {
        let shift = run.at.start;
        let words = lao::words(run.text).into_iter();
        return words
            .map(|(at, word)| Piece { at: at.start + shift..at.end + shift, kind: Kind::Lao(word) })
            .collect();
    }
    let short: String = run.text.chars().take(WORD_CHARS_MAX).collect();
    let kind = if run.is_number() { Kind::Number(short) } else { Kind::Word(Word::read(&short)) };
    vec![Piece { at: run.at.clone(), kind }]
}

/// Runs of letters, digits and marks, and runs of Lao.
fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let mut close = |open: &mut Option<(usize, bool)>, until: usize| {
        if let Some((from, lao)) = open.take()
            && let Some(run) = text.get(from..until)
        {
            runs.push(Run { at: from..until, text: run, lao });
        }
    };
    for (at, c) in text.char_indices() {
        let sort = sort_of(c, open.map(|(_, lao)| lao));
        if open.map(|(_, lao)| lao) != sort {
            close(&mut open, at);
            open = sort.map(|lao| (at, lao));
        }
    }
    close(&mut open, text.len());
    runs
}

/// Whether a character continues or starts a run: `Some(true)` of Lao, `Some(false)` of others.
fn sort_of(c: char, within: Option<bool>) -> Option<bool> {
    if lao::is_lao(c) {
        Some(true)
    } else if lao::is_unseen(c) {
        within
    } else if c.is_alphanumeric() {
        Some(false)
    } else if is_combining_mark(c) {
        within
    } else {
        None
    }
}

/// What stands between two runs.
fn between<'t>(text: &'t str, runs: &[Run<'_>], n: usize) -> Option<&'t str> {
    let (before, after) = (runs.get(n)?, runs.get(n + 1)?);
    text.get(before.at.end..after.at.start)
}

/// A telephone that starts with run `n`: digits in groups, with how many runs it takes.
fn phone(text: &str, runs: &[Run<'_>], n: usize) -> Option<(usize, Piece)> {
    let first = runs.get(n).filter(|run| run.is_number())?;
    let mut count = 1;
    let mut digits = first.text.len();
    while let Some(next) = runs.get(n + count).filter(|run| run.is_number())
        && between(text, runs, n + count - 1).is_some_and(joins_phone)
        && digits + next.text.len() <= *number::PHONE_DIGITS.end()
    {
        digits += next.text.len();
        count += 1;
    }
    // The longest stretch that is a number of some plan; groups may be followed by another number.
    (1..=count).rev().find_map(|count| {
        let until = runs.get(n + count - 1)?.at.end;
        let from = first.at.start;
        let plus = text.get(..from)?.trim_end_matches('(').ends_with('+');
        let typed = text.get(from..until)?;
        let typed = if plus { format!("+{typed}") } else { typed.to_owned() };
        let kind = Kind::Phone(number::Number::read(&typed)?);
        Some((count, Piece { at: from..until, kind }))
    })
}

fn joins_phone(between: &str) -> bool {
    between.chars().count() <= 2
        && between.chars().all(|c| matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}'))
}

/// A code that starts with run `n`: letters and digits, joined by nothing or one sign.
fn joined_code(text: &str, runs: &[Run<'_>], n: usize) -> Option<(usize, Piece)> {
    let first = runs.get(n).filter(|run| run.is_ascii_alnum())?;
    let mut count = 1;
    while count < CODE_RUNS_MAX
        && runs.get(n + count).is_some_and(Run::is_ascii_alnum)
        && between(text, runs, n + count - 1).is_some_and(joins_code)
    {
        count += 1;
    }
    let last = runs.get(n + count - 1)?;
    let code: String = runs.get(n..n + count)?.iter().map(|run| run.text).collect();
    let code = code.to_ascii_lowercase();
    let piece = Piece { at: first.at.start..last.at.end, kind: Kind::Code(code.clone()) };
    code::is_code(&code).then_some((count, piece))
}

fn joins_code(between: &str) -> bool {
    matches!(between, "-" | "_" | "." | "/" | "\u{2010}" | "\u{2011}" | "\u{2013}")
}

//! Why something was found: the place in the words where they met the question.
//! Must not decide what is found; it only shows it.

use std::ops::Range;

use super::{
    is_bare, of,
    piece::pieces,
    query::{Query, Term},
};

/// Characters of an excerpt, about.
const EXCERPT_CHARS: usize = 160;
/// Characters before the first match.
const LEAD_CHARS: usize = 40;

/// A part of a text, with what met the question in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The part; an ellipsis where the text was cut.
    pub text: String,
    /// What met the question, in bytes of the part, in order, apart from one another.
    pub marks: Vec<Range<usize>>,
    /// How many needles of the question it meets.
    pub needles: usize,
}

/// The part of `text` that meets the question; `None` when nothing in it does.
pub fn excerpt(text: &str, query: &Query) -> Option<Excerpt> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut met = vec![false; query.needles.len()];
    let pieces = pieces(text);
    let bare = is_bare(&pieces);
    for piece in pieces {
        let tokens = of(&piece.kind, bare);
        let mut any = false;
        for (needle, met) in query.needles.iter().zip(&mut met) {
            let mut terms = needle.best.iter().chain(&needle.also);
            if terms.any(|term| tokens.iter().any(|token| meets(term, token))) {
                *met = true;
                any = true;
            }
        }
        if any {
            add(&mut marks, piece.at);
        }
    }
    let first = marks.first()?.start;
    let (from, until) = window(text, first);
    Some(cut(text, from..until, &marks, met.iter().filter(|met| **met).count()))
}

fn meets(term: &Term, token: &str) -> bool {
    if term.prefix { token.starts_with(&term.token) } else { token == term.token }
}

/// Adds a mark; marks that touch become one.
fn add(marks: &mut Vec<Range<usize>>, mark: Range<usize>) {
    match marks.last_mut() {
        Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
        _ => marks.push(mark),
    }
}

/// From where to where the excerpt goes: around the first match, between words where it can.
fn window(text: &str, first: usize) -> (usize, usize) {
    let before = text.get(..first).unwrap_or_default();
    let lead: usize = before.chars().rev().take(LEAD_CHARS).map(char::len_utf8).sum();
    let mut from = first - lead;
    if from > 0
        && let Some(lead) = text.get(from..first)
        && let Some(space) = lead.find(char::is_whitespace)
    {
        from += space + 1;
    }
    let rest = text.get(from..).unwrap_or_default();
    let length: usize = rest.chars().take(EXCERPT_CHARS).map(char::len_utf8).sum();
    let mut until = from + length;
    if until < text.len()
        && let Some(part) = text.get(from..until)
        && let Some(space) = part.rfind(char::is_whitespace)
        && from + space > first
    {
        until = from + space;
    }
    (from, until)
}

fn cut(text: &str, part: Range<usize>, marks: &[Range<usize>], needles: usize) -> Excerpt {
    let mut shown = String::new();
    if part.start > 0 {
        shown.push('…');
    }
    let shift = shown.len();
    shown.push_str(text.get(part.clone()).unwrap_or_default());
    let within = marks.iter().filter(|mark| part.start <= mark.start && mark.end <= part.end);
    let moved = |at: usize| at - part.start + shift;
    let marks = within.map(|mark| moved(mark.start)..moved(mark.end)).collect();
    if part.end < text.len() {
        shown.push('…');
    }
    Excerpt { text: shown, marks, needles }
}

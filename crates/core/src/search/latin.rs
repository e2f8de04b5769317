//! A word of letters and digits: without its marks, and as it was written.

use unicode_normalization::char::is_combining_mark;

use crate::apart::apart;

/// A word of letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case without marks, `đ` as `d`, a final `y` as `i`.
    pub(super) folded: String,
    /// With its marks as digits of VNI; `None` when it was written without marks.
    pub(super) marked: Option<String>,
}

impl Word {
    /// Reads one word of a text.
    pub(super) fn read(text: &str) -> Self {
        let mut letters: Vec<Letter> = Vec::new();
        apart(text, |c| {
            let bare = Letter { base: c, quality: None, tone: None };
            match (c, letters.last_mut()) {
                (c, _) if c.is_ascii() => letters.push(bare),
                ('đ', _) => letters.push(Letter { base: 'd', quality: Some('9'), tone: None }),
                (mark, Some(letter)) if is_combining_mark(mark) => letter.take(mark),
                (mark, None) if is_combining_mark(mark) => {}
                _ => letters.push(bare),
            }
        });
        end_in_i(&mut letters);
        let folded: String = letters.iter().map(|letter| letter.base).collect();
        let marked = letters.iter().any(|letter| letter.quality.is_some() || letter.tone.is_some());
        Self { folded, marked: marked.then(|| vni(&letters)) }
    }

    /// Its tokens; `bare` when the whole text was typed without marks, so that the word may stand
    /// for any with them.
    pub(super) fn tokens(&self, bare: bool) -> Vec<String> {
        let written = self.marked.clone().unwrap_or_else(|| plain(&self.folded));
        let mut tokens = vec![self.folded.clone(), written];
        if bare {
            tokens.push(self::bare(&self.folded));
        }
        tokens
    }
}

/// The token of a word that was written without marks.
pub(super) fn plain(folded: &str) -> String {
    format!("{folded}0")
}

/// The token of a word in a text that was typed without any marks.
pub(super) fn bare(folded: &str) -> String {
    format!("{folded}00")
}

struct Letter {
    base: char,
    quality: Option<char>,
    tone: Option<char>,
}

impl Letter {
    fn take(&mut self, mark: char) {
        match mark {
            '\u{301}' => self.tone = Some('1'),
            '\u{300}' => self.tone = Some('2'),
            '\u{309}' => self.tone = Some('3'),
            '\u{303}' => self.tone = Some('4'),
            '\u{323}' => self.tone = Some('5'),
            '\u{302}' => self.quality = Some('6'),
            '\u{31b}' => self.quality = Some('7'),
            '\u{306}' => self.quality = Some('8'),
            // Marks of other languages are left out: `ü` is found as `u`.
            _ => {}
        }
    }

    const fn is_vowel(&self) -> bool {
        matches!(self.base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }
}

/// `lý` and `lí`, `quý` and `quí` are one word; `tay` and `tai` are two.
fn end_in_i(letters: &mut [Letter]) {
    let follows = match letters {
        [.., q, u, _] if q.base == 'q' && u.base == 'u' => true,
        [.., before, _] => before.base.is_alphabetic() && !before.is_vowel(),
        _ => false,
    };
    if let Some(last) = letters.last_mut().filter(|last| follows && last.base == 'y') {
        last.base = 'i';
    }
}

/// Each letter with its quality, and the tone behind the first vowel wherever it was typed.
fn vni(letters: &[Letter]) -> String {
    let tone = letters.iter().find_map(|letter| letter.tone);
    let first = letters.iter().position(Letter::is_vowel).unwrap_or(0);
    let mut text = String::new();
    for (n, letter) in letters.iter().enumerate() {
        text.push(letter.base);
        text.extend(letter.quality);
        if n == first {
            text.extend(tone);
        }
    }
    text
}

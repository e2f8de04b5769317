//! What is wrong with a pack: file, line, column, message and a hint; every problem at once.
//! Must not decide what is wrong; readers and checks do.

/// One thing that is wrong with a pack. Messages are for operators, in English.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path of the file inside the pack, `text/vi.toml`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where we know.
    pub hint: Option<String>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, line, column, message, hint } = self;
        write!(f, "{file}:{line}:{column}: {message}")?;
        hint.as_ref().map_or(Ok(()), |hint| write!(f, "\n  hint: {hint}"))
    }
}

/// Line and column (characters, both from 1) of a byte offset; past the end is the end.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// A list of problems and of warnings that grows while a pack is read.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// What makes the pack unusable.
    pub(super) errors: Vec<Problem>,
    /// What an operator should see to soon.
    pub(super) warnings: Vec<Problem>,
}

impl Problems {
    /// Adds an error at a byte offset of `text`.
    pub(super) fn add(&mut self, file: &str, text: &str, offset: usize, message: String) {
        self.errors.push(problem(file, text, offset, message, None));
    }

    /// Adds an error with a hint.
    pub(super) fn add_with_hint(
        &mut self,
        (file, text): (&str, &str),
        offset: usize,
        message: String,
        hint: String,
    ) {
        self.errors.push(problem(file, text, offset, message, Some(hint)));
    }

    /// Adds a warning at a byte offset of `text`.
    pub(super) fn warn(&mut self, file: &str, text: &str, offset: usize, message: String) {
        self.warnings.push(problem(file, text, offset, message, None));
    }
}

fn problem(
    file: &str,
    text: &str,
    offset: usize,
    message: String,
    hint: Option<String>,
) -> Problem {
    let (line, column) = position(text, offset);
    Problem { file: file.to_owned(), line, column, message, hint }
}

/// The known word nearest to `wrong`, if it is near enough to be a slip of the finger.
pub(super) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (distance(wrong, word), word))
        .filter(|(distance, word)| *distance <= 1 + word.chars().count() / 4)
        .min()
        .map(|(_, word)| word)
}

/// Number of letters to add, drop or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let mut next = vec![before];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = usize::from(left != *right);
            before = (diagonal + cost).min(above + 1).min(before + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

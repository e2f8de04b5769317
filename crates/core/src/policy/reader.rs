//! Reads a spanned TOML document and collects every problem: wrong type, missing or unknown key.
//! Must not know what a policy is.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    str::FromStr,
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::problem::{Problems, nearest};

/// One TOML file that is being read; remembers where each value stands.
pub(super) struct Reader<'s> {
    /// Path inside the pack.
    pub(super) file: &'s str,
    /// The whole file.
    pub(super) text: &'s str,
    problems: RefCell<Problems>,
    spots: RefCell<BTreeMap<String, usize>>,
}

impl<'s> Reader<'s> {
    /// Starts reading a file.
    pub(super) fn new(file: &'s str, text: &'s str) -> Self {
        Self { file, text, problems: RefCell::default(), spots: RefCell::default() }
    }

    /// Parses the file; syntax errors become problems and what could be read is returned.
    pub(super) fn document(&self) -> Spanned<DeTable<'s>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            self.problem(at, error.message().to_owned());
        }
        table
    }

    /// Records a problem at a byte offset.
    pub(super) fn problem(&self, at: usize, message: String) {
        self.problems.borrow_mut().add(self.file, self.text, at, message);
    }

    /// Records a problem with a hint.
    pub(super) fn problem_with_hint(&self, at: usize, message: String, hint: String) {
        self.problems.borrow_mut().add_with_hint((self.file, self.text), at, message, hint);
    }

    /// Records a warning.
    pub(super) fn warning(&self, at: usize, message: String) {
        self.problems.borrow_mut().warn(self.file, self.text, at, message);
    }

    /// Where the value of `path` stands; the start of the nearest value above it, else of the file.
    pub(super) fn spot(&self, path: &str) -> usize {
        let spots = self.spots.borrow();
        let mut path = path;
        loop {
            if let Some(at) = spots.get(path) {
                return *at;
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = path.get(..cut).unwrap_or(""),
                None => return 0,
            }
        }
    }

    /// Whether any problem was recorded.
    pub(super) fn has_problems(&self) -> bool {
        !self.problems.borrow().errors.is_empty()
    }

    /// Ends reading.
    pub(super) fn into_problems(self) -> Problems {
        self.problems.into_inner()
    }
}

/// A value with the path that leads to it.
#[derive(Clone)]
pub(super) struct Node<'r, 'v> {
    reader: &'r Reader<'r>,
    value: &'v Spanned<DeValue<'v>>,
    /// `handover.routes[0].to`.
    pub(super) path: String,
}

impl<'r, 'v> Node<'r, 'v> {
    /// Byte offset of the value.
    pub(super) fn at(&self) -> usize {
        self.value.span().start
    }

    /// Byte offset of the end of the value.
    pub(super) fn end(&self) -> usize {
        self.value.span().end
    }

    /// Records a problem at this value.
    pub(super) fn problem(&self, message: String) {
        self.reader.problem(self.at(), message);
    }

    /// Adds a problem at this value with what to write instead, where that is known.
    pub(super) fn problem_or_hint(&self, message: String, hint: Option<String>) {
        match hint {
            Some(hint) => self.reader.problem_with_hint(self.at(), message, hint),
            None => self.problem(message),
        }
    }

    fn wrong<T>(&self, wanted: &str) -> Option<T> {
        let found = match self.value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a number",
            DeValue::Float(_) => "a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(format!("`{}` must be {wanted}, not {found}", self.path));
        None
    }

    /// A text, if it is one; no problem otherwise.
    pub(super) fn as_text(&self) -> Option<&'v str> {
        if let DeValue::String(text) = self.value.get_ref() { Some(text.as_ref()) } else { None }
    }

    /// The entries, if it is a table; no problem otherwise.
    pub(super) fn as_table(&self) -> Option<Table<'r, 'v>> {
        let DeValue::Table(map) = self.value.get_ref() else { return None };
        Some(Table::new(self.reader, map, self.at(), self.path.clone()))
    }

    /// A text.
    pub(super) fn text(&self) -> Option<&'v str> {
        self.as_text().or_else(|| self.wrong("a text"))
    }

    /// A text that is not empty.
    pub(super) fn filled(&self) -> Option<String> {
        let text = self.text()?;
        if text.trim().is_empty() {
            self.problem(format!("`{}` is empty", self.path));
            return None;
        }
        Some(text.to_owned())
    }

    /// A text in a form of its own, such as a vocabulary word or an amount.
    pub(super) fn parse<T: FromStr>(&self) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.text()?;
        text.parse().map_err(|error| self.problem(format!("`{}`: {error}", self.path))).ok()
    }

    /// One of a few words, each with its value.
    pub(super) fn word<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.reader.problem_with_hint(
                self.at(),
                format!("`{}`: `{text}` is not a word that stands here", self.path),
                format!("use one of: {}", allowed.join(", ")),
            );
        }
        found
    }

    /// A whole number between two bounds.
    pub(super) fn number<T: TryFrom<i64>>(&self, (low, high): (i64, i64)) -> Option<T> {
        let DeValue::Integer(integer) = self.value.get_ref() else {
            return self.wrong("a number");
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        let good = number.filter(|number| (low..=high).contains(number));
        if good.is_none() {
            self.problem(format!("`{}` must lie between {low} and {high}", self.path));
        }
        good.and_then(|number| T::try_from(number).ok())
    }

    /// A share between 0 and 1 in thousandths; at most three decimals.
    pub(super) fn permille(&self) -> Option<u16> {
        let written = match self.value.get_ref() {
            DeValue::Float(float) => float.as_str().to_owned(),
            DeValue::Integer(integer) => integer.to_string(),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => return self.wrong("a share such as 0.75"),
        };
        let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
        let good = part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
        let share = good.then(|| format!("{whole}{part:0<3}").parse::<u16>().ok()).flatten();
        let share = share.filter(|share| (1..=1000).contains(share));
        if share.is_none() {
            self.problem(format!(
                "`{}` must be a share above 0 and at most 1.0 with at most three decimals",
                self.path
            ));
        }
        share
    }

    /// True or false.
    pub(super) fn flag(&self) -> Option<bool> {
        if let DeValue::Boolean(flag) = self.value.get_ref() {
            return Some(*flag);
        }
        self.wrong("true or false")
    }

    /// A date or instant as written, from a TOML date or a text.
    pub(super) fn date<T: FromStr>(&self, form: &str) -> Option<T> {
        let written = match self.value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => return self.wrong(form),
        };
        let date = written.parse().ok();
        if date.is_none() {
            self.problem(format!("`{}` must be {form}", self.path));
        }
        date
    }

    /// The items of a list.
    pub(super) fn list(&self) -> Option<Vec<Self>> {
        let DeValue::Array(array) = self.value.get_ref() else { return self.wrong("a list") };
        let items = array.iter().enumerate().map(|(nth, value)| {
            let path = format!("{}[{nth}]", self.path);
            self.reader.spots.borrow_mut().insert(path.clone(), value.span().start);
            Self { reader: self.reader, value, path }
        });
        Some(items.collect())
    }

    /// The items of a list, each read by `read`; `None` when any could not be read.
    pub(super) fn each<T>(&self, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let read: Vec<Option<T>> = self.list()?.iter().map(read).collect();
        read.into_iter().collect()
    }

    /// The entries of a table.
    pub(super) fn table(&self) -> Option<Table<'r, 'v>> {
        self.as_table().or_else(|| self.wrong("a table"))
    }
}

/// A table; [`Table::finish`] reports the keys nobody asked for.
pub(super) struct Table<'r, 'v> {
    /// The file.
    pub(super) reader: &'r Reader<'r>,
    map: &'v DeTable<'v>,
    at: usize,
    path: String,
    asked: RefCell<Vec<String>>,
    closed: Cell<bool>,
}

impl<'r, 'v> Table<'r, 'v> {
    /// The table of a whole document.
    pub(super) fn root(reader: &'r Reader<'r>, document: &'v Spanned<DeTable<'v>>) -> Self {
        Self::new(reader, document.get_ref(), 0, String::new())
    }

    fn new(reader: &'r Reader<'r>, map: &'v DeTable<'v>, at: usize, path: String) -> Self {
        Self { reader, map, at, path, asked: RefCell::default(), closed: Cell::new(false) }
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The value of `key`, if it stands there.
    pub(super) fn get(&self, key: &str) -> Option<Node<'r, 'v>> {
        self.asked.borrow_mut().push(key.to_owned());
        let (_, value) = self.map.iter().find(|(name, _)| name.get_ref().as_ref() == key)?;
        let path = self.join(key);
        self.reader.spots.borrow_mut().insert(path.clone(), value.span().start);
        Some(Node { reader: self.reader, value, path })
    }

    /// The value of `key`; a problem when it is missing.
    pub(super) fn need(&self, key: &str) -> Option<Node<'r, 'v>> {
        let found = self.get(key);
        if found.is_none() {
            self.reader.problem(self.at, format!("`{}` is missing", self.join(key)));
        }
        found
    }

    /// Every entry in the order of the file; marks the table as read to the end.
    pub(super) fn entries(&self) -> Vec<(&'v str, Node<'r, 'v>)> {
        self.closed.set(true);
        let mut entries: Vec<_> = self.map.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let node = |(key, value): (&'v Spanned<_>, &'v Spanned<DeValue<'v>>)| {
            let key: &std::borrow::Cow<'v, str> = Spanned::get_ref(key);
            let path = self.join(key);
            self.reader.spots.borrow_mut().insert(path.clone(), value.span().start);
            (key.as_ref(), Node { reader: self.reader, value, path })
        };
        entries.into_iter().map(node).collect()
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(&self) {
        if self.closed.get() {
            return;
        }
        let asked = self.asked.borrow();
        for (key, _) in self.map {
            let name = key.get_ref().as_ref();
            if asked.iter().any(|known| known == name) {
                continue;
            }
            let message = format!("unknown key `{}`", self.join(name));
            let at = key.span().start;
            match nearest(name, asked.iter().map(String::as_str)) {
                Some(known) => {
                    self.reader.problem_with_hint(at, message, format!("did you mean `{known}`?"));
                }
                None => self.reader.problem(at, message),
            }
        }
    }
}

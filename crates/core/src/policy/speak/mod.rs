//! Says the rules of a pack in words: fills the `{placeholders}` of its texts.
//! Must not know pages or markup, nor hold words of its own; every word is a text of the pack.

mod amounts;
mod names;
mod paths;
mod process;
mod promises;
mod settings;

pub use amounts::telephone;
pub(super) use amounts::{weekday, weekday_word};
pub(super) use names::date;

use super::{Policy, Texts};
use crate::kinds::Lang;

/// Texts inside texts inside texts; more is a circle.
const DEPTH_MAX: u8 = 6;

/// Why a text could not be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct FillError {
    /// Byte offset of the placeholder in the text.
    pub at: usize,
    /// What is wrong, for the operator.
    pub reason: String,
}

/// Speaks one language for one pack.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    /// The rules.
    pub policy: &'a Policy,
    /// The words.
    pub texts: &'a Texts,
    /// The language.
    pub lang: Lang,
    depth: u8,
}

impl<'a> Speaker<'a> {
    /// Speaks `lang`.
    pub fn new(policy: &'a Policy, texts: &'a Texts, lang: Lang) -> Self {
        Self { policy, texts, lang, depth: 0 }
    }

    /// The text `id` with its placeholders filled.
    ///
    /// # Errors
    ///
    /// [`FillError`] when there is no such text or a placeholder names nothing.
    pub fn say(&self, id: &str) -> Result<String, FillError> {
        self.say_with(id, &[])
    }

    /// The text `id` with its placeholders filled from `extra` first.
    ///
    /// # Errors
    ///
    /// As [`Self::say`].
    pub fn say_with(&self, id: &str, extra: &[(&str, &str)]) -> Result<String, FillError> {
        let missing =
            || FillError { at: 0, reason: format!("there is no text `{id}` in {}", self.lang) };
        let text = self.texts.get(self.lang, id).ok_or_else(missing)?;
        self.fill(text, extra)
    }

    /// Fills the placeholders of `text`, from `extra` first.
    ///
    /// # Errors
    ///
    /// [`FillError`] with the place of the first placeholder that names nothing.
    pub fn fill(&self, text: &str, extra: &[(&str, &str)]) -> Result<String, FillError> {
        let inner = Self { depth: self.depth + 1, ..*self };
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            let at = text.len() - from.len();
            let close = from
                .find('}')
                .ok_or_else(|| FillError { at, reason: "a `{` without its `}`".to_owned() })?;
            let path = from.get(1..close).unwrap_or("");
            filled.push_str(before);
            let known = extra.iter().find(|(name, _)| *name == path).map(|(_, value)| *value);
            match known {
                Some(value) => filled.push_str(value),
                None => filled
                    .push_str(&inner.placeholder(path).map_err(|reason| FillError { at, reason })?),
            }
            rest = from.get(close + 1..).unwrap_or("");
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn placeholder(&self, path: &str) -> Result<String, String> {
        if self.depth > DEPTH_MAX {
            return Err(format!("`{{{path}}}` leads in a circle"));
        }
        self.resolve(path)
    }

    /// The text `id` inside another text; the error names the text.
    fn inner(&self, id: &str) -> Result<String, String> {
        self.say(id).map_err(|error| error.reason)
    }

    fn inner_with(&self, id: &str, extra: &[(&str, &str)]) -> Result<String, String> {
        self.say_with(id, extra).map_err(|error| error.reason)
    }

    /// `a, b and c` in the words `list.comma` and `list.and`.
    pub fn list(&self, items: &[String]) -> String {
        self.joined(items, "list.and")
    }

    /// `a, b or c` in the words `list.comma` and `list.or`.
    pub fn list_or(&self, items: &[String]) -> String {
        self.joined(items, "list.or")
    }

    /// Items that hold commas themselves are set apart by semicolons.
    fn joined(&self, items: &[String], last_word: &str) -> String {
        let comma = self.texts.get(self.lang, "list.comma").unwrap_or(", ");
        let word = self.texts.get(self.lang, last_word).unwrap_or(", ");
        let nested = items.iter().any(|item| item.contains(comma));
        let (comma, stop) = if nested { ("; ", ";") } else { (comma, "") };
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [most @ .., last] => format!("{}{stop}{word}{last}", most.join(comma)),
        }
    }

    /// The text `id` as a sentence: filled, its first letter a capital.
    ///
    /// # Errors
    ///
    /// As [`Self::say`].
    pub fn sentence(&self, id: &str) -> Result<String, FillError> {
        let text = self.say(id)?;
        let mut letters = text.chars();
        let first = letters.next().map(char::to_uppercase).into_iter().flatten();
        Ok(first.chain(letters).collect())
    }
}

/// The placeholders of a text with their byte offsets.
pub(super) fn placeholders(text: &str) -> Vec<(usize, &str)> {
    let opens = text.match_indices('{');
    opens
        .filter_map(|(at, _)| {
            let from = text.get(at + 1..)?;
            Some((at, from.get(..from.find('}')?)?))
        })
        .collect()
}

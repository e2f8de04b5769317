//! The pack's words for people: `text/<lang>.toml`, flattened to ids such as `sentence.first-reply`.
//! Must not judge words (that is `check`) nor fill placeholders (that is `speak`).

use std::collections::BTreeMap;

use super::{
    files::PackFiles,
    problem::Problems,
    reader::{Reader, Table},
    words::Scan,
};
use crate::kinds::Lang;

/// Deepest nesting of tables in a text file.
const DEPTH_MAX: usize = 8;

/// Every text of the pack by language and id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<Lang, BTreeMap<String, String>>);

impl Texts {
    /// The text `id` in `lang`, placeholders unfilled.
    pub fn get(&self, lang: Lang, id: &str) -> Option<&str> {
        self.0.get(&lang)?.get(id).map(String::as_str)
    }

    /// Every text of a language in order of id.
    pub fn of(&self, lang: Lang) -> impl Iterator<Item = (&str, &str)> {
        let texts = self.0.get(&lang).into_iter().flatten();
        texts.map(|(id, text)| (id.as_str(), text.as_str()))
    }

    /// The languages there are texts in.
    pub fn languages(&self) -> impl Iterator<Item = Lang> {
        self.0.keys().copied()
    }
}

/// Where a text stands in its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Byte offset of the first letter of the value.
    pub(super) at: usize,
    /// Whether offsets in the text are offsets in the file (no escapes, one piece).
    pub(super) exact: bool,
}

/// The file of one language, with the place of each text.
pub(super) struct TextFile<'f> {
    pub(super) lang: Lang,
    pub(super) file: String,
    pub(super) source: &'f str,
    pub(super) spots: BTreeMap<String, Spot>,
    /// Each text made ready to be searched.
    pub(super) scans: BTreeMap<String, Scan>,
}

impl TextFile<'_> {
    /// Byte offset in the file of byte `within` of the text `id`.
    pub(super) fn offset(&self, id: &str, within: usize) -> usize {
        self.spots.get(id).map_or(0, |spot| if spot.exact { spot.at + within } else { spot.at })
    }
}

/// Path of the texts of a language inside the pack.
pub(super) fn path(lang: Lang) -> String {
    format!("text/{lang}.toml")
}

/// Reads the texts of the languages that have a file; syntax and type problems are collected.
pub(super) fn read<'f>(
    files: &'f PackFiles,
    problems: &mut Problems,
) -> (Texts, Vec<TextFile<'f>>) {
    let mut texts = Texts::default();
    let mut places = Vec::new();
    for lang in Lang::ALL.iter().copied() {
        let file = path(lang);
        let Some(source) = files.text(&file) else { continue };
        let reader = Reader::new(&file, source);
        let mut of_lang = BTreeMap::new();
        let mut spots = BTreeMap::new();
        {
            let document = reader.document();
            flatten(&Table::root(&reader, &document), source, "", 0, &mut |id, text, spot| {
                of_lang.insert(id.to_owned(), text.to_owned());
                spots.insert(id.to_owned(), spot);
            });
        }
        problems.errors.extend(reader.into_problems().errors);
        let scans = of_lang.iter().map(|(id, text)| (id.clone(), Scan::new(lang, text))).collect();
        texts.0.insert(lang, of_lang);
        places.push(TextFile { lang, file, source, spots, scans });
    }
    (texts, places)
}

fn flatten(
    table: &Table<'_, '_>,
    source: &str,
    prefix: &str,
    depth: usize,
    keep: &mut impl FnMut(&str, &str, Spot),
) {
    for (key, node) in table.entries() {
        let id = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        if let Some(inner) = node.as_table() {
            if depth < DEPTH_MAX {
                flatten(&inner, source, &id, depth + 1, keep);
            } else {
                node.problem(format!("`{id}` lies too deep"));
            }
        } else if let Some(text) = node.text() {
            let raw = source.get(node.at()..node.end()).unwrap_or("");
            let found = raw.find(text).filter(|_| !text.is_empty());
            let at = node.at() + found.unwrap_or(0);
            keep(&id, text, Spot { at, exact: found.is_some() });
        }
    }
}

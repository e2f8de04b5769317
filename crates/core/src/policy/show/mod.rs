//! The published page, generated from the running rules.
//! Must not hold words: every sentence, heading and label is a text of the pack.

mod facts;
mod render;
mod rules;

pub use render::{to_html, to_markdown};

use super::{FillError, Pack, Speaker, model::Sentence, read::section_of, section::Section};
use crate::kinds::Lang;

/// The published page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Language of every text in it.
    pub lang: Lang,
    /// Title of the page.
    pub title: String,
    /// Where the title comes from, `S2`.
    pub title_source: Vec<String>,
    /// Words that mark an added sentence, by kind, for a legend.
    pub legend: Vec<(Added, String)>,
    /// Word before a reading.
    pub reading_label: String,
    /// Sections in order.
    pub sections: Vec<PageSection>,
    /// SHA-256 of the pack's files.
    pub digest: String,
}

/// A section of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSection {
    /// Stable name, `limits`; fit for an address.
    pub id: String,
    /// Number of the step, from 1, when the section is one of the five steps.
    pub step: Option<usize>,
    /// Heading.
    pub heading: String,
    /// Sentences in the pack's order.
    pub items: Vec<PageItem>,
    /// Tables generated from the rules.
    pub tables: Vec<PageTable>,
}

/// Who added a sentence that the source does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// A reading (A1 to A35) made where the source is silent.
    Reading,
    /// The law.
    Law,
    /// The company.
    Company,
}

/// One published sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageItem {
    /// Stable id, `first-reply`.
    pub id: String,
    /// The words, placeholders filled.
    pub text: String,
    /// Marks of the source in order: `S19`, `A12`, `law:31(2)`, `company`.
    pub source: Vec<String>,
    /// Who added it, when it is not the source's own.
    pub added: Option<Added>,
    /// Paths of the rules it announces.
    pub rules: Vec<String>,
    /// The readings it follows.
    pub notes: Vec<Note>,
}

/// A reading in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// `A3`.
    pub id: String,
    /// The words, placeholders filled.
    pub text: String,
}

/// A table generated from the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTable {
    /// Stable name, `promises`.
    pub id: String,
    /// Column headings; empty for a list of facts whose first cell is a heading.
    pub head: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<String>>,
}

/// Makes the page of a pack in `lang`, with the days off of the year it came into force.
///
/// # Errors
///
/// [`FillError`] when a text is missing in `lang` or names nothing; never for a language of a
/// checked pack.
pub fn show(pack: &Pack, lang: Lang) -> Result<Page, FillError> {
    let in_force = pack.policy.calendar.local_date(pack.policy.in_force);
    show_in(pack, lang, in_force.year())
}

/// Makes the page of a pack in `lang`, with the days off of `year` as far as the calendar knows.
///
/// # Errors
///
/// As [`show`].
pub fn show_in(pack: &Pack, lang: Lang, year: i16) -> Result<Page, FillError> {
    let speaker = pack.speaker(lang);
    let policy = &pack.policy;
    let title = policy.sentences.iter().find(|sentence| sentence.id == "title");
    let mut sections = Vec::new();
    for section in Section::ALL {
        sections.extend(one_section(&speaker, *section)?);
    }
    sections.extend(facts::sections(&speaker, year)?);
    let legend = [
        (Added::Reading, "label.added"),
        (Added::Law, "label.law"),
        (Added::Company, "label.company"),
    ];
    let legend: Result<Vec<_>, FillError> =
        legend.into_iter().map(|(added, id)| Ok((added, speaker.say(id)?))).collect();
    Ok(Page {
        lang,
        title: match title {
            Some(title) => speaker.say(&format!("sentence.{}", title.id))?,
            None => policy.company.name.clone(),
        },
        title_source: title.map(|title| title.source.clone()).unwrap_or_default(),
        legend: legend?,
        reading_label: speaker.say("label.reading")?,
        sections,
        digest: policy.digest.clone(),
    })
}

fn one_section(speaker: &Speaker<'_>, section: Section) -> Result<Option<PageSection>, FillError> {
    let sentences = speaker.policy.sentences.iter();
    let items: Result<Vec<PageItem>, FillError> = sentences
        .filter(|sentence| sentence.id != "title" && section_of(sentence) == section)
        .map(|sentence| item(speaker, sentence))
        .collect();
    let items = items?;
    let tables = rules::tables(speaker, section)?;
    if items.is_empty() && tables.is_empty() {
        return Ok(None);
    }
    Ok(Some(PageSection {
        id: section.as_str().to_owned(),
        step: Section::STEPS.iter().position(|step| *step == section).map(|nth| nth + 1),
        heading: speaker.say(&format!("section.{}", section.as_str()))?,
        items,
        tables,
    }))
}

fn item(speaker: &Speaker<'_>, sentence: &Sentence) -> Result<PageItem, FillError> {
    let note = |id: &String| {
        Ok(Note { id: id.clone(), text: speaker.sentence(&format!("reading.{id}"))? })
    };
    let notes: Result<Vec<Note>, FillError> = sentence.choice.iter().map(note).collect();
    Ok(PageItem {
        id: sentence.id.clone(),
        text: speaker.sentence(&format!("sentence.{}", sentence.id))?,
        source: sentence.source.clone(),
        added: added(&sentence.source),
        rules: sentence.rules.clone(),
        notes: notes?,
    })
}

/// Who added a sentence with these marks; `None` when any mark is the source's own.
fn added(source: &[String]) -> Option<Added> {
    if source.iter().any(|mark| mark.starts_with('S')) {
        None
    } else if source.iter().any(|mark| mark.starts_with("law:")) {
        Some(Added::Law)
    } else if source.iter().any(|mark| mark.starts_with('A')) {
        Some(Added::Reading)
    } else {
        Some(Added::Company)
    }
}

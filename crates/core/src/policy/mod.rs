//! The policy pack: read, checked, said in words, shown as a page, tested.
//!
//! One file `policy.toml` with its texts and tables is data; what it says is what runs, and what
//! runs is what the page prints. Must not read a disk, know of complaints, or hold words for
//! people: every word on the page is a text of the pack.

mod check;
mod deadline;
mod files;
mod holidays;
mod ids;
mod model;
mod problem;
mod projection;
mod read;
mod reader;
mod section;
mod shipped;
mod show;
mod speak;
mod texts;
mod trial;
mod words;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use redress_calendar::CalendarError;

pub use check::{MESSAGES, MOVES_MESSAGES, message_path, messages_of};
pub use deadline::{DeadlineError, deadline, ways_back};
pub use files::{PackBlobError, PackFiles};
pub use holidays::{HolidaysDue, Lack, holiday_reminder, holidays_due};
pub use model::*;
pub use problem::Problem;
pub use projection::projection;
pub use section::Section;
pub use shipped::{shipped, shipped_files};
pub use show::{
    Added, Note, Page, PageItem, PageSection, PageTable, show, show_in, to_html, to_markdown,
};
pub use speak::{FillError, Speaker, telephone};
pub use texts::Texts;
pub use trial::{TestOutcome, run_tests};

use problem::Problems;
use reader::Reader;

/// A policy pack that passed every check.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The rules.
    pub policy: Policy,
    /// The words.
    pub texts: Texts,
    /// The exact files; stored by digest when the pack is put in force.
    pub files: PackFiles,
    /// What an operator should soon see to; a calendar that ends within 400 days.
    pub warnings: Vec<Problem>,
}

impl Pack {
    /// Speaks the rules of this pack in `lang`.
    pub fn speaker(&self, lang: crate::kinds::Lang) -> Speaker<'_> {
        Speaker::new(&self.policy, &self.texts, lang)
    }

    /// The holidays of its calendar as the pack has them, CSV.
    ///
    /// # Panics
    ///
    /// Never: a pack was read with its holidays.
    pub fn holidays(&self) -> &str {
        self.files.text(&self.policy.holidays).expect("a pack was read with its holidays")
    }

    /// Names the content of everything but the holidays, which change without a new version.
    pub fn rules_digest(&self) -> String {
        let mut rules = self.files.clone();
        rules.remove(&self.policy.holidays);
        rules.digest()
    }

    /// The pack with other holidays in its calendar. Its digest stays: it is the same version.
    ///
    /// # Errors
    ///
    /// [`CalendarError`] when the holidays cannot be read.
    pub fn with_holidays(&self, csv: &str) -> Result<Self, CalendarError> {
        let mut pack = self.clone();
        pack.policy.calendar = read::with_holidays(&self.policy, csv)?;
        pack.files.insert(self.policy.holidays.clone(), csv);
        Ok(pack)
    }
}

/// Reads and checks a pack. `today` judges how far its calendar still reaches: less than 60 days
/// is a problem, less than 400 a warning.
///
/// # Errors
///
/// Every problem at once, ordered by file, line and column.
pub fn parse(files: &PackFiles, today: Date) -> Result<Pack, Vec<Problem>> {
    read_pack(files, Occasion::On(today))
}

/// Reads and checks a pack to be asked only; how far its calendar reaches is not judged.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_undated(files: &PackFiles) -> Result<Pack, Vec<Problem>> {
    read_pack(files, Occasion::Undated)
}

/// Reads a pack that was in force before, and passed the check of its own time: what a later
/// version asks for besides, a text or a sentence, it never says and need not have.
///
/// # Errors
///
/// What makes its rules unreadable.
pub fn parse_stored(files: &PackFiles) -> Result<Pack, Vec<Problem>> {
    read_pack(files, Occasion::Stored)
}

/// Why a pack is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occasion {
    /// To be put in force on a day.
    On(Date),
    /// To be asked only.
    Undated,
    /// It was in force before.
    Stored,
}

fn read_pack(files: &PackFiles, occasion: Occasion) -> Result<Pack, Vec<Problem>> {
    let mut problems = Problems::default();
    let (texts, places) = texts::read(files, &mut problems);
    assemble(files, (texts, &places), occasion, problems)
}

/// Reads `policy.toml` and the tables, and checks them against texts that were read before.
fn assemble(
    files: &PackFiles,
    (texts, places): (Texts, &[texts::TextFile<'_>]),
    occasion: Occasion,
    mut problems: Problems,
) -> Result<Pack, Vec<Problem>> {
    const FILE: &str = "policy.toml";
    let Some(source) = files.text(FILE) else {
        let message = "the pack has no readable `policy.toml`".to_owned();
        problems.add(FILE, "", 0, message);
        return Err(problems.errors);
    };
    let reader = Reader::new(FILE, source);
    let policy = read::policy(&reader, files, &mut problems);
    if let Some(policy) = &policy
        && !reader.has_problems()
    {
        let subject = check::Subject { policy, texts: &texts, places, reader: &reader, files };
        check::check(&subject, occasion, &mut problems);
    }
    let Problems { mut errors, mut warnings } = reader.into_problems();
    errors.extend(problems.errors);
    warnings.extend(problems.warnings);
    errors.sort();
    errors.dedup();
    match policy {
        Some(policy) if errors.is_empty() => {
            Ok(Pack { policy, texts, files: files.clone(), warnings })
        }
        Some(_) | None => Err(errors),
    }
}

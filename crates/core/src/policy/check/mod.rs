//! Checks the parts of a pack against each other: rules, texts, calendar.
//! Must not read files or TOML; everything is parsed before.

mod messages;
mod rules;
mod sentences;
mod texts;

use jiff::civil::Date;

pub use messages::{MESSAGES, MOVES_MESSAGES, message_path, messages as messages_of};

use super::{
    Occasion,
    files::PackFiles,
    model::Policy,
    problem::Problems,
    reader::Reader,
    texts::{TextFile, Texts},
};
use crate::kinds::Lang;

/// A calendar that ends sooner than this many days after today is refused.
pub(super) const COVERAGE_DAYS_MIN: i32 = 60;
/// A calendar that ends sooner than this many days after today is warned of.
pub(super) const COVERAGE_DAYS_WARN: i32 = 400;

/// Everything a check needs to see.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) policy: &'a Policy,
    pub(super) texts: &'a Texts,
    pub(super) places: &'a [TextFile<'a>],
    pub(super) reader: &'a Reader<'a>,
    pub(super) files: &'a PackFiles,
}

impl<'a> Subject<'a> {
    /// The text file of a language.
    pub(super) fn place(&self, lang: Lang) -> Option<&'a TextFile<'a>> {
        self.places.iter().find(|place| place.lang == lang)
    }
}

/// Checks the whole pack; problems of `policy.toml` go to the reader, those of texts to `problems`.
///
/// Of a stored pack only the rules are checked; see [`super::parse_stored`].
pub(super) fn check(subject: &Subject<'_>, occasion: Occasion, problems: &mut Problems) {
    rules::check(subject);
    if let Occasion::On(today) = occasion {
        calendar(subject, today);
        rules::elapsed(subject);
    }
    if occasion != Occasion::Stored {
        sentences::check(subject);
        texts::check(subject, problems);
        messages::check(subject, problems);
    }
}

fn calendar(subject: &Subject<'_>, today: Date) {
    let calendar = &subject.policy.calendar;
    let (from, until) = calendar.covers();
    let at = subject.reader.spot("calendar.holidays");
    let left = until.since(today).map_or(i32::MIN, |span| span.get_days());
    let message = format!(
        "calendar `{}` covers {from} to {until}; that is {left} days after today ({today})",
        calendar.id()
    );
    if from > today || left < COVERAGE_DAYS_MIN {
        subject.reader.problem_with_hint(
            at,
            message,
            "add the coming years' holidays to the file and raise its `# covers:` line".to_owned(),
        );
    } else if left < COVERAGE_DAYS_WARN {
        subject.reader.warning(at, message);
    }
}

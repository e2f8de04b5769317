//! What a template needs to speak: language, zone and the present, with the texts behind short names.
//! Must not read a clock: `now` is the instant at which the request was taken up.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use redress_core::kinds::{About, As, ChannelKind, Kind, Lang, Relation};
use redress_text::{Arg, PromiseState, Spoken, Step};

/// Language, zone and present of one page.
///
/// Methods take references because templates pass their fields by reference.
#[derive(Debug, Clone)]
pub struct Words {
    /// Language of the page.
    pub lang: Lang,
    /// Zone of the organisation's calendar.
    pub zone: TimeZone,
    /// The present.
    pub now: Timestamp,
}

impl Words {
    /// The text `id`.
    pub fn t(&self, id: &str) -> String {
        redress_text::t(self.lang, id)
    }

    /// The text `id` with one value.
    pub fn t1<'a>(&self, id: &str, name: &str, value: impl Into<Arg<'a>>) -> String {
        redress_text::t_args(self.lang, id, &[(name, value.into())])
    }

    /// The text `id` with two values, given as name, value, name, value.
    pub fn t2<'a>(
        &self,
        id: &str,
        first: &str,
        value: impl Into<Arg<'a>>,
        second: &str,
        other: impl Into<Arg<'a>>,
    ) -> String {
        redress_text::t_args(self.lang, id, &[(first, value.into()), (second, other.into())])
    }

    /// The word for a value of a closed vocabulary.
    pub fn say<W: Spoken>(&self, value: W) -> String {
        redress_text::say(self.lang, value)
    }

    /// The name of a language in that language.
    pub fn lang_name(&self, lang: &Lang) -> String {
        redress_text::say(*lang, *lang)
    }

    /// The name of a channel.
    pub fn channel(&self, kind: &ChannelKind) -> String {
        self.say(*kind)
    }

    /// What a complaint is about.
    pub fn about(&self, about: &About) -> String {
        self.say(*about)
    }

    /// Complaint or feedback.
    pub fn kind(&self, kind: &Kind) -> String {
        self.say(*kind)
    }

    /// In which capacity somebody complains.
    pub fn capacity(&self, capacity: &As) -> String {
        self.say(*capacity)
    }

    /// The relation to the thing.
    pub fn relation(&self, relation: &Relation) -> String {
        self.say(*relation)
    }

    /// The name of a step.
    pub fn step(&self, step: &Step) -> String {
        self.say(*step)
    }

    /// The word for the state of a promise.
    pub fn promise_state(&self, state: &PromiseState) -> String {
        self.say(*state)
    }

    /// The word for a mark from 1 to 5.
    pub fn mark(&self, mark: &u8) -> String {
        self.t(&format!("mark-{mark}"))
    }

    /// A minute, `10:24 thứ Tư 25/11`.
    pub fn instant(&self, at: &Timestamp) -> String {
        redress_text::instant(self.lang, *at, &self.zone, self.now)
    }

    /// A minute, `10:24 hôm nay` on the present day.
    pub fn clock_time(&self, at: &Timestamp) -> String {
        redress_text::clock_time(self.lang, *at, &self.zone, self.now)
    }

    /// Until when, for the first instant that is too late.
    pub fn due(&self, at: &Timestamp) -> String {
        redress_text::due(self.lang, *at, &self.zone, self.now)
    }

    /// A minute with its year, for what is printed and kept.
    pub fn instant_in_full(&self, at: &Timestamp) -> String {
        redress_text::instant_in_full(self.lang, *at, &self.zone)
    }

    /// Until when, with its year, for what is printed and kept.
    pub fn due_in_full(&self, at: &Timestamp) -> String {
        redress_text::due_in_full(self.lang, *at, &self.zone)
    }

    /// A day, `thứ Tư 25/11`.
    pub fn date(&self, date: &Date) -> String {
        redress_text::date(self.lang, *date, self.now.to_zoned(self.zone.clone()).year())
    }

    /// A day with its year, `25/11/2026`.
    pub fn date_in_figures(&self, date: &Date) -> String {
        redress_text::date_in_figures(self.lang, *date)
    }

    /// The local day of an instant, with its year.
    pub fn day_of(&self, at: &Timestamp) -> String {
        redress_text::date_in_figures(self.lang, at.to_zoned(self.zone.clone()).date())
    }

    /// A length of time, `2 giờ 29 phút`.
    pub fn span(&self, time: SignedDuration) -> String {
        redress_text::span(self.lang, time)
    }

    /// An instant for `<time datetime>`: RFC 3339 with the zone's offset.
    pub fn machine(&self, at: &Timestamp) -> String {
        let offset: Offset = self.zone.to_offset(*at);
        at.display_with_offset(offset).to_string()
    }

    /// A file size, `3,1 MB`.
    pub fn size(&self, bytes: &u64) -> String {
        redress_text::file_size(self.lang, *bytes)
    }

    /// A telephone number for reading.
    pub fn phone(&self, e164: &str) -> String {
        redress_text::phone(e164)
    }

    /// The hotline as printed.
    pub fn hotline(&self, e164: &str) -> String {
        redress_text::hotline(e164)
    }
}

//! Entering a complaint that came by another way than the web form, in under a minute.
//! Must not interpret what is typed.

use askama::Template;
use jiff::Timestamp;
use redress_core::kinds::{About, ChannelKind, Lang};

use crate::components::{FieldErrors, FileItem, KeptFile};
use crate::desk::DeskFrame;
use crate::desk::form::Choice;

/// `/desk/new`: the fields of [`EntryValues`], files as `files`, kept uploads as `upload`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/entry.html")]
pub struct Entry {
    /// Around the page.
    pub frame: DeskFrame,
    /// What was typed; a fresh form has `received_at` = now.
    pub values: EntryValues,
    /// What is wrong, in page order.
    pub errors: FieldErrors,
    /// Channels of the pack that staff may enter.
    pub channels: Vec<ChannelKind>,
    /// Ways back that the pack knows.
    pub reply_ways: Vec<ChannelKind>,
    /// Categories of the pack: code and name.
    pub categories: Vec<Choice>,
    /// Offices of the pack: id and name; empty when it has none.
    pub offices: Vec<Choice>,
    /// Languages of the pack.
    pub languages: Vec<Lang>,
    /// Files that came with an earlier attempt and are stored.
    pub kept: Vec<KeptFile>,
}

/// What was typed, as typed. Fields of the page have these names.
#[derive(Debug, Clone, Default)]
pub struct EntryValues {
    /// `phone`, `zalo`, ….
    pub channel: Option<ChannelKind>,
    /// `YYYY-MM-DDThh:mm` in the zone of the organisation.
    pub received_at: String,
    /// What the person says.
    pub text: String,
    /// `true` when people are in danger.
    pub danger: bool,
    /// Name.
    pub name: String,
    /// Organisation the person speaks for.
    pub organisation: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Address for letters.
    pub address: String,
    /// Whose sender id of the channel, a Zalo name or an address.
    pub sender: String,
    /// Wanted way back.
    pub reply_by: Option<ChannelKind>,
    /// Language of the person.
    pub language: Option<Lang>,
    /// Code of the thing.
    pub asset: String,
    /// Where.
    pub place: String,
    /// Product, service, both, unsure.
    pub about: Option<About>,
    /// Code of the category.
    pub category: String,
    /// What the person asks for.
    pub remedy_sought: String,
    /// Id of the office.
    pub office: String,
}

/// `/desk/complaints/{ref}/entered`: what to say to the person, and the slip to give.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/entered.html")]
pub struct Entered {
    /// Around the page.
    pub frame: DeskFrame,
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// When the complaint counts as received.
    pub received_at: Timestamp,
    /// Name of the person.
    pub person: Option<String>,
    /// The promises that run now.
    pub promises: Vec<EnteredPromise>,
    /// The whole tracking address.
    pub tracking_url: String,
    /// Hotline in E.164.
    pub hotline: String,
    /// People are in danger: who was called out, in words; `None` otherwise.
    pub called_out: Option<String>,
    /// What was recorded, to read back: label and value.
    pub recorded: Vec<(String, String)>,
    /// Files that were stored.
    pub files: Vec<FileItem>,
}

/// A promise to speak aloud.
#[derive(Debug, Clone)]
pub struct EnteredPromise {
    /// What is promised.
    pub what: String,
    /// The first instant that is too late.
    pub due: Timestamp,
}

impl Entry {
    /// What a complaint may be about.
    pub fn abouts(&self) -> &'static [About] {
        About::ALL
    }

    /// Whether a channel is the chosen one.
    pub fn is_channel(&self, channel: &ChannelKind) -> bool {
        self.values.channel == Some(*channel)
    }

    /// Whether a way back is the chosen one.
    pub fn is_reply(&self, channel: &ChannelKind) -> bool {
        self.values.reply_by == Some(*channel)
    }

    /// Whether the matter is the chosen one.
    pub fn is_about(&self, about: &About) -> bool {
        self.values.about == Some(*about)
    }

    /// Whether a language is the chosen one; the page's own before anything was chosen.
    pub fn is_language(&self, lang: &Lang) -> bool {
        self.values.language.unwrap_or(self.frame.w.lang) == *lang
    }

    /// Whether the part with more fields stands open.
    pub fn is_more_open(&self) -> bool {
        let v = &self.values;
        let typed = [
            &v.email,
            &v.organisation,
            &v.address,
            &v.sender,
            &v.place,
            &v.category,
            &v.remedy_sought,
            &v.office,
        ];
        typed.iter().any(|value| !value.is_empty()) || self.errors.any()
    }
}

impl Entered {
    /// The reference letter by letter, for the telephone.
    pub fn spelt(&self) -> String {
        let letters: Vec<String> =
            self.reference.chars().filter(char::is_ascii_alphanumeric).map(String::from).collect();
        letters.join(" ")
    }
}

//! From what the application knows to what the public pages show.
//! Must not show a complainant notes, findings, proposals not approved, or addresses of staff.

mod receipt;
mod rounds;
mod tracking;
mod undertakings;
mod verify;

use redress_app::{Held, view::FileView};
use redress_core::kinds::{About, ChannelKind, Lang};
use redress_core::policy::{FillError, Pack, Policy, WayBack};

pub use receipt::{receipt, waiting};
pub use tracking::{Names, tracking};
pub(crate) use tracking::{clock, rail};
pub(crate) use undertakings::{standing, tag};
pub use verify::verdict;

use super::promises::promises_now;
use super::view::{Call, Choice, ComplaintForm, FormLimits, FormValues, Privacy};
use crate::components::{
    Company, FieldErrors, FileItem, Frame, KeptFile, PolicyLine, Section, Words,
};

/// Head and foot of a page under `pack`; `rest` is the path after `/{lang}`.
pub fn frame(
    pack: &Pack,
    lang: Lang,
    now: jiff::Timestamp,
    (rest, section): (&str, Section),
    demo: bool,
) -> Frame {
    let policy = &pack.policy;
    Frame {
        w: Words { lang, zone: policy.calendar.zone().clone(), now },
        company: Company {
            name: policy.company.name.clone(),
            site: policy.company.site.clone(),
            hotline: policy.company.hotline.clone(),
        },
        policy: PolicyLine {
            version: policy.version,
            in_force: policy.in_force,
            digest: policy.digest.clone(),
        },
        languages: policy.languages.clone(),
        rest: rest.to_owned(),
        section,
        demo,
        restarted: false,
    }
}

/// The complaint form, first time (default values, no errors) or again.
///
/// # Errors
///
/// [`FillError`] when the pack lacks a word; never for a checked pack.
pub fn form(
    frame: Frame,
    pack: &Pack,
    key: String,
    typed: (FormValues, FieldErrors),
    kept: Vec<KeptFile>,
) -> Result<ComplaintForm, FillError> {
    let lang = frame.w.lang;
    let policy = &pack.policy;
    let speaker = pack.speaker(lang);
    let categories = policy.categories.iter().map(|category| {
        let label = speaker.say(&format!("category.{}", category.code))?;
        Ok(Choice { value: category.code.clone(), label })
    });
    Ok(ComplaintForm {
        key,
        categories: categories.collect::<Result<_, FillError>>()?,
        reply_ways: reply_ways(pack),
        capacities: policy.who.may.clone(),
        limits: FormLimits {
            text_chars: policy.limits.text_chars,
            files: policy.limits.files,
            file_bytes: policy.limits.file_bytes,
        },
        promises: promises_now(pack, lang, frame.w.now)?,
        privacy: Privacy { version: policy.privacy_notice, years: policy.archive.years },
        values: typed.0,
        errors: typed.1,
        calls: vec![],
        kept,
        frame,
    })
}

/// The numbers under which people of the company answer: the hotline, and what the channels of the
/// policy tell, each once with the names of its channels.
pub(crate) fn calls(w: &Words, policy: &Policy) -> Vec<Call> {
    let hotline = (&ChannelKind::Phone, policy.company.hotline.as_str());
    let told = policy.channels.iter().filter_map(|rule| Some((&rule.kind, rule.at.as_deref()?)));
    let mut calls: Vec<Call> = Vec::new();
    for (kind, number) in std::iter::once(hotline).chain(told.filter(|(_, at)| at.starts_with('+')))
    {
        let by = w.channel(kind);
        match calls.iter_mut().find(|call| call.number == number) {
            Some(known) if known.by.contains(&by) => {}
            Some(known) => known.by.push(by),
            None => calls.push(Call { number: number.to_owned(), by: vec![by] }),
        }
    }
    calls
}

/// The ways in which somebody may ask to be answered, in the order of the interface.
pub(crate) fn reply_ways(pack: &Pack) -> Vec<ChannelKind> {
    const ASKED_FOR: [ChannelKind; 7] = [
        ChannelKind::Phone,
        ChannelKind::Zalo,
        ChannelKind::Viber,
        ChannelKind::Email,
        ChannelKind::Sms,
        ChannelKind::Letter,
        ChannelKind::Visit,
    ];
    let offered = |kind: &ChannelKind| {
        pack.policy
            .channels
            .iter()
            .any(|rule| rule.kind == *kind || rule.answer.contains(&WayBack::Channel(*kind)))
    };
    ASKED_FOR.into_iter().filter(offered).collect()
}

/// A word of the pack; its id where the pack lacks it, which a checked pack never does.
pub(crate) fn said(pack: &Pack, lang: Lang, id: &str) -> String {
    pack.speaker(lang).say(id).unwrap_or_else(|_| id.to_owned())
}

/// A word of a vocabulary for a spelling of the API; the spelling itself where it is unknown.
fn about(w: &Words, spelling: &str) -> String {
    spelling.parse::<About>().map_or_else(|_| spelling.to_owned(), |about| w.about(&about))
}

/// Why a file does not open, for the reader.
fn held_words(w: &Words, held: Held, finding: Option<&str>) -> String {
    match (held, finding) {
        (Held::Checking, _) => w.t("file-checking"),
        (Held::Refused, Some(finding)) => w.t1("file-refused-found", "finding", finding),
        (Held::Refused, None) => w.t("file-refused"),
    }
}

/// Files of a view below `path`: pictures at `path/pictures/…`, files as sent at `path/files/…`.
pub(crate) fn files(w: &Words, path: &str, files: &[FileView]) -> Vec<FileItem> {
    let all = files.len();
    files
        .iter()
        .enumerate()
        .map(|(index, file)| FileItem {
            name: file.name.clone(),
            bytes: file.bytes,
            href: format!("{path}/files/{}", file.sha256),
            thumb: file.picture.then(|| format!("{path}/pictures/{}", file.sha256)),
            alt: w.t2("file-picture", "n", index + 1, "all", all),
            held: file.held.map(|held| held_words(w, held, file.finding.as_deref())),
        })
        .collect()
}

//! What is written about undertakings, to colleagues and to the complainant.
//! Must not decide who is told, nor when.

use jiff::Timestamp;
use redress_channels::{Attached, Letter};
use redress_core::{
    complaint::{people::Member, state::Undertaking, ways},
    kinds::{ChannelKind, Lang},
};

use crate::{
    App, AppError, Loaded,
    undertakings::{CALENDAR_MEDIA_TYPE, CalendarFile, kind, language, what},
    view::Viewer,
};

impl App {
    pub(super) fn colleague(
        &self,
        loaded: &Loaded,
        undertaking: &Undertaking,
        member: &Member,
        news: &str,
    ) -> Letter {
        let lang = first_language(loaded);
        let c = &loaded.complaint;
        let mut lines = lines(loaded, undertaking, (lang, news, "owner"));
        lines.push(format!("{}/desk/complaints/{}", self.public_url, c.reference));
        Letter {
            to: member.email.clone(),
            to_name: Some(member.name.clone()),
            subject: subject(loaded, undertaking, lang, news),
            text: lines.join("\n"),
            lang,
            in_reply_to: None,
            attachments: vec![],
            automatic: true,
        }
    }

    /// The mail to the complainant; `None` where they are not reached by e-mail.
    pub(super) async fn complainant(
        &self,
        loaded: &Loaded,
        undertaking: &Undertaking,
        news: &str,
    ) -> Result<Option<Letter>, AppError> {
        let planned = ways::planned(&loaded.complaint, &loaded.pack.policy);
        if planned != Some(ChannelKind::Email) {
            return Ok(None);
        }
        let person = self.person_of(&loaded.complaint).await?;
        let Some(to) = person.email else { return Ok(None) };
        let lang = language(loaded);
        let id = undertaking.id;
        let file = self.calendar_entry(loaded, id, Viewer::Complainant, lang, Some(&to))?;
        let mut lines = lines(loaded, undertaking, (lang, news, "person"));
        lines.push(self.tracking_url(loaded.id, lang.as_str()));
        lines.push(String::new());
        lines.push(loaded.pack.policy.company.name.clone());
        Ok(Some(Letter {
            to,
            to_name: person.name,
            subject: subject(loaded, undertaking, lang, news),
            text: lines.join("\n"),
            lang,
            in_reply_to: None,
            attachments: vec![attached(file)],
            automatic: true,
        }))
    }
}

/// What is said to either side: what, until when, what it was before, and why.
fn lines(
    loaded: &Loaded,
    undertaking: &Undertaking,
    (lang, news, side): (Lang, &str, &str),
) -> Vec<String> {
    let zone = loaded.pack.policy.calendar.zone();
    let at = |at: Timestamp| redress_text::due_in_full(lang, at, zone);
    let say = |id: &str, name: &'static str, value: String| {
        redress_text::t_args(lang, id, &[(name, value.into())])
    };
    let mut lines = vec![redress_text::t(lang, &format!("undertaking-{side}-{news}"))];
    lines.push(String::new());
    lines.push(format!("{} ({})", what(undertaking, lang), kind(undertaking, lang)));
    lines.push(say("undertaking-line-due", "due", at(undertaking.due)));
    if let Some(moved) = undertaking.moves.last().filter(|_| news == "moved") {
        lines.push(say("undertaking-line-was", "due", at(moved.due_was)));
        let reason = moved.reason.clone();
        lines.extend(reason.map(|reason| say("undertaking-line-reason", "reason", reason)));
    }
    lines.push(say(
        "undertaking-line-reference",
        "reference",
        loaded.complaint.reference.to_string(),
    ));
    lines.push(String::new());
    lines
}

/// What happened, as a side hears of it: whoever never heard that it was made hears that first.
pub(super) fn news(undertaking: &Undertaking, known: bool) -> &'static str {
    match (undertaking.ended, known) {
        (Some(_), _) => "cancelled",
        (None, true) => "moved",
        (None, false) => "made",
    }
}

pub(super) fn first_language(loaded: &Loaded) -> Lang {
    let first = loaded.pack.policy.languages.first();
    first.copied().unwrap_or(loaded.complaint.language)
}

fn subject(loaded: &Loaded, undertaking: &Undertaking, lang: Lang, news: &str) -> String {
    let news = redress_text::t(lang, &format!("undertaking-news-{news}"));
    let what = what(undertaking, lang);
    let line = format!("[{}] {news}: {what}", loaded.complaint.reference);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn attached(file: CalendarFile) -> Attached {
    Attached {
        name: file.name,
        media_type: format!("{CALENDAR_MEDIA_TYPE}; method={}", file.method),
        bytes: file.text.into_bytes(),
    }
}

//! Telling of undertakings by e-mail: owner and complainant when one is made, moved or cancelled,
//! with its calendar entry; the owner before it falls due; owner and head once it is overdue.
//! Must not keep a promise of the policy: nobody wrote these words.

use jiff::Timestamp;
use redress_channels::{Attached, Handover, IdempotencyKey, Letter};
use redress_core::{
    complaint::{people::Member, state::Undertaking, vocabulary::UndertakingOutcome, ways},
    id::UndertakingId,
    kinds::{ChannelKind, Lang},
};
use redress_store::OutboxItem;

use crate::{
    App, AppError, Loaded,
    undertakings::{CALENDAR_MEDIA_TYPE, CalendarFile, kind, language, what},
    view::Viewer,
};

/// The step of a reminder once it is overdue.
const OVERDUE: u8 = 2;

impl App {
    /// Tells both sides how an undertaking stands now; answers when to try again.
    pub(super) async fn tell_undertaking(
        &self,
        item: &OutboxItem,
        id: &str,
    ) -> Result<Option<Timestamp>, AppError> {
        let id: UndertakingId = id.parse().map_err(AppError::broken)?;
        let loaded = self.load_id(&item.complaint).await?;
        let undertaking = named(&loaded, id)?;
        let news = match (undertaking.ended, undertaking.moves.is_empty()) {
            (Some(UndertakingOutcome::Cancelled), _) => "cancelled",
            // What was settled meanwhile needs no appointment any more.
            (Some(_), _) => return Ok(None),
            (None, true) => "made",
            (None, false) => "moved",
        };
        let mut later = None;
        let members = self.members().await?;
        if let Some(owner) = members.iter().find(|member| member.id == undertaking.owner) {
            let lang = first_language(&loaded);
            let file = self.calendar_entry(&loaded, id, Viewer::Staff, lang, Some(&owner.email))?;
            let mut letter = self.colleague(&loaded, undertaking, owner, news);
            letter.attachments.push(attached(file));
            later = self.hand(&letter, &format!("{}-o", item.id)).await?;
        }
        if let Some(letter) = self.complainant(&loaded, undertaking, news).await? {
            let again = self.hand(&letter, &format!("{}-c", item.id)).await?;
            later = later.into_iter().chain(again).min();
        }
        Ok(later)
    }

    /// Reminds the owner, and the head of the unit once it is overdue.
    pub(super) async fn remind(
        &self,
        item: &OutboxItem,
        (id, step): (&str, u8),
    ) -> Result<Option<Timestamp>, AppError> {
        let id: UndertakingId = id.parse().map_err(AppError::broken)?;
        let loaded = self.load_id(&item.complaint).await?;
        let undertaking = named(&loaded, id)?;
        // Moved or settled since: there is nothing to remind of.
        if undertaking.ended.is_some() || undertaking.reminded != step {
            return Ok(None);
        }
        let overdue = step >= OVERDUE;
        let mut told = self.members().await?;
        told.retain(|member| member.id == undertaking.owner);
        // Whose account is closed keeps no undertaking: then the head must know in any case.
        if overdue || told.is_empty() {
            let heads = self.heads_for(&loaded).await?.into_iter();
            told.extend(heads.filter(|head| head.id != undertaking.owner));
        }
        let news = if overdue { "overdue" } else { "before" };
        let mut later = None;
        for member in &told {
            let letter = self.colleague(&loaded, undertaking, member, news);
            let again = self.hand_once(&letter, member, item).await?;
            later = later.into_iter().chain(again).min();
        }
        Ok(later)
    }

    fn colleague(
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
    async fn complainant(
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

    /// Hands a letter over; answers when to try again. Without a mail server the desk and the
    /// tracking page show it all the same.
    async fn hand(&self, letter: &Letter, key: &str) -> Result<Option<Timestamp>, AppError> {
        let Some(channel) = self.channels.get(ChannelKind::Email) else { return Ok(None) };
        let key = IdempotencyKey::parse(key).map_err(AppError::broken)?;
        match channel.hand_over(letter, &key, self.world.now()).await {
            Handover::Busy { not_before } => Ok(Some(not_before)),
            Handover::Refused { reason } => {
                tracing::warn!(reason = ?reason.word, "a letter about an undertaking was refused");
                Ok(None)
            }
            Handover::Accepted { .. } | Handover::Unknown => Ok(None),
        }
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

fn named(loaded: &Loaded, id: UndertakingId) -> Result<&Undertaking, AppError> {
    let found = loaded.complaint.undertakings.iter().find(|undertaking| undertaking.id == id);
    found.ok_or_else(|| AppError::broken("an undertaking vanished"))
}

fn first_language(loaded: &Loaded) -> Lang {
    let first = loaded.pack.policy.languages.first();
    first.copied().unwrap_or(loaded.complaint.language)
}

fn subject(loaded: &Loaded, undertaking: &Undertaking, lang: Lang, news: &str) -> String {
    let news = redress_text::t(lang, &format!("undertaking-news-{news}"));
    let what = what(undertaking, lang);
    let line = format!("[{}] {news}: {what}", loaded.complaint.reference);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attached(file: CalendarFile) -> Attached {
    Attached {
        name: file.name,
        media_type: format!("{CALENDAR_MEDIA_TYPE}; method={}", file.method),
        bytes: file.text.into_bytes(),
    }
}

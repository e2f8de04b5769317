//! Undertakings outside the program: calendar entries for both sides.
//! Must not show the complainant who of the staff does what, nor any address of theirs.

use redress_core::{
    complaint::{state::Undertaking, vocabulary::UndertakingOutcome},
    id::UndertakingId,
    kinds::{ChannelKind, Lang},
};

use crate::{
    App, AppError, Loaded,
    ical::{Entry, Method},
    letters,
    view::Viewer,
};

/// Media type of a calendar entry.
pub const CALENDAR_MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// A calendar entry as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub text: String,
    /// `PUBLISH`, `REQUEST` or `CANCEL`, for the media type of a mail.
    pub method: &'static str,
}

impl App {
    /// The calendar entry of an undertaking, for whoever downloads it.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when the complaint has no such undertaking, or the complainant was not
    /// told of it yet.
    pub fn calendar_file(
        &self,
        loaded: &Loaded,
        id: &str,
        viewer: Viewer,
        lang: Lang,
    ) -> Result<CalendarFile, AppError> {
        let id: UndertakingId = id.parse().map_err(|_| AppError::NotFound)?;
        let c = &loaded.complaint;
        let hidden = |known: &Undertaking| known.id == id && !c.is_announced(known);
        if viewer == Viewer::Complainant && c.undertakings.iter().any(hidden) {
            return Err(AppError::NotFound);
        }
        self.calendar_entry(loaded, id, viewer, lang, None)
    }

    /// The same for a mail: `attendee` is whom it goes to.
    pub(crate) fn calendar_entry(
        &self,
        loaded: &Loaded,
        id: UndertakingId,
        viewer: Viewer,
        lang: Lang,
        attendee: Option<&str>,
    ) -> Result<CalendarFile, AppError> {
        let c = &loaded.complaint;
        let known = c.undertakings.iter().find(|undertaking| undertaking.id == id);
        let undertaking = known.ok_or(AppError::NotFound)?;
        let cancelled = undertaking.ended == Some(UndertakingOutcome::Cancelled);
        let sender = self.channels.get(ChannelKind::Email).and_then(|channel| channel.sender());
        let company = &loaded.pack.policy.company;
        let organizer = sender.as_ref().map_or_else(
            || format!("tel:{}", company.hotline),
            |address| format!("mailto:{address}"),
        );
        let attendee = attendee.filter(|_| sender.is_some());
        let method = match (cancelled, attendee) {
            (true, _) => Method::Cancel,
            (false, Some(_)) => Method::Request,
            (false, None) => Method::Publish,
        };
        let staff = viewer == Viewer::Staff;
        let entry = Entry {
            method,
            // Not the address of the server: an entry must be found again after that changed.
            uid: format!("{}-{id}@redress", loaded.id),
            sequence: undertaking.sequence(),
            changed_at: undertaking.changed_at,
            at: undertaking.due,
            summary: format!("{}: {}", c.reference, what(undertaking, lang)),
            description: description(loaded, undertaking, lang),
            url: staff.then(|| format!("{}/desk/complaints/{}", self.public_url, c.reference)),
            organizer: (company.name.clone(), organizer),
            attendee: attendee.map(str::to_owned),
        };
        Ok(CalendarFile {
            name: format!("{}-{id}.ics", c.reference),
            text: entry.write(),
            method: match method {
                Method::Publish => "PUBLISH",
                Method::Request => "REQUEST",
                Method::Cancel => "CANCEL",
            },
        })
    }
}

/// What was undertaken; its kind once the words are erased.
pub(crate) fn what(undertaking: &Undertaking, lang: Lang) -> String {
    undertaking.what.clone().unwrap_or_else(|| kind(undertaking, lang))
}

/// The kind of an undertaking in words.
pub(crate) fn kind(undertaking: &Undertaking, lang: Lang) -> String {
    redress_text::t(lang, &format!("undertaking-kind-{}", undertaking.kind))
}

fn description(loaded: &Loaded, undertaking: &Undertaking, lang: Lang) -> String {
    let company = &loaded.pack.policy.company;
    let moved = undertaking.moves.last();
    let reason = moved.and_then(|moved| moved.reason.as_ref());
    let reason = reason.map(|reason| {
        redress_text::t_args(lang, "undertaking-line-reason", &[("reason", reason.as_str().into())])
    });
    let lines = [
        Some(kind(undertaking, lang)),
        reason,
        Some(format!("{}, {}", company.name, redress_core::policy::telephone(&company.hotline))),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The language a complainant is written to in.
pub(crate) fn language(loaded: &Loaded) -> Lang {
    letters::spoken(&loaded.pack, loaded.complaint.language)
}

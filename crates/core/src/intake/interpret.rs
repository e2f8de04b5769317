//! Interpreting a notice: the complaint it opens, with its promises and its suggested route.

use jiff::Timestamp;
use redress_calendar::CalendarError;

use super::{NewNotice, danger::suggests_danger};
use crate::{
    complaint::{
        event::{
            ComplaintOpened, NoticeReceived, NoticeWords, OpenedWords, PersonRecorded, PersonWords,
        },
        file::{NamedFile, facts, names},
        informs, promise,
    },
    id::{NoticeId, PersonId},
    kinds::{ChannelKind, Severity},
    policy::Policy,
    reference::Reference,
};

/// What intake needs beside the notice: ids, chance and time travel in.
#[derive(Debug, Clone)]
pub struct Intake<'a> {
    /// Id of the notice.
    pub notice: NoticeId,
    /// Id of the person.
    pub person: PersonId,
    /// The reference it gets.
    pub reference: Reference,
    /// The body as it arrived.
    pub body: &'a str,
    /// SHA-256 of the body, hexadecimal.
    pub body_sha256: String,
    /// SHA-256 of the tracking token, hexadecimal.
    pub tracking_sha256: String,
    /// The uploads it names.
    pub files: Vec<NamedFile>,
    /// When the server had it.
    pub now: Timestamp,
}

/// What a notice becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpretation {
    /// The person.
    pub person: PersonRecorded,
    /// The complaint.
    pub opened: ComplaintOpened,
}

impl Intake<'_> {
    /// The event that stores the notice, whatever becomes of it.
    pub fn received(&self, notice: &NewNotice) -> NoticeReceived {
        NoticeReceived {
            notice: self.notice,
            reference: self.reference.clone(),
            channel: channel(notice),
            received_at: self.received_at(notice),
            language: notice.language,
            files: facts(&self.files),
            sha256: self.body_sha256.clone(),
            words: Some(NoticeWords { body: self.body.to_owned() }),
        }
    }

    /// The earliest moment an official channel had it; never later than entry (A5).
    fn received_at(&self, notice: &NewNotice) -> Timestamp {
        let stated = notice.staff.as_ref().and_then(|staff| staff.received_at);
        stated.map_or(self.now, |stated| stated.min(self.now))
    }
}

fn channel(notice: &NewNotice) -> ChannelKind {
    notice.staff.as_ref().map_or(ChannelKind::Web, |staff| staff.channel)
}

/// The complaint a notice opens.
///
/// # Errors
///
/// [`CalendarError::BeyondCoverage`] when a promise falls due beyond the calendar; the notice is
/// then stored alone and stands in the queue as *a person must look*.
pub fn interpret(
    notice: &NewNotice,
    intake: &Intake<'_>,
    policy: &Policy,
) -> Result<Interpretation, CalendarError> {
    let category = notice.category.as_ref().and_then(|code| policy.category(code));
    let safety = notice.danger
        || category.is_some_and(|category| category.safety)
        || suggests_danger(&notice.text);
    let severity =
        if safety { Severity::Critical } else { category.map_or(Severity::Medium, |c| c.severity) };
    let received_at = intake.received_at(notice);
    let ways = ways(notice);
    let opened = ComplaintOpened {
        reference: intake.reference.clone(),
        notice: intake.notice,
        person: intake.person,
        capacity: notice.capacity,
        relation: notice.relation,
        kind: notice.kind,
        about: notice.about,
        category: notice.category.clone(),
        severity,
        safety,
        asset: notice.asset.clone(),
        happened_at: notice.happened_at,
        channel: channel(notice),
        office: notice.staff.as_ref().and_then(|staff| staff.office.clone()),
        reply_by: notice.reply_by,
        language: notice.language,
        received_at,
        policy: policy.name(),
        pack: policy.digest.clone(),
        promises: promise::set(policy, 1, received_at, safety)?,
        route: promise::route(policy, notice.about, safety, intake.now)?,
        informs: informs(policy).to_owned(),
        ways: ways.clone(),
        files: facts(&intake.files),
        privacy_notice: notice.privacy_notice,
        tracking: intake.tracking_sha256.clone(),
        words: Some(opened_words(notice, intake)),
    };
    Ok(Interpretation { person: person(notice, intake, ways), opened })
}

fn opened_words(notice: &NewNotice, intake: &Intake<'_>) -> OpenedWords {
    OpenedWords {
        text: notice.text.clone(),
        remedy_sought: notice.remedy_sought.clone(),
        place: notice.place.clone(),
        needs: notice.needs.clone(),
        file_names: names(&intake.files),
    }
}

fn person(notice: &NewNotice, intake: &Intake<'_>, ways: Vec<ChannelKind>) -> PersonRecorded {
    PersonRecorded {
        person: intake.person,
        capacity: notice.capacity,
        ways,
        words: Some(PersonWords {
            name: notice.name.clone(),
            organisation: notice.organisation.clone(),
            represents: notice.represents.clone(),
            phone: notice.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            email: notice.email.as_ref().map(|email| email.as_str().to_owned()),
            address: notice.address.clone(),
            sender: notice.staff.as_ref().and_then(|staff| staff.sender.clone()),
        }),
    }
}

/// Ways by which the person can be reached. Zalo and Viber live on the telephone number, so the
/// person's wish or the channel of the notice makes them a way.
fn ways(notice: &NewNotice) -> Vec<ChannelKind> {
    let came_by = channel(notice);
    let known_sender = notice.staff.as_ref().is_some_and(|staff| staff.sender.is_some());
    let phone = notice.phone.is_some();
    let uses = |kind| came_by == kind || notice.reply_by == Some(kind);
    let place = notice.address.is_some();
    [
        (ChannelKind::Zalo, uses(ChannelKind::Zalo) && (phone || known_sender)),
        (ChannelKind::Viber, uses(ChannelKind::Viber) && (phone || known_sender)),
        (ChannelKind::Phone, phone),
        (ChannelKind::Email, notice.email.is_some()),
        (ChannelKind::Sms, phone),
        (ChannelKind::Letter, place),
        (ChannelKind::Visit, place || notice.place.is_some() || came_by == ChannelKind::Office),
        (ChannelKind::Office, came_by == ChannelKind::Office),
    ]
    .into_iter()
    .filter(|(_, known)| *known)
    .map(|(kind, _)| kind)
    .collect()
}

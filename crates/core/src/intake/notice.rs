//! A notice as typed by somebody: the body of the API and of the form, every fault at once.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    complaint::file::each_once,
    field::FieldErrors,
    kinds::{About, As, ChannelKind, Kind, Lang, Relation},
    plain::{self, Email, Phone},
    policy::{Policy, WithoutContact},
};

/// Longest name, place or other line in characters.
const LINE_CHARS_MAX: usize = 300;
/// Longest code of a lift or other thing in characters.
const ASSET_CHARS_MAX: usize = 60;
/// Fields by which a person can be reached.
const CONTACTS: [&str; 3] = ["/complainant/phone", "/complainant/email", "/complainant/address"];

/// The body of `POST /api/v1/complaints`; the form of the portal fills the same.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct Body {
    pub language: Option<String>,
    pub kind: Option<String>,
    pub about: Option<String>,
    pub category: Option<String>,
    pub text: Option<String>,
    pub remedy_sought: Option<String>,
    pub asset: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub complainant: Complainant,
    pub relation: Option<String>,
    pub place: Option<String>,
    pub happened_at: Option<String>,
    pub needs: Option<String>,
    pub reply_by: Option<String>,
    pub danger: Option<bool>,
    pub mandate: Option<String>,
    pub consent: Option<Consent>,
    #[serde(deserialize_with = "or_default")]
    pub attachments: Vec<String>,
    pub channel: Option<String>,
    pub received_at: Option<String>,
    pub office: Option<String>,
    pub sender: Option<String>,
}

/// `null` says as little as a field that is not there.
fn or_default<'de, D, T>(reader: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(reader)?.unwrap_or_default())
}

/// Who complains, as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct Complainant {
    pub r#as: Option<String>,
    pub name: Option<String>,
    pub organisation: Option<String>,
    pub represents: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
}

/// What the person was shown and agreed to.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct Consent {
    pub notice: Option<String>,
    pub processing: Option<bool>,
}

/// What only staff may state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffEntry {
    /// How the notice came.
    pub channel: ChannelKind,
    /// When it came.
    pub received_at: Option<Timestamp>,
    /// Where it was handed in.
    pub office: Option<String>,
    /// Sender's id on the channel.
    pub sender: Option<String>,
}

/// A notice after which nobody checks again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct NewNotice {
    pub language: Lang,
    pub kind: Kind,
    pub about: About,
    pub category: Option<String>,
    pub text: String,
    pub remedy_sought: Option<String>,
    pub asset: Option<String>,
    pub capacity: As,
    pub name: Option<String>,
    pub organisation: Option<String>,
    pub represents: Option<String>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub address: Option<String>,
    pub relation: Option<Relation>,
    pub place: Option<String>,
    pub happened_at: Option<Timestamp>,
    pub needs: Option<String>,
    pub reply_by: Option<ChannelKind>,
    pub danger: bool,
    pub mandate: Option<String>,
    pub privacy_notice: Option<Date>,
    pub attachments: Vec<String>,
    pub staff: Option<StaffEntry>,
}

/// Reads a body; `by_staff` tells whether a member of staff enters it, `now` bounds what may be stated.
///
/// # Errors
///
/// Every fault of every field, with its JSON Pointer.
pub fn parse(
    body: &Body,
    policy: &Policy,
    by_staff: bool,
    now: Timestamp,
) -> Result<NewNotice, FieldErrors> {
    let mut e = FieldErrors::default();
    let language =
        word(&mut e, "/language", body.language.as_ref()).unwrap_or(first_language(policy));
    if !policy.languages.contains(&language) {
        e.add("/language", "not-a-choice", vec![("allowed", join(policy.languages.iter()))]);
    }
    let danger = body.danger.unwrap_or(false);
    let text = text(&mut e, body, policy, danger);
    let category = category(&mut e, body, policy);
    let about = word(&mut e, "/about", body.about.as_ref()).or_else(|| {
        category.as_ref().and_then(|code| policy.category(code)).map(|category| category.about)
    });
    let who = who(&mut e, &body.complainant, policy, language);
    let reply_by = reply_by(&mut e, body, policy);
    let staff = if by_staff {
        Some(staff(&mut e, body, policy, now))
    } else {
        public(&mut e, body);
        None
    };
    if body.attachments.len() > policy.limits.files {
        e.add("/attachments", "too-many", vec![("max", policy.limits.files.to_string())]);
    }
    let notice = NewNotice {
        language,
        kind: word(&mut e, "/kind", body.kind.as_ref()).unwrap_or(Kind::Complaint),
        about: about.unwrap_or(About::Unsure),
        category,
        text: text.unwrap_or_default(),
        remedy_sought: some_text(
            &mut e,
            "/remedy_sought",
            body.remedy_sought.as_ref(),
            policy.limits.text_chars,
        ),
        asset: some_line(&mut e, "/asset", body.asset.as_ref(), ASSET_CHARS_MAX),
        capacity: who.capacity,
        name: who.name,
        organisation: who.organisation,
        represents: who.represents,
        phone: who.phone,
        email: who.email,
        address: who.address,
        relation: word(&mut e, "/relation", body.relation.as_ref()),
        place: some_line(&mut e, "/place", body.place.as_ref(), LINE_CHARS_MAX),
        happened_at: past(&mut e, "/happened_at", body.happened_at.as_ref(), now),
        needs: some_text(&mut e, "/needs", body.needs.as_ref(), policy.limits.text_chars),
        reply_by,
        danger,
        mandate: body.mandate.clone().filter(|id| !id.trim().is_empty()),
        privacy_notice: privacy_notice(&mut e, body),
        attachments: attachments(body),
        staff,
    };
    contact(&mut e, &notice, policy);
    if e.is_empty() { Ok(notice) } else { Err(e) }
}

/// The uploads named; the mandate is told by itself.
fn attachments(body: &Body) -> Vec<String> {
    let is_mandate = |id: &String| body.mandate.as_ref() == Some(id);
    let named = body.attachments.iter();
    each_once(named.filter(|id| !id.trim().is_empty() && !is_mandate(id)))
}

fn first_language(policy: &Policy) -> Lang {
    policy.languages.first().copied().unwrap_or(Lang::Vi)
}

fn join<T: ToString>(words: impl Iterator<Item = T>) -> String {
    words.map(|word| word.to_string()).collect::<Vec<_>>().join(", ")
}

fn word<T: std::str::FromStr<Err = crate::kinds::UnknownWord>>(
    e: &mut FieldErrors,
    at: &str,
    typed: Option<&String>,
) -> Option<T> {
    let typed = typed.map(|typed| typed.trim()).filter(|typed| !typed.is_empty())?;
    match typed.parse() {
        Ok(word) => Some(word),
        Err(unknown) => {
            e.add(at, "not-a-choice", vec![("allowed", unknown.allowed)]);
            None
        }
    }
}

fn some_text(e: &mut FieldErrors, at: &str, typed: Option<&String>, max: usize) -> Option<String> {
    typed.and_then(|typed| e.keep_some(at, plain::text(typed, max)))
}

fn some_line(e: &mut FieldErrors, at: &str, typed: Option<&String>, max: usize) -> Option<String> {
    typed.and_then(|typed| e.keep_some(at, plain::line(typed, max)))
}

/// The text is needed, but for people in danger and for pictures without words (A21).
fn text(e: &mut FieldErrors, body: &Body, policy: &Policy, danger: bool) -> Option<String> {
    let parsed = plain::text(body.text.as_deref().unwrap_or_default(), policy.limits.text_chars);
    if danger || !body.attachments.is_empty() {
        e.keep_some("/text", parsed)
    } else {
        e.keep("/text", parsed)
    }
}

fn category(e: &mut FieldErrors, body: &Body, policy: &Policy) -> Option<String> {
    let code = body.category.as_deref().map(str::trim).filter(|code| !code.is_empty())?;
    if policy.category(code).is_none() {
        e.add("/category", "unknown-category", vec![("category", code.to_owned())]);
        return None;
    }
    Some(code.to_owned())
}

struct Person {
    capacity: As,
    name: Option<String>,
    organisation: Option<String>,
    represents: Option<String>,
    phone: Option<Phone>,
    email: Option<Email>,
    address: Option<String>,
}

fn who(e: &mut FieldErrors, typed: &Complainant, policy: &Policy, language: Lang) -> Person {
    let capacity = word(e, "/complainant/as", typed.r#as.as_ref());
    if let Some(capacity) = capacity.filter(|capacity| !policy.who.may.contains(capacity)) {
        let allowed = join(policy.who.may.iter());
        e.add(
            "/complainant/as",
            "not-a-choice",
            vec![("allowed", allowed), ("value", capacity.to_string())],
        );
    }
    Person {
        capacity: capacity.unwrap_or(As::Person),
        name: some_line(e, "/complainant/name", typed.name.as_ref(), LINE_CHARS_MAX),
        organisation: some_line(
            e,
            "/complainant/organisation",
            typed.organisation.as_ref(),
            LINE_CHARS_MAX,
        ),
        represents: some_line(
            e,
            "/complainant/represents",
            typed.represents.as_ref(),
            LINE_CHARS_MAX,
        ),
        phone: typed.phone.as_ref().and_then(|typed| {
            e.keep_some("/complainant/phone", Phone::parse_near(typed, language))
        }),
        email: typed
            .email
            .as_ref()
            .and_then(|typed| e.keep_some("/complainant/email", Email::parse(typed))),
        address: some_line(e, "/complainant/address", typed.address.as_ref(), LINE_CHARS_MAX),
    }
}

fn reply_by(e: &mut FieldErrors, body: &Body, policy: &Policy) -> Option<ChannelKind> {
    use crate::policy::WayBack;
    let wish = word(e, "/reply_by", body.reply_by.as_ref())?;
    let offered = policy
        .channels
        .iter()
        .any(|rule| rule.kind == wish || rule.answer.contains(&WayBack::Channel(wish)));
    if !offered {
        let allowed = join(policy.channels.iter().map(|rule| rule.kind));
        e.add("/reply_by", "not-a-choice", vec![("allowed", allowed)]);
        return None;
    }
    Some(wish)
}

fn staff(e: &mut FieldErrors, body: &Body, policy: &Policy, now: Timestamp) -> StaffEntry {
    let channel = word(e, "/channel", body.channel.as_ref()).unwrap_or(ChannelKind::Web);
    if policy.channel(channel).is_none() {
        let allowed = join(policy.channels.iter().map(|rule| rule.kind));
        e.add("/channel", "not-a-choice", vec![("allowed", allowed)]);
    }
    let office = some_line(e, "/office", body.office.as_ref(), ASSET_CHARS_MAX);
    if let Some(code) =
        office.as_ref().filter(|code| policy.offices.iter().all(|office| office.code != **code))
    {
        e.add("/office", "unknown-office", vec![("office", code.clone())]);
    }
    let received_at = past(e, "/received_at", body.received_at.as_ref(), now);
    let (first, _) = policy.calendar.covers();
    if received_at.is_some_and(|at| policy.calendar.local_date(at) < first) {
        e.add("/received_at", "too-early", vec![]);
    }
    StaffEntry {
        channel,
        received_at,
        office,
        sender: some_line(e, "/sender", body.sender.as_ref(), LINE_CHARS_MAX),
    }
}

fn public(e: &mut FieldErrors, body: &Body) {
    let reserved = [
        ("/channel", &body.channel),
        ("/received_at", &body.received_at),
        ("/office", &body.office),
        ("/sender", &body.sender),
    ];
    for (at, typed) in reserved {
        if typed.is_some() {
            e.add(at, "staff-only", vec![]);
        }
    }
}

fn past(
    e: &mut FieldErrors,
    at: &str,
    typed: Option<&String>,
    now: Timestamp,
) -> Option<Timestamp> {
    let typed = typed.map(|typed| typed.trim()).filter(|typed| !typed.is_empty())?;
    match typed.parse::<Timestamp>() {
        Ok(instant) if instant < Timestamp::UNIX_EPOCH => {
            e.add(at, "too-early", vec![]);
            None
        }
        Ok(instant) if instant <= now => Some(instant),
        Ok(_) => {
            e.add(at, "in-future", vec![]);
            None
        }
        Err(_) => {
            e.add(at, "not-an-instant", vec![]);
            None
        }
    }
}

fn privacy_notice(e: &mut FieldErrors, body: &Body) -> Option<Date> {
    let typed = body.consent.as_ref()?.notice.as_deref()?.trim();
    if typed.is_empty() {
        return None;
    }
    let date = typed.parse().ok();
    if date.is_none() {
        e.add("/consent/notice", "not-a-date", vec![]);
    }
    date
}

/// One way to reach the person, unless the policy asks for none.
fn contact(e: &mut FieldErrors, notice: &NewNotice, policy: &Policy) {
    let channel_reaches = notice.staff.as_ref().is_some_and(|staff| {
        staff.sender.is_some() || matches!(staff.channel, ChannelKind::Office)
    });
    let reachable = notice.phone.is_some()
        || notice.email.is_some()
        || notice.address.is_some()
        || channel_reaches;
    let excused = match policy.who.without_contact {
        WithoutContact::Danger => notice.danger,
        WithoutContact::Never => false,
        WithoutContact::Always => true,
    };
    let faulty = e.iter().any(|error| CONTACTS.contains(&error.pointer.as_str()));
    if !reachable && !excused && !faulty {
        e.add("/complainant/phone", "no-contact", vec![]);
    }
}

//! Words both ways: notes, messages in and out, requests for evidence, what providers answered.

use jiff::Timestamp;

use super::{
    super::{
        Complaint, Event, Refusal, RefusalCode,
        command::{
            AskEvidence, ByHand, Delivered, DeliveryOutcome, Enter, Note, Send, TellWords, Write,
        },
        event::{
            ContactedAgain, EvidenceAdded, EvidenceRequested, FailedWords, MessageAttempted,
            MessageFailed, MessageQueued, MessageReceived, MessageSent, MessageTold, MessageWords,
            NoteAdded, NoteWords, QueuedWords, RequestedWords, ToldWords,
        },
        file::{NamedFile, facts, names},
        promise::{self, Reach},
        state::{AttemptFate, Held},
        vocabulary::Purpose,
        ways,
    },
    Draft, result, some,
};
use crate::{
    id::{AttemptId, RequestId},
    kinds::ChannelKind,
    plain::fold,
};

pub(super) fn note(d: &mut Draft<'_, '_>, body: &Note) -> Result<(), Refusal> {
    let mut mentions = Vec::with_capacity(body.mentions.len());
    for email in &body.mentions {
        mentions.push(d.member(email)?.id);
    }
    let files = d.files(&body.files)?;
    let words = Some(NoteWords { text: body.text.clone(), file_names: names(&files) });
    d.push(NoteAdded { mentions, files: facts(&files), words });
    Ok(())
}

pub(super) fn write(d: &mut Draft<'_, '_>, body: &Write) -> Result<(), Refusal> {
    let now = d.at.now;
    received(d, ChannelKind::Web, now, body.text.as_ref(), &body.files)
}

pub(super) fn enter(d: &mut Draft<'_, '_>, body: &Enter) -> Result<(), Refusal> {
    let channel = body.channel.unwrap_or(ChannelKind::Phone);
    offered(d, channel)?;
    let at = d.past(body.received_at)?;
    received(d, channel, at, body.text.as_ref(), &body.files)
}

fn received(
    d: &mut Draft<'_, '_>,
    channel: ChannelKind,
    received_at: Timestamp,
    text: Option<&String>,
    files: &[String],
) -> Result<(), Refusal> {
    let files = d.files(files)?;
    if files.is_empty() && text.is_none_or(|text| text.trim().is_empty()) {
        return Err(Refusal::new(RefusalCode::NothingToChange, "messages"));
    }
    let first = !d.complaint.replied_in_round();
    let words = MessageWords {
        text: text.cloned().unwrap_or_default(),
        file_names: names(&files),
        because: None,
    };
    d.push(MessageReceived { channel, received_at, files: facts(&files), words: Some(words) });
    if first {
        let count = d.complaint.contacted_again + 1;
        d.push(ContactedAgain { channel, count });
    }
    let open: Vec<RequestId> = d
        .complaint
        .requests
        .iter()
        .filter(|request| request.answered.is_none())
        .filter(|request| {
            d.complaint.reached_at(request.attempt).is_some_and(|asked| asked <= received_at)
        })
        .map(|request| request.id)
        .collect();
    for request in open {
        d.push(EvidenceAdded { request });
    }
    Ok(())
}

/// Refuses a channel that the pack knows neither as a way in nor as a way back.
pub(super) fn offered(d: &Draft<'_, '_>, channel: ChannelKind) -> Result<(), Refusal> {
    use crate::policy::WayBack;
    let policy = d.at.policy;
    let known = policy.channel(channel).is_some()
        || policy.channels.iter().any(|rule| rule.answer.contains(&WayBack::Channel(channel)));
    if known {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::ChannelNotOffered, "channels").with("channel", channel))
    }
}

/// The channel words go by: the planned one, or another with a reason.
pub(super) fn chosen(
    d: &Draft<'_, '_>,
    wanted: Option<ChannelKind>,
    because: Option<&String>,
) -> Result<ChannelKind, Refusal> {
    let planned = ways::planned(&d.complaint, d.at.policy);
    let Some(wanted) = wanted else {
        return planned.ok_or_else(|| Refusal::new(RefusalCode::NoAddress, "channels.*.answer"));
    };
    offered(d, wanted)?;
    match planned {
        Some(planned) if planned != wanted && some(because).is_none() => {
            Err(Refusal::new(RefusalCode::ChannelNeedsReason, "channels.*.answer")
                .with("planned", planned)
                .with("channel", wanted))
        }
        _ => Ok(wanted),
    }
}

/// The channel words were told by: what a person did is recorded, not refused (S19). The planned
/// one when they do not say.
pub(super) fn told_by(d: &Draft<'_, '_>, by: Option<ChannelKind>) -> Result<ChannelKind, Refusal> {
    match by {
        None => chosen(d, None, None),
        Some(by) => offered(d, by).map(|()| by),
    }
}

/// Refuses a channel that does not send by itself or has no address.
pub(super) fn sends(d: &Draft<'_, '_>, channel: ChannelKind) -> Result<(), Refusal> {
    if !d.at.senders.contains(&channel) {
        return Err(Refusal::new(RefusalCode::ByHandOnly, "channels").with("channel", channel));
    }
    if !d.complaint.ways.contains(&channel) {
        return Err(Refusal::new(RefusalCode::NoAddress, "channels").with("channel", channel));
    }
    Ok(())
}

/// The id of the next attempt.
pub(super) fn next_attempt(complaint: &Complaint) -> AttemptId {
    AttemptId::nth(complaint.attempts.len() + 1)
}

pub(super) fn send(d: &mut Draft<'_, '_>, body: &Send) -> Result<(), Refusal> {
    let channel = chosen(d, body.channel, body.because.as_ref())?;
    sends(d, channel)?;
    let files = d.files(&body.files)?;
    queue(d, channel, Purpose::Message, &body.text, &files, body.because.as_ref());
    Ok(())
}

fn queue(
    d: &mut Draft<'_, '_>,
    channel: ChannelKind,
    purpose: Purpose,
    text: &str,
    files: &[NamedFile],
    because: Option<&String>,
) -> AttemptId {
    let attempt = next_attempt(&d.complaint);
    let words =
        QueuedWords { text: text.to_owned(), file_names: names(files), because: some(because) };
    d.push(MessageQueued {
        attempt,
        channel,
        purpose,
        proposal: None,
        files: facts(files),
        words: Some(words),
    });
    attempt
}

pub(super) fn tell(d: &mut Draft<'_, '_>, body: &TellWords) -> Result<(), Refusal> {
    let channel = told_by(d, body.channel)?;
    let empty = ByHand { at: None, with: None, proof: vec![] };
    let by_hand = body.by_hand.as_ref().unwrap_or(&empty);
    told(d, channel, Purpose::Message, &body.text, by_hand, body.because.as_ref())?;
    Ok(())
}

fn told(
    d: &mut Draft<'_, '_>,
    channel: ChannelKind,
    purpose: Purpose,
    text: &str,
    by_hand: &ByHand,
    because: Option<&String>,
) -> Result<AttemptId, Refusal> {
    let told_at = d.stated(by_hand.at)?;
    let proof = d.files(&by_hand.proof)?;
    let attempt = next_attempt(&d.complaint);
    let words = ToldWords {
        text: text.to_owned(),
        with: some(by_hand.with.as_ref()),
        file_names: names(&proof),
        because: some(because),
    };
    d.push(MessageTold {
        attempt,
        channel,
        purpose,
        told_at,
        proof: facts(&proof),
        words: Some(words),
    });
    let kept = promise::kept(&d.complaint, d.at.policy, Reach::Reply, told_at);
    super::keep::keep(d, kept, &proof)?;
    Ok(attempt)
}

pub(super) fn ask(d: &mut Draft<'_, '_>, body: &AskEvidence) -> Result<(), Refusal> {
    if d.at.policy.notices.refuse_asking_again {
        not_held(&d.complaint, &body.asks)?;
    }
    if let Some(answer_by) = body.answer_by {
        d.future(Some(answer_by))?;
    }
    let (purpose, because) = (Purpose::EvidenceRequest, body.because.as_ref());
    let attempt = if let Some(by_hand) = &body.by_hand {
        let channel = told_by(d, body.channel)?;
        told(d, channel, purpose, &body.text, by_hand, because)?
    } else {
        let channel = chosen(d, body.channel, because)?;
        sends(d, channel)?;
        queue(d, channel, purpose, &body.text, &[], because)
    };
    let request = RequestId::nth(d.complaint.requests.len() + 1);
    let words = Some(RequestedWords { asks: body.asks.clone() });
    d.push(EvidenceRequested { request, attempt, answer_by: body.answer_by, words });
    Ok(())
}

/// What people call the things a file may already hold, folded.
const NAMES: &[(Held, &[&str])] = &[
    (Held::Asset, &["asset", "lift", "lift code", "ma thang", "ma thang may", "ລະຫັດລິບ"]),
    (Held::HappenedAt, &["happened_at", "when", "thoi gian", "thoi diem", "ເວລາ"]),
    (Held::Place, &["place", "where", "dia diem", "dia chi", "ສະຖານທີ່", "ທີ່ຢູ່"]),
    (Held::RemedySought, &["remedy_sought", "remedy", "yeu cau", "mong muon"]),
    (Held::Phone, &["phone", "telephone", "so dien thoai", "dien thoai", "ເບີໂທລະສັບ", "ເບີໂທ"]),
    (Held::Email, &["email", "e-mail", "thu dien tu", "ອີເມວ"]),
    (
        Held::Photos,
        &["photo", "photos", "picture", "pictures", "anh", "hinh", "hinh anh", "ຮູບ", "ຮູບພາບ"],
    ),
    (Held::Mandate, &["mandate", "giay uy quyen", "uy quyen", "ໃບມອບສິດ"]),
];

/// Refuses to ask for what the file holds, and names the event that holds it (S18, A19).
fn not_held(complaint: &Complaint, asks: &[String]) -> Result<(), Refusal> {
    for ask in asks {
        let folded = fold(ask);
        let named = NAMES.iter().find(|(_, names)| names.contains(&folded.as_str()));
        let held = named.and_then(|(what, _)| complaint.held.iter().find(|(held, _)| held == what));
        let answered = complaint
            .requests
            .iter()
            .filter(|request| request.asks.contains(&folded))
            .find_map(|request| request.answered);
        if let Some(version) = held.map(|(_, version)| *version).or(answered) {
            return Err(Refusal::new(RefusalCode::AlreadyHeld, "notices.ask_again")
                .with("ask", ask)
                .with("event", version));
        }
    }
    Ok(())
}

pub(super) fn delivered(d: &mut Draft<'_, '_>, body: &Delivered) -> Result<(), Refusal> {
    let attempt = d.complaint.attempts.iter().find(|attempt| attempt.id == body.attempt);
    let attempt = attempt
        .ok_or_else(|| {
            Refusal::new(RefusalCode::UnknownAttempt, "attempts").with("attempt", body.attempt)
        })?
        .clone();
    match (&body.outcome, attempt.fate) {
        (DeliveryOutcome::Attempted, AttemptFate::Queued) => {
            d.push(MessageAttempted { attempt: attempt.id, call: attempt.calls + 1 });
        }
        (DeliveryOutcome::Accepted { provider_id }, AttemptFate::Queued) => {
            if attempt.purpose == Purpose::Response {
                return result::sent(d, &attempt, provider_id.clone());
            }
            d.push(MessageSent { attempt: attempt.id, provider_id: provider_id.clone() });
            let reach =
                if attempt.purpose.is_automatic() { Reach::Acknowledgement } else { Reach::Reply };
            if attempt.round == d.complaint.round().number {
                let kept = promise::kept(&d.complaint, d.at.policy, reach, d.at.now);
                super::keep::keep(d, kept, &[])?;
            }
        }
        (
            DeliveryOutcome::Failed { code, detail },
            AttemptFate::Queued | AttemptFate::Reached(_),
        ) => {
            if attempt.purpose == Purpose::Response {
                result::failed(d, &attempt, *code, detail.clone());
            } else {
                let words = Some(FailedWords { detail: detail.clone() });
                d.push(Event::from(MessageFailed { attempt: attempt.id, code: *code, words }));
                let again = promise::after_failure(&d.complaint, d.at.policy, &attempt);
                d.extend(again);
            }
        }
        (DeliveryOutcome::Attempted | DeliveryOutcome::Accepted { .. }, _)
        | (DeliveryOutcome::Failed { .. }, AttemptFate::Failed(_)) => {}
    }
    Ok(())
}

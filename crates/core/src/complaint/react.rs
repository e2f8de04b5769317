//! `react`: what the world must be told after events. Must not tell it; the outbox does.

use super::event::of_the_house;
use super::{
    Complaint, Event,
    event::{
        ComplaintOpened, PromiseWarned, UndertakingCancelled, UndertakingMade, UndertakingMoved,
        UndertakingReminded,
    },
    state::Undertaking,
};
use crate::{
    id::{AttemptId, ProposalId, UndertakingId},
    kinds::{ChannelKind, DepartmentId},
};

/// Something that must leave the program after a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Tell whoever the policy informs of every complaint.
    Inform,
    /// Warn the person on duty at once: people may be in danger.
    Page,
    /// Tell a unit that a complaint was handed to it.
    TellUnit(DepartmentId),
    /// Hand words to the channel's provider.
    Deliver(AttemptId),
    /// Warn that a promise runs out: all its steps of one commit together, so that nobody is
    /// written to twice about one promise.
    Warn {
        /// Which promise.
        promise: String,
        /// Of which round.
        round: u8,
        /// The highest step.
        step: u8,
        /// Whom: `duty`, `holder`, `head`, `deputy`, `director`.
        to: Vec<String>,
    },
    /// Tell whoever holds the complaint that dates moved with the calendar.
    TellMoved,
    /// Tell owner and complainant of an undertaking that was made, moved or cancelled.
    TellUndertaking {
        /// Which.
        undertaking: UndertakingId,
        /// Its [sequence](super::state::Undertaking::sequence): what a later one overtakes is not
        /// told any more.
        sequence: usize,
        /// Whether only the complainant is told, whom the answer with it just reached.
        complainant_only: bool,
    },
    /// Remind of an undertaking.
    Remind {
        /// Which.
        undertaking: UndertakingId,
        /// 1 before it falls due, 2 once it is overdue.
        step: u8,
    },
    /// Confirm receipt by e-mail: one fixed mail, no text of the person's.
    Acknowledge,
}

/// What must leave the program after these events of one commit.
pub fn react(complaint: &Complaint, events: &[Event]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for effect in events.iter().flat_map(|event| one(complaint, event)) {
        add(&mut effects, effect);
    }
    // However many dates move, the holder hears of it once.
    if events.iter().any(|event| matches!(event, Event::PromiseMoved(_))) {
        effects.push(Effect::TellMoved);
    }
    effects
}

/// Adds an effect; a higher step of a ladder joins the lower one.
fn add(effects: &mut Vec<Effect>, effect: Effect) {
    if let Effect::Warn { promise, round, step, to } = &effect {
        for known in effects.iter_mut() {
            if let Effect::Warn { promise: other, round: of, step: last, to: all } = known
                && (promise, round) == (&*other, &*of)
            {
                *last = (*last).max(*step);
                all.extend(
                    to.iter().filter(|rung| !all.contains(rung)).cloned().collect::<Vec<_>>(),
                );
                return;
            }
        }
    }
    effects.push(effect);
}

#[expect(clippy::unnested_or_patterns, reason = "a list with a name stands in the pattern")]
fn one(complaint: &Complaint, event: &Event) -> Vec<Effect> {
    match event {
        Event::ComplaintOpened(e) => opened(e),
        Event::Disagreed(disagreed) if disagreed.late => vec![Effect::Inform],
        Event::DangerConfirmed(confirmed) if confirmed.danger => vec![Effect::Page],
        Event::RoundOpened(_) | Event::HandoverReturned(_) => vec![Effect::Inform],
        Event::ResponseFailed(_) if !complaint.stage.is_open() => vec![Effect::Inform],
        Event::HandedOver(handed) => vec![Effect::TellUnit(handed.to.clone())],
        Event::MessageQueued(queued) => vec![Effect::Deliver(queued.attempt)],
        Event::PromiseWarned(e) => vec![warn(e)],
        Event::UndertakingMade(UndertakingMade { undertaking, .. })
        | Event::UndertakingMoved(UndertakingMoved { undertaking, .. })
        | Event::UndertakingCancelled(UndertakingCancelled { undertaking, .. }) => {
            changed(complaint, *undertaking)
        }
        Event::ResponseSent(sent) => announced(complaint, sent.proposal),
        Event::ResponseTold(told) => announced(complaint, told.proposal),
        Event::UndertakingReminded(e) => vec![remind(e)],
        Event::NoticeReceived(_)
        | Event::NoticeInterpreted(_)
        | Event::PersonRecorded(_)
        | Event::ContactedAgain(_)
        | Event::Classified(_)
        | Event::DangerConfirmed(_)
        | Event::MandateRecorded(_)
        | Event::MandateVerified(_)
        | Event::DirectorSaw(_)
        | Event::HandoverAccepted(_)
        | Event::Assigned(_)
        | Event::MessageReceived(_)
        | Event::MessageAttempted(_)
        | Event::MessageSent(_)
        | Event::MessageTold(_)
        | Event::MessageFailed(_)
        | Event::NoteAdded(_)
        | Event::EvidenceRequested(_)
        | Event::EvidenceAdded(_)
        | Event::FindingRecorded(_)
        | Event::PromiseKept(_)
        | Event::PromiseMissed(_)
        | Event::PromiseRevived(_)
        | Event::PromiseMoved(_)
        | Event::PromisePaused(_)
        | Event::PromiseResumed(_)
        | Event::UndertakingKept(_)
        | Event::UndertakingBroken(_)
        | Event::DecisionProposed(_)
        | Event::RefusalProposed(_)
        | Event::ProposalApproved(_)
        | Event::ProposalReturned(_)
        | Event::ResponseFailed(_)
        | Event::Agreed(_)
        | Event::Disagreed(_)
        | Event::IndependenceWaived(_)
        | Event::Withdrawn(_)
        | Event::Rated(_)
        | Event::Closed(_)
        | Event::Archived(_)
        | Event::Reopened(_)
        | Event::Joined(_)
        | Event::Unjoined(_)
        | Event::Redacted(_)
        | Event::HoldPlaced(_)
        | Event::HoldLifted(_)
        | Event::ComplaintErased(_)
        | Event::PersonErased(_)
        | Event::LogErased(_)
        | of_the_house!() => vec![],
    }
}

fn tell(undertaking: &Undertaking, complainant_only: bool) -> Effect {
    let (sequence, undertaking) = (undertaking.sequence(), undertaking.id);
    Effect::TellUndertaking { undertaking, sequence, complainant_only }
}

fn changed(complaint: &Complaint, id: UndertakingId) -> Vec<Effect> {
    let found = complaint.undertakings.iter().filter(|known| known.id == id);
    found.map(|found| tell(found, false)).collect()
}

/// The remedies that still run of a decision whose answer reached the complainant.
fn announced(complaint: &Complaint, proposal: ProposalId) -> Vec<Effect> {
    let running = complaint.running_undertakings();
    let remedies = running.filter(|undertaking| undertaking.proposal == Some(proposal));
    remedies.map(|undertaking| tell(undertaking, true)).collect()
}

fn warn(e: &PromiseWarned) -> Effect {
    let PromiseWarned { promise, round, step, to } = e;
    Effect::Warn { promise: promise.clone(), round: *round, step: *step, to: to.clone() }
}

const fn remind(e: &UndertakingReminded) -> Effect {
    Effect::Remind { undertaking: e.undertaking, step: e.step }
}

fn opened(opened: &ComplaintOpened) -> Vec<Effect> {
    let mut effects = vec![Effect::Inform];
    if opened.safety {
        effects.push(Effect::Page);
    }
    if opened.ways.contains(&ChannelKind::Email) {
        effects.push(Effect::Acknowledge);
    }
    effects
}

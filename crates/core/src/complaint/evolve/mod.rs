//! `evolve`: what an event makes of a complaint. It obeys and never judges; it is total, also
//! over events whose words were erased. Must not read a clock, a policy or a calendar.

mod attempts;
mod gate;
mod open;
mod result;
mod rounds;
mod terms;

use jiff::Timestamp;

use super::event::of_the_house;
use super::{
    event::Event,
    file::FileFact,
    state::{Complaint, Held, Round},
};
use crate::id::AccountId;

/// Who did it and when, beside the event itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// The account, for what a member of staff did.
    pub by: Option<AccountId>,
    /// When it happened.
    pub at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// How many characters of the text make the title of a complaint.
pub const TITLE_CHARS: usize = 120;

/// The complaint after one more event of its stream.
///
/// `None` before `complaint.opened` and for streams that do not begin with it.
pub fn evolve(
    complaint: Option<Complaint>,
    event: &Event,
    happened: &Happened,
) -> Option<Complaint> {
    match complaint {
        None => {
            let Event::ComplaintOpened(opened) = event else { return None };
            Some(open::open(opened, happened))
        }
        Some(mut complaint) => {
            complaint.version += 1;
            apply(&mut complaint, event, happened);
            Some(complaint)
        }
    }
}

/// One arm for each event and none for "the rest": a new event makes the compiler ask.
#[expect(clippy::unnested_or_patterns, reason = "a list with a name stands in the pattern")]
fn apply(c: &mut Complaint, event: &Event, happened: &Happened) {
    let (by, at) = (happened.by, happened.at);
    match event {
        Event::NoticeReceived(_)
        | Event::NoticeInterpreted(_)
        | Event::PersonRecorded(_)
        | Event::ComplaintOpened(_)
        | Event::Redacted(_)
        | Event::PersonErased(_)
        | Event::LogErased(_)
        | of_the_house!() => {}
        Event::ContactedAgain(e) => c.contacted_again = e.count,
        Event::Classified(e) => gate::classified(c, e),
        Event::DangerConfirmed(e) => gate::danger_confirmed(c, e.danger),
        Event::MandateRecorded(e) => gate::mandate_recorded(c, e),
        Event::MandateVerified(e) => gate::mandate_verified(c, e.verified),
        Event::DirectorSaw(_) => gate::director_saw(c, at),
        Event::HandedOver(e) => gate::handed_over(c, e),
        Event::HandoverAccepted(e) => gate::accepted(c, e.verifier),
        Event::HandoverReturned(_) => gate::returned(c),
        Event::Assigned(e) => gate::assigned(c, e.verifier, e.decider),
        Event::MessageReceived(e) => attempts::received(c, &e.files),
        Event::MessageQueued(e) => attempts::queued(c, e),
        Event::MessageAttempted(e) => attempts::attempted(c, e.attempt, e.call),
        Event::MessageSent(e) => attempts::reached(c, e.attempt, at),
        Event::MessageTold(e) => attempts::told(c, e),
        Event::MessageFailed(e) => attempts::failed(c, e.attempt, e.code),
        Event::NoteAdded(e) => c.files.extend_from_slice(&e.files),
        Event::EvidenceRequested(e) => attempts::evidence_requested(c, e, at),
        Event::EvidenceAdded(e) => attempts::evidence_added(c, e.request),
        Event::FindingRecorded(e) => gate::found(c, e, by),
        Event::PromiseWarned(e) => terms::warned(c, e),
        Event::PromiseKept(e) => terms::kept(c, e),
        Event::PromiseMissed(e) => terms::missed(c, e),
        Event::PromiseRevived(e) => terms::revived(c, e, at),
        Event::PromiseMoved(e) => terms::promise_moved(c, e),
        Event::PromisePaused(e) => terms::paused(c, e),
        Event::PromiseResumed(e) => terms::resumed(c, e),
        Event::UndertakingMade(e) => terms::made(c, e, at),
        Event::UndertakingMoved(e) => terms::moved(c, e, at),
        Event::UndertakingReminded(e) => terms::reminded(c, e),
        Event::UndertakingKept(e) => terms::undertaking_kept(c, e, happened.recorded_at),
        Event::UndertakingBroken(e) => terms::broken(c, e.undertaking, at),
        Event::UndertakingCancelled(e) => terms::cancelled(c, e.undertaking, at),
        Event::DecisionProposed(e) => result::decision_proposed(c, e, by),
        Event::RefusalProposed(e) => result::refusal_proposed(c, e, by),
        Event::ProposalApproved(e) => result::approved(c, e.proposal, by, happened.at),
        Event::ProposalReturned(e) => result::returned(c, e.proposal, by),
        Event::ResponseSent(e) => result::sent(c, e, at),
        Event::ResponseTold(e) => result::told(c, e),
        Event::ResponseFailed(e) => result::failed(c, e.attempt, e.code),
        Event::Agreed(_) => running(c).agreed = true,
        Event::Disagreed(e) => rounds::disagreed(c, e),
        Event::RoundOpened(e) => rounds::opened(c, e, at),
        Event::IndependenceWaived(e) => running(c).waived.push(e.account),
        Event::Withdrawn(_) => rounds::withdrawn(c),
        Event::Rated(e) => rounds::rated(c, e),
        Event::Closed(e) => rounds::closed(c, e.closed_as, at),
        Event::Archived(_) => rounds::archived(c),
        Event::Reopened(e) => rounds::reopened(c, e.round),
        Event::Joined(e) => c.joined_into = Some(e.into.clone()),
        Event::Unjoined(_) => rounds::unjoined(c),
        Event::HoldPlaced(_) | Event::HoldLifted(_) | Event::ComplaintErased(_) => keep(c, event),
    }
}

/// What of a complaint must stay, or is gone.
fn keep(c: &mut Complaint, event: &Event) {
    if let Event::HoldPlaced(placed) = event {
        c.hold = Some(placed.ground);
    } else if let Event::ComplaintErased(_) = event {
        gate::erased(c);
    } else {
        c.hold = None;
    }
}

/// The running round; a complaint has one from its first event on.
fn running(c: &mut Complaint) -> &mut Round {
    c.rounds.last_mut().expect("a complaint has a round from its first event on")
}

/// Remembers who verified, found, proposed, approved or gave back in the running round.
fn took_part(c: &mut Complaint, account: Option<AccountId>) {
    let round = running(c);
    if let Some(account) = account.filter(|account| !round.took_part.contains(account)) {
        round.took_part.push(account);
    }
}

/// Files from the complainant: nobody asks for pictures again.
fn held_files(c: &mut Complaint, files: &[FileFact]) {
    if !files.is_empty() {
        c.held.push((Held::Photos, c.version));
        c.files.extend_from_slice(files);
    }
}

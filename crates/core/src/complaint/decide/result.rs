//! The result: proposed, approved by another, sent or told, and what happens when it does not arrive.

use jiff::{SignedDuration, Timestamp};

use super::{
    super::{
        Refusal, RefusalCode, Stage,
        command::{Approve, Decide, Fail, GiveBack, Refuse, Respond, Tell},
        event::{
            DecisionProposed, DecisionWords, MessageQueued, ProposalApproved, ProposalReturned,
            ProposalReturnedWords, QueuedWords, RefusalProposed, RefusalWords, RemedySet,
            ResponseFailed, ResponseFailedWords, ResponseSent, ResponseTold, ResponseToldWords,
            UndertakingMade, UndertakingWords,
        },
        file::{facts, names},
        people::{Actor, Member},
        promise::{self, Reach},
        state::{Attempt, AttemptFate, Proposal, ProposalFate, Verdict},
        vocabulary::{FailureCode, Outcome, Purpose, UndertakingKind, WaivedRole},
        ways,
    },
    Draft, beyond_calendar, gate, keep, some, verify, words,
};
use crate::{
    id::ProposalId,
    kinds::ChannelKind,
    policy::{ApprovalRule, Ground},
};

pub(super) fn propose(d: &mut Draft<'_, '_>, body: &Decide) -> Result<(), Refusal> {
    let member = proposer(d)?;
    if d.complaint.round().findings.is_empty() {
        return Err(Refusal::new(RefusalCode::NothingFound, "steps.verify"));
    }
    let mut remedies = Vec::with_capacity(body.remedies.len());
    for remedy in &body.remedies {
        remedies.push(RemedySet { owner: d.member(&remedy.owner)?.id, due: d.future(remedy.due)? });
    }
    gate::independent(d, &member, WaivedRole::Decider)?;
    let proposal = next(d);
    d.push(DecisionProposed {
        proposal,
        round: d.complaint.round().number,
        outcome: body.outcome.unwrap_or(Outcome::NotUpheld),
        remedies,
        words: Some(DecisionWords {
            reasons: body.reasons.clone(),
            remedies: body.remedies.iter().map(|remedy| remedy.what.clone()).collect(),
        }),
    });
    authority_is_enough(d, &member, proposal, d.at.policy.decision.approval)
}

pub(super) fn refuse(d: &mut Draft<'_, '_>, body: &Refuse) -> Result<(), Refusal> {
    if safety_forbids_refusing(d) {
        return Err(Refusal::new(RefusalCode::SafetyNotRefused, "safety.refuse"));
    }
    let member = proposer(d)?;
    let grounds = &d.at.policy.refusal.grounds;
    let ground = grounds.iter().find(|ground| ground.id == body.ground).ok_or_else(|| {
        Refusal::new(RefusalCode::UnknownGround, "refusal.grounds").with("ground", &body.ground)
    })?;
    if ground.must_name_who_can_help && some(body.who_can_help.as_ref()).is_none() {
        return Err(Refusal::new(RefusalCode::WhoCanHelp, "refusal.grounds.must_name")
            .with("ground", &ground.id));
    }
    asked_first(d, ground)?;
    gate::independent(d, &member, WaivedRole::Decider)?;
    let proposal = next(d);
    d.push(RefusalProposed {
        proposal,
        round: d.complaint.round().number,
        ground: body.ground.clone(),
        words: Some(RefusalWords {
            reasons: body.reasons.clone(),
            checked: body.checked.clone(),
            who_can_help: some(body.who_can_help.as_ref()),
        }),
    });
    authority_is_enough(d, &member, proposal, d.at.policy.refusal.approval)
}

/// Where people are in danger nothing is refused (A13).
fn safety_forbids_refusing(d: &Draft<'_, '_>) -> bool {
    d.complaint.safety && !d.at.policy.safety.may_refuse
}

/// Stops a refusal that was proposed or approved before the danger was known.
fn not_a_refusal_of_danger(d: &Draft<'_, '_>, proposal: &Proposal) -> Result<(), Refusal> {
    if matches!(proposal.verdict, Verdict::Refusal(_)) && safety_forbids_refusing(d) {
        Err(Refusal::new(RefusalCode::SafetyNotRefused, "safety.refuse"))
    } else {
        Ok(())
    }
}

/// Takes back refusals that have not left yet, now that danger is known (A13).
pub(super) fn recall_refusals_of_danger(d: &mut Draft<'_, '_>) {
    if safety_forbids_refusing(d) {
        recall(d, |proposal| matches!(proposal.verdict, Verdict::Refusal(_)));
    }
}

/// Takes back results that wait for their channel and were never handed to a provider.
pub(super) fn recall(d: &mut Draft<'_, '_>, which: impl Fn(&Proposal) -> bool) {
    let carries = |attempt: &&Attempt| {
        let waits = attempt.fate == AttemptFate::Queued && attempt.calls == 0;
        waits && d.complaint.proposals.iter().any(|p| Some(p.id) == attempt.proposal && which(p))
    };
    let waiting: Vec<Attempt> = d.complaint.attempts.iter().filter(carries).cloned().collect();
    for attempt in waiting {
        failed(d, &attempt, FailureCode::Recalled, None);
    }
}

/// Who proposes, and that nothing else waits.
fn proposer(d: &Draft<'_, '_>) -> Result<Member, Refusal> {
    if d.complaint.stage == Stage::Deciding {
        return Err(Refusal::new(RefusalCode::ProposalWaits, "decision.approval"));
    }
    d.at_stage(&[Stage::Verifying])?;
    match d.at.actor {
        Actor::Staff(member) => Ok(member.clone()),
        Actor::Complainant | Actor::System(_) => {
            Err(Refusal::new(RefusalCode::NotPermitted, "decision.authority"))
        }
    }
}

fn next(d: &Draft<'_, '_>) -> ProposalId {
    ProposalId::nth(d.complaint.proposals.len() + 1)
}

/// Before "no evidence" the complainant is asked once and has the time the policy gives (A13).
fn asked_first(d: &Draft<'_, '_>, ground: &Ground) -> Result<(), Refusal> {
    if !ground.ask_first {
        return Ok(());
    }
    let mut asked = d.complaint.requests.iter().filter_map(|request| {
        d.complaint.reached_at(request.attempt).map(|reached_at| (request, reached_at))
    });
    let Some((last, reached_at)) = asked.next_back() else {
        return Err(Refusal::new(RefusalCode::AskFirst, "refusal.grounds.ask_first")
            .with("ground", &ground.id));
    };
    if last.answered.is_some() {
        return Ok(());
    }
    let mut until = last.answer_by.unwrap_or(reached_at);
    if let Some(wait) = ground.wait {
        let waited =
            d.at.policy.calendar.add(reached_at, wait).map_err(|e| beyond_calendar(&e))?.at;
        until = until.max(waited);
    }
    if d.at.now < until {
        return Err(
            Refusal::new(RefusalCode::EvidenceAwaited, "refusal.grounds.wait").with("until", until)
        );
    }
    Ok(())
}

/// Under `approval = "authority"` a proposal of a person with authority needs no second person.
fn authority_is_enough(
    d: &mut Draft<'_, '_>,
    member: &Member,
    proposal: ProposalId,
    rule: ApprovalRule,
) -> Result<(), Refusal> {
    let unit = gate::unit(d)?;
    if rule == ApprovalRule::Authority && member.holds_authority(&unit, d.at.policy) {
        approved(d, proposal);
    }
    Ok(())
}

fn approved(d: &mut Draft<'_, '_>, id: ProposalId) {
    d.push(ProposalApproved { proposal: id });
    let proposal = d.complaint.proposals.iter().find(|proposal| proposal.id == id);
    let remedies = proposal.map(|proposal| proposal.remedies.clone()).unwrap_or_default();
    for (owner, due, what) in remedies {
        let undertaking = verify::next(d);
        d.push(UndertakingMade {
            undertaking,
            kind: UndertakingKind::Other,
            owner,
            due,
            proposal: Some(id),
            words: Some(UndertakingWords { what }),
        });
    }
}

pub(super) fn approve(d: &mut Draft<'_, '_>, body: &Approve) -> Result<(), Refusal> {
    let proposal = named(d, body.proposal)?;
    if matches!(proposal.fate, ProposalFate::Approved(_)) {
        return Ok(());
    }
    let member = second_person(d, &proposal)?;
    not_a_refusal_of_danger(d, &proposal)?;
    gate::independent_beside(d, &member, WaivedRole::Decider, proposal.by)?;
    approved(d, proposal.id);
    Ok(())
}

pub(super) fn give_back(d: &mut Draft<'_, '_>, body: &GiveBack) -> Result<(), Refusal> {
    let proposal = named(d, body.proposal)?;
    let overtaken =
        d.complaint.round().answered_at.is_none() && not_a_refusal_of_danger(d, &proposal).is_err();
    if proposal.fate != ProposalFate::Pending && !overtaken {
        return Err(super::wrong_step(&d.complaint));
    }
    // Whoever proposed may take it back: else a proposal nobody may approve would stand for ever.
    let own = proposal.by.is_some() && proposal.by == d.at.actor.account();
    if !own {
        let member = second_person(d, &proposal)?;
        gate::independent_beside(d, &member, WaivedRole::Decider, proposal.by)?;
    }
    let words = Some(ProposalReturnedWords { reason: body.reason.clone() });
    d.push(ProposalReturned { proposal: proposal.id, words });
    Ok(())
}

/// The named proposal, pending or approved in the running round.
fn named(d: &Draft<'_, '_>, id: Option<ProposalId>) -> Result<Proposal, Refusal> {
    let unknown = || Refusal::new(RefusalCode::UnknownProposal, "decision");
    let id = id.ok_or_else(unknown)?;
    let proposal = d.complaint.proposals.iter().find(|proposal| proposal.id == id);
    let proposal = proposal.ok_or_else(|| unknown().with("proposal", id))?;
    match proposal.fate {
        ProposalFate::Pending | ProposalFate::Approved(_)
            if proposal.round == d.complaint.round().number =>
        {
            Ok(proposal.clone())
        }
        ProposalFate::Pending
        | ProposalFate::Approved(_)
        | ProposalFate::Returned
        | ProposalFate::Frozen => Err(super::wrong_step(&d.complaint)),
    }
}

/// Another person than the proposer, with authority.
fn second_person(d: &Draft<'_, '_>, proposal: &Proposal) -> Result<Member, Refusal> {
    let Actor::Staff(member) = d.at.actor else {
        return Err(Refusal::new(RefusalCode::NotPermitted, "decision.authority"));
    };
    let rule = match proposal.verdict {
        Verdict::Decision(_) => "decision.approval",
        Verdict::Refusal(_) => "refusal.approval",
    };
    if proposal.by == Some(member.id) {
        return Err(Refusal::new(RefusalCode::OwnProposal, rule));
    }
    gate::with_authority(d, member, &gate::unit(d)?)?;
    Ok(member.clone())
}

/// The approved proposal a response carries.
fn approved_one(d: &Draft<'_, '_>, id: Option<ProposalId>) -> Result<ProposalId, Refusal> {
    let proposal = named(d, id)?;
    if !matches!(proposal.fate, ProposalFate::Approved(_)) {
        return Err(super::wrong_step(&d.complaint));
    }
    not_a_refusal_of_danger(d, &proposal)?;
    Ok(proposal.id)
}

pub(super) fn respond(d: &mut Draft<'_, '_>, body: &Respond) -> Result<(), Refusal> {
    let proposal = approved_one(d, body.proposal)?;
    let channel = words::chosen(d, body.channel, body.because.as_ref())?;
    words::sends(d, channel)?;
    let files = d.files(&body.files)?;
    let attempt = words::next_attempt(&d.complaint);
    d.push(MessageQueued {
        attempt,
        channel,
        purpose: Purpose::Response,
        proposal: Some(proposal),
        files: facts(&files),
        words: Some(QueuedWords {
            text: body.text.clone(),
            file_names: names(&files),
            because: some(body.because.as_ref()),
        }),
    });
    Ok(())
}

pub(super) fn tell(d: &mut Draft<'_, '_>, body: &Tell) -> Result<(), Refusal> {
    let proposal = approved_one(d, body.proposal)?;
    let told =
        body.told.as_ref().ok_or_else(|| Refusal::new(RefusalCode::NothingToChange, "response"))?;
    let channel = told_by(d, told.by, body.because.as_ref())?;
    let told_at = after_approval(d, proposal, d.stated(told.at)?)?;
    let proof = d.files(&told.proof)?;
    let objection_until = objection_until(d, told_at)?;
    d.push(ResponseTold {
        attempt: words::next_attempt(&d.complaint),
        proposal,
        channel,
        objection_until,
        told_at,
        proof: facts(&proof),
        words: Some(ResponseToldWords {
            to: told.to.clone(),
            text: told.words.clone(),
            file_names: names(&proof),
            because: some(body.because.as_ref()),
        }),
    });
    let kept = promise::kept(&d.complaint, d.at.policy, Reach::Result, told_at);
    keep::keep(d, kept, &proof)
}

/// The channel a result was told by (S26, S27, A16): a way back of this complaint or a meeting in
/// person; any other needs a reason.
fn told_by(
    d: &Draft<'_, '_>,
    by: Option<ChannelKind>,
    because: Option<&String>,
) -> Result<ChannelKind, Refusal> {
    let channel = words::told_by(d, by)?;
    let in_person = matches!(channel, ChannelKind::Visit | ChannelKind::Office);
    if in_person || ways::back(&d.complaint, d.at.policy).contains(&channel) {
        return Ok(channel);
    }
    words::chosen(d, Some(channel), because)
}

/// How far the watches of two people may differ.
const WATCHES_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// A result is told after its approval, not before: a promise is not kept by looking back.
fn after_approval(
    d: &Draft<'_, '_>,
    id: ProposalId,
    told_at: Timestamp,
) -> Result<Timestamp, Refusal> {
    let proposal = d.complaint.proposals.iter().find(|proposal| proposal.id == id);
    let approved_at = proposal.and_then(|proposal| proposal.approved_at);
    let earliest = approved_at.and_then(|at| at.checked_sub(WATCHES_DIFFER).ok());
    if earliest.is_some_and(|earliest| told_at < earliest) {
        return Err(Refusal::new(RefusalCode::BeforeApproval, "decision.approval"));
    }
    Ok(told_at)
}

/// Until when the complainant may disagree with a result that reached them at `at` (A9); never
/// sooner than they were told before.
fn objection_until(d: &Draft<'_, '_>, at: Timestamp) -> Result<Timestamp, Refusal> {
    let within = d.at.policy.rounds.objection.within;
    let until = d.at.policy.calendar.add(at, within).map_err(|e| beyond_calendar(&e))?.at;
    Ok(d.complaint.round().objection_until.map_or(until, |shown| shown.max(until)))
}

/// The provider took the result.
pub(super) fn sent(
    d: &mut Draft<'_, '_>,
    attempt: &Attempt,
    provider_id: Option<String>,
) -> Result<(), Refusal> {
    let Some(proposal) = attempt.proposal else {
        return Err(Refusal::new(RefusalCode::UnknownProposal, "decision"));
    };
    let objection_until = objection_until(d, d.at.now)?;
    d.push(ResponseSent {
        attempt: attempt.id,
        proposal,
        channel: attempt.channel,
        objection_until,
        provider_id,
    });
    if attempt.round == d.complaint.round().number {
        let kept = promise::kept(&d.complaint, d.at.policy, Reach::Result, d.at.now);
        keep::keep(d, kept, &[])?;
    }
    Ok(())
}

/// The result did not get through, at once or later: its promise runs again (A34).
pub(super) fn failed(
    d: &mut Draft<'_, '_>,
    attempt: &Attempt,
    code: FailureCode,
    detail: Option<String>,
) {
    let words = Some(ResponseFailedWords { detail });
    d.push(ResponseFailed { attempt: attempt.id, code, words });
    let again = promise::after_failure(&d.complaint, d.at.policy, attempt);
    d.extend(again);
}

pub(super) fn fail(d: &mut Draft<'_, '_>, body: &Fail) -> Result<(), Refusal> {
    let unknown = || Refusal::new(RefusalCode::UnknownAttempt, "attempts");
    let id = body.attempt.ok_or_else(unknown)?;
    let attempt = d.complaint.attempts.iter().find(|attempt| attempt.id == id);
    let attempt = attempt.ok_or_else(|| unknown().with("attempt", id))?.clone();
    match attempt.fate {
        AttemptFate::Failed(_) => Ok(()),
        AttemptFate::Queued | AttemptFate::Reached(_) => {
            let detail = Some(body.failed.clone());
            let outcome = super::super::command::DeliveryOutcome::Failed {
                code: FailureCode::Returned,
                detail,
            };
            words::delivered(d, &super::super::command::Delivered { attempt: id, outcome })
        }
    }
}

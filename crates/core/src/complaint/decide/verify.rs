//! Verification and undertakings: findings, appointments and other promises made on the way.

use super::{
    super::{
        Refusal, RefusalCode, Stage,
        command::{Find, Move, Settle, Undertake},
        event::{
            BrokenWords, CancelledWords, FindingRecorded, FindingWords, MovedWords,
            UndertakingBroken, UndertakingCancelled, UndertakingKept, UndertakingMade,
            UndertakingMoved, UndertakingWords,
        },
        file::{facts, names},
        people::Actor,
        vocabulary::{FindingSide, UndertakingKind, UndertakingOutcome, WaivedRole},
    },
    Draft, close, gate, some,
};
use crate::id::{FindingId, UndertakingId};

pub(super) fn find(d: &mut Draft<'_, '_>, body: &Find) -> Result<(), Refusal> {
    d.at_stage(&[Stage::Verifying, Stage::Deciding, Stage::Responding])?;
    if let Actor::Staff(member) = d.at.actor {
        gate::independent(d, member, WaivedRole::Verifier)?;
    }
    let at = d.past(body.at)?;
    let files = d.files(&body.files)?;
    let all = d.complaint.rounds.iter().map(|round| round.findings.len()).sum::<usize>();
    d.push(FindingRecorded {
        finding: FindingId::nth(all + 1),
        round: d.complaint.round().number,
        check: body.check.clone(),
        side: body.side.unwrap_or(FindingSide::Company),
        at,
        files: facts(&files),
        words: Some(FindingWords { text: body.text.clone(), file_names: names(&files) }),
    });
    Ok(())
}

pub(super) fn undertake(d: &mut Draft<'_, '_>, body: &Undertake) -> Result<(), Refusal> {
    let owner = match &body.owner {
        Some(email) => d.member(email)?.id,
        None => d.me()?,
    };
    let due = d.future(body.due)?;
    let undertaking = next(d);
    d.push(UndertakingMade {
        undertaking,
        kind: body.kind.unwrap_or(UndertakingKind::Other),
        owner,
        due,
        proposal: None,
        words: Some(UndertakingWords { what: body.what.clone() }),
    });
    Ok(())
}

/// The id of the next undertaking.
pub(super) fn next(d: &Draft<'_, '_>) -> UndertakingId {
    UndertakingId::nth(d.complaint.undertakings.len() + 1)
}

pub(super) fn settle(d: &mut Draft<'_, '_>, body: &Settle) -> Result<(), Refusal> {
    let undertaking = running(d, body.id)?;
    match body.outcome {
        Some(UndertakingOutcome::Kept) => {
            let at = d.past(body.at)?;
            let proof = d.files(&body.proof)?;
            d.push(UndertakingKept { undertaking, at, proof: facts(&proof) });
        }
        Some(UndertakingOutcome::Cancelled) => {
            let reason = some(body.reason.as_ref()).unwrap_or_default();
            d.push(UndertakingCancelled { undertaking, words: Some(CancelledWords { reason }) });
        }
        Some(UndertakingOutcome::Broken | UndertakingOutcome::Moved) | None => {
            let words = Some(BrokenWords { reason: some(body.reason.as_ref()) });
            d.push(UndertakingBroken { undertaking, words });
        }
    }
    if d.complaint.stage == Stage::Closed && d.complaint.running_undertakings().next().is_none() {
        close::archive(d)?;
    }
    Ok(())
}

pub(super) fn move_to(d: &mut Draft<'_, '_>, body: &Move) -> Result<(), Refusal> {
    let undertaking = running(d, body.id)?;
    let due = d.future(body.due)?;
    let words = Some(MovedWords { reason: body.reason.clone() });
    d.push(UndertakingMoved { undertaking, due, words });
    Ok(())
}

fn running(d: &Draft<'_, '_>, id: Option<UndertakingId>) -> Result<UndertakingId, Refusal> {
    let unknown = || Refusal::new(RefusalCode::UnknownUndertaking, "undertakings");
    let id = id.ok_or_else(unknown)?;
    let undertaking = d.complaint.undertakings.iter().find(|undertaking| undertaking.id == id);
    match undertaking.ok_or_else(|| unknown().with("undertaking", id))?.ended {
        None => Ok(id),
        Some(ended) => {
            Err(Refusal::new(RefusalCode::UndertakingOver, "undertakings").with("outcome", ended))
        }
    }
}

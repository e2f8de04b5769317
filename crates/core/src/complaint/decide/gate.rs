//! The Director's gate and the units: sighting, order, hand-over, acceptance, people, mandate.

use super::{
    super::{
        Event, Refusal, RefusalCode, Stage,
        command::{Accept, Assign, Classify, HandOver, Reason, RecordMandate, VerifyMandate},
        event::{
            Assigned, AssignedWords, Classified, ClassifiedWords, DangerConfirmed, DirectorSaw,
            HandedOver, HandoverAccepted, HandoverReturned, HandoverWords, IndependenceWaived,
            MandateRecorded, MandateVerified, MandateWords, ReturnedWords,
        },
        people::{Actor, Member},
        promise,
        vocabulary::WaivedRole,
    },
    Draft, beyond_calendar, pause, result, some,
};
use crate::{
    id::AccountId,
    kinds::{DepartmentId, Role, Severity},
    policy::{HandoverBy, IfNobody},
};

pub(super) fn sighting(d: &mut Draft<'_, '_>) {
    let round = d.complaint.round();
    if round.seen_at.is_none() {
        let round = round.number;
        d.push(DirectorSaw { round });
    }
}

pub(super) fn classify(d: &mut Draft<'_, '_>, body: &Classify) -> Result<(), Refusal> {
    if let Some(code) = body.category.as_ref().filter(|code| d.at.policy.category(code).is_none()) {
        return Err(Refusal::new(RefusalCode::UnknownCategory, "categories").with("category", code));
    }
    let classified = classified(d, body)?;
    let c = &d.complaint;
    let safety = classified.safety;
    let same = classified.kind == c.kind
        && classified.about == c.about
        && classified.category == c.category
        && classified.severity == c.severity
        && classified.safety == c.safety;
    let confirms = body.safety.is_some() && (!c.safety_confirmed || safety != c.safety);
    if same && !confirms {
        return Ok(());
    }
    if !same {
        d.push(classified);
    }
    if confirms {
        d.push(DangerConfirmed { danger: safety });
    }
    result::recall_refusals_of_danger(d);
    pause::end_for_danger(d)
}

/// The order a body asks for; what it does not name stays. New danger makes it critical.
fn classified(d: &Draft<'_, '_>, body: &Classify) -> Result<Classified, Refusal> {
    let c = &d.complaint;
    let about = body.about.unwrap_or(c.about);
    let safety = body.safety.unwrap_or(c.safety);
    let mut route =
        promise::route(d.at.policy, about, safety, d.at.now).map_err(|e| beyond_calendar(&e))?;
    if safety == c.safety {
        route.by_itself_at = c.round().route.by_itself_at;
    }
    let severity = if safety && !c.safety { Severity::Critical } else { c.severity };
    Ok(Classified {
        kind: body.kind.unwrap_or(c.kind),
        about,
        category: body.category.clone().or_else(|| c.category.clone()),
        severity: body.severity.unwrap_or(severity),
        safety,
        route,
        words: Some(ClassifiedWords { reason: some(body.reason.as_ref()) }),
    })
}

pub(super) fn hand_over(d: &mut Draft<'_, '_>, body: &HandOver) -> Result<(), Refusal> {
    d.at_stage(&[Stage::Received, Stage::HandedOver, Stage::Verifying])?;
    may_hand_over(d)?;
    let route = &d.complaint.round().route;
    let to = body.to.clone().unwrap_or_else(|| route.to.clone());
    let join = match (&body.join, &body.to) {
        (Some(join), _) => join.clone(),
        (None, None) => route.join.clone(),
        (None, Some(_)) => vec![],
    };
    for unit in join.iter().chain([&to]) {
        known(d, unit)?;
    }
    let join: Vec<_> = join.into_iter().filter(|unit| *unit != to).collect();
    if d.complaint.round().seen_at.is_none() && is_director(d.at.actor) {
        sighting(d);
    }
    let note = some(body.note.as_ref());
    let c = &d.complaint;
    let there = c.stage == Stage::HandedOver && c.department.as_ref() == Some(&to);
    if there && c.joined_units == join && note.is_none() {
        return Ok(());
    }
    d.push(HandedOver { to, join, automatic: false, words: Some(HandoverWords { note }) });
    Ok(())
}

fn is_director(actor: &Actor) -> bool {
    matches!(actor, Actor::Staff(member) if member.directs())
}

fn may_hand_over(d: &Draft<'_, '_>) -> Result<(), Refusal> {
    let Actor::Staff(member) = d.at.actor else {
        return Err(Refusal::new(RefusalCode::NotPermitted, "handover.by"));
    };
    let receiving = &d.at.policy.receiving().id;
    let may = d.at.policy.handover.by.iter().any(|by| match by {
        HandoverBy::Director => member.role == Role::Director,
        HandoverBy::Deputy => member.directs(),
        HandoverBy::Receiving => member.is_of(receiving),
    });
    if may { Ok(()) } else { Err(Refusal::new(RefusalCode::NotPermitted, "handover.by")) }
}

fn known(d: &Draft<'_, '_>, unit: &DepartmentId) -> Result<(), Refusal> {
    match d.at.policy.department(unit) {
        Some(_) => Ok(()),
        None => {
            Err(Refusal::new(RefusalCode::UnknownDepartment, "departments")
                .with("department", unit))
        }
    }
}

pub(super) fn accept(d: &mut Draft<'_, '_>, body: &Accept) -> Result<(), Refusal> {
    d.at_stage(&[Stage::HandedOver])?;
    let unit = unit(d)?;
    let verifier = match (&body.verifier, d.at.actor) {
        (Some(email), _) => d.member(email)?.clone(),
        (None, Actor::Staff(member)) => member.clone(),
        (None, Actor::Complainant | Actor::System(_)) => {
            return Err(Refusal::new(RefusalCode::NotPermitted, "roles"));
        }
    };
    of_unit(&verifier, &unit)?;
    independent(d, &verifier, WaivedRole::Verifier)?;
    d.push(HandoverAccepted { department: unit, verifier: verifier.id });
    Ok(())
}

/// The unit that holds the complaint.
pub(super) fn unit(d: &Draft<'_, '_>) -> Result<DepartmentId, Refusal> {
    d.complaint.department.clone().ok_or_else(|| super::wrong_step(&d.complaint))
}

fn of_unit(member: &Member, unit: &DepartmentId) -> Result<(), Refusal> {
    let may_work = matches!(member.role, Role::Care | Role::Department | Role::Director);
    if may_work && (member.is_of(unit) || member.heads(unit)) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NotOfUnit, "departments")
        .with("account", &member.email)
        .with("department", unit))
}

pub(super) fn give_back(d: &mut Draft<'_, '_>, body: &Reason) -> Result<(), Refusal> {
    d.at_stage(&[Stage::HandedOver, Stage::Verifying])?;
    let department = unit(d)?;
    let words = Some(ReturnedWords { reason: body.reason.clone() });
    d.push(HandoverReturned { department, words });
    Ok(())
}

pub(super) fn assign(d: &mut Draft<'_, '_>, body: &Assign) -> Result<(), Refusal> {
    d.at_stage(&[Stage::HandedOver, Stage::Verifying, Stage::Deciding, Stage::Responding])?;
    let unit = unit(d)?;
    let mut verifier = None;
    if let Some(email) = &body.verifier {
        let member = d.member(email)?.clone();
        of_unit(&member, &unit)?;
        independent(d, &member, WaivedRole::Verifier)?;
        verifier = Some(member.id);
    }
    let mut decider = None;
    if let Some(email) = &body.decider {
        let member = d.member(email)?.clone();
        with_authority(d, &member, &unit)?;
        independent(d, &member, WaivedRole::Decider)?;
        decider = Some(member.id);
    }
    if verifier.is_none() && decider.is_none() {
        return Err(Refusal::new(RefusalCode::NothingToChange, "roles"));
    }
    if d.complaint.stage == Stage::HandedOver
        && let Some(verifier) = verifier.take()
    {
        d.push(HandoverAccepted { department: unit, verifier });
    }
    if verifier.is_some() || decider.is_some() {
        let words = Some(AssignedWords { reason: some(body.reason.as_ref()) });
        d.push(Assigned { verifier, decider, words });
    }
    Ok(())
}

/// Refuses a person without authority over what `unit` verifies.
pub(super) fn with_authority(
    d: &Draft<'_, '_>,
    member: &Member,
    unit: &DepartmentId,
) -> Result<(), Refusal> {
    if member.holds_authority(unit, d.at.policy) {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::NoAuthority, "decision.authority")
            .with("account", &member.email))
    }
}

/// Refuses somebody of an earlier round, or records the waiver when nobody else is left (A30).
pub(super) fn independent(
    d: &mut Draft<'_, '_>,
    member: &Member,
    part: WaivedRole,
) -> Result<(), Refusal> {
    independent_beside(d, member, part, None)
}

/// As [`independent`], where `beside` acts too and therefore cannot be the one who is left: the
/// proposer, when a second pair of eyes is looked for.
pub(super) fn independent_beside(
    d: &mut Draft<'_, '_>,
    member: &Member,
    part: WaivedRole,
    beside: Option<AccountId>,
) -> Result<(), Refusal> {
    let rounds = &d.at.policy.rounds;
    let asked = match part {
        WaivedRole::Verifier => rounds.other_verifier,
        WaivedRole::Decider => rounds.other_decider,
    };
    if !asked || !d.complaint.took_part_before(member.id) {
        return Ok(());
    }
    let waived = rounds.if_nobody == IfNobody::Director
        && member.directs()
        && !somebody_else(d, &[Some(member.id), beside], part);
    if !waived {
        return Err(Refusal::new(RefusalCode::Independence, "rounds.other_people")
            .with("account", &member.email));
    }
    let round = d.complaint.round().number;
    if !d.complaint.round().waived.contains(&member.id) {
        d.push(IndependenceWaived { round, part, account: member.id });
    }
    Ok(())
}

fn somebody_else(d: &Draft<'_, '_>, not: &[Option<AccountId>], part: WaivedRole) -> bool {
    let Some(unit) = &d.complaint.department else { return true };
    d.at.members.iter().any(|member| {
        let fits = match part {
            WaivedRole::Verifier => of_unit(member, unit).is_ok(),
            WaivedRole::Decider => member.holds_authority(unit, d.at.policy),
        };
        fits && !not.contains(&Some(member.id)) && !d.complaint.took_part_before(member.id)
    })
}

pub(super) fn record_mandate(d: &mut Draft<'_, '_>, body: &RecordMandate) -> Result<(), Refusal> {
    let files = d.files(std::slice::from_ref(&body.document))?;
    for file in files {
        d.push(Event::from(MandateRecorded {
            file: file.fact,
            scope: body.scope.clone(),
            until: body.until,
            words: Some(MandateWords { file_name: file.name }),
        }));
    }
    match body.verified {
        Some(true) if d.at.actor.account().is_none() => {
            Err(Refusal::new(RefusalCode::NotPermitted, "who.may"))
        }
        Some(true) => {
            d.push(MandateVerified { verified: true });
            Ok(())
        }
        Some(false) | None => Ok(()),
    }
}

pub(super) fn verify_mandate(d: &mut Draft<'_, '_>, body: &VerifyMandate) -> Result<(), Refusal> {
    match &d.complaint.mandate {
        None => Err(Refusal::new(RefusalCode::UnknownFile, "who.may").with("upload", "mandate")),
        Some(mandate) if mandate.verified == body.verified => Ok(()),
        Some(_) => {
            d.push(MandateVerified { verified: body.verified });
            Ok(())
        }
    }
}

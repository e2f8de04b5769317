//! What the complainant says to the result: agrees, disagrees, takes it back, rates.

use super::{
    super::{
        Refusal, RefusalCode, Stage,
        command::{Disagree, OptionalReason, Rate, Words},
        event::{
            Agreed, AgreedWords, Disagreed, DisagreedWords, Rated, RatedWords, RoundOpened,
            Withdrawn, WithdrawnWords,
        },
        file::{facts, names},
        people::Actor,
        promise,
        vocabulary::ClosedAs,
    },
    Draft, beyond_calendar, result, some, words,
};
use crate::{
    kinds::ChannelKind,
    policy::{AgainFrom, LateObjection},
};

pub(super) fn agree(d: &mut Draft<'_, '_>, body: &Words) -> Result<(), Refusal> {
    if d.complaint.stage != Stage::Answered {
        return Err(Refusal::new(RefusalCode::NoResultYet, "rounds"));
    }
    let round = d.complaint.round();
    if round.agreed {
        return Ok(());
    }
    let round = round.number;
    d.push(Agreed { round, words: Some(AgreedWords { text: some(body.text.as_ref()) }) });
    Ok(())
}

pub(super) fn disagree(d: &mut Draft<'_, '_>, body: &Disagree) -> Result<(), Refusal> {
    let round = d.complaint.round().clone();
    let Some(answered_at) = round.answered_at else {
        return Err(Refusal::new(RefusalCode::NoResultYet, "rounds"));
    };
    if round.disagreed_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyAnswered, "rounds"));
    }
    let by_staff = matches!(d.at.actor, Actor::Staff(_));
    let channel = if by_staff {
        let channel = body.channel.unwrap_or(d.complaint.channel);
        words::offered(d, channel)?;
        channel
    } else {
        ChannelKind::Web
    };
    let received_at = d.past(body.received_at.filter(|_| by_staff))?;
    if received_at < answered_at {
        return Err(Refusal::new(RefusalCode::BeforeReceipt, "rounds.objection.from"));
    }
    let rule = &d.at.policy.rounds;
    let in_time =
        round.objection_until.is_none_or(|until| received_at < until) && still_open_to_it(d);
    let last = round.number >= rule.max;
    let late_rule = if last { rule.after_last } else { rule.objection.late };
    if (last || !in_time) && late_rule == LateObjection::Refuse {
        return Err(Refusal::new(RefusalCode::ObjectionOver, "rounds.objection.late"));
    }
    let late = last || !in_time;
    let files = d.files(&body.files)?;
    d.push(Disagreed {
        round: round.number,
        channel,
        received_at,
        late,
        files: facts(&files),
        words: Some(DisagreedWords { text: body.text.clone(), file_names: names(&files) }),
    });
    if late { Ok(()) } else { open_round(d, round.number + 1, received_at) }
}

/// Whether an objection in time opens a round by itself: the answer stands, or only silence closed
/// it and the objection was on its way (a letter that is entered later).
fn still_open_to_it(d: &Draft<'_, '_>) -> bool {
    d.complaint.stage == Stage::Answered || d.complaint.closed_as == Some(ClosedAs::NoObjection)
}

/// Everything is checked again from the start, by other people, with promises of its own.
pub(super) fn open_round(
    d: &mut Draft<'_, '_>,
    round: u8,
    from: jiff::Timestamp,
) -> Result<(), Refusal> {
    let c = &d.complaint;
    let policy = d.at.policy;
    let promises = promise::set(policy, round, from, c.safety).map_err(|e| beyond_calendar(&e))?;
    let route =
        promise::route(policy, c.about, c.safety, d.at.now).map_err(|e| beyond_calendar(&e))?;
    let at_gate = policy.rounds.again_from == AgainFrom::Handover || c.department.is_none();
    let informs = super::super::informs(policy).to_owned();
    result::recall(d, |_| true);
    d.push(RoundOpened { round, from, promises, route, informs, at_gate });
    Ok(())
}

pub(super) fn withdraw(d: &mut Draft<'_, '_>, body: &OptionalReason) -> Result<(), Refusal> {
    if d.complaint.withdrawn {
        return Ok(());
    }
    // Of danger only the person who told of it lets go, or the Director.
    if let Actor::Staff(member) = d.at.actor
        && d.complaint.safety
        && !member.directs()
    {
        return Err(Refusal::new(RefusalCode::NotPermitted, "safety.auto_close"));
    }
    let round = d.complaint.round().number;
    d.push(Withdrawn { round, words: Some(WithdrawnWords { reason: some(body.reason.as_ref()) }) });
    Ok(())
}

pub(super) fn rate(d: &mut Draft<'_, '_>, body: &Rate) -> Result<(), Refusal> {
    let rated = d.complaint.rounds.iter().find(|round| round.number == body.round);
    let answered = rated.filter(|round| round.answered_at.is_some());
    let Some(round) = answered else {
        return Err(Refusal::new(RefusalCode::NoResultYet, "rounds"));
    };
    if round.rated.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyRated, "rating"));
    }
    let words = Some(RatedWords { text: some(body.text.as_ref()) });
    d.push(Rated { round: body.round, result: body.result, handling: body.handling, words });
    Ok(())
}

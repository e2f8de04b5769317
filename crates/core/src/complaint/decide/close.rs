//! Closing, archiving, reopening, joining, redaction.

use jiff::ToSpan;

use super::{
    super::{
        Refusal, RefusalCode, Stage,
        command::{Close, Join, Reason, Redact, Reopen},
        event::{
            Archived, Closed, ClosedWords, Joined, JoinedWords, Redacted, Reopened, ReopenedWords,
            Unjoined, UnjoinedWords,
        },
        people::Actor,
        vocabulary::ClosedAs,
        ways,
    },
    Draft, rounds, some,
};
use crate::reference::Reference;

pub(super) fn close(d: &mut Draft<'_, '_>, body: &Close) -> Result<(), Refusal> {
    may_close(d)?;
    let closed_as = body.r#as.unwrap_or(ClosedAs::Agreed);
    may_close_as(d, closed_as)?;
    close_as(d, closed_as, some(body.reason.as_ref()))
}

fn may_close(d: &Draft<'_, '_>) -> Result<(), Refusal> {
    let may = match d.at.actor {
        Actor::Staff(member) => {
            let closes =
                d.at.policy.departments.iter().any(|unit| unit.closes && member.is_of(&unit.id));
            closes || member.directs()
        }
        Actor::System(_) => true,
        Actor::Complainant => false,
    };
    if may { Ok(()) } else { Err(Refusal::new(RefusalCode::NotPermitted, "departments.closes")) }
}

fn may_close_as(d: &Draft<'_, '_>, closed_as: ClosedAs) -> Result<(), Refusal> {
    let c = &d.complaint;
    let round = c.round();
    let no = |code, rule| Err(Refusal::new(code, rule));
    let reached = c.stage == Stage::Answered;
    let tried = ways::exhausted(c, d.at.policy) && is_director(d.at.actor);
    match closed_as {
        // Whoever had everything erased waits for no answer any more.
        ClosedAs::Withdrawn if c.withdrawn || c.erased => Ok(()),
        ClosedAs::Withdrawn => no(RefusalCode::NotWithdrawn, "rounds"),
        ClosedAs::Joined if c.joined_into.is_some() => Ok(()),
        ClosedAs::Joined => no(RefusalCode::NotJoined, "notices.join"),
        ClosedAs::Agreed | ClosedAs::NoObjection | ClosedAs::LastRound if !reached && !tried => {
            no(RefusalCode::NoResponse, "promises.resolution.kept_by")
        }
        ClosedAs::Agreed if round.agreed => Ok(()),
        ClosedAs::Agreed => no(RefusalCode::NotAgreed, "rounds"),
        ClosedAs::NoObjection if c.safety && !d.at.policy.safety.auto_close => {
            no(RefusalCode::SafetyNotSilent, "safety.auto_close")
        }
        ClosedAs::NoObjection if round.disagreed_at.is_some() => {
            no(RefusalCode::NotAgreed, "rounds.objection.late")
        }
        ClosedAs::NoObjection => match round.objection_until {
            Some(until) if d.at.now < until => {
                Err(Refusal::new(RefusalCode::ObjectionOpen, "rounds.objection.within")
                    .with("until", until))
            }
            Some(_) | None => Ok(()),
        },
        ClosedAs::LastRound if round.number >= d.at.policy.rounds.max => Ok(()),
        ClosedAs::LastRound => no(RefusalCode::NotLastRound, "rounds.max"),
    }
}

fn is_director(actor: &Actor) -> bool {
    matches!(actor, Actor::Staff(member) if member.directs())
}

/// Closes, and seals the file unless undertakings still run (A31).
pub(super) fn close_as(
    d: &mut Draft<'_, '_>,
    closed_as: ClosedAs,
    reason: Option<String>,
) -> Result<(), Refusal> {
    let running = d.complaint.running_undertakings().count();
    let words = Some(ClosedWords { reason });
    d.push(Closed { closed_as, running: u32::try_from(running).unwrap_or(u32::MAX), words });
    if running == 0 { archive(d) } else { Ok(()) }
}

/// Seals the file: what it holds, its retention class, and until when it is kept.
pub(super) fn archive(d: &mut Draft<'_, '_>) -> Result<(), Refusal> {
    let rule = d.at.policy.archive;
    let (class, years) =
        if d.complaint.safety { ("safety", rule.safety_years) } else { ("standard", rule.years) };
    let today = d.at.policy.calendar.local_date(d.at.now);
    let keep_until = today.checked_add(i64::from(years).years()).map_err(|error| {
        Refusal::new(RefusalCode::BeyondCalendar, "archive.years").with("detail", error)
    })?;
    d.push(Archived {
        events: d.complaint.version + 1,
        files: d.complaint.files.iter().map(|file| file.sha256.clone()).collect(),
        class: class.to_owned(),
        keep_until,
    });
    Ok(())
}

pub(super) fn reopen(d: &mut Draft<'_, '_>, body: &Reopen) -> Result<(), Refusal> {
    let closed = matches!(d.complaint.stage, Stage::Closed | Stage::Archived);
    if !closed && !d.complaint.late_objection {
        return Err(Refusal::new(RefusalCode::NotClosed, "rounds.after_last"));
    }
    if let Some(into) = &d.complaint.joined_into {
        return Err(Refusal::new(RefusalCode::AlreadyJoined, "notices.join").with("into", into));
    }
    let running = d.complaint.round().number;
    let from = d.complaint.round().disagreed_at.unwrap_or(d.at.now);
    let words = Some(ReopenedWords { reason: body.reason.clone() });
    match body.round {
        None => {
            d.push(Reopened { round: running, words });
            Ok(())
        }
        Some(round) if round == running + 1 => {
            d.push(Reopened { round, words });
            rounds::open_round(d, round, from)
        }
        Some(round) => Err(super::wrong_step(&d.complaint).with("round", round)),
    }
}

pub(super) fn join(d: &mut Draft<'_, '_>, body: &Join) -> Result<(), Refusal> {
    if d.complaint.joined_into.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyJoined, "notices.join"));
    }
    let cannot = || Refusal::new(RefusalCode::CannotJoin, "notices.join").with("into", &body.into);
    let into: Reference = body.into.parse().map_err(|_| cannot())?;
    let target = d.at.target.filter(|target| target.reference == into).ok_or_else(cannot)?;
    if !target.open || target.joined || into == d.complaint.reference {
        return Err(cannot());
    }
    d.push(Joined { into, words: Some(JoinedWords { reason: body.reason.clone() }) });
    close_as(d, ClosedAs::Joined, None)
}

pub(super) fn unjoin(d: &mut Draft<'_, '_>, body: &Reason) -> Result<(), Refusal> {
    let Some(from) = d.complaint.joined_into.clone() else {
        return Err(Refusal::new(RefusalCode::NotJoined, "notices.join"));
    };
    d.push(Unjoined { from, words: Some(UnjoinedWords { reason: body.reason.clone() }) });
    Ok(())
}

/// Kinds of events whose words an answer still to come is made of: they stay whole until it is out.
const CARRIES_THE_ANSWER: [&str; 4] =
    ["finding.recorded", "decision.proposed", "refusal.proposed", "undertaking.made"];

pub(super) fn redact(d: &mut Draft<'_, '_>, body: &Redact) -> Result<(), Refusal> {
    super::may_erase(&d.complaint)?;
    let known = d.at.words_of.map_or(&[][..], |words| &words.fields);
    if let Some(field) = body.fields.iter().find(|field| !known.contains(field)) {
        return Err(Refusal::new(RefusalCode::UnknownEvent, "erasure")
            .with("field", field)
            .with("event", body.event));
    }
    if body.fields.is_empty() {
        return Err(Refusal::new(RefusalCode::NothingToChange, "erasure"));
    }
    let carries = d.at.words_of.is_some_and(|words| CARRIES_THE_ANSWER.contains(&&*words.kind));
    if carries && d.complaint.round().answered_at.is_none() {
        return Err(super::wrong_step(&d.complaint));
    }
    d.push(Redacted {
        event: body.event,
        fields: body.fields.clone(),
        ground: body.ground.clone(),
        // What stays of them is put in by whoever holds the stored words.
        words: None,
    });
    Ok(())
}

//! Results, earlier rounds and what the complainant may answer.
//! Must not decide: stage, term and rounds come from the complaint and its policy.

use jiff::Timestamp;
use redress_app::Loaded;
use redress_app::view::Detail;
use redress_core::complaint::state::{Proposal, ProposalFate, Round, Verdict};
use redress_core::complaint::{Event, Stage};
use redress_core::kinds::Role;
use redress_core::policy::{KeptBy, LateObjection, Silence, deadline};

use super::said;
use super::tracking::{Names, clocks};
use crate::components::Words;
use crate::portal::view::{Decision, EarlierRound, RespondForm};

/// The result of a round that reached the complainant.
pub(super) fn decision(
    w: &Words,
    loaded: &Loaded,
    detail: &Detail,
    round: &Round,
    names: &Names,
) -> Option<Decision> {
    let at = round.answered_at?;
    let verdict = round.result.as_ref()?;
    let told = detail.rounds.iter().find(|view| view.round == round.number);
    let ground = match verdict {
        Verdict::Refusal(ground) => said(&loaded.pack, w.lang, &format!("ground.{ground}")),
        Verdict::Decision(_) => String::new(),
    };
    Some(Decision {
        outcome: outcome(w, verdict),
        refused: matches!(verdict, Verdict::Refusal(_)),
        ground,
        reasons: told.and_then(|view| view.reasons.clone()).unwrap_or_default(),
        checked: checked(loaded, round).unwrap_or_default(),
        who_can_help: told.and_then(|view| view.who_can_help.clone()).unwrap_or_default(),
        at,
        by: decided_by(w, loaded, round, names),
        rights: vec![w.t("rights-law")],
    })
}

fn outcome(w: &Words, verdict: &Verdict) -> String {
    w.t(&format!("result-{}", verdict.outcome()))
}

fn approved<'a>(loaded: &'a Loaded, round: &Round) -> Option<&'a Proposal> {
    loaded.complaint.proposals.iter().rev().find(|proposal| {
        proposal.round == round.number && matches!(proposal.fate, ProposalFate::Approved(_))
    })
}

/// What was checked before a refusal.
fn checked(loaded: &Loaded, round: &Round) -> Option<String> {
    let proposal = approved(loaded, round)?;
    loaded.history.iter().find_map(|told| match &told.event {
        Event::RefusalProposed(e) if e.proposal == proposal.id => {
            e.words.as_ref().map(|words| words.checked.clone())
        }
        _ => None,
    })
}

fn decided_by(w: &Words, loaded: &Loaded, round: &Round, names: &Names) -> String {
    let by = approved(loaded, round).and_then(|proposal| match proposal.fate {
        ProposalFate::Approved(by) => by.or(proposal.by),
        ProposalFate::Pending | ProposalFate::Returned | ProposalFate::Frozen => None,
    });
    let name = by.and_then(|account| names.get(&account.to_string()).cloned());
    name.unwrap_or_else(|| {
        loaded.pack.policy.company.name.clone() + unit_suffix(w, loaded).as_str()
    })
}

fn unit_suffix(w: &Words, loaded: &Loaded) -> String {
    let unit = loaded.complaint.department.as_ref();
    unit.map_or_else(String::new, |id| {
        format!(", {}", said(&loaded.pack, w.lang, &format!("department.{id}")))
    })
}

/// What the complainant may answer to the result of the running round.
pub(super) fn respond(w: &Words, loaded: &Loaded) -> Option<RespondForm> {
    let c = &loaded.complaint;
    let round = c.round();
    let until = round.objection_until?;
    let over = w.now >= until;
    let taken = takes_disagreement(loaded, over);
    let possible = match c.stage {
        Stage::Answered if round.agreed => taken && !over,
        Stage::Answered => true,
        Stage::Closed => taken && over && !round.agreed && !c.withdrawn,
        _ => false,
    };
    if !possible || round.disagreed_at.is_some() {
        return None;
    }
    let next = next_round(loaded).filter(|_| !over);
    Some(RespondForm {
        agreed: round.agreed,
        may_agree: c.stage == Stage::Answered && !round.agreed,
        may_disagree: taken,
        until,
        silence: silence(w, loaded),
        again: again(w, loaded, over),
        again_due: next.and_then(|round| next_due(loaded, round, w.now)),
        send: match next {
            Some(_) => w.t("respond-send"),
            None => w.t1("respond-send-to", "who", w.say(Role::Director)),
        },
        text: String::new(),
    })
}

/// The round a disagreement in time opens; `None` in the last one.
fn next_round(loaded: &Loaded) -> Option<u8> {
    let number = loaded.complaint.round().number;
    (number < loaded.pack.policy.rounds.max).then(|| number.saturating_add(1))
}

/// Whether the policy takes a disagreement now, be it only to show the director.
fn takes_disagreement(loaded: &Loaded, over: bool) -> bool {
    let rounds = &loaded.pack.policy.rounds;
    match next_round(loaded) {
        None => rounds.after_last == LateObjection::Director,
        Some(_) => !over || rounds.objection.late == LateObjection::Director,
    }
}

/// What happens when the complainant says nothing.
fn silence(w: &Words, loaded: &Loaded) -> String {
    let policy = &loaded.pack.policy;
    let objection = &policy.rounds.objection;
    let closes = objection.silence == Silence::Close
        && (!loaded.complaint.safety || policy.safety.auto_close);
    let mut silence = w.t(if closes { "respond-silence-close" } else { "respond-silence-stay" });
    if objection.late == LateObjection::Director {
        silence.push(' ');
        silence.push_str(&w.t1("respond-late", "who", w.say(Role::Director)));
    }
    silence
}

/// What happens after a disagreement.
fn again(w: &Words, loaded: &Loaded, over: bool) -> String {
    let rounds = &loaded.pack.policy.rounds;
    let director = w.say(Role::Director);
    match (next_round(loaded), rounds.after_last) {
        (None, LateObjection::Director) => w.t1("respond-last-director", "who", &director),
        (None, LateObjection::Refuse) => w.t("respond-last"),
        (Some(_), _) if over && !takes_disagreement(loaded, over) => w.t("respond-over"),
        (Some(_), _) if over => w.t1("respond-late-director", "who", &director),
        (Some(_), _) if rounds.other_verifier => w.t("respond-again-other"),
        (Some(_), _) => w.t("respond-again-same"),
    }
}

/// When the result of `round` would be due if the complainant disagreed now.
fn next_due(loaded: &Loaded, round: u8, now: Timestamp) -> Option<Timestamp> {
    let policy = &loaded.pack.policy;
    let rule = policy
        .promises
        .iter()
        .find(|rule| rule.kept_by == KeptBy::ResultSent && rule.rounds.contains(&round))?;
    deadline(policy, &rule.id, round, now).ok().map(|due| due.at)
}

/// The rounds before the running one.
pub(super) fn earlier(w: &Words, loaded: &Loaded, detail: &Detail) -> Vec<EarlierRound> {
    let running = loaded.complaint.round().number;
    let rounds = loaded.complaint.rounds.iter().filter(|round| round.number < running);
    let view = |round: &Round| {
        let told = detail.rounds.iter().find(|view| view.round == round.number);
        Some(EarlierRound {
            round: round.number,
            outcome: outcome(w, round.result.as_ref()?),
            answered_at: round.answered_at?,
            reasons: told.and_then(|view| view.reasons.clone()).unwrap_or_default(),
            objection: objection(loaded, round.number),
            clocks: clocks(w, loaded, round.number),
        })
    };
    rounds.filter_map(view).collect()
}

fn objection(loaded: &Loaded, round: u8) -> String {
    let words = loaded.history.iter().find_map(|told| match &told.event {
        Event::Disagreed(e) if e.round == round => e.words.as_ref().map(|words| words.text.clone()),
        _ => None,
    });
    words.unwrap_or_default()
}

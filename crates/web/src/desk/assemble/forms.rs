//! Which commands the page of a complaint offers, with what may be chosen in them.
//! Must not be the rule: whoever posts something else is answered by the rules themselves.

use redress_app::{Loaded, view::Detail};
use redress_core::{
    complaint::{
        Complaint, Stage,
        people::{Actor, Member},
        registry::{COMMANDS, Shape},
        state::{Attempt, AttemptFate, Promise, ProposalFate},
        vocabulary::{ClosedAs, Purpose},
        ways,
    },
    kinds::{As, Role},
    policy::Policy,
};

use super::{categories, channels, departments, next, record::Record};
use crate::components::Words;
use crate::desk::form::{Choice, Filled, FormView, Options, arrange};
use crate::portal::assemble::said;

/// Who works on complaints and may be named in forms.
const WORKERS: &[Role] = &[Role::Care, Role::Department, Role::Director];

/// A form that comes back with what was typed.
#[derive(Debug, Clone)]
pub(crate) struct Again {
    /// Id of its shape.
    pub(crate) shape: &'static str,
    /// What was typed, and what is wrong.
    pub(crate) filled: Filled,
}

/// The forms a member is offered, the likely next one first.
pub(super) fn forms(
    record: &Record<'_>,
    member: &Member,
    state: redress_text::ComplaintState,
    again: Option<&Again>,
) -> Vec<FormView> {
    let c = &record.loaded.complaint;
    let options = options(record);
    let actor = Actor::Staff(member.clone());
    let shapes = COMMANDS.iter().flat_map(|command| command.shapes);
    let offered = shapes.filter(|shape| {
        let typed = again.is_some_and(|again| again.shape == shape.id);
        let fits =
            || fits(shape, c, member, &record.loaded.pack.policy) && is_free(record, member, shape);
        typed || actor.is_one_of(shape.who, c) && fits()
    });
    let reference = c.reference.to_string();
    let form = |shape: &'static Shape| match again {
        Some(again) if again.shape == shape.id => {
            FormView::new(record.w, shape, (&reference, c.version), &options, &again.filled)
        }
        _ => {
            let filled = Filled { values: known(record, shape), ..Filled::default() };
            FormView::new(record.w, shape, (&reference, c.version), &options, &filled)
        }
    };
    let mut forms = arrange(offered.map(form).collect(), state, !c.round().findings.is_empty());
    if again.is_none() {
        lead(record, member, &mut forms);
    }
    if let Some(first) = forms.first_mut()
        && again.is_none()
        && !comes_next(first.id, c)
    {
        (first.open, first.next) = (false, false);
    }
    forms
}

/// Where the state alone does not tell the next step: closing what is settled, and putting others
/// on it, or waiting for them.
fn lead(record: &Record<'_>, member: &Member, forms: &mut Vec<FormView>) {
    let c = &record.loaded.complaint;
    let settled = closes_as(c).is_some() && forms.iter().any(|form| form.id == "closure");
    if settled {
        lead_with("closure", forms);
    } else if next::must_wait(record, member) {
        let barred = c.stage == Stage::HandedOver;
        lead_with(if barred { "assignment" } else { "" }, forms);
    }
}

/// Makes the form of `shape` the only next one; none where it is not among them.
fn lead_with(shape: &str, forms: &mut Vec<FormView>) {
    for form in forms.iter_mut() {
        (form.open, form.next) = (false, false);
    }
    let Some(at) = forms.iter().position(|form| form.id == shape) else { return };
    let next = forms.remove(at).as_next();
    forms.insert(0, next);
}

/// Why the file may be closed now, so that nothing else is left to do for it.
fn closes_as(c: &Complaint) -> Option<ClosedAs> {
    let agreed = c.stage == Stage::Answered && c.round().agreed;
    if (c.withdrawn || c.erased) && c.stage.is_open() {
        Some(ClosedAs::Withdrawn)
    } else {
        agreed.then_some(ClosedAs::Agreed)
    }
}

/// Whether a form may stand as the next step: what is over asks for nothing, and what was handed
/// over is the unit's to take.
fn comes_next(shape: &str, c: &Complaint) -> bool {
    let again = shape == "handover" && c.stage != Stage::Received;
    let late = c.late_objection && shape == "reopening";
    let asks = c.stage.is_open() || shape == "undertaking-settled" || late;
    !again && asks
}

/// Whether neither an earlier round nor the want of authority nor the policy keeps the member from it.
fn is_free(record: &Record<'_>, member: &Member, shape: &Shape) -> bool {
    let chance = &record.chance;
    let may = match shape.id {
        "approval" => chance.may_approve(member),
        "give-back" => chance.may_give_back(member),
        "handover" => chance.may_hand_over(member),
        _ => true,
    };
    may && !chance.is_barred(member, shape.id)
}

/// Whether a shape makes sense where the complaint stands.
fn fits(shape: &Shape, c: &Complaint, member: &Member, policy: &Policy) -> bool {
    let open = c.stage.is_open();
    let round = c.round();
    match shape.id {
        "sighting" => open && round.seen_at.is_none(),
        "classification" | "evidence-request" => c.stage < Stage::Answered,
        "handover" => c.stage <= Stage::Verifying,
        "acceptance" => c.stage == Stage::HandedOver,
        "return" => matches!(c.stage, Stage::HandedOver | Stage::Verifying),
        "assignment" => c.stage >= Stage::HandedOver && c.stage <= Stage::Responding,
        "mandate" => open && c.capacity == As::Representative,
        "mandate-check" => open && c.mandate.as_ref().is_some_and(|mandate| !mandate.verified),
        "findings" => c.stage >= Stage::Verifying && c.stage <= Stage::Responding,
        "undertaking-moved" | "undertaking-settled" => {
            c.stage != Stage::Archived && c.running_undertakings().next().is_some()
        }
        "pause" => {
            policy.pause.allowed
                && !c.safety
                && c.stage < Stage::Answered
                && pausable(c, policy).next().is_some()
        }
        "resumption" => c.waiting_promises().any(|promise| promise.paused().is_some()),
        "decision" => c.stage == Stage::Verifying,
        "refusal" => c.stage == Stage::Verifying && (!c.safety || policy.safety.may_refuse),
        "approval" | "give-back" => c.stage == Stage::Deciding,
        "response" | "response-told" => c.stage == Stage::Responding,
        "response-failed" => open && c.attempts.iter().any(may_fail),
        "agreement" => c.stage == Stage::Answered && !round.agreed,
        "disagreement-entered" => {
            c.stage >= Stage::Answered
                && round.answered_at.is_some()
                && round.disagreed_at.is_none()
        }
        "withdrawal" => open && !c.withdrawn,
        "closure" => {
            open && closes(member, policy)
                && (c.stage >= Stage::Responding || c.withdrawn || c.erased)
        }
        "reopening" => !open && c.joined_into.is_none() || c.late_objection,
        "joining" => open && c.joined_into.is_none(),
        "unjoining" => c.joined_into.is_some(),
        "redaction" => c.hold.is_none(),
        "hold" => c.hold.is_none() && !c.erased,
        "hold-lifting" => c.hold.is_some(),
        // Notes, words both ways, undertakings.
        _ => open,
    }
}

/// The promises that run and may stand still.
fn pausable<'c>(c: &'c Complaint, policy: &'c Policy) -> impl Iterator<Item = &'c Promise> {
    c.running_promises().filter(|promise| policy.pause.promises.contains(&promise.set.promise))
}

fn closes(member: &Member, policy: &Policy) -> bool {
    let of_unit = policy.departments.iter().any(|unit| unit.closes && member.is_of(&unit.id));
    of_unit || member.directs()
}

fn may_fail(attempt: &Attempt) -> bool {
    attempt.purpose != Purpose::Acknowledgement && !matches!(attempt.fate, AttemptFate::Failed(_))
}

/// What may be chosen in the forms of this complaint.
fn options(record: &Record<'_>) -> Options {
    let (w, loaded) = (record.w, record.loaded);
    let c = &loaded.complaint;
    let pack = &loaded.pack;
    let running = c.round().number;
    let proposals = c.proposals.iter().filter(|proposal| {
        let alive = matches!(proposal.fate, ProposalFate::Pending | ProposalFate::Approved(_));
        proposal.round == running && alive
    });
    let grounds = pack.policy.refusal.grounds.iter();
    Options {
        departments: departments(pack, w.lang),
        accounts: record.people.choices(w, pack, WORKERS),
        verifiers: put_on_it(record, |member| record.chance.may_verify(member)),
        deciders: put_on_it(record, |member| record.chance.may_decide(member)),
        categories: categories(pack, w.lang),
        grounds: grounds
            .map(|ground| {
                Choice::new(ground.id.clone(), said(pack, w.lang, &format!("ground.{}", ground.id)))
            })
            .collect(),
        promises: pausable(c, &pack.policy)
            .chain(c.waiting_promises().filter(|promise| promise.paused().is_some()))
            .map(|promise| {
                let id = &promise.set.promise;
                Choice::new(id.clone(), said(pack, w.lang, &format!("promise.{id}")))
            })
            .collect(),
        proposals: proposals
            .map(|proposal| Choice::new(proposal.id.to_string(), record.short(proposal)))
            .collect(),
        undertakings: c
            .running_undertakings()
            .map(|one| {
                let what = one.what.clone().unwrap_or_else(|| w.t("message-erased"));
                let owner = record.people.name(one.owner);
                Choice::new(one.id.to_string(), format!("{what}, {owner}"))
            })
            .collect(),
        attempts: c
            .attempts
            .iter()
            .filter(|attempt| may_fail(attempt))
            .map(|attempt| Choice::new(attempt.id.to_string(), attempt_words(w, attempt)))
            .collect(),
        channels: channels(pack),
    }
}

/// Members whom the rules would let be put on the complaint.
fn put_on_it(record: &Record<'_>, may: impl Fn(&Member) -> bool) -> Vec<Choice> {
    let members = record.chance.members.iter();
    let works = members.filter(|member| WORKERS.contains(&member.role) && may(member));
    record.people.chosen((record.w, &record.loaded.pack), works)
}

fn attempt_words(w: &Words, attempt: &Attempt) -> String {
    let purpose = w.t(&format!("desk-purpose-{}", attempt.purpose));
    let channel = w.channel(&attempt.channel);
    match attempt.fate {
        AttemptFate::Reached(at) => format!("{purpose}, {channel}, {}", w.instant(&at)),
        AttemptFate::Queued | AttemptFate::Failed(_) => format!("{purpose}, {channel}"),
    }
}

/// What the file already says, as a form begins.
fn known(record: &Record<'_>, shape: &Shape) -> Vec<(String, String)> {
    let c = &record.loaded.complaint;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    match shape.id {
        "classification" => {
            let mut pairs = vec![
                pair("kind", c.kind.to_string()),
                pair("about", c.about.to_string()),
                pair("severity", c.severity.to_string()),
                pair("safety", c.safety.to_string()),
            ];
            pairs.extend(c.category.clone().map(|category| pair("category", category)));
            pairs
        }
        "handover" => {
            let route = &c.round().route;
            let mut pairs = vec![pair("to", route.to.to_string())];
            pairs.extend(route.join.iter().map(|unit| pair("join", unit.to_string())));
            pairs
        }
        "response" => {
            let mut pairs = vec![pair("text", reasons(record.loaded, record.detail))];
            pairs.extend(planned(record.loaded).map(|channel| pair("channel", channel)));
            pairs
        }
        "response-told" => {
            planned(record.loaded).map(|by| pair("told.by", by)).into_iter().collect()
        }
        "closure" => closes_as(c).map(|why| pair("as", why.to_string())).into_iter().collect(),
        "disagreement-entered" | "enter" => vec![pair("channel", c.channel.to_string())],
        _ => vec![],
    }
}

fn planned(loaded: &Loaded) -> Option<String> {
    ways::planned(&loaded.complaint, &loaded.pack.policy).map(|channel| channel.to_string())
}

/// The reasons of the approved proposal: where the words of the answer begin.
fn reasons(loaded: &Loaded, detail: &Detail) -> String {
    let current = loaded.complaint.current_proposal().map(|proposal| proposal.id.to_string());
    let view = detail.proposals.iter().find(|view| Some(&view.id) == current.as_ref());
    view.and_then(|view| view.reasons.clone()).unwrap_or_default()
}

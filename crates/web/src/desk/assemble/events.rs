//! The history of a complaint in words: what happened, who did it, and why.
//! Must not show words that the reader's page hides; erased words show as nothing.

use jiff::Timestamp;
use redress_app::{Loaded, Told};
use redress_core::{
    complaint::{Event, vocabulary::FailureCode},
    id::AccountId,
    kinds::{DepartmentId, Role},
};

use super::{People, department};
use crate::components::Words;
use crate::desk::view::EventLine;
use crate::portal::{assemble::said, promise_name};

/// Every event, newest first.
pub(crate) fn events(
    w: &Words,
    loaded: &Loaded,
    (people, reader): (&People, Role),
) -> Vec<EventLine> {
    let tell = Tell { w, loaded, people, reader };
    loaded.history.iter().rev().map(|told| tell.line(told)).collect()
}

/// The text id of an event, `event-complaint-opened`.
pub(crate) fn text_id(name: &str) -> String {
    format!("event-{}", name.replace('.', "-"))
}

struct Tell<'a> {
    w: &'a Words,
    loaded: &'a Loaded,
    people: &'a People,
    reader: Role,
}

impl Tell<'_> {
    fn line(&self, told: &Told) -> EventLine {
        let stored = &told.stored;
        let apart = stored.recorded_at.duration_since(stored.at).as_secs().abs() >= 60;
        let name = told.event.name();
        EventLine {
            pos: stored.pos,
            at: stored.at,
            recorded_at: apart.then_some(stored.recorded_at),
            actor: self.actor(told),
            what: self.w.t(&text_id(name)),
            why: self
                .why(&told.event)
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
            name: (self.reader == Role::Auditor).then(|| name.to_owned()),
        }
    }

    fn actor(&self, told: &Told) -> String {
        match told.actor.kind.as_str() {
            "user" => {
                let name = self.people.get(&told.actor.who).map(|person| person.name.clone());
                if told.actor.acts_for.is_some() {
                    let director = self.w.say(Role::Director);
                    let own = name.unwrap_or_default();
                    return self.w.t2("desk-stands-in", "own", own, "director", director);
                }
                let role = told.actor.role.parse().map(|role: Role| self.w.say(role));
                let parts = [name, role.ok()];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
            "complainant" => self.w.t("desk-actor-complainant"),
            _ => self.w.t("desk-actor-system"),
        }
    }

    /// What an event says beyond its name.
    fn why(&self, event: &Event) -> Vec<String> {
        match event {
            Event::Classified(_)
            | Event::DangerConfirmed(_)
            | Event::MandateVerified(_)
            | Event::HandedOver(_)
            | Event::HandoverAccepted(_)
            | Event::HandoverReturned(_)
            | Event::Assigned(_) => self.at_the_gate(event),
            Event::DecisionProposed(_)
            | Event::RefusalProposed(_)
            | Event::ProposalApproved(_)
            | Event::ProposalReturned(_)
            | Event::FindingRecorded(_)
            | Event::UndertakingMade(_)
            | Event::UndertakingMoved(_)
            | Event::UndertakingBroken(_)
            | Event::UndertakingCancelled(_)
            | Event::PromiseWarned(_)
            | Event::PromiseKept(_)
            | Event::PromiseMissed(_)
            | Event::PromiseRevived(_)
            | Event::PromiseMoved(_)
            | Event::PromisePaused(_)
            | Event::PromiseResumed(_)
            | Event::UndertakingReminded(_) => self.of_work(event),
            Event::Agreed(_)
            | Event::Disagreed(_)
            | Event::RoundOpened(_)
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
            | Event::ComplaintErased(_) => self.of_the_end(event),
            other => self.of_words(other),
        }
    }

    fn at_the_gate(&self, event: &Event) -> Vec<String> {
        let w = self.w;
        match event {
            Event::Classified(e) => {
                let category = e.category.as_ref();
                let category = category
                    .map(|code| said(&self.loaded.pack, w.lang, &format!("category.{code}")));
                let mut parts = vec![w.say(e.kind), w.say(e.about), w.say(e.severity)];
                parts.extend(category);
                if e.safety {
                    parts.push(w.t("desk-danger"));
                }
                let reason = e.words.as_ref().and_then(|words| words.reason.clone());
                vec![parts.join(", "), reason.unwrap_or_default()]
            }
            Event::DangerConfirmed(e) => vec![w.t(flag(e.danger))],
            Event::MandateVerified(e) => vec![w.t(flag(e.verified))],
            Event::HandedOver(e) => {
                let mut units = vec![self.unit(&e.to)];
                units.extend(e.join.iter().map(|unit| self.unit(unit)));
                let by_itself = if e.automatic { w.t("desk-automatic") } else { String::new() };
                let note = e.words.as_ref().and_then(|words| words.note.clone());
                vec![units.join("; "), by_itself, note.unwrap_or_default()]
            }
            Event::HandoverAccepted(e) => {
                vec![self.labelled("field-verifier", &self.people.name(e.verifier))]
            }
            Event::HandoverReturned(e) => {
                let reason = e.words.as_ref().map(|words| words.reason.clone());
                vec![self.unit(&e.department), reason.unwrap_or_default()]
            }
            Event::Assigned(e) => {
                let who = |label: &str, id: Option<AccountId>| {
                    id.map(|id| self.labelled(label, &self.people.name(id))).unwrap_or_default()
                };
                let reason = e.words.as_ref().and_then(|words| words.reason.clone());
                vec![
                    who("field-verifier", e.verifier),
                    who("field-decider", e.decider),
                    reason.unwrap_or_default(),
                ]
            }
            _ => vec![],
        }
    }

    fn of_work(&self, event: &Event) -> Vec<String> {
        let w = self.w;
        match event {
            Event::DecisionProposed(e) => {
                vec![w.t(&format!("outcome-{}", e.outcome))]
            }
            Event::RefusalProposed(e) => {
                vec![said(&self.loaded.pack, w.lang, &format!("ground.{}", e.ground))]
            }
            Event::ProposalReturned(e) => {
                vec![e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default()]
            }
            Event::FindingRecorded(e) => {
                let running = self.loaded.complaint.round();
                let hidden = e.round != running.number && running.findings.is_empty();
                if hidden { vec![] } else { vec![e.check.clone()] }
            }
            Event::UndertakingMade(e) => {
                let what = e.words.as_ref().map(|words| words.what.clone());
                vec![
                    what.unwrap_or_default(),
                    format!("{}, {}", self.people.name(e.owner), self.until(e.due)),
                ]
            }
            Event::PromiseMoved(e) => vec![
                self.promise(&e.promise, e.round),
                format!("{} → {}", w.due(&e.due_was), w.due(&e.due)),
            ],
            Event::PromisePaused(e) => vec![
                self.promise(&e.promise, e.round),
                self.w.t(&format!("pause-{}", e.category)),
                e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default(),
            ],
            Event::PromiseResumed(e) => vec![
                format!("{}, {}", self.promise(&e.promise, e.round), self.until(e.due)),
                e.words.as_ref().and_then(|words| words.reason.clone()).unwrap_or_default(),
            ],
            Event::UndertakingReminded(e) => vec![self.until(e.due)],
            Event::UndertakingMoved(e) => {
                let reason = e.words.as_ref().map(|words| words.reason.clone());
                vec![self.until(e.due), reason.unwrap_or_default()]
            }
            Event::UndertakingBroken(e) => {
                vec![e.words.as_ref().and_then(|words| words.reason.clone()).unwrap_or_default()]
            }
            Event::UndertakingCancelled(e) => {
                vec![e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default()]
            }
            Event::PromiseWarned(e) => vec![self.promise(&e.promise, e.round)],
            Event::PromiseKept(e) => {
                let late = if e.late { format!(", {}", w.t("desk-late")) } else { String::new() };
                vec![self.promise(&e.promise, e.round) + &late]
            }
            Event::PromiseMissed(e) => vec![self.promise(&e.promise, e.round)],
            Event::PromiseRevived(e) => vec![self.promise(&e.promise, e.round)],
            _ => vec![],
        }
    }

    fn of_words(&self, event: &Event) -> Vec<String> {
        let w = self.w;
        let failed = |code: FailureCode, detail: Option<String>| {
            vec![w.t(&format!("desk-failure-{code}")), detail.unwrap_or_default()]
        };
        let purpose = |word: &str| w.t(&format!("desk-purpose-{word}"));
        match event {
            Event::ComplaintOpened(e) => vec![w.channel(&e.channel)],
            Event::MessageReceived(e) => vec![w.channel(&e.channel)],
            Event::MessageQueued(e) => {
                vec![format!("{}, {}", purpose(e.purpose.as_str()), w.channel(&e.channel))]
            }
            Event::MessageTold(e) => {
                vec![format!("{}, {}", purpose(e.purpose.as_str()), w.channel(&e.channel))]
            }
            Event::MessageFailed(e) => {
                failed(e.code, e.words.as_ref().and_then(|words| words.detail.clone()))
            }
            Event::EvidenceRequested(e) => {
                vec![e.words.as_ref().map(|words| words.asks.join("; ")).unwrap_or_default()]
            }
            Event::ResponseSent(e) => vec![w.channel(&e.channel)],
            Event::ResponseTold(e) => vec![w.channel(&e.channel)],
            Event::ResponseFailed(e) => {
                failed(e.code, e.words.as_ref().and_then(|words| words.detail.clone()))
            }
            _ => vec![],
        }
    }

    fn of_the_end(&self, event: &Event) -> Vec<String> {
        let w = self.w;
        match event {
            Event::Agreed(e) => {
                vec![e.words.as_ref().and_then(|words| words.text.clone()).unwrap_or_default()]
            }
            Event::Disagreed(e) => {
                let late = if e.late { w.t("desk-late") } else { String::new() };
                vec![
                    w.channel(&e.channel),
                    late,
                    e.words.as_ref().map(|words| words.text.clone()).unwrap_or_default(),
                ]
            }
            Event::RoundOpened(e) => vec![w.t1("desk-round", "n", e.round)],
            Event::IndependenceWaived(e) => vec![self.people.name(e.account)],
            Event::Withdrawn(e) => {
                vec![e.words.as_ref().and_then(|words| words.reason.clone()).unwrap_or_default()]
            }
            Event::Rated(e) => {
                let mark = |label: &str, mark: u8| self.labelled(label, &format!("{mark}/5"));
                let text = e.words.as_ref().and_then(|words| words.text.clone());
                vec![
                    mark("field-result", e.result),
                    mark("field-handling", e.handling),
                    text.unwrap_or_default(),
                ]
            }
            Event::Closed(e) => {
                let reason = e.words.as_ref().and_then(|words| words.reason.clone());
                vec![w.t(&format!("closed-as-{}", e.closed_as)), reason.unwrap_or_default()]
            }
            Event::Archived(e) => {
                vec![w.t1("desk-keep-until", "date", w.date_in_figures(&e.keep_until))]
            }
            Event::Reopened(e) => {
                vec![e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default()]
            }
            Event::Joined(e) => {
                vec![
                    e.into.to_string(),
                    e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default(),
                ]
            }
            Event::Unjoined(e) => {
                vec![
                    e.from.to_string(),
                    e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default(),
                ]
            }
            Event::Redacted(e) => {
                vec![format!("{} {}", e.event, e.fields.join(", ")), e.ground.clone()]
            }
            Event::HoldPlaced(e) => vec![
                self.w.t(&format!("hold-ground-{}", e.ground)),
                e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default(),
            ],
            Event::HoldLifted(e) => {
                vec![e.words.as_ref().map(|words| words.reason.clone()).unwrap_or_default()]
            }
            Event::ComplaintErased(e) => {
                vec![self.w.t(&format!("erasure-ground-{}", e.ground))]
            }
            _ => vec![],
        }
    }

    fn unit(&self, unit: &DepartmentId) -> String {
        department(&self.loaded.pack, self.w.lang, unit.as_str())
    }

    fn promise(&self, id: &str, round: u8) -> String {
        promise_name(&self.loaded.pack, self.w.lang, id, round).unwrap_or_else(|_| id.to_owned())
    }

    fn labelled(&self, label: &str, value: &str) -> String {
        format!("{}: {value}", self.w.t(label))
    }

    fn until(&self, due: Timestamp) -> String {
        format!("{} {}", self.w.t("clock-by"), self.w.due(&due))
    }
}

fn flag(flag: bool) -> &'static str {
    if flag { "flag-true" } else { "flag-false" }
}

#[cfg(test)]
mod tests {
    use redress_core::kinds::Lang;

    use super::*;

    #[test]
    fn every_event_has_a_line_in_every_language() {
        for lang in Lang::ALL.iter().copied() {
            for (name, _) in Event::NAMES {
                let id = text_id(name);
                assert_ne!(redress_text::t(lang, &id), id, "`{id}` is missing in {lang}");
            }
        }
    }
}

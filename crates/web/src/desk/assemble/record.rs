//! The record of a complaint: conversation, findings, proposals, undertakings, tasks.
//! Must not show what `Detail` left out.

use jiff::Timestamp;
use redress_app::{
    Loaded,
    view::{Chance, Detail, FindingView, MessageView},
};
use redress_core::complaint::{
    Event,
    state::{self, ProposalFate, Verdict},
};

use super::{People, file::named, instant, unit_of};
use crate::components::{Message, Side, Words};
use crate::desk::view::{
    EarlierFindings, EarlierRound, Finding, Note, Proposal, TalkItem, Task, TaskKind,
    UndertakingLine,
};
use crate::portal::assemble::{files, said, standing, tag};

/// What the record is made from.
pub(super) struct Record<'a> {
    pub(super) w: &'a Words,
    pub(super) loaded: &'a Loaded,
    pub(super) detail: &'a Detail,
    pub(super) people: &'a People,
    /// What the rules would let people do.
    pub(super) chance: Chance<'a>,
    /// Address of the complaint's page.
    pub(super) path: &'a str,
}

impl Record<'_> {
    /// Words both ways and notes, oldest first; the complaint itself stands above them.
    pub(super) fn talk(&self) -> Vec<TalkItem> {
        let said = self.detail.messages.iter().filter(|message| message.purpose != "complaint");
        let mut items: Vec<(Timestamp, TalkItem)> = said
            .map(|message| (message.instant, TalkItem::Message(self.message(message))))
            .collect();
        items.extend(self.notes());
        items.sort_by_key(|(at, _)| *at);
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn message(&self, message: &MessageView) -> Message {
        let w = self.w;
        let by = message.by.as_ref().and_then(|by| self.people.get(by));
        let side = match (message.direction.as_str(), by) {
            ("in", _) => Side::Complainant,
            (_, Some(person)) => Side::Company {
                name: person.name.clone(),
                unit: unit_of(w, &self.loaded.pack, person),
            },
            (_, None) => Side::System,
        };
        let state = match message.state.as_str() {
            state @ ("queued" | "sent" | "told" | "failed") => {
                Some(w.t(&format!("delivery-{state}")))
            }
            _ => None,
        };
        let delivery = [state, message.with.clone()];
        Message {
            side,
            at: message.instant,
            channel: message.channel.parse().unwrap_or(self.loaded.complaint.channel),
            text: message.text.clone().unwrap_or_default(),
            erased: message.text.is_none(),
            files: files(w, self.path, &message.files),
            delivery: delivery.into_iter().flatten().collect::<Vec<_>>().join(", "),
        }
    }

    fn notes(&self) -> impl Iterator<Item = (Timestamp, TalkItem)> {
        self.loaded.history.iter().filter_map(|told| {
            let Event::NoteAdded(e) = &told.event else { return None };
            let words = e.words.as_ref();
            let names = words.map(|words| words.file_names.as_slice()).unwrap_or_default();
            let note = Note {
                by: told.happened().by.map(|by| self.people.name(by)).unwrap_or_default(),
                at: told.stored.at,
                text: words.map(|words| words.text.clone()),
                mentions: e.mentions.iter().map(|id| self.people.name(*id)).collect(),
                files: files(self.w, self.path, &named(&e.files, names, &self.detail.held)),
            };
            Some((told.stored.at, TalkItem::Note(note)))
        })
    }

    /// Findings of one round that the reader may see.
    pub(super) fn findings(&self, round: u8) -> Vec<Finding> {
        let of_round = self.detail.findings.iter().filter(|finding| finding.round == round);
        of_round.map(|finding| self.finding(finding)).collect()
    }

    fn finding(&self, finding: &FindingView) -> Finding {
        Finding {
            check: finding.check.clone(),
            side: self.w.t(&format!("side-{}", finding.side)),
            text: finding.text.clone(),
            at: instant(&finding.at, self.loaded.complaint.received_at),
            by: finding.by.as_ref().map(|email| self.people.called(email)).unwrap_or_default(),
            files: files(self.w, self.path, &finding.files),
        }
    }

    /// Rounds before the running one, oldest first.
    pub(super) fn earlier(&self) -> Vec<EarlierRound> {
        let running = self.loaded.complaint.round();
        let own = !running.findings.is_empty();
        let before =
            self.loaded.complaint.rounds.iter().filter(|round| round.number < running.number);
        let view = |round: &state::Round| EarlierRound {
            number: round.number,
            verifier: round.verifier.map(|id| self.people.name(id)),
            decider: self.decider(round),
            outcome: round.result.as_ref().map(|result| self.verdict(result)).unwrap_or_default(),
            answered_at: round.answered_at,
            findings: if own {
                EarlierFindings::Shown(self.findings(round.number))
            } else {
                EarlierFindings::HiddenUntilOwn
            },
        };
        before.map(view).collect()
    }

    /// Who decided a round: assigned, or whoever approved.
    pub(super) fn decider(&self, round: &state::Round) -> Option<String> {
        round.decider.map(|id| self.people.name(id))
    }

    fn verdict(&self, verdict: &Verdict) -> String {
        match verdict {
            Verdict::Decision(outcome) => self.w.t(&format!("outcome-{outcome}")),
            Verdict::Refusal(ground) => {
                let ground = said(&self.loaded.pack, self.w.lang, &format!("ground.{ground}"));
                format!("{}: {ground}", self.w.t("result-refused"))
            }
        }
    }

    /// Proposals of the running round.
    pub(super) fn proposals(&self) -> Vec<Proposal> {
        let c = &self.loaded.complaint;
        let running = c.round().number;
        let of_round = c.proposals.iter().filter(|proposal| proposal.round == running);
        of_round.map(|proposal| self.proposal(proposal)).collect()
    }

    fn proposal(&self, proposal: &state::Proposal) -> Proposal {
        let id = proposal.id.to_string();
        let told = self.detail.proposals.iter().find(|view| view.id == id);
        let at = self.loaded.history.iter().find_map(|told| match &told.event {
            Event::DecisionProposed(e) if e.proposal == proposal.id => Some(told.stored.at),
            Event::RefusalProposed(e) if e.proposal == proposal.id => Some(told.stored.at),
            _ => None,
        });
        let remedies = proposal.remedies.iter();
        let fate = match proposal.fate {
            ProposalFate::Pending => "pending",
            ProposalFate::Approved(_) => "approved",
            ProposalFate::Returned => "returned",
            ProposalFate::Frozen => "frozen",
        };
        Proposal {
            outcome: self.verdict(&proposal.verdict),
            reasons: told.and_then(|view| view.reasons.clone()),
            remedies: remedies
                .map(|(owner, due, what)| (what.clone(), self.people.name(*owner), *due))
                .collect(),
            by: proposal.by.map(|by| self.people.name(by)).unwrap_or_default(),
            at: at.unwrap_or(self.loaded.complaint.received_at),
            fate: self.w.t(&format!("desk-proposal-{fate}")),
            waits: proposal.fate == ProposalFate::Pending,
        }
    }

    /// The proposal in one line, for lists.
    pub(super) fn short(&self, proposal: &state::Proposal) -> String {
        let by = proposal.by.map(|by| self.people.name(by));
        [Some(self.verdict(&proposal.verdict)), by]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Undertakings, those that run first.
    pub(super) fn undertakings(&self) -> Vec<UndertakingLine> {
        let line = |one: &state::Undertaking| UndertakingLine {
            what: one.what.clone(),
            kind: self.w.t(&format!("undertaking-kind-{}", one.kind)),
            owner: self.people.name(one.owner),
            due: one.due,
            state: standing(self.w, one),
            tag: tag(self.w, one),
            moves: one.moves.iter().map(|moved| (moved.due_was, moved.reason.clone())).collect(),
            kept_at: one.kept_at,
            calendar: one
                .ended
                .is_none()
                .then(|| format!("{}/undertakings/{}.ics", self.path, one.id)),
        };
        let mut known: Vec<_> = self.loaded.complaint.undertakings.iter().collect();
        known.sort_by_key(|one| (one.ended.is_some(), one.due));
        known.into_iter().map(line).collect()
    }

    /// What a person must see to.
    pub(super) fn tasks(&self) -> Vec<Task> {
        let reference = self.loaded.complaint.reference.to_string();
        let tasks = self.detail.tasks.iter().map(|task| {
            let (kind, detail) = match task.task.as_str() {
                "result-not-delivered" | "message-not-delivered" => {
                    (TaskKind::FailedDelivery, String::new())
                }
                "late-objection" => (TaskKind::LateObjection, String::new()),
                other => (TaskKind::Other, self.w.t(&format!("desk-task-{other}"))),
            };
            Task { kind, reference: reference.clone(), since: self.since(&task.task), detail }
        });
        tasks.collect()
    }

    /// When the event behind a task was recorded.
    fn since(&self, task: &str) -> Timestamp {
        let behind = self.loaded.history.iter().rev().find(|told| match task {
            "result-not-delivered" => matches!(told.event, Event::ResponseFailed(_)),
            "message-not-delivered" => matches!(told.event, Event::MessageFailed(_)),
            "late-objection" => matches!(told.event, Event::Disagreed(_)),
            "withdrawn" => matches!(told.event, Event::Withdrawn(_)),
            "mandate" => matches!(told.event, Event::MandateRecorded(_)),
            _ => matches!(told.event, Event::Classified(_) | Event::ComplaintOpened(_)),
        });
        behind.map_or(self.loaded.complaint.recorded_at, |told| told.stored.at)
    }
}

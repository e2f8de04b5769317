//! One complaint as the API shows it, filtered by who looks.

use std::collections::HashMap;

use jiff::{Timestamp, tz::TimeZone};
use redress_core::{
    complaint::{
        Complaint, Event,
        event::PersonWords,
        state::{AttemptFate, ProposalFate},
        vocabulary::Purpose,
    },
    id::AccountId,
};
use redress_store::StreamKind;
use serde::Serialize;

use super::{FileView, Item, MessageView, Viewer, conversation};
use crate::{App, AppError, Loaded, Told, accounts::emails, record};

/// One complaint.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct Detail {
    #[serde(flatten)]
    pub item: Item,
    pub complainant: ComplainantView,
    pub text: Option<String>,
    pub remedy_sought: Option<String>,
    pub place: Option<String>,
    pub needs: Option<String>,
    pub happened_at: Option<String>,
    pub asset: Option<String>,
    pub reply_by: Option<String>,
    pub planned_channel: Option<String>,
    pub promises: Vec<PromiseView>,
    pub rounds: Vec<RoundView>,
    pub undertakings: Vec<UndertakingView>,
    pub messages: Vec<MessageView>,
    pub files: Vec<FileView>,
    pub proposals: Vec<ProposalView>,
    pub attempts: Vec<AttemptView>,
    pub requests: Vec<RequestView>,
    pub findings: Vec<FindingView>,
    pub tasks: Vec<TaskView>,
    pub contacted_again: u32,
    pub policy: String,
}

/// Who complains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct ComplainantView {
    pub r#as: String,
    pub name: Option<String>,
    pub organisation: Option<String>,
    pub represents: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub mandate_verified: Option<bool>,
}

/// One promise with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct PromiseView {
    pub promise: String,
    pub round: u8,
    pub within: String,
    pub from: String,
    pub due: String,
    pub due_on: String,
    pub state: String,
    pub kept_at: Option<String>,
    /// Seconds by which it was or is missed.
    pub late_by: Option<i64>,
    pub steps_url: String,
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct RoundView {
    pub round: u8,
    pub verifier: Option<String>,
    pub decider: Option<String>,
    pub outcome: Option<String>,
    pub ground: Option<String>,
    pub reasons: Option<String>,
    pub who_can_help: Option<String>,
    pub answered_at: Option<String>,
    pub objection_until: Option<String>,
    pub agreed: bool,
    pub disagreed: bool,
    pub rated: Option<(u8, u8)>,
    pub frozen: bool,
    pub independence_waived: bool,
}

/// One undertaking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct UndertakingView {
    pub id: String,
    pub kind: String,
    pub what: Option<String>,
    pub owner: Option<String>,
    pub due: String,
    pub state: String,
    pub kept_at: Option<String>,
}

/// One proposal; staff only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct ProposalView {
    pub id: String,
    pub round: u8,
    pub outcome: String,
    pub ground: Option<String>,
    pub reasons: Option<String>,
    pub by: Option<String>,
    pub state: String,
}

/// One attempt to reach the complainant; staff only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct AttemptView {
    pub id: String,
    pub channel: String,
    pub purpose: String,
    pub state: String,
    pub calls: u32,
}

/// One request for evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct RequestView {
    pub id: String,
    pub asked_at: String,
    pub answer_by: Option<String>,
    pub answered: bool,
}

/// One finding; staff only, and of an earlier round only once the running one has its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the published interface")]
pub struct FindingView {
    pub id: String,
    pub round: u8,
    pub check: String,
    pub side: String,
    pub at: String,
    pub text: Option<String>,
    pub by: Option<String>,
    pub files: Vec<FileView>,
}

/// Something a person must see to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskView {
    /// `result-not-delivered`, `message-not-delivered`, `late-objection`, `confirm-danger`, `withdrawn`, `mandate`.
    pub task: String,
    /// The attempt it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
}

/// What a view is made with.
struct With<'a> {
    loaded: &'a Loaded,
    viewer: Viewer,
    emails: &'a HashMap<String, String>,
    zone: &'a TimeZone,
    now: Timestamp,
    public_url: &'a str,
}

impl With<'_> {
    fn at(&self, at: Timestamp) -> String {
        super::instant(at, self.zone)
    }

    fn email(&self, account: Option<AccountId>) -> Option<String> {
        if self.viewer == Viewer::Complainant {
            return None;
        }
        account.and_then(|account| self.emails.get(&account.to_string()).cloned())
    }
}

impl App {
    /// What is known of who complains.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn person_of(&self, complaint: &Complaint) -> Result<PersonWords, AppError> {
        let stream = record::stream(StreamKind::Person, complaint.person)?;
        let mut words = PersonWords::default();
        for stored in self.store.stream(&stream).await? {
            if let Event::PersonRecorded(recorded) = Told::read(stored)?.event {
                words = recorded.words.unwrap_or_default();
            }
        }
        Ok(words)
    }

    /// A complaint as `viewer` may see it.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn detail(&self, loaded: &Loaded, viewer: Viewer) -> Result<Detail, AppError> {
        let item = self.items(std::slice::from_ref(&loaded.row)).await?.into_iter().next();
        let mut item = item.ok_or(AppError::NotFound)?;
        if viewer == Viewer::Complainant {
            item.holder = None;
        }
        let person = self.person_of(&loaded.complaint).await?;
        let emails = emails(&self.accounts().await?);
        let zone = loaded.pack.policy.calendar.zone().clone();
        let with = With {
            loaded,
            viewer,
            emails: &emails,
            zone: &zone,
            now: self.world.now(),
            public_url: &self.public_url,
        };
        Ok(build(&with, item, person))
    }
}

fn build(w: &With<'_>, item: Item, person: PersonWords) -> Detail {
    let c = &w.loaded.complaint;
    let opened = w.loaded.history.iter().find_map(|told| match &told.event {
        Event::ComplaintOpened(opened) => Some(opened),
        _ => None,
    });
    let words = opened.and_then(|opened| opened.words.as_ref());
    let staff = w.viewer == Viewer::Staff;
    let messages = conversation::conversation(w.loaded, w.zone);
    let files = messages.iter().flat_map(|message| message.files.clone()).collect();
    Detail {
        item,
        complainant: complainant(c, person),
        text: words.map(|words| words.text.clone()),
        remedy_sought: words.and_then(|words| words.remedy_sought.clone()),
        place: words.and_then(|words| words.place.clone()),
        needs: words.and_then(|words| words.needs.clone()),
        happened_at: opened.and_then(|opened| opened.happened_at).map(|at| w.at(at)),
        asset: c.asset.clone(),
        reply_by: c.reply_by.map(|kind| kind.to_string()),
        planned_channel: redress_core::complaint::ways::planned(c, &w.loaded.pack.policy)
            .map(|kind| kind.to_string()),
        promises: promises(w),
        rounds: rounds(w),
        undertakings: undertakings(w),
        messages,
        files,
        proposals: if staff { proposals(w) } else { vec![] },
        attempts: if staff { attempts(w) } else { vec![] },
        requests: requests(w),
        findings: if staff { findings(w) } else { vec![] },
        tasks: if staff { tasks(c) } else { vec![] },
        contacted_again: c.contacted_again,
        policy: c.policy.clone(),
    }
}

fn complainant(c: &Complaint, person: PersonWords) -> ComplainantView {
    ComplainantView {
        r#as: c.capacity.to_string(),
        name: person.name,
        organisation: person.organisation,
        represents: person.represents,
        phone: person.phone,
        email: person.email,
        address: person.address,
        mandate_verified: c.mandate.as_ref().map(|mandate| mandate.verified),
    }
}

fn promises(w: &With<'_>) -> Vec<PromiseView> {
    let c = &w.loaded.complaint;
    let view = |p: &redress_core::complaint::state::Promise| {
        let judged = p.kept_at.unwrap_or(w.now);
        let late = judged.duration_since(p.set.due).as_secs();
        PromiseView {
            promise: p.set.promise.clone(),
            round: p.set.round,
            within: p.set.within.clone(),
            from: w.at(p.set.from),
            due: w.at(p.set.due),
            due_on: p.set.due_on.to_string(),
            state: p.word(w.now).to_owned(),
            kept_at: p.kept_at.map(|at| w.at(at)),
            late_by: (late >= 0 && judged >= p.set.due).then_some(late),
            steps_url: format!(
                "{}/api/v1/complaints/{}/promises/{}/{}",
                w.public_url, c.reference, p.set.promise, p.set.round
            ),
        }
    };
    c.promises.iter().map(view).collect()
}

fn rounds(w: &With<'_>) -> Vec<RoundView> {
    let c = &w.loaded.complaint;
    let last = c.rounds.len();
    let view = |(n, round): (usize, &redress_core::complaint::state::Round)| {
        let result = round.result.as_ref();
        let (reasons, who_can_help) =
            if round.answered_at.is_some() { reasons(w, round.number) } else { (None, None) };
        RoundView {
            round: round.number,
            verifier: w.email(round.verifier),
            decider: w.email(round.decider),
            outcome: result.map(|verdict| verdict.outcome().to_owned()),
            ground: result.and_then(ground),
            reasons,
            who_can_help,
            answered_at: round.answered_at.map(|at| w.at(at)),
            objection_until: round.objection_until.map(|at| w.at(at)),
            agreed: round.agreed,
            disagreed: round.disagreed_at.is_some(),
            rated: round.rated,
            frozen: n + 1 < last,
            independence_waived: !round.waived.is_empty(),
        }
    };
    c.rounds.iter().enumerate().map(view).collect()
}

fn ground(verdict: &redress_core::complaint::state::Verdict) -> Option<String> {
    match verdict {
        redress_core::complaint::state::Verdict::Refusal(ground) => Some(ground.clone()),
        redress_core::complaint::state::Verdict::Decision(_) => None,
    }
}

/// Reasons, and who can help instead, of the approved proposal of a round.
fn reasons(w: &With<'_>, round: u8) -> (Option<String>, Option<String>) {
    let approved = w.loaded.complaint.proposals.iter().rev().find(|proposal| {
        proposal.round == round && matches!(proposal.fate, ProposalFate::Approved(_))
    });
    let Some(approved) = approved else { return (None, None) };
    words_of_proposal(w, approved.id)
}

fn words_of_proposal(
    w: &With<'_>,
    id: redress_core::id::ProposalId,
) -> (Option<String>, Option<String>) {
    w.loaded
        .history
        .iter()
        .find_map(|told| match &told.event {
            Event::DecisionProposed(e) if e.proposal == id => {
                Some((e.words.as_ref().map(|words| words.reasons.clone()), None))
            }
            Event::RefusalProposed(e) if e.proposal == id => Some((
                e.words.as_ref().map(|words| words.reasons.clone()),
                e.words.as_ref().and_then(|words| words.who_can_help.clone()),
            )),
            _ => None,
        })
        .unwrap_or((None, None))
}

fn undertakings(w: &With<'_>) -> Vec<UndertakingView> {
    let view = |undertaking: &redress_core::complaint::state::Undertaking| UndertakingView {
        id: undertaking.id.to_string(),
        kind: undertaking.kind.to_string(),
        what: undertaking.what.clone(),
        owner: w.email(Some(undertaking.owner)),
        due: w.at(undertaking.due),
        state: match undertaking.ended {
            Some(ended) => ended.to_string(),
            None if w.now >= undertaking.due => "late".to_owned(),
            None => "running".to_owned(),
        },
        kept_at: undertaking.kept_at.map(|at| w.at(at)),
    };
    w.loaded.complaint.undertakings.iter().map(view).collect()
}

fn proposals(w: &With<'_>) -> Vec<ProposalView> {
    let running = w.loaded.complaint.round();
    let view = |proposal: &redress_core::complaint::state::Proposal| ProposalView {
        id: proposal.id.to_string(),
        round: proposal.round,
        outcome: proposal.verdict.outcome().to_owned(),
        ground: ground(&proposal.verdict),
        reasons: words_of_proposal(w, proposal.id).0,
        by: w.email(proposal.by),
        state: match proposal.fate {
            ProposalFate::Pending => "pending",
            ProposalFate::Approved(_) => "approved",
            ProposalFate::Returned => "returned",
            ProposalFate::Frozen => "frozen",
        }
        .to_owned(),
    };
    let shown = |proposal: &&redress_core::complaint::state::Proposal| {
        proposal.round == running.number || !running.findings.is_empty()
    };
    w.loaded.complaint.proposals.iter().filter(shown).map(view).collect()
}

fn attempts(w: &With<'_>) -> Vec<AttemptView> {
    let view = |attempt: &redress_core::complaint::state::Attempt| AttemptView {
        id: attempt.id.to_string(),
        channel: attempt.channel.to_string(),
        purpose: attempt.purpose.to_string(),
        state: match attempt.fate {
            AttemptFate::Queued => "queued",
            AttemptFate::Reached(_) => "reached",
            AttemptFate::Failed(_) => "failed",
        }
        .to_owned(),
        calls: attempt.calls,
    };
    w.loaded.complaint.attempts.iter().map(view).collect()
}

fn requests(w: &With<'_>) -> Vec<RequestView> {
    let view = |request: &redress_core::complaint::state::EvidenceRequest| RequestView {
        id: request.id.to_string(),
        asked_at: w.at(request.asked_at),
        answer_by: request.answer_by.map(|at| w.at(at)),
        answered: request.answered.is_some(),
    };
    w.loaded.complaint.requests.iter().map(view).collect()
}

/// Findings of earlier rounds stay hidden until the running one has its own (fresh eyes).
fn findings(w: &With<'_>) -> Vec<FindingView> {
    let running = w.loaded.complaint.round();
    let own = !running.findings.is_empty();
    w.loaded
        .history
        .iter()
        .filter_map(|told| match &told.event {
            Event::FindingRecorded(e) if e.round == running.number || own => {
                let words = e.words.as_ref();
                let names = words.map(|words| words.file_names.clone()).unwrap_or_default();
                Some(FindingView {
                    id: e.finding.to_string(),
                    round: e.round,
                    check: e.check.clone(),
                    side: e.side.to_string(),
                    at: w.at(e.at),
                    text: words.map(|words| words.text.clone()),
                    by: w.email(told.happened().by),
                    files: conversation::files(&e.files, &names),
                })
            }
            _ => None,
        })
        .collect()
}

/// What a person must see to.
pub(crate) fn tasks(c: &Complaint) -> Vec<TaskView> {
    let task = |task: &str, attempt: Option<String>| TaskView { task: task.to_owned(), attempt };
    let mut tasks = Vec::new();
    let running = c.round().number;
    let last_failed = |purpose: Purpose| {
        let same = c.attempts.iter().rev().find(|a| {
            a.round == running && (a.purpose == Purpose::Response) == (purpose == Purpose::Response)
        });
        same.filter(|attempt| matches!(attempt.fate, AttemptFate::Failed(_)))
            .map(|attempt| attempt.id.to_string())
    };
    if let Some(attempt) = last_failed(Purpose::Response) {
        tasks.push(task("result-not-delivered", Some(attempt)));
    }
    if let Some(attempt) = last_failed(Purpose::Message) {
        tasks.push(task("message-not-delivered", Some(attempt)));
    }
    if c.late_objection {
        tasks.push(task("late-objection", None));
    }
    if c.safety && !c.safety_confirmed && c.stage.is_open() {
        tasks.push(task("confirm-danger", None));
    }
    if c.withdrawn && c.stage.is_open() {
        tasks.push(task("withdrawn", None));
    }
    if c.mandate.as_ref().is_some_and(|mandate| !mandate.verified) && c.stage.is_open() {
        tasks.push(task("mandate", None));
    }
    tasks
}

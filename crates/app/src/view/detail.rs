//! One complaint as the API shows it, filtered by who looks.

use std::collections::{BTreeSet, HashMap};

use super::{
    AttemptView, ComplainantView, DateMove, DateMovedView, Detail, FindingView, Item, MoveView,
    PauseView, PromiseView, ProposalView, RequestView, RoundView, TaskView, UndertakingView,
    Viewer, conversation, moves_of,
};
use crate::{App, AppError, Loaded, Told, accounts::emails, record};
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
use redress_store::{StoredEvent, StreamKind};

/// Most complaints suggested for joining.
const SUGGESTED_MAX: u32 = 10;

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

/// What a person's events say last.
fn person_in(stored: Vec<StoredEvent>) -> Result<PersonWords, AppError> {
    let mut words = PersonWords::default();
    for stored in stored {
        if let Event::PersonRecorded(recorded) = Told::read(stored)?.event {
            words = recorded.words.unwrap_or_default();
        }
    }
    Ok(words)
}

impl App {
    /// What is known of who complains.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn person_of(&self, complaint: &Complaint) -> Result<PersonWords, AppError> {
        let stream = record::stream(StreamKind::Person, complaint.person)?;
        person_in(self.store.stream(&stream).await?)
    }

    /// The persons of these complaints, in their order.
    pub(crate) async fn persons_of(
        &self,
        complaints: &[Loaded],
    ) -> Result<Vec<PersonWords>, AppError> {
        let persons = complaints.iter().map(|loaded| loaded.complaint.person);
        let streams = persons.map(|person| record::stream(StreamKind::Person, person));
        let found = self.store.streams(streams.collect::<Result<_, _>>()?).await?;
        found.into_iter().map(person_in).collect()
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
        let mut detail = build(&with, item, person);
        detail.hold(self.held_files(&loaded.row.id).await?, viewer);
        if viewer == Viewer::Staff && loaded.pack.policy.notices.suggest_joining {
            detail.suggests = self.suggestions(loaded).await?;
        }
        Ok(detail)
    }

    /// Other open complaints of whoever has the same telephone, e-mail or sender's id. Suggested,
    /// never joined by the program.
    async fn suggestions(&self, loaded: &Loaded) -> Result<Vec<String>, AppError> {
        let Some(person) = self.store.person(&loaded.complaint.person.to_string()).await? else {
            return Ok(vec![]);
        };
        let mut found = BTreeSet::new();
        for contact in person.contacts.iter().filter(|contact| contact.kind != "address") {
            for known in self.store.persons_by_contact(&contact.hash, SUGGESTED_MAX).await? {
                for row in self.store.complaints_of_person(&known, SUGGESTED_MAX).await? {
                    if row.open && row.id != loaded.row.id {
                        found.insert(row.reference);
                    }
                }
            }
        }
        Ok(found.into_iter().take(SUGGESTED_MAX as usize).collect())
    }
}

fn build(w: &With<'_>, item: Item, person: PersonWords) -> Detail {
    let c = &w.loaded.complaint;
    let opened = w.loaded.history.iter().find_map(|told| {
        let Event::ComplaintOpened(opened) = &told.event else { return None };
        Some(opened)
    });
    let words = opened.and_then(|opened| opened.words.as_ref());
    let staff = w.viewer == Viewer::Staff;
    let messages = conversation::conversation(w.loaded, w.zone);
    let files = messages.iter().flat_map(|message| message.files.clone()).collect();
    Detail {
        item,
        complainant: complainant(w, person),
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
        suggests: vec![],
        policy: c.policy.clone(),
        held: HashMap::new(),
    }
}

fn complainant(w: &With<'_>, person: PersonWords) -> ComplainantView {
    let c = &w.loaded.complaint;
    ComplainantView {
        person: (w.viewer == Viewer::Staff).then(|| c.person.to_string()),
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
        let late = p.judged_at(w.now).duration_since(p.set.due).as_secs();
        let late_in = super::late_in(p, w.loaded.policy_counting_by(&p.set.calendar), w.now);
        PromiseView {
            promise: p.set.promise.clone(),
            round: p.set.round,
            within: p.set.within.clone(),
            from: w.at(p.set.from),
            due: w.at(p.set.due),
            due_on: p.set.due_on.to_string(),
            state: p.word(w.now).to_owned(),
            kept_at: p.kept_at.map(|at| w.at(at)),
            late_by: late_in.is_some().then_some(late),
            late_in: late_in.map(|late| late.to_string()),
            ended_at: p.ended_at.map(|at| w.at(at)),
            paused_since: p.paused().map(|pause| w.at(pause.from)),
            pauses: p.pauses.iter().map(|pause| pause_view(w, pause)).collect(),
            steps_url: format!(
                "{}/api/v1/complaints/{}/promises/{}/{}",
                w.public_url, c.reference, p.set.promise, p.set.round
            ),
            moved: moves_of(w.loaded, p).iter().map(|moved| date_moved(w, moved)).collect(),
        }
    };
    c.promises.iter().map(view).collect()
}

fn date_moved(w: &With<'_>, moved: &DateMove) -> DateMovedView {
    DateMovedView {
        due_was: w.at(moved.due_was),
        due: w.at(moved.due),
        calendar: moved.calendar.clone(),
        sources: moved.because.iter().map(|(_, source)| source.clone()).collect(),
    }
}

fn pause_view(w: &With<'_>, pause: &redress_core::complaint::state::PauseMade) -> PauseView {
    PauseView {
        category: pause.category.to_string(),
        from: w.at(pause.from),
        until: pause.until.map(|at| w.at(at)),
    }
}

fn rounds(w: &With<'_>) -> Vec<RoundView> {
    let c = &w.loaded.complaint;
    let last = c.rounds.len();
    // Staff judge anew before they read what was decided (fresh eyes).
    let fresh = w.viewer == Viewer::Staff && c.round().findings.is_empty();
    let view = |(n, round): (usize, &redress_core::complaint::state::Round)| {
        let result = round.result.as_ref();
        let shown = round.answered_at.is_some() && !(fresh && n + 1 < last);
        let (reasons, who_can_help) = if shown { reasons(w, round.number) } else { (None, None) };
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
    for told in &w.loaded.history {
        if let Event::DecisionProposed(e) = &told.event
            && e.proposal == id
        {
            return (e.words.as_ref().map(|words| words.reasons.clone()), None);
        }
        if let Event::RefusalProposed(e) = &told.event
            && e.proposal == id
        {
            let words = e.words.as_ref();
            return (
                words.map(|words| words.reasons.clone()),
                words.and_then(|words| words.who_can_help.clone()),
            );
        }
    }
    (None, None)
}

fn undertakings(w: &With<'_>) -> Vec<UndertakingView> {
    let view = |undertaking: &redress_core::complaint::state::Undertaking| UndertakingView {
        id: undertaking.id.to_string(),
        kind: undertaking.kind.to_string(),
        what: undertaking.what.clone(),
        owner: w.email(Some(undertaking.owner)),
        due: w.at(undertaking.due),
        state: undertaking.word(w.now).to_owned(),
        kept_at: undertaking.kept_at.map(|at| w.at(at)),
        made_at: w.at(undertaking.made_at),
        late_by: undertaking.late_by(w.now).map(|late| late.as_secs()),
        moves: undertaking
            .moves
            .iter()
            .map(|moved| MoveView {
                due_was: w.at(moved.due_was),
                at: w.at(moved.at),
                reason: moved.reason.clone(),
            })
            .collect(),
    };
    let c = &w.loaded.complaint;
    let shown = |undertaking: &&redress_core::complaint::state::Undertaking| {
        w.viewer == Viewer::Staff || c.is_announced(undertaking)
    };
    c.undertakings.iter().filter(shown).map(view).collect()
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
    let view = |told: &Told| {
        let Event::FindingRecorded(e) = &told.event else { return None };
        if e.round != running.number && !own {
            return None;
        }
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
    };
    w.loaded.history.iter().filter_map(view).collect()
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

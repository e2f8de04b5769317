//! The tracking page of a complaint.
//! Must not show what only staff may see.

use std::collections::HashMap;

use jiff::Timestamp;
use redress_app::Loaded;
use redress_app::view::{Detail, MessageView, late_in, moves_of, steps_of};
use redress_core::complaint::state::{PauseMade, Promise};
use redress_core::complaint::{Event, Stage};
use redress_core::kinds::{ChannelKind, Role};
use redress_text::{ComplaintState, PromiseState, Step};

use super::{files, rounds, said, undertakings::undertakings};
use crate::components::{
    Clock, FieldErrors, Frame, Message, MovedLine, Rail, Side, StepLine, Stop, StopState, Words,
};
use crate::portal::promises::promise_name;
use crate::portal::view::{Holder, RatingForm, Tracking, WriteForm};

/// Names of staff by account id, as shown to complainants.
pub type Names = HashMap<String, String>;

/// The page of `loaded`, with `detail` as the complainant may see it; `path` is its own path.
pub fn tracking(
    frame: Frame,
    loaded: &Loaded,
    detail: &Detail,
    names: &Names,
    (path, key): (String, String),
) -> Tracking {
    let c = &loaded.complaint;
    let w = &frame.w;
    let round = c.round();
    let waived = !round.waived.is_empty();
    let director = w.say(Role::Director);
    Tracking {
        reference: c.reference.to_string(),
        done: String::new(),
        errors: FieldErrors::default(),
        state: state(c.stage),
        lead: lead(w, loaded),
        round: round.number,
        danger: c.safety,
        rail: rail(loaded),
        clocks: clocks(w, loaded, round.number),
        undertakings: undertakings(w, c, &path),
        decision: rounds::decision(w, loaded, detail, round, names),
        respond: rounds::respond(w, loaded),
        earlier: rounds::earlier(w, loaded, detail),
        waiver: if waived { w.t1("waiver-text", "who", &director) } else { String::new() },
        messages: messages(w, loaded, detail, names, &path),
        evidence: vec![],
        write: c.stage.is_open().then(|| write(loaded)),
        ratings: ratings(loaded),
        holder: holder(w, loaded, names),
        path,
        key,
        frame,
    }
}

fn state(stage: Stage) -> ComplaintState {
    match stage {
        Stage::Received => ComplaintState::Received,
        Stage::HandedOver => ComplaintState::HandedOver,
        Stage::Verifying => ComplaintState::Verifying,
        Stage::Deciding => ComplaintState::Deciding,
        Stage::Responding => ComplaintState::Responding,
        Stage::Answered => ComplaintState::Answered,
        Stage::Closed => ComplaintState::Closed,
        Stage::Archived => ComplaintState::Archived,
    }
}

/// Where the complaint stands, in a sentence; a result that was answered asks nothing more.
fn lead(w: &Words, loaded: &Loaded) -> String {
    let c = &loaded.complaint;
    let round = c.round();
    match (c.stage, round.disagreed_at, round.agreed) {
        (Stage::Answered, Some(_), _) => w.t1("track-lead-objected", "who", w.say(Role::Director)),
        (Stage::Answered, None, true) => w.t("track-lead-agreed"),
        _ => w.t(&format!("track-lead-{}", state(c.stage).as_str())),
    }
}

/// The promises of a round, by due time, as the complainant is told of them.
pub(super) fn clocks(w: &Words, loaded: &Loaded, round: u8) -> Vec<Clock> {
    let promises = loaded.complaint.promises.iter().filter(|promise| promise.set.round == round);
    let told = |promise: &Promise| Clock {
        pauses: promise.pauses.iter().map(|pause| paused(w, pause, "pause-told")).collect(),
        ..clock(w, loaded, promise)
    };
    let mut clocks: Vec<Clock> = promises.map(told).collect();
    clocks.sort_by_key(|clock| clock.due);
    clocks
}

pub(crate) fn clock(w: &Words, loaded: &Loaded, promise: &Promise) -> Clock {
    let set = &promise.set;
    let word = promise.word(w.now);
    let state = PromiseState::ALL.iter().copied().find(|state| state.as_str() == word);
    let steps = steps_of(promise, loaded.policy_counting_by(&set.calendar))
        .map(|due| redress_text::arithmetic(w.lang, &due))
        .unwrap_or_default();
    Clock {
        what: promise_name(&loaded.pack, w.lang, &set.promise, set.round)
            .unwrap_or_else(|_| set.promise.clone()),
        state: state.unwrap_or(PromiseState::Running),
        from: set.from,
        due: set.due,
        kept_at: promise.kept_at,
        late: late_in(promise, loaded.policy_counting_by(&set.calendar), w.now),
        paused_since: promise.paused().map(|pause| pause.from),
        pauses: promise.pauses.iter().map(|pause| paused(w, pause, "pause")).collect(),
        within: set
            .within
            .parse()
            .map_or_else(|_| set.within.clone(), |given| redress_text::amount(w.lang, given)),
        moved: moves_of(loaded, promise)
            .into_iter()
            .map(|moved| MovedLine {
                was: moved.due_was,
                due: moved.due,
                sources: moved.because.into_iter().map(|(_, source)| source).collect(),
            })
            .collect(),
        steps: steps
            .into_iter()
            .map(|row| StepLine { on: row.on, counts: row.counts, nth: row.day, why: row.why })
            .collect(),
    }
}

/// One pause in words: from when until when, and for what in the words named so.
fn paused(w: &Words, pause: &PauseMade, words: &str) -> String {
    let until = pause.until.map_or_else(|| w.t("clock-paused-until-now"), |at| w.instant(&at));
    let why = w.t(&format!("{words}-{}", pause.category));
    let args =
        [("from", w.instant(&pause.from).into()), ("until", until.into()), ("why", why.into())];
    redress_text::t_args(w.lang, "clock-paused-line", &args)
}

/// The five steps of the running round, each with when it was reached.
pub(crate) fn rail(loaded: &Loaded) -> Rail {
    let c = &loaded.complaint;
    let round = c.round().number;
    let mut reached: [Option<Timestamp>; 5] = [Some(c.round().from), None, None, None, None];
    let mut here = 1;
    for told in &loaded.history {
        let step = match &told.event {
            Event::RoundOpened(e) => {
                here = e.round;
                continue;
            }
            Event::HandedOver(_) => 1,
            Event::DecisionProposed(_) | Event::RefusalProposed(_) => 2,
            Event::ProposalApproved(_) => 3,
            Event::Closed(_) => 4,
            _ => continue,
        };
        if here == round {
            reached[step] = Some(told.stored.at);
        }
    }
    let now = usize::from(c.stage.step());
    let over = !c.stage.is_open();
    let stops = Step::ALL.iter().zip(reached).enumerate().map(|(index, (step, at))| {
        let place = index + 1;
        let state = if place < now || over {
            StopState::Done
        } else if place == now {
            StopState::Now
        } else {
            StopState::Next
        };
        let at = if state == StopState::Next { None } else { at };
        Stop { step: *step, state, at, note: String::new() }
    });
    Rail { stops: stops.collect() }
}

/// Newest first; our own messages carry the name of whoever wrote them.
fn messages(
    w: &Words,
    loaded: &Loaded,
    detail: &Detail,
    names: &Names,
    path: &str,
) -> Vec<Message> {
    let view = |message: &MessageView| {
        let name = message.by.as_ref().and_then(|by| names.get(by));
        let side = match (message.direction.as_str(), name) {
            ("in", _) => Side::Complainant,
            (_, Some(name)) => Side::Company { name: name.clone(), unit: String::new() },
            (_, None) => Side::System,
        };
        let delivery = match message.state.as_str() {
            state @ ("queued" | "sent" | "told" | "failed") => w.t(&format!("delivery-{state}")),
            _ => String::new(),
        };
        Message {
            side,
            at: message.instant,
            channel: message.channel.parse().unwrap_or(loaded_channel(loaded)),
            text: message.text.clone().unwrap_or_default(),
            erased: message.text.is_none(),
            files: files(w, path, &message.files),
            delivery,
        }
    };
    detail.messages.iter().rev().map(view).collect()
}

fn loaded_channel(loaded: &Loaded) -> ChannelKind {
    loaded.complaint.channel
}

fn write(loaded: &Loaded) -> WriteForm {
    let c = &loaded.complaint;
    let open: Vec<_> = c.requests.iter().filter(|request| request.answered.is_none()).collect();
    let asked = loaded.history.iter().filter_map(|told| match &told.event {
        Event::EvidenceRequested(e) if open.iter().any(|request| request.id == e.request) => {
            e.words.as_ref().map(|words| words.asks.clone())
        }
        _ => None,
    });
    WriteForm {
        text: String::new(),
        asked: asked.flatten().collect(),
        asked_until: open.iter().filter_map(|request| request.answer_by).min(),
        files: loaded.pack.policy.limits.files,
        file_bytes: loaded.pack.policy.limits.file_bytes,
    }
}

fn ratings(loaded: &Loaded) -> Vec<RatingForm> {
    let answered = loaded.complaint.rounds.iter().filter(|round| round.answered_at.is_some());
    answered
        .filter(|round| round.rated.is_none())
        .map(|round| RatingForm { round: round.number, result: None, handling: None })
        .collect()
}

/// The person who verifies, else the unit; nobody once closed.
fn holder(w: &Words, loaded: &Loaded, names: &Names) -> Option<Holder> {
    let c = &loaded.complaint;
    if !c.stage.is_open() {
        return None;
    }
    let policy = &loaded.pack.policy;
    let unit = c.department.as_ref().unwrap_or(&policy.receiving().id);
    let verifier = c.round().verifier.filter(|_| c.stage >= Stage::Verifying);
    Some(Holder {
        name: verifier
            .and_then(|account| names.get(&account.to_string()).cloned())
            .unwrap_or_default(),
        unit: said(&loaded.pack, w.lang, &format!("department.{unit}")),
    })
}

//! The first event of a complaint, and what each round begins with.

use jiff::Timestamp;

use super::{
    super::{
        event::{ComplaintOpened, PromiseSet, RouteSet},
        state::{Complaint, Held, Promise, Round, Stage},
    },
    Happened, TITLE_CHARS,
};
use crate::kinds::ChannelKind;

pub(super) fn open(e: &ComplaintOpened, happened: &Happened) -> Complaint {
    let words = e.words.as_ref();
    Complaint {
        version: 1,
        reference: e.reference.clone(),
        person: e.person,
        capacity: e.capacity,
        relation: e.relation,
        kind: e.kind,
        about: e.about,
        category: e.category.clone(),
        severity: e.severity,
        safety: e.safety,
        safety_confirmed: false,
        asset: e.asset.clone(),
        channel: e.channel,
        reply_by: e.reply_by,
        ways: e.ways.clone(),
        language: e.language,
        received_at: e.received_at,
        recorded_at: happened.recorded_at,
        policy: e.policy.clone(),
        pack: e.pack.clone(),
        stage: Stage::Received,
        rounds: vec![round(1, e.received_at, &e.route, true)],
        department: None,
        joined_units: vec![],
        promises: e.promises.iter().map(promise).collect(),
        undertakings: vec![],
        proposals: vec![],
        attempts: vec![],
        requests: vec![],
        mandate: None,
        contacted_again: 0,
        held: held(e),
        files: e.files.clone(),
        withdrawn: false,
        joined_into: None,
        unread: true,
        closed_as: None,
        title: words.map(|w| w.text.chars().take(TITLE_CHARS).collect()),
        late_objection: false,
        hold: None,
        erased: false,
        waits_for_person: false,
    }
}

/// What the first notice already tells: nobody asks for it again.
fn held(e: &ComplaintOpened) -> Vec<(Held, u64)> {
    let words = e.words.as_ref();
    let facts = [
        (e.asset.is_some(), Held::Asset),
        (e.happened_at.is_some(), Held::HappenedAt),
        (words.is_some_and(|w| w.place.is_some()), Held::Place),
        (words.is_some_and(|w| w.remedy_sought.is_some()), Held::RemedySought),
        (e.ways.contains(&ChannelKind::Phone), Held::Phone),
        (e.ways.contains(&ChannelKind::Email), Held::Email),
        (!e.files.is_empty(), Held::Photos),
    ];
    facts.into_iter().filter(|(holds, _)| *holds).map(|(_, what)| (what, 1)).collect()
}

pub(super) fn promise(set: &PromiseSet) -> Promise {
    Promise {
        set: set.clone(),
        warned: 0,
        kept_at: None,
        missed: false,
        pauses: vec![],
        ended_at: None,
    }
}

pub(super) fn round(number: u8, from: Timestamp, route: &RouteSet, at_gate: bool) -> Round {
    Round {
        number,
        from,
        route: route.clone(),
        at_gate,
        seen_at: None,
        verifier: None,
        decider: None,
        took_part: vec![],
        findings: vec![],
        answered_at: None,
        answered_by: None,
        result: None,
        objection_until: None,
        agreed: false,
        disagreed_at: None,
        rated: None,
        waived: vec![],
    }
}

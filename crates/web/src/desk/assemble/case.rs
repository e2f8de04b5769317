//! The page of one complaint.
//! Must not show an auditor forms, nor anybody what `Detail` left out.

use redress_app::{
    Loaded,
    view::{Chance, Detail},
};
use redress_core::{
    complaint::{
        Event,
        decide::may_erase_persons,
        event::ComplaintOpened,
        people::{Actor, Member},
    },
    kinds::{As, ChannelKind},
};

use super::{
    Again, People, department, events, forms, instant, next, queue::state, record::Record, title,
};
use crate::components::{Clock, Words};
use crate::desk::{
    DeskFrame,
    view::{Case, Contact, PersonView},
};
use crate::portal::assemble::{clock, files, rail, said};

/// The page of `loaded` as `member` may see it; `again` is a form that met a refusal or faults.
pub(crate) fn case(
    frame: DeskFrame,
    loaded: &Loaded,
    detail: &Detail,
    (people, members, member): (&People, &[Member], &Member),
    again: Option<&Again>,
) -> Case {
    let c = &loaded.complaint;
    let path = format!("/desk/complaints/{}", c.reference);
    let chance = Chance { loaded, members, now: frame.w.now };
    let record = Record { w: &frame.w, loaded, detail, people, chance, path: &path };
    let state = state(c.stage.as_str());
    Case {
        reference: c.reference.to_string(),
        title: c.title.as_deref().map(title::shown),
        state,
        round: c.round().number,
        kind: c.kind,
        about: c.about,
        severity: c.severity,
        safety: c.safety,
        category: c.category.as_ref().map(|code| named(&frame.w, loaded, "category", code)),
        channel: c.channel,
        received_at: c.received_at,
        recorded_at: c.recorded_at,
        policy: c.policy.clone(),
        hands: hands(&record),
        clocks: clocks(&frame.w, loaded),
        rail: rail(loaded),
        earlier: record.earlier(),
        person: person(&frame.w, (loaded, member), detail),
        text: detail.text.clone(),
        facts: facts(&frame.w, loaded, detail),
        files: detail
            .messages
            .iter()
            .find(|message| message.purpose == "complaint")
            .map(|message| files(&frame.w, &path, &message.files))
            .unwrap_or_default(),
        talk: record.talk(),
        findings: record.findings(c.round().number),
        proposals: record.proposals(),
        undertakings: record.undertakings(),
        tasks: record.tasks(),
        events: events::events(&frame.w, loaded, (people, member.role)),
        forms: forms::forms(&record, member, state, again),
        waits: next::waits(&record, member),
        frame,
    }
}

fn named(w: &Words, loaded: &Loaded, kind: &str, id: &str) -> String {
    said(&loaded.pack, w.lang, &format!("{kind}.{id}"))
}

/// Promises of the running round by due instant, then those of earlier ones.
fn clocks(w: &Words, loaded: &Loaded) -> Vec<Clock> {
    let running = loaded.complaint.round().number;
    let mut promises: Vec<_> = loaded.complaint.promises.iter().collect();
    promises.sort_by_key(|promise| (promise.set.round != running, promise.set.due));
    promises.into_iter().map(|promise| clock(w, loaded, promise)).collect()
}

/// Who has it: label and name.
fn hands(record: &Record<'_>) -> Vec<(String, String)> {
    let (w, loaded) = (record.w, record.loaded);
    let c = &loaded.complaint;
    let unit = c.department.as_ref().unwrap_or(&loaded.pack.policy.receiving().id);
    let named = |id: &str| department(&loaded.pack, w.lang, id);
    let mut hands = vec![(w.t("desk-filter-department"), named(unit.as_str()))];
    if !c.joined_units.is_empty() {
        let units: Vec<String> = c.joined_units.iter().map(|unit| named(unit.as_str())).collect();
        hands.push((w.t("field-join"), units.join("; ")));
    }
    let verifier = c.round().verifier.map(|id| record.people.name(id));
    hands.extend(verifier.map(|name| (w.t("field-verifier"), name)));
    hands.extend(record.decider(c.round()).map(|name| (w.t("field-decider"), name)));
    hands
}

fn opened(loaded: &Loaded) -> Option<&ComplaintOpened> {
    loaded.history.iter().find_map(|told| match &told.event {
        Event::ComplaintOpened(opened) => Some(opened),
        _ => None,
    })
}

/// The lift, the place, the time, what the person asks for: label and value.
pub(super) fn facts(w: &Words, loaded: &Loaded, detail: &Detail) -> Vec<(String, String)> {
    let c = &loaded.complaint;
    let happened = detail.happened_at.as_deref().map(|at| w.instant(&instant(at, c.received_at)));
    let office = opened(loaded).and_then(|opened| opened.office.as_ref());
    let office = office.map(|code| {
        let offices = &loaded.pack.policy.offices;
        offices
            .iter()
            .find(|office| office.code == *code)
            .map_or_else(|| code.clone(), |office| office.name.clone())
    });
    let facts = [
        ("desk-asset", c.asset.clone()),
        ("form-place", detail.place.clone()),
        ("form-happened", happened),
        ("form-relation", c.relation.map(|relation| w.relation(&relation))),
        ("desk-entry-remedy", detail.remedy_sought.clone()),
        ("desk-entry-office", office),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((w.t(label), value?))).collect()
}

fn person(w: &Words, (loaded, member): (&Loaded, &Member), detail: &Detail) -> PersonView {
    let may = may_erase_persons(&Actor::Staff(member.clone()));
    let c = &loaded.complaint;
    let who = &detail.complainant;
    let capacity = w.capacity(&c.capacity);
    let capacity = match (&who.represents, &who.organisation) {
        (Some(name), _) => w.t2("desk-capacity-for", "capacity", &capacity, "name", name),
        (None, Some(organisation)) => format!("{capacity}: {organisation}"),
        (None, None) => capacity,
    };
    let needed = c.capacity == As::Representative;
    let holds = c.mandate.as_ref().map(|mandate| mandate.verified);
    let contact = |channel, shown: String, href: Option<String>| Contact { channel, shown, href };
    let contacts = [
        who.phone
            .as_ref()
            .map(|phone| contact(ChannelKind::Phone, w.phone(phone), Some(format!("tel:{phone}")))),
        who.email.as_ref().map(|email| {
            contact(ChannelKind::Email, email.clone(), Some(format!("mailto:{email}")))
        }),
        who.address.as_ref().map(|address| contact(ChannelKind::Letter, address.clone(), None)),
    ];
    PersonView {
        erase: may.then(|| format!("/desk/people/{}/erasure", c.person)),
        name: who.name.clone(),
        capacity,
        mandate: holds.or_else(|| needed.then_some(false)),
        contacts: contacts.into_iter().flatten().collect(),
        reply_by: c.reply_by,
        language: Some(c.language),
        needs: detail.needs.clone().unwrap_or_default(),
        others: vec![],
    }
}

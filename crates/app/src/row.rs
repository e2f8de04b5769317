//! Read rows: `row = f(state)`, one upsert each. Rebuilding gives the same rows.
//! Must not read a clock: rows hold instants, and whoever reads them compares.

use jiff::Timestamp;
use redress_core::{
    calendar::Pause,
    complaint::{
        Complaint, Stage,
        decide::next_timer_at,
        event::{AccountChanged, NoticeReceived, PersonRecorded},
        moves,
    },
    id::{ComplaintId, PersonId},
    kinds::Severity,
    policy::Policy,
};
use redress_store::{
    AccountRow, ComplaintRow, NoticeRow, PersonContact, PersonRow, RunningPromise, RunningRow,
};

use crate::secret::sha256;

/// The row of a complaint. `tracking` is the hash of its token.
pub(crate) fn complaint(
    id: ComplaintId,
    c: &Complaint,
    tracking: &[u8],
    policy: &Policy,
) -> ComplaintRow {
    let open = c.stage.is_open();
    let next = c.next_promise().filter(|_| open);
    // Where nothing runs, what stands still: without a date, which nobody knows before it goes on.
    let paused = c.waiting_promises().find(|p| open && next.is_none() && p.paused().is_some());
    let named = next.or(paused);
    let round = c.round();
    let holder = round.verifier.map(|verifier| verifier.to_string()).unwrap_or_default();
    let department = department(c, policy);
    let mut departments = vec![department.clone()];
    departments.extend(c.joined_units.iter().map(ToString::to_string));
    departments.dedup();
    ComplaintRow {
        id: id.to_string(),
        reference: c.reference.to_string(),
        // The link of whoever was erased opens nothing.
        tracking_hash: if c.erased {
            sha256(format!("erased:{id}").as_bytes()).to_vec()
        } else {
            tracking.to_vec()
        },
        state: c.stage.as_str().to_owned(),
        round: i64::from(round.number),
        kind: c.kind.to_string(),
        about: c.about.to_string(),
        category: c.category.clone().unwrap_or_default(),
        severity: c.severity.to_string(),
        safety: c.safety,
        gravity: gravity(c),
        channel: c.channel.to_string(),
        language: c.language.to_string(),
        title: c.title.clone().unwrap_or_default(),
        received_at: c.received_at,
        department,
        departments,
        holder,
        next_promise: named.map(|p| p.set.promise.clone()).unwrap_or_default(),
        next_round: named.map_or(0, |p| i64::from(p.set.round)),
        next_due: next.map(|p| p.set.due),
        next_soon_at: next.map(redress_core::complaint::state::Promise::soon_at),
        next_state: match (next, paused) {
            (Some(_), _) => "running".to_owned(),
            (None, Some(_)) => "paused".to_owned(),
            (None, None) => String::new(),
        },
        unread: c.unread,
        open,
        director: c.late_objection
            || open && (c.stage == Stage::Received || round.seen_at.is_none()),
        next_timer_at: next_timer_at(c, policy),
        person: c.person.to_string(),
        policy: c.pack.clone(),
        version: c.version,
    }
}

/// The running promises of a complaint that a changed calendar can move.
pub(crate) fn running(id: ComplaintId, c: &Complaint, policy: &Policy) -> RunningRow {
    let complaint = id.to_string();
    let promises = moves::movable(c).map(|(promise, counted)| RunningPromise {
        calendar: policy.calendar.id().name.clone(),
        due: counted.due,
        complaint: complaint.clone(),
        promise: promise.set.promise.clone(),
        round: i64::from(promise.set.round),
        reference: c.reference.to_string(),
        from_at: counted.from,
        within: promise.set.within.clone(),
        paused: paused(&counted),
        policy: c.pack.clone(),
    });
    RunningRow { promises: promises.collect(), complaint }
}

/// When a promise stood still: pairs of microseconds, `from-until`, parted by spaces.
fn paused(counted: &moves::Counted) -> String {
    let pairs = counted
        .pauses
        .iter()
        .map(|pause| format!("{}-{}", pause.from.as_microsecond(), pause.until.as_microsecond()));
    pairs.collect::<Vec<_>>().join(" ")
}

/// Reads what [`paused`] wrote.
pub(crate) fn read_paused(text: &str) -> Option<Vec<Pause>> {
    let instant = |text: &str| Timestamp::from_microsecond(text.parse().ok()?).ok();
    let pair = |pair: &str| {
        let (from, until) = pair.split_once('-')?;
        Some(Pause { from: instant(from)?, until: instant(until)? })
    };
    text.split_whitespace().map(pair).collect()
}

/// How serious a complaint is, 0 the most: people in danger, then its severity.
fn gravity(c: &Complaint) -> i64 {
    if c.safety {
        return 0;
    }
    match c.severity {
        Severity::Critical => 1,
        Severity::High => 2,
        Severity::Medium => 3,
        Severity::Low => 4,
    }
}

/// The unit that answers for the complaint now: before hand-over the one that receives (A32).
pub(crate) fn department(c: &Complaint, policy: &Policy) -> String {
    c.department.as_ref().map_or_else(|| policy.receiving().id.to_string(), ToString::to_string)
}

/// The row of a notice that was interpreted with `complaint`, or waits for a person.
pub(crate) fn notice(
    event: &NoticeReceived,
    complaint: Option<ComplaintId>,
    next_due: Option<jiff::Timestamp>,
    version: u64,
) -> NoticeRow {
    NoticeRow {
        id: event.notice.to_string(),
        reference: event.reference.to_string(),
        channel: event.channel.to_string(),
        received_at: event.received_at,
        interpreted: complaint.is_some(),
        next_try_at: if complaint.is_some() { None } else { Some(event.received_at) },
        next_due: if complaint.is_some() { None } else { next_due },
        complaint: complaint.map(|id| id.to_string()).unwrap_or_default(),
        version,
    }
}

/// The row of a person.
pub(crate) fn person(event: &PersonRecorded, language: &str, version: u64) -> PersonRow {
    let words = event.words.clone().unwrap_or_default();
    let contact = |kind: &str, value: Option<String>| {
        value.map(|value| PersonContact {
            hash: sha256(format!("{kind}:{value}").as_bytes()).to_vec(),
            kind: kind.to_owned(),
            value,
            verified: false,
        })
    };
    let contacts = [
        contact("phone", words.phone),
        contact("email", words.email),
        contact("address", words.address),
        contact("sender", words.sender),
    ];
    PersonRow {
        id: event.person.to_string(),
        name: words.name.unwrap_or_default(),
        organisation: words.organisation.or(words.represents).unwrap_or_default(),
        language: language.to_owned(),
        erased: event.words.is_none(),
        contacts: contacts.into_iter().flatten().collect(),
        version,
    }
}

/// The row of a person that was erased.
pub(crate) fn person_erased(person: PersonId, language: &str, version: u64) -> PersonRow {
    PersonRow {
        id: person.to_string(),
        name: String::new(),
        organisation: String::new(),
        language: language.to_owned(),
        erased: true,
        contacts: vec![],
        version,
    }
}

/// The row of an account.
pub(crate) fn account(
    event: &AccountChanged,
    created_at: jiff::Timestamp,
    version: u64,
) -> AccountRow {
    let words = event.words.clone().unwrap_or_default();
    AccountRow {
        id: event.account.to_string(),
        email: words.email,
        name: words.name,
        role: event.role.to_string(),
        department: event.department.as_ref().map(ToString::to_string).unwrap_or_default(),
        authority: event.authority.join(" "),
        disabled: !event.active,
        created_at,
        version,
    }
}

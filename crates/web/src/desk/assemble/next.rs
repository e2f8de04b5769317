//! What somebody waits for who has no next step of their own, in words.
//! Must not be the rule: the rules are asked.

use redress_core::{
    complaint::{
        Stage,
        people::{Actor, Member},
        registry::find_shape,
    },
    kinds::Role,
};

use super::record::Record;

/// Whether `member` is kept from the step at hand by an earlier round.
pub(super) fn is_barred(record: &Record<'_>, member: &Member) -> bool {
    let step = match record.loaded.complaint.stage {
        Stage::HandedOver => "acceptance",
        Stage::Verifying => "findings",
        Stage::Deciding => "approval",
        Stage::Received | Stage::Responding | Stage::Answered | Stage::Closed | Stage::Archived => {
            return false;
        }
    };
    may_try(record, member, step) && record.chance.is_barred(member, step)
}

fn may_try(record: &Record<'_>, member: &Member, step: &str) -> bool {
    let actor = Actor::Staff(member.clone());
    find_shape(step).is_some_and(|(_, shape)| actor.is_one_of(shape.who, &record.loaded.complaint))
}

/// Whether others must act before `member` can.
pub(super) fn must_wait(record: &Record<'_>, member: &Member) -> bool {
    let approves = record.chance.waits() && !record.chance.may_approve(member);
    approves || is_barred(record, member)
}

/// Who must act before `member` can; `None` where nobody needs to.
pub(super) fn waits(record: &Record<'_>, member: &Member) -> Option<String> {
    let mut parts = vec![];
    if is_barred(record, member) {
        parts.push(record.w.t("desk-barred"));
    }
    if record.chance.waits() && !record.chance.may_approve(member) {
        parts.push(approval(record));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn approval(record: &Record<'_>) -> String {
    let w = record.w;
    // A deputy who may approve in their own right is named, not hidden behind the Director.
    let as_director = |member: &&Member| {
        member.role == Role::Director || !record.chance.may_approve(&member.in_own_right())
    };
    let (directors, others): (Vec<&Member>, Vec<&Member>) =
        record.chance.approvers().partition(as_director);
    let names: Vec<&str> = others.iter().map(|member| member.name.as_str()).collect();
    let names = names.join(", ");
    let director = w.say(Role::Director);
    match (names.is_empty(), directors.is_empty()) {
        (true, true) => w.t("desk-waits-nobody"),
        (true, false) => w.t1("desk-waits-approval", "who", director),
        (false, true) => w.t1("desk-waits-approval", "who", names),
        (false, false) => w.t2("desk-waits-approval-or", "who", names, "role", director),
    }
}

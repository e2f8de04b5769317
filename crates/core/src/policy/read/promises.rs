//! Reads the timed promises and the rounds.
//! Must not check one part against another.

use super::{
    super::{
        model::{
            AgainFrom, IfNobody, KeptBy, LateObjection, ObjectionRule, PromiseOwner, PromiseRule,
            RoundsRule, Silence, Warnings,
        },
        reader::{Node, Table},
    },
    amount,
    company::WARN_TO,
    department_id, distinct, name, not_empty,
};

/// More rounds than this no complainant would live through.
const ROUNDS_MAX: i64 = 9;

const LATE: &[(&str, LateObjection)] =
    &[("director", LateObjection::Director), ("refuse", LateObjection::Refuse)];

pub(super) fn promises(root: &Table<'_, '_>) -> Option<Vec<PromiseRule>> {
    let node = root.need("promises")?;
    let promises = node.each(promise)?;
    not_empty(&node, &promises)?;
    Some(promises)
}

fn promise(node: &Node<'_, '_>) -> Option<PromiseRule> {
    let table = node.table()?;
    let id = table.need("id").and_then(|node| name(&node));
    let rounds = table.need("rounds").and_then(|node| {
        let rounds = node.each(|node| node.number((1, ROUNDS_MAX)))?;
        not_empty(&node, &rounds)?;
        distinct(&node, &rounds)?;
        Some(rounds)
    });
    let within = table.need("within").and_then(|node| amount(&node));
    let from = table.need("from").and_then(|node| node.word(&[("request", ())]));
    let kept_by = table.need("kept_by").and_then(|node| {
        node.word(&[
            ("person-reply", KeptBy::PersonReply),
            ("any-reply", KeptBy::AnyReply),
            ("result-sent", KeptBy::ResultSent),
        ])
    });
    let owner = table.need("owner").and_then(|node| {
        if node.text()? == "holder" {
            return Some(PromiseOwner::Holder);
        }
        department_id(&node).map(PromiseOwner::Department)
    });
    let warn = table.need("warn").and_then(|node| warnings(&node));
    table.finish();
    from?;
    Some(PromiseRule {
        id: id?,
        rounds: rounds?,
        within: within?,
        kept_by: kept_by?,
        owner: owner?,
        warn: warn?,
    })
}

fn warnings(node: &Node<'_, '_>) -> Option<Warnings> {
    let table = node.table()?;
    let at = table.need("at").and_then(|node| {
        let at = node.each(Node::permille)?;
        not_empty(&node, &at)?;
        let ascending = at.iter().zip(at.iter().skip(1)).all(|(before, after)| before < after);
        if !ascending {
            node.problem(format!("`{}` must ascend", node.path));
        }
        ascending.then_some(at)
    });
    let at_once =
        table.need("when").and_then(|n| n.word(&[("at-once", true), ("working-time", false)]));
    let to = table.need("to").and_then(|node| node.each(|node| node.word(WARN_TO)));
    table.finish();
    let (at_permille, to) = (at?, to?);
    if at_permille.len() != to.len() {
        node.problem(format!(
            "`{}`: `to` must name one recipient for each share in `at`",
            node.path
        ));
        return None;
    }
    Some(Warnings { at_permille, at_once: at_once?, to })
}

pub(super) fn rounds(root: &Table<'_, '_>) -> Option<RoundsRule> {
    let table = root.need("rounds")?.table()?;
    let max = table.need("max").and_then(|node| node.number((1, ROUNDS_MAX)));
    let again_from = table.need("again_from").and_then(|node| {
        node.word(&[("handover", AgainFrom::Handover), ("verification", AgainFrom::Verification)])
    });
    let other_people = table.need("other_people").and_then(|node| {
        let other = node.each(|node| node.word(&[("verifier", 'v'), ("decider", 'd')]))?;
        distinct(&node, &other)?;
        Some(other)
    });
    let if_nobody = table.need("if_nobody").and_then(|node| {
        node.word(&[("director", IfNobody::Director), ("refuse", IfNobody::Refuse)])
    });
    let objection = table.need("objection").and_then(|node| objection(&node));
    let after_last = table.need("after_last").and_then(|node| node.word(LATE));
    table.finish();
    let other_people = other_people?;
    Some(RoundsRule {
        max: max?,
        again_from: again_from?,
        other_verifier: other_people.contains(&'v'),
        other_decider: other_people.contains(&'d'),
        if_nobody: if_nobody?,
        objection: objection?,
        after_last: after_last?,
    })
}

fn objection(node: &Node<'_, '_>) -> Option<ObjectionRule> {
    let table = node.table()?;
    let within = table.need("within").and_then(|node| amount(&node));
    let from = table.need("from").and_then(|node| node.word(&[("result-reached", ())]));
    let silence = table
        .need("silence")
        .and_then(|node| node.word(&[("close", Silence::Close), ("stay", Silence::Stay)]));
    let late = table.need("late").and_then(|node| node.word(LATE));
    table.finish();
    from?;
    Some(ObjectionRule { within: within?, silence: silence?, late: late? })
}

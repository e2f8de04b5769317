//! Reads who does what: departments, channels, who may complain, hand-over, decision, refusal.
//! Must not check one part against another.

use super::{
    super::{
        model::{
            AfterWait, ApprovalRule, Authority, ChannelRule, DecisionRule, Department, Ground,
            HandoverBy, HandoverRule, InformRole, RefusalRule, Route, WayBack, WhoRule,
            WithoutContact,
        },
        reader::{Node, Table},
    },
    amount, company, department_id, distinct, name, not_empty,
};
use crate::kinds::{ChannelKind, DepartmentId};

const APPROVAL: &[(&str, ApprovalRule)] =
    &[("other-person", ApprovalRule::OtherPerson), ("authority", ApprovalRule::Authority)];

pub(super) fn departments(root: &Table<'_, '_>) -> Option<Vec<Department>> {
    let read = root.need("departments")?.table()?.entries().into_iter().map(|(key, node)| {
        let table = node.table()?;
        let receives = flag_or_false(&table, "receives");
        let closes = flag_or_false(&table, "closes");
        table.finish();
        let id = DepartmentId::parse(key);
        if id.is_none() {
            node.problem(format!(
                "department `{key}`: use lower-case letters, digits and dashes, at most {}",
                DepartmentId::BYTES_MAX
            ));
        }
        Some(Department { id: id?, receives: receives?, closes: closes? })
    });
    read.collect::<Vec<_>>().into_iter().collect()
}

fn flag_or_false(table: &Table<'_, '_>, key: &str) -> Option<bool> {
    table.get(key).map_or(Some(false), |node| node.flag())
}

pub(super) fn channels(root: &Table<'_, '_>) -> Option<Vec<ChannelRule>> {
    let node = root.need("channels")?;
    let entries = node.table()?.entries();
    not_empty(&node, &entries)?;
    let read: Vec<Option<ChannelRule>> =
        entries.into_iter().map(|(key, node)| channel(key, &node)).collect();
    read.into_iter().collect()
}

fn channel(key: &str, node: &Node<'_, '_>) -> Option<ChannelRule> {
    let kind = key.parse::<ChannelKind>().map_err(|error| node.problem(error.to_string())).ok();
    let table = node.table()?;
    let answer = table.need("answer").and_then(|node| {
        let ways = node.each(way_back)?;
        not_empty(&node, &ways)?;
        distinct(&node, &ways)?;
        Some(ways)
    });
    let is_telephone = matches!(
        kind,
        Some(ChannelKind::Phone | ChannelKind::Zalo | ChannelKind::Viber | ChannelKind::Sms)
    );
    let at = table.get("at").map_or(Some(None), |node| {
        let at = if is_telephone { company::telephone(&node) } else { node.filled() };
        at.map(Some)
    });
    table.finish();
    if kind == Some(ChannelKind::Visit) {
        node.problem("`visit` is a way back, not a way in; use `office`".to_owned());
        return None;
    }
    Some(ChannelRule { kind: kind?, answer: answer?, at: at? })
}

fn way_back(node: &Node<'_, '_>) -> Option<WayBack> {
    match node.text()? {
        "wish" => Some(WayBack::Wish),
        "office" | "web" => {
            node.problem(format!("`{}`: `office` and `web` are ways in only", node.path));
            None
        }
        word => word
            .parse()
            .map(WayBack::Channel)
            .map_err(|error| node.problem(format!("`{}`: {error}, wish", node.path)))
            .ok(),
    }
}

pub(super) fn who(root: &Table<'_, '_>) -> Option<WhoRule> {
    let table = root.need("who")?.table()?;
    let may = table.need("may").and_then(|node| {
        let may = node.each(Node::parse)?;
        not_empty(&node, &may)?;
        distinct(&node, &may)?;
        Some(may)
    });
    let without_contact = table.need("without_contact").and_then(|node| {
        node.word(&[
            ("danger", WithoutContact::Danger),
            ("never", WithoutContact::Never),
            ("always", WithoutContact::Always),
        ])
    });
    table.finish();
    Some(WhoRule { may: may?, without_contact: without_contact? })
}

pub(super) fn handover(root: &Table<'_, '_>) -> Option<HandoverRule> {
    let table = root.need("handover")?.table()?;
    let inform = table.need("inform").and_then(|node| {
        node.word(&[("director", InformRole::Director), ("receiving", InformRole::Receiving)])
    });
    let by = table.need("by").and_then(|node| {
        let by = node.each(|node| {
            node.word(&[
                ("director", HandoverBy::Director),
                ("deputy", HandoverBy::Deputy),
                ("receiving", HandoverBy::Receiving),
            ])
        })?;
        not_empty(&node, &by)?;
        distinct(&node, &by)?;
        Some(by)
    });
    let wait = table.need("wait").and_then(|node| amount(&node));
    let then = table
        .need("then")
        .and_then(|node| node.word(&[("route", AfterWait::Route), ("stay", AfterWait::Stay)]));
    let safety_waits = table.need("safety_waits").and_then(|node| node.flag());
    let routes = table.need("routes").and_then(|node| node.each(route));
    table.finish();
    Some(HandoverRule {
        inform: inform?,
        by: by?,
        wait: wait?,
        then: then?,
        safety_waits: safety_waits?,
        routes: routes?,
    })
}

fn route(node: &Node<'_, '_>) -> Option<Route> {
    let table = node.table()?;
    let about = table.need("about").and_then(|node| node.parse());
    let to = table.need("to").and_then(|node| department_id(&node));
    let join = table.get("join").map_or(Some(Vec::new()), |node| {
        let join = node.each(department_id)?;
        distinct(&node, &join)?;
        Some(join)
    });
    table.finish();
    Some(Route { about: about?, to: to?, join: join? })
}

pub(super) fn decision(root: &Table<'_, '_>) -> Option<DecisionRule> {
    let table = root.need("decision")?.table()?;
    let approval = table.need("approval").and_then(|node| node.word(APPROVAL));
    let authority = table.need("authority").and_then(|node| {
        let authority = node.each(authority)?;
        not_empty(&node, &authority)?;
        distinct(&node, &authority)?;
        Some(authority)
    });
    table.finish();
    Some(DecisionRule { approval: approval?, authority: authority? })
}

fn authority(node: &Node<'_, '_>) -> Option<Authority> {
    let table = node.table()?;
    let is_head = table.need("who").and_then(|n| n.word(&[("head", true), ("director", false)]));
    let of = if is_head == Some(true) { table.need("of") } else { None };
    let of = of.and_then(|node| department_id(&node));
    table.finish();
    if is_head? { of.map(Authority::HeadOf) } else { Some(Authority::Director) }
}

pub(super) fn refusal(root: &Table<'_, '_>) -> Option<RefusalRule> {
    let table = root.need("refusal")?.table()?;
    let approval = table.need("approval").and_then(|node| node.word(APPROVAL));
    let grounds = table.need("grounds").and_then(|node| {
        let grounds = node.each(ground)?;
        let ids: Vec<&str> = grounds.iter().map(|ground| ground.id.as_str()).collect();
        distinct(&node, &ids)?;
        Some(grounds)
    });
    table.finish();
    Some(RefusalRule { approval: approval?, grounds: grounds? })
}

fn ground(node: &Node<'_, '_>) -> Option<Ground> {
    let table = node.table()?;
    let id = table.need("id").and_then(|node| name(&node));
    let ask_first = flag_or_false(&table, "ask_first");
    let wait = table.get("wait").map_or(Some(None), |node| amount(&node).map(Some));
    let must_name =
        table.get("must_name").map_or(Some(false), |node| node.word(&[("who_can_help", true)]));
    table.finish();
    let (ask_first, wait) = (ask_first?, wait?);
    if ask_first != wait.is_some() {
        node.problem(format!("`{}`: `ask_first` and `wait` belong together", node.path));
        return None;
    }
    Some(Ground { id: id?, ask_first, wait, must_name_who_can_help: must_name? })
}

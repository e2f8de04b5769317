//! Checks departments, routes, channels, promises and authority against each other.
//! Must not look at texts.

use redress_calendar::Amount;

use super::{
    super::model::{Authority, KeptBy, PromiseOwner, WarnTo, WayBack},
    Subject,
};
use crate::kinds::{About, ChannelKind, DepartmentId};

pub(super) fn check(subject: &Subject<'_>) {
    departments(subject);
    references(subject);
    routes(subject);
    channels(subject);
    promises(subject);
    pause(subject);
    authority(subject);
}

fn departments(subject: &Subject<'_>) {
    let Subject { policy, reader, .. } = subject;
    let at = reader.spot("departments");
    let receiving = policy.departments.iter().filter(|department| department.receives).count();
    if receiving != 1 {
        reader.problem_with_hint(
            at,
            format!("exactly one department must receive, but {receiving} do"),
            "set `receives = true` on one department".to_owned(),
        );
    }
    if !policy.departments.iter().any(|department| department.closes) {
        reader.problem_with_hint(
            at,
            "no department closes complaints".to_owned(),
            "set `closes = true` on a department".to_owned(),
        );
    }
    for department in &policy.departments {
        let id = &department.id;
        let routes = &policy.handover.routes;
        let reached = routes.iter().any(|route| route.to == *id || route.join.contains(id));
        if !(reached || department.receives || department.closes) {
            reader.problem_with_hint(
                reader.spot(&format!("departments.{id}")),
                format!("no route reaches the department `{id}`"),
                "name it in `handover.routes`, or take it out".to_owned(),
            );
        }
    }
}

fn references(subject: &Subject<'_>) {
    let policy = subject.policy;
    for (nth, route) in policy.handover.routes.iter().enumerate() {
        known(subject, &route.to, &format!("handover.routes[{nth}].to"));
        for (inner, join) in route.join.iter().enumerate() {
            known(subject, join, &format!("handover.routes[{nth}].join[{inner}]"));
            if *join == route.to {
                let at = subject.reader.spot(&format!("handover.routes[{nth}].join[{inner}]"));
                subject.reader.problem(at, format!("`{join}` leads this route, it cannot join it"));
            }
        }
    }
    for (nth, promise) in policy.promises.iter().enumerate() {
        if let PromiseOwner::Department(id) = &promise.owner {
            known(subject, id, &format!("promises[{nth}].owner"));
        }
    }
    for (nth, authority) in policy.decision.authority.iter().enumerate() {
        if let Authority::HeadOf(id) = authority {
            known(subject, id, &format!("decision.authority[{nth}].of"));
        }
    }
}

fn known(subject: &Subject<'_>, id: &DepartmentId, path: &str) {
    if subject.policy.department(id).is_some() {
        return;
    }
    let names: Vec<&str> = subject.policy.departments.iter().map(|d| d.id.as_str()).collect();
    let at = subject.reader.spot(path);
    let hint = format!("the departments are: {}", names.join(", "));
    subject.reader.problem_with_hint(at, format!("`{path}`: there is no department `{id}`"), hint);
}

fn routes(subject: &Subject<'_>) {
    let routes = &subject.policy.handover.routes;
    for about in About::ALL {
        let count = routes.iter().filter(|route| route.about == *about).count();
        if count != 1 {
            subject.reader.problem(
                subject.reader.spot("handover.routes"),
                format!("there must be one route for `{about}`, but there are {count}"),
            );
        }
    }
}

fn channels(subject: &Subject<'_>) {
    let Subject { policy, reader, .. } = subject;
    if policy.channel(ChannelKind::Web).is_none() {
        reader.problem(reader.spot("channels"), "the channel `web` is missing".to_owned());
    }
    for rule in &policy.channels {
        let reaches = rule.answer.iter().any(|way| *way != WayBack::Wish);
        if !reaches {
            reader.problem_with_hint(
                reader.spot(&format!("channels.{}.answer", rule.kind)),
                format!("the channel `{}` has no way back but a wish", rule.kind),
                "name at least one channel after `wish`".to_owned(),
            );
        }
    }
}

fn pause(subject: &Subject<'_>) {
    let Subject { policy, reader, .. } = subject;
    let unknown = |id: &&String| !policy.promises.iter().any(|rule| rule.id == **id);
    for id in policy.pause.promises.iter().filter(|_| policy.pause.allowed).filter(unknown) {
        let names: Vec<&str> = policy.promises.iter().map(|rule| rule.id.as_str()).collect();
        reader.problem_with_hint(
            reader.spot("pause.promises"),
            format!("`pause.promises`: there is no promise `{id}`"),
            format!("the promises are: {}", names.join(", ")),
        );
    }
}

fn promises(subject: &Subject<'_>) {
    let Subject { policy, reader, .. } = subject;
    for round in 1..=policy.rounds.max {
        let of_round = || policy.promises.iter().filter(|rule| rule.rounds.contains(&round));
        if !of_round().any(|rule| rule.kept_by == KeptBy::ResultSent) {
            reader.problem_with_hint(
                reader.spot("rounds.max"),
                format!("no promise says when the result of round {round} is sent"),
                format!("add a promise with `rounds = [{round}]` and `kept_by = \"result-sent\"`"),
            );
        }
    }
    for (nth, promise) in policy.promises.iter().enumerate() {
        for (inner, round) in promise.rounds.iter().enumerate() {
            let at = reader.spot(&format!("promises[{nth}].rounds[{inner}]"));
            if *round > policy.rounds.max {
                reader.problem(at, format!("there is no round {round}; `rounds.max` ends before"));
            }
            let earlier = policy.promises.iter().take(nth);
            if earlier.clone().any(|other| other.id == promise.id && other.rounds.contains(round)) {
                reader.problem(at, format!("`{}` of round {round} is promised twice", promise.id));
            }
        }
    }
}

/// A promise of elapsed hours runs at night too, so somebody is warned at night too (A3): a pack
/// that says otherwise would not do what it says.
pub(super) fn elapsed(subject: &Subject<'_>) {
    let reader = subject.reader;
    for (nth, promise) in subject.policy.promises.iter().enumerate() {
        if !matches!(promise.within, Amount::Elapsed(_)) {
            continue;
        }
        let id = &promise.id;
        if !promise.warn.at_once {
            reader.problem_with_hint(
                reader.spot(&format!("promises[{nth}].warn.when")),
                format!("`{id}` counts elapsed time, so its warnings cannot wait for working time"),
                "write `when = \"at-once\"`, or count it in working time or in days".to_owned(),
            );
        }
        if !promise.warn.to.contains(&WarnTo::Duty) {
            let message = format!(
                "`{id}` counts elapsed time, so each of its warnings reaches the person on duty \
                 too, though `to` does not name `duty`"
            );
            reader.warning(reader.spot(&format!("promises[{nth}].warn.to")), message);
        }
    }
}

/// Every unit that verifies needs somebody who may decide for it.
fn authority(subject: &Subject<'_>) {
    let Subject { policy, reader, .. } = subject;
    let authority = &policy.decision.authority;
    if authority.contains(&Authority::Director) {
        return;
    }
    for (nth, route) in policy.handover.routes.iter().enumerate() {
        if !authority.contains(&Authority::HeadOf(route.to.clone())) {
            reader.problem(
                reader.spot(&format!("handover.routes[{nth}].to")),
                format!("nobody in `decision.authority` may decide what `{}` verifies", route.to),
            );
        }
    }
}

//! Says the rules of the process: hand-over, refusal, decision, rounds.
//! Must not say time limits of promises.

use super::{Speaker, paths::yes};
use crate::{
    kinds::About,
    policy::model::{
        AfterWait, AgainFrom, ApprovalRule, Authority, Ground, HandoverBy, IfNobody, InformRole,
        LateObjection, Route, Silence,
    },
};

const fn approval_word(rule: ApprovalRule) -> &'static str {
    match rule {
        ApprovalRule::OtherPerson => "other-person",
        ApprovalRule::Authority => "authority",
    }
}

const fn late_word(late: LateObjection) -> &'static str {
    match late {
        LateObjection::Director => "director",
        LateObjection::Refuse => "refuse",
    }
}

impl Speaker<'_> {
    pub(super) fn handover(&self, path: &[&str]) -> Option<Result<String, String>> {
        let rule = &self.policy.handover;
        match path {
            ["inform"] => Some(self.word(
                "handover.inform",
                match rule.inform {
                    InformRole::Director => "director",
                    InformRole::Receiving => "receiving",
                },
            )),
            ["by"] => {
                let words: Vec<&str> = rule
                    .by
                    .iter()
                    .map(|by| match by {
                        HandoverBy::Director => "director",
                        HandoverBy::Deputy => "deputy",
                        HandoverBy::Receiving => "receiving",
                    })
                    .collect();
                Some(self.words("handover.by", &words, Self::list_or))
            }
            ["wait"] => Some(self.amount(rule.wait)),
            ["then"] => Some(self.word(
                "handover.then",
                match rule.then {
                    AfterWait::Route => "route",
                    AfterWait::Stay => "stay",
                },
            )),
            ["safety_waits"] => Some(self.word("handover.safety_waits", yes(rule.safety_waits))),
            ["routes", about] => {
                let about: About = about.parse().ok()?;
                Some(self.route(rule.routes.iter().find(|route| route.about == about)?))
            }
            _ => None,
        }
    }

    pub(in super::super) fn route(&self, route: &Route) -> Result<String, String> {
        let to = self.department(&route.to)?;
        if route.join.is_empty() {
            return Ok(to);
        }
        let join = self.departments(&route.join)?;
        self.inner_with("value.handover.routes.joined", &[("to", &to), ("join", &join)])
    }

    pub(super) fn refusal(&self, path: &[&str]) -> Option<Result<String, String>> {
        let rule = &self.policy.refusal;
        let find = |id: &str| rule.grounds.iter().find(|ground| ground.id == id);
        match path {
            ["approval"] => Some(self.word("refusal.approval", approval_word(rule.approval))),
            ["grounds"] => {
                let names: Result<Vec<_>, _> =
                    rule.grounds.iter().map(|ground| self.ground(&ground.id)).collect();
                Some(names.map(|names| self.list_or(&names)))
            }
            ["grounds", id] => Some(self.ground(&find(id)?.id)),
            ["grounds", id, "wait"] => find(id)?.wait.map(|wait| self.amount(wait)),
            ["grounds", id, "needs"] => Some(self.ground_needs(find(id)?)),
            _ => None,
        }
    }

    pub(in super::super) fn ground(&self, id: &str) -> Result<String, String> {
        self.inner(&format!("ground.{id}"))
    }

    /// What a refusal on this ground needs beyond its reasons.
    pub(in super::super) fn ground_needs(&self, ground: &Ground) -> Result<String, String> {
        let mut needs = Vec::new();
        if let Some(wait) = ground.wait {
            let wait = self.amount(wait)?;
            needs.push(self.inner_with("value.refusal.needs.ask-first", &[("wait", &wait)])?);
        }
        if ground.must_name_who_can_help {
            needs.push(self.word("refusal.needs", "who-can-help")?);
        }
        if needs.is_empty() { self.word("refusal.needs", "reasons") } else { Ok(self.list(&needs)) }
    }

    pub(super) fn decision(&self, path: &[&str]) -> Option<Result<String, String>> {
        let rule = &self.policy.decision;
        match path {
            ["approval"] => Some(self.word("decision.approval", approval_word(rule.approval))),
            ["authority"] => {
                let names: Result<Vec<_>, _> =
                    rule.authority.iter().map(|authority| self.authority(authority)).collect();
                Some(names.map(|names| self.list(&names)))
            }
            _ => None,
        }
    }

    pub(in super::super) fn authority(&self, authority: &Authority) -> Result<String, String> {
        match authority {
            Authority::HeadOf(id) => {
                let department = self.department(id)?;
                self.inner_with("value.decision.authority.head", &[("department", &department)])
            }
            Authority::Director => self.word("decision.authority", "director"),
        }
    }

    pub(super) fn rounds(&self, path: &[&str]) -> Option<Result<String, String>> {
        let rule = &self.policy.rounds;
        match path {
            ["max"] => Some(self.counted("unit.rounds", i64::from(rule.max))),
            ["again_from"] => Some(self.word(
                "rounds.again_from",
                match rule.again_from {
                    AgainFrom::Handover => "handover",
                    AgainFrom::Verification => "verification",
                },
            )),
            ["other_people"] => {
                let word = match (rule.other_verifier, rule.other_decider) {
                    (true, true) => "both",
                    (true, false) => "verifier",
                    (false, true) => "decider",
                    (false, false) => "nobody",
                };
                Some(self.word("rounds.other_people", word))
            }
            ["if_nobody"] => Some(self.word(
                "rounds.if_nobody",
                match rule.if_nobody {
                    IfNobody::Director => "director",
                    IfNobody::Refuse => "refuse",
                },
            )),
            ["after_last"] => Some(self.word("rounds.after_last", late_word(rule.after_last))),
            ["objection", "within"] => Some(self.amount(rule.objection.within)),
            ["objection", "silence"] => Some(self.word(
                "rounds.objection.silence",
                match rule.objection.silence {
                    Silence::Close => "close",
                    Silence::Stay => "stay",
                },
            )),
            ["objection", "late"] => {
                Some(self.word("rounds.objection.late", late_word(rule.objection.late)))
            }
            _ => None,
        }
    }
}

//! Says the timed promises: how long, who answers, what keeps them, who is warned.
//! Must not compute with them.

use super::Speaker;
use crate::policy::model::{KeptBy, PromiseOwner, PromiseRule, WarnTo};

/// The word of the pack for a warned person.
pub(in super::super) const fn warn_to_word(to: WarnTo) -> &'static str {
    match to {
        WarnTo::Duty => "duty",
        WarnTo::Holder => "holder",
        WarnTo::Head => "head",
        WarnTo::Director => "director",
    }
}

impl Speaker<'_> {
    pub(super) fn promise(&self, path: &[&str]) -> Option<Result<String, String>> {
        let (id, rest) = path.split_first()?;
        let (round, field) = match rest {
            [field] => (1, *field),
            [round, field] => (round.parse().ok()?, *field),
            _ => return None,
        };
        let rule = self.policy.promise(id, round)?;
        match field {
            "within" => Some(self.amount(rule.within)),
            "owner" => Some(self.promise_owner(rule)),
            "kept_by" => Some(self.kept_by(rule)),
            "from" => Some(self.word("promises.from", "request")),
            "warn" => Some(self.warnings(rule)),
            _ => None,
        }
    }

    pub(in super::super) fn promise_owner(&self, rule: &PromiseRule) -> Result<String, String> {
        match &rule.owner {
            PromiseOwner::Department(id) => self.department(id),
            PromiseOwner::Holder => self.word("promises.owner", "holder"),
        }
    }

    pub(in super::super) fn kept_by(&self, rule: &PromiseRule) -> Result<String, String> {
        let word = match rule.kept_by {
            KeptBy::PersonReply => "person-reply",
            KeptBy::AnyReply => "any-reply",
            KeptBy::ResultSent => "result-sent",
        };
        self.word("promises.kept_by", word)
    }

    pub(in super::super) fn within(&self, rule: &PromiseRule) -> Result<String, String> {
        self.amount(rule.within)
    }

    pub(in super::super) fn warnings(&self, rule: &PromiseRule) -> Result<String, String> {
        let when = if rule.warn.at_once { "at-once" } else { "working-time" };
        let rows: Result<Vec<String>, String> = rule
            .warn
            .at_permille
            .iter()
            .zip(&rule.warn.to)
            .map(|(permille, to)| {
                let part = match permille % 10 {
                    0 => String::new(),
                    tenth => format!(",{tenth}"),
                };
                let to = self.word("warn-to", warn_to_word(*to))?;
                Ok(format!("{}{part}%: {to}", permille / 10))
            })
            .collect();
        Ok(format!("{} ({})", rows?.join("; "), self.word("promises.warn", when)?))
    }
}

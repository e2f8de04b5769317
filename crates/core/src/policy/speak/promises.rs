//! Says the timed promises: how long, who answers, what keeps them, who is warned.
//! Must not compute with them.

use super::Speaker;
use crate::policy::model::{KeptBy, PromiseOwner, PromiseRule, WarnTo};

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

    /// Whom a warning reaches, in words.
    pub(super) fn warned(&self, to: WarnTo) -> Result<String, String> {
        match to {
            // Packs have these words already, where they say who hands over.
            WarnTo::Deputy => self.word("handover.by", "deputy"),
            WarnTo::Duty | WarnTo::Holder | WarnTo::Head | WarnTo::Director => {
                self.word("warn-to", to.as_str())
            }
        }
    }

    pub(in super::super) fn within(&self, rule: &PromiseRule) -> Result<String, String> {
        self.amount(rule.within)
    }

    pub(in super::super) fn warnings(&self, rule: &PromiseRule) -> Result<String, String> {
        let when = if rule.warns_at_once() { "at-once" } else { "working-time" };
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
                let to = self.warned(*to)?;
                Ok(format!("{}{part}%: {to}", permille / 10))
            })
            .collect();
        Ok(format!("{} ({})", rows?.join("; "), self.word("promises.warn", when)?))
    }
}

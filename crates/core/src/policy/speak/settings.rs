//! Says the smaller settings: archive, limits, calendar, who may, notices, pause, safety.
//! Must not say rules of the process.

use super::{Speaker, names::date, paths::yes};
use crate::policy::model::WithoutContact;

impl Speaker<'_> {
    pub(super) fn bounds(&self, path: &[&str]) -> Option<Result<String, String>> {
        let (archive, limits) = (&self.policy.archive, &self.policy.limits);
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        match path {
            ["archive", "years"] => Some(self.counted("unit.years", i64::from(archive.years))),
            ["archive", "safety_years"] => {
                Some(self.counted("unit.years", i64::from(archive.safety_years)))
            }
            ["limits", "text_chars"] => Some(self.counted("unit.chars", count(limits.text_chars))),
            ["limits", "files"] => Some(self.counted("unit.files", count(limits.files))),
            ["limits", "file_bytes"] => Some(self.bytes(limits.file_bytes)),
            ["limits", "public_per_minute"] => Some(match limits.public_per_minute {
                0 => self.word("limits.public_per_minute", "unlimited"),
                limit => self.counted("unit.per-minute", i64::from(limit)),
            }),
            _ => None,
        }
    }

    pub(super) fn calendar(&self, path: &[&str]) -> Option<Result<String, String>> {
        let calendar = &self.policy.calendar;
        match path {
            ["name"] => Some(Ok(calendar.id().name.clone())),
            ["id"] => Some(Ok(calendar.id().to_string())),
            ["week"] => Some(self.week(&self.policy.week.rows)),
            ["swaps"] => Some(self.word("calendar.swaps", yes(self.policy.week.swaps))),
            ["disputed_in_lieu"] => {
                let stated = self.policy.week.disputed_in_lieu?;
                Some(self.word("calendar.disputed_in_lieu", yes(stated)))
            }
            ["women_only"] => {
                let stated = self.policy.week.women_only?;
                Some(self.word("calendar.women_only", yes(stated)))
            }
            ["until"] => Some(Ok(date(calendar.covers().1))),
            ["moves", "later"] => {
                let word = if self.policy.moves.later { "allowed" } else { "never" };
                Some(self.word("calendar.moves.later", word))
            }
            ["moves", "tell_complainant"] => {
                let word = yes(self.policy.moves.tell_complainant);
                Some(self.word("calendar.moves.tell_complainant", word))
            }
            _ => None,
        }
    }

    /// Whether promises may stand still; if so, which of them and for what.
    fn pause(&self) -> Result<String, String> {
        let rule = &self.policy.pause;
        if !rule.allowed {
            return self.word("pause.allowed", "no");
        }
        let promises: Result<Vec<String>, String> =
            rule.promises.iter().map(|id| self.inner(&format!("promise.{id}"))).collect();
        let categories: Vec<&str> = rule.categories.iter().map(|word| word.as_str()).collect();
        let categories = self.words("pause.categories", &categories, Self::list_or)?;
        self.inner_with(
            "value.pause.allowed.yes",
            &[("promises", &self.list(&promises?)), ("categories", &categories)],
        )
    }

    pub(super) fn settings(&self, path: &[&str]) -> Option<Result<String, String>> {
        let policy = self.policy;
        match path {
            ["who", "may"] => {
                let words: Vec<&str> = policy.who.may.iter().map(|who| who.as_str()).collect();
                Some(self.words("who.may", &words, Self::list))
            }
            ["who", "without_contact"] => {
                let word = match policy.who.without_contact {
                    WithoutContact::Danger => "danger",
                    WithoutContact::Never => "never",
                    WithoutContact::Always => "always",
                };
                Some(self.word("who.without_contact", word))
            }
            ["notices", "join"] => {
                let word = if policy.notices.suggest_joining { "suggest" } else { "never" };
                Some(self.word("notices.join", word))
            }
            ["notices", "ask_again"] => {
                let word = if policy.notices.refuse_asking_again { "refuse" } else { "allow" };
                Some(self.word("notices.ask_again", word))
            }
            ["pause", "allowed"] => Some(self.pause()),
            ["safety", "refuse"] => Some(self.word("safety.refuse", yes(policy.safety.may_refuse))),
            ["safety", "auto_close"] => {
                Some(self.word("safety.auto_close", yes(policy.safety.auto_close)))
            }
            ["safety", "page"] => Some(self.warned(policy.safety.page)),
            _ => None,
        }
    }
}

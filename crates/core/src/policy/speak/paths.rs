//! What each placeholder path means: the first part says which rules it names.
//! Must not compute deadlines or routes; it only says what stands in the rules.

use super::Speaker;

/// The word of the pack for yes or no.
pub(super) const fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

impl Speaker<'_> {
    /// Says what `path` names in the rules.
    pub(super) fn resolve(&self, path: &str) -> Result<String, String> {
        let parts: Vec<&str> = path.split('.').collect();
        let said = match parts.split_first() {
            Some((&"company", rest)) => self.company(rest),
            Some((&"promises", rest)) => self.promise(rest),
            Some((&("departments" | "channels"), _)) => self.names(&parts),
            Some((&"handover", rest)) => self.handover(rest),
            Some((&"refusal", rest)) => self.refusal(rest),
            Some((&"decision", rest)) => self.decision(rest),
            Some((&"rounds", rest)) => self.rounds(rest),
            Some((&("archive" | "limits"), _)) => self.bounds(&parts),
            Some((&"calendar", rest)) => self.calendar(rest),
            Some((&("who" | "notices" | "pause" | "safety"), _)) => self.settings(&parts),
            Some(_) | None => self.facts(&parts),
        };
        said.unwrap_or_else(|| Err(format!("`{{{path}}}` names nothing in the policy")))
    }

    pub(super) fn word(&self, path: &str, word: &str) -> Result<String, String> {
        self.inner(&format!("value.{path}.{word}"))
    }

    pub(super) fn words(
        &self,
        path: &str,
        words: &[&str],
        list: fn(&Self, &[String]) -> String,
    ) -> Result<String, String> {
        let said: Result<Vec<_>, _> = words.iter().map(|word| self.word(path, word)).collect();
        Ok(list(self, &said?))
    }
}

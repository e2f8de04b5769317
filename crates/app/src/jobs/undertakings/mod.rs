//! Telling of undertakings by e-mail: owner and complainant when one is made, moved or cancelled,
//! with its calendar entry; the owner before it falls due; owner and head once it is overdue.
//! Must not keep a promise of the policy: nobody wrote these words.

mod letters;

use jiff::Timestamp;
use redress_channels::next_try;
use redress_core::{
    complaint::{state::Undertaking, vocabulary::UndertakingOutcome},
    id::UndertakingId,
};
use redress_store::{Claim, ClaimKind, OutboxItem};

use self::letters::{attached, first_language, news};
use crate::{App, AppError, Loaded, secret::sha256, view::Viewer};

/// The step of a reminder once it is overdue.
const OVERDUE: u8 = 2;
/// The side of the complainant, in claims.
const COMPLAINANT: &str = "complainant";

impl App {
    /// Tells both sides how an undertaking stands now, each once; answers when to try again.
    pub(super) async fn tell_undertaking(
        &self,
        item: &OutboxItem,
        id: &str,
        sequence: Option<usize>,
        complainant_only: bool,
    ) -> Result<Option<Timestamp>, AppError> {
        let id: UndertakingId = id.parse().map_err(AppError::broken)?;
        let loaded = self.load_id(&item.complaint).await?;
        let undertaking = named(&loaded, id)?;
        // The work of what came after tells it. What was settled needs no appointment any more.
        let overtaken = sequence.is_some_and(|sequence| sequence < undertaking.sequence());
        if overtaken || undertaking.ended.is_some_and(|end| end != UndertakingOutcome::Cancelled) {
            return Ok(None);
        }
        let owner = if complainant_only {
            None
        } else {
            self.tell_owner(item, &loaded, undertaking).await?
        };
        let complainant = self.tell_complainant(item, &loaded, undertaking).await?;
        Ok(self.try_again(item, owner.into_iter().chain(complainant).min()))
    }

    async fn tell_owner(
        &self,
        item: &OutboxItem,
        loaded: &Loaded,
        undertaking: &Undertaking,
    ) -> Result<Option<Timestamp>, AppError> {
        let members = self.members().await?;
        let Some(owner) = members.iter().find(|member| member.id == undertaking.owner) else {
            return Ok(None);
        };
        let side = owner.id.to_string();
        let known = self.knows(item, undertaking, &side).await?;
        let (lang, id) = (first_language(loaded), undertaking.id);
        let file = self.calendar_entry(loaded, id, Viewer::Staff, lang, Some(&owner.email))?;
        let mut letter = self.colleague(loaded, undertaking, owner, news(undertaking, known));
        letter.attachments.push(attached(file));
        self.hand_claimed(
            &letter,
            told_of(item, (undertaking.id, undertaking.sequence()), &side),
            &format!("{}-o", item.id),
            &side,
        )
        .await
    }

    /// Tells the complainant, unless the answer this is a remedy of did not reach them yet: then
    /// they hear of it with that answer.
    async fn tell_complainant(
        &self,
        item: &OutboxItem,
        loaded: &Loaded,
        undertaking: &Undertaking,
    ) -> Result<Option<Timestamp>, AppError> {
        let known = self.knows(item, undertaking, COMPLAINANT).await?;
        if !known && !loaded.complaint.is_announced(undertaking) {
            return Ok(None);
        }
        let news = news(undertaking, known);
        let Some(letter) = self.complainant(loaded, undertaking, news).await? else {
            return Ok(None);
        };
        self.hand_claimed(
            &letter,
            told_of(item, (undertaking.id, undertaking.sequence()), COMPLAINANT),
            &format!("{}-c", item.id),
            COMPLAINANT,
        )
        .await
    }

    /// Whether a side was told of an undertaking as it stood at any time before.
    async fn knows(
        &self,
        item: &OutboxItem,
        undertaking: &Undertaking,
        side: &str,
    ) -> Result<bool, AppError> {
        for sequence in (0..undertaking.sequence()).rev() {
            let told = told_of(item, (undertaking.id, sequence), side);
            if self.store.claim(told.kind, &told.key, self.world.now()).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// When a busy mail server is tried again: not for ever, as with every letter.
    fn try_again(&self, item: &OutboxItem, not_before: Option<Timestamp>) -> Option<Timestamp> {
        let attempts = u32::try_from(item.attempts).unwrap_or(u32::MAX);
        let again = next_try(not_before?, self.world.now(), attempts);
        if again.is_none() {
            tracing::warn!(job = %item.kind, complaint.id = %item.complaint, attempts, "a letter about an undertaking is given up: the mail server stayed busy");
        }
        again
    }

    /// Reminds the owner, and the head of the unit once it is overdue.
    pub(super) async fn remind(
        &self,
        item: &OutboxItem,
        (id, step): (&str, u8),
    ) -> Result<Option<Timestamp>, AppError> {
        let id: UndertakingId = id.parse().map_err(AppError::broken)?;
        let loaded = self.load_id(&item.complaint).await?;
        let undertaking = named(&loaded, id)?;
        // Moved or settled since: there is nothing to remind of.
        if undertaking.ended.is_some() || undertaking.reminded != step {
            return Ok(None);
        }
        let overdue = step >= OVERDUE;
        let mut told = self.members().await?;
        told.retain(|member| member.id == undertaking.owner);
        // Whose account is closed keeps no undertaking: then the head must know in any case.
        if overdue || told.is_empty() {
            let heads = self.heads_for(&loaded).await?.into_iter();
            told.extend(heads.filter(|head| head.id != undertaking.owner));
        }
        let news = if overdue { "overdue" } else { "before" };
        let mut later = None;
        for member in &told {
            let letter = self.colleague(&loaded, undertaking, member, news);
            let again = self.hand_once(&letter, member, item).await?;
            later = later.into_iter().chain(again).min();
        }
        Ok(self.try_again(item, later))
    }
}

/// Says that a side was told of an undertaking as it stood after so many changes. It stays as
/// long as the undertaking may change, which nothing bounds.
fn told_of(item: &OutboxItem, (id, sequence): (UndertakingId, usize), side: &str) -> Claim {
    let key = format!("undertaking\n{}\n{id}\n{sequence}\n{side}", item.complaint);
    Claim {
        kind: ClaimKind::Once,
        key: sha256(key.as_bytes()).to_vec(),
        owner: item.id.clone(),
        fingerprint: vec![],
        answer: None,
        expires_at: None,
    }
}

fn named(loaded: &Loaded, id: UndertakingId) -> Result<&Undertaking, AppError> {
    let found = loaded.complaint.undertakings.iter().find(|undertaking| undertaking.id == id);
    found.ok_or_else(|| AppError::broken("an undertaking vanished"))
}

#[cfg(test)]
mod tests {
    use crate::record::Job;

    #[test]
    fn work_that_an_older_program_left_is_read() {
        let old = r#"{"effect":"tell-undertaking","undertaking":"und_1"}"#;
        let job: Job = serde_json::from_str(old).expect("it is read");
        let undertaking = "und_1".to_owned();
        let same = Job::TellUndertaking { undertaking, sequence: None, complainant_only: false };
        assert_eq!(job, same);
    }
}

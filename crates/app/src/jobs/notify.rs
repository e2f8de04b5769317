//! Telling colleagues by e-mail: the Director of every complaint, the person on duty, a unit, the
//! ladder of warnings. The desk shows all of it anyway; without a mail server nothing is lost.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use redress_channels::{Handover, IdempotencyKey, Letter};
use redress_core::{
    complaint::people::Member,
    kinds::{ChannelKind, DepartmentId},
};
use redress_store::{Claim, ClaimKind, OutboxItem, Write};

use super::rungs::Rungs;
use crate::{App, AppError, Loaded, letters, row, secret::sha256};

/// How long it is known whom a piece of work reached; longer than it is ever tried again.
const TOLD_LIFE: SignedDuration = SignedDuration::from_hours(24 * 31);

/// Whom a notice is for.
pub(super) enum Whom {
    /// Whoever the policy informs of every complaint.
    Informed,
    /// The person on duty.
    Duty,
    /// A unit.
    Unit(String),
    /// Whoever holds the complaint.
    Holder,
    /// The head of the unit that has it.
    Head,
    /// The rungs of a ladder: `duty`, `holder`, `head`, `deputy`, `director`.
    Ladder {
        /// The promise that runs out.
        promise: String,
        /// Its round.
        round: u8,
        /// The step.
        step: u8,
        /// The rungs.
        to: Vec<String>,
    },
}

impl App {
    /// Writes to colleagues; answers when to try again.
    pub(super) async fn notify(
        &self,
        complaint: &str,
        name: &str,
        whom: Whom,
        item: &OutboxItem,
    ) -> Result<Option<Timestamp>, AppError> {
        if self.channels.get(ChannelKind::Email).is_none() {
            return Ok(None);
        }
        let loaded = self.load_id(complaint).await?;
        // What comes after closing, a late objection or a returned answer, is heard all the same.
        if !loaded.complaint.stage.is_open() && !matches!(whom, Whom::Informed) {
            return Ok(None);
        }
        if matches!(whom, Whom::Holder) && !loaded.pack.policy.moves.stated {
            return Ok(None); // Such a pack has no words for it; the desk shows it.
        }
        if let Whom::Ladder { promise, round, step, .. } = &whom
            && is_overtaken(&loaded, (promise, *round), *step)
        {
            return Ok(None);
        }
        let mut later: Option<Timestamp> = None;
        for member in self.recipients(&loaded, &whom).await? {
            let again = self.tell(&loaded, (name, &whom), &member, item).await?;
            later = [later, again].into_iter().flatten().min();
        }
        Ok(later)
    }

    /// Writes to one colleague, unless this very piece of work reached them before; answers when to
    /// try again.
    async fn tell(
        &self,
        loaded: &Loaded,
        (name, whom): (&str, &Whom),
        member: &Member,
        item: &OutboxItem,
    ) -> Result<Option<Timestamp>, AppError> {
        let letter = self.notice(loaded, name, member, whom).await?;
        self.hand_once(&letter, member, item).await
    }

    /// Hands a letter to a colleague, unless this very piece of work reached them before; answers
    /// when to try again.
    pub(crate) async fn hand_once(
        &self,
        letter: &Letter,
        member: &Member,
        item: &OutboxItem,
    ) -> Result<Option<Timestamp>, AppError> {
        let told = told(item, member, self.world.now());
        self.hand_claimed(letter, told, &letter_key(item, member), &member.id.to_string()).await
    }

    /// Hands a letter over, unless the claim that says it arrived stands already; answers when to
    /// try again. Without a mail server the pages show it all the same.
    pub(super) async fn hand_claimed(
        &self,
        letter: &Letter,
        told: Claim,
        key: &str,
        whom: &str,
    ) -> Result<Option<Timestamp>, AppError> {
        let Some(channel) = self.channels.get(ChannelKind::Email) else { return Ok(None) };
        let now = self.world.now();
        if self.store.claim(told.kind, &told.key, now).await?.is_some() {
            return Ok(None);
        }
        let key = IdempotencyKey::parse(key).map_err(AppError::broken)?;
        match channel.hand_over(letter, &key, now).await {
            Handover::Busy { not_before } => Ok(Some(not_before)),
            Handover::Refused { reason } => {
                tracing::warn!(whom, reason = ?reason.word, "somebody cannot be reached by e-mail");
                Ok(None)
            }
            Handover::Accepted { .. } | Handover::Unknown => {
                self.store.write(Write::Claim { claim: told, now }).await?;
                Ok(None)
            }
        }
    }

    /// The head of the unit that has the complaint, or whoever stands above.
    pub(super) async fn heads_for(&self, loaded: &Loaded) -> Result<Vec<Member>, AppError> {
        self.recipients(loaded, &Whom::Head).await
    }

    async fn recipients(&self, loaded: &Loaded, whom: &Whom) -> Result<Vec<Member>, AppError> {
        let members = self.members().await?;
        let policy = &loaded.pack.policy;
        let unit = row::department(&loaded.complaint, policy);
        let rungs = Rungs {
            members: &members,
            on_duty: self.on_duty().await?.members,
            unit: DepartmentId::parse(&unit),
            receiving: &policy.receiving().id,
            verifier: loaded.complaint.round().verifier,
        };
        let mut chosen = match whom {
            Whom::Informed if redress_core::complaint::informs(policy) == "director" => {
                rungs.directors()
            }
            Whom::Informed => rungs.of_unit(&unit),
            // Of danger the Director hears as well, whoever the roster names.
            Whom::Duty if loaded.complaint.safety => [rungs.on_duty(), rungs.directors()].concat(),
            Whom::Duty => rungs.on_duty(),
            Whom::Unit(unit) => rungs.of_unit(unit),
            Whom::Holder => rungs.on("holder"),
            Whom::Head => rungs.on("head"),
            Whom::Ladder { to, .. } => to.iter().flat_map(|rung| rungs.on(rung)).collect(),
        };
        let mut seen = BTreeSet::new();
        chosen.retain(|member| seen.insert(member.id));
        Ok(chosen)
    }

    async fn notice(
        &self,
        loaded: &Loaded,
        name: &str,
        member: &Member,
        whom: &Whom,
    ) -> Result<Letter, AppError> {
        let lang =
            loaded.pack.policy.languages.first().copied().unwrap_or(loaded.complaint.language);
        let warned = match whom {
            Whom::Ladder { promise, round, .. } => Some((promise.as_str(), *round)),
            Whom::Informed | Whom::Duty | Whom::Unit(_) | Whom::Holder | Whom::Head => None,
        };
        let values = match whom {
            Whom::Holder => self.moved_values(loaded, lang).await?,
            Whom::Informed | Whom::Duty | Whom::Unit(_) | Whom::Head | Whom::Ladder { .. } => {
                self.notice_values(loaded, warned, lang).await?
            }
        };
        let rendered = letters::render(&loaded.pack, name, lang, &values)?;
        Ok(Letter {
            to: member.email.clone(),
            to_name: Some(member.name.clone()),
            subject: rendered.subject,
            text: rendered.text,
            lang,
            in_reply_to: None,
            attachments: vec![],
            automatic: true,
        })
    }
}

/// Whether a warning says nothing any more: a later step has its own, which reaches everybody whom
/// this one would, or the promise was kept meanwhile.
fn is_overtaken(loaded: &Loaded, (id, round): (&str, u8), step: u8) -> bool {
    let mut promises = loaded.complaint.promises.iter();
    let promise = promises.find(|promise| promise.set.promise == id && promise.set.round == round);
    promise.is_some_and(|promise| {
        !promise.is_running() || step > 0 && promise.warned > usize::from(step)
    })
}

/// Says that a piece of work reached a colleague, so that another try leaves them alone.
fn told(item: &OutboxItem, member: &Member, now: Timestamp) -> Claim {
    Claim {
        kind: ClaimKind::Once,
        key: sha256(format!("told\n{}\n{}", item.id, member.id).as_bytes()).to_vec(),
        owner: item.id.clone(),
        fingerprint: vec![],
        answer: None,
        expires_at: now.checked_add(TOLD_LIFE).ok(),
    }
}

/// The key of one letter to one colleague.
fn letter_key(item: &OutboxItem, member: &Member) -> String {
    // The end of an id is chance; its beginning is the time, which colleagues share.
    let id = member.id.to_string();
    format!("{}-{}", item.id, id.rsplit('-').next().unwrap_or(&id))
}

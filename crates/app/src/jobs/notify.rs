//! Telling colleagues by e-mail: the Director of every complaint, the person on duty, a unit, the
//! ladder of warnings. The desk shows all of it anyway; without a mail server nothing is lost.

use std::collections::BTreeSet;

use jiff::Timestamp;
use redress_channels::{Handover, IdempotencyKey, Letter};
use redress_core::{
    complaint::people::Member,
    kinds::{ChannelKind, Role},
};
use redress_store::OutboxItem;

use crate::{App, AppError, Loaded, letters, row};

/// Whom a notice is for.
pub(super) enum Whom {
    /// Whoever the policy informs of every complaint.
    Informed,
    /// The person on duty.
    Duty,
    /// A unit.
    Unit(String),
    /// The rungs of a ladder: `duty`, `holder`, `head`, `director`.
    Ladder {
        /// The promise that runs out.
        promise: String,
        /// Its round.
        round: u8,
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
        let Some(channel) = self.channels.get(ChannelKind::Email) else { return Ok(None) };
        let loaded = self.load_id(complaint).await?;
        // What comes after closing, a late objection or a returned answer, is heard all the same.
        if !loaded.complaint.stage.is_open() && !matches!(whom, Whom::Informed) {
            return Ok(None);
        }
        let now = self.world.now();
        let mut later: Option<Timestamp> = None;
        for member in self.recipients(&loaded, &whom).await? {
            let letter = self.notice(&loaded, name, &member, &whom).await?;
            // The end of an id is chance; its beginning is the time, which colleagues share.
            let id = member.id.to_string();
            let key = format!("{}-{}", item.id, id.rsplit('-').next().unwrap_or(&id));
            let key = IdempotencyKey::parse(&key).map_err(AppError::broken)?;
            match channel.hand_over(&letter, &key, now).await {
                Handover::Busy { not_before } => {
                    later = Some(later.map_or(not_before, |at| at.min(not_before)));
                }
                Handover::Refused { reason } => {
                    tracing::warn!(account.id = %member.id, reason = ?reason.word, "a colleague cannot be reached by e-mail");
                }
                Handover::Accepted { .. } | Handover::Unknown => {}
            }
        }
        Ok(later)
    }

    async fn recipients(&self, loaded: &Loaded, whom: &Whom) -> Result<Vec<Member>, AppError> {
        let members = self.members().await?;
        let unit = row::department(&loaded.complaint, &loaded.pack.policy);
        let of_unit = |unit: &str| {
            let unit = unit.to_owned();
            move |member: &&Member| {
                member.department.as_ref().is_some_and(|own| own.as_str() == unit)
            }
        };
        let mut chosen: Vec<Member> = Vec::new();
        match whom {
            Whom::Informed
                if redress_core::complaint::informs(&loaded.pack.policy) == "director" =>
            {
                chosen
                    .extend(members.iter().filter(|member| member.role == Role::Director).cloned());
            }
            Whom::Informed => chosen.extend(members.iter().filter(of_unit(&unit)).cloned()),
            Whom::Duty => {
                chosen = self.on_duty().await?.members;
                // Of danger the Director hears as well, whoever the roster names.
                if loaded.complaint.safety {
                    let directors = members.iter().filter(|m| m.role == Role::Director);
                    chosen.extend(directors.cloned());
                }
            }
            Whom::Unit(unit) => chosen.extend(members.iter().filter(of_unit(unit)).cloned()),
            Whom::Ladder { to, .. } => {
                for rung in to {
                    match rung.as_str() {
                        "duty" => chosen.extend(self.on_duty().await?.members),
                        "director" => chosen
                            .extend(members.iter().filter(|m| m.role == Role::Director).cloned()),
                        "head" => {
                            chosen.extend(members.iter().filter(|m| heads(m, &unit)).cloned());
                        }
                        _ => chosen.extend(holder(loaded, &members, &unit)),
                    }
                }
            }
        }
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
            Whom::Informed | Whom::Duty | Whom::Unit(_) => None,
        };
        let values = self.notice_values(loaded, warned, lang).await?;
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

pub(super) fn heads(member: &Member, unit: &str) -> bool {
    redress_core::kinds::DepartmentId::parse(unit).is_some_and(|unit| member.heads(&unit))
}

fn holder(loaded: &Loaded, members: &[Member], unit: &str) -> Vec<Member> {
    let verifier = loaded.complaint.round().verifier;
    let named: Vec<Member> =
        members.iter().filter(|member| Some(member.id) == verifier).cloned().collect();
    if named.is_empty() {
        let of_unit =
            |member: &&Member| member.department.as_ref().is_some_and(|own| own.as_str() == unit);
        return members.iter().filter(of_unit).cloned().collect();
    }
    named
}

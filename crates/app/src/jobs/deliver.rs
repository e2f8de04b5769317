//! Delivering words to the complainant: the attempt is an event before the call, the answer after.

use jiff::{SignedDuration, Timestamp};
use redress_channels::{Attached, Handover, IdempotencyKey, Letter, next_try};
use redress_core::{
    complaint::{
        Event, command::DeliveryOutcome, event::MessageQueued, state::AttemptFate,
        vocabulary::FailureCode,
    },
    id::AttemptId,
    kinds::ChannelKind,
};
use redress_store::{Claim, ClaimKind, OutboxItem, Write, Written};

use crate::{App, AppError, Held, Loaded, letters, secret::sha256};

/// When a letter whose files are being checked is looked at again.
const CHECK_WAIT: SignedDuration = SignedDuration::from_secs(15);

impl App {
    /// Hands an attempt's words to its channel.
    pub(super) async fn deliver(
        &self,
        item: &OutboxItem,
        attempt: &str,
    ) -> Result<Option<Timestamp>, AppError> {
        let attempt: AttemptId = attempt.parse().map_err(AppError::broken)?;
        let loaded = self.load_id(&item.complaint).await?;
        let Some(known) = loaded.complaint.attempts.iter().find(|known| known.id == attempt) else {
            return Err(AppError::broken("an attempt vanished"));
        };
        if known.fate != AttemptFate::Queued {
            return Ok(None);
        }
        let Some(channel) = self.channels.get(known.channel) else {
            return self.failed(item, attempt, FailureCode::NoAddress, None).await;
        };
        let queued = queued(&loaded, attempt)?.clone();
        let Some(letter) = self.letter(&loaded, &queued).await? else {
            return self.failed(item, attempt, FailureCode::NoAddress, None).await;
        };
        match self.fit_to_send(&queued).await? {
            None => {}
            Some(Held::Checking) => {
                return Ok(self.world.now().checked_add(CHECK_WAIT).ok());
            }
            Some(Held::Refused) => {
                let why = "an attachment is harmful".to_owned();
                return self.failed(item, attempt, FailureCode::Refused, Some(why)).await;
            }
        }
        let calls = known.calls + 1;
        self.delivered(&item.complaint, attempt, DeliveryOutcome::Attempted).await?;
        let key =
            IdempotencyKey::parse(&format!("{}-{attempt}", loaded.id)).map_err(AppError::broken)?;
        let now = self.world.now();
        match channel.hand_over(&letter, &key, now).await {
            Handover::Accepted { provider_id } => {
                let provider_id = Some(provider_id.as_str().to_owned());
                self.delivered(&item.complaint, attempt, DeliveryOutcome::Accepted { provider_id })
                    .await?;
                Ok(None)
            }
            Handover::Refused { reason } => {
                self.failed(item, attempt, FailureCode::Refused, Some(reason.detail)).await
            }
            Handover::Busy { not_before } => match next_try(not_before, now, calls) {
                Some(at) => Ok(Some(at)),
                None => self.failed(item, attempt, FailureCode::GivenUp, None).await,
            },
            Handover::Unknown => match next_try(now, now, calls) {
                Some(at) => Ok(Some(at)),
                None => self.failed(item, attempt, FailureCode::GivenUp, None).await,
            },
        }
    }

    /// Why the files of a message keep it here, if they do.
    async fn fit_to_send(&self, queued: &MessageQueued) -> Result<Option<Held>, AppError> {
        for file in &queued.files {
            match self.admit_file(&file.sha256).await {
                Ok(()) => {}
                Err(AppError::FileHeld { held }) => return Ok(Some(held)),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    async fn failed(
        &self,
        item: &OutboxItem,
        attempt: AttemptId,
        code: FailureCode,
        detail: Option<String>,
    ) -> Result<Option<Timestamp>, AppError> {
        self.delivered(&item.complaint, attempt, DeliveryOutcome::Failed { code, detail }).await?;
        Ok(None)
    }

    /// The letter of an attempt; `None` when the person has no address on its channel any more.
    async fn letter(
        &self,
        loaded: &Loaded,
        queued: &MessageQueued,
    ) -> Result<Option<Letter>, AppError> {
        let person = self.person_of(&loaded.complaint).await?;
        let to = match queued.channel {
            ChannelKind::Email => person.email.clone(),
            ChannelKind::Sms | ChannelKind::Phone => person.phone.clone(),
            ChannelKind::Zalo | ChannelKind::Viber => {
                person.sender.clone().or(person.phone.clone())
            }
            ChannelKind::Letter | ChannelKind::Office | ChannelKind::Visit | ChannelKind::Web => {
                None
            }
        };
        let (Some(to), Some(words)) = (to, queued.words.as_ref()) else { return Ok(None) };
        let lang = letters::spoken(&loaded.pack, loaded.complaint.language);
        let (name, values) =
            self.message_values(loaded, queued, words, person.name.as_deref()).await?;
        let rendered = letters::render(&loaded.pack, name, lang, &values)?;
        let mut attachments = Vec::with_capacity(queued.files.len());
        for (n, file) in queued.files.iter().enumerate() {
            attachments.push(Attached {
                name: words.file_names.get(n).cloned().unwrap_or_else(|| "file".to_owned()),
                media_type: file.media_type.clone(),
                bytes: self.files.read_whole(&file.sha256).await?.to_vec(),
            });
        }
        Ok(Some(Letter {
            to,
            to_name: person.name,
            subject: rendered.subject,
            text: rendered.text,
            lang,
            in_reply_to: None,
            attachments,
            automatic: false,
        }))
    }

    /// Confirms receipt to an address nobody proved to hold: at most one fixed mail a day, without
    /// any words of the person's, so that the form cannot be made to write to strangers.
    pub(super) async fn acknowledge(
        &self,
        complaint: &str,
        key: &str,
    ) -> Result<Option<Timestamp>, AppError> {
        let Some(channel) = self.channels.get(ChannelKind::Email) else { return Ok(None) };
        let loaded = self.load_id(complaint).await?;
        let person = self.person_of(&loaded.complaint).await?;
        let Some(to) = person.email else { return Ok(None) };
        let now = self.world.now();
        if !self.first_of_the_day(&to, complaint, now).await? {
            tracing::info!(complaint.id = %complaint, "no second confirmation to one address within a day");
            return Ok(None);
        }
        let lang = letters::spoken(&loaded.pack, loaded.complaint.language);
        let mut values = letters::common(&loaded.pack, &loaded.complaint.reference.to_string());
        let url = self.tracking_url(loaded.id, lang.as_str());
        values.insert("tracking_url".to_owned(), serde_json::Value::String(url));
        let rendered = letters::render(&loaded.pack, "receipt-unverified", lang, &values)?;
        let letter = Letter {
            to,
            to_name: None,
            subject: rendered.subject,
            text: rendered.text,
            lang,
            in_reply_to: None,
            attachments: vec![],
            automatic: true,
        };
        let key = IdempotencyKey::parse(key).map_err(AppError::broken)?;
        match channel.hand_over(&letter, &key, now).await {
            Handover::Busy { not_before } => Ok(Some(not_before)),
            Handover::Accepted { .. } | Handover::Refused { .. } | Handover::Unknown => Ok(None),
        }
    }

    /// Whether this complaint may send the one automatic mail of the day to the address.
    async fn first_of_the_day(
        &self,
        address: &str,
        complaint: &str,
        now: Timestamp,
    ) -> Result<bool, AppError> {
        let claim = Claim {
            kind: ClaimKind::MailOfDay,
            key: sha256(mailbox(address).as_bytes()).to_vec(),
            owner: complaint.to_owned(),
            fingerprint: vec![],
            answer: None,
            expires_at: now.checked_add(jiff::SignedDuration::from_hours(24)).ok(),
        };
        let written = self.store.write(Write::Claim { claim, now }).await?;
        let Written::Claimed(Some(holder)) = written else { return Ok(true) };
        Ok(holder.owner == complaint)
    }
}

/// The mailbox behind an address: `lan+1@x.vn` and `lan+2@x.vn` are one.
fn mailbox(address: &str) -> String {
    let address = address.to_lowercase();
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let local = local.split('+').next().unwrap_or(local);
            format!("{local}@{domain}")
        }
        None => address,
    }
}

fn queued(loaded: &Loaded, attempt: AttemptId) -> Result<&MessageQueued, AppError> {
    let queued = loaded.history.iter().find_map(|told| {
        let Event::MessageQueued(queued) = &told.event else { return None };
        (queued.attempt == attempt).then_some(queued)
    });
    queued.ok_or_else(|| AppError::broken("a queued message vanished"))
}

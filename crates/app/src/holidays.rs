//! The yearly reminder: next year's holidays are loaded before 1 December. Told on the desk from
//! 1 November on, and by letter three times. Must not load anything.

use jiff::Timestamp;
use redress_channels::Letter;
use redress_core::{
    complaint::people::Member,
    kinds::{Lang, Role},
    policy::{HolidaysDue, Lack, holiday_reminder, holidays_due},
};
use redress_store::{Claim, ClaimKind, CommitError, NewOutbox, Order, OutboxItem};
use redress_text::t_args;

use crate::{App, AppError, record, record::Job, secret::sha256};

impl App {
    /// The holidays that must be loaded; `None` while the calendar in force has what it needs.
    pub fn holidays_due(&self) -> Option<HolidaysDue> {
        let pack = self.packs.current();
        let calendar = &pack.policy.calendar;
        holidays_due(calendar, calendar.local_date(self.world.now()))
    }

    /// Queues the reminder whose day has come, once for all processes; of several that were missed
    /// only the last.
    pub(crate) async fn tick_holidays(&self) -> Result<usize, AppError> {
        let Some(lacking) = self.holidays_due() else { return Ok(0) };
        let now = self.world.now();
        let pack = self.packs.current();
        let Some(step) = holiday_reminder(&pack.policy.calendar, lacking.year, now) else {
            return Ok(0);
        };
        let key = sha256(format!("holidays\n{}\n{step}", lacking.year).as_bytes()).to_vec();
        if self.store.claim(ClaimKind::Once, &key, now).await?.is_some() {
            return Ok(0);
        }
        let mut commit = record::new_commit(&self.world);
        let id = redress_core::id::ComplaintId::new(now, &self.world.chance()).to_string();
        commit.claims.push(Claim {
            kind: ClaimKind::Once,
            key,
            owner: id.clone(),
            fingerprint: vec![],
            answer: None,
            expires_at: None,
        });
        let job = Job::Holidays;
        commit.outbox.push(NewOutbox {
            id,
            due_at: now,
            done_at: None,
            kind: job.kind().to_owned(),
            complaint: String::new(),
            payload: serde_json::json!(job).to_string(),
            order: Order::LAST,
        });
        match self.store.commit(commit).await {
            Ok(_) => Ok(1),
            // Another process was quicker.
            Err(CommitError::ClaimTaken { .. }) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes to who can load holidays and to the Director; answers when to try again.
    pub(crate) async fn remind_of_holidays(
        &self,
        item: &OutboxItem,
    ) -> Result<Option<Timestamp>, AppError> {
        let Some(lacking) = self.holidays_due() else { return Ok(None) };
        let lang = self.packs.current().policy.languages.first().copied().unwrap_or(Lang::Vi);
        let mut later: Option<Timestamp> = None;
        for member in self.members().await?.iter().filter(|member| loads(member)) {
            let again = self.hand_once(&letter(lacking, member, lang), member, item).await?;
            later = [later, again].into_iter().flatten().min();
        }
        Ok(later)
    }
}

/// What is lacking, and why that matters, in words.
pub fn holiday_words(lacking: HolidaysDue, lang: Lang) -> String {
    let id = match lacking.lack {
        Lack::Missing => "holidays-missing",
        Lack::Estimated => "holidays-estimated",
    };
    t_args(lang, id, &[("year", lacking.year.to_string().into())])
}

fn loads(member: &Member) -> bool {
    member.role == Role::Admin || member.directs()
}

fn letter(lacking: HolidaysDue, member: &Member, lang: Lang) -> Letter {
    let year = [("year", lacking.year.to_string().into())];
    Letter {
        to: member.email.clone(),
        to_name: Some(member.name.clone()),
        subject: t_args(lang, "holidays-subject", &year),
        text: format!(
            "{}\n\n{}\n",
            holiday_words(lacking, lang),
            t_args(lang, "holidays-how", &year)
        ),
        lang,
        in_reply_to: None,
        attachments: vec![],
        automatic: true,
    }
}

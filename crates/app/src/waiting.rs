//! Notices that could not be interpreted yet, an end of the calendar for one: their sender sees that
//! they are there, colleagues are told and can read them. Must not interpret anything: the jobs do.

use jiff::Timestamp;
use redress_channels::Letter;
use redress_core::{
    complaint::{Event, event::NoticeReceived, people::Member},
    id::ComplaintId,
    intake,
    kinds::{ChannelKind, Lang, Role},
};
use redress_store::{NewOutbox, NoticeRow, Order, OutboxItem, PAGE_MAX, StreamKind};
use redress_text::t_args;

use crate::{
    App, AppError, Told,
    record::{self, Job},
    secret::Secret,
};

/// Most notices a page shows; the oldest come first.
const SHOWN_MAX: u32 = 100;
/// Gravity of a notice that speaks of danger, and of any other.
const GRAVITY: (i64, i64) = (0, 1);

/// A notice nobody could interpret yet.
#[derive(Debug, Clone)]
pub struct WaitingNotice {
    /// The id its complaint will have.
    pub id: ComplaintId,
    /// The number its sender was given.
    pub reference: String,
    /// How it came.
    pub channel: ChannelKind,
    /// When the channel got it.
    pub received_at: Timestamp,
    /// When somebody must have answered, as far as that can be counted.
    pub due: Option<Timestamp>,
    /// What it says and who says it; nothing for those who must not read it.
    pub said: Option<Said>,
}

/// The words of a notice.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Who complains.
    pub name: String,
    /// Their telephone.
    pub phone: String,
    /// What they say.
    pub text: String,
    /// Whether somebody may be in danger.
    pub danger: bool,
}

impl App {
    /// The notice a tracking token opens while its complaint is not there yet.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when it opens none.
    pub async fn waiting_tracked(&self, token: &Secret) -> Result<WaitingNotice, AppError> {
        let hash = token.hash();
        for row in self.store.notices_waiting(PAGE_MAX).await? {
            let id: ComplaintId = row.id.parse().map_err(AppError::broken)?;
            if self.key.tracking_token(id).hash() == hash {
                return self.waiting(row, true).await;
            }
        }
        Err(AppError::NotFound)
    }

    /// Notices nobody could interpret yet, the oldest first, as `member` may read them: whoever
    /// receives complaints, directs or is on duty now reads the words, others see that they are
    /// there.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails, [`AppError::Broken`] for a spoilt notice.
    pub async fn waiting_for(&self, member: &Member) -> Result<Vec<WaitingNotice>, AppError> {
        let on_duty = self.on_duty().await?.members;
        let reads = member.role == Role::Care
            || member.directs()
            || on_duty.iter().any(|known| known.id == member.id);
        let mut waiting = Vec::new();
        for row in self.store.notices_waiting(SHOWN_MAX).await? {
            waiting.push(self.waiting(row, reads).await?);
        }
        Ok(waiting)
    }

    async fn waiting(&self, row: NoticeRow, reads: bool) -> Result<WaitingNotice, AppError> {
        let said = if reads { self.said(&row.id).await? } else { None };
        Ok(WaitingNotice {
            id: row.id.parse().map_err(AppError::broken)?,
            reference: row.reference,
            channel: row.channel.parse().map_err(AppError::broken)?,
            received_at: row.received_at,
            due: row.next_due,
            said,
        })
    }

    /// What a notice says; nothing once its words were erased.
    async fn said(&self, id: &str) -> Result<Option<Said>, AppError> {
        let stream = record::stream(StreamKind::Notice, id)?;
        let first = self.store.events_of(&stream, 0, 1).await?.into_iter().next();
        let told = Told::read(first.ok_or(AppError::NotFound)?)?;
        let Event::NoticeReceived(received) = &told.event else { return Ok(None) };
        received.words.as_ref().map(|words| said(&words.body)).transpose()
    }

    /// The work of telling colleagues that a notice waits.
    pub(crate) fn tell_of_waiting(&self, received: &NoticeReceived, body: &str) -> NewOutbox {
        let now = self.world.now();
        let danger = said(body).is_ok_and(|said| said.danger);
        let job = Job::NoticeWaits { notice: received.notice.to_string() };
        NewOutbox {
            id: ComplaintId::new(now, &self.world.chance()).to_string(),
            due_at: now,
            done_at: None,
            kind: job.kind().to_owned(),
            complaint: String::new(),
            payload: serde_json::json!(job).to_string(),
            order: Order::new(
                if danger { GRAVITY.0 } else { GRAVITY.1 },
                None,
                received.received_at,
            ),
        }
    }

    /// Writes to whoever is on duty and to those who direct; answers when to try again.
    pub(crate) async fn tell_waiting(
        &self,
        notice: &str,
        item: &OutboxItem,
    ) -> Result<Option<Timestamp>, AppError> {
        let row = self.store.notice(notice).await?.ok_or(AppError::NotFound)?;
        if row.interpreted {
            return Ok(None);
        }
        let waiting = self.waiting(row, false).await?;
        let lang = self.packs.current().policy.languages.first().copied().unwrap_or(Lang::Vi);
        let mut members = self.on_duty().await?.members;
        let directing = self.members().await?.into_iter().filter(Member::directs);
        for member in directing {
            if members.iter().all(|known| known.id != member.id) {
                members.push(member);
            }
        }
        let mut later: Option<Timestamp> = None;
        for member in &members {
            let letter = self.waiting_letter(&waiting, member, lang);
            let again = self.hand_once(&letter, member, item).await?;
            later = [later, again].into_iter().flatten().min();
        }
        Ok(later)
    }

    fn waiting_letter(&self, waiting: &WaitingNotice, member: &Member, lang: Lang) -> Letter {
        let zone = self.packs.current().policy.calendar.zone().clone();
        let due = waiting.due.map(|due| redress_text::due_in_full(lang, due, &zone));
        let words = [
            ("reference", waiting.reference.clone().into()),
            ("received", redress_text::instant_in_full(lang, waiting.received_at, &zone).into()),
            ("due", due.unwrap_or_default().into()),
            ("desk", format!("{}/desk", self.public_url).into()),
        ];
        let due = if waiting.due.is_some() { "waiting-due" } else { "waiting-due-unknown" };
        let lines = ["waiting-what", due, "waiting-how"].map(|id| t_args(lang, id, &words));
        Letter {
            to: member.email.clone(),
            to_name: Some(member.name.clone()),
            subject: t_args(lang, "waiting-subject", &words),
            text: format!("{}\n", lines.join("\n\n")),
            lang,
            in_reply_to: None,
            attachments: vec![],
            automatic: true,
        }
    }
}

fn said(body: &str) -> Result<Said, AppError> {
    let body: intake::Body = serde_json::from_str(body).map_err(AppError::broken)?;
    Ok(Said {
        name: body.complainant.name.unwrap_or_default(),
        phone: body.complainant.phone.unwrap_or_default(),
        text: body.text.unwrap_or_default(),
        danger: body.danger.unwrap_or_default(),
    })
}

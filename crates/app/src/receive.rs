//! Receiving a notice: one commit holds the notice, the person, the complaint with its promises,
//! and what must leave the program. Must not lose a notice that cannot be interpreted.

use jiff::{SignedDuration, Timestamp};
use redress_core::{
    complaint::{
        Event,
        event::{ComplaintOpened, MandateRecorded, MandateWords, NoticeReceived, PersonWords},
        file::NamedFile,
        people::{Actor, Member},
        react,
    },
    id::{ComplaintId, NoticeId, PersonId},
    intake::{self, Intake, NewNotice},
    kinds::Role,
    policy::{Pack, Policy},
    reference::Reference,
};
use redress_store::{Claim, ClaimKind, Commit, CommitError, Expect, Row, StreamId, StreamKind};
use serde::Serialize;

use crate::{
    App, AppError,
    load::{Told, fold},
    record::{self, ActorFact, Job},
    row, search,
    secret::{hex, sha256},
    uploads,
};

/// How the counter of the references of a year is called, before the year.
pub(crate) const COUNTER: &str = "reference-";
/// How many reference numbers are taken at once; unused ones are skipped after a restart.
const NUMBERS_BLOCK: u32 = 100;
/// How long the answer to an `Idempotency-Key` is kept.
const KEY_LIFE: SignedDuration = SignedDuration::from_hours(48);
/// Bounds on an `Idempotency-Key`, in characters.
const KEY_CHARS: std::ops::RangeInclusive<usize> = 16..=255;

/// Reference numbers in hand.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    year: i16,
    left: std::ops::Range<u64>,
}

/// A notice at the door.
#[derive(Debug, Clone, Copy)]
pub struct NoticeIn<'a> {
    /// The body as it arrived: JSON text.
    pub body: &'a str,
    /// Who enters it, for staff.
    pub by: Option<&'a Member>,
    /// The session or address it came from, as uploads know it.
    pub owner: &'a str,
    /// The caller's key against doing it twice.
    pub key: Option<&'a str>,
}

/// What a notice gets: its reference and its promises as instants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The number to read out.
    pub reference: String,
    /// When an official channel had it.
    pub received_at: String,
    /// Its promises.
    pub promises: Vec<ReceiptPromise>,
    /// Where its course is followed; ends in the tracking token.
    pub tracking_url: String,
    /// Its receipt page.
    pub receipt_url: String,
}

/// A promise on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptPromise {
    /// `first-reply` or `resolution`.
    pub promise: String,
    /// Its round, for promises of rounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<u8>,
    /// The first instant that is too late.
    pub due: String,
}

/// Who enters a notice, and when.
pub(crate) struct By<'a> {
    pub(crate) actor: &'a str,
    pub(crate) now: Timestamp,
}

/// The key of a request, and the fingerprint of what it asks.
type Keyed = (Vec<u8>, Vec<u8>);

/// What one intake is made of.
pub(crate) struct Taken<'a> {
    pub(crate) id: ComplaintId,
    pub(crate) notice: NewNotice,
    pub(crate) intake: Intake<'a>,
    pub(crate) mandate: Option<NamedFile>,
    pub(crate) tracking: Vec<u8>,
}

impl App {
    /// Reads a body without storing anything: what intake would make of it.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] for accounts that change nothing, [`AppError::Malformed`], or every
    /// fault of its fields.
    pub fn read_notice(&self, input: &NoticeIn<'_>) -> Result<NewNotice, AppError> {
        if input.by.is_some_and(|member| matches!(member.role, Role::Auditor | Role::Admin)) {
            return Err(AppError::Forbidden);
        }
        // A list would be read as the fields in their order.
        if input.body.trim_start().starts_with('[') {
            return Err(AppError::Malformed { detail: "the body is not an object".to_owned() });
        }
        let body: intake::Body = serde_json::from_str(input.body)
            .map_err(|error| AppError::Malformed { detail: error.to_string() })?;
        let pack = self.packs.current();
        Ok(intake::parse(&body, &pack.policy, input.by.is_some(), self.world.now())?)
    }

    /// Receives a notice. When this returns, it is durable, numbered, and its promises run.
    ///
    /// # Errors
    ///
    /// Faults of fields, [`AppError::KeyUnfit`], [`AppError::KeyReused`], or a failure; nothing is
    /// then stored, but for [`AppError::Unknown`], after which the same key may be sent again.
    pub async fn receive(&self, input: NoticeIn<'_>) -> Result<Receipt, AppError> {
        let Some(key) = input.key else { return self.receive_new(input, None).await };
        let key = idempotency_key(key, input.by)?;
        let asked = (key, self.fingerprint(input.body).await?);
        if let Some(receipt) = self.replay(&asked).await? {
            return Ok(receipt);
        }
        match self.receive_new(input, Some(&asked)).await {
            // Perhaps the same request came a moment before and has the files.
            Err(error @ AppError::Fields(_)) => self.replay(&asked).await?.ok_or(error),
            done => done,
        }
    }

    async fn receive_new(
        &self,
        input: NoticeIn<'_>,
        asked: Option<&Keyed>,
    ) -> Result<Receipt, AppError> {
        let notice = self.read_notice(&input)?;
        let pack = self.packs.current();
        let taken = self.take(notice, &input, &pack.policy).await?;
        let (mut commit, receipt) = self.intake_commit(&input, &taken, &pack)?;
        if let Some(asked) = asked {
            commit.claims.push(key_claim(asked, taken.id, taken.intake.now));
        }
        match self.store.commit(commit).await {
            Ok(_) => Ok(receipt),
            Err(CommitError::ClaimTaken {
                kind: ClaimKind::IdempotencyKey,
                owner,
                same_fingerprint,
                ..
            }) => {
                if same_fingerprint {
                    self.receipt_of(&owner).await
                } else {
                    Err(AppError::KeyReused)
                }
            }
            Err(CommitError::ClaimTaken { kind: ClaimKind::Upload, .. }) => {
                Err(file_fault("/attachments"))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The receipt that was given under this key before.
    async fn replay(&self, (key, fingerprint): &Keyed) -> Result<Option<Receipt>, AppError> {
        let known = self.store.claim(ClaimKind::IdempotencyKey, key, self.world.now()).await?;
        let Some(known) = known else { return Ok(None) };
        if known.fingerprint == *fingerprint {
            self.receipt_of(&known.owner).await.map(Some)
        } else {
            Err(AppError::KeyReused)
        }
    }

    /// Gives ids, a reference and files to a notice.
    async fn take<'a>(
        &self,
        notice: NewNotice,
        input: &NoticeIn<'a>,
        policy: &Policy,
    ) -> Result<Taken<'a>, AppError> {
        let now = self.world.now();
        let files = self.resolve(&notice.attachments, input.owner).await?;
        if files.len() != notice.attachments.len() {
            return Err(file_fault("/attachments"));
        }
        let mandates: Vec<String> = notice.mandate.iter().cloned().collect();
        let mandate = self.resolve(&mandates, input.owner).await?.into_iter().next();
        if mandate.is_none() && notice.mandate.is_some() {
            return Err(file_fault("/mandate"));
        }
        let notice_id = NoticeId::new(now, &self.world.chance());
        let id = ComplaintId::from(notice_id);
        let tracking = self.key.tracking_token(id).hash();
        let intake = Intake {
            notice: notice_id,
            person: PersonId::new(now, &self.world.chance()),
            reference: self.next_reference(policy, now).await?,
            body: input.body,
            body_sha256: hex(&sha256(input.body.as_bytes())),
            tracking_sha256: hex(&tracking),
            files,
            now,
        };
        Ok(Taken { id, notice, intake, mandate, tracking })
    }

    /// The next reference of the year, as the policy's zone counts it.
    pub(crate) async fn next_reference(
        &self,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Reference, AppError> {
        let year = policy.calendar.local_date(now).year();
        let mut numbers = self.numbers.lock().await;
        if numbers.year != year || numbers.left.is_empty() {
            numbers.left =
                self.store.take_block(&format!("{COUNTER}{year}"), NUMBERS_BLOCK).await?;
            numbers.year = year;
        }
        let number =
            numbers.left.next().ok_or_else(|| AppError::broken("a block of numbers was empty"))?;
        drop(numbers);
        u32::try_from(number)
            .ok()
            .and_then(|number| Reference::new(&policy.prefix, year, number))
            .ok_or_else(|| AppError::broken("the year has no reference numbers left"))
    }

    fn intake_commit(
        &self,
        input: &NoticeIn<'_>,
        taken: &Taken<'_>,
        pack: &Pack,
    ) -> Result<(Commit, Receipt), AppError> {
        let now = taken.intake.now;
        let person = taken.intake.person;
        let actor = input.by.map_or(Actor::Complainant, |member| Actor::Staff(member.clone()));
        let actor = ActorFact::of(&actor, &person.to_string()).to_json();
        let mut commit = record::new_commit(&self.world);
        let files: Vec<NamedFile> =
            taken.intake.files.iter().chain(&taken.mandate).cloned().collect();
        (commit.claims, commit.rows) = uploads::uses(&files, &taken.id.to_string());
        let received = taken.intake.received(&taken.notice);
        let by = By { actor: &actor, now };
        let stream = record::stream(StreamKind::Notice, received.notice)?;
        self.add(&mut commit, stream, &received.clone().into(), &by);
        match intake::interpret(&taken.notice, &taken.intake, &pack.policy) {
            Ok(interpretation) => {
                commit.rows.push(Row::Notice(row::notice(&received, Some(taken.id), None, 1)));
                let receipt = self.receipt(taken.id, &interpretation.opened);
                self.add_complaint(&mut commit, taken, interpretation, &by, &pack.policy)?;
                Ok((commit, receipt))
            }
            Err(error) => {
                tracing::error!(reference = %received.reference, %error, "a notice could not be interpreted; it waits for a person");
                let first = pack.policy.promise("first-reply", 1).map(|rule| rule.within);
                let due = first
                    .and_then(|within| pack.policy.calendar.add(received.received_at, within).ok());
                let due = due.map(|due| due.at);
                commit.rows.push(Row::Notice(row::notice(&received, None, due, 1)));
                commit.outbox.push(self.tell_of_waiting(&received, taken.intake.body));
                let receipt = self.bare_receipt(taken.id, &received, due);
                Ok((commit, receipt))
            }
        }
    }

    /// The person and the complaint a notice opens.
    pub(crate) fn add_complaint(
        &self,
        commit: &mut Commit,
        taken: &Taken<'_>,
        interpretation: intake::Interpretation,
        by: &By<'_>,
        policy: &Policy,
    ) -> Result<(), AppError> {
        let stream = record::stream(StreamKind::Person, taken.intake.person)?;
        self.add(commit, stream, &Event::from(interpretation.person.clone()), by);
        let language = taken.notice.language.as_str();
        commit.rows.push(Row::Person(row::person(&interpretation.person, language, 1)));
        let person = interpretation.person.words.unwrap_or_default();
        self.open(commit, taken, (interpretation.opened, &person), by.actor, policy)
    }

    /// Appends the first event of a new stream.
    pub(crate) fn add(&self, commit: &mut Commit, stream: StreamId, event: &Event, by: &By<'_>) {
        commit.events.push(record::new_event(&self.world, &stream, event, by.actor, by.now));
        commit.expect.push(Expect { stream, version: 0 });
    }

    fn open(
        &self,
        commit: &mut Commit,
        taken: &Taken<'_>,
        (opened, person): (ComplaintOpened, &PersonWords),
        actor: &str,
        policy: &Policy,
    ) -> Result<(), AppError> {
        let now = taken.intake.now;
        let mut events: Vec<Event> = vec![opened.into()];
        if let Some(mandate) = &taken.mandate {
            events.push(
                MandateRecorded {
                    file: mandate.fact.clone(),
                    scope: vec!["receive".to_owned()],
                    until: None,
                    words: Some(MandateWords { file_name: mandate.name.clone() }),
                }
                .into(),
            );
        }
        let stream = record::stream(StreamKind::Complaint, taken.id)?;
        commit.expect.push(Expect { stream: stream.clone(), version: 0 });
        let mut complaint = None;
        for event in &events {
            commit.events.push(record::new_event(&self.world, &stream, event, actor, now));
            let happened = redress_core::complaint::Happened {
                by: None,
                at: event.happened_at(now),
                recorded_at: now,
            };
            complaint = redress_core::complaint::evolve(complaint, event, &happened);
        }
        let complaint =
            complaint.ok_or_else(|| AppError::broken("an opened complaint has no state"))?;
        let row = row::complaint(taken.id, &complaint, &taken.tracking, policy);
        commit.rows.push(search::row(taken.id, &row, &complaint, &events, person));
        commit.rows.push(Row::Running(row::running(taken.id, &complaint, policy)));
        for effect in react(&complaint, &events) {
            commit.outbox.push(Job::from(effect).to_outbox(&self.world, &row, now));
        }
        commit.rows.push(Row::Complaint(Box::new(row)));
        Ok(())
    }

    /// The receipt of a complaint that exists.
    pub(crate) async fn receipt_of(&self, id: &str) -> Result<Receipt, AppError> {
        let id: ComplaintId = id.parse().map_err(AppError::broken)?;
        let stream = record::stream(StreamKind::Complaint, id)?;
        let first = self.store.events_of(&stream, 0, 1).await?.into_iter().next();
        let Some(first) = first else { return self.receipt_of_notice(id).await };
        let told = Told::read(first)?;
        fold(std::slice::from_ref(&told)).ok_or(AppError::NotFound)?;
        let Event::ComplaintOpened(opened) = told.event else { return Err(AppError::NotFound) };
        Ok(self.receipt(id, &opened))
    }

    /// The receipt of a notice that waits to be interpreted; its complaint will have its id.
    async fn receipt_of_notice(&self, id: ComplaintId) -> Result<Receipt, AppError> {
        let stream = record::stream(StreamKind::Notice, id)?;
        let first = self.store.events_of(&stream, 0, 1).await?.into_iter().next();
        let told = Told::read(first.ok_or(AppError::NotFound)?)?;
        let Event::NoticeReceived(received) = told.event else { return Err(AppError::NotFound) };
        let row = self.store.notice(&id.to_string()).await?;
        Ok(self.bare_receipt(id, &received, row.and_then(|row| row.next_due)))
    }

    /// Where the complainant follows a complaint.
    pub fn tracking_url(&self, id: ComplaintId, lang: &str) -> String {
        format!("{}/{lang}/track/{}", self.public_url, self.key.tracking_token(id).reveal())
    }

    /// What a new complaint's sender gets.
    pub fn receipt(&self, id: ComplaintId, opened: &ComplaintOpened) -> Receipt {
        let zone = self.packs.current().policy.calendar.zone().clone();
        let once =
            |promise: &str| opened.promises.iter().filter(|p| p.promise == promise).count() == 1;
        let promises = opened.promises.iter().map(|set| ReceiptPromise {
            promise: set.promise.clone(),
            round: (set.promise != "first-reply" || !once(&set.promise)).then_some(set.round),
            due: crate::view::instant(set.due, &zone),
        });
        let lang = opened.language.as_str();
        Receipt {
            reference: opened.reference.to_string(),
            received_at: crate::view::instant(opened.received_at, &zone),
            promises: promises.collect(),
            tracking_url: self.tracking_url(id, lang),
            receipt_url: format!(
                "{}/{lang}/complaints/{}/receipt",
                self.public_url, opened.reference
            ),
        }
    }

    fn bare_receipt(
        &self,
        id: ComplaintId,
        received: &NoticeReceived,
        due: Option<Timestamp>,
    ) -> Receipt {
        let zone = self.packs.current().policy.calendar.zone().clone();
        let lang = received.language.as_str();
        let due = due.map(|due| ReceiptPromise {
            promise: "first-reply".to_owned(),
            round: None,
            due: crate::view::instant(due, &zone),
        });
        Receipt {
            reference: received.reference.to_string(),
            received_at: crate::view::instant(received.received_at, &zone),
            promises: due.into_iter().collect(),
            tracking_url: self.tracking_url(id, lang),
            receipt_url: format!(
                "{}/{lang}/complaints/{}/receipt",
                self.public_url, received.reference
            ),
        }
    }
}

fn file_fault(pointer: &str) -> AppError {
    let mut errors = redress_core::field::FieldErrors::default();
    errors.add(pointer, "unknown-file", vec![]);
    AppError::Fields(errors)
}

/// The claim key of an `Idempotency-Key`: keys of different callers never meet.
fn idempotency_key(key: &str, by: Option<&Member>) -> Result<Vec<u8>, AppError> {
    let key = key.trim().trim_matches('"');
    if !KEY_CHARS.contains(&key.chars().count()) {
        return Err(AppError::KeyUnfit);
    }
    let caller = by.map(|member| member.id.to_string()).unwrap_or_default();
    Ok(sha256(format!("{caller}\n{key}").as_bytes()).to_vec())
}

fn key_claim((key, fingerprint): &Keyed, id: ComplaintId, now: Timestamp) -> Claim {
    Claim {
        kind: ClaimKind::IdempotencyKey,
        key: key.clone(),
        owner: id.to_string(),
        fingerprint: fingerprint.clone(),
        answer: None,
        expires_at: now.checked_add(KEY_LIFE).ok(),
    }
}

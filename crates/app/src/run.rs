//! `App::run`: the only way a complaint changes after intake. Load, check who may, decide, one
//! commit. Must not hold a rule of the process; `core` decides.

use jiff::SignedDuration;
use redress_core::{
    complaint::{
        Circumstances, Command, Event, Happened, Refusal, RefusalCode,
        command::{Delivered, DeliveryOutcome},
        decide,
        decide::{JoinTarget, WordsOf},
        evolve,
        file::each_once,
        people::{Actor, may_see},
        react,
        registry::{self, ParseError, Shape},
    },
    id::{AttemptId, ComplaintId},
};
use redress_store::{Claim, ClaimKind, Commit, CommitError, Expect, Row, StreamId, StreamKind};
use serde_json::Value;

use crate::{
    App, AppError, Loaded,
    load::{Told, fold},
    record::{self, ActorFact, Job},
    row,
    secret::sha256,
    uploads,
};

/// How often a command is decided anew when the complaint moved under it: each round of a crowd
/// lets one through, and whoever named no version is not sent away for coming at the same moment.
const RETRIES_MAX: usize = 40;
/// How long the key of a command is kept.
const KEY_LIFE: SignedDuration = SignedDuration::from_hours(48);

/// A command at the door.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its name in the registry.
    pub name: &'a str,
    /// Its body.
    pub body: &'a Value,
    /// Who asks.
    pub actor: &'a Actor,
    /// The session or address it came from, as uploads know it.
    pub owner: &'a str,
    /// The version the caller saw.
    pub if_match: Option<u64>,
}

/// What a command did.
#[derive(Debug, Clone)]
pub struct Ran {
    /// The complaint's version after it.
    pub version: u64,
    /// The events it made, as stored.
    pub events: Vec<Told>,
    /// The complaint after it.
    pub id: ComplaintId,
}

impl App {
    /// Runs a command on a complaint.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] where the caller may not know of the complaint,
    /// [`AppError::Forbidden`], faults of fields, [`AppError::Refused`] with the rule,
    /// [`AppError::Moved`], or a failure.
    pub async fn run(&self, loaded: Loaded, asked: Asked<'_>) -> Result<Ran, AppError> {
        self.run_once(loaded, asked, None).await
    }

    /// Runs a command that may arrive twice: with the same key it is carried out once, and the
    /// second answer tells the version and no events.
    ///
    /// # Errors
    ///
    /// As [`App::run`]; [`AppError::KeyReused`] when the key came before with another body.
    pub async fn run_once(
        &self,
        loaded: Loaded,
        asked: Asked<'_>,
        key: Option<&str>,
    ) -> Result<Ran, AppError> {
        visible(&loaded, asked.actor)?;
        let by_complainant = matches!(asked.actor, Actor::Complainant);
        let (shape, command) = registry::parse(asked.name, asked.body, by_complainant).map_err(
            |error| match error {
                ParseError::NoSuchCommand => AppError::NotFound,
                ParseError::Fields(errors) => AppError::Fields(errors),
            },
        )?;
        if !asked.actor.is_one_of(shape.who, &loaded.complaint) {
            return Err(AppError::Forbidden);
        }
        let claim = match key.filter(|key| !key.is_empty()) {
            Some(key) => Some(self.once(&loaded, &asked, key).await?),
            None => None,
        };
        if let Some(claim) = &claim
            && let Some(known) = self.known(&loaded, claim).await?
        {
            return Ok(known);
        }
        self.run_command(loaded, (shape.into(), claim), &command, asked).await
    }

    /// What a key answers that was used before: nothing anew, unless it came with another body.
    async fn known(&self, loaded: &Loaded, claim: &Claim) -> Result<Option<Ran>, AppError> {
        let used = self.store.claim(claim.kind, &claim.key, self.world.now()).await?;
        match used {
            None => Ok(None),
            Some(used) if used.fingerprint != claim.fingerprint => Err(AppError::KeyReused),
            Some(_) => {
                let version = loaded.complaint.version;
                Ok(Some(Ran { version, events: vec![], id: loaded.id }))
            }
        }
    }

    /// The answer where another request with the same key came first.
    async fn taken(&self, loaded: &Loaded, claim: Option<&Claim>) -> Result<Ran, AppError> {
        let claim = claim.ok_or_else(|| AppError::broken("a key nobody named was taken"))?;
        let known = self.known(loaded, claim).await?;
        known.ok_or_else(|| AppError::broken("a key that was taken is gone"))
    }

    /// The claim that lets a key be used once on this complaint.
    async fn once(&self, loaded: &Loaded, asked: &Asked<'_>, key: &str) -> Result<Claim, AppError> {
        let whole = format!("{}\n{}\n{}\n{key}", loaded.id, asked.name, asked.owner);
        Ok(Claim {
            kind: ClaimKind::FormKey,
            key: sha256(whole.as_bytes()).to_vec(),
            owner: loaded.id.to_string(),
            fingerprint: self.fingerprint(&asked.body.to_string()).await?,
            answer: None,
            expires_at: self.world.now().checked_add(KEY_LIFE).ok(),
        })
    }

    /// Runs a command of the program itself: time went on, or a provider answered.
    pub(crate) async fn run_by_itself(
        &self,
        loaded: Loaded,
        command: &Command,
        part: &'static str,
    ) -> Result<Ran, AppError> {
        let actor = Actor::System(part);
        let nothing = Value::Null;
        let asked =
            Asked { name: part, body: &nothing, actor: &actor, owner: part, if_match: None };
        self.run_command(loaded, (None, None), command, asked).await
    }

    async fn run_command(
        &self,
        mut loaded: Loaded,
        (shape, claim): (Option<&'static Shape>, Option<Claim>),
        command: &Command,
        asked: Asked<'_>,
    ) -> Result<Ran, AppError> {
        let retries = if asked.if_match.is_none() && names_what_it_acts_on(command) {
            RETRIES_MAX
        } else {
            0
        };
        for attempt in 0..=retries {
            if let Some(seen) = asked.if_match.filter(|seen| *seen != loaded.complaint.version) {
                tracing::debug!(seen, actual = loaded.complaint.version, "a command came too late");
                return Err(AppError::Moved { actual: loaded.complaint.version });
            }
            match Box::pin(self.try_once(&loaded, (shape, command), &asked, claim.as_ref())).await {
                Err(AppError::Moved { .. }) if attempt < retries => {
                    loaded = self.load_id(&loaded.id.to_string()).await?;
                    let still = shape
                        .is_none_or(|shape| asked.actor.is_one_of(shape.who, &loaded.complaint));
                    if !still {
                        return Err(AppError::Forbidden);
                    }
                }
                done => return done,
            }
        }
        Err(AppError::Moved { actual: loaded.complaint.version })
    }

    async fn try_once(
        &self,
        loaded: &Loaded,
        (shape, command): (Option<&'static Shape>, &Command),
        asked: &Asked<'_>,
        claim: Option<&Claim>,
    ) -> Result<Ran, AppError> {
        let named = each_once(&files_of(command));
        let files = self.resolve(&named, asked.owner).await?;
        let members = self.members().await?;
        let target = self.join_target(command).await?;
        let words = words_of(loaded, command);
        let now = self.world.now();
        let circumstances = Circumstances {
            now,
            actor: asked.actor,
            policy: &loaded.pack.policy,
            members: &members,
            senders: &self.senders(),
            files: &files,
            target: target.as_ref().map(|(_, target)| target),
            words_of: words.as_ref(),
        };
        let (actor, mut events) = judged(loaded, (shape, command), &circumstances)?;
        if events.is_empty() {
            return Ok(Ran { version: loaded.complaint.version, events: vec![], id: loaded.id });
        }
        let mut commit = record::new_commit(&self.world);
        let stream = record::stream(StreamKind::Complaint, loaded.id)?;
        commit.expect.push(Expect { stream: stream.clone(), version: loaded.complaint.version });
        // The other complaint must still stand as it was looked at.
        commit.expect.extend(target.map(|(expect, _)| expect));
        let person = loaded.complaint.person.to_string();
        let actor_json = ActorFact::of(&actor, &person).to_json();
        let redacted = self.redact(loaded, &mut events, &mut commit.rows).await?;
        let mut complaint = match &redacted {
            Some(history) => {
                fold(history).ok_or_else(|| AppError::broken("a complaint vanished"))?
            }
            None => loaded.complaint.clone(),
        };
        for event in &events {
            commit.events.push(record::new_event(&self.world, &stream, event, &actor_json, now));
            let happened = Happened {
                by: asked.actor.account(),
                at: event.happened_at(now),
                recorded_at: now,
            };
            complaint = evolve(Some(complaint), event, &happened)
                .ok_or_else(|| AppError::broken("a complaint vanished"))?;
        }
        let policy = &loaded.pack.policy;
        let row = row::complaint(loaded.id, &complaint, &loaded.row.tracking_hash, policy);
        let history = redacted.as_ref().unwrap_or(&loaded.history);
        commit.rows.extend(self.found_by(loaded, (&row, &complaint), history, &events).await?);
        for effect in react(&complaint, &events) {
            commit.outbox.push(Job::from(effect).to_outbox(&self.world, &row, now));
        }
        commit.rows.push(Row::Complaint(Box::new(row)));
        commit.rows.push(Row::Running(row::running(loaded.id, &complaint, policy)));
        if let Some(ground) = events.iter().find_map(ground_of) {
            self.name_erased(&mut commit, ground, &actor_json)?;
        }
        let (claims, used) = uploads::uses(&files, &loaded.id.to_string());
        commit.claims = claims;
        commit.claims.extend(claim.cloned());
        commit.rows.extend(used);
        self.commit(loaded, (commit, &stream), claim, &named).await
    }

    /// Writes what was decided, and answers what it did.
    async fn commit(
        &self,
        loaded: &Loaded,
        (commit, stream): (Commit, &StreamId),
        claim: Option<&Claim>,
        files: &[String],
    ) -> Result<Ran, AppError> {
        match self.store.commit(commit).await {
            Ok(committed) => self.ran(loaded, stream, committed.version_of(stream)).await,
            Err(CommitError::ClaimTaken { kind: ClaimKind::FormKey, .. }) => {
                self.taken(loaded, claim).await
            }
            Err(CommitError::ClaimTaken { .. }) => {
                Err(Refusal::new(RefusalCode::UnknownFile, "uploads")
                    .with("upload", files.join(", "))
                    .into())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn ran(
        &self,
        loaded: &Loaded,
        stream: &StreamId,
        last: Option<u64>,
    ) -> Result<Ran, AppError> {
        let stored =
            self.store.events_of(stream, loaded.complaint.version, redress_store::PAGE_MAX).await?;
        // Others may have gone on in the meantime; these are ours.
        let own = stored.into_iter().filter(|event| last.is_none_or(|last| event.version <= last));
        let events = own.map(Told::read).collect::<Result<Vec<_>, _>>()?;
        let version = events.last().map_or(loaded.complaint.version, |told| told.stored.version);
        Ok(Ran { version, events, id: loaded.id })
    }

    async fn join_target(
        &self,
        command: &Command,
    ) -> Result<Option<(Expect, JoinTarget)>, AppError> {
        let Command::Join(join) = command else { return Ok(None) };
        match self.load(&join.into).await {
            Ok(target) => {
                let stream = record::stream(StreamKind::Complaint, target.id)?;
                let seen = JoinTarget {
                    reference: target.complaint.reference.clone(),
                    open: target.complaint.stage.is_open(),
                    joined: target.complaint.joined_into.is_some(),
                };
                Ok(Some((Expect { stream, version: target.complaint.version }, seen)))
            }
            Err(AppError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Tells a complaint what a provider said about an attempt.
    pub(crate) async fn delivered(
        &self,
        complaint: &str,
        attempt: AttemptId,
        outcome: DeliveryOutcome,
    ) -> Result<Ran, AppError> {
        let loaded = self.load_id(complaint).await?;
        let command = Command::Delivered(Delivered { attempt, outcome });
        self.run_by_itself(loaded, &command, "delivery").await
    }
}

/// On what ground words go by this event.
#[expect(clippy::wildcard_enum_match_arm, reason = "only a redaction takes words out here")]
fn ground_of(event: &Event) -> Option<&str> {
    match event {
        Event::Redacted(redacted) => Some(&redacted.ground),
        _ => None,
    }
}

/// What the rules say to a command, and as whom it is done: a deputy acts for the Director only
/// where their own right does not reach.
fn judged(
    loaded: &Loaded,
    (shape, command): (Option<&'static Shape>, &Command),
    at: &Circumstances<'_>,
) -> Result<(Actor, Vec<Event>), Refusal> {
    let complaint = &loaded.complaint;
    if let Some(own) = at.actor.in_own_right() {
        let reaches = shape.is_none_or(|shape| own.is_one_of(shape.who, complaint));
        let at = Circumstances { actor: &own, ..*at };
        if reaches && let Ok(events) = decide(complaint, command, &at) {
            return Ok((own, events));
        }
    }
    Ok((at.actor.clone(), decide(complaint, command, at)?))
}

/// Refuses to tell a stranger that a complaint exists.
pub(crate) fn visible(loaded: &Loaded, actor: &Actor) -> Result<(), AppError> {
    match actor {
        Actor::Staff(member) if !may_see(member, &loaded.complaint) => Err(AppError::NotFound),
        Actor::Staff(_) | Actor::Complainant | Actor::System(_) => Ok(()),
    }
}

/// Whether a retry after a conflict can only ever act on what the caller meant.
fn names_what_it_acts_on(command: &Command) -> bool {
    !matches!(
        command,
        Command::Classify(_)
            | Command::HandOver(_)
            | Command::Assign(_)
            | Command::Close(_)
            | Command::Reopen(_)
    )
}

/// The upload ids a command names.
fn files_of(command: &Command) -> Vec<String> {
    let by_hand = |by_hand: &Option<redress_core::complaint::command::ByHand>| {
        by_hand.as_ref().map(|by_hand| by_hand.proof.clone()).unwrap_or_default()
    };
    match command {
        Command::RecordMandate(body) => vec![body.document.clone()],
        Command::Note(body) => body.files.clone(),
        Command::Write(body) => body.files.clone(),
        Command::Enter(body) => body.files.clone(),
        Command::Send(body) => body.files.clone(),
        Command::TellWords(body) => by_hand(&body.by_hand),
        Command::AskEvidence(body) => by_hand(&body.by_hand),
        Command::Find(body) => body.files.clone(),
        Command::Settle(body) => body.proof.clone(),
        Command::Respond(body) => body.files.clone(),
        Command::Tell(body) => {
            body.told.as_ref().map(|told| told.proof.clone()).unwrap_or_default()
        }
        Command::Disagree(body) => body.files.clone(),
        Command::Sighting
        | Command::Classify(_)
        | Command::HandOver(_)
        | Command::Accept(_)
        | Command::Return(_)
        | Command::Assign(_)
        | Command::VerifyMandate(_)
        | Command::Undertake(_)
        | Command::Move(_)
        | Command::Pause(_)
        | Command::Resume(_)
        | Command::Decide(_)
        | Command::Refuse(_)
        | Command::Approve(_)
        | Command::GiveBack(_)
        | Command::Fail(_)
        | Command::Agree(_)
        | Command::Withdraw(_)
        | Command::Rate(_)
        | Command::Close(_)
        | Command::Reopen(_)
        | Command::Join(_)
        | Command::Unjoin(_)
        | Command::Redact(_)
        | Command::Hold(_)
        | Command::LiftHold(_)
        | Command::Tick
        | Command::Recount
        | Command::Delivered(_) => vec![],
    }
}

/// The event a redaction names and the names of its words.
fn words_of(loaded: &Loaded, command: &Command) -> Option<WordsOf> {
    let Command::Redact(redact) = command else { return None };
    let told = loaded.history.iter().find(|told| told.stored.pos == redact.event)?;
    let words: Value = serde_json::from_str(told.stored.words.as_deref()?).ok()?;
    let fields = words.as_object()?.keys().cloned().collect();
    Some(WordsOf { kind: told.stored.kind.clone(), fields })
}

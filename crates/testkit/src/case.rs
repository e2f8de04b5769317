//! One complaint under a clock that moves when told: commands go in as the API takes them, what
//! happened comes out by name, and what is refused comes out with its rule.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use redress_core::{
    complaint::{
        Circumstances, Command, Complaint, Effect, Event, Happened, Refusal, RefusalCode,
        command::{Delivered, DeliveryOutcome},
        decide,
        decide::{JoinTarget, WordsOf},
        evolve,
        file::{FileFact, NamedFile},
        people::{Actor, Member},
        react, registry,
    },
    id::{NoticeId, PersonId},
    intake,
    kinds::ChannelKind,
    policy::Policy,
    reference::Reference,
};
use serde_json::Value;

use crate::{people, policy};

/// The name under which the complainant acts.
pub const CUSTOMER: &str = "customer";

/// An event with who did it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub event: Event,
    /// Who did it and when.
    pub happened: Happened,
}

/// One complaint with everything around it; fields are open, for tests change circumstances.
#[derive(Debug, Clone)]
pub struct Case {
    /// The policy it runs under.
    pub policy: Policy,
    /// Everybody with an account.
    pub members: Vec<Member>,
    /// Channels that send by themselves.
    pub senders: Vec<ChannelKind>,
    /// The time.
    pub now: Timestamp,
    /// The complaint a joining may name.
    pub target: Option<JoinTarget>,
    /// Names of the words of the event a redaction names.
    pub words_of: Option<WordsOf>,
    /// The complaint as its events leave it.
    pub complaint: Complaint,
    /// Everything that happened to it.
    pub history: Vec<Told>,
}

/// A file with this upload id.
pub fn upload(id: &str) -> NamedFile {
    let fact = FileFact {
        upload: id.to_owned(),
        sha256: format!("{:0>64}", id.len()),
        media_type: "image/jpeg".to_owned(),
        bytes: 120_000,
    };
    NamedFile { fact, name: format!("{id}.jpg") }
}

impl Case {
    /// A complaint from the public form, received at a local time `2026-11-23 08:17`.
    ///
    /// # Panics
    ///
    /// When the body is not taken.
    pub fn received(at: &str, body: &Value) -> Self {
        Self::received_by(at, body, false, policy())
    }

    /// A complaint that staff enter.
    ///
    /// # Panics
    ///
    /// When the body is not taken.
    pub fn entered(at: &str, body: &Value) -> Self {
        Self::received_by(at, body, true, policy())
    }

    /// A complaint under another policy.
    ///
    /// # Panics
    ///
    /// When the body is not taken.
    pub fn received_by(at: &str, body: &Value, staff: bool, policy: &Policy) -> Self {
        let now = local(at, policy);
        let text = body.to_string();
        let body: intake::Body = serde_json::from_value(body.clone()).expect("a body of the API");
        let notice = intake::parse(&body, policy, staff, now).expect("a good notice");
        let files: Vec<NamedFile> = notice.attachments.iter().map(|id| upload(id)).collect();
        let intake = intake::Intake {
            notice: NoticeId::new(now, &[1; 10]),
            person: PersonId::new(now, &[2; 10]),
            reference: reference(384),
            body: &text,
            body_sha256: "0".repeat(64),
            tracking_sha256: "1".repeat(64),
            files,
            now,
        };
        let opened = intake::interpret(&notice, &intake, policy).expect("within the calendar");
        let event = Event::from(opened.opened);
        let happened = Happened { by: None, at: event.happened_at(now), recorded_at: now };
        let complaint = evolve(None, &event, &happened).expect("it begins a complaint");
        Self {
            policy: policy.clone(),
            members: people::everybody(),
            senders: vec![ChannelKind::Email],
            now,
            target: None,
            words_of: None,
            complaint,
            history: vec![Told { event, happened }],
        }
    }

    /// Moves the clock to a local time `2026-11-23 09:05`.
    ///
    /// # Panics
    ///
    /// When it is no time.
    pub fn at(&mut self, local_time: &str) -> &mut Self {
        self.now = local(local_time, &self.policy);
        self
    }

    /// Lets time pass.
    ///
    /// # Panics
    ///
    /// When the instant lies beyond what a timestamp holds.
    pub fn after(&mut self, time: SignedDuration) -> &mut Self {
        self.now = self.now.checked_add(time).expect("tests stay within the calendar");
        self
    }

    /// The member with this e-mail.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn member(&self, email: &str) -> &Member {
        self.members.iter().find(|member| member.email == email).expect("a member of the company")
    }

    /// Who acts: [`CUSTOMER`], or a member by e-mail.
    pub fn actor(&self, who: &str) -> Actor {
        if who == CUSTOMER { Actor::Complainant } else { Actor::Staff(self.member(who).clone()) }
    }

    /// Tries a command as the API does: fields, who may, rules.
    ///
    /// # Errors
    ///
    /// The refusal; `not-permitted` by rule `roles` for somebody who may not try it.
    ///
    /// # Panics
    ///
    /// When the body is no command.
    pub fn run(&mut self, who: &str, name: &str, body: &Value) -> Result<Vec<Event>, Refusal> {
        let actor = self.actor(who);
        let parsed = registry::parse(name, body, who == CUSTOMER);
        assert!(parsed.is_ok(), "{name} {body} is no command: {parsed:?}");
        let (shape, command) = parsed.expect("just seen");
        if !actor.is_one_of(shape.who, &self.complaint) {
            return Err(Refusal::new(RefusalCode::NotPermitted, "roles"));
        }
        self.decide(&actor, &command, &uploads(body))
    }

    /// Decides a command and lets happen what it makes happen.
    ///
    /// # Errors
    ///
    /// The refusal.
    ///
    /// # Panics
    ///
    /// When an event ends the complaint, which none does.
    pub fn decide(
        &mut self,
        actor: &Actor,
        command: &Command,
        files: &[NamedFile],
    ) -> Result<Vec<Event>, Refusal> {
        let circumstances = Circumstances {
            now: self.now,
            actor,
            policy: &self.policy,
            members: &self.members,
            senders: &self.senders,
            files,
            target: self.target.as_ref(),
            words_of: self.words_of.as_ref(),
        };
        let events = decide(&self.complaint, command, &circumstances)?;
        for event in &events {
            let at = event.happened_at(self.now);
            let happened = Happened { by: actor.account(), at, recorded_at: self.now };
            self.complaint = evolve(Some(self.complaint.clone()), event, &happened)
                .expect("a complaint stays one");
            self.history.push(Told { event: event.clone(), happened });
        }
        Ok(events)
    }

    /// A command that is taken; says what happened.
    ///
    /// # Panics
    ///
    /// When it is refused.
    pub fn does(&mut self, who: &str, name: &str, body: &Value) -> Vec<&'static str> {
        let done = self.run(who, name, body);
        assert!(done.is_ok(), "{who} {name} {body}: {done:?}");
        done.expect("just seen").iter().map(Event::name).collect()
    }

    /// A command that is refused; says code and rule, and changes nothing.
    ///
    /// # Panics
    ///
    /// When it is taken.
    pub fn refuses(&mut self, who: &str, name: &str, body: &Value) -> (RefusalCode, &'static str) {
        let before = self.complaint.clone();
        let refused = self.run(who, name, body);
        assert!(refused.is_err(), "{who} {name} {body}: {refused:?}");
        assert_eq!(self.complaint, before);
        let refusal = refused.expect_err("just seen");
        (refusal.code, refusal.rule)
    }

    /// Lets the program do what is due by itself; says what happened.
    ///
    /// # Panics
    ///
    /// When it is refused.
    pub fn tick(&mut self) -> Vec<&'static str> {
        let done = self.decide(&Actor::System("timer"), &Command::Tick, &[]);
        assert!(done.is_ok(), "tick: {done:?}");
        done.expect("just seen").iter().map(Event::name).collect()
    }

    /// Lets a provider answer about attempt `att_n`; says what happened.
    ///
    /// # Panics
    ///
    /// When there is no such attempt, or it is refused.
    pub fn provider(&mut self, attempt: &str, outcome: DeliveryOutcome) -> Vec<&'static str> {
        let attempt = attempt.parse().expect("an attempt");
        let command = Command::Delivered(Delivered { attempt, outcome });
        let done = self.decide(&Actor::System("outbox"), &command, &[]);
        assert!(done.is_ok(), "provider: {done:?}");
        done.expect("just seen").iter().map(Event::name).collect()
    }

    /// What the world must be told of the last `count` events.
    pub fn effects(&self, count: usize) -> Vec<Effect> {
        let skip = self.history.len().saturating_sub(count);
        let events: Vec<Event> =
            self.history.iter().skip(skip).map(|told| told.event.clone()).collect();
        react(&self.complaint, &events)
    }

    /// The complaint folded anew from its events as they are stored; `with_words` false erases all.
    ///
    /// # Panics
    ///
    /// When a stored event cannot be read back.
    pub fn replayed(&self, with_words: bool) -> Option<Complaint> {
        self.history.iter().fold(None, |complaint, told| {
            let stored = told.event.encode();
            let words = stored.words.as_deref().filter(|_| with_words);
            let event = Event::decode(stored.name, stored.schema, &stored.facts, words);
            evolve(complaint, &event.expect("a stored event is read back"), &told.happened)
        })
    }
}

/// The reference with number `n` of 2026.
///
/// # Panics
///
/// When `n` has more than six digits.
fn reference(n: u32) -> Reference {
    Reference::new("KN", 2026, n).expect("at most six digits")
}

fn local(time: &str, policy: &Policy) -> Timestamp {
    let time: DateTime = time.parse().expect("a local time, `2026-11-23 08:17`");
    let zone: TimeZone = policy.calendar.zone().clone();
    time.to_zoned(zone).expect("a time of that zone").timestamp()
}

/// Every upload a body names.
fn uploads(body: &Value) -> Vec<NamedFile> {
    match body {
        Value::String(text) if text.starts_with("upl_") => vec![upload(text)],
        Value::Array(values) => values.iter().flat_map(uploads).collect(),
        Value::Object(map) => map.values().flat_map(uploads).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![],
    }
}

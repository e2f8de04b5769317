//! `decide`: what a command makes happen, or why the rules refuse it.
//!
//! Pure: the same complaint, command and circumstances give the same answer for ever. Must not
//! check who may try a command (the registry's `who` is checked before), only what depends on
//! the complaint, its history and the policy.

mod close;
mod erasure;
mod gate;
mod keep;
mod pause;
mod recount;
mod remind;
mod result;
mod rounds;
mod tick;
mod verify;
mod words;

use jiff::{SignedDuration, Timestamp};

use super::{
    Command, Complaint, Event, Refusal, RefusalCode,
    evolve::{Happened, evolve},
    file::{NamedFile, each_once},
    people::{Actor, Member},
};
use crate::{id::AccountId, kinds::ChannelKind, policy::Policy, reference::Reference};

pub use erasure::{may_erase, may_erase_persons};
pub use tick::next_timer_at;

/// How far ahead somebody may set a due instant: a hundred years, within every calendar of instants.
const DUE_AHEAD_MAX: SignedDuration = SignedDuration::from_hours(24 * 366 * 100);

/// The complaint another one shall be joined to, as far as deciding needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinTarget {
    /// Its reference.
    pub reference: Reference,
    /// Whether it is open.
    pub open: bool,
    /// Whether it was itself joined to another.
    pub joined: bool,
}

/// The event a redaction names, as far as deciding needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsOf {
    /// Its kind, `finding.recorded`.
    pub kind: String,
    /// The names of its words.
    pub fields: Vec<String>,
}

/// Everything a decision depends on beside the complaint.
#[derive(Debug)]
pub struct Circumstances<'a> {
    /// The time.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// The policy the complaint runs under.
    pub policy: &'a Policy,
    /// Every member with an active account.
    pub members: &'a [Member],
    /// Channels that send by themselves now.
    pub senders: &'a [ChannelKind],
    /// The uploads the command names, as far as they exist and belong to whoever acts.
    pub files: &'a [NamedFile],
    /// The complaint a joining names, if it exists.
    pub target: Option<&'a JoinTarget>,
    /// The event a redaction names, if it exists and has words.
    pub words_of: Option<&'a WordsOf>,
}

/// Decides a command.
///
/// An empty list says that nothing is left to do: asking twice is not a mistake.
///
/// # Errors
///
/// The [`Refusal`] with its rule.
pub fn decide(
    complaint: &Complaint,
    command: &Command,
    at: &Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let mut draft = Draft { complaint: complaint.clone(), events: vec![], at };
    still_takes(complaint, command)?;
    match command {
        Command::Sighting => gate::sighting(&mut draft),
        Command::Classify(body) => gate::classify(&mut draft, body)?,
        Command::HandOver(body) => gate::hand_over(&mut draft, body)?,
        Command::Accept(body) => gate::accept(&mut draft, body)?,
        Command::Return(body) => gate::give_back(&mut draft, body)?,
        Command::Assign(body) => gate::assign(&mut draft, body)?,
        Command::RecordMandate(body) => gate::record_mandate(&mut draft, body)?,
        Command::VerifyMandate(body) => gate::verify_mandate(&mut draft, body)?,
        Command::Note(body) => words::note(&mut draft, body)?,
        Command::Write(body) => words::write(&mut draft, body)?,
        Command::Enter(body) => words::enter(&mut draft, body)?,
        Command::Send(body) => words::send(&mut draft, body)?,
        Command::TellWords(body) => words::tell(&mut draft, body)?,
        Command::AskEvidence(body) => words::ask(&mut draft, body)?,
        Command::Delivered(body) => words::delivered(&mut draft, body)?,
        Command::Find(body) => verify::find(&mut draft, body)?,
        Command::Undertake(body) => verify::undertake(&mut draft, body)?,
        Command::Settle(body) => verify::settle(&mut draft, body)?,
        Command::Move(body) => verify::move_to(&mut draft, body)?,
        Command::Pause(body) => pause::pause(&mut draft, body)?,
        Command::Resume(body) => pause::resume(&mut draft, body)?,
        Command::Decide(body) => result::propose(&mut draft, body)?,
        Command::Refuse(body) => result::refuse(&mut draft, body)?,
        Command::Approve(body) => result::approve(&mut draft, body)?,
        Command::GiveBack(body) => result::give_back(&mut draft, body)?,
        Command::Respond(body) => result::respond(&mut draft, body)?,
        Command::Tell(body) => result::tell(&mut draft, body)?,
        Command::Fail(body) => result::fail(&mut draft, body)?,
        Command::Agree(body) => rounds::agree(&mut draft, body)?,
        Command::Disagree(body) => rounds::disagree(&mut draft, body)?,
        Command::Withdraw(body) => rounds::withdraw(&mut draft, body)?,
        Command::Rate(body) => rounds::rate(&mut draft, body)?,
        Command::Close(body) => close::close(&mut draft, body)?,
        Command::Reopen(body) => close::reopen(&mut draft, body)?,
        Command::Join(body) => close::join(&mut draft, body)?,
        Command::Unjoin(body) => close::unjoin(&mut draft, body)?,
        Command::Redact(body) => close::redact(&mut draft, body)?,
        Command::Hold(body) => erasure::hold(&mut draft, body),
        Command::LiftHold(body) => erasure::lift(&mut draft, body)?,
        Command::Tick => tick::tick(&mut draft)?,
        Command::Recount => recount::recount(&mut draft)?,
    }
    Ok(draft.events)
}

/// A sealed file takes reopening, redaction, holds, a later objection, what was under way, and, while
/// undertakings run, how they went.
fn still_takes(complaint: &Complaint, command: &Command) -> Result<(), Refusal> {
    let takes_closed = matches!(
        command,
        Command::Reopen(_)
            | Command::Redact(_)
            | Command::Hold(_)
            | Command::LiftHold(_)
            | Command::Disagree(_)
            | Command::Rate(_)
            | Command::Unjoin(_)
            | Command::Delivered(_)
            | Command::Fail(_)
            | Command::Tick
            | Command::Recount
    );
    let settles = matches!(command, Command::Settle(_) | Command::Move(_));
    let takes = match complaint.stage {
        super::Stage::Archived => takes_closed,
        super::Stage::Closed => takes_closed || settles,
        super::Stage::Received
        | super::Stage::HandedOver
        | super::Stage::Verifying
        | super::Stage::Deciding
        | super::Stage::Responding
        | super::Stage::Answered => true,
    };
    if takes { Ok(()) } else { Err(Refusal::new(RefusalCode::Closed, "archive")) }
}

/// Events decided so far, with the complaint as they leave it.
struct Draft<'d, 'a> {
    complaint: Complaint,
    events: Vec<Event>,
    at: &'d Circumstances<'a>,
}

impl Draft<'_, '_> {
    /// Lets one more thing happen.
    fn push(&mut self, event: impl Into<Event>) {
        let event = event.into();
        let happened = Happened {
            by: self.at.actor.account(),
            at: event.happened_at(self.at.now),
            recorded_at: self.at.now,
        };
        let before = self.complaint.clone();
        self.complaint =
            evolve(Some(before), &event, &happened).expect("evolve keeps a complaint that exists");
        self.events.push(event);
    }

    fn extend(&mut self, events: Vec<Event>) {
        for event in events {
            self.push(event);
        }
    }

    /// The member with this e-mail.
    fn member(&self, email: &str) -> Result<&Member, Refusal> {
        let email = email.trim().to_lowercase();
        self.at.members.iter().find(|member| member.email == email).ok_or_else(|| {
            Refusal::new(RefusalCode::UnknownAccount, "accounts").with("account", &email)
        })
    }

    /// The account that acts.
    fn me(&self) -> Result<AccountId, Refusal> {
        self.at.actor.account().ok_or_else(|| Refusal::new(RefusalCode::NotPermitted, "roles"))
    }

    /// The files with these upload ids.
    fn files(&self, ids: &[String]) -> Result<Vec<NamedFile>, Refusal> {
        let (ids, max) = (each_once(ids), self.at.policy.limits.files);
        if ids.len() > max {
            return Err(Refusal::new(RefusalCode::TooManyFiles, "limits.files").with("max", max));
        }
        ids.iter()
            .map(|id| {
                let found = self.at.files.iter().find(|file| file.fact.upload == *id);
                found.cloned().ok_or_else(|| {
                    Refusal::new(RefusalCode::UnknownFile, "uploads").with("upload", id)
                })
            })
            .collect()
    }

    /// An instant somebody states: not in the future, not before the running round's receipt.
    fn stated(&self, at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
        let at = self.past(at)?;
        if at < self.complaint.round().from {
            return Err(Refusal::new(RefusalCode::BeforeReceipt, "promises.*.from"));
        }
        Ok(at)
    }

    /// An instant somebody states: not in the future, and of an age in which it can have been.
    fn past(&self, at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
        let at = at.unwrap_or(self.at.now);
        if at < Timestamp::UNIX_EPOCH {
            return Err(Refusal::new(RefusalCode::BeforeReceipt, "time"));
        }
        if at > self.at.now {
            return Err(Refusal::new(RefusalCode::InFuture, "time"));
        }
        Ok(at)
    }

    /// A due instant somebody sets: not in the past, and not so far ahead that nobody keeps it.
    fn future(&self, due: Option<Timestamp>) -> Result<Timestamp, Refusal> {
        let due = due.filter(|due| *due > self.at.now);
        let due = due.ok_or_else(|| Refusal::new(RefusalCode::InPast, "time"))?;
        if due.duration_since(self.at.now) > DUE_AHEAD_MAX {
            return Err(Refusal::new(RefusalCode::BeyondCalendar, "time"));
        }
        Ok(due)
    }

    /// Refuses unless the complaint stands at one of these stages.
    fn at_stage(&self, stages: &[super::Stage]) -> Result<(), Refusal> {
        if stages.contains(&self.complaint.stage) {
            Ok(())
        } else {
            Err(wrong_step(&self.complaint))
        }
    }
}

fn wrong_step(complaint: &Complaint) -> Refusal {
    Refusal::new(RefusalCode::WrongStep, "steps").with("state", complaint.stage.as_str())
}

fn beyond_calendar(error: &redress_calendar::CalendarError) -> Refusal {
    Refusal::new(RefusalCode::BeyondCalendar, "calendar").with("detail", error)
}

/// Texts that may be absent, empty ones counted as absent.
fn some(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}

//! The page of one complaint: its clocks, its rounds, its words, and every command as a form.
//! Must not decide what this reader may see: what is not in the values is not on the page.

use askama::Template;
use jiff::Timestamp;
use redress_core::kinds::{About, ChannelKind, Kind, Lang, Severity};
use redress_text::ComplaintState;

use super::queue;
use crate::components::{Clock, FileItem, Message, Rail};
use crate::desk::DeskFrame;
use crate::desk::form::FormView;

/// `/desk/complaints/{ref}`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/case.html")]
pub struct Case {
    /// Around the page.
    pub frame: DeskFrame,
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// The first words of the complaint; `None` once erased.
    pub title: Option<String>,
    /// Where it stands.
    pub state: ComplaintState,
    /// The running round, from 1.
    pub round: u8,
    /// Complaint or feedback.
    pub kind: Kind,
    /// What it is about.
    pub about: About,
    /// How serious.
    pub severity: Severity,
    /// People are, or may be, in danger.
    pub safety: bool,
    /// Category of the pack, by name.
    pub category: Option<String>,
    /// How it came.
    pub channel: ChannelKind,
    /// Earliest moment an official channel had it.
    pub received_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// `alphatech@1`.
    pub policy: String,
    /// Who has it: unit, units that help, holder, verifier, decider: label and name.
    pub hands: Vec<(String, String)>,
    /// Promises of the running round first, then what earlier ones became.
    pub clocks: Vec<Clock>,
    /// The five steps of the running round.
    pub rail: Rail,
    /// Rounds before the running one, oldest first.
    pub earlier: Vec<EarlierRound>,
    /// Who complains.
    pub person: PersonView,
    /// The whole text; `None` once erased.
    pub text: Option<String>,
    /// The lift, the place, the time, what the person asks for: label and value.
    pub facts: Vec<(String, String)>,
    /// Pictures and other files of the file.
    pub files: Vec<FileItem>,
    /// Words both ways and notes, oldest first.
    pub talk: Vec<TalkItem>,
    /// Findings of the running round.
    pub findings: Vec<Finding>,
    /// Proposals of the running round.
    pub proposals: Vec<Proposal>,
    /// Undertakings of all rounds, those that run first.
    pub undertakings: Vec<UndertakingLine>,
    /// Work that came up: failed delivery, late objection.
    pub tasks: Vec<super::Task>,
    /// Everything that happened, newest first.
    pub events: Vec<EventLine>,
    /// Every command this person may try, likely next one first.
    pub forms: Vec<FormView>,
    /// Who must act before this person can, in words; `None` where nobody needs to.
    pub waits: Option<String>,
}

/// A round that is over.
#[derive(Debug, Clone)]
pub struct EarlierRound {
    /// Its number.
    pub number: u8,
    /// Who verified.
    pub verifier: Option<String>,
    /// Who decided.
    pub decider: Option<String>,
    /// Its result, in words.
    pub outcome: String,
    /// When the result reached the complainant.
    pub answered_at: Option<Timestamp>,
    /// What it found.
    pub findings: EarlierFindings,
}

/// Findings of a round that is over: those who check again start from nothing.
#[derive(Debug, Clone)]
pub enum EarlierFindings {
    /// The running round has findings of its own.
    Shown(Vec<Finding>),
    /// Hidden until the running round has findings of its own.
    HiddenUntilOwn,
}

/// Who complains.
#[derive(Debug, Clone, Default)]
pub struct PersonView {
    /// Where the person is erased, for who may.
    pub erase: Option<String>,
    /// Name; `None` when unknown or erased.
    pub name: Option<String>,
    /// In which capacity, in words: `Đại diện cho bà Lê Thị Bình`.
    pub capacity: String,
    /// Whether a mandate was handed in and holds; `None` where none is needed.
    pub mandate: Option<bool>,
    /// Ways to reach the person.
    pub contacts: Vec<Contact>,
    /// The way back the person wished for.
    pub reply_by: Option<ChannelKind>,
    /// Language.
    pub language: Option<Lang>,
    /// Needs in dealing with the person; may be empty.
    pub needs: String,
    /// Other complaints of the same person: references.
    pub others: Vec<String>,
}

/// One way to reach a person.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Which way.
    pub channel: ChannelKind,
    /// As people read it.
    pub shown: String,
    /// `tel:` or `mailto:`; `None` where nothing opens.
    pub href: Option<String>,
}

/// Words both ways and notes, in one order.
#[derive(Debug, Clone)]
pub enum TalkItem {
    /// To or from the complainant.
    Message(Message),
    /// For colleagues only.
    Note(Note),
}

/// A note for colleagues.
#[derive(Debug, Clone)]
pub struct Note {
    /// Who left it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The note; `None` once redacted.
    pub text: Option<String>,
    /// Who should read it.
    pub mentions: Vec<String>,
    /// Its files.
    pub files: Vec<FileItem>,
}

/// A finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What was checked.
    pub check: String,
    /// Whose side it shows, in words.
    pub side: String,
    /// What was found; `None` once redacted.
    pub text: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who found it.
    pub by: String,
    /// Its files.
    pub files: Vec<FileItem>,
}

/// A proposed result.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What it says, in words: `Khiếu nại có cơ sở`, or the ground of refusal.
    pub outcome: String,
    /// Why; `None` once redacted.
    pub reasons: Option<String>,
    /// What will be done: what, by whom, until when.
    pub remedies: Vec<(String, String, Timestamp)>,
    /// Who proposed it, and when.
    pub by: String,
    /// When it was proposed.
    pub at: Timestamp,
    /// What became of it, in words: `chờ người khác duyệt`.
    pub fate: String,
    /// Whether it waits.
    pub waits: bool,
}

/// An undertaking.
#[derive(Debug, Clone)]
pub struct UndertakingLine {
    /// What was undertaken; `None` once erased.
    pub what: Option<String>,
    /// What kind, in words.
    pub kind: String,
    /// Who carries it out.
    pub owner: String,
    /// Until when.
    pub due: Timestamp,
    /// How it stands, in words.
    pub state: String,
    /// Name of its tag and icon in the stylesheet.
    pub tag: (&'static str, &'static str),
    /// Its former dates, each with the reason of the move.
    pub moves: Vec<(Timestamp, Option<String>)>,
    /// When it was kept, as somebody stated.
    pub kept_at: Option<Timestamp>,
    /// Address of its calendar entry, while it runs.
    pub calendar: Option<String>,
}

/// One event.
#[derive(Debug, Clone)]
pub struct EventLine {
    /// Its position in the log.
    pub pos: u64,
    /// When it happened.
    pub at: Timestamp,
    /// When it was recorded, if that is not the same minute.
    pub recorded_at: Option<Timestamp>,
    /// Who, in words: name and role, or the system.
    pub actor: String,
    /// What happened, in words.
    pub what: String,
    /// Why, or what it says; may be empty.
    pub why: String,
    /// `handover.accepted`, for auditors; `None` for everybody else.
    pub name: Option<String>,
}

impl Case {
    /// How each of the five steps is drawn.
    pub fn pips(&self) -> [&'static str; 5] {
        queue::pips(self.state)
    }

    /// The number of the present step.
    pub fn step(&self) -> u8 {
        queue::step(self.state)
    }

    /// The form of the likely next command.
    pub fn likely(&self) -> Option<&FormView> {
        self.forms.iter().find(|form| form.next)
    }

    /// The other forms, in the order given.
    pub fn others(&self) -> impl Iterator<Item = &FormView> {
        self.forms.iter().filter(|form| !form.next)
    }

    /// The name of the person, or the word for an unknown one.
    pub fn who(&self) -> String {
        self.person.name.clone().unwrap_or_else(|| self.frame.w.t("desk-person-unknown"))
    }

    /// The form that met a refusal or has errors, if any.
    pub fn wrong(&self) -> Option<&FormView> {
        self.forms.iter().find(|form| form.errors.any() || form.refused.is_some())
    }
}

//! The Director's inbox: what waits to be handed over, one tap each, phone first.
//! Must not hand anything over by itself.

use askama::Template;
use jiff::Timestamp;
use redress_core::kinds::ChannelKind;

use crate::components::{Clock, FileItem};
use crate::desk::form::{Choice, Refused};
use crate::desk::{DeskFrame, Duty};

/// `/desk/director`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/director.html")]
pub struct Director {
    /// Around the page.
    pub frame: DeskFrame,
    /// Danger past the gate that was not seen yet.
    pub danger: Vec<Danger>,
    /// What waits, danger first, then by time left.
    pub waiting: Vec<Card>,
    /// How many more wait than are shown.
    pub more: u32,
    /// What else waits for the Director: late objections, and what was handed over unseen.
    pub tasks: Vec<super::Task>,
    /// What is late or at risk elsewhere.
    pub risk: Vec<Risk>,
    /// Figures of the day.
    pub figures: Figures,
    /// What is lacking of the holidays and must be loaded, in words.
    pub holidays: Option<String>,
    /// Who is on duty.
    pub duty: Duty,
}

/// A dangerous complaint that went past the gate unseen.
#[derive(Debug, Clone)]
pub struct Danger {
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// Version of the complaint; sent as `version`.
    pub version: u64,
    /// The beginning of its text; `None` once erased.
    pub text: Option<String>,
    /// Telephone in E.164.
    pub phone: Option<String>,
    /// When it was received.
    pub received_at: Timestamp,
}

/// One complaint that waits to be handed over.
#[derive(Debug, Clone)]
pub struct Card {
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// Version of the complaint; sent as `version`.
    pub version: u64,
    /// What the person said against the earlier result, shortened; `None` in the first round.
    pub disagreement: Option<String>,
    /// The first words; `None` once erased.
    pub title: Option<String>,
    /// More of the text, at most some hundred characters; empty when the title says it all.
    pub text: String,
    /// Pictures first.
    pub files: Vec<FileItem>,
    /// How it came.
    pub channel: ChannelKind,
    /// When it was received.
    pub received_at: Timestamp,
    /// Name of the person.
    pub person: Option<String>,
    /// Telephone in E.164.
    pub phone: Option<String>,
    /// Where, as far as known; may be empty.
    pub place: String,
    /// People are, or may be, in danger.
    pub safety: bool,
    /// Which round waits.
    pub round: u8,
    /// Whether it was seen already.
    pub seen: bool,
    /// The promise that falls due next.
    pub clock: Option<Clock>,
    /// The unit the route suggests: id and name.
    pub suggested: Choice,
    /// Why, in words: `Vì khiếu nại nói về dịch vụ`.
    pub why: String,
    /// The other units.
    pub others: Vec<Choice>,
    /// Until when the Director may choose before the route is taken by itself; `None` if it waits.
    pub waits_until: Option<Timestamp>,
    /// The refusal that met the last attempt.
    pub refused: Option<Refused>,
}

/// Something late or at risk.
#[derive(Debug, Clone)]
pub struct Risk {
    /// Of which complaint.
    pub reference: String,
    /// Its first words; `None` once erased.
    pub title: Option<String>,
    /// Who has it.
    pub holder: String,
    /// The promise.
    pub clock: Clock,
}

/// Figures of the day.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    /// Received today; `None` where nobody counts.
    pub received: Option<u32>,
    /// First replies kept today, of those that fell due or were kept today; `None` where nobody
    /// counts.
    pub replies: Option<(u32, u32)>,
    /// Open now.
    pub open: u32,
    /// Overdue now.
    pub late: u32,
}

impl Card {
    /// At most two pictures, which stand on top of the card.
    pub fn pictures(&self) -> impl Iterator<Item = (&FileItem, &String)> {
        self.files.iter().filter_map(|file| Some((file, file.thumb.as_ref()?))).take(2)
    }

    /// How many pictures or files are not shown on top.
    pub fn more_files(&self) -> usize {
        self.files.len() - self.pictures().count()
    }
}

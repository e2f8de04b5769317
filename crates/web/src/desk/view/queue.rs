//! The queue: everything open by what is left of its next promise, and what a person must look at.
//! Must not sort by anything but the next due instant; what words find comes sorted.

use askama::Template;
use jiff::{SignedDuration, Timestamp};
use redress_app::Hit;
use redress_core::kinds::{ChannelKind, Lang};
use redress_text::{ComplaintState, PromiseState};

use crate::components::Clock;
use crate::desk::form::Choice;
use crate::desk::{DeskFrame, Duty};

/// `/desk/queue`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/queue.html")]
pub struct Queue {
    /// Around the page.
    pub frame: DeskFrame,
    /// What is asked for, as the address says it.
    pub filter: Filter,
    /// How many complaints are open, of those this person may see.
    pub open: u32,
    /// How many of them are overdue.
    pub late: u32,
    /// How many of them are this person's.
    pub mine: u32,
    /// How many of them are at risk.
    pub soon: u32,
    /// The complaints of this page in their groups; see [`groups`].
    pub groups: Vec<Group>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Notices that nothing could make sense of: a person must look.
    pub notices: Vec<Notice>,
    /// Work that came up beside the promises.
    pub tasks: Vec<Task>,
    /// Who is on duty.
    pub duty: Duty,
    /// Departments of the pack: id and name.
    pub departments: Vec<Choice>,
    /// Whether this person may enter complaints.
    pub may_enter: bool,
}

/// What the address of the queue asks for; words as in the API, empty for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// `open`, `all` or a state.
    pub state: String,
    /// A department.
    pub department: String,
    /// State of the next promise.
    pub promise: String,
    /// Only what this person holds.
    pub mine: bool,
    /// Words to search.
    pub q: String,
}

/// Complaints that belong together by what is left.
#[derive(Debug, Clone)]
pub struct Group {
    /// Which.
    pub kind: GroupKind,
    /// Its complaints in order.
    pub rows: Vec<Row>,
}

/// Why complaints stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKind {
    /// People are in danger; before everything.
    Rescue,
    /// The due instant has come.
    Overdue,
    /// Due within three hours.
    Next,
    /// Due later.
    Later,
    /// Nothing runs.
    Quiet,
    /// Found by words, what was asked for first.
    Found,
}

/// One complaint of the queue.
#[derive(Debug, Clone)]
pub struct Row {
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// The first words of the complaint; `None` once erased.
    pub title: Option<String>,
    /// Name of the person, where this reader may see it.
    pub person: Option<String>,
    /// The lift or other thing.
    pub asset: Option<String>,
    /// Where it stands.
    pub state: ComplaintState,
    /// Which round.
    pub round: u8,
    /// Name of the unit that has it.
    pub department: Option<String>,
    /// Name of the person who has it.
    pub holder: Option<String>,
    /// How it came.
    pub channel: ChannelKind,
    /// Language of the person.
    pub language: Lang,
    /// People are, or may be, in danger.
    pub safety: bool,
    /// Whether words of the complainant wait to be read.
    pub unread: bool,
    /// The promise that falls due next, without its steps.
    pub next: Option<Clock>,
    /// Why it was found, where words were asked for.
    pub hit: Option<Hit>,
}

/// A notice that nothing could make sense of.
#[derive(Debug, Clone)]
pub struct Notice {
    /// How it came.
    pub channel: ChannelKind,
    /// When.
    pub received_at: Timestamp,
    /// The number its sender was given.
    pub reference: String,
    /// From whom, as far as known and for those who may read it.
    pub name: String,
    /// Their telephone.
    pub phone: String,
    /// What it says.
    pub text: String,
    /// Whether somebody may be in danger.
    pub danger: bool,
    /// When somebody must have answered.
    pub due: Option<Timestamp>,
}

/// Work that came up beside the promises.
#[derive(Debug, Clone)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// Of which complaint.
    pub reference: String,
    /// Since when.
    pub since: Timestamp,
    /// More about it, in words; may be empty.
    pub detail: String,
}

/// What work may come up; text `desk-task-<word>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// Words did not reach the complainant.
    FailedDelivery,
    /// The complainant disagreed after the term; the Director decides.
    LateObjection,
    /// An undertaking is due or over.
    Undertaking,
    /// The complainant wrote.
    Unread,
    /// Anything else.
    Other,
}

impl TaskKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::FailedDelivery, Self::LateObjection, Self::Undertaking, Self::Unread, Self::Other];

    /// Its word in text ids.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::FailedDelivery => "failed-delivery",
            Self::LateObjection => "late-objection",
            Self::Undertaking => "undertaking",
            Self::Unread => "unread",
            Self::Other => "other",
        }
    }
}

impl GroupKind {
    /// Its word in text ids and the stylesheet.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Rescue => "rescue",
            Self::Overdue => "overdue",
            Self::Next => "next",
            Self::Later => "later",
            Self::Quiet => "quiet",
            Self::Found => "found",
        }
    }

    /// Where `row` belongs at `now`.
    pub fn of(row: &Row, now: Timestamp) -> Self {
        if row.hit.is_some() {
            return Self::Found;
        }
        if row.safety && step(row.state) < 4 {
            return Self::Rescue;
        }
        let Some(next) = &row.next else { return Self::Quiet };
        let left = next.due.duration_since(now);
        if left <= SignedDuration::ZERO {
            Self::Overdue
        } else if left <= SignedDuration::from_hours(3) {
            Self::Next
        } else {
            Self::Later
        }
    }
}

/// The rows of a page, which come in the order of their due instants, put into their groups.
pub fn groups(rows: Vec<Row>, now: Timestamp) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![];
    for row in rows {
        let kind = GroupKind::of(&row, now);
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { kind, rows: vec![row] }),
        }
    }
    groups.sort_by_key(|group| group.kind);
    groups
}

/// The pips of a state: how each of the five steps is drawn.
pub(super) fn pips(state: ComplaintState) -> [&'static str; 5] {
    let here = step(state);
    [1, 2, 3, 4, 5].map(|n| match n.cmp(&here) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "next",
    })
}

/// The number of the step a state belongs to.
pub(super) fn step(state: ComplaintState) -> u8 {
    match state {
        ComplaintState::Received => 1,
        ComplaintState::HandedOver | ComplaintState::Verifying => 2,
        ComplaintState::Deciding => 3,
        ComplaintState::Responding | ComplaintState::Answered => 4,
        ComplaintState::Closed | ComplaintState::Archived => 5,
    }
}

impl Row {
    /// How each of the five steps is drawn.
    pub fn pips(&self) -> [&'static str; 5] {
        pips(self.state)
    }

    /// The number of its step.
    pub fn step(&self) -> u8 {
        step(self.state)
    }
}

impl Filter {
    /// The query string for this filter, with a leading `?`; with `after`, its next page.
    pub fn query(&self, after: Option<&str>) -> String {
        let mine = if self.mine { "1" } else { "" };
        let pairs = [
            ("state", self.state.as_str()),
            ("department", &self.department),
            ("promise", &self.promise),
            ("mine", mine),
            ("q", &self.q),
            ("after", after.unwrap_or_default()),
        ];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", crate::desk::frame::encode(value)))
            .collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// Whether the form of the filter is worth showing: words alone are seen with what they found.
    pub fn narrows(&self) -> bool {
        let all = self.state == "all" && !self.q.is_empty();
        let state = !self.state.is_empty() && !all;
        state || self.mine || !self.department.is_empty() || !self.promise.is_empty()
    }

    /// Whether anything but the default is asked for.
    pub fn any(&self) -> bool {
        *self != Self::default()
    }
}

impl Queue {
    /// Every state, for the list of the filter.
    pub fn states(&self) -> &'static [ComplaintState] {
        ComplaintState::ALL
    }

    /// States of the next promise that the filter offers.
    pub fn promises(&self) -> [PromiseState; 4] {
        [PromiseState::Late, PromiseState::Soon, PromiseState::Running, PromiseState::Paused]
    }

    /// The views on top: text id, query, count and whether it is the present one.
    pub fn views(&self) -> [(&'static str, String, u32, bool); 4] {
        let view =
            |promise: &str, mine| Filter { promise: promise.to_owned(), mine, ..Filter::default() };
        [
            ("desk-view-all", view("", false), self.open),
            ("desk-view-mine", view("", true), self.mine),
            ("desk-view-late", view("late", false), self.late),
            ("desk-view-soon", view("soon", false), self.soon),
        ]
        .map(|(id, filter, count)| (id, filter.query(None), count, filter == self.filter))
    }

    /// The address of the next page.
    pub fn next_href(&self, after: &str) -> String {
        format!("/desk/queue{}", self.filter.query(Some(after)))
    }
}

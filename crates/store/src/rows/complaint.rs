//! The read row of a complaint and the departments that see it.
//! Must not decide what a state means: states are words of the caller.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::rows::Place;
use crate::value::{Line, Statement, statements, stmt};

/// A complaint as lists and pages need it. Instants are stored in whole microseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "columns of a row, each a word of its own")]
pub struct ComplaintRow {
    /// The complaint's id: the id part of its stream.
    pub id: String,
    /// Its reference, unique, as printed.
    pub reference: String,
    /// Hash of its tracking token, unique, never the token.
    pub tracking_hash: Vec<u8>,
    /// The state as a word (`verifying`).
    pub state: String,
    /// The round, from 1.
    pub round: i64,
    /// `complaint` or `feedback`.
    pub kind: String,
    /// What it is about (`product`, `service`, `both`, `unsure`).
    pub about: String,
    /// Category code, or empty.
    pub category: String,
    /// Severity code, or empty.
    pub severity: String,
    /// Whether somebody may be in danger.
    pub safety: bool,
    /// How serious it is, 0 the most: what is most serious is done first.
    pub gravity: i64,
    /// The channel it came by.
    pub channel: String,
    /// Language of the person.
    pub language: String,
    /// The first words of the text, shortened by the caller.
    pub title: String,
    /// When an official channel first got it.
    pub received_at: Timestamp,
    /// The department that leads, or empty.
    pub department: String,
    /// Every department that may see it, the leading one included, each once; codes without spaces.
    pub departments: Vec<String>,
    /// The person who holds it (account id), or empty.
    pub holder: String,
    /// The promise that falls due next (`resolution`), or empty.
    pub next_promise: String,
    /// The round of that promise, 0 if none.
    pub next_round: i64,
    /// When that promise is due; none sorts last.
    pub next_due: Option<Timestamp>,
    /// From when that promise counts as due soon.
    pub next_soon_at: Option<Timestamp>,
    /// State of that promise as a word (`running`, `kept`, `missed`), or empty.
    pub next_state: String,
    /// Whether something new waits to be read.
    pub unread: bool,
    /// Whether it stands in the queue (neither closed nor archived).
    pub open: bool,
    /// Whether it waits for the Director.
    pub director: bool,
    /// The next instant at which something happens by itself.
    pub next_timer_at: Option<Timestamp>,
    /// The person's id, or empty.
    pub person: String,
    /// Digest of the policy pack it runs under, as text.
    pub policy: String,
    /// Number of events of its stream.
    pub version: u64,
}

/// Columns of a [`ComplaintRow`] in the order [`read_complaint`] reads them, as a literal.
macro_rules! complaint_columns {
    () => {
        "c.id, c.reference, c.tracking_hash, c.state, c.round, c.kind, c.about, c.category, \
         c.severity, c.safety, c.channel, c.language, c.title, c.received_at, c.department, \
         c.departments, c.holder, c.next_promise, c.next_round, c.next_due, c.next_soon_at, \
         c.next_state, c.unread, c.open, c.director, c.next_timer_at, c.person, c.policy, c.version, \
         c.gravity"
    };
}
pub(crate) use complaint_columns;

statements! {
    UPSERT = "INSERT INTO complaint (id, reference, tracking_hash, state, round, kind, about, \
        category, severity, safety, channel, language, title, received_at, department, \
        departments, holder, next_promise, next_round, next_due, next_soon_at, next_state, unread, \
        open, director, next_timer_at, person, policy, version, pos, gravity) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
        $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31) \
        ON CONFLICT (id) DO UPDATE SET reference = excluded.reference, \
        tracking_hash = excluded.tracking_hash, state = excluded.state, round = excluded.round, \
        kind = excluded.kind, about = excluded.about, category = excluded.category, \
        severity = excluded.severity, safety = excluded.safety, channel = excluded.channel, \
        language = excluded.language, title = excluded.title, \
        received_at = excluded.received_at, department = excluded.department, \
        departments = excluded.departments, holder = excluded.holder, \
        next_promise = excluded.next_promise, next_round = excluded.next_round, \
        next_due = excluded.next_due, next_soon_at = excluded.next_soon_at, \
        next_state = excluded.next_state, unread = excluded.unread, open = excluded.open, \
        director = excluded.director, next_timer_at = excluded.next_timer_at, \
        person = excluded.person, policy = excluded.policy, version = excluded.version, \
        gravity = excluded.gravity, \
        pos = CASE WHEN excluded.pos = 0 THEN complaint.pos ELSE excluded.pos END";
    CLEAR_DEPARTMENTS = "DELETE FROM complaint_department WHERE complaint = $1";
    ADD_DEPARTMENT = "INSERT INTO complaint_department \
        (complaint, department, open, state, next_due) VALUES ($1, $2, $3, $4, $5)";
}

impl ComplaintRow {
    pub(crate) fn statements(&self, place: Place) -> Vec<Statement<'_>> {
        let mut list = Vec::with_capacity(2 + self.departments.len());
        list.push(self.upsert(place.pos));
        if !place.is_new {
            list.push(stmt!(CLEAR_DEPARTMENTS; &self.id));
        }
        list.extend(self.departments.iter().map(|department| {
            stmt!(ADD_DEPARTMENT; &self.id, department, self.open, &self.state, self.next_due)
        }));
        list
    }

    fn upsert(&self, pos: u64) -> Statement<'_> {
        stmt!(UPSERT;
            &self.id, &self.reference, &self.tracking_hash, &self.state, self.round, &self.kind,
            &self.about, &self.category, &self.severity, self.safety, &self.channel,
            &self.language, &self.title, self.received_at, &self.department,
            self.departments.join(" "), &self.holder, &self.next_promise, self.next_round,
            self.next_due, self.next_soon_at, &self.next_state, self.unread, self.open,
            self.director, self.next_timer_at, &self.person, &self.policy, self.version, pos,
            self.gravity,
        )
    }
}

/// Reads the columns of `complaint_columns`.
pub(crate) fn read_complaint(line: &mut Line) -> Result<ComplaintRow, StoreError> {
    Ok(ComplaintRow {
        id: line.text()?,
        reference: line.text()?,
        tracking_hash: line.bytes()?,
        state: line.text()?,
        round: line.int()?,
        kind: line.text()?,
        about: line.text()?,
        category: line.text()?,
        severity: line.text()?,
        safety: line.flag()?,
        channel: line.text()?,
        language: line.text()?,
        title: line.text()?,
        received_at: line.instant()?,
        department: line.text()?,
        departments: line.text()?.split_whitespace().map(str::to_owned).collect(),
        holder: line.text()?,
        next_promise: line.text()?,
        next_round: line.int()?,
        next_due: line.maybe_instant()?,
        next_soon_at: line.maybe_instant()?,
        next_state: line.text()?,
        unread: line.flag()?,
        open: line.flag()?,
        director: line.flag()?,
        next_timer_at: line.maybe_instant()?,
        person: line.text()?,
        policy: line.text()?,
        version: line.count()?,
        gravity: line.int()?,
    })
}

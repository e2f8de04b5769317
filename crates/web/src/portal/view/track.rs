//! Looking up a complaint, and the page that shows it to its complainant.
//! Must not show notes, findings not yet decided upon, or addresses of staff.

use askama::Template;
use jiff::Timestamp;
use redress_text::ComplaintState;

use crate::components::{Clock, FieldErrors, FileItem, Frame, Message, Rail};

/// `/{lang}/track`: asks for the tracking link; a reference opens nothing.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/lookup.html")]
pub struct TrackLookup {
    /// Around the page.
    pub frame: Frame,
    /// What was typed.
    pub link: String,
    /// What is wrong with it.
    pub errors: FieldErrors,
}

/// `/{lang}/track/{token}`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/tracking.html")]
pub struct Tracking {
    /// Around the page.
    pub frame: Frame,
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// Path of this page; forms post below it: `…/agreement`, `…/disagreement`, `…/messages`,
    /// `…/rating`.
    pub path: String,
    /// One-time key of the forms on this page.
    pub key: String,
    /// What was done just now, in words; empty when the page was merely opened.
    pub done: String,
    /// What is wrong with a form that was sent.
    pub errors: FieldErrors,
    /// Where the complaint stands.
    pub state: ComplaintState,
    /// The line under the heading.
    pub lead: String,
    /// The round that runs, from 1.
    pub round: u8,
    /// Whether people are in danger.
    pub danger: bool,
    /// The five steps of this round.
    pub rail: Rail,
    /// The promises of this round, by due time.
    pub clocks: Vec<Clock>,
    /// What the company undertook, what runs first.
    pub undertakings: Vec<Undertaking>,
    /// The result of this round.
    pub decision: Option<Decision>,
    /// Agreeing and disagreeing, while that is possible.
    pub respond: Option<RespondForm>,
    /// Earlier rounds, folded.
    pub earlier: Vec<EarlierRound>,
    /// The reason why the same people look again, where that was waived; empty otherwise.
    pub waiver: String,
    /// Messages, newest first.
    pub messages: Vec<Message>,
    /// Evidence of the complainant.
    pub evidence: Vec<FileItem>,
    /// Adding a message or evidence, while that is possible.
    pub write: Option<WriteForm>,
    /// One form for each round that may be rated.
    pub ratings: Vec<RatingForm>,
    /// Who has it now.
    pub holder: Option<Holder>,
}

/// The result of a round.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The outcome in words: upheld, not upheld, refused.
    pub outcome: String,
    /// Whether it is a refusal.
    pub refused: bool,
    /// The ground in words; only of a refusal.
    pub ground: String,
    /// The reasons.
    pub reasons: String,
    /// What was checked; only of a refusal.
    pub checked: String,
    /// Who can help instead; only of a refusal.
    pub who_can_help: String,
    /// When it was answered.
    pub at: Timestamp,
    /// Who decided, name and unit.
    pub by: String,
    /// What the person may still do, sentences of the pack and the law.
    pub rights: Vec<String>,
}

/// One thing the company undertook to do.
#[derive(Debug, Clone)]
pub struct Undertaking {
    /// What.
    pub what: String,
    /// What kind, in words.
    pub kind: String,
    /// Name of its tag and icon in the stylesheet.
    pub tag: (&'static str, &'static str),
    /// How it stands, in words.
    pub state: String,
    /// The first instant that is too late.
    pub due: Timestamp,
    /// Its former dates, each with the reason of the move.
    pub moves: Vec<(Timestamp, Option<String>)>,
    /// Address of its calendar entry, while it runs.
    pub calendar: Option<String>,
}

/// Agreeing or disagreeing with a result.
#[derive(Debug, Clone)]
pub struct RespondForm {
    /// Whether the person agreed before; then nothing is asked, and disagreeing stays possible.
    pub agreed: bool,
    /// Whether agreeing is still possible; a late objection may be taken when it is not.
    pub may_agree: bool,
    /// Whether the policy takes a disagreement.
    pub may_disagree: bool,
    /// The first instant after the term for objecting.
    pub until: Timestamp,
    /// What happens after silence, a sentence of the pack.
    pub silence: String,
    /// What happens after disagreement: who looks again and how long it takes; a sentence.
    pub again: String,
    /// The due time of the next round if the person disagreed now; `None` after the last round.
    pub again_due: Option<Timestamp>,
    /// What the button that sends the disagreement says: where it goes.
    pub send: String,
    /// What the person typed before, kept.
    pub text: String,
}

/// A round that is over.
#[derive(Debug, Clone)]
pub struct EarlierRound {
    /// Which, from 1.
    pub round: u8,
    /// Its outcome in words.
    pub outcome: String,
    /// When it was answered.
    pub answered_at: Timestamp,
    /// Its reasons.
    pub reasons: String,
    /// What the person said against it.
    pub objection: String,
    /// Its promises.
    pub clocks: Vec<Clock>,
}

/// Adding a message or evidence.
#[derive(Debug, Clone)]
pub struct WriteForm {
    /// What was typed before, kept.
    pub text: String,
    /// What the company asked for, in words; empty when it asked for nothing.
    pub asked: Vec<String>,
    /// Until when it asked to have it.
    pub asked_until: Option<Timestamp>,
    /// Files at most.
    pub files: usize,
    /// Bytes of one file at most.
    pub file_bytes: u64,
}

/// Rating one round.
#[derive(Debug, Clone)]
pub struct RatingForm {
    /// Which round.
    pub round: u8,
    /// A rating given before, for the result, 1 to 5.
    pub result: Option<u8>,
    /// A rating given before, for the handling, 1 to 5.
    pub handling: Option<u8>,
}

impl RatingForm {
    /// The five marks.
    pub fn marks(&self) -> [u8; 5] {
        [1, 2, 3, 4, 5]
    }

    /// Whether `mark` was given to the result.
    pub fn gave_result(&self, mark: &u8) -> bool {
        self.result == Some(*mark)
    }

    /// Whether `mark` was given to the handling.
    pub fn gave_handling(&self, mark: &u8) -> bool {
        self.handling == Some(*mark)
    }
}

/// Who has the complaint now.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Name of the person, or empty while only a unit has it.
    pub name: String,
    /// The unit.
    pub unit: String,
}

impl Tracking {
    /// Heading: where the complaint stands.
    pub fn headline(&self) -> String {
        self.frame.w.t(&format!("track-title-{}", self.state.as_str()))
    }

    /// Whether a later round runs.
    pub fn is_again(&self) -> bool {
        self.round > 1
    }
}

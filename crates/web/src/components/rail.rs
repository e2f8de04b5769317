//! The rail of five stops: how far a complaint has come.
//! Must not decide which step is reached.

use jiff::Timestamp;
use redress_text::Step;

/// The five stops in order.
#[derive(Debug, Clone)]
pub struct Rail {
    /// The stops, first to last.
    pub stops: Vec<Stop>,
}

/// One stop.
#[derive(Debug, Clone)]
pub struct Stop {
    /// Which step.
    pub step: Step,
    /// Behind, here or ahead.
    pub state: StopState,
    /// When it was reached.
    pub at: Option<Timestamp>,
    /// What happened there, in words, with who did it.
    pub note: String,
}

/// Where the complaint stands to a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopState {
    /// Behind.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Next,
}

impl Stop {
    /// The state as the stylesheet names it.
    pub fn state_name(&self) -> &'static str {
        match self.state {
            StopState::Done => "done",
            StopState::Now => "now",
            StopState::Next => "next",
        }
    }

    /// Whether the complaint stands here.
    pub fn is_now(&self) -> bool {
        self.state == StopState::Now
    }

    /// Whether the stop is behind.
    pub fn is_done(&self) -> bool {
        self.state == StopState::Done
    }
}

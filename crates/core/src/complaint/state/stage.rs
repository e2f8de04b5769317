//! Where a complaint stands.

/// Where a complaint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Waits at the Director's gate.
    Received,
    /// Waits for the unit to take it.
    HandedOver,
    /// Is verified.
    Verifying,
    /// A proposal waits for approval.
    Deciding,
    /// An approved result waits to be sent or told.
    Responding,
    /// The result reached the complainant.
    Answered,
    /// Closed; undertakings still run.
    Closed,
    /// Sealed and archived.
    Archived,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::HandedOver,
        Self::Verifying,
        Self::Deciding,
        Self::Responding,
        Self::Answered,
        Self::Closed,
        Self::Archived,
    ];

    /// The one spelling in API, database and pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::HandedOver => "handed-over",
            Self::Verifying => "verifying",
            Self::Deciding => "deciding",
            Self::Responding => "responding",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }

    /// Whether people still work on it.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Archived)
    }

    /// Which of the five steps of the policy this is, from 1.
    pub const fn step(self) -> u8 {
        match self {
            Self::Received => 1,
            Self::HandedOver | Self::Verifying => 2,
            Self::Deciding => 3,
            Self::Responding | Self::Answered => 4,
            Self::Closed | Self::Archived => 5,
        }
    }
}

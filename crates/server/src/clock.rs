//! The machine's clock: the only place that asks it. Must not be asked by rules: the instant travels
//! as a value.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl SystemClock {
    /// The instant now.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    #[expect(
        clippy::unused_self,
        reason = "a clock is a value, so that another can stand in for it"
    )]
    pub(crate) fn now(self) -> Timestamp {
        Timestamp::now()
    }

    /// The date now by universal time; good enough to judge how far a calendar reaches.
    pub(crate) fn today(self) -> Date {
        TimeZone::UTC.to_datetime(self.now()).date()
    }
}

//! The working weeks that the command line names. Must not know holidays.

use clap::ValueEnum;
use redress_calendar::Week;

/// A working week by its name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum WeekName {
    /// Monday to Friday, 08:00-12:00 and 13:00-17:00.
    #[value(name = "mon-fri")]
    FiveDays,
    /// Monday to Saturday, the same hours.
    #[value(name = "mon-sat")]
    SixDays,
    /// Monday to Friday, and Saturday 08:00-12:00.
    #[value(name = "mon-sat-noon")]
    HalfSaturday,
}

impl WeekName {
    /// The week itself.
    pub(super) fn week(self) -> Week {
        match self {
            Self::FiveDays => Week::mon_fri(),
            Self::SixDays => Week::mon_sat(),
            Self::HalfSaturday => Week::mon_sat_noon(),
        }
    }
}

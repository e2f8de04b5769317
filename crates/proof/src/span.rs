//! When a leaf can have been recorded, by what others than the log saw (the rule on back-dating).
//! Must not trust the log's own times, and must not read a clock.

use jiff::{SignedDuration, Timestamp};

/// How exact the time of an anchor is: a witness signs whole seconds, cut off.
const ANCHOR_STEP: SignedDuration = SignedDuration::from_secs(1);

/// At `at`, somebody else than the log saw it have `size` leaves: a witness that cosigned, or a
/// checkpoint printed on a letter that was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// How many leaves were seen.
    pub size: u64,
    /// When, whole seconds, cut off.
    pub at: Timestamp,
}

/// Between which instants a leaf was recorded, as far as others have seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Bounds {
    /// The leaf was not there yet.
    pub not_before: Option<Timestamp>,
    /// The leaf was there.
    pub not_after: Option<Timestamp>,
}

/// A leaf tells a time at which it cannot have been recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeFault {
    /// It tells a time at which others saw the log without it.
    #[error("dated back: it says {recorded_at}, and was not in the log at {not_before}")]
    BackDated {
        /// What the leaf says.
        recorded_at: Timestamp,
        /// When it was not there yet.
        not_before: Timestamp,
    },
    /// It tells a time after others saw it.
    #[error("dated ahead: it says {recorded_at}, and was in the log at {not_after}")]
    DatedAhead {
        /// What the leaf says.
        recorded_at: Timestamp,
        /// When it was there.
        not_after: Timestamp,
    },
}

impl Bounds {
    /// Those of leaf `index`: after the last time that others saw a tree of at most `index` leaves,
    /// and no later than the first time that they saw a larger one.
    ///
    /// A small tree that was seen when a larger one had been seen already says nothing: an old
    /// checkpoint was shown again.
    ///
    /// ```
    /// use redress_proof::{Anchor, Bounds};
    /// let at = |hour: i8| jiff::civil::date(2026, 11, 22).at(hour, 0, 0, 0);
    /// let at = |hour| at(hour).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    /// let seen = [(4, 8), (7, 9), (9, 10), (3, 11)];
    /// let bounds = Bounds::of(4, seen.map(|(size, hour)| Anchor { size, at: at(hour) }));
    /// assert_eq!(bounds, Bounds { not_before: Some(at(8)), not_after: Some(at(9)) });
    /// assert!(bounds.check(at(8), jiff::SignedDuration::ZERO).is_ok());
    /// assert!(bounds.check(at(7), jiff::SignedDuration::from_mins(5)).is_err());
    /// ```
    pub fn of(index: u64, anchors: impl IntoIterator<Item = Anchor>) -> Self {
        let (mut without, mut with) = (Vec::new(), None::<Timestamp>);
        for Anchor { size, at } in anchors {
            if size > index {
                with = Some(with.map_or(at, |first| first.min(at)));
            } else {
                without.push(at);
            }
        }
        let earlier = |at: &Timestamp| with.is_none_or(|first| *at <= first);
        Self { not_before: without.into_iter().filter(earlier).max(), not_after: with }
    }

    /// Checks what a leaf says of its time. `tolerance` is how far the clocks of log and witnesses
    /// may be apart; the second that a witness cuts off is allowed for beside it.
    ///
    /// # Errors
    ///
    /// [`TimeFault`] when it lies outside.
    pub fn check(
        &self,
        recorded_at: Timestamp,
        tolerance: SignedDuration,
    ) -> Result<(), TimeFault> {
        // Saturating: a bound beyond the end of time bounds nothing.
        let ahead = recorded_at.saturating_add(tolerance).unwrap_or(Timestamp::MAX);
        let slack = tolerance.saturating_add(ANCHOR_STEP);
        if let Some(not_before) = self.not_before.filter(|bound| ahead < *bound) {
            return Err(TimeFault::BackDated { recorded_at, not_before });
        }
        let beyond = |bound: &Timestamp| {
            recorded_at >= bound.saturating_add(slack).unwrap_or(Timestamp::MAX)
        };
        match self.not_after.filter(beyond) {
            Some(not_after) => Err(TimeFault::DatedAhead { recorded_at, not_after }),
            None => Ok(()),
        }
    }
}

/// By how much an entry is late: what is said to have been received at `received_at` was recorded
/// more than `margin` afterwards. Nothing if it was entered in time.
///
/// A late entry is not wrong (a letter of Saturday is entered on Monday), but is shown as one: until
/// `recorded_at`, only the organisation's word speaks for the earlier time.
pub fn late_by(
    received_at: Timestamp,
    recorded_at: Timestamp,
    margin: SignedDuration,
) -> Option<SignedDuration> {
    let late = recorded_at.duration_since(received_at);
    (late > margin).then_some(late)
}

//! Stretches of time in which a term stands still. Must not decide who may pause what.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::Calendar;

/// A stretch of time in which a term stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pause {
    /// The first instant that stands still.
    pub from: Timestamp,
    /// The instant from which the term goes on.
    pub until: Timestamp,
}

/// The pauses of one walk, in the order of time.
#[derive(Clone, Copy)]
pub(super) struct Pauses<'p> {
    calendar: &'p Calendar,
    list: &'p [Pause],
}

impl<'p> Pauses<'p> {
    /// # Panics
    /// If the pauses are not in order, or overlap: whoever lets a term pause makes sure of that.
    pub(super) fn new(calendar: &'p Calendar, list: &'p [Pause]) -> Self {
        let orderly = list.iter().all(|pause| pause.from <= pause.until)
            && list.windows(2).all(|pair| match pair {
                [first, second] => first.until <= second.from,
                _ => true,
            });
        assert!(orderly, "pauses are in order and do not overlap: {list:?}");
        Self { calendar, list }
    }

    /// Whether the end of this day falls into a pause: the day cannot be finished, so it does not
    /// count.
    pub(super) fn hold(self, day: Date) -> bool {
        self.list.iter().any(|pause| {
            let date = |at| self.calendar.local_date(at);
            date(pause.from) <= day && day < date(pause.until)
        })
    }

    /// The stretches between the pauses from `from` on, each with the pause that ends it.
    pub(super) fn between(
        self,
        from: Timestamp,
    ) -> impl Iterator<Item = (Timestamp, Option<Pause>)> {
        let starts = std::iter::once(from).chain(self.list.iter().map(|pause| pause.until));
        let ends = self.list.iter().copied().map(Some).chain(std::iter::once(None));
        starts.zip(ends)
    }
}

//! A slow answer to the same questions: every five minutes and every day are marked one by one.
//! Must not use the library beyond building the calendar under test.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use redress_calendar::{Calendar, Hours, Week};

/// Hours of a day as pairs of five-minute marks, 0 to 288.
type Marks = Vec<(u32, u32)>;

/// What a random calendar is made of.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Zone by name.
    pub(crate) zone: &'static str,
    /// The date everything lies around.
    pub(crate) middle: Date,
    /// First and last covered day.
    pub(crate) covers: (Date, Date),
    /// Monday to Sunday.
    pub(crate) week: [Marks; 7],
    /// Days off.
    pub(crate) holidays: Vec<Date>,
    /// Days with other hours.
    pub(crate) shifts: Vec<(Date, Marks)>,
}

fn clock(mark: u32) -> String {
    format!("{:02}:{:02}", mark / 12, mark % 12 * 5)
}

fn pairs(marks: &Marks) -> Vec<(String, String)> {
    marks.iter().map(|(from, until)| (clock(*from), clock(*until))).collect()
}

/// The dates so many days before and after another.
pub(crate) fn around(middle: Date, days: i64) -> (Date, Date) {
    let reach = SignedDuration::from_hours(24 * days);
    (middle - reach, middle + reach)
}

impl Plan {
    /// The calendar under test; nothing if the plan has no working time.
    pub(crate) fn calendar(&self) -> Option<Calendar> {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let week = Week::parse(days.into_iter().zip(self.week.iter().map(pairs)))
            .expect("within the years of the test");
        let (from, until) = self.covers;
        let mut builder = Calendar::builder("random").zone(self.zone).week(week);
        for date in &self.holidays {
            builder = builder.holiday(*date, None);
        }
        for (date, marks) in &self.shifts {
            builder = builder
                .shift(*date, Hours::parse(pairs(marks)).expect("within the years of the test"));
        }
        builder.covers(from, until).build().ok()
    }

    /// The same plan told in another order.
    pub(crate) fn reversed(&self) -> Self {
        let mut plan = self.clone();
        plan.holidays.reverse();
        plan.shifts.reverse();
        plan.shifts.iter_mut().for_each(|(_, marks)| marks.reverse());
        plan.week.iter_mut().for_each(|marks| marks.reverse());
        plan
    }

    fn marks(&self, date: Date) -> Marks {
        if let Some((_, marks)) = self.shifts.iter().find(|(on, _)| *on == date) {
            marks.clone()
        } else if self.holidays.contains(&date) {
            Vec::new()
        } else {
            let weekday = date.weekday().to_monday_zero_offset();
            self.week[usize::try_from(weekday).expect("within the years of the test")].clone()
        }
    }
}

/// All working marks of the covered days.
pub(crate) struct Oracle {
    /// Their starts in order, none twice.
    working: Vec<Timestamp>,
    days: BTreeMap<Date, Option<(Timestamp, Timestamp)>>,
}

const MARK: SignedDuration = SignedDuration::from_mins(5);

impl Oracle {
    /// Marks everything.
    pub(crate) fn new(plan: &Plan) -> Self {
        let zone = TimeZone::get(plan.zone).expect("within the years of the test");
        let read = |date: Date, mark: u32| {
            let midnight = DateTime::from_parts(date, Time::midnight());
            let local = midnight + SignedDuration::from_mins(i64::from(mark) * 5);
            zone.to_ambiguous_timestamp(local).compatible().expect("within the years of the test")
        };
        let (mut working, mut days) = (Vec::new(), BTreeMap::new());
        let mut date = plan.covers.0;
        while date <= plan.covers.1 {
            let tomorrow = date.tomorrow().expect("within the years of the test");
            let (first, end) = (read(date, 0), read(tomorrow, 0));
            let marks = plan.marks(date);
            for (from, until) in &marks {
                let (mut mark, until) = (read(date, *from), read(date, *until));
                while mark < until {
                    if first <= mark && mark < end {
                        working.push(mark);
                    }
                    mark += MARK;
                }
            }
            let noon = read(date, 144);
            days.insert(date, (!marks.is_empty()).then_some((noon, end)));
            date = tomorrow;
        }
        working.sort_unstable();
        working.dedup();
        Self { working, days }
    }

    /// Noon of a working day, if that day exists on the clock.
    pub(crate) fn stretch_of(&self, date: Date) -> Option<(Timestamp, Timestamp)> {
        self.days.get(&date).copied().flatten().filter(|(noon, end)| noon < end)
    }

    /// The instant after so many working marks; before zero: back.
    pub(crate) fn add_working(&self, from: Timestamp, marks: i64) -> Option<Timestamp> {
        let nth = usize::try_from(marks.unsigned_abs())
            .expect("within the years of the test")
            .saturating_sub(1);
        let (before, after) = self.working.split_at(self.place(from));
        match marks {
            0 => after.first().copied(),
            1.. => after.get(nth).map(|mark| *mark + MARK),
            _ => before.iter().rev().nth(nth).copied(),
        }
    }

    /// How many marks start before an instant.
    fn place(&self, at: Timestamp) -> usize {
        self.working.partition_point(|mark| *mark < at)
    }

    /// Working seconds between two instants.
    pub(crate) fn measure(&self, from: Timestamp, to: Timestamp) -> i64 {
        let place = |at| i64::try_from(self.place(at)).expect("within the years of the test");
        (place(to) - place(from)) * 300
    }

    fn working_day(&self, date: Date) -> Option<bool> {
        self.days.get(&date).map(Option::is_some)
    }

    /// The last day of a count of working days.
    pub(crate) fn add_working_days(&self, receipt: Date, count: i32) -> Option<Date> {
        let (mut date, mut left) = (receipt, count.unsigned_abs());
        while left > 0 {
            date = next(date, count);
            left -= u32::from(self.working_day(date)?);
        }
        Some(date)
    }

    /// The last day of a count of calendar days that rolls.
    pub(crate) fn add_rolled(&self, receipt: Date, count: i32) -> Option<Date> {
        let mut date = receipt + SignedDuration::from_hours(24 * i64::from(count));
        while !self.working_day(date)? {
            date = next(date, count);
        }
        Some(date)
    }
}

fn next(date: Date, direction: i32) -> Date {
    if direction >= 0 {
        date.tomorrow().expect("within the years of the test")
    } else {
        date.yesterday().expect("within the years of the test")
    }
}

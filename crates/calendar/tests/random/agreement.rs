//! A hundred thousand random calendars and dates, daylight saving among them, against the slow oracle.
//! The seeds are fixed, so that a failure is the same everywhere; `properties` looks for new ones.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use redress_calendar::{Amount, Calendar, CalendarError, Due};

use crate::oracle::{self, Oracle, Plan};

/// Calendars of one test; there are four tests, so that they run side by side.
const CALENDARS: u64 = 25_000;

/// Days before and after the middle that a calendar covers.
const REACH_DAYS: i64 = 18;

const ZONES: [&str; 12] = [
    "Asia/Ho_Chi_Minh",
    "Asia/Vientiane",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "America/Santiago",
];

/// Repeatable chance (`SplitMix64`, after Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).expect("low is not above high");
        low + i64::try_from(self.next() % span).expect("less than the span")
    }

    /// Up to three intervals of a day on five-minute marks, half of the time all of them before five
    /// in the morning, where clocks change.
    fn hours(&mut self) -> Vec<(u32, u32)> {
        let last = if self.between(0, 1) == 0 { 60 } else { 288 };
        let count = self.between(0, 6);
        let mut marks: Vec<u32> = (0..count)
            .map(|_| u32::try_from(self.between(0, last)).expect("a mark of a day"))
            .collect();
        marks.sort_unstable();
        marks.dedup();
        marks.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// A date of the plan.
    fn date(&mut self, middle: Date) -> Date {
        middle + SignedDuration::from_hours(24 * self.between(-REACH_DAYS, REACH_DAYS))
    }

    fn plan(&mut self) -> Plan {
        let zone = ZONES[usize::try_from(self.between(0, 11)).expect("an index")];
        let year = i16::try_from(self.between(2009, 2026)).expect("a year");
        let middle = turning_date(zone, year, self.between(0, 1));
        let week = std::array::from_fn(|_| self.hours());
        let holidays = (0..self.between(0, 8)).map(|_| self.date(middle)).collect();
        let mut shifts: Vec<(Date, Vec<(u32, u32)>)> =
            (0..self.between(0, 6)).map(|_| (self.date(middle), self.hours())).collect();
        shifts.sort();
        shifts.dedup_by_key(|shift| shift.0);
        let covers = oracle::around(middle, REACH_DAYS);
        Plan { zone, middle, covers, week, holidays, shifts }
    }
}

/// The date of the first or second clock change of a year, or its middle if the zone has none.
fn turning_date(zone: &str, year: i16, nth: i64) -> Date {
    let zone = TimeZone::get(zone).expect("a zone of the list");
    let start = date(year, 1, 1).to_zoned(zone.clone()).expect("a year of our time");
    let nth = usize::try_from(nth).expect("zero or one");
    let change = zone.following(start.timestamp()).nth(nth);
    change
        .map(|change| zone.to_datetime(change.timestamp()).date())
        .filter(|date| date.year() == year)
        .unwrap_or(date(year, 7, 1))
}

/// The outcome, or nothing beyond the coverage.
fn covered(outcome: Result<Due, CalendarError>) -> Option<Due> {
    match outcome {
        Ok(due) => Some(due),
        Err(CalendarError::BeyondCoverage { .. }) => None,
        Err(other) => unreachable!("{other}"),
    }
}

/// One receipt in one calendar, in every unit that knows working time; whether both terms ended.
fn check(plan: &Plan, calendar: &Calendar, from: Timestamp, chance: &mut Chance) -> bool {
    let oracle = Oracle::new(plan);
    let marks = chance.between(-300, 300);
    let amount = Amount::WorkingTime(SignedDuration::from_mins(marks * 5));
    let due = covered(calendar.add(from, amount));
    let at = due.as_ref().map(|due| due.at);
    assert_eq!(at, oracle.add_working(from, marks), "{amount} from {from}: {plan:?}");
    if let Some(due) = &due {
        let spent: SignedDuration = due.steps.iter().map(|step| step.time).sum();
        assert_eq!(Amount::WorkingTime(spent), amount, "sum of steps from {from}: {plan:?}");
    }
    let receipt = calendar.local_date(from);
    let count = i32::try_from(chance.between(-9, 9)).expect("small");
    let by_days = covered(calendar.add(from, Amount::WorkingDays(count)));
    let last_day = by_days.as_ref().map(|due| due.due_on);
    let expected = oracle.add_working_days(receipt, count);
    assert_eq!(last_day, expected, "{count}wd from {from}: {plan:?}");
    if let Some(due) = &by_days {
        let counted = due.steps.iter().filter(|step| step.counts).count();
        assert_eq!(counted, count.unsigned_abs() as usize, "{count}wd from {from}: {plan:?}");
    }
    let rolled = covered(calendar.add(from, Amount::CalendarDays { days: count, roll: true }));
    let expected = oracle.add_rolled(receipt, count);
    assert_eq!(rolled.map(|due| due.due_on), expected, "{count}d roll from {from}: {plan:?}");
    let to = from + SignedDuration::from_mins(chance.between(-1_500, 1_500) * 5);
    let measured = calendar.measure(from, to).expect("within the coverage");
    assert_eq!(measured.working_seconds, oracle.measure(from, to), "{from} to {to}: {plan:?}");
    due.is_some() && by_days.is_some()
}

/// Random calendars from a seed on; at least half of the terms must end within the coverage, or the
/// test would say little.
fn agree_from(seed: u64) {
    let mut chance = Chance(seed);
    let (mut calendars, mut ended) = (0, 0);
    while calendars < CALENDARS {
        let plan = chance.plan();
        let Some(calendar) = plan.calendar() else { continue };
        let days = SignedDuration::from_hours(24 * chance.between(-2, 2));
        let midnight = DateTime::from(plan.middle) + days;
        let start = calendar.read_local(midnight).expect("a year of our time").0;
        let from = start + SignedDuration::from_mins(5 * chance.between(0, 287));
        ended += u64::from(check(&plan, &calendar, from, &mut chance));
        calendars += 1;
    }
    assert!(ended * 2 > calendars, "only {ended} of {calendars} terms end within the coverage");
}

#[test]
fn random_calendars_agree_with_the_oracle_1() {
    agree_from(1);
}

#[test]
fn random_calendars_agree_with_the_oracle_2() {
    agree_from(20_261_124);
}

#[test]
fn random_calendars_agree_with_the_oracle_3() {
    agree_from(0xC0FF_EE00);
}

#[test]
fn random_calendars_agree_with_the_oracle_4() {
    agree_from(u64::MAX / 7);
}

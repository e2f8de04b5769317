//! Laws of the arithmetic over random calendars; new ones in every run.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use redress_calendar::{Amount, Calendar, CalendarError, Due};

use crate::oracle::{self, Oracle, Plan};

/// Days before and after the middle that a plan covers.
const REACH_DAYS: i64 = 30;

const ZONES: [&str; 9] = [
    "Asia/Ho_Chi_Minh",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Beirut",
];

/// Up to three intervals of a day on five-minute marks, half of the time before five in the morning
/// where clocks change.
fn hours() -> impl Strategy<Value = Vec<(u32, u32)>> {
    let marks = prop_oneof![Just(60_u32), Just(288)]
        .prop_flat_map(|last| prop::collection::btree_set(0..=last, 0..=3_usize * 2));
    marks.prop_map(|marks| {
        let marks: Vec<_> = marks.into_iter().collect();
        marks.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

/// The date of the first or second clock change of a year, or its middle if the zone has none.
fn turning_date(zone: &str, year: i16, nth: usize) -> Date {
    let zone = TimeZone::get(zone).expect("a zone of the list");
    let start = Date::constant(year, 1, 1).to_zoned(zone.clone()).expect("a year of our time");
    let change = zone.following(start.timestamp()).nth(nth).map(|change| change.timestamp());
    change
        .map(|at| zone.to_datetime(at).date())
        .filter(|date| date.year() == year)
        .unwrap_or(Date::constant(year, 7, 1))
}

fn dated<T>(days: &[(i64, T)], middle: Date) -> impl Iterator<Item = (Date, &T)> {
    days.iter().map(move |(day, value)| (middle + SignedDuration::from_hours(24 * day), value))
}

/// A random calendar around a clock change.
fn plans() -> impl Strategy<Value = Plan> {
    let day = -REACH_DAYS..=REACH_DAYS;
    (
        prop::sample::select(&ZONES[..]),
        2009..2027_i16,
        0..2_usize,
        prop::array::uniform7(hours()),
        prop::collection::btree_set(day.clone(), 0..12),
        prop::collection::btree_map(day, hours(), 0..8),
    )
        .prop_map(|(zone, year, nth, week, holidays, shifts)| {
            let middle = turning_date(zone, year, nth);
            let holidays: Vec<_> = holidays.into_iter().map(|day| (day, ())).collect();
            let shifts: Vec<_> = shifts.into_iter().collect();
            Plan {
                zone,
                middle,
                covers: oracle::around(middle, REACH_DAYS),
                week,
                holidays: dated(&holidays, middle).map(|(date, ())| date).collect(),
                shifts: dated(&shifts, middle).map(|(date, hours)| (date, hours.clone())).collect(),
            }
        })
        .prop_filter("some working time", |plan| plan.calendar().is_some())
}

/// Few marks or many, and often none.
fn amount_marks() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), -100..100_i64, -900..900_i64]
}

/// So many five minutes after a midnight near the middle, also in an hour that happens twice.
fn instant(plan: &Plan, days: i64, marks: i64) -> Timestamp {
    let midnight = DateTime::from(plan.middle) + SignedDuration::from_hours(days * 24);
    let calendar = plan.calendar().expect("filtered");
    let start = calendar.read_local(midnight).expect("a year of our time").0;
    start + SignedDuration::from_mins(marks * 5)
}

/// The outcome, or nothing beyond the coverage.
fn covered(outcome: Result<Due, CalendarError>) -> Option<Due> {
    match outcome {
        Ok(due) => Some(due),
        Err(CalendarError::BeyondCoverage { .. }) => None,
        Err(other) => unreachable!("{other}"),
    }
}

fn add(calendar: &Calendar, from: Timestamp, amount: Amount) -> Option<Due> {
    covered(calendar.add(from, amount))
}

proptest! {
    #[test]
    fn working_time_agrees_with_the_oracle(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64, marks in amount_marks(),
    ) {
        let (calendar, oracle) = (plan.calendar().unwrap(), Oracle::new(&plan));
        let from = instant(&plan, days, mark);
        let amount = Amount::WorkingTime(SignedDuration::from_mins(marks * 5));
        let due = add(&calendar, from, amount);
        prop_assert_eq!(due.as_ref().map(|due| due.at), oracle.add_working(from, marks));
        if let Some(due) = due {
            let spent: SignedDuration = due.steps.iter().map(|step| step.time).sum();
            prop_assert_eq!(Amount::WorkingTime(spent), amount, "the steps sum to the amount");
            prop_assert_eq!(calendar.measure(from, due.at).unwrap().working_seconds, marks * 300);
        }
    }

    #[test]
    fn working_days_agree_with_the_oracle(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64, count in -30..30_i32,
    ) {
        let (calendar, oracle) = (plan.calendar().unwrap(), Oracle::new(&plan));
        let from = instant(&plan, days, mark);
        let due = add(&calendar, from, Amount::WorkingDays(count));
        let expected = oracle.add_working_days(calendar.local_date(from), count);
        prop_assert_eq!(due.as_ref().map(|due| due.due_on), expected);
        let Some(due) = due else { return Ok(()) };
        prop_assert_eq!(calendar.local_date(due.at - SignedDuration::from_nanos(1)), due.due_on);
        let counted = due.steps.iter().filter(|step| step.counts).count();
        prop_assert_eq!(counted, count.unsigned_abs() as usize);
        prop_assert_eq!(due.steps.last().map(|step| step.on), Some(due.due_on));
        let noon = calendar.read_local(due.due_on.at(12, 0, 0, 0)).unwrap().0;
        if let Ok(measured) = calendar.measure(from, noon) && calendar.local_date(noon) == due.due_on {
            prop_assert_eq!(measured.working_days, i64::from(count));
        }
    }

    #[test]
    fn rolled_calendar_days_agree_with_the_oracle(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64, count in -12..12_i32,
    ) {
        let (calendar, oracle) = (plan.calendar().unwrap(), Oracle::new(&plan));
        let from = instant(&plan, days, mark);
        let due = add(&calendar, from, Amount::CalendarDays { days: count, roll: true });
        let expected = oracle.add_rolled(calendar.local_date(from), count);
        prop_assert_eq!(due.map(|due| due.due_on), expected);
    }

    #[test]
    fn measured_time_agrees_with_the_oracle(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64, span in -3000..3000_i64,
    ) {
        let (calendar, oracle) = (plan.calendar().unwrap(), Oracle::new(&plan));
        let from = instant(&plan, days, mark);
        let to = from + SignedDuration::from_mins(span * 5);
        let measured = calendar.measure(from, to).unwrap();
        prop_assert_eq!(measured.working_seconds, oracle.measure(from, to));
        let back = calendar.measure(to, from).unwrap();
        prop_assert_eq!(back.working_seconds, -measured.working_seconds);
    }

    #[test]
    fn working_days_there_and_back_return_to_the_same_working_day(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64, count in -9..9_i32,
    ) {
        let calendar = plan.calendar().unwrap();
        let Ok(start) = calendar.next_working_instant(instant(&plan, days, mark)) else {
            return Ok(());
        };
        let Some(due) = add(&calendar, start, Amount::WorkingDays(count)) else { return Ok(()) };
        let Some((arrived, _)) = Oracle::new(&plan).stretch_of(due.due_on) else { return Ok(()) };
        let back = add(&calendar, arrived, Amount::WorkingDays(-count));
        prop_assert_eq!(back.map(|back| back.due_on), Some(calendar.local_date(start)));
    }

    #[test]
    fn time_there_and_back_returns_to_the_same_instant(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64, marks in 1..300_i64,
    ) {
        let calendar = plan.calendar().unwrap();
        let from = instant(&plan, days, mark);
        let time = SignedDuration::from_mins(marks * 5);
        let elapsed = calendar.due_at(from, Amount::Elapsed(time)).unwrap();
        prop_assert_eq!(calendar.due_at(elapsed, Amount::Elapsed(-time)), Ok(from));
        let Ok(start) = calendar.next_working_instant(from) else { return Ok(()) };
        if let Some(due) = add(&calendar, start, Amount::WorkingTime(time)) {
            prop_assert_eq!(calendar.due_at(due.at, Amount::WorkingTime(-time)), Ok(start));
        }
    }

    #[test]
    fn a_longer_term_is_never_due_earlier_nor_a_later_receipt(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64,
        count in -9..9_i32, more in 0..5_i32, later in 0..2000_i64,
    ) {
        let calendar = plan.calendar().unwrap();
        let from = instant(&plan, days, mark);
        let hours = |count: i32| SignedDuration::from_hours(i64::from(count));
        let units: [&dyn Fn(i32) -> Amount; 5] = [
            &|count| Amount::WorkingDays(count),
            &|days| Amount::CalendarDays { days, roll: false },
            &|days| Amount::CalendarDays { days, roll: true },
            &|count| Amount::WorkingTime(hours(count)),
            &|count| Amount::Elapsed(hours(count)),
        ];
        for unit in units {
            let Some(due) = add(&calendar, from, unit(count)) else { continue };
            if let Some(longer) = add(&calendar, from, unit(count + more)) {
                prop_assert!(due.at <= longer.at, "{} {}", unit(count), unit(count + more));
            }
            let received = from + SignedDuration::from_mins(later * 5);
            if calendar.local_date(from) <= calendar.local_date(received)
                && let Some(next) = add(&calendar, received, unit(count))
            {
                prop_assert!(due.at <= next.at, "{} from {from} and {received}", unit(count));
            }
        }
    }

    #[test]
    fn elapsed_time_is_exact_and_explained(
        plan in plans(), days in -3..3_i64, mark in 0..288_i64, seconds in -900_000..900_000_i64,
    ) {
        let calendar = plan.calendar().unwrap();
        let from = instant(&plan, days, mark);
        let time = SignedDuration::from_secs(seconds);
        let due = calendar.add(from, Amount::Elapsed(time)).unwrap();
        prop_assert_eq!(due.at, from + time);
        prop_assert_eq!(due.steps.iter().map(|step| step.time).sum::<SignedDuration>(), time);
    }

    #[test]
    fn the_order_of_holidays_and_shifts_does_not_matter(plan in plans()) {
        let (one, other) = (plan.calendar().unwrap(), plan.reversed().calendar().unwrap());
        let (from, until) = plan.covers;
        prop_assert_eq!(one.days(from, until), other.days(from, until));
    }
}

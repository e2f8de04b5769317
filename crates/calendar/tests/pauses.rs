//! Terms that stand still for a while: what was paused is given back in the unit of the term.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use redress_calendar::{Amount, Calendar, Due, Pause, Why, vietnam};

fn calendar() -> Calendar {
    vietnam().build().expect("the shipped data builds")
}

fn at(local: &str) -> Timestamp {
    format!("{local}:00+07:00").parse().expect("the test's own instant")
}

/// Amount, receipt, pauses (`from..until`, comma between), due.
const ROWS: &str = "
PT3H | 2026-11-23T08:00 |  | 2026-11-23T11:00
PT3H | 2026-11-23T08:00 | 2026-11-23T09:00..2026-11-23T09:30 | 2026-11-23T11:30
PT3H | 2026-11-23T08:00 | 2026-11-23T09:00..2026-11-25T09:00 | 2026-11-25T11:00
PT3H | 2026-11-23T08:00 | 2026-11-23T11:30..2026-11-25T09:00 | 2026-11-23T11:00
PT3H | 2026-11-23T08:00 | 2026-11-23T08:00..2026-11-23T09:00,2026-11-23T10:00..2026-11-23T12:00 | 2026-11-23T14:00
PT3H working | 2026-11-23T10:00 | 2026-11-23T11:00..2026-11-23T14:00 | 2026-11-23T16:00
PT3H working | 2026-11-23T10:00 | 2026-11-23T12:30..2026-11-23T12:45 | 2026-11-23T14:00
PT3H working | 2026-11-27T15:00 | 2026-11-27T16:00..2026-11-30T09:00 | 2026-11-30T11:00
3d | 2026-11-23T08:00 | 2026-11-24T10:00..2026-11-24T18:00 | 2026-11-27T00:00
3d | 2026-11-23T08:00 | 2026-11-24T10:00..2026-11-26T10:00 | 2026-11-29T00:00
3d | 2026-11-23T08:00 | 2026-11-26T23:00..2026-11-28T10:00 | 2026-11-29T00:00
3d | 2026-11-23T08:00 | 2026-11-23T10:00..2026-11-25T10:00 | 2026-11-29T00:00
3d | 2026-11-23T08:00 | 2026-11-27T10:00..2026-11-29T10:00 | 2026-11-27T00:00
3d roll | 2026-11-25T08:00 | 2026-11-26T10:00..2026-11-27T10:00 | 2026-12-01T00:00
7wd | 2026-02-13T16:00 | | 2026-03-04T00:00
7wd | 2026-02-13T16:00 | 2026-02-16T10:00..2026-02-20T10:00 | 2026-03-04T00:00
7wd | 2026-02-13T16:00 | 2026-02-24T10:00..2026-02-26T10:00 | 2026-03-06T00:00
7wd | 2026-02-13T16:00 | 2026-02-27T10:00..2026-03-02T10:00 | 2026-03-05T00:00
";

fn pauses(text: &str) -> Vec<Pause> {
    let each = text.split(',').filter_map(|one| one.trim().split_once(".."));
    each.map(|(from, until)| Pause { from: at(from), until: at(until) }).collect()
}

#[test]
fn what_was_paused_is_given_back_in_the_unit_of_the_term() {
    let calendar = calendar();
    for row in ROWS.trim().lines() {
        let [amount, from, paused, due] = row.split('|').map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("a row has four cells: {row}")
        };
        let amount: Amount = amount.parse().expect(row);
        let found = calendar.add_paused(at(from), amount, &pauses(paused)).expect(row);
        assert_eq!(found.at, at(due), "{row}");
        reads_off_its_steps(&found, amount, row);
    }
}

/// The term's length is the sum of what its steps count.
fn reads_off_its_steps(due: &Due, amount: Amount, row: &str) {
    match amount {
        Amount::Elapsed(time) | Amount::WorkingTime(time) => {
            let spent: SignedDuration = due.steps.iter().map(|step| step.time).sum();
            assert_eq!(spent, time, "{row}");
        }
        Amount::CalendarDays { days, roll: false } | Amount::WorkingDays(days) => {
            let counted = due.steps.iter().filter(|step| step.counts).count();
            assert_eq!(i32::try_from(counted), Ok(days), "{row}");
            assert_eq!(due.steps.last().map(|step| step.on), Some(due.due_on), "{row}");
        }
        Amount::CalendarDays { .. } => {}
    }
}

#[test]
fn each_paused_day_says_so_in_the_steps() {
    let pauses = pauses("2026-11-24T10:00..2026-11-26T10:00");
    let due = calendar().add_paused(at("2026-11-23T08:00"), "3d".parse().expect("3d"), &pauses);
    let due = due.expect("within the data");
    let paused: Vec<_> = due
        .steps
        .iter()
        .filter(|step| step.why == Why::Paused)
        .map(|step| (step.on.to_string(), step.counts))
        .collect();
    assert_eq!(paused, [("2026-11-24".to_owned(), false), ("2026-11-25".to_owned(), false)]);
}

#[test]
#[should_panic(expected = "pauses are in order")]
fn pauses_that_overlap_are_a_bug() {
    let pauses = pauses("2026-11-24T10:00..2026-11-26T10:00,2026-11-25T10:00..2026-11-27T10:00");
    drop(calendar().add_paused(at("2026-11-23T08:00"), Amount::WorkingDays(3), &pauses));
}

fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

proptest! {
    /// A pause before the end moves a term of hours by its own length, and never shortens any.
    #[test]
    fn a_pause_moves_the_end_by_what_it_took(
        start in 0_i64..8000, before in 0_i64..200, length in 0_i64..300, days in 1_i32..12,
    ) {
        let calendar = calendar();
        let from = at("2026-01-05T08:00") + hours(start % 4000);
        let pause = Pause { from: from + hours(before), until: from + hours(before + length) };
        let elapsed = Amount::Elapsed(hours(72));
        let plain = calendar.add(from, elapsed).expect("covered").at;
        let moved = calendar.add_paused(from, elapsed, &[pause]).expect("covered").at;
        let expected = if pause.from < plain { plain + hours(length) } else { plain };
        prop_assert_eq!(moved, expected);

        let working = Amount::WorkingTime(hours(10));
        let moved = calendar.add_paused(from, working, &[pause]).expect("covered").at;
        let took = calendar.measure(pause.from, pause.until.min(moved).max(pause.from)).expect("covered");
        let whole = calendar.measure(from, moved).expect("covered");
        prop_assert_eq!(whole.working_seconds - took.working_seconds, hours(10).as_secs());

        for amount in [
            Amount::CalendarDays { days, roll: false },
            Amount::CalendarDays { days, roll: true },
            Amount::WorkingDays(days),
        ] {
            let plain = calendar.add(from, amount).expect("covered").at;
            let moved = calendar.add_paused(from, amount, &[pause]).expect("covered").at;
            prop_assert!(moved >= plain, "{amount} became shorter");
            if pause.from >= plain {
                prop_assert_eq!(moved, plain);
            }
        }
        let plain = calendar.add(from, Amount::CalendarDays { days, roll: false }).expect("covered");
        if pause.from < plain.at {
            let moved = calendar.add_paused(from, Amount::CalendarDays { days, roll: false }, &[pause]);
            let (first, last) = (calendar.local_date(pause.from), calendar.local_date(pause.until));
            let midnights = first.until(last).expect("a span of days").get_days();
            let shift = plain.due_on.until(moved.expect("covered").due_on).expect("a span").get_days();
            prop_assert_eq!(shift, midnights);
        }
    }
}

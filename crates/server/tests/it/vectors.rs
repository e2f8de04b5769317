//! The table of terms that a court would check, in all its columns, through `redress deadline` with
//! packs for each kind of company and through `redress calendar batch`.

use std::path::Path;

use serde_json::{Value, json};

use crate::kit::{copy_of_alphatech, run, run_in, run_line, spoil};

/// Received; last day of 3 calendar days; of 7 working days with a week from Monday to Friday, with
/// the swapped days of the public sector, and with a week from Monday to Saturday.
const TABLE: [[&str; 5]; 5] = [
    ["2026-11-20", "2026-11-23", "2026-12-02", "2026-12-02", "2026-11-30"],
    ["2026-02-12", "2026-02-15", "2026-03-02", "2026-03-02", "2026-02-26"],
    ["2026-08-20", "2026-08-23", "2026-08-31", "2026-08-28", "2026-08-28"],
    ["2026-04-24", "2026-04-27", "2026-05-08", "2026-05-08", "2026-05-06"],
    ["2025-12-30", "2026-01-02", "2026-01-09", "2026-01-10", "2026-01-08"],
];

fn check_deadline(policy: &Path, round: u8, received: &str, due_on: &str) {
    let received = format!("{received}T09:30:00+07:00");
    let (policy, round) = (policy.display().to_string(), round.to_string());
    let arguments = [
        "deadline",
        "--json",
        "--promise",
        "resolution",
        "--policy",
        &policy,
        "--round",
        &round,
        "--received",
        &received,
    ];
    let answer = run(&arguments).json();
    assert_eq!(answer["due_on"], due_on, "round {round} from {received}");
    let steps = answer["steps"].as_array().expect("a list");
    let last = steps.iter().rfind(|step| step["counts"] == true).expect("a day counts");
    assert_eq!(last["on"], due_on, "the date is read off its steps");
}

#[test]
fn the_table_of_terms_holds_through_packs() {
    let five = copy_of_alphatech();
    let swapping = copy_of_alphatech();
    spoil(swapping.path(), "policy.toml", "swaps = false", "swaps = true");
    let six = copy_of_alphatech();
    spoil(six.path(), "policy.toml", r#""thu", "fri"]"#, r#""thu", "fri", "sat"]"#);
    for [received, days, working, swapped, saturdays] in TABLE {
        check_deadline(five.path(), 1, received, days);
        check_deadline(five.path(), 2, received, working);
        check_deadline(swapping.path(), 2, received, swapped);
        check_deadline(six.path(), 2, received, saturdays);
    }
}

/// The days that differ from the week, as a calendar object of a batch.
fn written(options: &str) -> Value {
    let line = "calendar days --calendar vn --from 2025-12-01 --to 2026-12-31 --json";
    let days = run_line(&format!("{line}{options}")).json();
    let rows = days.as_array().expect("a list");
    let is = |row: &&Value, kinds: &[&str]| kinds.iter().any(|kind| row["kind"] == *kind);
    let off = rows.iter().filter(|row| is(row, &["holiday", "in-lieu", "swap-off"]));
    let holidays: Vec<&Value> = off.map(|row| &row["date"]).collect();
    let made_up = rows.iter().filter(|row| is(row, &["make-up"]));
    let shifts: serde_json::Map<String, Value> = made_up
        .map(|row| (row["date"].as_str().expect("a date").to_owned(), row["hours"].clone()))
        .collect();
    let mut week = json!({});
    let names = ["mon", "tue", "wed", "thu", "fri", "sat"];
    for day in &names[..if options.contains("mon-sat") { 6 } else { 5 }] {
        week[*day] = json!([["08:00", "12:00"], ["13:00", "17:00"]]);
    }
    json!({ "zone": "Asia/Ho_Chi_Minh", "week": week, "holidays": holidays, "shifts": shifts })
}

#[test]
fn the_table_of_terms_holds_through_a_batch() {
    let calendars = [
        (json!("vn"), "3d", 1),
        (json!("vn"), "7wd", 2),
        (written(""), "7wd", 2),
        (written(" --swaps"), "7wd", 3),
        (written(" --week mon-sat"), "7wd", 4),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let (mut requests, mut expected) = (Vec::new(), Vec::new());
    for row in TABLE {
        for (calendar, add, column) in &calendars {
            let from = format!("{}T23:59:59", row[0]);
            let request = json!({ "calendar": calendar, "from": from, "add": add });
            requests.push(request.to_string());
            expected.push(row[*column]);
        }
    }
    let ran = run_in(folder.path(), &[], &["calendar", "batch"], &requests.join("\n"));
    let answers: Vec<Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let due: Vec<&Value> = answers.iter().map(|answer| &answer["due_on"]).collect();
    assert_eq!(due, expected, "{ran:?}");
}

#[test]
fn a_pack_with_a_week_of_its_own_makes_up_only_its_own_rest_days() {
    // 2 September 2023 is a Saturday: only a company that rests on Saturdays rests on the Monday.
    let five = copy_of_alphatech();
    let six = copy_of_alphatech();
    let week = r#"week = [{ days = ["mon", "tue", "wed", "thu", "fri"]"#;
    let half = r#"week = [{ days = ["sat"], hours = [["08:00", "12:00"]] }, { days = ["mon", "tue", "wed", "thu", "fri"]"#;
    spoil(six.path(), "policy.toml", week, half);
    check_deadline(five.path(), 2, "2023-08-25", "2023-09-07");
    check_deadline(six.path(), 2, "2023-08-25", "2023-09-05");
}

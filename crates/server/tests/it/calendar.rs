//! `redress calendar`: days and batches.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::kit::{Ran, run_in, run_line};

fn batch(input: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run_in(folder.path(), &[], &["calendar", "batch"], input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn days_of(folder: &std::path::Path, file: &str, on: &str, rest: &str) -> Ran {
    let line = format!("calendar days --calendar {file} --from {on} --to {on} --json{rest}");
    run_in(folder, &[], &line.split(' ').collect::<Vec<_>>(), "")
}

fn check(request: &Value, answer: &Value) {
    assert_eq!(batch(&request.to_string()), std::slice::from_ref(answer), "{request}");
}

fn check_error(request: &str, kind: &str) {
    let answers = batch(request);
    assert_eq!(answers[0]["error"]["kind"], kind, "{request}: {answers:?}");
}

#[test]
fn days_tell_working_or_not_and_why() {
    let ran = run_line("calendar days --calendar vn --from 2026-02-13 --to 2026-02-17 --json");
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer = ran.json();
    let rows = answer.as_array().expect("a list");
    assert_eq!(rows.len(), 5);
    assert_eq!(
        rows[0],
        json!({ "date": "2026-02-13", "weekday": "fri", "working": true,
                "hours": [["08:00", "12:00"], ["13:00", "17:00"]], "kind": "work", "name": null,
                "source": null })
    );
    let (rest, holiday) = (&rows[1], &rows[4]);
    assert_eq!((&rest["kind"], &rest["working"]), (&json!("weekly-rest"), &json!(false)));
    assert_eq!((&holiday["kind"], &holiday["hours"]), (&json!("holiday"), &json!([])));
    assert!(holiday["name"]["vi"].as_str().is_some_and(|name| name.contains("Tết")), "{holiday}");
    assert!(holiday["source"].is_string());
}

#[test]
fn the_week_and_swapped_days_follow_the_options() {
    let line = "calendar days --calendar vn --from 2026-03-07 --to 2026-03-07 --json";
    assert_eq!(run_line(line).json()[0]["working"], false);
    assert_eq!(run_line(&format!("{line} --week mon-sat")).json()[0]["working"], true);
    let line = "calendar days --calendar vn --from 2026-08-22 --to 2026-08-22 --json";
    assert_eq!(run_line(line).json()[0]["kind"], "weekly-rest");
    assert_eq!(run_line(&format!("{line} --swaps")).json()[0]["kind"], "make-up");
}

#[test]
fn a_day_outside_the_coverage_is_an_error_that_names_it() {
    let ran = run_line("calendar days --calendar vn --from 2030-12-31 --to 2031-01-01 --json");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(ran.error_kind(), "beyond-coverage");
    assert!(ran.err.contains("2015-01-01 to 2030-12-31"), "{}", ran.err);
}

#[test]
fn a_calendar_may_be_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = "# as-of: 2026-01-01\n# covers: 2026-01-01 2026-12-31\n\
               date,weekday,name_vi,name_en,kind,source,confidence,note\n\
               2026-03-05,Thu,Ngày hội,Feast,statutory,,,\n";
    std::fs::write(folder.path().join("own.csv"), csv).expect("written");
    let json = r#"{"zone":"Asia/Vientiane","week":{"thu":[["22:00","24:00"]]}}"#;
    std::fs::write(folder.path().join("own.json"), json).expect("written");
    let days = |file: &str| {
        let line =
            format!("calendar days --calendar {file} --from 2026-03-05 --to 2026-03-05 --json");
        run_in(folder.path(), &[], &line.split(' ').collect::<Vec<_>>(), "")
    };
    assert_eq!(days("own.csv").json()[0]["kind"], "holiday");
    assert_eq!(days("own.json").json()[0]["hours"], json!([["22:00", "24:00"]]));
    assert_eq!(days("missing.csv").code, 3);
    std::fs::write(folder.path().join("bad.csv"), "date\nnonsense\n").expect("written");
    assert_eq!(days("bad.csv").code, 1);
}

#[test]
fn a_batch_adds_and_measures() {
    let from = "2026-02-13T16:00:00+07:00";
    let rows = [
        ("PT3H", "2026-02-13T19:00:00+07:00", None),
        ("PT3H working", "2026-02-23T10:00:00+07:00", None),
        ("3d", "2026-02-17T00:00:00+07:00", Some("2026-02-16")),
        ("3d roll", "2026-02-24T00:00:00+07:00", Some("2026-02-23")),
        ("7wd", "2026-03-04T00:00:00+07:00", Some("2026-03-03")),
        ("-PT3H", "2026-02-13T13:00:00+07:00", None),
    ];
    for (add, at, due_on) in rows {
        check(
            &json!({ "id": { "n": 1 }, "calendar": "vn", "from": from, "add": add }),
            &json!({ "id": { "n": 1 }, "at": at, "due_on": due_on }),
        );
    }
    check(
        &json!({ "id": "m", "calendar": "vn", "between": [from, "2026-02-24T09:00"] }),
        &json!({ "id": "m", "seconds": 36_000, "working_days": 2 }),
    );
    check(
        &json!({ "id": "m", "calendar": "vn", "between": ["2026-02-24T09:00", from] }),
        &json!({ "id": "m", "seconds": -36_000, "working_days": -2 }),
    );
}

#[test]
fn a_written_calendar_has_holidays_shifts_and_clock_changes() {
    let calendar = json!({
        "zone": "Europe/Berlin",
        "week": { "mon": [["08:00", "12:00"]], "sun": [["00:00", "24:00"]] },
        "holidays": ["2026-03-23"],
        "shifts": { "2026-03-24": [["10:00", "11:00"]] },
        "covers": ["2026-01-01", "2026-12-31"],
    });
    let ask = |from: &str, add: &str| {
        batch(&json!({ "calendar": calendar, "from": from, "add": add }).to_string())[0].clone()
    };
    assert_eq!(ask("2026-03-22T23:30", "PT1H working")["at"], "2026-03-24T10:30:00+01:00");
    let skipped = ask("2026-03-29T02:30", "PT0H");
    assert_eq!(skipped["at"], "2026-03-29T03:30:00+02:00");
    assert!(skipped["note"].as_str().is_some_and(|note| note.contains("skip")), "{skipped}");
    let twice = ask("2026-10-25T02:30", "PT0H");
    assert_eq!(twice["at"], "2026-10-25T02:30:00+02:00");
    assert!(twice["note"].as_str().is_some_and(|note| note.contains("twice")), "{twice}");
    assert_eq!(ask("2026-12-30T02:30", "9wd")["error"]["kind"], "beyond-coverage");
    assert_eq!(ask("2026-03-30T08:00", "PT4H working")["note"], Value::Null);
}

#[test]
fn a_bad_line_gets_its_own_error_and_the_next_is_answered() {
    let good = r#"{"id":2,"calendar":"vn","from":"2026-02-13T16:00","add":"PT0H"}"#;
    let answers = batch(&format!("nonsense\n\n{good}"));
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["error"]["kind"], "bad-json");
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&Value::Null, &json!(2)));
    let rows = [
        (r#"{"from":"2026-02-13T16:00","add":"3d"}"#, "bad-request"),
        (r#"{"calendar":"vn","from":"2026-02-13T16:00"}"#, "bad-request"),
        (r#"{"calendar":"vn","from":7,"add":"3d"}"#, "bad-request"),
        (r#"{"calendar":"vn","between":["2026-02-13T16:00"]}"#, "bad-request"),
        (r#"{"calendar":"xx","from":"2026-02-13T16:00","add":"3d"}"#, "unknown-calendar"),
        (r#"{"calendar":{"zone":"x"},"from":"2026-02-13","add":"3d"}"#, "invalid-calendar"),
        (
            r#"{"calendar":{"zone":"No/Where","week":{}},"from":"2026-02-13","add":"3d"}"#,
            "invalid-calendar",
        ),
        (r#"{"calendar":"vn","from":"soon","add":"3d"}"#, "bad-instant"),
        (r#"{"calendar":"vn","from":"2026-02-13T16:00","add":"3 d"}"#, "bad-amount"),
        (r#"{"calendar":"vn","from":"2026-02-13T16:00","add":"999999wd"}"#, "too-long"),
        (r#"{"calendar":"vn","from":"2030-12-30T16:00","add":"9wd"}"#, "beyond-coverage"),
    ];
    for (request, kind) in rows {
        check_error(request, kind);
    }
}

#[test]
fn a_line_beyond_the_bound_is_passed_over() {
    let good = r#"{"id":2,"calendar":"vn","from":"2026-02-13T16:00","add":"PT0H"}"#;
    let answers = batch(&format!("{}\n{good}\n", "x".repeat(3_000_000)));
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["error"]["kind"], "too-large");
    assert_eq!(answers[1]["id"], 2);
}

#[test]
fn ten_thousand_requests_are_answered_in_order() {
    let custom = r#"{"zone":"Asia/Vientiane","week":{"mon":[["08:00","17:00"]]}}"#;
    let mut input = String::new();
    for id in 0..10_000 {
        let calendar = if id % 2 == 0 { "\"vn\"" } else { custom };
        writeln!(
            input,
            r#"{{"id":{id},"calendar":{calendar},"from":"2026-02-13T16:00","add":"7wd"}}"#
        )
        .expect("a string takes it");
    }
    let answers = batch(&input);
    assert_eq!(answers.len(), 10_000);
    assert!(answers.iter().enumerate().all(|(id, answer)| answer["id"] == id));
    assert_eq!(answers[9_998]["due_on"], "2026-03-03");
}

#[test]
fn a_date_has_its_lunar_day_and_names() {
    let ran = run_line("calendar lunar 2025-07-25 --json");
    let expected = json!({
        "date": "2025-07-25",
        "lunar": { "day": 1, "month": 6, "leap": true, "year": 2025 },
        "can_chi": { "year": "Ất Tỵ", "month": "Quý Mùi", "day": "Ất Mùi" },
    });
    assert_eq!((ran.code, ran.json()), (0, expected));
    let words = run_line("calendar lunar 2026-02-17").out;
    let expected = "2026-02-17  thứ Ba, mùng 1 tháng Giêng năm Bính Ngọ (2026); \
                    ngày Nhâm Tuất, tháng Canh Dần\n";
    assert_eq!(words, expected);
    let words = run_line("calendar lunar 2025-07-25").out;
    assert!(words.contains("mùng 1 tháng 6 nhuận năm Ất Tỵ"), "{words}");
}

#[test]
fn tet_of_a_year_is_its_first_day() {
    let ran = run_line("calendar tet 2030 --json");
    assert_eq!((ran.code, ran.json()), (0, json!({ "year": 2030, "date": "2030-02-02" })));
    assert_eq!(run_line("calendar tet 2030").out, "2030-02-02  thứ Bảy, mùng 1 Tết Canh Tuất\n");
}

#[test]
fn what_the_lunar_calendar_does_not_reach_is_an_answer_and_what_is_no_date_is_not() {
    for line in ["lunar 1899-12-31", "lunar 2101-01-29", "tet 1899", "tet 2101", "tet -5"] {
        let ran = run_line(&format!("calendar {line} --json"));
        assert_eq!((ran.code, ran.error_kind().as_str()), (1, "beyond-coverage"), "{line}");
    }
    for line in ["lunar 2026-02-30", "lunar soon", "tet soon", "tet 99999", "draft soon", "tet"] {
        assert_eq!(run_line(&format!("calendar {line}")).code, 2, "{line}");
    }
}

#[test]
fn a_draft_of_a_year_is_a_calendar_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for (options, rest, monday) in [("", "", false), (" --week mon-sat", " --week mon-sat", true)] {
        let draft = run_line(&format!("calendar draft 2031{options}"));
        assert!(draft.code == 0 && draft.out.contains("2031-01-23,thu,Tết Nguyên đán (mùng 1)"));
        std::fs::write(folder.path().join("vn-2031.csv"), &draft.out).expect("written");
        let tet = days_of(folder.path(), "vn-2031.csv", "2031-01-23", rest).json();
        assert_eq!((&tet[0]["kind"], &tet[0]["estimated"]), (&json!("holiday"), &json!(true)));
        // Saturday 25 January is the fifth day of Tết; only a five-day week rests in lieu of it.
        let after = days_of(folder.path(), "vn-2031.csv", "2031-01-27", rest).json();
        assert_eq!(after[0]["working"], monday, "{after}");
    }
    assert_eq!(run_line("calendar draft 2101").code, 1);
    assert!(run_line("calendar draft 2027 --country la").out.contains("ບຸນປີໃໝ່ລາວ"));
    assert!(run_line("calendar draft 2027 --json").json()["csv"].is_string());
}

#[test]
fn disputed_and_womens_days_are_options_and_days_in_lieu_follow_the_week() {
    let kind = |calendar: &str, on: &str, rest: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        days_of(folder.path(), calendar, on, rest).json()[0]["kind"].clone()
    };
    assert_eq!(kind("vn", "2030-11-25", ""), "work");
    assert_eq!(kind("vn", "2030-11-25", " --disputed-in-lieu"), "in-lieu");
    assert_eq!(kind("la", "2027-03-08", ""), "work");
    assert_eq!(kind("la", "2027-03-08", " --women-only"), "holiday");
    // 2 September 2023 is a Saturday, 26 April 2026 a Sunday.
    assert_eq!(kind("vn", "2023-09-04", ""), "in-lieu");
    for week in [" --week mon-sat", " --week mon-sat-noon"] {
        assert_eq!(kind("vn", "2023-09-04", week), "work");
        assert_eq!(kind("vn", "2026-04-27", week), "in-lieu");
    }
}

#[test]
fn a_broken_calendar_file_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let header =
        "# as-of: 2026-01-01\n# covers: 2026-01-01 2026-12-31\ndate,kind,name_vi,name_en\n";
    let rows: [(&str, &[u8], &str, &str); 9] = [
        ("a.csv", b"2026-02-30,tet,,\n", "a.csv:4:1", "is not a date"),
        ("a.csv", b"2026-01-01,tet,,\n2026-01-01,tet,,\n", "a.csv:5:1", "a second time"),
        ("a.csv", b"2026-01-01,tet,T\xEAt,Tet\n", "a.csv:4:17", "0xEA is not UTF-8"),
        ("a.csv", b"2026-01-01,te\0t,,\n", "a.csv:4:14", "UTF-16"),
        ("a.json", br#"{"zone":"Asia/Hanoi","week":{}}"#, "a.json", "line 1 column 20"),
        ("a.json", b"{\"zone\":\"UTC\",\n\"week\":{}}", "a.json", "no working time"),
        (
            "a.json",
            b"{\"zone\":\"UTC\",\n\"week\":{\"mon\":[[\"17:00\",\"08:00\"]]}}",
            "a.json",
            "end before they start at line 2",
        ),
        (
            "a.json",
            b"{\"zone\":\"UTC\",\"week\":{\"mon\":[[\"08:00\",\"12:00\"],[\"11:00\",\"13:00\"]]}}",
            "a.json",
            "overlap at 11:00 at line 1",
        ),
        (
            "a.json",
            b"{\"zone\":\"UTC\",\"week\":{\"mon\":[[\"08:00\",\"12:00\"]]},\n\"shifts\":{\"2026-01-01\":[],\n\"2026-01-01\":[]}}",
            "a.json",
            "twice at line 3",
        ),
    ];
    for (file, body, at, words) in rows {
        let start: &[u8] = if file.ends_with("csv") { header.as_bytes() } else { b"" };
        std::fs::write(folder.path().join(file), [start, body].concat()).expect("written");
        let ran = days_of(folder.path(), file, "2026-01-05", "");
        let error: Value = serde_json::from_str(&ran.err).expect("JSON");
        assert_eq!(ran.code, 1, "{ran:?}");
        assert_eq!(error["error"]["kind"], "invalid-calendar", "{ran:?}");
        assert_eq!(error["error"]["at"], at, "{ran:?}");
        assert!(
            error["error"]["message"].as_str().is_some_and(|text| text.contains(words)),
            "{ran:?}"
        );
    }
}

#[test]
fn hostile_lines_each_get_one_answer_with_their_id_where_it_can_be_read() {
    let deep = "[".repeat(100_000);
    let rows = [
        (r#"{"id":1,"calendar":"vn","from":NaN,"add":"3d"}"#.to_owned(), "bad-json", json!(1)),
        (format!(r#"{{"id":2,"calendar":{deep}"#), "bad-json", json!(2)),
        (
            format!(r#"{{"id":3,"calendar":{deep}{},"from":"x","add":"3d"}}"#, "]".repeat(100_000)),
            "invalid-calendar",
            json!(3),
        ),
        (r#"{"id":4,"id":5,"calendar":"vn"}"#.to_owned(), "bad-json", json!(4)),
        (format!(r#"{{"id":"6","calendar":"vn","junk":"{}""#, "x".repeat(10_000_000)), "too-large", json!("6")),
        ("[1,2]".to_owned(), "bad-json", Value::Null),
        ("\u{feff}{}".to_owned(), "bad-json", Value::Null),
        (r#"{"id":{"a":[1]},"calendar":"vn","from":"2026-02-13T16:00","add":"99999999999999999999d"}"#.to_owned(), "bad-amount", json!({ "a": [1] })),
        (r#"{"id":7,"calendar":"vn","from":"2026-02-13T16:00","add":"PT9223372036854775807S"}"#.to_owned(), "too-long", json!(7)),
        (
            r#"{"id":8,"calendar":{"zone":"UTC","week":{},"shifts":{"9000-01-01":[["08:00","09:00"]]}},"from":"2026-01-01","add":"1wd"}"#.to_owned(),
            "too-long",
            json!(8),
        ),
        (
            r#"{"id":9,"calendar":{"zone":"UTC","week":{},"shifts":{"2026-01-01":[["08:00","09:00"]]}},"from":"2026-01-02","add":"PT1S working"}"#.to_owned(),
            "too-long",
            json!(9),
        ),
    ];
    let input: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    let answers = batch(&input.join("\n"));
    assert_eq!(answers.len(), rows.len());
    for ((_, kind, id), answer) in rows.iter().zip(answers) {
        assert_eq!((&answer["error"]["kind"], &answer["id"]), (&json!(kind), id), "{answer}");
    }
    let known = r#"{"id":1,"new":{"x":1},"calendar":"vn","from":"2026-02-13T16:00","add":"3d"}"#;
    assert_eq!(batch(known)[0]["due_on"], "2026-02-16", "unknown members are passed over");
}

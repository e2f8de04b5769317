//! Bad packs: every problem at once, each at its file, line and column.

use super::*;

/// Replaces `old` by `new` in `file` of the shipped pack; `old` must stand there.
fn pack_with(changes: &[(&str, &str, &str)]) -> PackFiles {
    let mut files = shipped_files();
    for (file, old, new) in changes {
        let text = files.text(file).expect("the file is in the pack").to_owned();
        assert!(text.contains(old), "{file} holds no {old:?}");
        files.insert(*file, text.replacen(old, new, 1).into_bytes());
    }
    files
}

/// Line and column of `needle` in `file`, in characters from 1.
fn place_of(files: &PackFiles, file: &str, needle: &str) -> (usize, usize) {
    let text = files.text(file).expect("the file is in the pack");
    let at = text.find(needle).expect("the needle stands in the file");
    let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    (text[..at].matches('\n').count() + 1, text[line_start..at].chars().count() + 1)
}

/// The changed pack is refused, and one problem at the place of `needle` says `message`.
fn check(changes: &[(&str, &str, &str)], file: &str, needle: &str, message: &str) {
    let files = pack_with(changes);
    let problems = parse_today(&files).expect_err("the pack is bad");
    let (line, column) = place_of(&files, file, needle);
    let found = problems.iter().any(|problem| {
        problem.file == file
            && (problem.line, problem.column) == (line, column)
            && problem.message.contains(message)
    });
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(found, "wanted {file}:{line}:{column}: …{message}…, found:\n{}", all.join("\n"));
}

const POLICY: &str = "policy.toml";

#[test]
fn a_missing_language_is_named_where_it_is_promised() {
    let mut files = shipped_files();
    files.remove("text/lo.toml");
    let problems = parse_today(&files).expect_err("Lao is missing");
    let (line, column) = place_of(&files, POLICY, "\"lo\"");
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].file.as_str(), problems[0].line, problems[0].column),
        (POLICY, line, column)
    );
    assert!(problems[0].message.contains("text/lo.toml"), "{}", problems[0]);
}

#[test]
fn literal_numbers_days_and_names_in_a_sentence_are_refused_where_they_stand() {
    let within = "{promises.first-reply.within}";
    let text = "text/vi.toml";
    check(&[(text, within, "3 giờ")], text, "3 giờ", "literal number `3`");
    check(&[(text, within, "ba giờ")], text, "ba giờ", "literal number `ba giờ`");
    check(&[(text, within, "ngày thứ Hai")], text, "thứ Hai", "literal day");
    check(
        &[(text, "{promises.first-reply.owner}", "bộ phận chăm sóc khách hàng")],
        text,
        "bộ phận chăm sóc khách hàng liên",
        "literally",
    );
}

#[test]
fn a_department_that_no_route_reaches_is_named() {
    check(
        &[(POLICY, "technical = {}", "technical = {}\nlegal = {}")],
        POLICY,
        "{}\n[channels]",
        "no route reaches the department `legal`",
    );
}

#[test]
fn unknown_keys_wrong_types_and_unknown_names_stand_with_line_and_column() {
    let check = |old: &str, new: &str, needle: &str, message: &str| {
        check(&[(POLICY, old, new)], POLICY, needle, message);
    };
    check("prefix = \"KN\"", "prefix = \"KN\"\nprefx = \"KN\"", "prefx", "unknown key `prefx`");
    check("max = 2", "max = \"two\"", "\"two\"", "must be a number, not a text");
    check("swaps = false", "swaps = 0", "0\nweek", "must be true or false, not a number");
    check("within = \"3d\"", "within = \"3 days\"", "\"3 days\"", "not an amount of time");
    check("owner = \"care\"", "owner = \"cares\"", "\"cares\"", "there is no department `cares`");
    check("text_chars = 10000", "", "[limits]", "`limits.text_chars` is missing");
    check("at = [0.5, 0.8, 1.0]", "at = [0.8, 0.5, 1.0]", "[0.8, 0.5", "must ascend");
    check("rounds = [1, 2]", "rounds = [1, 3]", "3]", "there is no round 3");
    check("max = 2", "max = 3", "3\nagain", "no promise says when the result of round 3");
    check(
        "{ about = \"unsure\", to = \"care\" },",
        "",
        "[\n  { about = \"product\"",
        "one route for `unsure`",
    );
    check("receives = true, ", "", "[departments]", "exactly one department must receive");
    check(
        "\"rounds.objection\"]",
        "\"rounds.objections\"]",
        "\"rounds.objections\"]",
        "not a rule",
    );
    check(
        "rules = [\"pause\"]",
        "rules = [\"limits\"]",
        "{ id = \"no-pause\"",
        "which is none of its rules",
    );
}

#[test]
fn a_rule_that_no_sentence_announces_and_a_duty_without_a_rule_are_refused() {
    check(
        &[(POLICY, "  { id = \"limits\", source = \"company\", rules = [\"limits\"] },\n", "")],
        POLICY,
        "[limits]",
        "no sentence announces the rule `limits`",
    );
    check(
        &[("text/en.toml", "in order to serve you wholeheartedly", "and must serve you")],
        POLICY,
        "{ id = \"vow\"",
        "speaks of a duty in en and has no rule",
    );
}

#[test]
fn elapsed_hours_that_would_wait_for_the_morning_are_refused_and_duty_is_warned_all_the_same() {
    let at_once = "at = [0.5, 0.8, 1.0], when = \"at-once\"";
    let waiting = "at = [0.5, 0.8, 1.0], when = \"working-time\"";
    let change = [(POLICY, at_once, waiting)];
    check(&change, POLICY, "\"working-time\"", "its warnings cannot wait for working time");
    assert!(parse_stored(&pack_with(&change)).is_ok(), "a pack already in force stays readable");
    let to = "to = [\"duty\", \"head\", \"director\"]";
    let silent = pack_with(&[(POLICY, to, "to = [\"head\", \"deputy\", \"director\"]")]);
    let pack = parse_today(&silent).expect("it is only warned of");
    assert_eq!(pack.warnings.len(), 1);
    assert!(pack.warnings[0].message.contains("reaches the person on duty"));
}

#[test]
fn a_calendar_that_ends_tomorrow_is_refused_and_one_that_ends_soon_is_warned_of() {
    let calendar = "calendar/vn.csv";
    check(
        &[(calendar, "2015-01-01 2030-12-31", "2015-01-01 2026-11-25")],
        POLICY,
        "\"calendar/vn.csv\"",
        "that is 1 days after today",
    );
    let soon = pack_with(&[(calendar, "2015-01-01 2030-12-31", "2015-01-01 2027-06-30")]);
    let pack = parse_today(&soon).expect("half a year is enough");
    assert_eq!(pack.warnings.len(), 1);
    assert!(parse_stored(&pack_with(&[(calendar, "2030-12-31", "2026-11-25")])).is_ok());
}

#[test]
fn missing_unknown_and_broken_texts_stand_with_line_and_column() {
    let text = "text/en.toml";
    check(&[(text, "{company.name}", "{company.nam}")], text, "{company.nam}", "names nothing");
    check(&[(text, "{company.name},", "{company.name,")], text, "{company.name,", "");
    check(&[(text, "purpose = ", "purpos = ")], text, "Nothing shows", "nothing uses the text");
}

#[test]
fn tables_and_holidays_are_read_with_line_and_column() {
    let categories = "categories.csv";
    check(&[(categories, "NOISE,product", "NOISE,produce")], categories, "NOISE", "`about`");
    check(&[(categories, "code,about", "code,abut")], categories, "code", "the header must be");
    check(&[(categories, "NOISE,", "LEVELLING,")], categories, "LEVELLING,product", "twice");
    let calendar = "calendar/vn.csv";
    let wrong = "2026-02-30,";
    check(&[(calendar, "2026-01-01,", wrong)], calendar, wrong, "2026-02-30");
}

#[test]
fn every_problem_is_told_at_once() {
    let files = pack_with(&[
        (POLICY, "max = 2", "max = \"two\""),
        (POLICY, "swaps = false", "swaps = 0"),
        (POLICY, "prefix = \"KN\"", "prefix = \"kn\""),
        ("categories.csv", "NOISE,product", "NOISE,produce"),
    ]);
    assert_eq!(parse_today(&files).expect_err("four mistakes").len(), 4);
}

#[test]
fn a_missing_message_and_a_literal_number_in_one_are_refused() {
    let mut files = shipped_files();
    files.remove("messages/duty/lo.txt");
    let problems = parse_today(&files).expect_err("a message is missing");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].file, "messages/duty/lo.txt");
    let response = "messages/response/vi.txt";
    check(&[(response, "{{ text }}", "trong 3 ngày")], response, "3 ngày", "literal number `3`");
    check(&[(response, "Subject: ", "Về: ")], response, "Về: ", "the first line must be");
}

#[test]
fn a_pack_cut_off_anywhere_is_refused_and_never_breaks_the_reader() {
    for (file, step) in [("policy.toml", 331), ("text/vi.toml", 977), ("categories.csv", 101)] {
        let files = shipped_files();
        let bytes = files.get(file).expect("the file is in the pack").to_vec();
        for cut in (0..bytes.len() - 1).step_by(step) {
            let mut files = files.clone();
            files.insert(file, bytes[..cut].to_vec());
            let outcome = parse_today(&files);
            let first = outcome.err().and_then(|problems| problems.into_iter().next());
            assert!(first.is_some_and(|problem| problem.line > 0), "{file} cut at {cut}");
        }
    }
}

#[test]
fn a_slip_of_the_finger_gets_a_hint() {
    let rows = [
        (POLICY, "prefix = \"KN\"", "prefix = \"KN\"\nprefx = \"KN\"", "did you mean `prefix`?"),
        (POLICY, "then = \"route\"", "then = \"rout\"", "use one of: route, stay"),
        (POLICY, "owner = \"care\"", "owner = \"cares\"", "the departments are: care, technical"),
        ("text/lo.toml", "purpose = ", "purpos = ", "did you mean `sentence.purpose`?"),
    ];
    for (file, old, new, hint) in rows {
        let problems = parse_today(&pack_with(&[(file, old, new)])).expect_err("the pack is bad");
        let found = problems.iter().any(|problem| problem.hint.as_deref() == Some(hint));
        assert!(found, "{hint}: {problems:#?}");
    }
}

#[test]
fn a_list_in_another_encoding_and_a_broken_shift_are_named_by_line() {
    let mut files = shipped_files();
    let mut bytes = files.get("calendar/vn.csv").expect("it is there").to_vec();
    let at = bytes.windows(4).position(|four| four == b"2015").expect("a row");
    bytes[at] = 0xEA;
    files.insert("calendar/vn.csv", bytes);
    let problems = parse_today(&files).expect_err("not UTF-8");
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].message.contains("`calendar/vn.csv`, line 2, byte 11: 0xEA"),
        "{problems:?}"
    );

    let shifts = |list: &str| {
        let week = "swaps = false\nshifts = \"calendar/shifts.csv\"";
        let mut files = pack_with(&[(POLICY, "swaps = false", week)]);
        files.insert("calendar/shifts.csv", list);
        parse_today(&files)
    };
    let pack = shifts("date,hours\n2026-02-14,08:00-12:00\n").expect("the pack is good");
    // Other holidays leave the company's own days as they are.
    let other = pack.with_holidays(redress_calendar::shipped::VN_CSV).expect("they are good");
    for pack in [&pack, &other] {
        let day = pack.policy.calendar.day(jiff::civil::date(2026, 2, 14)).expect("it is known");
        assert!(day.working, "{day:?}");
    }
    let problems = shifts("date,hours\n2026-02-14,08:00-12:00\n2026-02-21,12:00-08:00\n")
        .expect_err("an interval that ends before it starts");
    let place = (problems[0].file.as_str(), problems[0].line, problems[0].column);
    assert_eq!((problems.len(), place), (1, ("calendar/shifts.csv", 3, 12)));
    check(
        &[(POLICY, "swaps = false", "swaps = false\nshifts = \"calendar/no.csv\"")],
        POLICY,
        "\"calendar/no.csv\"",
        "the pack has no file `calendar/no.csv`",
    );
}

#[test]
fn settings_of_the_calendar_change_days_and_need_their_words() {
    let set = "swaps = false\ndisputed_in_lieu = true\nwomen_only = false";
    let files = pack_with(&[(POLICY, "swaps = false", set)]);
    let problems = parse_today(&files).expect_err("the words are missing");
    assert_eq!(problems.len(), 3 * 6, "two words and a label each, in three languages");
}

#[test]
fn settings_of_the_calendar_that_a_pack_states_change_its_days_and_stand_on_its_page() {
    let set = "swaps = false\ndisputed_in_lieu = true\nwomen_only = false";
    let mut files = pack_with(&[(POLICY, "swaps = false", set)]);
    let words = [
        ("vi", "Nghỉ bù Ngày Văn hóa", "được nghỉ bù", "không nghỉ bù"),
        ("en", "Vietnam Culture Day in lieu", "made up", "not made up"),
        ("lo", "ພັກຊົດເຊີຍວັນວັດທະນະທຳ", "ພັກຊົດເຊີຍ", "ບໍ່ພັກຊົດເຊີຍ"),
    ];
    for (lang, label, yes, no) in words {
        let file = format!("text/{lang}.toml");
        let text = files.text(&file).expect("a text").to_owned();
        let labels = format!("[label]\ndisputed-in-lieu = \"{label}\"\nwomen-only = \"{label}\"\n");
        let values = format!(
            "[value.calendar]\ndisputed_in_lieu.yes = \"{yes}\"\ndisputed_in_lieu.no = \"{no}\"\n\
             women_only.yes = \"{yes}\"\nwomen_only.no = \"{no}\"\n"
        );
        let text = text.replace("[label]\n", &labels).replace("[value.calendar]\n", &values);
        files.insert(file, text);
    }
    let pack = parse_today(&files).expect("the pack has its words");
    let monday = jiff::civil::date(2030, 11, 25);
    assert!(!pack.policy.calendar.day(monday).expect("covered").working);
    assert!(shipped().policy.calendar.day(monday).expect("covered").working);
    for (lang, label, yes, no) in words {
        let lang = lang.parse().expect("a language");
        let page = to_markdown(&show(&pack, lang).expect("a checked pack has every text"));
        assert!(page.contains(label) && page.contains(yes) && page.contains(no), "{page}");
    }
}

#[test]
fn a_week_that_makes_no_sense_stands_where_it_is_written() {
    let morning = "[\"08:00\", \"12:00\"], [\"13:00\"";
    let check = |old: &str, new: &str, needle: &str, message: &str| {
        check(&[(POLICY, old, new)], POLICY, needle, message);
    };
    check(morning, "[\"08:00\", \"12:00\"], [\"11:00\"", "[[\"08:00\"", "overlap at 11:00");
    let reversed = "working hours from 12:00 to 08:00 end before they start";
    check(morning, "[\"12:00\", \"08:00\"], [\"13:00\"", "[[\"12:00\"", reversed);
    check(
        morning,
        "[\"8:00\", \"12:00\"], [\"13:00\"",
        "[[\"8:00\"",
        "\"8:00\" is not a time of day",
    );
    let files = shipped_files();
    let text = files.text(POLICY).expect("the file is in the pack");
    let week = text.lines().find(|line| line.starts_with("week = ")).expect("a week").to_owned();
    check(&week, "week = [ ]", "[ ]", "the calendar has no working time");
    check("\"Asia/Ho_Chi_Minh\"", "\"Asia/Hanoi\"", "\"Asia/Hanoi\"", "there is no time zone");
}

#[test]
fn a_pack_of_an_earlier_version_stays_readable_without_the_texts_a_later_one_asks_for() {
    let mut files = shipped_files();
    for lang in ["vi", "en", "lo"] {
        let path = format!("text/{lang}.toml");
        let text = files.text(&path).expect("there").to_owned();
        let kept = text.lines().filter(|line| !line.starts_with("categories.force-majeure"));
        files.insert(path, kept.collect::<Vec<_>>().join("\n"));
    }
    assert!(parse_today(&files).is_err(), "a new pack needs them");
    assert!(parse_stored(&files).is_ok());
    files.insert("policy.toml", "format = 1");
    assert!(parse_stored(&files).is_err(), "rules that cannot be read are a fault all the same");
}

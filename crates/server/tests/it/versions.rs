//! Versions of a policy over the built binary: pages that stay, packs that do not start, and
//! another company's pack on the same program.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use crate::kit::{alphatech, copy_of_alphatech, run, run_in, spoil};
use crate::serve::house::{CARE, House, noise, with};

/// Seven and five working days, as the page says them in each language.
const DAYS: [(&str, &str, &str); 2] =
    [("vi", "7 ngày làm việc", "5 ngày làm việc"), ("en", "7 working days", "5 working days")];

fn second_version() -> TempDir {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "\nversion = 1", "\nversion = 2");
    spoil(pack.path(), "policy.toml", "within = \"7wd\"", "within = \"5wd\"");
    pack
}

#[test]
fn the_page_of_an_earlier_version_still_opens() {
    let pack = second_version();
    let mut house = House::open();
    for (lang, seven, _) in DAYS {
        let page = house.client.get(&format!("/{lang}/")).send().is(200).text();
        assert!(page.contains(seven), "{lang}: {seven}");
        house.client.get(&format!("/{lang}/policy/2")).send().is(404);
    }
    house.restart_with("REDRESS_POLICY", &pack.path().display().to_string());
    let page = |path: &str| house.client.get(path).send().is(200).text();
    for (lang, seven, five) in DAYS {
        let now = page(&format!("/{lang}/"));
        assert!(now.contains(five) && !now.contains(seven), "{lang} in force");
        let old = page(&format!("/{lang}/policy/1"));
        assert!(old.contains(seven) && !old.contains(five), "{lang} version 1");
        let new = page(&format!("/{lang}/policy/2"));
        assert!(new.contains(five) && !new.contains(seven), "{lang} version 2");
    }
    page("/lo/policy/1");
    for path in ["/vi/policy/3", "/vi/policy/0", "/vi/policy/x", "/xx/policy/1"] {
        house.client.get(path).send().is(404);
    }
}

fn serve(folder: &Path, pack: &Path) -> (i32, String, String) {
    let policy = pack.display().to_string();
    let line = ["serve", "--listen", "127.0.0.1:0", "--data", "data", "--policy", &policy];
    let ran = run_in(folder, &[], &line, "");
    (ran.code, ran.out, ran.err)
}

#[test]
fn any_content_changed_under_an_old_version_exits_1_and_the_new_version_starts() {
    let house = House::open();
    house.kill();
    let rows = [
        ("policy.toml", "within = \"7wd\"", "within = \"5wd\""),
        (
            "text/vi.toml",
            "{promises.resolution.2.within}; ngày",
            "{promises.resolution.2.within}. Ngày",
        ),
        ("messages/closed/vi.txt", "Subject: ", "Subject: Báo tin: "),
    ];
    for (file, old, new) in rows {
        let pack = copy_of_alphatech();
        spoil(pack.path(), file, old, new);
        let policy = pack.path().display().to_string();
        let line = ["serve", "--listen", "127.0.0.1:0", "--policy", &policy];
        let ran = run_in(house.path(), &[], &line, "");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{file}: {ran:?}");
        for words in ["alphatech", "raise `version` above 1", "policy.toml"] {
            assert!(ran.err.contains(words), "{file}: {}", ran.err);
        }
    }
}

/// The shipped pack with a calendar that ends on `until`.
fn ending(until: &str) -> TempDir {
    let pack = copy_of_alphatech();
    let path = pack.path().join("calendar/vn.csv");
    let text = fs::read_to_string(&path).expect("readable");
    assert!(text.contains("# covers: 2015-01-01 2030-12-31"));
    let text = text.replace("2015-01-01 2030-12-31", &format!("2015-01-01 {until}"));
    let early = |line: &&str| !line.starts_with(|c: char| c.is_ascii_digit()) || *line < until;
    let lines: Vec<&str> = text.lines().filter(early).collect();
    fs::write(&path, lines.join("\n") + "\n").expect("written");
    pack
}

/// Today and tomorrow as the program reckons them: it names today where a calendar has ended.
fn tomorrow() -> (String, String) {
    let dir = ending("2020-12-31");
    let ran = run(&["policy", "check", &dir.path().display().to_string()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let (_, rest) = ran.out.split_once("after today (").expect("it names today");
    let today: jiff::civil::Date = rest[..10].parse().expect("a date");
    (today.to_string(), today.tomorrow().expect("there is one").to_string())
}

#[test]
fn a_calendar_that_ends_tomorrow_is_refused_with_the_cure() {
    let (today, tomorrow) = tomorrow();
    let pack = ending(&tomorrow);
    let dir = pack.path().display().to_string();
    let ran = run(&["policy", "check", &dir, "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let problem = ran.json()["problems"][0].clone();
    let message = problem["message"].as_str().expect("a message");
    assert!(
        message.contains(&format!("to {tomorrow}; that is 1 days after today ({today})")),
        "{message}"
    );
    let cure = "add the coming years' holidays";
    assert!(problem["hint"].as_str().is_some_and(|hint| hint.contains(cure)), "{problem}");
    assert_eq!((&problem["file"], problem["line"].is_u64()), (&json!("policy.toml"), true));
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) = serve(folder.path(), pack.path());
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(err.contains(cure) && err.contains(&tomorrow), "{err}");
    assert!(!folder.path().join("data").exists(), "nothing was begun");
}

/// The water company's pack in a folder: its own files beside the shared ones, and no Lao.
fn water() -> TempDir {
    let pack = tempfile::tempdir().expect("a folder");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/it/policy/water");
    lay(&own, pack.path());
    let shared = alphatech();
    for name in ["offices.csv", "calendar", "messages"] {
        lay(&shared.join(name), &pack.path().join(name));
    }
    pack
}

fn lay(from: &Path, to: &Path) {
    if !from.is_dir() {
        if !from.ends_with("lo.txt") {
            fs::copy(from, to).expect("copied");
        }
        return;
    }
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("listed") {
        let entry = entry.expect("listed");
        lay(&entry.path(), &to.join(entry.file_name()));
    }
}

#[test]
fn another_company_speaks_its_two_languages_and_no_third() {
    let pack = water();
    let dir = pack.path().display().to_string();
    let ran = run(&["policy", "check", &dir]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let house = House::open_with(&[("REDRESS_POLICY", &dir)]);
    for (lang, words) in [("vi", "Nước Sạch Ví Dụ"), ("en", "You have 3 resolutions")] {
        let page = house.client.get(&format!("/{lang}/")).send().is(200).text();
        assert!(page.contains(words), "{lang}: {words}");
        assert!(!page.contains("lang=\"lo\""), "{lang}: Lao is not offered");
    }
    for path in ["/lo/", "/lo/policy/2", "/lo/complaints/new"] {
        house.client.get(path).send().is(404);
    }
    let water = json!({"about": "product", "category": null, "reply_by": null, "asset": null});
    let receipt = house.complain(&with(noise(), water.clone()));
    assert!(receipt.reference.starts_with("NS-"), "{}", receipt.reference);
    for (more, pointer) in
        [(json!({"language": "lo"}), "/language"), (json!({"reply_by": "zalo"}), "/reply_by")]
    {
        let body = with(with(noise(), water.clone()), more);
        let problem = house.client.post("/api/v1/complaints").json(&body).send().problem(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let staff = with(with(noise(), water), json!({"channel": "zalo"}));
    let token = house.token(CARE);
    let answer = house.client.post("/api/v1/complaints").token(token).json(&staff).send();
    assert_eq!(answer.problem(422)["errors"][0]["pointer"], "/channel");
}

#[test]
fn a_policy_of_another_id_is_refused_unless_it_is_to_replace_the_one_in_force() {
    let house = House::open();
    house.complain(&noise());
    house.kill();
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "id = \"alphatech\"", "id = \"mine\"");
    let policy = pack.path().display().to_string();
    let line = ["serve", "--listen", "127.0.0.1:0", "--policy", &policy];
    let ran = run_in(house.path(), &[], &line, "");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    for words in ["alphatech@1", "mine@1", "--replace-policy"] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
}

#[test]
fn a_policy_whose_time_is_to_come_is_refused_with_its_day() {
    let pack = copy_of_alphatech();
    spoil(pack.path(), "policy.toml", "in_force = 2026-01-01T", "in_force = 2999-01-01T");
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) = serve(folder.path(), pack.path());
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(err.contains("from 2999-01-01T00:00:00+07:00 on"), "{err}");
}

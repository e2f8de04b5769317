//! A person is erased beside a working server: nothing of them is found in any file, by any search or
//! in a new backup, and everything else stands. Must not look at what is stored but byte by byte.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::house::{ADMIN, AUDITOR, CARE, Case, DIRECTOR, House, noise, verb, with};
use super::life::Life;
use super::uploads::{PIXEL, upload};
use crate::kit::run_in;

/// Everything by which the person could be known, in every form that is written anywhere.
const TRACES: &[&str] = &[
    "Xuyênlinh",
    "xuyênlinh",
    "xuyenlinh",
    "977888123",
    "977 888 123",
    "977.888.123",
    "xl.rieng@",
    "Ngõ Hẻmlạ",
    "kẽokẹt",
    "keoket",
    "bimatcuafile",
    "ảnhbạchriêng",
];

fn complainant() -> Value {
    json!({"as": "person", "name": "Hoàng Thị Xuyênlinh", "phone": "0977 888 123",
        "email": "xl.rieng@example.vn", "address": "7 Ngõ Hẻmlạ"})
}

/// Every file under a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("listed").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Which files hold which traces.
fn traces(folder: &Path) -> Vec<String> {
    let mut all = vec![];
    files(folder, &mut all);
    assert!(!all.is_empty());
    let mut found = vec![];
    for path in all {
        let bytes = fs::read(&path).expect("readable");
        for trace in TRACES {
            if bytes.windows(trace.len()).any(|part| part == trace.as_bytes()) {
                found.push(format!("{trace} in {}", path.display()));
            }
        }
    }
    found
}

/// References of what a question finds.
fn found(house: &House, question: &str) -> Vec<String> {
    let path = format!("/api/v1/complaints?state=all&q={question}");
    let answer = house.client.get(&path).token(house.token(DIRECTOR)).send().is(200).json();
    let items = answer["items"].as_array().expect("a list").iter();
    items.map(|item| item["reference"].as_str().expect("a text").to_owned()).collect()
}

/// Three complaints of the person among those of others: one with its whole life, one with words of
/// staff and files, one that waits.
fn three(house: &House) -> [Case; 3] {
    let others = |from: usize| {
        for n in from..from + 40 {
            let text = format!("Thang số {n} dừng lệch tầng, {}", "người già vấp ".repeat(n));
            house.complain(&with(noise(), json!({"text": text})));
        }
    };
    others(0);
    let body =
        with(noise(), json!({"text": "Cửa thang kẽokẹt suốt đêm", "complainant": complainant()}));
    let life = Life::begin_with(house, &body);
    life.answered();
    others(40);
    let text = upload(house, "ảnhbạchriêng.txt", b"bimatcuafile: khong ai duoc doc");
    let picture = upload(house, "ảnhbạchriêng.png", PIXEL);
    let body = with(
        body,
        json!({"attachments": [text["id"], picture["id"]], "remedy_sought": "hết kẽokẹt"}),
    );
    let second = house.complain(&body);
    let note = json!({"text": "Chị Xuyênlinh gọi từ 0977.888.123"});
    house.run(CARE, &second.reference, "notes", &note).is(200);
    let key = "một khóa dài hơn mười sáu".replace(|c: char| !c.is_ascii(), "x");
    let by_mail = json!({"text": "Vẫn kẽokẹt", "complainant": {"name": "HOÀNG THỊ XUYÊNLINH", "email": "xl.rieng@example.vn"}});
    let third = house.client.post("/api/v1/complaints").header("idempotency-key", &key);
    let third = Case::of(&third.json(&with(noise(), by_mail)).send().is(201).json());
    others(80);
    [life.case, second, third]
}

#[test]
fn a_person_with_three_complaints_is_erased_and_no_file_search_or_backup_knows_them() {
    let mut house = House::open();
    let cases = three(&house);
    let mut references: Vec<String> = cases.iter().map(|case| case.reference.clone()).collect();
    references.sort_unstable();
    let mut before = found(&house, "xuyenlinh");
    before.sort_unstable();
    assert_eq!(before, references, "the test proves nothing where they are not found before");
    assert!(traces(house.path()).len() > TRACES.len() / 2);
    let picture = format!("/api/v1/complaints/{}", cases[1].reference);
    house.client.get(&picture).token(house.token(CARE)).send().is(200);

    let line = format!("erase --complaint {} --ground person-asked --json", cases[2].reference);
    let person = house.show(CARE, &cases[2].reference)["complainant"]["person"].clone();
    let path = format!("/api/v1/persons/{}", person.as_str().expect("an id"));
    house.client.get(&path).token(house.token(CARE)).send().is(403);
    let kept = house.client.get(&path).token(house.token(DIRECTOR)).send().is(200).json();
    assert_eq!(kept["same"].as_array().map(Vec::len), Some(2), "{kept}");
    let erasure = format!("{path}/erasure");
    let ask =
        |body: Value| house.client.post(&erasure).token(house.token(DIRECTOR)).json(&body).send();
    ask(json!({"ground": "because"})).is(422);
    let erased = ask(json!({"ground": "person-asked"})).is(200).json();
    assert_eq!(erased["complaints"], json!(references), "{erased}");
    assert_eq!(erased["persons"].as_array().map(Vec::len), Some(3));
    assert_eq!((&erased["files"], &erased["left"]["log_of_changes"]), (&json!(2), &json!(false)));

    assert_eq!(traces(house.path()), Vec::<String>::new());
    for question in ["xuyenlinh", "0977888123", "xl.rieng@example.vn", "keoket", "kẽokẹt"] {
        assert_eq!(found(&house, question), Vec::<String>::new(), "{question}");
    }
    verb(house.path(), "backup new.tar --json");
    verb(house.path(), "export new.jsonl --json");
    assert_eq!(traces(house.path()), Vec::<String>::new(), "the new backup, and an export");
    stands(&house, &cases);

    // Life goes on, without the person; a second time there is nothing to do.
    let again = verb(house.path(), &line).json();
    assert_eq!((&again["events"], &again["complaints"]), (&json!(0), &json!([])));
    house.restart();
    stands(&house, &cases);
    assert_eq!(traces(house.path()), Vec::<String>::new());
    house.run(CARE, &cases[2].reference, "closure", &json!({"as": "withdrawn"})).is(200);
}

/// Everything but the person still stands.
fn stands(house: &House, cases: &[Case]) {
    let verified = verb(house.path(), "log verify --json").json();
    assert_eq!(verified["valid"], json!(true), "{verified}");
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], json!(true));
    for case in cases {
        let shown = house.show(CARE, &case.reference);
        assert_eq!((&shown["text"], &shown["complainant"]["name"]), (&Value::Null, &Value::Null));
        assert_eq!(shown["category"], json!("LEVELLING"), "facts stay");
        assert!(!shown["promises"].as_array().expect("a list").is_empty());
        let tracked = format!("/api/v1/complaints/{}", case.reference);
        house.client.get(&tracked).token(&case.tracking).send().is(401);
        let page = house.client.get(&format!("/vi/track/{}", case.tracking)).send();
        assert_eq!(page.status, 404, "the link opens nothing");
    }
    assert_eq!(found(house, "vấp").len(), 50, "a page of others is found as before");
}

#[test]
fn who_may_not_and_what_must_stay_is_refused() {
    let house = House::open();
    let body = with(noise(), json!({"complainant": complainant()}));
    let case = house.complain(&body);
    let tries = |line: &str| {
        let line = format!("erase --complaint {} {line} --json", case.reference);
        run_in(house.path(), &[], &line.split_whitespace().collect::<Vec<_>>(), "")
    };
    for who in [CARE, AUDITOR] {
        let ran = tries(&format!("--ground person-asked --as {who}"));
        assert_eq!((ran.code, ran.error_kind().as_str()), (1, "not-permitted"), "{who}");
    }
    assert_eq!(tries("--ground because").code, 2);
    let hold = json!({"ground": "court", "reason": "Tòa yêu cầu"});
    house.run(CARE, &case.reference, "hold", &hold).is(403);
    house.run(DIRECTOR, &case.reference, "hold", &hold).is(200);
    let ran = tries(&format!("--ground person-asked --as {DIRECTOR}"));
    assert_eq!((ran.code, ran.error_kind().as_str()), (1, "refused"), "{ran:?}");
    assert!(ran.err.contains(&case.reference), "{}", ran.err);
    assert_eq!(found(&house, "xuyenlinh").len(), 1, "nothing went");
    let lifted = json!({"lift": true, "reason": "Xong"});
    house.run(DIRECTOR, &case.reference, "hold", &lifted).is(200);
    let shown = tries(&format!("--ground person-asked --dry-run --as {ADMIN}")).json();
    assert_eq!(shown["would_erase"]["person"]["complaints"][0]["reference"], case.reference);
    assert_eq!(found(&house, "xuyenlinh").len(), 1, "a dry run changes nothing");
    assert_eq!(tries(&format!("--ground person-asked --as {ADMIN}")).code, 0);
    assert_eq!(traces(house.path()), Vec::<String>::new());
}

#[test]
fn another_name_behind_the_same_telephone_stays_unless_it_is_named() {
    let house = House::open();
    let body = with(noise(), json!({"complainant": complainant()}));
    let case = house.complain(&body);
    let neighbour = json!({"name": "Lê Văn Kháclạ", "phone": "0977 888 123"});
    let other = house.complain(&with(noise(), json!({"complainant": neighbour})));
    let line = format!("erase --complaint {} --ground person-asked --json", case.reference);
    let shown = verb(house.path(), &format!("{line} --dry-run")).json();
    assert_eq!(shown["would_erase"]["same"], json!([]));
    let shares = shown["would_erase"]["others"][0]["id"].as_str().expect("an id").to_owned();
    let stranger = house.complain(&with(
        noise(),
        json!({"complainant": {"name": "Ai Đó", "phone": "0901 000 001"}}),
    ));
    let stranger = house.show(CARE, &stranger.reference)["complainant"]["person"].clone();
    let with_stranger = format!("{line} --with {}", stranger.as_str().expect("an id"));
    let ran = run_in(house.path(), &[], &with_stranger.split_whitespace().collect::<Vec<_>>(), "");
    assert_eq!(ran.code, 1, "a stranger is not erased by a slip of the finger: {ran:?}");
    let erased = verb(house.path(), &line).json();
    assert_eq!(erased["complaints"], json!([case.reference]));
    assert_eq!(house.show(CARE, &other.reference)["complainant"]["name"], "Lê Văn Kháclạ");
    let line = format!("erase --person {shares} --ground authority-ordered --json");
    assert_eq!(verb(house.path(), &line).json()["complaints"], json!([other.reference]));
    assert_eq!(traces(house.path()), Vec::<String>::new());
}

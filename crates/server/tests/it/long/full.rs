//! A full disk: nothing is taken in and everybody is told where to call, reading goes on, and taking in
//! begins again by itself. Must not test other failures of a disk.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::room::Room;
use crate::kit::run_in;
use crate::serve::house::{CARE, Case, House, noise, verb, with};
use crate::serve::http::Ask;
use crate::serve::uploads::PIXEL;
use crate::serve::wait::until;

const PASSWORD: &str = "bốn con mèo ngủ trưa";

/// Somebody of the staff who looks at pages; answers the cookie of the session.
pub(super) fn sign_in(house: &House) -> String {
    sign_in_as(house, "care")
}

/// The same in another role.
pub(crate) fn sign_in_as(house: &House, role: &str) -> String {
    let add =
        format!("user add --name Hoa --email hoa@alphatech.example --role {role} --password-stdin");
    let add: Vec<&str> = add.split(' ').collect();
    let ran = run_in(house.path(), &[], &add, &format!("{PASSWORD}\n"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let fields = format!("email=hoa@alphatech.example&password={}", PASSWORD.replace(' ', "+"));
    let ask = house.client.that_stays().post("/desk/sign-in");
    let answer = ask.body("application/x-www-form-urlencoded", fields).send().is(303);
    answer.header("set-cookie").split(';').next().expect("a pair").to_owned()
}

fn by_api(house: &House, key: &str) -> Ask {
    let text = json!({"text": format!("Thang máy kêu to, lần {key}")});
    let ask = house.client.post("/api/v1/complaints").header("idempotency-key", key);
    ask.json(&with(noise(), text))
}

fn by_form(house: &House, file: Option<(&str, &[u8])>) -> Ask {
    let fields = [
        ("key", "a-form-that-is-sent-again"),
        ("consent.notice", "2026-01-01"),
        ("text", "Cửa thang máy đóng vào người già"),
        ("name", "Nguyễn Thị Hà"),
        ("phone", "0912 345 678"),
        ("place", "Sảnh B"),
    ];
    house.client.that_stays().post("/vi/complaints").form(&fields, file)
}

/// Names of files that are neither whole attachments nor a lock.
fn halves(data: &Path) -> Vec<String> {
    let names = files_below(&data.join("files")).into_iter();
    let names = names.map(|path| path.file_name().expect("a name").to_str().expect("plain").into());
    names.filter(|name: &String| name.len() != 64 && name != ".lock").collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return vec![] };
    let entries = entries.map(|entry| entry.expect("listed").path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Everything that is told while nothing can be taken in.
fn it_is_told_everywhere(house: &House, session: &str) {
    for file in [None, Some(("ảnh.png", PIXEL))] {
        let page = by_form(house, file).send().is(507).text();
        for kept in ["Cửa thang máy đóng vào người già", "0912 345 678", "Sảnh B"] {
            assert!(page.contains(kept), "{kept} was typed and is gone");
        }
        assert!(page.contains("a-form-that-is-sent-again") && page.contains("Chưa gửi được"));
        let (_, panel) = page.split_once(r#"id="no-room""#).expect("it says what to do");
        assert!(panel.contains(r#"href="tel:+84933269898""#) && panel.contains("Zalo"));
    }
    let ready = house.client.get("/readyz").send().is(503).text();
    assert!(ready.starts_with("not ready\nroom none\n"), "{ready}");
    let desk = house.client.get("/desk/queue").header("cookie", session).send().is(200).text();
    assert!(desk.contains("Máy chủ hết chỗ lưu"), "the desk says so");
    let doctor = run_in(house.path(), &house.variables(), &["doctor", "--json"], "");
    assert_eq!(doctor.code, 1, "{doctor:?}");
    let checks = doctor.json()["checks"].clone();
    let data = checks.as_array().expect("a list").iter().find(|check| check["check"] == "data");
    let data = data.expect("it is looked at");
    assert_eq!(data["status"], "fail");
    assert!(data["says"].as_str().is_some_and(|says| says.contains("has no room")), "{data}");
}

#[test]
fn a_full_disk_refuses_with_a_telephone_number_and_takes_in_again_by_itself() {
    let disk = Room::new();
    let house = House::open_on(|data| disk.under(data));
    let session = sign_in(&house);
    let before = house.complain(&noise());
    disk.fill();
    let mut taken = vec![before.reference.clone()];
    let refused = (0..20_000).find_map(|n| {
        let key = format!("while-it-fills-{n:06}");
        let answer = by_api(&house, &key).send();
        if answer.status == 201 {
            taken.push(Case::of(&answer.json()).reference);
            return None;
        }
        assert_eq!(answer.header("retry-after"), "10");
        assert_eq!(answer.problem(507)["type"], "/problems/disk-full");
        Some(key)
    });
    let refused = refused.expect("the disk is full at last");
    house.client.post("/api/v1/uploads").file("file", "a.png", PIXEL).send().problem(507);
    it_is_told_everywhere(&house, &session);
    assert_eq!(house.show(&before.tracking, &before.reference)["reference"], before.reference);
    house.show(CARE, &before.reference);
    house.client.get("/vi/").send().is(200);
    assert_eq!(halves(&house.path().join("redress-data")), Vec::<String>::new());
    assert!(house.runs());

    disk.clear();
    until("room that is seen by itself", || {
        (house.client.get("/readyz").send().status == 200).then_some(())
    });
    taken.push(Case::of(&by_api(&house, &refused).send().is(201).json()).reference);
    let place = by_form(&house, None).send().is(303).header("location").to_owned();
    taken.push(place.split('/').nth(3).expect("a reference").to_owned());
    assert_eq!(by_form(&house, None).send().is(303).header("location"), place);
    house.client.post("/api/v1/uploads").file("file", "a.png", PIXEL).send().is(201);
    for reference in &taken {
        house.show(CARE, reference);
    }
    house.kill();
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
    assert_eq!(verb(house.path(), "rebuild --json").json()["equal"], true);
}

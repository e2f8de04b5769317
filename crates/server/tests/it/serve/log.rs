//! The log from outside: receipts, signed trees, hashes, keys, and a restore that is noticed.
//! Must not look into the database.

use redress_proof::{Checkpoint, Note, Tile, VerificationKey, Verified, verify};
use serde_json::Value;

use super::house::{ADMIN, AUDITOR, CARE, Case, House, noise, verb};
use super::wait::until;
use crate::long::full::sign_in_as;

fn keys(house: &House) -> Vec<VerificationKey> {
    let text = house.client.get("/log/keys").send().is(200).text();
    text.lines().map(|line| line.parse().expect("a key")).collect()
}

/// The receipt of a case by its tracking link.
fn receipt(house: &House, case: &Case) -> String {
    let path = format!("/vi/track/{}/receipt", case.tracking);
    let answer = house.client.get(&path).send().is(200);
    let name = answer.header("content-disposition");
    assert!(name.contains(&format!("{}.tlog-proof", case.reference)), "{name}");
    answer.text()
}

fn proved(house: &House, text: &str) -> Verified {
    verify(text.as_bytes(), &keys(house)).expect("it is genuine")
}

fn checkpoint(house: &House) -> (Note, Checkpoint) {
    let note = house.client.get("/log/checkpoint").send().is(200).text();
    let note = Note::parse(&note).expect("a note");
    let checkpoint = Checkpoint::parse(note.text()).expect("a checkpoint");
    (note, checkpoint)
}

#[test]
fn a_receipt_is_given_at_once_by_link_and_api_and_is_genuine_by_the_published_keys() {
    let house = House::open();
    let case = house.complain(&noise());
    let by_link = proved(&house, &receipt(&house, &case));
    let path = format!("/api/v1/complaints/{}/receipt", case.reference);
    let mine = house.client.get(&path).token(&case.tracking).send().is(200).text();
    assert_eq!(proved(&house, &mine).index, by_link.index);
    house.client.get(&path).token(house.token(CARE)).send().is(200);
    house.client.get(&path).send().is(401);
    let other = house.complain(&noise());
    house.client.get(&path).token(&other.tracking).send().is(404);
    house.client.get("/vi/track/made-up/receipt").send().is(404);
    let payload: Value = serde_json::from_str(&by_link.payload).expect("JSON");
    assert_eq!(payload["facts"]["reference"], case.reference.as_str());
    // The policy page names log and key.
    let page = house.client.get("/vi/").send().is(200).text();
    assert!(page.contains(&by_link.origin) && page.contains(&keys(&house)[0].to_string()));
    let said = verb(house.path(), "log keys --json").json();
    assert_eq!(said["keys"][0]["key"], keys(&house)[0].to_string());
}

#[test]
fn whoever_mirrors_the_log_gets_hashes_and_only_auditors_get_entries() {
    let house = House::open();
    house.complain(&noise());
    let (note, signed) = until("a signed tree with the complaint", || {
        let (note, checkpoint) = checkpoint(&house);
        (checkpoint.tree().size > 10).then_some((note, checkpoint))
    });
    assert!(note.open(&keys(&house)).is_ok());
    let width = u16::try_from(signed.tree().size).expect("few");
    let tile = Tile { level: 0, index: 0, width };
    let answer = house.client.get(&format!("/log/{}", tile.path())).send().is(200);
    assert_eq!(answer.bytes.len(), 32 * usize::from(width));
    assert!(answer.header("cache-control").contains("immutable"));
    let entries = format!("/log/{}", tile.entries_path().expect("of leaves"));
    let asked = |token: Option<&str>| match token {
        Some(who) => house.client.get(&entries).token(house.token(who)).send().status,
        None => house.client.get(&entries).send().status,
    };
    assert_eq!([asked(None), asked(Some(CARE)), asked(Some(ADMIN))], [401, 403, 403]);
    assert_eq!(asked(Some(AUDITOR)), 200);
    for wrong in ["tile/0/999", "tile/0/000.p/256", "tile/9/000", "tile/0/x", "tile/entries/1"] {
        house.client.get(&format!("/log/{wrong}")).send().is(404);
    }
}

#[test]
fn a_key_follows_another_beside_a_running_server_and_old_receipts_stay_valid() {
    let house = House::open();
    let case = house.complain(&noise());
    let before = receipt(&house, &case);
    let first = keys(&house);
    let added = verb(house.path(), "log add-key --json").json()["key"].clone();
    let signatures = |count: usize| {
        until("so many signatures", || {
            (checkpoint(&house).0.signatures().len() == count).then_some(())
        });
    };
    signatures(2);
    let with_both = receipt(&house, &case);
    assert!(verify(with_both.as_bytes(), &first).is_ok(), "who knows only the old key checks it");
    assert!(verify(with_both.as_bytes(), &keys(&house)[1..]).is_ok());
    assert_eq!(keys(&house)[1].to_string(), added.as_str().expect("a text"));
    verb(house.path(), "log retire-key");
    signatures(1);
    assert!(verify(receipt(&house, &case).as_bytes(), &first).is_err());
    assert!(verify(before.as_bytes(), &keys(&house)).is_ok());
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
}

#[test]
fn an_older_backup_is_noticed_shown_to_everybody_and_confirmed() {
    let mut house = House::open();
    let case = house.complain(&noise());
    let before = receipt(&house, &case);
    verb(house.path(), "backup copy.tar");
    let lost = house.complain(&noise());
    let of_lost = receipt(&house, &lost);
    house.replaced(|folder| {
        verb(folder, "restore copy.tar --data redress-data");
    });
    let banner = "khôi phục từ một bản cũ hơn";
    let page = || house.client.get("/vi/").send().is(200).text();
    let session = sign_in_as(&house, "admin");
    let desk =
        || house.client.get("/desk/accounts").header("cookie", &session).send().is(200).text();
    assert!(page().contains(banner) && desk().contains("redress log confirm"));
    // The old name is never signed again; what was given out under it stays valid.
    assert!(checkpoint(&house).1.origin().ends_with("/log/2"));
    let origins = [&before, &of_lost, &receipt(&house, &case)].map(|it| proved(&house, it).origin);
    let ends: Vec<_> = origins.iter().map(|origin| origin.rsplit('/').next()).collect();
    assert_eq!(ends, [Some("1"), Some("1"), Some("2")]);
    house.client.get(&format!("/vi/track/{}", lost.tracking)).send().is(404);
    verb(house.path(), "log confirm");
    until("no banner any more", || (!page().contains(banner)).then_some(()));
    assert!(!desk().contains("redress log confirm"));
    assert_eq!(verb(house.path(), "log verify --json").json()["valid"], true);
}

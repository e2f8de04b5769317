//! The log as it is opened, signed and restarted.
//! Must not check a proof by what it was made with: receipts are judged by the verifier alone.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use redress_app::{
    App, AppError, FileSettings, LogKey, OtherPolicy, Settings, StartError, World,
    core::{complaint::people::Actor, kinds::RestartReason},
    proof::{KeyKind, SigningKey, Tile, VerificationKey, Words, verify},
};

use redress_channels::Registry;
use redress_store::{Fault, Faults, Options};

use crate::kit::{House, altered, noise};

const MORNING: &str = "2026-11-23 09:05";

fn public(keys: &[LogKey]) -> Vec<VerificationKey> {
    keys.iter().map(|known| known.key.clone()).collect()
}

async fn receipt(house: &House, reference: &str) -> String {
    let loaded = house.app.load(reference).await.expect("it is there");
    house.app.receipt_file(&loaded).await.expect("it is proved").text
}

#[tokio::test]
async fn a_receipt_proves_reference_and_words_by_the_key_alone() {
    let house = House::open(MORNING).await;
    let reference = house.complain(&noise()).await.reference;
    let text = receipt(&house, &reference).await;
    let keys = public(&house.app.log_keys());
    let proved = verify(text.as_bytes(), &keys).expect("it is genuine");
    assert_eq!(proved.origin, house.app.log_origin());
    assert!(proved.payload.contains(&reference), "{}", proved.payload);
    let Words::Open(words) = &proved.words else { panic!("the words are in it") };
    assert!(words.contains("lệch tầng"), "{words}");
    // A later one is by a larger tree, and the first stays valid.
    let other = house.complain(&noise()).await.reference;
    house.app.sign_now().await.expect("signed");
    let later = verify(receipt(&house, &reference).await.as_bytes(), &keys).expect("genuine");
    assert!(later.tree.size > proved.tree.size && later.index == proved.index);
    let foreign = SigningKey::from_seed(&proved.origin, KeyKind::Log, &[7; 32]).expect("a key");
    assert!(verify(text.as_bytes(), &[foreign.verification_key().clone()]).is_err());
    assert_ne!(receipt(&house, &other).await, text);
}

#[tokio::test]
async fn the_key_stays_over_a_start_and_is_in_no_table() {
    let house = House::open(MORNING).await;
    let (keys, origin) = (house.app.log_keys(), house.app.log_origin());
    let secret = fs::read_to_string(house.folder().join("log.key")).expect("it is there");
    let house = house.restart(None).await.expect("it starts");
    assert_eq!((house.app.log_keys(), house.app.log_origin()), (keys, origin));
    let base64 = secret.trim().rsplit('+').next().expect("a key").to_owned();
    let database = fs::read(house.folder().join("redress.sqlite")).expect("it is there");
    let log = fs::read(house.folder().join("redress.sqlite-wal")).unwrap_or_default();
    for bytes in [database, log] {
        assert!(!String::from_utf8_lossy(&bytes).contains(&base64));
    }
    assert_eq!(house.app.log_restarted(), None);
}

/// Puts the database copied to `kept.sqlite` in the place of the one in the folder.
fn put_back(folder: &Path) {
    for name in ["redress.sqlite-wal", "redress.sqlite-shm"] {
        fs::remove_file(folder.join(name)).ok();
    }
    fs::rename(folder.join("kept.sqlite"), folder.join("redress.sqlite")).expect("put back");
}

async fn keep(house: &House) {
    house.store().copy_into(&house.folder().join("kept.sqlite")).await.expect("copied");
}

#[tokio::test]
async fn an_older_database_is_noticed_and_the_old_name_never_signed_again() {
    let house = House::open(MORNING).await;
    let first = house.complain(&noise()).await.reference;
    let before = receipt(&house, &first).await;
    keep(&house).await;
    let second = house.complain(&noise()).await.reference;
    let lost = receipt(&house, &second).await;
    let house = house.restarted_after(put_back).await.expect("it starts");
    let restarted = house.app.log_restarted().expect("it was noticed");
    assert_eq!((restarted.reason, restarted.epoch), (RestartReason::Behind, 2));
    assert!(restarted.signed.is_some_and(|signed| signed > restarted.kept), "{restarted:?}");
    assert!(!restarted.confirmed);
    assert!(house.app.log_origin().ends_with("/log/2"));
    // Both names' receipts stay valid, those of what was lost as well.
    let keys = public(&house.app.log_keys());
    let old = [&before, &lost].map(|text| verify(text.as_bytes(), &keys).expect("genuine").origin);
    assert!(old.iter().all(|origin| origin.ends_with("/log/1")));
    let again = receipt(&house, &first).await;
    assert!(verify(again.as_bytes(), &keys).expect("genuine").origin.ends_with("/log/2"));
    house.verify_log().await;
    house.app.confirm_log_restart(&Actor::System("operator")).await.expect("told");
    assert!(house.app.log_restarted().is_some_and(|restarted| restarted.confirmed));
    let twice = house.app.confirm_log_restart(&Actor::System("operator")).await;
    assert!(matches!(twice, Err(AppError::NotFound)));
    let house = house.restart(None).await.expect("it starts");
    assert!(house.app.log_restarted().is_some_and(|restarted| restarted.epoch == 2));
}

#[tokio::test]
async fn a_lost_key_or_a_lost_checkpoint_makes_the_log_go_on_under_a_new_name() {
    for (name, reason) in
        [("log.key", RestartReason::KeyLost), ("log.checkpoint", RestartReason::Restored)]
    {
        let house = House::open(MORNING).await;
        let reference = house.complain(&noise()).await.reference;
        let before = receipt(&house, &reference).await;
        fs::remove_file(house.folder().join(name)).expect("there");
        let house = house.restart(None).await.expect("it starts");
        let restarted = house.app.log_restarted().expect("it was noticed");
        assert_eq!((restarted.reason, restarted.epoch), (reason, 2), "{name}");
        let keys = public(&house.app.log_keys());
        assert!(verify(before.as_bytes(), &keys).is_ok(), "{name}");
        assert!(verify(receipt(&house, &reference).await.as_bytes(), &keys).is_ok(), "{name}");
        let files = fs::read_to_string(house.folder().join("log.key")).expect("there");
        assert_eq!(files.lines().count(), 1, "{name}: the old key is gone");
    }
}

#[tokio::test]
async fn a_database_with_another_past_is_noticed() {
    let house = House::open(MORNING).await;
    house.complain(&noise()).await;
    house.app.sign_now().await.expect("signed");
    let checkpoint = |folder: &Path| fs::read(folder.join("log.checkpoint")).expect("there");
    let before = checkpoint(house.folder());
    keep(&house).await;
    house.complain(&noise()).await;
    house.app.sign_now().await.expect("signed");
    let given_out = checkpoint(house.folder());
    // Somebody puts both back, and the log grows otherwise.
    let both = |folder: &Path| {
        put_back(folder);
        fs::write(folder.join("log.checkpoint"), &before).expect("written");
    };
    let house = house.restarted_after(both).await.expect("it starts");
    assert_eq!(house.app.log_restarted(), None, "this cannot be seen from here");
    house.complain(&noise()).await;
    let spare = |folder: &Path| fs::write(folder.join("log.checkpoint"), &given_out);
    let house = house.restarted_after(|folder| spare(folder).expect("written")).await;
    let restarted = house.expect("it starts").app.log_restarted().expect("it was noticed");
    assert_eq!(restarted.reason, RestartReason::Forked);
}

#[tokio::test]
async fn files_of_the_log_that_are_spoilt_are_told_with_the_cure() {
    for name in ["log.key", "log.checkpoint"] {
        let house = House::open(MORNING).await;
        let spoil = |folder: &Path| fs::write(folder.join(name), "x\n").expect("written");
        let Err(StartError::App(error)) = house.restarted_after(spoil).await else {
            panic!("it started with a spoilt `{name}`")
        };
        let told = format!("{error:?}");
        assert!(told.contains(name) && told.contains("remove it"), "{told}");
    }
}

#[tokio::test]
async fn a_log_for_which_there_was_no_room_begins_by_itself_once_there_is() {
    let (folder, full) =
        (tempfile::tempdir().expect("there is room"), Arc::new(AtomicBool::new(false)));
    let (now, rolled) = ("2026-11-23T02:00:00Z".parse().expect("an instant"), AtomicU8::new(0));
    let roll = move |buffer: &mut [u8]| buffer.fill(rolled.fetch_add(1, Ordering::Relaxed));
    let world = World::new(Arc::new(move || now), Arc::new(roll));
    let settings = Settings {
        folder: folder.path().to_owned(),
        pack: Some(altered(&[])),
        channels: Registry::default(),
        public_url: "https://house.example".to_owned(),
        files: FileSettings::default(),
    };
    let mut options = Options::new(world.clock());
    let told = Arc::clone(&full);
    let fault = move || told.load(Ordering::Relaxed).then_some(Fault::Full);
    options.faults = Some(Faults(Arc::new(fault)));
    let app = App::start_on(settings, world, OtherPolicy::Stays, options).await.expect("it starts");
    full.store(true, Ordering::Relaxed);
    app.open_log().await.expect("it serves all the same");
    assert_eq!(app.log_keys_now(), []);
    full.store(false, Ordering::Relaxed);
    app.tick().await.expect("the jobs run");
    assert_eq!(app.log_keys_now().len(), 1);
    assert!(app.signed().await.expect("signed").tree.size > 0);
    assert_eq!(app.log_restarted(), None);
}

#[tokio::test]
async fn tiles_and_entries_are_those_of_the_signed_tree() {
    let house = House::open(MORNING).await;
    house.complain(&noise()).await;
    let signed = house.app.sign_now().await.expect("signed");
    let width = u16::try_from(signed.tree.size).expect("few");
    let tile = Tile { level: 0, index: 0, width };
    let hashes = house.app.log_tile(tile).await.expect("it is there");
    assert_eq!(hashes.len(), 32 * usize::from(width));
    let bundle = house.app.log_entries(tile).await.expect("it is there");
    assert!(String::from_utf8_lossy(&bundle).contains(r#""k":"key""#), "the first is its key");
    let beyond = Tile { width: width + 1, ..tile };
    assert!(matches!(house.app.log_tile(beyond).await, Err(AppError::NotFound)));
}

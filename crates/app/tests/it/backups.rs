//! Backups by the clock on a bad day. Must not test what a backup is made of.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use jiff::SignedDuration;
use redress_app::{App, FileSettings, OtherPolicy, Schedule, Settings, World, restore};
use redress_channels::Registry;
use redress_store::{Fault, Faults, Options};

use crate::kit::altered;

#[tokio::test]
async fn a_backup_is_taken_though_the_disk_of_the_installation_is_full() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let now = "2026-11-23T02:00:00Z".parse().unwrap();
    let rolled = Arc::new(AtomicU8::new(0));
    let roll = move |buffer: &mut [u8]| buffer.fill(rolled.fetch_add(1, Ordering::Relaxed));
    let world = World::new(Arc::new(move || now), Arc::new(roll));
    let settings = Settings {
        folder: folder.path().to_owned(),
        pack: Some(altered(&[])),
        channels: Registry::default(),
        public_url: "https://house.example".to_owned(),
        files: FileSettings::default(),
    };
    let is_full = Arc::new(AtomicBool::new(false));
    let mut options = Options::new(world.clock());
    let told = Arc::clone(&is_full);
    let full = move || told.load(Ordering::Relaxed).then_some(Fault::Full);
    options.faults = Some(Faults(Arc::new(full)));
    let app = App::start_on(settings, world.clone(), OtherPolicy::Stays, options).await.unwrap();
    let schedule = Schedule {
        folder: elsewhere.path().join("backups"),
        every: SignedDuration::from_hours(24),
        keep: 2,
    };

    is_full.store(true, Ordering::Relaxed);
    let taken = app.scheduled_backup(&schedule).await.unwrap().expect("one was due");
    assert!(taken.events > 0, "{taken:?}");
    assert_eq!(schedule.newest(now).unwrap(), Some(now));
    let names: Vec<_> = fs::read_dir(&schedule.folder).unwrap().collect();
    let file = names.into_iter().next().expect("it is there").unwrap().path();
    let restored = restore(&file, &elsewhere.path().join("other"), &world, |_| ()).await.unwrap();
    assert_eq!(restored, taken);
    assert_eq!(app.scheduled_backup(&schedule).await.unwrap(), None, "it is not due again");
}

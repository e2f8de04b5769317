//! Everything out as lines, and back: the second export is the first, byte for byte. What is spoilt on
//! the way is refused with its line. Must not read a line by the program's own reader.

use std::{
    fs,
    path::{Path, PathBuf},
};

use redress_app::{
    App, FileSettings, ImportError, Imported, Rotten, Secrets, Settings, StartError, hex, import,
    sha256, unfinished_import,
};
use redress_channels::Registry;
use redress_store::{Options, Store};
use redress_testkit::people;
use serde_json::{Value, json};

use crate::{
    kit::{House, noise, with},
    rebuild::Play,
};

/// Accepted commands before the export.
const ACCEPTED: usize = 100;

async fn export(app: &App, secrets: Secrets) -> Vec<u8> {
    let mut lines = Vec::new();
    app.export_to(&mut lines, secrets, |_| {}).await.expect("it is written");
    lines
}

async fn bring(
    house: &House,
    lines: &[u8],
    folder: &Path,
    key: Option<&Path>,
) -> Result<Imported, ImportError> {
    import(&mut &*lines, folder, key, &house.world(), |_| {}).await
}

async fn start(house: &House, folder: &Path) -> Result<App, StartError> {
    let settings = Settings {
        folder: folder.to_owned(),
        pack: None,
        channels: Registry::default(),
        public_url: "https://house.example".to_owned(),
        files: FileSettings::default(),
    };
    App::start(settings, house.world()).await
}

fn open(house: &House, path: &Path) -> Store {
    let clock = house.clock.clone();
    Store::open(path, Options::new(std::sync::Arc::new(move || clock.now()))).expect("it opens")
}

fn of_kind(lines: &[u8], is: &str) -> Vec<Value> {
    let text = std::str::from_utf8(lines).expect("lines are UTF-8");
    let all = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    all.filter(|line| line["is"] == is).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_that_was_imported_exports_the_same_bytes() {
    let mut play = Play::open(4).await;
    while play.accepted < ACCEPTED {
        play.turn().await;
    }
    let house = &play.house;
    let reference = house.complain(&noise()).await.reference;
    let opened = house.load(&reference).await.history[0].stored.pos;
    let redaction = json!({"event": opened, "fields": ["text"], "ground": "third-party-data"});
    house.does(people::LAN, &reference, "redaction", &redaction).await;
    let first = export(&house.app, Secrets::Included).await;
    let events = of_kind(&first, "event");
    assert!(events.len() > ACCEPTED, "each command tells something");
    assert!(
        events.iter().any(|line| line["words"].is_null() && !line["words_commitment"].is_null())
    );
    for kind in [
        "pack",
        "calendar",
        "claim",
        "upload",
        "file",
        "outbox",
        "counter",
        "key",
        "attachment",
        "end",
    ] {
        assert!(!of_kind(&first, kind).is_empty(), "{kind}");
    }

    let room = tempfile::tempdir().expect("there is room");
    let folder = room.path().join("new");
    let done = bring(house, &first, &folder, None).await.expect("it is whole");
    assert_eq!(done.events, events.len() as u64);
    assert_eq!(done.files, of_kind(&first, "attachment").len() as u64);
    assert!(done.complaints > 0 && done.secrets);

    let app = start(house, &folder).await.expect("it opens");
    assert_eq!(export(&app, Secrets::Included).await, first);
    app.close().await.expect("it ends in order");
    let new = open(house, &folder.join("redress.sqlite"));
    assert_eq!(new.verify_log(|_| {}).await.expect("it is read").fault, None);
    assert_eq!(house.store().compare_rows(&new, 20).await.expect("both are read"), []);
    let leftovers = fs::read_dir(house.folder()).expect("it is listed");
    let names = leftovers.map(|entry| entry.expect("it is listed").file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("export")));
}

/// A house with a complaint that has a picture, and a folder for what comes of it.
async fn small() -> (House, tempfile::TempDir) {
    let house = House::open("2026-11-23 08:17").await;
    let bytes = b"\x89PNG\r\n\x1a\n a picture".repeat(4_000);
    let made = house.app.upload("front", "anh.png", &bytes).await.expect("there is room");
    house.complain(&with(noise(), &json!({"attachments": [made.id]}))).await;
    house.complain(&noise()).await;
    (house, tempfile::tempdir().expect("there is room"))
}

#[tokio::test]
async fn secrets_stay_behind_unless_they_are_asked_for() {
    let (house, room) = small().await;
    let lines = export(&house.app, Secrets::LeftOut).await;
    for secret in ["account_secret", "token", "key"] {
        assert_eq!(of_kind(&lines, secret), Vec::<Value>::new(), "{secret}");
    }
    let folder = room.path().join("new");
    let none = bring(&house, &lines, &folder, None).await;
    assert!(matches!(none, Err(ImportError::NoKey)), "{none:?}");
    let other: PathBuf = room.path().join("other.key");
    fs::write(&other, [9; 32]).expect("it is written");
    let wrong = bring(&house, &lines, &folder, Some(&other)).await;
    assert!(matches!(wrong, Err(ImportError::WrongKey { .. })), "{wrong:?}");
    assert!(!folder.exists());

    let key = house.folder().join("installation.key");
    bring(&house, &lines, &folder, Some(&key)).await.expect("it is the right one");
    assert_eq!(fs::read(folder.join("installation.key")).ok(), fs::read(key).ok());
    let app = start(&house, &folder).await.expect("it opens");
    assert_eq!(export(&app, Secrets::LeftOut).await, lines);

    // Whoever says that there are no secrets brings none.
    let lines = Lines::of(&export(&house.app, Secrets::Included).await);
    let forged = lines.forged(0, "\"secrets\":true", "\"secrets\":false");
    let key = house.folder().join("installation.key");
    let refused = bring(&house, &forged, &room.path().join("third"), Some(&key)).await;
    let says = format!("line {}: `key` is a secret", lines.at("key") + 1);
    assert!(refused.expect_err("it is a lie").to_string().starts_with(&says), "{says}");
}

#[tokio::test]
async fn an_attachment_that_is_not_as_it_was_sent_is_told_by_the_export_and_by_the_import() {
    let (house, room) = small().await;
    let lines = Lines::of(&export(&house.app, Secrets::Included).await);
    let attachment: Value =
        serde_json::from_str(&lines.0[lines.at("attachment")]).expect("a line is JSON");
    let digest = attachment["digest"].as_str().expect("a text");
    let path = house.folder().join("files").join(&digest[..2]).join(digest);
    let whole = fs::read(&path).expect("it is there");
    let mut changed = whole.clone();
    changed[70_000] ^= 1;
    for (n, bytes) in [&changed[..], &whole[..100], b""].into_iter().enumerate() {
        fs::write(&path, bytes).expect("the disk forgets some of it");
        let mut first = Vec::new();
        let done = house.app.export_to(&mut first, Secrets::Included, |_| {}).await;
        let done = done.expect("everything else is worth an export");
        let rotten = vec![Rotten { sha256: digest.to_owned(), found: hex(&sha256(bytes)) }];
        assert_eq!(done.rotten, rotten);
        assert_eq!(of_kind(&first, "attachment")[0]["found"], json!(rotten[0].found));
        let folder = room.path().join(format!("new{n}"));
        let brought = bring(&house, &first, &folder, None).await.expect("it is whole");
        assert_eq!(brought.rotten, rotten);
        let app = start(&house, &folder).await.expect("it opens");
        assert_eq!(export(&app, Secrets::Included).await, first);
    }
    // Other bytes than those that are told of are refused as ever.
    let told = Lines::of(&export(&house.app, Secrets::Included).await);
    let lied = told.sealed(|lines| {
        let at = lines.iter().position(|line| line.contains("\"found\"")).expect("it is told");
        let found = hex(&sha256(b""));
        lines[at] = forged(&lines[at], &found, &hex(&sha256(b"other")));
    });
    let refused = bring(&house, &lied, &room.path().join("lied"), None).await;
    let says = format!("line {}: the bytes that follow", told.at("attachment") + 1);
    assert!(refused.expect_err("it is a lie").to_string().starts_with(&says), "{says}");
}

#[tokio::test]
async fn bytes_that_nothing_knows_of_are_no_attachment() {
    let (house, room) = small().await;
    let lines = Lines::of(&export(&house.app, Secrets::Included).await);
    let file = lines.at("file");
    let other = forged(&lines.0[file], "\"bytes\":", "\"bytes\":1");
    for change in [None, Some(other)] {
        let sealed = lines.sealed(|lines| match change {
            None => drop(lines.remove(file)),
            Some(other) => lines[file] = other,
        });
        let refused = bring(&house, &sealed, &room.path().join("new"), None).await;
        assert!(matches!(refused, Err(ImportError::UnknownFile { .. })), "{refused:?}");
    }
}

/// The line with a text replaced and its sum made right again, as somebody would who knows how.
fn forged(line: &str, old: &str, new: &str) -> String {
    assert!(line.contains(old), "{line} has {old}");
    let line = line.replacen(old, new, 1);
    let (before, _) = line.rsplit_once(",\"sum\":\"").expect("every line has a sum");
    let sum: String = hex(&sha256(before.as_bytes())).chars().take(8).collect();
    format!("{before},\"sum\":\"{sum}\"}}")
}

/// The lines of an export, to be spoilt.
struct Lines(Vec<String>);

impl Lines {
    fn of(export: &[u8]) -> Self {
        let text = std::str::from_utf8(export).expect("lines are UTF-8");
        Self(text.lines().map(str::to_owned).collect())
    }

    /// Changed, with a last line that is right again.
    fn sealed(&self, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
        let mut lines = self.0.clone();
        change(&mut lines);
        let end = lines.pop().expect("it has an end");
        let told: Value = serde_json::from_str(&end).expect("a line is JSON");
        let (count, before) = (lines.len() + 1, Self(lines).whole());
        let end =
            forged(&end, &format!("\"lines\":{}", told["lines"]), &format!("\"lines\":{count}"));
        let digest = hex(&sha256(&before));
        let end = forged(&end, told["sha256"].as_str().expect("a text"), &digest);
        [&*before, end.as_bytes(), b"\n"].concat()
    }

    fn at(&self, is: &str) -> usize {
        let mark = format!("{{\"is\":\"{is}\"");
        self.0.iter().position(|line| line.starts_with(&mark)).expect("there is one")
    }

    fn until(&self, end: usize) -> Vec<u8> {
        self.0[..end].iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
    }

    fn whole(&self) -> Vec<u8> {
        self.until(self.0.len())
    }

    fn changed(&self, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
        let mut lines = self.0.clone();
        change(&mut lines);
        Self(lines).whole()
    }

    fn forged(&self, at: usize, old: &str, new: &str) -> Vec<u8> {
        self.changed(|lines| lines[at] = forged(&lines[at], old, new))
    }

    fn twice(&self, at: usize) -> Vec<u8> {
        self.changed(|lines| lines.insert(at, lines[at].clone()))
    }

    fn without(&self, at: usize) -> Vec<u8> {
        self.changed(|lines| drop(lines.remove(at)))
    }
}

/// What accidents do to an export, the line they show at, and what is said.
fn accidents(lines: &Lines) -> Vec<(Vec<u8>, usize, &'static str)> {
    let (event, claim, end) = (lines.at("event"), lines.at("claim"), lines.at("end"));
    let (file, chunk) = (lines.at("attachment"), lines.at("chunk"));
    let mut latin = lines.whole();
    latin[lines.0[0].len() + 5] = 0xe1;
    let returns = |byte: u8| if byte == b'\n' { vec![b'\r', b'\n'] } else { vec![byte] };
    let bit =
        |lines: &mut Vec<String>| lines[event] = lines[event].replacen("version", "wersion", 1);
    vec![
        (b"Thang keu to\n".to_vec(), 0, "this is no export"),
        (lines.whole().repeat(2), end + 1, "something follows"),
        (lines.changed(bit), event, "it is not as it was written"),
        (latin, 1, "it is not UTF-8"),
        (lines.whole().into_iter().flat_map(returns).collect(), 0, "its end was rewritten"),
        (lines.twice(event), event + 1, "the event 1 comes twice"),
        (lines.twice(claim), claim + 1, "it comes twice"),
        (lines.twice(chunk), chunk + 1, "49152 bytes do not belong"),
        (lines.twice(file), file + 1, "the attachment"),
        (lines.without(event), event, "a position is missing"),
        (lines.without(claim), end - 1, "it tells"),
        (lines.without(chunk), chunk + 1, "the attachment"),
    ]
}

/// The same for whoever knows how to make the sum of a line right again.
fn forgeries(lines: &Lines) -> Vec<(Vec<u8>, usize, &'static str)> {
    let (event, claim, end) = (lines.at("event"), lines.at("claim"), lines.at("end"));
    let (file, chunk, upload) = (lines.at("attachment"), lines.at("chunk"), lines.at("upload"));
    let known = lines.at("file");
    let version = lines.forged(event, "\"version\":1,", "\"version\":2,");
    let schema = lines.forged(event, "\"schema\":1,", "\"schema\":9,");
    let format = lines.forged(0, "\"format\":1", "\"format\":2");
    let count = lines.forged(end, "\"files\":1", "\"files\":2");
    vec![
        (lines.forged(claim, "\"owner\"", "\"ovner\""), claim, "`owner` is missing"),
        (version, event, "a version of its stream"),
        (schema, event, "the event is not the one"),
        (format, 0, "version 0.1.0 wrote it in form 2"),
        (count, end, "it tells"),
        (lines.forged(chunk, "iVBORw", "iVBORx"), file, "the bytes that follow"),
        (lines.forged(upload, "anh.png", "anh.jpg"), end, "the lines before it are not"),
        (lines.forged(upload, "\"digest\":\"", "\"digest\":\"/etc/"), upload, "`digest` is not"),
        (lines.forged(known, "\"digest\":\"", "\"digest\":\"../"), known, "`digest` is not"),
        (lines.forged(known, "\"passed\"", "\"open\""), known, "`state` is not"),
    ]
}

/// Every way to spoil an export, and how its refusal begins.
fn spoilt(lines: &Lines) -> Vec<(Vec<u8>, String)> {
    let named = accidents(lines).into_iter().chain(forgeries(lines));
    let named = named.map(|(bytes, at, says)| (bytes, format!("line {}: {says}", at + 1)));
    let mut whole = lines.whole();
    whole.pop();
    let (event, end) = (lines.at("event"), lines.at("end"));
    let cut = [(vec![], 0), (whole, end), (lines.until(end), end), (lines.until(event), event)];
    let cut =
        cut.into_iter().map(|(bytes, at)| (bytes, format!("it ends after line {at} without")));
    named.chain(cut).collect()
}

#[tokio::test]
async fn what_is_spoilt_is_refused_with_its_line_and_leaves_nothing() {
    let (house, room) = small().await;
    let whole = export(&house.app, Secrets::Included).await;
    let lines = Lines::of(&whole);
    for (bytes, says) in spoilt(&lines) {
        let folder = room.path().join("new");
        let refused = bring(&house, &bytes, &folder, None).await.expect_err(&says);
        assert!(refused.is_answer(), "{refused:?}");
        assert!(refused.to_string().starts_with(&says), "{refused} is not {says}");
        assert!(!folder.exists(), "{says}");
    }
}

#[tokio::test]
async fn only_an_empty_folder_takes_an_import_and_half_of_one_opens_to_nobody() {
    let (house, room) = small().await;
    let lines = export(&house.app, Secrets::Included).await;
    let folder = room.path().join("new");
    fs::create_dir(&folder).expect("it is made");
    fs::write(folder.join("note.txt"), "mine").expect("it is written");
    let full = bring(&house, &lines, &folder, None).await;
    assert!(matches!(full, Err(ImportError::NotEmpty { .. })), "{full:?}");
    assert_eq!(fs::read(folder.join("note.txt")).expect("it stays"), b"mine");

    // What a killed import leaves: its mark, and whatever it had written.
    fs::remove_file(folder.join("note.txt")).expect("it goes");
    fs::write(folder.join("import-unfinished"), "").expect("it is written");
    fs::write(folder.join("redress.sqlite"), "half").expect("it is written");
    fs::create_dir_all(folder.join("files/ab")).expect("it is made");
    assert!(unfinished_import(&folder));
    let refused = start(&house, &folder).await;
    assert!(matches!(refused, Err(StartError::UnfinishedImport { .. })), "{refused:?}");
    bring(&house, &lines, &folder, None).await.expect("it begins anew");
    assert!(!unfinished_import(&folder));
    let app = start(&house, &folder).await.expect("it opens");
    assert_eq!(export(&app, Secrets::Included).await, lines);
}

#[tokio::test]
async fn after_an_import_no_complaint_gets_the_number_of_another() {
    let (house, room) = small().await;
    let lines = Lines::of(&export(&house.app, Secrets::Included).await);
    let at = lines.at("counter");
    let counter: Value = serde_json::from_str(&lines.0[at]).expect("a line is JSON");
    let next = format!("\"next\":{}", counter["next"]);
    // Two complaints have the numbers 1 and 2.
    let with_next = |n: u32| {
        lines.sealed(|lines| lines[at] = forged(&lines[at], &next, &format!("\"next\":{n}")))
    };
    let without = lines.sealed(|lines| drop(lines.remove(at)));
    let end = lines.at("end");
    for (bytes, says) in [
        (with_next(1), format!("line {}: `reference-2026` would give numbers again", at + 1)),
        (with_next(2), format!("line {}: `reference-2026` would give numbers again", at + 1)),
        (without, format!("line {end}: the counter of the references of the year 26 is missing")),
    ] {
        let refused = bring(&house, &bytes, &room.path().join("new"), None).await;
        let refused = refused.expect_err(&says);
        assert!(refused.is_answer() && refused.to_string().starts_with(&says), "{refused}");
    }
    let folder = room.path().join("new");
    bring(&house, &with_next(3), &folder, None).await.expect("it is right");
    let new = open(&house, &folder.join("redress.sqlite"));
    let next = new.take_block("reference-2026", 1).await.expect("there are some left");
    assert_eq!(next, 3..4);
}

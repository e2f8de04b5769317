//! Readers of files: packs, calendars, batches, exports, the log. Must not go through HTTP.

use jiff::civil::date;
use redress_app::{parse_pack, render_samples};
use redress_core::policy::{PackFiles, parse_undated, shipped_files};
use redress_proof::{Frontier, Leaf, leaf_hash};
use serde_json::value::RawValue;

use super::feed;
use crate::kit::{Ran, run_in};
use crate::serve::house::{House, noise, verb, with};
use crate::serve::uploads::{PIXEL, upload};

/// Lines of one batch.
const LINES: usize = 40;

/// The program ended by itself, with a yes or a no.
fn ended(ran: &Ran, known: &[i32]) {
    assert!(!ran.err.contains("panicked"), "{ran:?}");
    assert!(known.contains(&ran.code), "{ran:?}");
}

#[test]
fn a_spoilt_pack_is_read_or_refused() {
    let shipped = shipped_files();
    let names: Vec<String> = shipped.iter().map(|(name, _)| name.to_owned()).collect();
    let samples: Vec<Vec<u8>> = shipped.iter().map(|(_, bytes)| bytes.to_vec()).collect();
    let told = feed("packs", &samples, 30, |chance, mutant| {
        let mut files = shipped.clone();
        // Mostly the files with rules in them; the mutant may have been another file.
        let name = if chance.once_in(2) { "policy.toml" } else { chance.one(&names) };
        files.insert(name, mutant);
        if let Ok(pack) = parse_undated(&files) {
            render_samples(&pack);
        }
        parse_pack(&files, date(2026, 11, 24)).err();
    });
    println!("{told}");
}

#[test]
fn each_file_of_a_pack_spoilt_in_its_place_is_read_or_refused() {
    let shipped = shipped_files();
    for (name, bytes) in [("policy.toml", 25), ("calendar/vn.csv", 25)] {
        let sample = shipped.get(name).expect("it is there").to_vec();
        let told = feed(name, &[sample], bytes, |_, mutant| {
            let mut files = shipped.clone();
            files.insert(name, mutant);
            parse_undated(&files).err();
        });
        println!("{told}");
    }
}

#[test]
fn a_spoilt_blob_of_a_pack_is_read_or_refused() {
    let mut small = PackFiles::new();
    small.insert("a.toml", *b"a = 1");
    small.insert("b/c.txt", *b"words");
    let told = feed("blobs of packs", &[small.to_bytes()], 2_000, |_, mutant| {
        if let Ok(files) = PackFiles::from_bytes(mutant) {
            assert_eq!(PackFiles::from_bytes(&files.to_bytes()).expect("as it was written"), files);
        }
    });
    println!("{told}");
}

#[test]
fn a_spoilt_leaf_or_frontier_is_the_same_again_or_refused() {
    let leaf = r#"{"v":1,"t":"2026-11-22T08:44:00.000Z","k":"event","c":"2YT7amuHhG8jMpu3zQq0DVZyklyVjIUAJY2KA6eureI="}"#;
    let mut frontier = Frontier::default();
    let frontiers = (0..70u8).map(|n| {
        frontier.append(leaf_hash(&[n]));
        frontier.to_bytes()
    });
    let mut samples: Vec<Vec<u8>> = frontiers.collect();
    samples.extend([leaf.as_bytes().to_vec(), Frontier::default().to_bytes()]);
    let told = feed("leaves and frontiers", &samples, 5_000, |_, mutant| {
        if let Ok(read) = Frontier::parse(mutant) {
            assert_eq!(read.to_bytes(), mutant);
            let mut longer = read;
            longer.append(leaf_hash(b"one more"));
            longer.root();
        }
        if let Some(read) = str::from_utf8(mutant).ok().and_then(|text| Leaf::parse(text).ok()) {
            assert_eq!(read.text().as_bytes(), mutant);
        }
    });
    println!("{told}");
}

#[test]
fn a_spoilt_request_of_a_batch_is_answered_like_any_other() {
    let samples = [
        r#"{"id":1,"calendar":"vn","from":"2026-02-13T16:00","add":"7wd"}"#,
        r#"{"id":"a","calendar":"la","from":"2026-04-10","add":"3d"}"#,
        r#"{"calendar":"vn","from":"2026-02-13T16:00:00+07:00","add":"PT3H"}"#,
        r#"{"id":null,"calendar":"vn","between":["2026-02-13T16:00","2026-03-04T00:00"]}"#,
        r#"{"id":2,"calendar":{"zone":"Asia/Ho_Chi_Minh","covers":["2026-01-01","2026-12-31"],"week":{"mon-fri":["08:00-12:00","13:30-17:30"]},"holidays":["2026-09-02"]},"from":"2026-02-13T16:00","add":"5wd"}"#,
    ];
    let samples: Vec<Vec<u8>> = samples.map(|sample| sample.as_bytes().to_vec()).to_vec();
    let folder = tempfile::tempdir().expect("a folder");
    let mut lines = Vec::new();
    let told = feed("batches", &samples, 800, |_, mutant| {
        let line = String::from_utf8_lossy(mutant).replace(['\r', '\n'], " ");
        if !line.trim_ascii().is_empty() {
            lines.push(line);
        }
        if lines.len() == LINES {
            let ran = run_in(folder.path(), &[], &["calendar", "batch"], &lines.join("\n"));
            ended(&ran, &[0, 1]);
            // An id comes back as it was written, also a number that fits nowhere.
            let answers: Result<Vec<&RawValue>, _> =
                ran.out.lines().map(serde_json::from_str).collect();
            assert_eq!(answers.expect("each is JSON").len(), lines.len());
            lines.clear();
        }
    });
    println!("{told}");
}

#[test]
fn a_spoilt_export_is_brought_in_or_leaves_nothing() {
    let house = House::open();
    let picture = upload(&house, "khe.png", PIXEL);
    house.complain(&with(noise(), serde_json::json!({"attachments": [picture["id"]]})));
    verb(house.path(), "export all.jsonl --secrets");
    let whole = std::fs::read(house.path().join("all.jsonl")).expect("it is there");
    let folder = tempfile::tempdir().expect("a folder");
    let mut number = 0;
    let told = feed("exports", &[whole], 12, |_, mutant| {
        let data = folder.path().join(number.to_string());
        number += 1;
        let file = folder.path().join("spoilt.jsonl");
        std::fs::write(&file, mutant).expect("written");
        let line = ["import", "spoilt.jsonl", "--data", data.to_str().expect("plain"), "--json"];
        let ran = run_in(folder.path(), &[], &line, "");
        ended(&ran, &[0, 1]);
        if ran.code == 1 {
            assert!(!data.exists() || std::fs::read_dir(&data).expect("listed").count() == 0);
        } else {
            std::fs::remove_dir_all(&data).expect("removed");
        }
    });
    println!("{told}");
}

#[test]
fn a_spoilt_picture_is_told_by_its_bytes_or_refused() {
    let png = super::doors::pictures();
    let told = feed("pictures", &png, 400, |_, mutant| {
        let name = redress_app::clean_name(&String::from_utf8_lossy(mutant));
        assert!(!name.contains(['/', '\\', '\0']), "{name}");
        redress_app::sniff(mutant);
    });
    println!("{told}");
}

//! The check of files by `ClamAV`'s daemon: what it did not see is not shown, what is harmful never,
//! and while it is away everything waits. Needs Debian's `clamav-daemon`, but none of its signatures.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::house::{CARE, Case, House, noise, with};
use super::uploads::upload;
use super::wait::until;
use crate::kit::run_in;

const CLAMD: &str = "/usr/sbin/clamd";

/// A daemon with one signature; dropping it ends it.
struct Clamd {
    folder: TempDir,
    child: Option<Child>,
}

impl Drop for Clamd {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

impl Clamd {
    /// A folder for a daemon that does not run yet.
    fn asleep() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clamd = Self { folder, child: None };
        let (base, database) = (clamd.folder.path().display(), clamd.folder.path().join("db"));
        std::fs::create_dir(&database).expect("made");
        let hex: Vec<_> = eicar().bytes().skip(36).map(|byte| format!("{byte:02x}")).collect();
        let signature = format!("Test.EICAR:0:*:{}\n", hex.concat());
        std::fs::write(database.join("test.ndb"), signature).expect("written");
        let user = if is_root() { "User clamav\n" } else { "" };
        let configuration = format!(
            "{user}DatabaseDirectory {base}/db\nLocalSocket {base}/clamd.sock\n\
             LocalSocketMode 666\nForeground yes\nSelfCheck 0\nStreamMaxLength 1M\n"
        );
        std::fs::write(clamd.folder.path().join("clamd.conf"), configuration).expect("written");
        if is_root() {
            // It gives root up when it starts.
            let mut chown = Command::new("chown");
            let given = chown.args(["-R", "clamav:"]).arg(clamd.folder.path()).status();
            assert!(given.expect("chown runs").success());
        }
        clamd
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("clamd.sock")
    }

    fn wake(&mut self) {
        assert!(Path::new(CLAMD).exists(), "{CLAMD} is missing: `cargo xtask test` installs it");
        let child = Command::new(CLAMD)
            .arg("--config-file")
            .arg(self.folder.path().join("clamd.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.child = Some(child.expect("it starts"));
        until("the daemon's socket", || self.socket().exists().then_some(()));
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout == b"0\n"
}

/// The test string of `EICAR`, in two halves so that no scanner takes this file for a virus.
fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-ST", "ANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

fn complaint(house: &House, name: &str, bytes: &[u8]) -> Case {
    let id = upload(house, name, bytes)["id"].clone();
    house.complain(&with(noise(), json!({"attachments": [id]})))
}

/// The first file of a case for somebody.
fn file(house: &House, who: &str, case: &Case) -> Value {
    let who = if who.contains('@') { who } else { &case.tracking };
    house.show(who, &case.reference)["files"][0].clone()
}

/// What somebody gets who follows the link to the first file of a case.
fn opened(house: &House, case: &Case) -> (u16, String) {
    let digest = file(house, "", case)["sha256"].as_str().expect("a digest").to_owned();
    let answer = house.client.get(&format!("/vi/track/{}/files/{digest}", case.tracking)).send();
    (answer.status, answer.text())
}

#[test]
fn what_nobody_checked_is_not_shown_what_is_harmful_never_and_the_rest_soon() {
    let mut clamd = Clamd::asleep();
    let socket = clamd.socket().display().to_string();
    let scanner = [("REDRESS_FILES_CLAMD", socket.as_str())];
    let house = House::open_with(&scanner);
    let clean = complaint(&house, "biên bản.txt", "Cửa tầng 3 kêu".as_bytes());
    // The scanner is away: the file waits, and everybody who should know is told.
    assert_eq!(file(&house, "", &clean)["held"], "checking");
    let (status, page) = opened(&house, &clean);
    assert!(status == 409 && page.contains("Tệp đang được kiểm tra"), "{status} {page}");
    let page = house.client.get(&format!("/vi/track/{}", clean.tracking)).send().is(200).text();
    assert!(page.contains("Đang kiểm tra tệp"), "{page}");
    let ready = || house.client.get("/readyz").send().is(200).text();
    until("a word on /readyz", || ready().contains("degraded scanner ").then_some(()));
    let doctor = || run_in(house.path(), &scanner, &["doctor", "--json"], "");
    let ran = doctor();
    let failed = ran.json()["checks"].as_array().expect("a list").iter().any(|check| {
        check["check"] == "scanner" && check["status"] == "fail" && check["cure"].is_string()
    });
    assert!(ran.code == 1 && failed, "{ran:?}");
    // It comes back, and nothing was lost.
    clamd.wake();
    until("the clean file", || (opened(&house, &clean).0 == 200).then_some(()));
    assert_eq!(opened(&house, &clean).1, "Cửa tầng 3 kêu");
    assert_eq!(file(&house, CARE, &clean).get("held"), None);
    let large = complaint(&house, "lớn.bin", &vec![7; 2 << 20]);
    let harmful = complaint(&house, "hoá đơn.com", eicar().as_bytes());
    until("a finding", || (file(&house, CARE, &harmful)["held"] == "refused").then_some(()));
    let finding = file(&house, CARE, &harmful)["finding"].clone();
    assert!(finding.as_str().is_some_and(|found| found.contains("Test.EICAR")), "{finding}");
    assert_eq!(file(&house, "", &harmful).get("finding"), None, "the sender is told less");
    let (status, page) = opened(&house, &harmful);
    assert!(status == 409 && page.contains("có thể gây hại"), "{status} {page}");
    assert!(!page.contains("EICAR"), "nothing of it leaves the house");
    // What the scanner will not look at waits, and keeps nobody behind it waiting.
    assert_eq!(file(&house, CARE, &large)["held"], "checking");
    let next = complaint(&house, "sau.txt", b"later");
    until("the next file", || (opened(&house, &next).0 == 200).then_some(()));
    assert!(house.log().contains("size limit exceeded"), "the log says why");
    // The same harmful bytes again are known.
    let again = complaint(&house, "ảnh.png", eicar().as_bytes());
    assert_eq!(file(&house, CARE, &again)["held"], "refused");
}

#[test]
fn without_a_scanner_any_more_what_waited_for_it_is_let_through() {
    let clamd = Clamd::asleep();
    let socket = clamd.socket().display().to_string();
    let mut house = House::open_with(&[("REDRESS_FILES_CLAMD", &socket)]);
    let case = complaint(&house, "a.txt", b"waits");
    assert_eq!(opened(&house, &case).0, 409);
    house.restart_with("REDRESS_FILES_CLAMD", "");
    until("the file", || (opened(&house, &case).0 == 200).then_some(()));
}

#[test]
fn files_from_before_there_was_a_scanner_are_shown_to_it_once_and_a_harmful_one_to_nobody_any_more()
{
    let mut clamd = Clamd::asleep();
    let socket = clamd.socket().display().to_string();
    let mut house = House::open();
    let clean = complaint(&house, "a.txt", b"clean");
    let large = complaint(&house, "b.bin", &vec![7; 2 << 20]);
    let harmful = complaint(&house, "c.com", eicar().as_bytes());
    assert_eq!(opened(&house, &harmful).0, 200, "nobody looks");
    // It is away: what was open stays so, and is looked at once it answers.
    house.restart_with("REDRESS_FILES_CLAMD", &socket);
    until("a word in the log", || house.log().contains("wait until it answers").then_some(()));
    assert_eq!(opened(&house, &harmful).0, 200);
    clamd.wake();
    house.restart();
    until("a finding", || (opened(&house, &harmful).0 == 409).then_some(()));
    let held = file(&house, CARE, &harmful);
    assert_eq!(held["held"], "refused");
    assert!(held["finding"].as_str().is_some_and(|found| found.contains("Test.EICAR")), "{held}");
    until("the end", || house.log().contains("every file from before").then_some(()));
    assert_eq!([&clean, &large].map(|case| opened(&house, case).0), [200, 200]);
    assert!(house.log().contains("files from before the scanner are shown to it now files=3"));
    assert!(house.log().contains("it is shown as before"), "the large one");
    // The next start has nothing to look at but the file after them, which was looked at when it came.
    house.restart();
    let after = complaint(&house, "d.txt", b"after");
    until("the new file", || (opened(&house, &after).0 == 200).then_some(()));
    assert_eq!(house.log().matches("are shown to it now").count(), 2, "{}", house.log());
}

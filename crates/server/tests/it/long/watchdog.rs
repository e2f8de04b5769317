//! A service manager is told when the server is ready, works, and stops, and hears nothing more from one
//! that is stuck. Must not kill what is stuck: that is the manager's.

use std::fs;
use std::os::unix::net::UnixDatagram;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::disk::{EIO, FOR_EVER, Failing};
use super::is_long;
use crate::serve::house::{House, noise};

/// How long the manager waits for a word before it kills.
const PATIENCE: Duration = Duration::from_secs(3);
/// Words that may be under way when the server gets stuck.
const UNDER_WAY: usize = 6;

/// A service manager: where it listens, and the variables by which a server finds it.
struct Manager {
    folder: TempDir,
    socket: UnixDatagram,
}

impl Manager {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = UnixDatagram::bind(folder.path().join("notify")).expect("it listens");
        socket.set_read_timeout(Some(PATIENCE)).expect("it has patience");
        Self { folder, socket }
    }

    fn variables(&self) -> Vec<(String, String)> {
        let place = fs::canonicalize(self.folder.path()).expect("it is there").join("notify");
        let pairs = [
            ("NOTIFY_SOCKET", place.display().to_string()),
            ("WATCHDOG_USEC", PATIENCE.as_micros().to_string()),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).to_vec()
    }

    /// The next word; `None` when the manager lost its patience.
    fn hears(&self) -> Option<String> {
        let mut word = [0; 64];
        let length = self.socket.recv(&mut word).ok()?;
        Some(String::from_utf8_lossy(&word[..length]).into_owned())
    }
}

#[test]
fn a_server_that_works_says_so_and_says_that_it_stops() {
    let manager = Manager::new();
    let house = House::open_on(|_| manager.variables());
    assert_eq!(manager.hears().as_deref(), Some("READY=1"));
    for _ in 0..if is_long() { 30 } else { 3 } {
        house.complain(&noise());
        assert_eq!(manager.hears().as_deref(), Some("WATCHDOG=1"));
    }
    house.terminate();
    let last = std::iter::from_fn(|| manager.hears()).find(|word| word != "WATCHDOG=1");
    assert_eq!(last.as_deref(), Some("STOPPING=1"));
    assert_eq!(house.ended(), Some(0));
}

#[test]
fn a_server_whose_disk_never_answers_falls_silent() {
    let manager = Manager::new();
    let disk = Failing::new("hang", (1, FOR_EVER), EIO);
    let house = House::open_on(|data| {
        let mut variables = disk.variables(data);
        variables.extend(manager.variables());
        variables
    });
    assert_eq!(manager.hears().as_deref(), Some("READY=1"));
    assert_eq!(manager.hears().as_deref(), Some("WATCHDOG=1"));
    disk.fail();
    thread::scope(|scope| {
        let ask = house.client.post("/api/v1/complaints").json(&noise());
        let asked = scope.spawn(move || ask.try_send().map(|answer| answer.status));
        let words = std::iter::from_fn(|| manager.hears()).take(UNDER_WAY).count();
        assert!(words < UNDER_WAY, "it says that it works, and does not");
        house.kill();
        assert_eq!(asked.join().expect("it ends"), None, "nothing was answered");
    });
}

//! A backup of a large installation while complaints come in: how long it takes, and what those who
//! complain feel of it.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use redress_testkit::bench::{Client, part, say, tell};

use super::kit::program;

/// Clients at once, each pausing between its complaints.
const CLIENTS: u64 = 8;
/// How long a client waits after an answer.
const PAUSE: Duration = Duration::from_millis(20);
/// How long complaints come in before the backup, to compare with.
const BEFORE: Duration = Duration::from_secs(20);

pub(crate) fn measure(folder: &Path, room: &Path, complaints: u64) {
    let file = room.join("taken.backup");
    if file.exists() {
        std::fs::remove_file(&file).expect("it is ours");
    }
    let server = program(folder).serve();
    let quiet = under_load(server.address, || std::thread::park_timeout(BEFORE)).1;
    let (took, busy) = under_load(server.address, || {
        program(folder).run(&["backup", &file.to_string_lossy()]);
    });
    let bytes = std::fs::metadata(&file).expect("it was taken").len();
    std::fs::remove_file(&file).expect("it is ours");
    let took = took.as_secs_f64();
    let figure = format!("backup of {complaints} under load");
    say(&figure, took, "s", took < 120.0, "under 2 minutes");
    let (before, during) = (part(quiet, 0.99), part(busy.clone(), 0.99));
    tell(&format!(
        "{} MB; intake p99 {before:.1} ms before and {during:.1} ms during it, p50 {:.1} ms, most {:.1} ms",
        bytes / 1_000_000,
        part(busy.clone(), 0.5),
        part(busy, 1.0)
    ));
    let ratio = during / before;
    say("intake p99 during a backup / before", ratio, "ratio", ratio < 4.0, "under 4");
    let memory = server.megabytes_most();
    say("most memory of the server under this load", memory, "MB", memory < 200.0, "under 200 MB");
}

/// Does something while complaints come in; answers how long it took, and how long each complaint
/// waited, in milliseconds.
fn under_load(address: SocketAddr, work: impl FnOnce()) -> (Duration, Vec<f64>) {
    let (stop, waits) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    let took = std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (stop, waits) = (&stop, &waits);
            scope.spawn(move || {
                let mut connection = Client::new(address);
                let mut own = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let body = body(client, own.len());
                    let began = Instant::now();
                    let answer = connection.post("/api/v1/complaints", "application/json", &body);
                    own.push(began.elapsed().as_secs_f64() * 1000.0);
                    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
                    std::thread::park_timeout(PAUSE);
                }
                waits.lock().expect("nobody panics while holding it").extend(own);
            });
        }
        let began = Instant::now();
        work();
        stop.store(true, Ordering::Relaxed);
        began.elapsed()
    });
    (took, waits.into_inner().expect("nobody panicked"))
}

fn body(client: u64, number: usize) -> String {
    format!(
        "{{\"language\":\"vi\",\"about\":\"service\",\"text\":\"Thang máy số {client} dừng lệch tầng, lần {number}. Mong công ty cử người kiểm tra sớm.\",\"complainant\":{{\"name\":\"Trần Thị Thu Hà\",\"phone\":\"0933{:06}\"}}}}",
        number % 1_000_000,
    )
}

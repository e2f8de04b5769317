//! Durable intake over HTTP at 32 clients, against a bare loop that group-commits the same rows.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use super::{bare, client::Client, median, process::Server, say};

/// Clients at once.
const CLIENTS: usize = 32;
/// Interleaved rounds.
const ROUNDS: usize = 7;
/// How long each side runs in a round.
const SPAN: Duration = Duration::from_secs(2);

pub(crate) fn measure() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let server = Server::start(folder.path());
    run(server.address, Duration::from_secs(3));
    let source = folder.path().join("redress.sqlite");
    let mut bare = bare::Bare::new(&source, &folder.path().join("bare.sqlite"), CLIENTS);
    let (mut ratios, mut cpu, mut rates, mut bares) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let before = server.cpu_seconds();
        let (taken, seconds) = run(server.address, SPAN);
        let used = server.cpu_seconds() - before;
        let loose = bare.run(SPAN);
        #[expect(clippy::cast_precision_loss, reason = "counts of a bench are small")]
        let taken = taken as f64;
        rates.push(taken / seconds);
        bares.push(loose);
        ratios.push(taken / seconds / loose);
        cpu.push(used * 1000.0 / taken);
    }
    println!(
        "     intake over HTTP {:.0}/s, bare group commit of the same rows {:.0}/s (medians of {ROUNDS})",
        median(rates),
        median(bares)
    );
    let ratio = median(ratios);
    say(
        "durable intake over HTTP, 32 clients / bare group commit",
        ratio,
        "ratio",
        ratio >= 0.4,
        "at least 0.4",
    );
    let cpu = median(cpu);
    say("processor time per intake", cpu, "ms", cpu < 0.5, "under 0.5 ms");
}

/// Runs the clients; answers how many complaints were taken, and in how many seconds.
fn run(address: SocketAddr, span: Duration) -> (u64, f64) {
    let (stop, taken) = (AtomicBool::new(false), AtomicU64::new(0));
    let began = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (stop, taken) = (&stop, &taken);
            scope.spawn(move || {
                let mut connection = Client::new(address);
                let mut number = 0_u64;
                while !stop.load(Ordering::Relaxed) {
                    let answer = connection.post(
                        "/api/v1/complaints",
                        "application/json",
                        &body(client, number),
                    );
                    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
                    taken.fetch_add(1, Ordering::Relaxed);
                    number += 1;
                }
            });
        }
        while began.elapsed() < span {
            std::thread::yield_now();
            std::thread::park_timeout(Duration::from_millis(5));
        }
        stop.store(true, Ordering::Relaxed);
    });
    (taken.load(Ordering::Relaxed), began.elapsed().as_secs_f64())
}

/// A complaint of usual length.
pub(crate) fn body(client: usize, number: u64) -> String {
    let phone = 100_000 + (client as u64 * 7919 + number) % 900_000;
    format!(
        "{{\"language\":\"vi\",\"about\":\"service\",\"category\":\"LEVELLING\",\"text\":\"Thang máy số {client} dừng lệch tầng khoảng 4 cm ở tầng {}, người già và trẻ nhỏ dễ vấp ngã. Tôi đã gọi hai lần nhưng chưa thấy ai đến. Mong công ty cử người kiểm tra sớm, lần {number}.\",\"asset\":\"LIFT-{:04}\",\"complainant\":{{\"as\":\"person\",\"name\":\"Trần Thị Thu Hà\",\"phone\":\"0933{phone}\"}},\"reply_by\":\"zalo\"}}",
        number % 30,
        number % 5000,
    )
}

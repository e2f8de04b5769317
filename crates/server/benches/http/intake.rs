//! Durable intake over HTTP, against a bare loop that group-commits the same rows.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use redress_testkit::bench::{Client, count, median, say, tell};

use super::kit::{bare::Bare, program};

/// Interleaved rounds.
const ROUNDS: usize = 7;
/// How long the clients send in a round.
const SPAN: Duration = Duration::from_secs(2);

pub(crate) fn measure(clients: usize) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let server = program(folder.path()).serve();
    run(server.address, clients, Duration::from_secs(2));
    let (source, target) =
        (folder.path().join("redress.sqlite"), folder.path().join("bare.sqlite"));
    let mut bare = Bare::beside(&source, &target);
    let (mut ratios, mut cpu, mut rates, mut bares) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let (mark, before) = (bare.mark(), server.cpu_seconds());
        let (taken, seconds) = run(server.address, clients, SPAN);
        cpu.push((server.cpu_seconds() - before) * 1000.0 / count(taken));
        let (written, took) = bare.again(&mark, clients);
        let (rate, loose) = (count(taken) / seconds, count(written as u64) / took.as_secs_f64());
        rates.push(rate);
        bares.push(loose);
        ratios.push(rate / loose);
    }
    tell(&format!(
        "{clients} clients: intake over HTTP {:.0}/s, bare group commit of the same rows {:.0}/s",
        median(rates),
        median(bares)
    ));
    let (ratio, cpu) = (median(ratios), median(cpu));
    let figure = format!("durable intake over HTTP, {clients} clients / bare group commit");
    say(&figure, ratio, "ratio", ratio >= 0.6, "at least 0.6");
    say("processor time per intake", cpu, "ms", cpu < 0.4, "under 0.4 ms");
    let memory = server.megabytes_most();
    say("most memory under this load", memory, "MB", memory < 200.0, "under 200 MB");
}

/// Runs the clients; answers how many complaints were taken, and in how many seconds.
fn run(address: SocketAddr, clients: usize, span: Duration) -> (u64, f64) {
    let (stop, taken) = (AtomicBool::new(false), AtomicU64::new(0));
    let began = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..clients {
            let (stop, taken) = (&stop, &taken);
            scope.spawn(move || {
                let mut connection = Client::new(address);
                let mut number = 0_u64;
                while !stop.load(Ordering::Relaxed) {
                    let body = body(client, number);
                    let answer = connection.post("/api/v1/complaints", "application/json", &body);
                    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
                    taken.fetch_add(1, Ordering::Relaxed);
                    number += 1;
                }
            });
        }
        while began.elapsed() < span {
            std::thread::park_timeout(span.saturating_sub(began.elapsed()));
        }
        stop.store(true, Ordering::Relaxed);
    });
    (taken.load(Ordering::Relaxed), began.elapsed().as_secs_f64())
}

/// A complaint of usual length.
fn body(client: usize, number: u64) -> String {
    let phone = 100_000 + (client as u64 * 7919 + number) % 900_000;
    format!(
        "{{\"language\":\"vi\",\"about\":\"service\",\"category\":\"LEVELLING\",\"text\":\"Thang máy số {client} dừng lệch tầng khoảng 4 cm ở tầng {}, người già và trẻ nhỏ dễ vấp ngã. Tôi đã gọi hai lần nhưng chưa thấy ai đến. Mong công ty cử người kiểm tra sớm, lần {number}.\",\"asset\":\"LIFT-{:04}\",\"complainant\":{{\"as\":\"person\",\"name\":\"Trần Thị Thu Hà\",\"phone\":\"0933{phone}\"}},\"reply_by\":\"zalo\"}}",
        number % 30,
        number % 5000,
    )
}

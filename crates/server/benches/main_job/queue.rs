//! The queue page and the API list at 10,000 and 100,000 open complaints; memory and start.

use std::{path::Path, time::Instant};

use super::{
    client::Client,
    median,
    process::{Server, redress},
    say,
};

/// Requests of each kind and size.
const REQUESTS: usize = 200;
const PASSWORD: &str = "a long bench password, never used elsewhere";

pub(crate) fn measure() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let server = Server::start(folder.path());
    fill(&server, 10_000);
    let (token, cookie) = sign_in(&server, folder.path());
    let small = both(&server, &token, &cookie);
    fill(&server, 90_000);
    let large = both(&server, &token, &cookie);
    println!(
        "     API list {:.2} ms and {:.2} ms, queue page {:.2} ms and {:.2} ms at 10,000 and 100,000",
        small.0, large.0, small.1, large.1
    );
    let api = large.0 / small.0;
    say("API list, 100,000 / 10,000 open complaints", api, "ratio", api < 1.5, "under 1.5");
    let page = large.1 / small.1;
    say("queue page, 100,000 / 10,000 open complaints", page, "ratio", page < 1.5, "under 1.5");
    drop(server);
    let mut starts = Vec::new();
    let mut memory = 0.0;
    for _ in 0..5 {
        let server = Server::start(folder.path());
        starts.push(server.ready_after.as_secs_f64());
        memory = server.megabytes();
    }
    let start = median(starts);
    say("ready after start on 100,000 complaints", start, "s", start < 0.5, "within 0.5 s");
    say("idle memory on 100,000 complaints", memory, "MB", memory < 60.0, "under 60 MB");
}

fn fill(server: &Server, complaints: u64) {
    let clients = 32;
    std::thread::scope(|scope| {
        for client in 0..clients {
            scope.spawn(move || {
                let mut connection = Client::new(server.address);
                for number in 0..complaints / clients {
                    let body = super::intake::body(usize::try_from(client).unwrap_or(0), number);
                    let answer = connection.post("/api/v1/complaints", "application/json", &body);
                    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
                }
            });
        }
    });
}

/// A bearer token and a session cookie of one member of Customer Care.
fn sign_in(server: &Server, data: &Path) -> (String, String) {
    let file = data.join("password");
    std::fs::write(&file, PASSWORD).expect("the folder takes a file");
    let add = std::process::Command::new(env!("CARGO_BIN_EXE_redress"))
        .args([
            "user",
            "add",
            "--name",
            "Bench",
            "--email",
            "bench@example.vn",
            "--role",
            "care",
            "--password-stdin",
            "--data",
        ])
        .arg(data)
        .stdin(std::fs::File::open(&file).expect("it was just written"))
        .output()
        .expect("the program runs");
    assert!(add.status.success(), "{}", String::from_utf8_lossy(&add.stderr));
    let made = redress(&["token", "create", "--user", "bench@example.vn", "--json"], data);
    let made: serde_json::Value = serde_json::from_str(&made).expect("the answer is JSON");
    let token = format!("authorization: Bearer {}", made["token"].as_str().unwrap_or_default());
    let mut connection = Client::new(server.address);
    let form = format!(
        "email=bench%40example.vn&password={}",
        PASSWORD.replace(' ', "+").replace(',', "%2C")
    );
    let answer = connection.post("/desk/sign-in", "application/x-www-form-urlencoded", &form);
    assert_eq!(answer.status, 303, "sign-in: {}", answer.headers);
    let cookie = answer
        .headers
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap_or_default();
    let cookie = cookie.split(';').next().unwrap_or_default();
    (token, format!("cookie: {cookie}"))
}

/// Median milliseconds of the API list and of the queue page, interleaved.
fn both(server: &Server, token: &str, cookie: &str) -> (f64, f64) {
    let mut connection = Client::new(server.address);
    let (mut api, mut page) = (vec![], vec![]);
    for _ in 0..REQUESTS {
        for (path, header, times) in
            [("/api/v1/complaints?limit=50", token, &mut api), ("/desk/queue", cookie, &mut page)]
        {
            let began = Instant::now();
            let answer = connection.get(path, Some(header));
            times.push(began.elapsed().as_secs_f64() * 1000.0);
            assert_eq!(answer.status, 200, "{path}");
        }
    }
    (median(api), median(page))
}

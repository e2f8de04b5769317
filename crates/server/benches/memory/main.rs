//! The most memory the server has under hostile files: fifty uploads of 25 MB at once, a zip bomb, a
//! body that says it is compressed, a picture of a hundred megapixels and the largest that is shown, a
//! form of two thousand parts, a part without end. Linux only.
//!
//! Run by `cargo xtask bench memory`; fails when a bound does not hold. The short storm of the tests
//! is the same code.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod storm;

use std::{
    io::{BufRead as _, BufReader, Cursor, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    time::Instant,
};

use image::{DynamicImage, ImageFormat, RgbImage};

/// What the whole program may have, in mebibytes.
const MEMORY_MAX: u64 = 256;
/// Large uploads at once, and their size.
const UPLOADS: u64 = 50;
const UPLOAD_BYTES: u64 = 25 << 20;
/// A side of the largest square picture that is shown, in dots.
const SIDE_MAX: u32 = 6_400;
/// A side of one that is kept and not shown, as large telephones make them.
const SIDE_KEPT: u32 = 7_100;

/// A server, and whether every bound held so far.
struct Storm {
    child: Child,
    server: SocketAddr,
    holds: bool,
}

impl Storm {
    /// Prints what an attack was answered and what memory it took.
    fn say(&mut self, attack: &str, began: Instant, answered: bool) {
        let peak = storm::peak_mebibytes(self.child.id());
        let holds = answered && peak < MEMORY_MAX;
        self.holds &= holds;
        let mark = if holds { "ok  " } else { "MISS" };
        let seconds = began.elapsed().as_secs_f64();
        println!("{mark} {attack:<52} {peak:>4} MiB at most, {seconds:>6.1} s");
    }

    /// Whether the status of an attack is the one wanted.
    fn one(&mut self, attack: &str, wanted: u16, ask: impl FnOnce(SocketAddr) -> u16) {
        let began = Instant::now();
        let status = ask(self.server);
        self.say(&format!("{attack}: {status}, wanted {wanted}"), began, status == wanted);
    }
}

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"))
        .envs([("REDRESS_FILES_PER_HOUR", "0"), ("REDRESS_FILES_DAY_MB", "0")])
        .envs([("REDRESS_LIMITS_PUBLIC_PER_MINUTE", "0"), ("REDRESS_LOG_LEVEL", "error")])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut said = BufReader::new(child.stdout.take().expect("its output is piped"));
    let mut line = String::new();
    said.read_line(&mut line).expect("it says where it listens");
    let address = line.rsplit("http://").next().unwrap_or_default().trim().parse();
    let server = address.expect("the first line ends in the address");
    let mut storm = Storm { child, server, holds: true };
    attack(&mut storm);
    storm.child.kill().expect("it lives to the end");
    storm.child.wait().expect("it ends");
    assert!(storm.holds, "a bound does not hold");
}

fn attack(storm: &mut Storm) {
    storm.say("idle", Instant::now(), true);
    let began = Instant::now();
    let statuses = storm::flood(storm.server, UPLOADS, UPLOAD_BYTES);
    let kept = statuses.iter().filter(|status| **status == 201).count();
    let what = format!("{UPLOADS} uploads of 25 MiB at once: {kept} kept");
    storm.say(&what, began, kept == statuses.len());
    storm.one("zip bomb of 1.5 GB, kept as it is", 201, |server| {
        storm::upload(server, "bomb.zip", &storm::zip_bomb(1_500_000_000))
    });
    storm.one("compressed body of 1 GB", 413, |server| storm::compressed_body(server, 1 << 30));
    storm.one("picture of 100 megapixels, only its head", 422, |server| {
        storm::upload(server, "a.png", &storm::flat_png(10_000))
    });
    let hundred = encoded(10_000, ImageFormat::Jpeg);
    storm.one("picture of 100 megapixels, whole", 422, |server| {
        storm::upload(server, "a.jpg", &hundred)
    });
    storm.one("form of 2,000 parts", 413, |server| storm::many_parts(server, 2_000));
    storm.one("head of a part of 200 MiB", 413, |server| storm::endless_head(server, 200 << 20));
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let picture = encoded(SIDE_MAX, format);
        let what = format!("largest {format:?} that is shown");
        storm.one(&what, 200, |server| shown(server, &picture));
    }
    let kept = encoded(SIDE_KEPT, ImageFormat::Jpeg);
    storm.one("picture of 50 megapixels, kept and not shown", 404, |server| shown(server, &kept));
    let began = Instant::now();
    let (server, picture) = (storm.server, encoded(SIDE_MAX, ImageFormat::Png));
    let (statuses, opened) = std::thread::scope(|scope| {
        let flood = scope.spawn(|| storm::flood(server, UPLOADS, UPLOAD_BYTES));
        let opened = shown(server, &picture);
        (flood.join().expect("it ends"), opened)
    });
    let good = opened == 200 && statuses.iter().all(|status| *status == 201);
    storm.say("the largest shown while 50 files come in", began, good);
}

/// A picture of one colour.
fn encoded(side: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = DynamicImage::ImageRgb8(RgbImage::new(side, side));
    picture.write_to(&mut bytes, format).expect("a picture can be encoded");
    bytes.into_inner()
}

/// Complains with a picture and opens it as the complainant sees it.
fn shown(server: SocketAddr, picture: &[u8]) -> u16 {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let origin = format!("http://{server}");
    let boundary = "x-storm";
    let head = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
    );
    let body = [head.as_bytes(), picture, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    let send = |path: &str, kind: &str, body: &[u8]| -> serde_json::Value {
        let sent = agent.post(format!("{origin}{path}")).header("content-type", kind).send(body);
        let text = sent.expect("answered").into_body().read_to_string().expect("a text");
        serde_json::from_str(&text).expect("an answer in JSON")
    };
    let kind = format!("multipart/form-data; boundary={boundary}");
    let upload = send("/api/v1/uploads", &kind, &body)["id"].clone();
    let notice = serde_json::json!({
        "language": "vi", "about": "service", "category": "LEVELLING", "text": "Ảnh rất lớn",
        "complainant": {"as": "person", "name": "Nguyễn Thị Hà", "phone": "0912 345 678"},
        "reply_by": "phone", "consent": {"notice": "2026-01-01", "processing": true},
        "attachments": [upload],
    });
    let receipt = send("/api/v1/complaints", "application/json", notice.to_string().as_bytes());
    let url = receipt["tracking_url"].as_str().expect("a receipt").to_owned();
    let token = url.rsplit('/').next().unwrap_or_default();
    let reference = receipt["reference"].as_str().expect("a reference");
    let path = format!("{origin}/api/v1/complaints/{reference}");
    let view = agent.get(path).header("authorization", &format!("Bearer {token}")).call();
    let view = view.expect("answered").into_body().read_to_string().expect("a text");
    let view: serde_json::Value = serde_json::from_str(&view).expect("an answer in JSON");
    let digest = view["files"][0]["sha256"].as_str().expect("a digest").to_owned();
    let mut line = TcpStream::connect(server).expect("the door is open");
    let ask = format!(
        "GET /vi/track/{token}/pictures/{digest} HTTP/1.1\r\nhost: storm\r\nconnection: close\r\n\r\n"
    );
    line.write_all(ask.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).expect("answered");
    let first = String::from_utf8_lossy(&answer[..answer.len().min(64)]).into_owned();
    first.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

//! The list of the API, the queue page, a complaint's page and search, in a small and in a large
//! installation, both asked in turn.

use std::{path::Path, time::Instant};

use redress_testkit::bench::{Client, Server, median, part, say, tell};

use super::kit::program;

/// Requests of each kind and size.
const REQUESTS: usize = 200;
/// Requests of each question.
const QUESTIONS_ASKED: usize = 40;
/// Two words each: both in half of all complaints, one in few, both in few, without marks, a place,
/// a name, Lao, English.
const QUESTIONS: &[&str] = &[
    "thang máy",
    "thang lệch",
    "khét quạt",
    "thang may",
    "Cầu Giấy",
    "Lý Oanh",
    "ລິຟ ຊັ້ນ",
    "wheelchair floor",
];
const PASSWORD: &str = "a long bench password, never used elsewhere";

/// An installation that is asked.
struct Asked {
    _server: Server,
    connection: Client,
    token: String,
    cookie: String,
    references: Vec<String>,
}

pub(crate) fn measure((few, fewer): (&Path, u64), (many, more): (&Path, u64)) {
    let (mut few, mut many) = (Asked::open(few), Asked::open(many));
    let sizes = format!("{more} / {fewer} complaints");
    let list = |_: &Asked, _| ("/api/v1/complaints?limit=50".to_owned(), true);
    let queue = |_: &Asked, _| ("/desk/queue".to_owned(), false);
    let page = |asked: &Asked, n: usize| {
        let reference = &asked.references[n % asked.references.len()];
        (format!("/desk/complaints/{reference}"), false)
    };
    both(&format!("API list, {sizes}"), REQUESTS, (&mut few, &mut many), list);
    both(&format!("queue page, {sizes}"), REQUESTS, (&mut few, &mut many), queue);
    both(&format!("complaint page, {sizes}"), REQUESTS, (&mut few, &mut many), page);
    for question in QUESTIONS {
        let path = format!("/desk/queue?state=all&q={}", encoded(question));
        let ask = |_: &Asked, _| (path.clone(), false);
        both(&format!("search `{question}`, {sizes}"), QUESTIONS_ASKED, (&mut few, &mut many), ask);
    }
}

/// Asks both in turn, and says how much longer the large one takes.
fn both(
    figure: &str,
    times: usize,
    (few, many): (&mut Asked, &mut Asked),
    path: impl Fn(&Asked, usize) -> (String, bool),
) {
    let (mut small, mut large) = (vec![], vec![]);
    for n in 0..times {
        for (asked, took) in [(&mut *few, &mut small), (&mut *many, &mut large)] {
            let (path, by_token) = path(asked, n);
            took.push(asked.milliseconds(&path, by_token));
        }
    }
    let (slow_small, slow) = (part(small.clone(), 0.95), part(large.clone(), 0.95));
    let (small, large) = (median(small), median(large));
    tell(&format!(
        "{figure}: {small:.2} and {large:.2} ms; one in twenty above {slow_small:.2} and {slow:.2} ms"
    ));
    let ratio = large / small;
    say(figure, ratio, "ratio", ratio < 2.0, "under 2");
}

impl Asked {
    fn open(folder: &Path) -> Self {
        let server = program(folder).serve();
        let (token, cookie) = sign_in(&server, folder);
        let mut connection = Client::new(server.address);
        let listed = connection.get("/api/v1/complaints?state=all&limit=200", Some(&token));
        let listed: serde_json::Value =
            serde_json::from_slice(&listed.body).expect("the answer is JSON");
        let items = listed["items"].as_array().expect("a list");
        let references =
            items.iter().filter_map(|item| item["reference"].as_str().map(str::to_owned));
        let references = references.collect();
        Self { _server: server, connection, token, cookie, references }
    }

    fn milliseconds(&mut self, path: &str, by_token: bool) -> f64 {
        let header = if by_token { &self.token } else { &self.cookie };
        let began = Instant::now();
        let answer = self.connection.get(path, Some(header));
        let took = began.elapsed().as_secs_f64() * 1000.0;
        assert_eq!(answer.status, 200, "{path}");
        took
    }
}

/// A bearer token and a session cookie of one member of Customer Care.
fn sign_in(server: &Server, data: &Path) -> (String, String) {
    let email = format!("bench{}@example.vn", server.address.port());
    let file = data.join("password");
    std::fs::write(&file, PASSWORD).expect("the folder takes a file");
    let add = std::process::Command::new(env!("CARGO_BIN_EXE_redress"))
        .args(["user", "add", "--name", "Bench", "--email", &email, "--role", "care"])
        .args(["--password-stdin", "--data"])
        .arg(data)
        .stdin(std::fs::File::open(&file).expect("it was just written"))
        .output()
        .expect("the program runs");
    assert!(add.status.success(), "{}", String::from_utf8_lossy(&add.stderr));
    let made = program(data).run(&["token", "create", "--user", &email, "--json"]);
    let made: serde_json::Value = serde_json::from_str(&made).expect("the answer is JSON");
    let token = format!("authorization: Bearer {}", made["token"].as_str().unwrap_or_default());
    let form = format!("email={}&password={}", encoded(&email), encoded(PASSWORD));
    let mut connection = Client::new(server.address);
    let answer = connection.post("/desk/sign-in", "application/x-www-form-urlencoded", &form);
    assert_eq!(answer.status, 303, "sign-in: {}", answer.headers);
    let set = answer.headers.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = set.and_then(|set| set.split(';').next()).unwrap_or_default();
    (token, format!("cookie: {cookie}"))
}

/// A text as a part of an address.
fn encoded(text: &str) -> String {
    let each = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    each.collect()
}

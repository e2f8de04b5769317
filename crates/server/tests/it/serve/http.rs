//! A small HTTP client: every status is an answer. Must not know what Redress answers.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// Longest wait for one answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// What parts the fields of a multipart body.
const BOUNDARY: &str = "----redress-test-boundary";

/// A client of one server.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    agent: Agent,
    origin: String,
}

/// A request to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    client: Client,
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Client {
    /// A client of the server at `origin`, `http://127.0.0.1:8080`.
    pub(crate) fn new(origin: &str) -> Self {
        let config = Agent::config_builder().http_status_as_error(false);
        let agent = config.timeout_global(Some(TIMEOUT)).build().new_agent();
        Self { agent, origin: origin.to_owned() }
    }

    /// The same that is not led on to another page.
    pub(crate) fn that_stays(&self) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.timeout_global(Some(TIMEOUT)).build().new_agent();
        Self { agent, origin: self.origin.clone() }
    }

    /// Where the server listens, `127.0.0.1:8080`.
    pub(crate) fn address(&self) -> &str {
        self.origin.trim_start_matches("http://")
    }

    pub(crate) fn get(&self, path: &str) -> Ask {
        self.ask("GET", path)
    }

    pub(crate) fn post(&self, path: &str) -> Ask {
        self.ask("POST", path)
    }

    pub(crate) fn ask(&self, method: &'static str, path: &str) -> Ask {
        let path = path.strip_prefix(&self.origin).unwrap_or(path).to_owned();
        Ask { client: self.clone(), method, path, headers: vec![], body: vec![] }
    }
}

impl Ask {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a bearer token: an account's, or a tracking token.
    pub(crate) fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", media_type)
    }

    /// With one file as a browser sends it.
    pub(crate) fn file(self, field: &str, name: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: image/jpeg\r\n\r\n"
        );
        let tail = format!("\r\n--{BOUNDARY}--\r\n");
        let body = [head.as_bytes(), bytes, tail.as_bytes()].concat();
        self.body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    /// With a form as a browser sends it, and one file if there is one.
    pub(crate) fn form(self, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Self {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        if let Some((name, bytes)) = file {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; \
                 filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
            );
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        self.body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    /// Sends; `None` when the connection broke.
    pub(crate) fn try_send(self) -> Option<Answer> {
        self.sent().ok()
    }

    fn sent(self) -> Result<Answer, ureq::Error> {
        let uri = format!("{}{}", self.client.origin, self.path);
        let mut request = Request::builder().method(self.method).uri(uri);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let agent = &self.client.agent;
        let sent = if self.method == "POST" {
            agent.run(request.body(self.body).expect("a request"))
        } else {
            agent.run(request.body(()).expect("a request"))
        };
        let (parts, mut body) = sent?.into_parts();
        let bytes = body.read_to_vec()?;
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, bytes })
    }

    /// Sends.
    #[track_caller]
    pub(crate) fn send(self) -> Answer {
        self.sent().expect("the connection holds")
    }
}

impl Answer {
    /// The same answer, if it has this status.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("the answer is JSON")
    }

    /// A header; empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("is a text"))
    }

    /// The problem in it, if it is one with this status.
    #[track_caller]
    pub(crate) fn problem(self, status: u16) -> Value {
        let answer = self.is(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(problem["type"].as_str().is_some_and(|kind| kind.starts_with('/')), "{problem}");
        let errors = problem["errors"].as_array().into_iter().flatten();
        let words = errors.chain([&problem]).map(|words| &words["detail"]);
        for words in words.chain([&problem["title"]]) {
            let words = words.as_str().unwrap_or_default();
            // A message id that nobody put into words stands for itself.
            let is_id =
                ["problem-", "refusal-", "field-error-"].iter().any(|id| words.starts_with(id));
            assert!(!words.is_empty() && !is_id, "{problem}");
        }
        problem
    }

    /// The refusal in it: its `type` and `rule`.
    #[track_caller]
    pub(crate) fn refusal(self) -> (String, String) {
        let problem = self.problem(409);
        let word = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        (word("type"), word("rule"))
    }
}

//! A small installation with a fixed clock, and a browser for it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use redress_app::{App, NewAccount, NoticeIn, Settings, World};
use redress_core::{
    complaint::people::Actor,
    kinds::Role,
    policy::{Pack, parse, shipped_files},
};
use redress_web::{Proxies, Site, SiteSettings, router};
use tower::ServiceExt;

/// What a password of the tests is.
pub(crate) const PASSWORD: &str = "bốn con mèo ngủ trưa";

/// An installation.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) site: Router,
    _folder: tempfile::TempDir,
}

/// One browser, with or without a session.
pub(crate) struct Browser<'h> {
    house: &'h House,
    cookie: String,
}

/// An answer.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) cookie: String,
    pub(crate) text: String,
}

/// An installation with care, a technician, their head, a director, an
/// administrator and an auditor.
pub(crate) async fn house() -> House {
    house_under(None, "2026-11-25T12:00:00+07:00").await
}

/// The same after the last day of its calendar: what arrives waits for a person.
pub(crate) async fn house_after_its_days() -> House {
    let mut files = shipped_files();
    let days = files.text("calendar/vn.csv").expect("the pack has it").to_owned();
    let days = days.replace("2015-01-01 2030-12-31", "2015-01-01 2026-12-31");
    let days = days.replace("# as-of: 2026-11-20", "# as-of: 2026-05-20");
    let later = ["2027-", "2028-", "2029-", "2030-"];
    let kept = days.lines().filter(|line| !later.iter().any(|year| line.starts_with(year)));
    let days: Vec<_> = kept.collect();
    files.insert("calendar/vn.csv", days.join("\n") + "\n");
    let pack = parse(&files, jiff::civil::date(2026, 7, 1)).expect("the pack is sound");
    house_under(Some(pack), "2027-01-06T12:00:00+07:00").await
}

#[expect(clippy::default_trait_access, reason = "this crate does not know the channels' crate")]
async fn house_under(pack: Option<Pack>, now: &str) -> House {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let settings = Settings {
        folder: folder.path().join("data"),
        pack,
        channels: Default::default(),
        public_url: "http://desk.test".to_owned(),
        files: Default::default(),
    };
    let app = App::start(settings, world(now)).await.expect("the installation starts");
    app.open_log().await.expect("the log begins");
    let people = [
        ("care@x.vn", Role::Care, None, vec![]),
        ("tung@x.vn", Role::Department, Some("technical"), vec![]),
        ("huy@x.vn", Role::Department, Some("technical"), vec!["technical".to_owned()]),
        ("binh@x.vn", Role::Director, None, vec![]),
        ("admin@x.vn", Role::Admin, None, vec![]),
        ("audit@x.vn", Role::Auditor, None, vec![]),
    ];
    for (email, role, department, authority) in people {
        let new = NewAccount {
            name: email.split('@').next().expect("an address has a name").to_owned(),
            email: email.to_owned(),
            role,
            department: department.map(str::to_owned),
            authority,
        };
        app.add_account(&new, &Actor::System("test")).await.expect("the account is made");
    }
    let settings = SiteSettings {
        public_per_minute: 0,
        proxies: Proxies::default(),
        is_demo: false,
        backups: None,
    };
    let site = router(Site::new(app.clone(), settings));
    House { app, site, _folder: folder }
}

/// One instant, a Wednesday noon, for ever; dice that never give the same bytes twice.
fn world(now: &str) -> World {
    let now: jiff::Timestamp = now.parse().expect("the test's own instant");
    let turn = AtomicU64::new(1);
    let dice = move |bytes: &mut [u8]| {
        let turn = turn.fetch_add(1, Ordering::Relaxed);
        // An odd factor gives every turn another eight bytes.
        let mixed = turn.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
        for (byte, die) in bytes.iter_mut().zip(mixed.iter().cycle()) {
            *byte = *die;
        }
    };
    World::new(Arc::new(move || now), Arc::new(dice))
}

impl House {
    /// A browser in which `email` is signed in.
    pub(crate) async fn sign_in(&self, email: &str) -> Browser<'_> {
        let member = self.app.member(email).await.expect("the account is there");
        let session = self.app.new_session(&member).await.expect("the session is stored");
        Browser { house: self, cookie: format!("redress-session={}", session.reveal()) }
    }

    /// A browser nobody is signed in with.
    pub(crate) fn stranger(&self) -> Browser<'_> {
        Browser { house: self, cookie: String::new() }
    }

    /// A complaint about a service, by web; its reference.
    pub(crate) async fn complaint(&self, text: &str) -> String {
        self.notice(text, false).await.reference
    }

    /// A complaint by web, with or without danger; what its complainant got.
    pub(crate) async fn notice(&self, text: &str, danger: bool) -> redress_app::Receipt {
        let body = serde_json::json!({
            "language": "vi", "about": "service", "text": text, "danger": danger,
            "complainant": {"name": "Nguyễn Thị Hà", "phone": "0912345618"},
        });
        let notice =
            NoticeIn { body: &body.to_string(), by: None, owner: "address:test", key: None };
        self.app.receive(notice).await.expect("the notice is received")
    }
}

impl Browser<'_> {
    /// The same browser with another language.
    pub(crate) fn speaking(mut self, lang: &str) -> Self {
        self.cookie.push_str("; redress-language=");
        self.cookie.push_str(lang);
        self
    }

    /// The same browser with one more cookie.
    pub(crate) fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookie = format!("{}; {name}={value}", self.cookie);
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.ask(Method::GET, path, String::new()).await
    }

    /// Posts fields as they are.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.ask(Method::POST, path, pairs.join("&")).await
    }

    /// Posts a form with files, its parts as they go over the line.
    pub(crate) async fn post_parts(&self, path: &str, parts: &[(&str, &[u8])]) -> Page {
        let mut body = vec![];
        for (disposition, bytes) in parts {
            let head = format!("--cut\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--cut--\r\n");
        self.send(Method::POST, path, "multipart/form-data; boundary=cut", body).await
    }

    /// Posts a command with the key and version of the complaint's page.
    pub(crate) async fn command(&self, of: &str, shape: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(&format!("/desk/complaints/{of}")).await;
        let (key, version) = (page.value("key"), page.value("version"));
        let mut all = vec![("key", key.as_str()), ("version", version.as_str())];
        all.extend(fields);
        self.post(&format!("/desk/complaints/{of}/{shape}"), &all).await
    }

    async fn ask(&self, method: Method, path: &str, body: String) -> Page {
        self.send(method, path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .expect("the test's own request");
        let response = self.house.site.clone().oneshot(request).await.expect("the site answers");
        let of = |name: header::HeaderName| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (status, location, cookie) =
            (response.status(), of(header::LOCATION), of(header::SET_COOKIE));
        let bytes = response.into_body().collect().await.expect("the answer is whole").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Page { status, location, cookie, text }
    }
}

impl Page {
    /// The value of the first hidden field `name`.
    pub(crate) fn value(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.text.split_once(&start).map_or("", |(_, rest)| rest);
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// The text between tags.
    pub(crate) fn words(&self) -> String {
        let pieces = self.text.split('<').map(|piece| piece.split_once('>').map_or("", |(_, t)| t));
        pieces.collect::<Vec<_>>().join(" ")
    }
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| format!("{encoded}%{byte:02X}"))
}

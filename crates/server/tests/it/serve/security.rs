//! Spot checks of security: forged requests, headers, safe methods. Must not test permissions.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::house::{CARE, DIRECTOR, House, noise, verb};

#[test]
fn a_forged_submission_of_another_site_is_refused() {
    let house = House::open();
    let post = || house.client.post("/api/v1/complaints").json(&noise());
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(post().header(name, value).send().status, 403, "{name}: {value}");
        let upload = house.client.post("/api/v1/uploads").file("file", "a.png", b"x");
        assert_eq!(upload.header(name, value).send().status, 403, "{name}: {value}");
    }
    let proxied = post().header("authorization", "Basic bGFuOng=");
    let proxied = proxied.header("origin", "https://evil.example").send();
    assert_eq!(proxied.status, 403, "a browser sends such a password with every request");
    // A browser that says it is our page is believed over an odd Origin.
    post().header("sec-fetch-site", "same-origin").send().is(201);
    post().send().is(201);
    let page = house.client.get("/api/v1/complaints?state=all").token(house.token(CARE));
    assert_eq!(page.send().is(200).json()["items"].as_array().expect("a list").len(), 2);
}

#[test]
fn every_answer_carries_the_headers_that_protect_it() {
    let house = House::open();
    let case = house.complain(&noise());
    let shown = format!("/api/v1/complaints/{}", case.reference);
    for (path, status) in [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/api/openapi.json", 200),
        (shown.as_str(), 200),
        ("/api/v1/complaints/x", 404),
        ("/nothing/here", 404),
    ] {
        let answer = house.client.get(path).token(house.token(DIRECTOR)).send().is(status);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path} {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert_eq!(answer.header("server"), "", "{path}");
    }
}

/// What somebody else than the owner may do to anything in a folder, itself included.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> Vec<PathBuf> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut open = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        let about = std::fs::symlink_metadata(&path).expect("it is there");
        if about.is_dir() {
            let entries = std::fs::read_dir(&path).expect("listed");
            left.extend(entries.map(|entry| entry.expect("listed").path()));
        }
        if about.permissions().mode() & 0o077 != 0 {
            open.push(path);
        }
    }
    open
}

#[cfg(unix)]
#[test]
fn what_the_program_writes_is_for_its_owner_alone() {
    let house = House::open();
    super::backup::answered_with_picture(&house);
    let (folder, run) = (house.path(), |line: &str| verb(house.path(), line));
    run("user add --name Lan --email a@example.vn --role care --data new --json");
    run("backup copy.tar");
    run("restore copy.tar --data restored");
    run("export all.jsonl --secrets");
    run("import all.jsonl --data imported");
    for name in ["new", "copy.tar", "restored", "all.jsonl", "imported", "redress-data/files"] {
        assert_eq!(open_to_others(&folder.join(name)), [""; 0].map(PathBuf::from), "{name}");
    }
}

#[test]
fn looking_changes_nothing() {
    let house = House::open();
    let case = house.complain(&noise());
    let shown = format!("/api/v1/complaints/{}", case.reference);
    let before = house.show(CARE, &case.reference);
    for path in [
        shown.clone(),
        format!("{shown}/events"),
        format!("{shown}/promises/resolution/1"),
        "/api/v1/complaints".to_owned(),
    ] {
        for method in ["GET", "HEAD"] {
            for token in [house.token(DIRECTOR), house.token(CARE)] {
                house.client.ask(method, &path).token(token).send().is(200);
            }
        }
    }
    for command in ["sighting", "handover", "agreement", "closure"] {
        let path = format!("{shown}/{command}");
        let answer = house.client.get(&path).token(house.token(DIRECTOR)).send();
        assert!([404, 405].contains(&answer.status), "{}", answer.status);
    }
    let after = house.show(CARE, &case.reference);
    assert_eq!((&after["version"], &after["unread"]), (&before["version"], &json!(true)));
}

#[test]
fn a_bearer_token_is_needed_whole_and_is_never_shown() {
    let house = House::open();
    let case = house.complain(&noise());
    let token = house.token(DIRECTOR);
    let path = format!("/api/v1/complaints/{}", case.reference);
    let cut = &token[..token.len() - 1];
    for header in [
        cut.to_owned(),
        format!("Bearer {cut}"),
        format!("Bearer {token}x"),
        format!("Basic {token}"),
        token.to_owned(),
        "Bearer ".to_owned(),
        format!("Bearer {}", token.to_uppercase()),
    ] {
        let answer = house.client.get(&path).header("authorization", &header).send();
        answer.problem(401);
    }
    for secret in [token, case.tracking.as_str()] {
        let seen = house.show(DIRECTOR, &case.reference).to_string();
        assert!(!seen.contains(secret) && !house.log().contains(secret), "a secret is shown");
        let files = std::fs::read_dir(house.path().join("redress-data")).expect("listed");
        for file in files {
            let path = file.expect("listed").path();
            let bytes = std::fs::read(&path).unwrap_or_default();
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "a secret lies in {}", path.display());
        }
    }
}

//! Which layer wins, and what is refused.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;

fn sources(environment: &[(&str, &str)]) -> Sources {
    let pairs = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    // No file of the folder the tests run in is read: there is none.
    Sources { flags: BTreeMap::new(), environment: pairs.collect(), file: None }
}

fn shown(sources: &Sources, name: &str) -> String {
    match read(sources).expect("the sources can be read") {
        Ok(configured) => {
            let rows = configured.shown();
            let row = rows.into_iter().find(|row| row.name == name).expect("the key is known");
            format!("{} ({})", row.value.as_deref().unwrap_or("-"), row.origin)
        }
        Err(problems) => problems[0].to_string(),
    }
}

fn check(environment: &[(&str, &str)], name: &str, wanted: &str) {
    assert_eq!(shown(&sources(environment), name), wanted);
}

#[test]
fn defaults_hold_when_nobody_sets_anything() {
    check(&[], "listen", "127.0.0.1:8080 (default)");
    check(&[], "data", "./redress-data (default)");
    check(&[], "mail.smtp_host", "- (default)");
}

#[test]
fn flags_beat_the_environment_and_that_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("redress.toml");
    std::fs::write(&file, "data = \"from-file\"\nlisten = \"127.0.0.1:1\"\n").expect("written");
    let mut sources = sources(&[("REDRESS_LISTEN", "127.0.0.1:2")]);
    sources.file = Some(file.clone());
    assert_eq!(shown(&sources, "data"), format!("from-file ({})", file.display()));
    assert_eq!(shown(&sources, "listen"), "127.0.0.1:2 (REDRESS_LISTEN)");
    sources.flags.insert("listen", "127.0.0.1:3".to_owned());
    assert_eq!(shown(&sources, "listen"), "127.0.0.1:3 (flag)");
}

#[test]
fn unusable_values_name_the_key_and_its_origin() {
    let rows = [
        (
            "REDRESS_LISTEN",
            "8080",
            "listen: \"8080\" is not an address with a port, 127.0.0.1:8080 (REDRESS_LISTEN)",
        ),
        (
            "REDRESS_LIMITS_PUBLIC_PER_MINUTE",
            "-1",
            "limits.public_per_minute: \"-1\" is not a number, 0 is no limit (REDRESS_LIMITS_PUBLIC_PER_MINUTE)",
        ),
        (
            "REDRESS_PUBLIC_URL",
            "example.vn",
            "public_url: write an address such as https://complaints.example.vn (REDRESS_PUBLIC_URL)",
        ),
        (
            "REDRESS_LIMITS_PROXIES",
            "127.0.0.1, proxy",
            "limits.proxies: \"proxy\" is neither an address nor a network; write such as 127.0.0.1, 10.0.0.0/8 (REDRESS_LIMITS_PROXIES)",
        ),
        (
            "REDRESS_MAIL_FROM",
            "care@example.vn",
            "mail.smtp_host: is needed, for `mail.from` is set (default)",
        ),
        (
            "REDRESS_MAIL_SMTP_HOST",
            "mail.example.vn",
            "mail.from: the address letters come from is needed (default)",
        ),
    ];
    for (variable, value, wanted) in rows {
        check(&[(variable, value)], "listen", wanted);
    }
}

#[test]
fn a_password_may_come_from_a_file_and_is_masked() {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("password");
    std::fs::write(&file, "hunter2\n").expect("written");
    let path = file.display().to_string();
    let mut environment = vec![
        ("REDRESS_MAIL_SMTP_HOST", "mail.example.vn"),
        ("REDRESS_MAIL_FROM", "care@example.vn"),
        ("REDRESS_MAIL_USER", "care"),
        ("REDRESS_MAIL_PASSWORD_FILE", &*path),
    ];
    check(&environment, "mail.password", "******** (REDRESS_MAIL_PASSWORD)");
    check(&environment, "mail.smtp_port", "587 (default)");
    let configured = read(&sources(&environment)).expect("read").expect("no problem");
    let password = configured.config.mail.and_then(|mail| mail.password).expect("given");
    assert_eq!(password.reveal(), "hunter2");
    environment.push(("REDRESS_MAIL_PASSWORD", "other"));
    let wanted = "mail.password: both the value and a file with it are given; keep one (REDRESS_MAIL_PASSWORD)";
    check(&environment, "mail.password", wanted);
}

#[test]
fn a_misspelt_variable_is_a_warning() {
    let configured = read(&sources(&[("REDRESS_LISTNE", "x")])).expect("read");
    let warnings = configured.expect("no problem").warnings;
    assert_eq!(warnings, ["REDRESS_LISTNE is no variable of Redress"]);
}

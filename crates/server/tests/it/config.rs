//! `redress config`: what holds, and what cannot be used.

use crate::kit::run_in;

#[test]
fn the_configuration_is_printed_with_its_origin_and_without_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "data = \"/srv/redress\"\n[mail]\nsmtp_host = \"mail.example.vn\"\n\
                from = \"care@example.vn\"\nuser = \"care\"\n";
    std::fs::write(folder.path().join("redress.toml"), file).expect("written");
    let variables = [("REDRESS_LISTEN", "0.0.0.0:80"), ("REDRESS_MAIL_PASSWORD", "hunter2")];
    for rest in [&["config", "print"][..], &["config", "print", "--json"], &["config", "check"]] {
        let ran = run_in(folder.path(), &variables, rest, "");
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(!ran.out.contains("hunter2") && !ran.err.contains("hunter2"), "{ran:?}");
    }
    let answer = run_in(folder.path(), &variables, &["config", "print", "--json"], "").json();
    assert_eq!(answer["listen"]["value"], "0.0.0.0:80");
    assert_eq!(answer["listen"]["from"], "REDRESS_LISTEN");
    assert_eq!(answer["data"]["from"], "./redress.toml");
    assert_eq!(answer["mail.password"]["value"], "********");
    assert_eq!(answer["mail.smtp_port"]["value"], "587");
}

#[test]
fn values_that_cannot_be_used_exit_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run_in(folder.path(), &[("REDRESS_LISTEN", "80")], &["config", "check"], "");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("listen: ") && ran.out.contains("REDRESS_LISTEN"), "{}", ran.out);
    std::fs::write(folder.path().join("redress.toml"), "lisen = \"x\"\n").expect("written");
    let ran = run_in(folder.path(), &[], &["config", "check", "--json"], "");
    assert_eq!((ran.code, &ran.json()["problems"][0]["key"]), (1, &"lisen".into()));
    std::fs::write(folder.path().join("redress.toml"), "listen = \n").expect("written");
    let ran = run_in(folder.path(), &[], &["config", "check", "--json"], "");
    assert_eq!((ran.code, ran.error_kind().as_str()), (1, "invalid-config"));
    let ran = run_in(folder.path(), &[], &["config", "check", "--config", "no.toml"], "");
    assert_eq!(ran.code, 3, "{ran:?}");
}

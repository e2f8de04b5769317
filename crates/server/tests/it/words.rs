//! What the command line says when something is wrong, and what it tells of itself.
//! Must not test what a command does.

use std::path::Path;

use crate::kit::{Ran, run, run_in};

fn verb(folder: &Path, line: &str, input: &str) -> Ran {
    let mut arguments: Vec<&str> = line.split_whitespace().collect();
    arguments.extend(["--data", "data"]);
    run_in(folder, &[], &arguments, input)
}

/// A folder with one account and one complaint, and the reference of that.
fn house() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let made = verb(folder.path(), "user add --name Ha --email ha@x.vn --role care", "");
    assert_eq!(made.code, 0, "{made:?}");
    let notice = r#"{"language":"vi","about":"service","text":"Rung mạnh.",
        "complainant":{"as":"person","name":"bà Hà","phone":"0912345678"}}"#;
    let ran = verb(folder.path(), "intake form -", notice);
    let reference = ran.out.split(',').next().expect("a reference").to_owned();
    (folder, reference)
}

#[test]
fn an_error_names_the_thing_that_is_not_there() {
    let (folder, reference) = house();
    let at = folder.path();
    let rows = [
        ("complaint show KN-26-999999-00", "", "no complaint `KN-26-999999-00`"),
        ("complaint list --as no@x.vn", "", "no account `no@x.vn`"),
        ("user reset --email no@x.vn", "", "no account `no@x.vn`"),
        ("token create --user no@x.vn", "", "no account `no@x.vn`"),
        ("complaint list --department foo", "", "--department: there is no department `foo`: "),
        ("complaint list --state foo", "", "--state: choose from the list: open, all, "),
    ];
    for (line, input, words) in rows {
        let ran = verb(at, line, input);
        assert!(ran.code == 1 && ran.err.contains(words), "{line}: {ran:?}");
    }
    let line = format!("complaint run {reference} - --as ha@x.vn");
    let rows = [
        (r#"{"command":"nonsense"}"#, "no command `nonsense`"),
        (r#"{"command":"notes","body":[]}"#, "error: body: `body` must be an object"),
        (r#"{"command":"notes"}"#, "error: /text: fill this in"),
    ];
    for (order, words) in rows {
        let ran = verb(at, &line, order);
        assert!(ran.code == 1 && ran.err.contains(words), "{order}: {ran:?}");
    }
}

#[test]
fn a_flag_is_named_once_and_a_bad_password_makes_no_account() {
    let (folder, _) = house();
    let ran = verb(folder.path(), "user add --name A --email new@x.vn --role department", "");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (1, "error: --department: fill this in: care, technical\n")
    );
    let line = "user add --name A --email new@x.vn --role care --password-stdin";
    let ran = verb(folder.path(), line, "short\n");
    assert!(ran.code == 1 && ran.err.starts_with("error: --password-stdin: "), "{ran:?}");
    assert!(!verb(folder.path(), "user list", "").out.contains("new@x.vn"));
}

#[test]
fn links_lead_to_where_the_folder_was_served_last() {
    let (folder, _) = house();
    std::fs::write(folder.path().join("data/public-url"), "https://kn.example.vn").expect("kept");
    let ran = verb(folder.path(), "user reset --email ha@x.vn", "");
    assert!(ran.out.contains("https://kn.example.vn/"), "{ran:?}");
}

#[test]
fn a_taken_port_says_how_to_choose_another() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let ran = run(&["serve", "--data", "data", "--listen", &address]);
    assert!(ran.code == 3 && ran.err.contains("--listen"), "{ran:?}");
}

#[test]
fn the_commands_list_themselves_with_their_fields() {
    let ran = run(&["complaint", "commands"]);
    assert!(ran.code == 0 && ran.out.contains("handover"), "{ran:?}");
    let ran = run(&["complaint", "commands", "findings"]);
    for words in ["side", "needed", "one of ", "an instant"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let listed = run(&["complaint", "commands", "--json"]).json();
    assert!(listed.as_array().is_some_and(|all| all.len() > 20));
    let handover = run(&["complaint", "commands", "handover"]).out;
    assert!(handover.contains("(director, care; of these whom `handover.by` lets)"), "{handover}");
    let specs = listed.as_array().into_iter().flatten();
    let narrowed = specs.filter(|spec| spec["shapes"][0]["narrowed_by"] == "handover.by");
    assert_eq!(narrowed.count(), 1);
    let ran = run(&["complaint", "commands", "nonsense"]);
    assert!(ran.code == 1 && ran.err.contains("handover"), "{ran:?}");
}

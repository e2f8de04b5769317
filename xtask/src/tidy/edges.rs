//! Which crate may depend on which: the written list of `ARCHITECTURE.md`, "Direction".

use serde_json::Value;

/// A crate of ours and the crates of ours it may use. Tests may use `redress-testkit` besides.
#[rustfmt::skip]
const EDGES: &[(&str, &[&str])] = &[
    ("redress", &["redress-web", "redress-app", "redress-store", "redress-channels", "redress-text", "redress-core", "redress-calendar", "redress-proof"]),
    ("redress-web", &["redress-app", "redress-text", "redress-core"]),
    ("redress-app", &["redress-store", "redress-channels", "redress-text", "redress-core", "redress-proof"]),
    ("redress-store", &["redress-core", "redress-proof"]),
    ("redress-channels", &["redress-core"]),
    ("redress-text", &["redress-core", "redress-calendar"]),
    ("redress-core", &["redress-calendar"]),
    ("redress-calendar", &[]),
    ("redress-proof", &[]),
    ("redress-testkit", &["redress-app", "redress-store", "redress-channels", "redress-text", "redress-core", "redress-calendar", "redress-proof"]),
    ("xtask", &[]),
];

/// Packages of others that stand for a duty of one crate: nobody else may use them, except in tests.
#[rustfmt::skip]
const HOMES: &[(&str, &[&str])] = &[
    ("anyhow", &["redress", "xtask"]),
    ("askama", &["redress-web"]),
    ("axum", &["redress-web", "redress"]),
    ("clap", &["redress"]),
    ("getrandom", &["redress"]),
    ("lettre", &["redress-channels"]),
    ("minijinja", &["redress-app"]),
    ("rusqlite", &["redress-store"]),
    ("tokio", &["redress", "redress-web", "redress-app", "redress-store", "redress-channels", "redress-testkit"]),
    ("tokio-postgres", &["redress-store"]),
];

const TESTKIT: &str = "redress-testkit";

/// Checks every dependency of every crate of the workspace against the two lists.
pub(super) fn check(metadata: &Value, found: &mut Vec<String>) {
    for package in metadata["packages"].as_array().into_iter().flatten() {
        if !package["source"].is_null() {
            continue;
        }
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = EDGES.iter().find(|(from, _)| *from == name) else {
            found.push(format!("xtask/src/tidy/edges.rs: crate `{name}` has no row in EDGES"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            let in_tests = dependency["kind"] == "dev";
            if let Some(reason) = objection(name, allowed, to, in_tests) {
                found.push(format!("crates: `{name}` must not depend on `{to}`: {reason}"));
            }
        }
    }
}

fn objection(name: &str, allowed: &[&str], to: &str, in_tests: bool) -> Option<&'static str> {
    if in_tests && to == TESTKIT {
        return None;
    }
    if to == "redress" || to.starts_with("redress-") {
        return (!allowed.contains(&to)).then_some("the direction is written in ARCHITECTURE.md");
    }
    let (_, homes) = HOMES.iter().find(|(home_of, _)| *home_of == to)?;
    (!in_tests && !homes.contains(&name)).then_some("it has another home, see HOMES in edges.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_uses_only_what_its_row_allows() {
        for (from, to, in_tests, good) in [
            ("redress-web", "redress-app", false, true),
            ("redress-web", "redress-store", false, false),
            ("redress-web", "redress-testkit", false, false),
            ("redress-web", "redress-testkit", true, true),
            ("redress-web", "redress-store", true, false),
            ("redress-core", "tokio", false, false),
            ("redress-store", "rusqlite", false, true),
            ("redress-app", "rusqlite", false, false),
            ("redress-core", "serde", false, true),
        ] {
            let (_, allowed) = EDGES.iter().find(|(name, _)| *name == from).expect("has a row");
            let told = objection(from, allowed, to, in_tests);
            assert_eq!(told.is_none(), good, "{from} -> {to}: {told:?}");
        }
    }
}

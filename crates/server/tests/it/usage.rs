//! Wrong usage, help and version.

use crate::kit::run_line;

#[test]
fn wrong_usage_exits_2_and_speaks_on_standard_error() {
    let lines = [
        "",
        "nonsense",
        "policy",
        "policy check",
        "deadline --promise resolution",
        "calendar days --calendar vn --from yesterday --to 2026-01-02",
        "policy show . --lang fr",
        "serve --nonsense",
    ];
    for line in lines {
        let ran = run_line(line);
        assert_eq!(ran.code, 2, "{line}: {ran:?}");
        assert_eq!(ran.out, "", "{line}");
        assert!(!ran.err.is_empty(), "{line}");
    }
}

#[test]
fn wrong_usage_with_json_is_an_error_object() {
    let ran = run_line("policy chek --json");
    assert_eq!((ran.code, ran.error_kind().as_str()), (2, "usage"));
}

#[test]
fn help_and_version_are_answers() {
    for line in ["--help", "policy --help", "--version", "help"] {
        let ran = run_line(line);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
        assert!(!ran.out.is_empty(), "{line}");
    }
}

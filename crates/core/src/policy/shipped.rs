//! The shipped pack, built into the program: the list of its files.
//! Must not be read from disk; `policies/alphatech` is its one source.

use super::{Pack, PackFiles, parse_stored};

macro_rules! files {
    ($($path:literal,)+) => {
        &[$(($path, include_bytes!(concat!("../../../../policies/alphatech/", $path)))),+]
    };
}

/// Every file of `policies/alphatech`; a test compares this list with the folder.
const FILES: &[(&str, &[u8])] = files![
    "README.md",
    "calendar/vn.csv",
    "categories.csv",
    "messages/README.md",
    "messages/closed/en.txt",
    "messages/closed/lo.txt",
    "messages/closed/vi.txt",
    "messages/date-moved/en.txt",
    "messages/date-moved/lo.txt",
    "messages/date-moved/vi.txt",
    "messages/date-moved-notice/en.txt",
    "messages/date-moved-notice/lo.txt",
    "messages/date-moved-notice/vi.txt",
    "messages/director-notice/en.txt",
    "messages/director-notice/lo.txt",
    "messages/director-notice/vi.txt",
    "messages/duty/en.txt",
    "messages/duty/lo.txt",
    "messages/duty/vi.txt",
    "messages/evidence-request/en.txt",
    "messages/evidence-request/lo.txt",
    "messages/evidence-request/vi.txt",
    "messages/message/en.txt",
    "messages/message/lo.txt",
    "messages/message/vi.txt",
    "messages/new-round/en.txt",
    "messages/new-round/lo.txt",
    "messages/new-round/vi.txt",
    "messages/receipt-unverified/en.txt",
    "messages/receipt-unverified/lo.txt",
    "messages/receipt-unverified/vi.txt",
    "messages/response/en.txt",
    "messages/response/lo.txt",
    "messages/response/vi.txt",
    "messages/warning/en.txt",
    "messages/warning/lo.txt",
    "messages/warning/vi.txt",
    "offices.csv",
    "policy.toml",
    "tests/deadlines.toml",
    "tests/process.toml",
    "text/en.toml",
    "text/lo.toml",
    "text/vi.toml",
];

/// The files of the shipped pack.
pub fn shipped_files() -> PackFiles {
    FILES.iter().map(|(path, bytes)| (*path, *bytes)).collect()
}

/// The shipped pack, `alphatech`.
///
/// # Panics
///
/// Never: a test checks the embedded files.
pub fn shipped() -> Pack {
    parse_stored(&shipped_files()).expect("a test checks the shipped pack")
}

//! Everything that a pack does as one text, to compare two packs with.
//! Must not be shown to people; it is for tests and for `policy simulate`.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{Pack, deadline, show, to_html, to_markdown, ways_back};
use crate::kinds::{ChannelKind, Lang};

/// Receipts whose deadlines are compared: an ordinary day, before a weekend, before Tết, at the
/// edge of a day, in the lunch break, on a swapped Saturday.
const RECEIPTS: [&str; 6] = [
    "2026-11-24T09:00:00+07:00",
    "2026-04-24T16:30:00+07:00",
    "2026-02-13T16:00:00+07:00",
    "2026-06-10T23:59:59+07:00",
    "2026-07-07T12:30:00+07:00",
    "2026-08-22T10:00:00+07:00",
];

/// The page, the routes, deadlines of a few receipts, ways back and facts of the form, as text.
/// Two packs with the same projection behave and look the same. Leaves the digest out.
pub fn projection(pack: &Pack, lang: Lang) -> String {
    const WRITES: &str = "writing to a string does not fail";
    let policy = &pack.policy;
    let mut out = String::new();
    match show(pack, lang) {
        Ok(page) => {
            let page = format!("{}{}", to_markdown(&page), to_html(&page));
            out.push_str(&page.replace(&policy.digest, ""));
        }
        Err(error) => writeln!(out, "page: {error}").expect(WRITES),
    }
    for rule in &policy.promises {
        for round in &rule.rounds {
            for receipt in RECEIPTS {
                let Ok(at) = receipt.parse::<Timestamp>() else { continue };
                let due = match deadline(policy, &rule.id, *round, at) {
                    Ok(due) => format!("{} {}", due.at, due.due_on),
                    Err(error) => error.to_string(),
                };
                writeln!(out, "deadline {} {round} {receipt} {due}", rule.id).expect(WRITES);
            }
        }
    }
    for route in &policy.handover.routes {
        writeln!(out, "route {} {} {:?}", route.about, route.to, route.join).expect(WRITES);
    }
    for rule in &policy.channels {
        for wish in [None, Some(ChannelKind::Email), Some(ChannelKind::Visit)] {
            writeln!(out, "back {} {wish:?} {:?}", rule.kind, ways_back(rule, wish)).expect(WRITES);
        }
    }
    let form = (&policy.categories, &policy.who, &policy.limits, &policy.languages);
    writeln!(out, "form {form:?}\nrefusal {:?}", policy.refusal).expect(WRITES);
    out
}

//! Calendar entries for undertakings (RFC 5545, RFC 5546). Must not know of complaints: it writes
//! what it is given, and escapes all of it.
//!
//! Instants are written in UTC: an undertaking is one moment and never recurs, so that no rule of
//! a zone has to travel with it.

use jiff::{Timestamp, tz::TimeZone};

/// Longest line in octets, without its end (RFC 5545 §3.1).
const LINE_OCTETS_MAX: usize = 75;

/// What an entry asks of whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// To be kept by whoever likes to: a download.
    Publish,
    /// An invitation, or its update.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it asks.
    pub(crate) method: Method,
    /// The same for ever, so that an update replaces the entry.
    pub(crate) uid: String,
    /// Rises with every change.
    pub(crate) sequence: usize,
    /// When it was last changed.
    pub(crate) changed_at: Timestamp,
    /// When it takes place, or is due.
    pub(crate) at: Timestamp,
    /// One line.
    pub(crate) summary: String,
    /// Several lines.
    pub(crate) description: String,
    /// Where to read more, for those who may.
    pub(crate) url: Option<String>,
    /// Name and address of whom it comes from, an address being a URI.
    pub(crate) organizer: (String, String),
    /// Whom it is for: a mail address.
    pub(crate) attendee: Option<String>,
}

impl Entry {
    /// The file, `text/calendar; charset=utf-8`.
    pub(crate) fn write(&self) -> String {
        let mut lines = Lines::default();
        let cancelled = self.method == Method::Cancel;
        lines.plain("BEGIN", "VCALENDAR");
        lines.plain("VERSION", "2.0");
        lines.plain("PRODID", "-//Redress//Undertakings//EN");
        lines.plain("CALSCALE", "GREGORIAN");
        lines.plain("METHOD", self.method.as_str());
        lines.plain("BEGIN", "VEVENT");
        lines.text("UID", &self.uid);
        lines.plain("SEQUENCE", &self.sequence.to_string());
        lines.plain("DTSTAMP", &utc(self.changed_at));
        lines.plain("DTSTART", &utc(self.at));
        lines.plain("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" });
        lines.text("SUMMARY", &self.summary);
        lines.text("DESCRIPTION", &self.description);
        if let Some(url) = &self.url {
            lines.plain("URL", &uri(url));
        }
        let (name, address) = &self.organizer;
        lines.plain(&format!("ORGANIZER;CN={}", parameter(name)), &uri(address));
        if let Some(attendee) = &self.attendee {
            let address = uri(&format!("mailto:{attendee}"));
            lines.plain("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", &address);
        }
        lines.plain("TRANSP", "OPAQUE");
        lines.plain("END", "VEVENT");
        lines.plain("END", "VCALENDAR");
        lines.0
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line whose value needs no escaping, folded.
    fn plain(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if octets + letter.len_utf8() > LINE_OCTETS_MAX {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(letter);
            octets += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A line of words.
    fn text(&mut self, name: &str, value: &str) {
        self.plain(name, &escaped(value));
    }
}

/// TEXT of RFC 5545 §3.3.11: no control character but the escaped end of a line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// A parameter value in quotes, which no quote and no control character may end.
fn parameter(text: &str) -> String {
    let clean: String =
        text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect();
    format!("\"{clean}\"")
}

/// A URI on one line.
fn uri(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect()
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            method: Method::Request,
            uid: "0190-und_1@kn.example.vn".to_owned(),
            sequence: 2,
            changed_at: "2026-11-23T02:10:00Z".parse().expect("an instant"),
            at: "2026-11-24T07:00:00Z".parse().expect("an instant"),
            summary: "KN-26-000384-KB: đo lại; tầng 4, cửa\\khung".to_owned(),
            description: "Dòng một\nDòng hai\r\nBEGIN:VALARM".to_owned(),
            url: Some("https://kn.example.vn/desk/complaints/KN-26-000384-KB".to_owned()),
            organizer: ("Alphatech \"Việt Nam\"\r\nX:1".to_owned(), "mailto:cskh@x.vn".to_owned()),
            attendee: Some("tung@x.vn\r\nX-EVIL:1".to_owned()),
        }
    }

    /// What another program reads: unfolded, names and values apart.
    fn read(file: &str) -> Vec<(String, String)> {
        let unfolded = file.replace("\r\n ", "");
        let lines = unfolded.split_terminator("\r\n");
        lines
            .map(|line| {
                let (name, value) = line.split_once(':').expect("a name and a value");
                (name.to_owned(), value.to_owned())
            })
            .collect()
    }

    #[test]
    fn lines_are_folded_at_seventy_five_octets_between_letters() {
        let mut entry = entry();
        entry.summary = "ຂໍ້ຮ້ອງທຸກ ".repeat(40);
        let file = entry.write();
        assert!(file.split("\r\n").all(|line| line.len() <= LINE_OCTETS_MAX), "{file}");
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "no bare ends of lines");
        let summary = read(&file).into_iter().find(|(name, _)| name == "SUMMARY");
        assert_eq!(summary.map(|(_, value)| value), Some(entry.summary));
    }

    #[test]
    fn what_people_write_stays_inside_its_value() {
        let file = entry().write();
        let lines = read(&file);
        let of = |name: &str| {
            let mut found = lines.iter().filter(|(known, _)| known == name);
            found.next().map(|(_, value)| value.as_str())
        };
        assert_eq!(of("SUMMARY"), Some("KN-26-000384-KB: đo lại\\; tầng 4\\, cửa\\\\khung"));
        assert_eq!(of("DESCRIPTION"), Some("Dòng một\\nDòng hai\\nBEGIN:VALARM"));
        assert_eq!(of("DTSTART"), Some("20261124T070000Z"));
        let begins = lines.iter().filter(|(name, _)| name == "BEGIN").count();
        assert_eq!(begins, 2, "{file}");
        assert!(!lines.iter().any(|(name, _)| name.starts_with('X')), "{file}");
    }

    #[test]
    fn a_cancelled_entry_says_so_twice() {
        let mut entry = entry();
        entry.method = Method::Cancel;
        let lines = read(&entry.write());
        let has = |name: &str, value: &str| lines.iter().any(|(n, v)| n == name && v == value);
        assert!(has("METHOD", "CANCEL") && has("STATUS", "CANCELLED") && has("SEQUENCE", "2"));
    }

    /// What another program reads, as its library understands it.
    fn read_by_another(file: &str) -> serde_json::Value {
        use std::{io::Write as _, path::Path, process};
        let venv = std::env::var_os("REDRESS_TEST_VENV").expect(
            "REDRESS_TEST_VENV is not set: run `cargo xtask test`, which sets up the Python \
             packages of the tests and passes their place on",
        );
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendar/read.py");
        let mut reader = process::Command::new(Path::new(&venv).join("bin/python"))
            .arg(script)
            .stdin(process::Stdio::piped())
            .stdout(process::Stdio::piped())
            .spawn()
            .expect("Python of REDRESS_TEST_VENV starts");
        let mut into = reader.stdin.take().expect("is piped");
        into.write_all(file.as_bytes()).expect("it reads");
        drop(into);
        let answer = reader.wait_with_output().expect("it ends");
        assert!(answer.status.success(), "{file}");
        serde_json::from_slice(&answer.stdout).expect("is JSON")
    }

    #[test]
    fn another_program_reads_what_was_meant_and_nothing_more() {
        let mut entry = entry();
        entry.description.push_str(&"\nຂໍ້ຮ້ອງທຸກ, ".repeat(20));
        let read = read_by_another(&entry.write());
        assert_eq!(read["method"], "REQUEST");
        assert_eq!(read["uid"], *entry.uid);
        assert_eq!(read["sequence"], 2);
        assert_eq!(read["at"], "2026-11-24T07:00:00+00:00");
        assert_eq!(read["changed_at"], "2026-11-23T02:10:00+00:00");
        assert_eq!(read["summary"], *entry.summary);
        assert_eq!(read["description"], entry.description.replace("\r\n", "\n"));
        assert_eq!(read["organizer"], "mailto:cskh@x.vn");
        assert!(read["attendee"].as_str().is_some_and(|to| to.starts_with("mailto:tung@x.vn")));
        let known = read["properties"].as_array().expect("a list").iter();
        assert!(!known.into_iter().any(|name| name.as_str().is_some_and(|n| n.starts_with('X'))));
    }
}

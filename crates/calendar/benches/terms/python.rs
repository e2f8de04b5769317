//! The same question put to Python's libraries. Must not need Python: without it there is no
//! comparison, and that is said.

use std::io::Write as _;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use redress_calendar::{Calendar, DayKind};

/// What one library took, and what it answered.
pub(crate) struct Library {
    pub(crate) name: String,
    pub(crate) nanos: f64,
    /// Empty where the library was asked something else, told only for comparison.
    pub(crate) last_days: Vec<String>,
}

/// Runs every library that is installed.
pub(crate) fn measure(calendar: &Calendar, receipts: &[Timestamp]) -> Result<Vec<Library>, String> {
    let mut child = Command::new("python3")
        .args(["-c", include_str!("libraries.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("python3 does not start: {error}"))?;
    let question = question(calendar, receipts);
    let mut stdin = child.stdin.take().ok_or("python3 has no input")?;
    // It reads everything before it writes anything, so neither side can wait for the other.
    stdin.write_all(question.as_bytes()).map_err(|error| error.to_string())?;
    drop(stdin);
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    String::from_utf8_lossy(&output.stdout).lines().map(read).collect()
}

fn question(calendar: &Calendar, receipts: &[Timestamp]) -> String {
    let (from, until) = calendar.covers();
    let days = calendar.days(from, until).expect("covered");
    let off = days.iter().filter(|day| !day.working && day.kind != DayKind::WeeklyRest);
    let list = |dates: Vec<String>| format!("[\"{}\"]", dates.join("\",\""));
    let holidays = list(off.map(|day| day.date.to_string()).collect());
    let received = list(receipts.iter().map(|at| calendar.local_date(*at).to_string()).collect());
    format!("{{\"holidays\":{holidays},\"received\":{received}}}")
}

/// Reads `["name", 123.4, ["2026-01-01", …]]`.
fn read(line: &str) -> Result<Library, String> {
    let wrong = || format!("python3 answered {line}");
    let inner = line.strip_prefix("[\"").and_then(|rest| rest.strip_suffix("]]"));
    let (name, rest) = inner.and_then(|rest| rest.split_once("\", ")).ok_or_else(wrong)?;
    let (nanos, days) = rest.split_once(", [").ok_or_else(wrong)?;
    let days = days.trim_matches('"');
    Ok(Library {
        name: name.to_owned(),
        nanos: nanos.parse().map_err(|_| wrong())?,
        last_days: days.split("\", \"").filter(|day| !day.is_empty()).map(str::to_owned).collect(),
    })
}

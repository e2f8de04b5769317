//! The pack's own tests: rows of `tests/*.toml` that say what the policy must do.
//! Must not read a disk; the rows are files of the pack.

use jiff::{Timestamp, civil::Date};

use super::{
    Pack, deadline,
    files::PackFiles,
    problem::Problem,
    reader::{Reader, Table},
    ways_back,
};
use crate::kinds::{About, ChannelKind};

/// What came of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestOutcome {
    /// File of the row, `tests/deadlines.toml`.
    pub file: String,
    /// Line of the row, from 1.
    pub line: usize,
    /// What the row asks, `resolution 2 from 2026-02-13T16:00:00+07:00`.
    pub name: String,
    /// What differed; `None` is passed.
    pub failure: Option<String>,
}

impl TestOutcome {
    /// Whether the row holds.
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }
}

/// Runs every row of `tests/*.toml` in `files` against `pack`; a row that cannot be read fails.
pub fn run_tests(pack: &Pack, files: &PackFiles) -> Vec<TestOutcome> {
    let mut outcomes = Vec::new();
    let tests = files.iter().filter(|(path, _)| {
        let name = path.strip_prefix("tests/");
        name.is_some_and(|name| name.strip_suffix(".toml").is_some())
    });
    for (path, _) in tests {
        match files.text(path) {
            Some(source) => one_file(pack, path, source, &mut outcomes),
            None => outcomes.push(TestOutcome {
                file: path.to_owned(),
                line: 1,
                name: path.to_owned(),
                failure: Some("the file is not UTF-8".to_owned()),
            }),
        }
    }
    outcomes
}

fn one_file(pack: &Pack, path: &str, source: &str, outcomes: &mut Vec<TestOutcome>) {
    let reader = Reader::new(path, source);
    {
        let document = reader.document();
        let root = Table::root(&reader, &document);
        let kinds: [(&str, Ask); 4] = [
            ("deadline", deadline_row),
            ("route", route_row),
            ("refusal", refusal_row),
            ("answer", answer_row),
        ];
        for (key, ask) in kinds {
            let rows = root.get(key).and_then(|node| node.list()).unwrap_or_default();
            for row in rows {
                let Some(table) = row.table() else { continue };
                if let Some((name, failure)) = ask(pack, &table) {
                    let (line, _) = super::problem::position(source, row.at());
                    outcomes.push(TestOutcome { file: path.to_owned(), line, name, failure });
                }
                table.finish();
            }
        }
        root.finish();
    }
    outcomes.extend(reader.into_problems().errors.into_iter().map(
        |Problem { file, line, message, .. }| TestOutcome {
            file,
            line,
            name: "reading the row".to_owned(),
            failure: Some(message),
        },
    ));
}

/// Asks one row; its name and what differed, or `None` when the row cannot be read.
type Ask = fn(&Pack, &Table<'_, '_>) -> Option<(String, Option<String>)>;

/// Says how `found` differs from `wanted`.
fn differs<T: PartialEq + std::fmt::Debug>(what: &str, wanted: &T, found: &T) -> Option<String> {
    (wanted != found).then(|| format!("{what}: wanted {wanted:?}, found {found:?}"))
}

/// `{ promise, round, received, due, due_on }`; round is 1 when it is left out.
fn deadline_row(pack: &Pack, row: &Table<'_, '_>) -> Option<(String, Option<String>)> {
    let promise = row.need("promise").and_then(|node| node.filled());
    let round = row.get("round").map_or(Some(1), |node| node.number((1, 9)));
    let received = row.need("received").and_then(|n| n.date::<Timestamp>("an instant"));
    let due = row.get("due").map(|node| node.date::<Timestamp>("an instant"));
    let due_on = row.get("due_on").map(|node| node.date::<Date>("a date"));
    let (promise, round, received) = (promise?, round?, received?);
    let zone = pack.policy.calendar.zone();
    let shown = |at: Timestamp| at.display_with_offset(zone.to_offset(at)).to_string();
    let name = format!("{promise} {round} from {}", shown(received));
    let found = match deadline(&pack.policy, &promise, round, received) {
        Ok(found) => found,
        Err(error) => return Some((name, Some(error.to_string()))),
    };
    let due = due.flatten().filter(|due| *due != found.at);
    let at = due.map(|due| format!("due: wanted {}, found {}", shown(due), shown(found.at)));
    let on = due_on.flatten().and_then(|due_on| differs("due_on", &due_on, &found.due_on));
    Some((name, at.or(on)))
}

/// `{ about, to, join }`; `join` is empty when it is left out.
fn route_row(pack: &Pack, row: &Table<'_, '_>) -> Option<(String, Option<String>)> {
    let about = row.need("about").and_then(|node| node.parse::<About>());
    let to = row.need("to").and_then(|node| node.filled());
    let join =
        row.get("join").map_or(Some(Vec::new()), |node| node.each(super::reader::Node::filled));
    let (about, to, join) = (about?, to?, join?);
    let route = pack.policy.route(about);
    let found_join: Vec<String> = route.join.iter().map(ToString::to_string).collect();
    let failure = differs("to", &to, &route.to.to_string());
    Some((format!("route {about}"), failure.or_else(|| differs("join", &join, &found_join))))
}

/// `{ ground, needs }`; needs are `ask-first`, `wait PT24H` and `who-can-help`, in this order.
fn refusal_row(pack: &Pack, row: &Table<'_, '_>) -> Option<(String, Option<String>)> {
    let id = row.need("ground").and_then(|node| node.filled());
    let needs = row.need("needs").and_then(|node| node.each(super::reader::Node::filled));
    let (id, needs) = (id?, needs?);
    let name = format!("refusal {id}");
    let Some(ground) = pack.policy.refusal.grounds.iter().find(|ground| ground.id == id) else {
        return Some((name, Some("the policy has no such ground".to_owned())));
    };
    let mut found = Vec::new();
    if ground.ask_first {
        found.push("ask-first".to_owned());
    }
    found.extend(ground.wait.map(|wait| format!("wait {wait}")));
    if ground.must_name_who_can_help {
        found.push("who-can-help".to_owned());
    }
    Some((name, differs("needs", &needs, &found)))
}

/// `{ channel, wish, back }`; without `wish` the person asked for nothing.
fn answer_row(pack: &Pack, row: &Table<'_, '_>) -> Option<(String, Option<String>)> {
    let channel = row.need("channel").and_then(|node| node.parse::<ChannelKind>());
    let wish = row.get("wish").map_or(Some(None), |n| n.parse::<ChannelKind>().map(Some));
    let back =
        row.need("back").and_then(|node| node.each(super::reader::Node::parse::<ChannelKind>));
    let (channel, wish, back) = (channel?, wish?, back?);
    let name = format!("answer to {channel}");
    let Some(rule) = pack.policy.channel(channel) else {
        return Some((name, Some("the policy has no such channel".to_owned())));
    };
    Some((name, differs("back", &back, &ways_back(rule, wish))))
}

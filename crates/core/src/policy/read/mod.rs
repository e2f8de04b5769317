//! Reads `policy.toml` and its tables into a [`Policy`]; each part in a file of its own.
//! Must not check one part against another (that is `check`), nor read texts for people.

mod calendar;
mod company;
mod process;
mod promises;
mod sentences;
mod tables;

use redress_calendar::Amount;

pub(super) use calendar::with_holidays;
pub(super) use sentences::section_of;

use super::{
    files::PackFiles,
    model::Policy,
    problem::Problems,
    reader::{Node, Reader, Table},
};
use crate::kinds::{DepartmentId, Lang};

/// Reads the whole of `policy.toml`; `None` when a part could not be read.
pub(super) fn policy(
    reader: &Reader<'_>,
    files: &PackFiles,
    tables: &mut Problems,
) -> Option<Policy> {
    let document = reader.document();
    let root = Table::root(reader, &document);
    if let Some(format) = root.need("format") {
        format.number::<u8>((1, 1));
    }
    let id = root.need("id").and_then(|node| name(&node));
    let version = root.need("version").and_then(|node| node.number((1, i64::from(u32::MAX))));
    let in_force = in_force(&root);
    let languages = root.need("languages").and_then(|node| languages(&node));
    let prefix = root.need("prefix").and_then(|node| prefix(&node));
    let privacy_notice = privacy_notice(&root);
    let categories = tables::categories(&root, files, tables);
    let offices = tables::offices(&root, files, tables);
    let other_policies = company::other_policies(&root);
    let notices = company::notices(&root);
    let pause = company::pause(&root);
    let safety = company::safety(&root);
    let archive = company::archive(&root);
    let company = company::company(&root);
    let calendar = calendar::calendar(&root, files, tables);
    let departments = process::departments(&root);
    let channels = process::channels(&root);
    let who = process::who(&root);
    let handover = process::handover(&root);
    let promises = promises::promises(&root);
    let decision = process::decision(&root);
    let refusal = process::refusal(&root);
    let rounds = promises::rounds(&root);
    let limits = company::limits(&root);
    let sentences = sentences::sentences(&root);
    root.finish();
    let calendar = calendar?;
    Some(Policy {
        id: id?,
        version: version?,
        digest: files.digest(),
        in_force: in_force?,
        languages: languages?,
        prefix: prefix?,
        privacy_notice: privacy_notice?,
        categories: categories?,
        offices: offices?,
        other_policies: other_policies?,
        notices: notices?,
        pause: pause?,
        safety: safety?,
        archive: archive?,
        company: company?,
        calendar: calendar.calendar,
        week: calendar.week,
        holidays: calendar.holidays,
        moves: calendar.moves,
        departments: departments?,
        channels: channels?,
        who: who?,
        handover: handover?,
        promises: promises?,
        decision: decision?,
        refusal: refusal?,
        rounds: rounds?,
        limits: limits?,
        sentences: sentences?,
    })
}

fn in_force(root: &Table<'_, '_>) -> Option<jiff::Timestamp> {
    let form = "an instant such as 2026-01-01T00:00:00+07:00";
    root.need("in_force").and_then(|node| node.date(form))
}

fn privacy_notice(root: &Table<'_, '_>) -> Option<jiff::civil::Date> {
    root.need("privacy_notice").and_then(|node| node.date("a date such as 2026-01-01"))
}

/// The name of a pack, promise, ground or sentence: lower-case letters, digits, dashes.
fn name(node: &Node<'_, '_>) -> Option<String> {
    let text = node.filled()?;
    if DepartmentId::parse(&text).is_none() {
        node.problem(format!(
            "`{}`: `{text}` must be lower-case letters, digits and dashes, at most {}",
            node.path,
            DepartmentId::BYTES_MAX
        ));
        return None;
    }
    Some(text)
}

fn department_id(node: &Node<'_, '_>) -> Option<DepartmentId> {
    name(node).and_then(|id| DepartmentId::parse(&id))
}

fn languages(node: &Node<'_, '_>) -> Option<Vec<Lang>> {
    let languages: Vec<Lang> = node.each(Node::parse)?;
    not_empty(node, &languages)?;
    distinct(node, &languages)?;
    Some(languages)
}

fn prefix(node: &Node<'_, '_>) -> Option<String> {
    let prefix = node.filled()?;
    let good = (1..=8).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase());
    if !good {
        node.problem("`prefix` must be one to eight capital letters A to Z".to_owned());
    }
    good.then_some(prefix)
}

/// An amount of time that lies in the future.
fn amount(node: &Node<'_, '_>) -> Option<Amount> {
    let text = node.text()?;
    let amount: Option<Amount> = text.parse().ok();
    if !amount.is_some_and(|amount| amount.is_positive()) {
        let message = format!(
            "`{}`: `{text}` is not an amount of time such as PT3H, \"PT3H working\", 3d, \"3d roll\" or 7wd",
            node.path
        );
        node.problem_or_hint(message, meant(text).map(|meant| format!("write `\"{meant}\"`")));
        return None;
    }
    amount
}

/// The amount that people mean by `5 working days` or `3 hours`.
fn meant(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number: u32 = text.strip_suffix(unit)?.parse().ok().filter(|number| *number > 0)?;
    match unit.trim().trim_end_matches('s').split_whitespace().collect::<Vec<_>>()[..] {
        ["wd" | "workday"] | ["working" | "business", "day"] => Some(format!("{number}wd")),
        ["d" | "day"] | ["calendar", "day"] => Some(format!("{number}d")),
        ["week"] => Some(format!("{}d", number.checked_mul(7)?)),
        ["h" | "hour"] => Some(format!("PT{number}H")),
        ["working" | "business", "hour"] => Some(format!("PT{number}H working")),
        ["minute" | "min"] => Some(format!("PT{number}M")),
        [..] => None,
    }
}

fn not_empty<T>(node: &Node<'_, '_>, items: &[T]) -> Option<()> {
    if items.is_empty() {
        node.problem(format!("`{}` is empty", node.path));
        return None;
    }
    Some(())
}

fn distinct<T: PartialEq>(node: &Node<'_, '_>, items: &[T]) -> Option<()> {
    let twice =
        items.iter().enumerate().any(|(nth, item)| items.iter().skip(nth + 1).any(|b| b == item));
    if twice {
        node.problem(format!("`{}` names something twice", node.path));
        return None;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_for_an_amount_is_understood_and_is_one() {
        for (text, wanted) in [
            ("5 working days", Some("5wd")),
            ("1 day", Some("1d")),
            ("2 weeks", Some("14d")),
            ("3 hours", Some("PT3H")),
            ("3 Working Hours", Some("PT3H working")),
            ("7 wd", Some("7wd")),
            ("0 days", None),
            ("soon", None),
            ("", None),
        ] {
            let found = meant(text);
            assert_eq!(found.as_deref(), wanted, "{text}");
            assert!(found.is_none_or(|found| found.parse::<Amount>().is_ok()), "{text}");
        }
    }
}

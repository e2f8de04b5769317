//! Reads the smaller parts: company, notices, pause, safety, archive, limits, other policies.
//! Must not check one part against another.

use super::super::{
    model::{ArchiveRule, Company, Limits, Notices, OtherPolicy, PauseRule, SafetyRule, WarnTo},
    reader::{Node, Table},
};
use super::{distinct, name, not_empty};
use crate::{complaint::vocabulary::PauseCategory, kinds::Lang};

pub(super) const WARN_TO: &[(&str, WarnTo)] = &[
    ("duty", WarnTo::Duty),
    ("holder", WarnTo::Holder),
    ("head", WarnTo::Head),
    ("deputy", WarnTo::Deputy),
    ("director", WarnTo::Director),
];

pub(super) fn company(root: &Table<'_, '_>) -> Option<Company> {
    let table = root.need("company")?.table()?;
    let name = table.need("name").and_then(|node| node.filled());
    let site = table.need("site").and_then(|node| site(&node));
    let hotline = table.need("hotline").and_then(|node| telephone(&node));
    table.finish();
    Some(Company { name: name?, site: site?, hotline: hotline? })
}

fn site(node: &Node<'_, '_>) -> Option<String> {
    let site = node.filled()?;
    let good = site.contains('.')
        && site.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && !site.starts_with(['.', '-'])
        && !site.ends_with(['.', '-']);
    if !good {
        node.problem(format!("`{}` must be a host name such as example.vn", node.path));
    }
    good.then_some(site)
}

/// A telephone number in E.164.
pub(super) fn telephone(node: &Node<'_, '_>) -> Option<String> {
    let number = node.filled()?;
    let digits = number.strip_prefix('+').unwrap_or("");
    let good = (7..=15).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    if !good {
        node.problem(format!(
            "`{}`: `{number}` must be a telephone number such as +84933269898",
            node.path
        ));
    }
    good.then_some(number)
}

pub(super) fn notices(root: &Table<'_, '_>) -> Option<Notices> {
    let table = root.need("notices")?.table()?;
    let join = table.need("join").and_then(|n| n.word(&[("suggest", true), ("never", false)]));
    let ask = table.need("ask_again").and_then(|n| n.word(&[("refuse", true), ("allow", false)]));
    table.finish();
    Some(Notices { suggest_joining: join?, refuse_asking_again: ask? })
}

pub(super) fn pause(root: &Table<'_, '_>) -> Option<PauseRule> {
    let table = root.need("pause")?.table()?;
    let allowed = table.need("allowed").and_then(|node| node.flag());
    let words: Vec<(&str, PauseCategory)> =
        PauseCategory::ALL.iter().map(|word| (word.as_str(), *word)).collect();
    let categories =
        table.get("categories").map_or(Some(vec![PauseCategory::WaitingForComplainant]), |node| {
            let categories = node.each(|node| node.word(&words))?;
            not_empty(&node, &categories)?;
            distinct(&node, &categories)?;
            Some(categories)
        });
    let promises = table.get("promises").map_or(Some(vec!["resolution".to_owned()]), |node| {
        let promises = node.each(|node| name(node))?;
        not_empty(&node, &promises)?;
        distinct(&node, &promises)?;
        Some(promises)
    });
    table.finish();
    Some(PauseRule { allowed: allowed?, categories: categories?, promises: promises? })
}

pub(super) fn safety(root: &Table<'_, '_>) -> Option<SafetyRule> {
    let table = root.need("safety")?.table()?;
    let may_refuse = table.need("refuse").and_then(|node| node.flag());
    let auto_close = table.need("auto_close").and_then(|node| node.flag());
    let page = table.need("page").and_then(|node| node.word(WARN_TO));
    table.finish();
    Some(SafetyRule { may_refuse: may_refuse?, auto_close: auto_close?, page: page? })
}

pub(super) fn archive(root: &Table<'_, '_>) -> Option<ArchiveRule> {
    let table = root.need("archive")?.table()?;
    let years: Option<u32> = table.need("years").and_then(|node| node.number((1, 100)));
    let node = table.need("safety_years");
    let safety_years: Option<u32> = node.as_ref().and_then(|node| node.number((1, 100)));
    table.finish();
    let (years, safety_years) = (years?, safety_years?);
    if safety_years < years {
        node?.problem("`archive.safety_years` must not be less than `archive.years`".to_owned());
        return None;
    }
    Some(ArchiveRule { years, safety_years })
}

pub(super) fn limits(root: &Table<'_, '_>) -> Option<Limits> {
    let table = root.need("limits")?.table()?;
    let text_chars = table.need("text_chars").and_then(|node| node.number((100, 1_000_000)));
    let files = table.need("files").and_then(|node| node.number((0, 100)));
    let file_bytes =
        table.need("file_bytes").and_then(|node| node.number((1024, 1024 * 1024 * 1024)));
    let public_per_minute =
        table.need("public_per_minute").and_then(|node| node.number((0, 1_000_000)));
    table.finish();
    Some(Limits {
        text_chars: text_chars?,
        files: files?,
        file_bytes: file_bytes?,
        public_per_minute: public_per_minute?,
    })
}

/// Rows `{ url = "https://…", title = { vi = "…", en = "…" } }` (S4).
pub(super) fn other_policies(root: &Table<'_, '_>) -> Option<Vec<OtherPolicy>> {
    root.need("other_policies")?.each(|node| {
        let table = node.table()?;
        let url = table.need("url").and_then(|node| {
            let url = node.filled()?;
            let good = url.starts_with("https://") && !url.contains(char::is_whitespace);
            if !good {
                node.problem(format!("`{}` must begin with https://", node.path));
            }
            good.then_some(url)
        });
        let title = table.need("title").and_then(|node| {
            let titles: Vec<Option<(Lang, String)>> = node
                .table()?
                .entries()
                .into_iter()
                .map(|(key, node)| {
                    let lang = key.parse::<Lang>().map_err(|e| node.problem(e.to_string())).ok();
                    Some((lang?, node.filled()?))
                })
                .collect();
            titles.into_iter().collect::<Option<Vec<_>>>()
        });
        table.finish();
        Some(OtherPolicy { title: title?, url: url? })
    })
}

//! The last sections of the page: facts of the policy, other policies, holidays of its year.
//! Must not word anything.

use jiff::civil::Date;
use redress_calendar::DayKind;

use super::{
    super::{FillError, Speaker},
    PageSection, PageTable,
};
use crate::kinds::Lang;

/// Labels with the placeholder each stands before.
const FACTS: &[(&str, &str)] = &[
    ("policy", "{id}@{version}"),
    ("in-force", "{in_force}"),
    ("languages", "{languages}"),
    ("hotline", "{company.hotline}"),
    ("site", "{company.site}"),
    ("offices", "{offices}"),
    ("zone", "{zone}"),
    ("calendar", "{calendar.id}"),
    ("week", "{calendar.week}"),
    ("swaps", "{calendar.swaps}"),
    ("covers", "{calendar.until}"),
    ("safety-waits", "{handover.safety_waits}"),
    ("prefix", "{prefix}-…"),
    ("privacy", "{privacy_notice}"),
    ("archive", "{archive.years} / {archive.safety_years}"),
];

/// The sections that stand after the sentences.
pub(super) fn sections(speaker: &Speaker<'_>, year: i16) -> Result<Vec<PageSection>, FillError> {
    Ok(vec![about(speaker)?, holidays(speaker, year)?])
}

fn about(speaker: &Speaker<'_>) -> Result<PageSection, FillError> {
    let policy = speaker.policy;
    let mut rows = Vec::new();
    for (label, template) in FACTS {
        let label = speaker.say(&format!("label.{label}"))?;
        rows.push(vec![label, speaker.fill(template, &[])?]);
    }
    let stated = [
        ("disputed-in-lieu", "{calendar.disputed_in_lieu}", policy.week.disputed_in_lieu),
        ("women-only", "{calendar.women_only}", policy.week.women_only),
    ];
    for (label, template, _) in stated.into_iter().filter(|(.., stated)| stated.is_some()) {
        let label = speaker.say(&format!("label.{label}"))?;
        rows.push(vec![label, speaker.fill(template, &[])?]);
    }
    for other in &policy.other_policies {
        let title = other.title.iter().find(|(lang, _)| *lang == speaker.lang);
        let title = title.or_else(|| other.title.first()).map_or("", |(_, title)| title);
        let value = format!("{title}: {}", other.url);
        rows.push(vec![speaker.say("label.other-policies")?, value]);
    }
    rows.push(vec![speaker.say("label.digest")?, policy.digest.clone()]);
    let tables = vec![PageTable { id: "facts".to_owned(), head: Vec::new(), rows }];
    section(speaker, "about", tables)
}

/// The days off of a year, as far as the calendar knows it.
fn holidays(speaker: &Speaker<'_>, year: i16) -> Result<PageSection, FillError> {
    let calendar = &speaker.policy.calendar;
    let (covered_from, covered_until) = calendar.covers();
    let span = Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok());
    let days = span.map(|(from, until)| {
        calendar.days(from.max(covered_from), until.min(covered_until)).unwrap_or_default()
    });
    let days = days.unwrap_or_default();
    let rows = days
        .into_iter()
        .filter(|day| !matches!(day.kind, DayKind::Work | DayKind::WeeklyRest))
        .map(|day| {
            let name = day.name.map_or_else(String::new, |name| match speaker.lang {
                Lang::Vi => name.vi.to_string(),
                Lang::En => name.en.to_string(),
                Lang::Lo => name.lo.unwrap_or(name.en).to_string(),
            });
            vec![super::super::speak::date(day.date), name]
        })
        .collect();
    let head = vec![speaker.say("label.date")?, speaker.say("label.day")?];
    section(speaker, "holidays", vec![PageTable { id: "holidays".to_owned(), head, rows }])
}

fn section(
    speaker: &Speaker<'_>,
    id: &str,
    tables: Vec<PageTable>,
) -> Result<PageSection, FillError> {
    let heading = speaker.say(&format!("section.{id}"))?;
    Ok(PageSection { id: id.to_owned(), step: None, heading, items: Vec::new(), tables })
}

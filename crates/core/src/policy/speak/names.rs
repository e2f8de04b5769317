//! Says the names of things: company, departments, channels, offices, facts of the policy.
//! Must not say rules.

use super::{Speaker, amounts::telephone};
use crate::{
    kinds::{ChannelKind, DepartmentId},
    policy::model::{ChannelRule, WayBack},
};

impl Speaker<'_> {
    pub(in super::super) fn department(&self, id: &DepartmentId) -> Result<String, String> {
        self.inner(&format!("department.{id}"))
    }

    pub(in super::super) fn departments<'d>(
        &self,
        ids: impl IntoIterator<Item = &'d DepartmentId>,
    ) -> Result<String, String> {
        let names: Result<Vec<_>, _> = ids.into_iter().map(|id| self.department(id)).collect();
        Ok(self.list(&names?))
    }

    pub(super) fn company(&self, path: &[&str]) -> Option<Result<String, String>> {
        let company = &self.policy.company;
        match path {
            ["name"] => Some(Ok(company.name.clone())),
            ["site"] => Some(Ok(company.site.clone())),
            ["hotline"] => Some(Ok(telephone(&company.hotline))),
            _ => None,
        }
    }

    pub(super) fn names(&self, path: &[&str]) -> Option<Result<String, String>> {
        let departments = &self.policy.departments;
        match path {
            ["departments"] => Some(self.departments(departments.iter().map(|d| &d.id))),
            ["departments", "receives"] => {
                Some(self.departments(departments.iter().filter(|d| d.receives).map(|d| &d.id)))
            }
            ["departments", "closes"] => {
                Some(self.departments(departments.iter().filter(|d| d.closes).map(|d| &d.id)))
            }
            ["departments", id] => {
                let id = DepartmentId::parse(id)?;
                self.policy.department(&id).map(|department| self.department(&department.id))
            }
            ["channels"] => {
                let names: Result<Vec<_>, _> =
                    self.policy.channels.iter().map(|rule| self.channel(rule.kind)).collect();
                Some(names.map(|names| self.list(&names)))
            }
            ["channels", kind] => self.known_channel(kind).map(|kind| self.channel(kind)),
            ["channels", kind, "at"] => Self::channel_at(self.rule_of(kind)?).map(Ok),
            ["channels", kind, "answer"] => Some(self.ways_back(self.rule_of(kind)?)),
            _ => None,
        }
    }

    /// A channel of the pack, as a way in or back.
    fn known_channel(&self, kind: &str) -> Option<ChannelKind> {
        let kind: ChannelKind = kind.parse().ok()?;
        let back = |rule: &ChannelRule| rule.answer.contains(&WayBack::Channel(kind));
        let known = self.policy.channel(kind).is_some() || self.policy.channels.iter().any(back);
        known.then_some(kind)
    }

    fn rule_of(&self, kind: &str) -> Option<&ChannelRule> {
        self.policy.channel(kind.parse().ok()?)
    }

    pub(in super::super) fn channel(&self, kind: ChannelKind) -> Result<String, String> {
        self.inner(&format!("channel.{kind}"))
    }

    pub(in super::super) fn channel_at(rule: &ChannelRule) -> Option<String> {
        let at = rule.at.as_ref()?;
        Some(if at.starts_with('+') { telephone(at) } else { at.clone() })
    }

    pub(in super::super) fn ways_back(&self, rule: &ChannelRule) -> Result<String, String> {
        let names: Result<Vec<_>, _> = rule
            .answer
            .iter()
            .map(|way| match way {
                WayBack::Wish => self.word("channels.answer", "wish"),
                WayBack::Channel(kind) => self.channel(*kind),
            })
            .collect();
        Ok(names?.join(self.texts.get(self.lang, "list.then").unwrap_or(" → ")))
    }

    pub(super) fn facts(&self, path: &[&str]) -> Option<Result<String, String>> {
        let policy = self.policy;
        match path {
            ["id"] => Some(Ok(policy.id.clone())),
            ["version"] => Some(Ok(policy.version.to_string())),
            ["prefix"] => Some(Ok(policy.prefix.clone())),
            ["zone"] => {
                let name = policy.calendar.zone().iana_name()?;
                Some(self.inner(&format!("zone.{name}")))
            }
            ["privacy_notice"] => Some(Ok(date(policy.privacy_notice))),
            ["in_force"] => Some(Ok(self.instant(policy.in_force))),
            ["languages"] => {
                let names: Result<Vec<_>, _> = policy
                    .languages
                    .iter()
                    .map(|lang| self.inner(&format!("language.{lang}")))
                    .collect();
                Some(names.map(|names| self.list(&names)))
            }
            ["offices"] => {
                if policy.offices.is_empty() {
                    return Some(self.word("offices", "none"));
                }
                let names: Vec<String> = policy
                    .offices
                    .iter()
                    .map(|office| {
                        [office.name.as_str(), &office.address, &office.province]
                            .into_iter()
                            .filter(|part| !part.is_empty())
                            .collect::<Vec<_>>()
                            .join(", ")
                    })
                    .collect();
                Some(Ok(names.join("; ")))
            }
            _ => None,
        }
    }

    /// An instant in the zone of the pack: `00:00 01/01/2026`.
    pub(in super::super) fn instant(&self, at: jiff::Timestamp) -> String {
        let local = at.to_zoned(self.policy.calendar.zone().clone());
        format!("{:02}:{:02} {}", local.hour(), local.minute(), date(local.date()))
    }
}

/// A date as all three languages write it: `01/01/2026`.
pub(in super::super) fn date(date: jiff::civil::Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

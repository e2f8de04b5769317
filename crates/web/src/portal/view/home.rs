//! The policy page: promises as clock times first, then the five steps, ways in, and every sentence.
//! Must not word rules: every sentence comes rendered from the pack.

use askama::Template;
use jiff::Timestamp;
use redress_core::kinds::ChannelKind;
use redress_core::policy::{Added, ChannelRule, Page, PageItem, PageSection, PageTable, Policy};

use crate::components::Frame;

/// `/{lang}/`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/home.html")]
pub struct Home {
    /// Around the page.
    pub frame: Frame,
    /// The promises, as if somebody wrote now.
    pub promises: Vec<PromiseNow>,
    /// The published text, in the page's language.
    pub page: Page,
    /// Ways in, in the order of the pack.
    pub channels: Vec<ChannelCard>,
    /// The log that receipts are checked against; `None` on an earlier version of the policy.
    pub log: Option<LogLine>,
    /// How many rounds there are; with more than one, step 4 leads back to step 1.
    pub rounds: u8,
}

/// What receipts are checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The name of the log.
    pub origin: String,
    /// The keys that sign it, the newest first.
    pub keys: Vec<String>,
}

/// One promise in figures, for the display panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseNow {
    /// The number alone, `3`.
    pub figure: String,
    /// Its unit, `ngày`.
    pub unit: String,
    /// What is promised.
    pub what: String,
    /// The first instant too late if somebody wrote now; `None` for a later round, which runs from
    /// the disagreement.
    pub due: Option<Timestamp>,
}

/// One way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelCard {
    /// Which channel.
    pub kind: ChannelKind,
    /// Number or address as shown, or how to ask for it.
    pub at: String,
    /// Address of the link, `tel:+84…`; empty when there is none.
    pub href: String,
}

impl ChannelCard {
    /// The icon of the channel.
    pub fn icon(&self) -> &'static str {
        self.kind.as_str()
    }
}

impl Home {
    /// The page of `policy`, from its published text.
    pub fn new(frame: Frame, page: Page, policy: &Policy, promises: Vec<PromiseNow>) -> Self {
        let channels =
            policy.channels.iter().filter_map(|rule| card(&frame, policy, rule)).collect();
        Self { promises, channels, log: None, rounds: policy.rounds.max, page, frame }
    }

    /// The five steps in order.
    pub fn steps(&self) -> Vec<&PageSection> {
        self.page.sections.iter().filter(|section| section.step.is_some()).collect()
    }

    /// The other sections, in order; those with nothing but holidays come last and folded.
    pub fn parts(&self) -> Vec<&PageSection> {
        self.page.sections.iter().filter(|section| section.step.is_none()).collect()
    }

    /// The word that marks an added sentence; empty for the source's own.
    pub fn added(&self, item: &PageItem) -> &str {
        let word = |added: Added| self.page.legend.iter().find(|(kind, _)| *kind == added);
        item.added.and_then(word).map_or("", |(_, word)| word.as_str())
    }

    /// Whether step 4 leads back to step 1.
    pub fn has_way_back(&self) -> bool {
        self.rounds > 1
    }
}

/// Offices that a card still holds; with more of them one asks for the nearest.
const OFFICES_MAX: usize = 3;

/// Names and addresses of the offices, where the pack tells a few.
fn offices(policy: &Policy) -> Option<String> {
    let told = policy.offices.iter().map(|office| format!("{}, {}", office.name, office.address));
    let few = (1..=OFFICES_MAX).contains(&policy.offices.len());
    few.then(|| told.collect::<Vec<_>>().join("; "))
}

/// The card of one way in; `None` where the pack tells no number to use. An address that the pack
/// does not tell is asked for by telephone.
fn card(frame: &Frame, policy: &Policy, rule: &ChannelRule) -> Option<ChannelCard> {
    let in_person = matches!(rule.kind, ChannelKind::Office | ChannelKind::Visit);
    let at = rule.at.clone().or_else(|| offices(policy).filter(|_| in_person)).unwrap_or_default();
    let shown = if at.starts_with('+') { frame.w.hotline(&at) } else { at.clone() };
    let hotline = &policy.company.hotline;
    let (at, href) = match rule.kind {
        ChannelKind::Web => (frame.w.t("home-new"), format!("/{}/complaints/new", frame.lang())),
        ChannelKind::Office | ChannelKind::Visit | ChannelKind::Letter | ChannelKind::Email
            if at.is_empty() =>
        {
            let ask = frame.w.t1("home-channel-ask", "phone", frame.w.hotline(hotline));
            (ask, format!("tel:{hotline}"))
        }
        _ if at.is_empty() => return None,
        ChannelKind::Phone if at.starts_with('+') => (shown, format!("tel:{at}")),
        ChannelKind::Email => (shown, format!("mailto:{at}")),
        _ => (shown, String::new()),
    };
    Some(ChannelCard { kind: rule.kind, at, href })
}

/// Whether a table is wide enough to need the whole width.
pub(crate) fn is_wide(section: &PageSection) -> bool {
    section.tables.iter().any(|table| columns(table) > 2)
}

/// The heading of a column, where the table has headings.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
pub(crate) fn column<'t>(table: &'t PageTable, index: &usize) -> Option<&'t String> {
    table.head.get(*index)
}

/// Whether a section is one long table, better folded.
pub(crate) fn is_long(section: &PageSection) -> bool {
    section.items.is_empty() && section.tables.iter().any(|table| table.rows.len() > 8)
}

fn columns(table: &PageTable) -> usize {
    table.rows.iter().map(Vec::len).max().unwrap_or(0)
}
